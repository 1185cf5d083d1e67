"""A choice day and its papers clicked through the window in both languages: picks, a wish, the end, lists, cards."""

from pathlib import Path

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from caringstreet.queries import choice_events, needs
from caringstreet.rules.cards import household_number
from caringstreet.rules.quantities import ONE
from tests.builders import a_household
from tests.choice_day import a_lot
from tests.e2e.goods_desk import CTRL, GoodsDesk, in_language, local
from tests.printing.paper import codes_of, words_of
from tests.ui.desk import in_dialog
from tests.ui.test_goods_choice_day import BACKSPACE, F4, RETURN, SPACE, Keys
from ui.dialogs.household_cards import HouseholdCardsDialog
from ui.pages.goods_hand_out_page import GoodsHandOutPage
from ui.pages.households_page import HouseholdsPage
from ui.widgets.ask import AskDialog


def test_a_choice_day_in_short(desk: GoodsDesk) -> None:
    """Seven came, one was not fit; two visitors took four, one needed nothing, one wished; one is recycled, one kept."""
    desk.at(local(28, 14))
    for number, name in (("H-0001", "陳婆婆"), ("H-0012", "李太")):
        a_household(desk.street, number, display_name=name, members=())
    page = desk.page("goods_hand_out", None, "choice")
    assert isinstance(page, GoodsHandOutPage)
    day, keys = page.choice, Keys()
    day.begin_button.click()
    keys.press("Store")
    QTest.keyClick(day.plan_card.day_name, RETURN, CTRL)
    desk.press(desk.say("Received today"), day.tables)
    given = day.tables.given
    for item, number in (("外套", "4"), ("毛衣", "3")):
        given.giver.setText("何太")
        given.item.setText(item)
        given.quantity.setText(number)
        given.save()
    desk.press(desk.say("Sort out"), day.tables)
    day.tables.list.selectRow(0)
    day.tables.unfit.setText("1")
    day.tables.sort_out()
    day.open_step("visitors")
    keys.press("12", RETURN, "1", "1", "2", "2")
    assert day.visits.said.text() == in_language(
        desk, "每人最多 3 件；已選 3 件，再選 1 件就超出了。", "Each visitor takes at most 3; 3 are taken and 1 more would be too many."
    )
    keys.press(BACKSPACE)
    day.visits.wish.setFocus()
    keys.press("shoes 38")
    QTest.qWait(80)  # faster, it would be a scanner's burst
    keys.press(RETURN, RETURN, "1", RETURN, F4, SPACE, "1", "2", RETURN)
    with desk.street.database.reader() as reader:
        visits, wished = choice_events.visits(reader, 1), needs.rows(reader, open_only=True)
    assert [(one.household, one.picked // ONE, one.declined) for one in reversed(visits)] == [
        ("H-0012", 2, False),
        ("H-0001", 0, True),
        ("", 2, False),
    ]
    assert [(one.subject, one.household) for one in wished] == [("shoes 38", "H-0012")]
    desk.press(desk.say("Needs") + " 1", page)
    assert page.needs.table.item(0, 0).text() == "shoes 38"
    day.open_step("closing")
    first = next(iter(day.closing.fields.values()))
    assert first.hasFocus()
    keys.press("1")
    closed = in_dialog(AskDialog, lambda dialog: dialog.yes.click())
    day.closing.close_button.click()
    assert len(closed) == 1
    with desk.street.database.reader() as reader:
        (event,), figures = choice_events.rows(reader), choice_events.figures(reader, 1)
    numbers = (figures.received, figures.unfit, figures.displayed, figures.chosen, figures.left, figures.kept, figures.recycled)
    assert event.closed
    assert [one // ONE for one in numbers] == [7, 1, 6, 4, 2, 1, 1]


def test_the_signature_sheet_and_the_cards_are_drawn_and_a_card_opens_its_household(desk: GoodsDesk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.at(local(28, 14))
    for number, name in (("H-0001", "陳婆婆"), ("H-0012", "李太"), ("H-0027", "Siti")):
        a_household(desk.street, number, display_name=name, members=(), large_print=number == "H-0001")
    a_lot(desk.street, "白米", 6)
    _write_a_list(desk, qtbot, tmp_path / "list.pdf")
    sheet = words_of(tmp_path / "list.pdf")
    assert [text for text in ("米糧", "H-0001", "陳婆婆", "H-0027", "Siti", "6 items", "簽署") if text not in sheet[0]] == []

    page = desk.page("households", 2)
    assert isinstance(page, HouseholdsPage)
    named: list[bool] = []

    def with_and_without(dialog: HouseholdCardsDialog) -> None:
        dialog.save_to(tmp_path / "one.pdf")
        dialog.names.click()
        dialog.save_to(tmp_path / "bare.pdf")
        named.append(dialog.names.isChecked())

    def all_of_them(dialog: HouseholdCardsDialog) -> None:
        dialog.save_to(tmp_path / "all.pdf")
        named.append(dialog.names.isChecked())

    in_dialog(HouseholdCardsDialog, with_and_without)
    next(action for action in page.acts.menu.actions() if action.text() == in_language(desk, "街坊卡…", "Neighbour card…")).trigger()
    in_dialog(HouseholdCardsDialog, all_of_them)
    desk.press(in_language(desk, "列出住戶的街坊卡…", "Neighbour cards of all shown…"))
    assert named == [False, False]
    assert "李太" in "".join(words_of(tmp_path / "one.pdf")) and "李太" not in "".join(words_of(tmp_path / "bare.pdf"))
    assert len(words_of(tmp_path / "all.pdf")) == 2  # large print has its own page
    assert sorted(household_number(text) or "" for text in codes_of(tmp_path / "all.pdf", 100)) == ["H-0001", "H-0012", "H-0027"]
    (card,) = codes_of(tmp_path / "one.pdf", 100)
    for name in ("today", "goods", "runs", "stock_take", "goods_month", "import", "vouchers"):
        desk.page(name)
        desk.window.take_code(card)
        assert desk.window.page() is page and page.table.current_id() == 2, name


def _write_a_list(desk: GoodsDesk, qtbot: QtBot, paper: Path) -> None:
    page = desk.page("goods_hand_out", None, "list")
    assert isinstance(page, GoodsHandOutPage)
    listed, adding = page.list, page.list.adding
    listed.begin_button.click()
    listed.plan_card.list_name.setText("米糧")
    qtbot.keyClick(listed.plan_card.list_name, RETURN)
    adding.lots.search.setText("白米")
    qtbot.keyClick(adding.lots.search, RETURN)
    qtbot.keyClicks(adding.quantity, "2")
    qtbot.keyClick(adding.quantity, RETURN)
    adding.put_button.click()
    shown = listed.shown()
    assert shown is not None and shown.lines == 3
    listed.paper.save_to(shown, paper)
