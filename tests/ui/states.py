"""The states in which people see the window: each page as it opens, and in the middle of its work.

Nothing is recorded on the way, so that one street serves for all.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from caringstreet.queries.vouchers import VoucherFilter, listed
from caringstreet.rules.codes import pretty
from caringstreet.rules.vouchers import VoucherState
from tests.ui.desk import WindowDesk
from ui.drafts import Draft
from ui.pages.specs import SPECS

SAMPLES = Path(__file__).parents[1] / "samples"
#: What a page is opened with where it needs somebody or something.
SUBJECTS: dict[str, tuple[Any, str]] = {
    "shop_form": (1, ""),
    "offer_form": (1, ""),
    "household_form": (1, ""),
    "print": (1, "household"),
    "issue": (1, "household"),
    "goods_recall": (1, ""),
}


def page(name: str, subject: Any = None, action: str = "") -> Callable[[WindowDesk], None]:
    """A page as it opens."""

    def reach(desk: WindowDesk) -> None:
        desk.page(name, subject, action)

    return reach


def selected(name: str, action: str = "", place: int = 0) -> Callable[[WindowDesk], None]:
    """A list with a row selected, and its panel open where it lies over the list."""

    def reach(desk: WindowDesk) -> None:
        found: Any = desk.page(name, None, action)
        found.search.clear()
        found.refresh(found.table.all_ids()[place] if hasattr(found.table, "all_ids") else found.table._model.ids[place])

    return reach


def saved(name: str, subject: Any, action: str) -> Callable[[WindowDesk], None]:
    """A form in which saving was refused, with all its fields open."""

    def reach(desk: WindowDesk) -> None:
        found: Any = desk.page(name, subject, action)
        if found.more.isHidden() and found.more_button.isVisibleTo(found):
            found.more_button.click()
        found.save_button.click()

    return reach


def mode(action: str, then: Callable[[Any], object] = lambda _: None) -> Callable[[WindowDesk], None]:
    """The hand-out of goods, in one of its modes."""

    def reach(desk: WindowDesk) -> None:
        then(desk.page("goods_hand_out", None, action))

    return reach


def codes_of(desk: WindowDesk, shop: str) -> list[str]:
    """Vouchers of a shop that neighbours hold."""
    context = desk.window.context
    with context.database.reader() as reader:
        wanted = VoucherFilter(month=context.month.month, state=VoucherState.HANDED_OUT)
        return [pretty(row.code) for row in listed(reader, wanted, context.clock.today()) if row.shop == shop]


def an_envelope(desk: WindowDesk) -> None:
    """Good vouchers, one of another shop, one mistyped, one twice; the count of the shop differs."""
    scan: Any = desk.page("scan")
    scan.tray.empty()
    context = desk.window.context
    with context.database.reader() as reader:
        rows = listed(reader, VoucherFilter(month=context.month.month, state=VoucherState.HANDED_OUT), context.clock.today())
    scan.shop.choose(next(row.shop_id for row in rows if row.shop == "S06"))
    own, other = codes_of(desk, "S06")[:5], codes_of(desk, "S14")[:1]
    for code in (*own, *other, "7KQ4-M2XT-J", *own[:1]):
        scan.take_code(code)
    scan.counted.setValue(9)


def no_envelope(desk: WindowDesk) -> None:
    scan: Any = desk.page("scan")
    scan.tray.empty()
    scan.refresh()


def a_chat(desk: WindowDesk) -> None:
    """Two codes, one mistyped, a stranger's, a greeting."""
    messages: Any = desk.page("messages")
    said = ("早晨！", *codes_of(desk, "S06")[:2], "7KQ4-M2XT-J", "多謝街坊")
    lines = [f"21/11/2026 上午10:{minute:02} - S06: {text}" for minute, text in enumerate(said, 10)]
    messages.use_text("\n".join([*lines, f"21/11/2026 上午10:30 - 快樂茶餐廳陳老闆娘: {codes_of(desk, 'S14')[0]}"]))


def a_sheet(kind: str, file: str) -> Callable[[WindowDesk], None]:
    def reach(desk: WindowDesk) -> None:
        found: Any = desk.page("import", kind)
        found.use(SAMPLES / file)

    return reach


def a_plan(desk: WindowDesk) -> None:
    found: Any = desk.page("runs")
    found.more.click()


def counted(desk: WindowDesk) -> None:
    """Two lots counted, one with a difference."""
    found: Any = desk.page("stock_take")
    for number, text in ((0, "1"), (1, "999")):
        found.model.setData(found.model.index(number, 6 if found.model.columnCount() > 7 else found.model.columnCount() - 2), text)


def way(number: int) -> Callable[[WindowDesk], None]:
    """One of the ways to issue, checked."""

    def reach(desk: WindowDesk) -> None:
        found: Any = desk.page("issue", 1, "household")
        chips = list(found.ways._chips.values())
        chips[number][0].click()
        if found.check.isEnabled() and found.check.isVisibleTo(found):
            found.look()

    return reach


def extended(desk: WindowDesk) -> None:
    found: Any = desk.page("extend")
    found.due_to.set_day(desk.clock.today().replace(day=30))
    found.look()


def a_refusal(desk: WindowDesk) -> None:
    desk.page("vouchers").note.say("此券在十一月三十日已經兌換，並且已經結算，不能再作廢。請向統籌查詢。" * 2, "warn")


def bars(desk: WindowDesk) -> None:
    """Another form was left unfinished, and something can be undone."""
    found: Any = desk.page("household_form", None, "new")
    found.display_name.setText("黃婆婆") if hasattr(found, "display_name") else None
    desk.page("today")
    drafts = desk.window.context.drafts
    moment = desk.clock.now()
    draft = Draft("household_form/new/None", "New household", ("household_form", None, "new"), {}, moment)
    desk.window.draft_bar.show_drafts([draft, draft])
    assert drafts is not None


def _visitor(desk_page: Any) -> None:
    desk_page.choice.open_step("visitors")
    desk_page.choice.visits.come(None)


#: By name, in an order in which each is reached from the one before.
STATES: dict[str, Callable[[WindowDesk], None]] = {
    **{spec.name: page(spec.name, *SUBJECTS.get(spec.name, (None, ""))) for spec in SPECS if spec.name != "goods_hand_out"},
    "a shop": selected("shops", place=2),
    "a household": selected("households", place=1),
    "a voucher": selected("vouchers", place=3),
    "a question": selected("questions"),
    "a lot": selected("goods", "first"),
    "a donation": selected("goods_donations"),
    "a refusal": a_refusal,
    "an empty shop form": saved("shop_form", None, "new"),
    "an empty offer form": saved("offer_form", 1, "new"),
    "an empty household form": saved("household_form", None, "new"),
    "an empty intake": saved("goods_intake", None, "new"),
    "no envelope": no_envelope,
    "an envelope": an_envelope,
    "a chat": a_chat,
    "a sheet": a_sheet("shops", "2026-11/商戶名單.xlsx"),
    "a sheet of offers": a_sheet("offers", "2026-11/優惠.csv"),
    "a sheet with questions": a_sheet("goods", "faults/goods-food.csv"),
    "a run": a_plan,
    "a count": counted,
    "issuing to all": way(1),
    "issuing by plan": way(2),
    "extending": extended,
    "choice tables": mode("choice", lambda one: one.choice.open_step("tables")),
    "sorting out": mode("choice", lambda one: (one.choice.open_step("tables"), list(one.choice.tables.ways._chips.values())[2][0].click())),
    "receiving": mode("choice", lambda one: (one.choice.open_step("tables"), list(one.choice.tables.ways._chips.values())[1][0].click())),
    "choice visitors": mode("choice", lambda one: one.choice.open_step("visitors")),
    "a visitor": mode("choice", _visitor),
    "choice closing": mode("choice", lambda one: one.choice.open_step("closing")),
    "choice plan": mode("choice", lambda one: one.choice.plan()),
    "choice plan changed": mode("choice", lambda one: (one.choice._left_plan(), one.choice._change())),
    "hand-out list": mode("list"),
    "a proposal": mode("list", lambda one: one.list.adding.propose()),
    "adding by hand": mode("list", lambda one: list(one.list.adding.ways._chips.values())[1][0].click()),
    "list plan": mode("list", lambda one: one.list.plan()),
    "needs": mode("needs", lambda one: (one.list._left_plan(), one.needs.table.selectRow(0))),
    "bars": bars,
}


def reach(desk: WindowDesk, name: str) -> None:
    """Come to a state, and let the window come to rest."""
    STATES[name](desk)
    for _ in range(3):
        QApplication.processEvents()
