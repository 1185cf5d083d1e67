"""Goods on screen: what is there, on any day; given, thrown away, corrected, taken back."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from caringstreet.queries import goods, goods_month, search
from caringstreet.queries.goods import LotDetail, LotView
from caringstreet.queries.search import HitKind
from caringstreet.rules.changes import Changed
from caringstreet.rules.goods import DisposalReason, MovementKind, Target
from caringstreet.rules.months import Month
from caringstreet.rules.quantities import ONE, Unit
from caringstreet.services import goods as services
from tests.builders import BY, NOW, TODAY, a_household, a_shop, a_street
from tests.goods_street import a_donation, a_lot, given, some_goods, switch_goods
from tests.ui.desk import WindowDesk, in_dialog
from ui.dialogs.goods_by_item import ByItemDialog
from ui.dialogs.goods_give import GiveDialog
from ui.dialogs.goods_minimum import MinimumDialog
from ui.dialogs.goods_throw_away import ThrowAwayDialog
from ui.dialogs.paper_dialog import PaperDialog
from ui.pages.goods_donations_page import GoodsDonationsPage
from ui.pages.goods_page import GoodsPage
from ui.widgets.ask import AskDialog

BREAD, SAUSAGE_BUN, RICE, SOUP, MOONCAKE = 1, 2, 3, 4, 5


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDesk]:
    """A window in English on a street with a full shelf."""
    street = a_street(tmp_path)
    shop, household = a_shop(street), a_household(street, "H-0012")
    switch_goods(street)
    some_goods(street, shop, household)
    street.close()
    found = WindowDesk(tmp_path, NOW, "en")
    found.sit_down(tmp_path / "street.caringstreet")
    yield found
    found.leave()


def the_list(desk: WindowDesk, lot: int | None = None, view: str = "") -> GoodsPage:
    page = desk.page("goods", lot, view or "all")
    assert isinstance(page, GoodsPage)
    QApplication.processEvents()
    return page


def said(page: GoodsPage) -> str:
    """All words of the panel."""
    QApplication.processEvents()
    place = page.panel.parentWidget()
    return "\n".join(one.text() for one in place.findChildren(QLabel) if not one.isHidden())


def lot(desk: WindowDesk, lot_id: int, day: date = TODAY) -> LotDetail:
    with desk.street.database.reader() as reader:
        return goods.detail(reader, lot_id, day)


def choose(page: GoodsPage, text: str) -> None:
    """Take an entry of the menu More."""
    next(one for one in page.acts.menu.actions() if one.text() == text).trigger()


def items(page: GoodsPage) -> list[str]:
    return [one[0] for one in page.table.texts()[1]]


def test_the_chips_narrow_the_list_and_the_search_says_how_many_are_left(desk: WindowDesk, qtbot: QtBot) -> None:
    page = the_list(desk)
    assert {key: page.chips._chips[key][0].text() for key in LotView} == {
        "stock": "In stock 6", "first": "Give first 3", "blocked": "Blocked 2", "low": "Low 1", "all": "All 8",
    }  # fmt: skip
    assert items(the_list(desk, None, "first")) == ["麵包", "罐頭湯", "白米"]
    assert items(the_list(desk, None, "blocked")) == ["月餅", "腸仔包"]
    assert items(the_list(desk, None, "low")) == ["白米"]
    page.chips.choose("all")
    page.search.setText("何太 架")
    qtbot.waitUntil(lambda: page.table.count() == 3)
    assert page._found.text() == "3 lots"


def test_a_lot_is_told_with_its_ledger(desk: WindowDesk) -> None:
    page = the_list(desk, RICE)
    told = said(page)
    for text in (
        "Receipt no. 2",
        "白米",
        "18 packs on hand",
        "low",
        "5,000 g",
        "HK$1,200",
        "25 packs",
        "+20 packs",
        "−2 packs",
        "Given: H-0012",
    ):
        assert text in told, text
    assert "blocked: Kept too long" in said(the_list(desk, SAUSAGE_BUN))
    assert "blocked: Past its date" in said(the_list(desk, MOONCAKE))


def test_a_household_is_found_by_its_number_and_given_some(desk: WindowDesk, qtbot: QtBot) -> None:
    the_list(desk, BREAD)

    def give(dialog: GiveDialog) -> None:
        qtbot.keyClicks(dialog.quantity, "6")
        qtbot.keyClicks(dialog.household, "0012")
        qtbot.keyClick(dialog.household, Qt.Key.Key_Tab)
        dialog.yes.click()

    assert in_dialog(GiveDialog, give) == []
    desk.press("Give")
    first = lot(desk, BREAD).movements[0]
    assert (first.quantity, first.target, first.receiver) == (-6 * ONE, Target.HOUSEHOLD, "H-0012")
    assert desk.window.status_text() == "麵包 given"
    desk.window._undo()
    assert lot(desk, BREAD).row.stock == 38 * ONE


def test_goods_go_to_a_group_a_shop_or_the_team(desk: WindowDesk, qtbot: QtBot) -> None:
    page = the_list(desk, BREAD)
    for target, fill in (
        (Target.GROUP, lambda d: (d.group.setText("清潔工友"), d.people.setValue(9))),
        (Target.SHOP, lambda d: qtbot.keyClicks(d.shop, "s01")),
        (Target.TEAM, lambda d: None),
    ):

        def give(dialog: GiveDialog, target: Target = target, fill: Callable[[GiveDialog], object] = fill) -> None:
            dialog.target.choose(target)
            qtbot.keyClicks(dialog.quantity, "2")
            fill(dialog)
            dialog.yes.click()

        in_dialog(GiveDialog, give)
        desk.press("Give")
        assert lot(desk, BREAD).movements[0].target is target
    told = said(page)
    assert "Given: 清潔工友 (9)" in told and "Given: S01 商戶S01" in told and "Given: Team" in told


def test_more_than_is_there_is_refused_beside_the_field_with_the_figures(desk: WindowDesk, qtbot: QtBot) -> None:
    the_list(desk, BREAD)
    refused: list[str] = []

    def give(dialog: GiveDialog) -> None:
        dialog.quantity.setText("39個")
        dialog.yes.click()
        refused.append(dialog.form.refusal("household"))
        dialog.household.setText("陳婆婆")
        dialog.yes.click()
        refused.append(dialog.form.refusal("quantity"))
        dialog.quantity.setText("3斤")
        dialog.yes.click()
        refused.append(dialog.form.refusal("quantity"))
        assert dialog.isVisible()

    in_dialog(GiveDialog, give)
    desk.press("Give")
    assert refused[0] == "Please say who receives it."
    assert "39" in refused[1] and "38" in refused[1]
    assert refused[2] == "Write how many as 30, 6.5 or 半."
    assert lot(desk, BREAD).row.stock == 38 * ONE


def test_food_past_its_hour_can_only_be_thrown_away(desk: WindowDesk) -> None:
    page = the_list(desk, SAUSAGE_BUN)
    give = next(one for one in page.findChildren(type(page.add)) if one.text() == "Give")
    assert not give.isEnabled()
    in_dialog(ThrowAwayDialog, lambda dialog: dialog.yes.click())
    desk.press("Throw away")
    entry = lot(desk, SAUSAGE_BUN).movements[0]
    assert (entry.kind, entry.quantity, entry.reason) == (MovementKind.DISPOSAL, -14 * ONE, DisposalReason.OVER_TIME)


def test_another_reason_needs_its_words(desk: WindowDesk) -> None:
    the_list(desk, BREAD)
    refused: list[str] = []

    def away(dialog: ThrowAwayDialog) -> None:
        dialog.quantity.setText("半")
        dialog.reason.choose(DisposalReason.OTHER)
        dialog.yes.click()
        refused.append(dialog.form.refusal("reason"))
        dialog.comment.setText("老鼠咬過")
        dialog.yes.click()

    in_dialog(ThrowAwayDialog, away)
    desk.press("Throw away")
    assert refused == ["Please give a reason; it stays with the record."]
    assert (lot(desk, BREAD).movements[0].quantity, lot(desk, BREAD).movements[0].note) == (-500, "老鼠咬過")


def test_all_that_is_blocked_goes_after_a_question_with_the_figures(desk: WindowDesk) -> None:
    page = the_list(desk)
    told: list[str] = []

    def yes(dialog: AskDialog) -> None:
        told.extend(one.text() for one in dialog.findChildren(QLabel))
        dialog.yes.click()

    in_dialog(AskDialog, yes)
    desk.press("Throw away blocked…")
    assert "of 2 lots" in told[0] and "月餅 5 boxes" in told[0] and "腸仔包 14 pieces" in told[0]
    assert (lot(desk, MOONCAKE).row.stock, lot(desk, SAUSAGE_BUN).row.stock) == (0, 0)
    assert lot(desk, MOONCAKE).movements[0].reason is DisposalReason.PAST_DATE
    assert page.away_button.isHidden()
    desk.window._undo()
    assert (lot(desk, MOONCAKE).row.stock, lot(desk, SAUSAGE_BUN).row.stock) == (5 * ONE, 14 * ONE)
    assert not page.away_button.isHidden()


def test_what_was_recorded_by_mistake_is_countered_with_a_reason(desk: WindowDesk) -> None:
    page = the_list(desk, RICE)
    in_dialog(AskDialog, lambda dialog: (dialog.text.setPlainText("按錯"), dialog.yes.click()))
    desk.press("Recorded by mistake: Given: H-0012")
    assert lot(desk, RICE).row.stock == 20 * ONE
    told = said(page)
    assert "按錯" in told and "Given: H-0012, corrected" in told and "Correction" in told


def test_an_intake_of_which_some_is_gone_cannot_be_countered(desk: WindowDesk) -> None:
    page = the_list(desk, RICE)
    in_dialog(AskDialog, lambda dialog: (dialog.text.setPlainText("按錯"), dialog.yes.click()))
    desk.press("Recorded by mistake: Taken in")
    assert (
        page.note.text()
        == "白米: 20 packs came in, and 2 packs went out since. Undo those entries first, or correct what is left by a stock-take."
    )
    assert lot(desk, RICE).row.stock == 18 * ONE


def test_another_day_is_marked_and_only_looked_at(desk: WindowDesk) -> None:
    a_donation(desk.street, a_lot("廁紙", 8, Unit.PACK), day=TODAY - timedelta(days=6))
    page = the_list(desk, None, "stock")
    assert len(items(page)) == 7
    page.day.set_day(TODAY - timedelta(days=7))
    assert sorted(items(page)) == ["月餅", "白米", "罐頭湯"]
    assert page.other_day.text() == "This is the stock at the end of 25 October 2026, not of today."
    assert "20 packs" in page.table.texts()[1][items(page).index("白米")]
    assert not next(one for one in page.findChildren(type(page.add)) if one.text() == "Give").isEnabled()
    assert page.away_button.isHidden()
    desk.press("Today")
    assert page.other_day.isHidden() and len(items(page)) == 7


def test_the_day_moves_on_over_midnight_where_nobody_chose_one(desk: WindowDesk) -> None:
    page = the_list(desk)
    desk.at(NOW + timedelta(days=1))
    page.refresh()
    assert page.is_today()
    page.day.set_day(TODAY - timedelta(days=3))
    desk.at(NOW + timedelta(days=2))
    page.refresh()
    assert page.day.day() == TODAY - timedelta(days=3)


def test_low_is_said_from_the_number_on_that_one_chooses(desk: WindowDesk) -> None:
    page = the_list(desk, SOUP)
    in_dialog(MinimumDialog, lambda dialog: (dialog.minimum.setText("40"), dialog.yes.click()))
    choose(page, "Tell me when it runs low…")
    assert "low" in said(page).splitlines()
    assert items(the_list(desk, None, "low")) == ["白米", "罐頭湯"]
    page = the_list(desk, SOUP)
    in_dialog(MinimumDialog, lambda dialog: (dialog.minimum.clear(), dialog.yes.click()))
    choose(page, "Tell me when it runs low…")
    assert "low" not in said(page).splitlines()


def test_the_stock_is_summed_by_item_and_place(desk: WindowDesk, tmp_path: Path) -> None:
    a_donation(desk.street, a_lot("白米", 4, Unit.PACK, place="B 架"))
    page = the_list(desk, RICE)
    assert "22 packs in 2 lots · A 架 18 packs · B 架 4 packs" in said(page)
    seen: list[list[str]] = []

    def look(dialog: ByItemDialog) -> None:
        seen.extend(dialog.table.texts()[1])
        dialog.export_to(tmp_path / "by_item.xlsx")

    in_dialog(ByItemDialog, look)
    desk.press("By item…")
    assert ["白米", "A 架", "18 packs", "1"] in seen and ["白米", "B 架", "4 packs", "1"] in seen
    assert (tmp_path / "by_item.xlsx").is_file()


def test_a_donation_that_was_taken_back_says_so_and_has_no_receipt(desk: WindowDesk) -> None:
    wrong = a_donation(desk.street, a_lot("白米", 40, Unit.PACK))
    with desk.street.database.reader() as reader:
        entries = [one.movement_id for one in goods.movements(reader, wrong.lot_ids)]
        before = goods_month.figures(reader, Month.of(TODAY)).donations
    with desk.street.database.transaction() as tx:
        services.correct(tx, movement_ids=entries, reason="should be 4", at=NOW, by=BY)
    page = desk.page("goods_donations", wrong.donation_id)
    assert isinstance(page, GoodsDonationsPage)
    assert page.table.texts([wrong.donation_id])[1][0][4] == "undone"
    receipt = [one for one in page.findChildren(QPushButton) if one.text() == "Receipt"]
    assert receipt and not any(one.isEnabled() for one in receipt)
    with desk.street.database.reader() as reader:
        assert goods_month.figures(reader, Month.of(TODAY)).donations == before - 1


def test_search_everywhere_finds_lots_and_receipts_while_goods_are_kept(desk: WindowDesk) -> None:
    with desk.street.database.reader() as reader:
        found = search.hits(reader, "白米", TODAY)
        by_number = search.hits(reader, "2", TODAY)
    assert [(one.kind, one.title, one.stock) for one in found][:1] == [(HitKind.LOT, "白米", (18 * ONE, Unit.PACK))]
    assert [one.receipt for one in by_number if one.kind is HitKind.DONATION] == [2]
    desk.window.search_focus()
    assert any("白米 18 packs" in one.text for one in desk.house._find("白米"))
    switch_goods(desk.street, on=False)
    with desk.street.database.reader() as reader:
        assert not search.hits(reader, "白米", TODAY)


def test_after_an_action_the_keyboard_stays_in_the_page(desk: WindowDesk) -> None:
    page = the_list(desk, RICE)
    give = next(one for one in page.findChildren(QPushButton) if one.text() == "Give" and one.isVisible())
    give.setFocus()
    given(desk.street, RICE, 1)
    desk.window.context.runner.changed.emit(frozenset({Changed.GOODS}))
    QApplication.processEvents()
    assert desk.window.focusWidget() is page.table


def test_a_refusal_is_gone_when_one_comes_back(desk: WindowDesk) -> None:
    page = the_list(desk, RICE)
    page.note.say("no", "warn")
    desk.page("today")
    assert not the_list(desk).note.text() or page.note.isHidden()


def test_the_receipt_is_seen_and_saved(desk: WindowDesk, tmp_path: Path) -> None:
    page = the_list(desk, RICE)
    kept = tmp_path / "receipt.pdf"

    def save(dialog: PaperDialog) -> None:
        assert not dialog._picture.pixmap().isNull()
        dialog.save_to(kept)
        assert str(kept) in dialog.note.text()

    in_dialog(PaperDialog, save)
    choose(page, "Receipt…")
    assert kept.read_bytes().startswith(b"%PDF")


def test_what_the_list_shows_is_exported(desk: WindowDesk, tmp_path: Path) -> None:
    page = the_list(desk, None, "low")
    page.export_to(tmp_path / "goods.xlsx")
    assert (tmp_path / "goods.xlsx").stat().st_size > 1000


def test_an_empty_shelf_teaches_the_first_step(qtbot: QtBot, tmp_path: Path) -> None:
    street = a_street(tmp_path, goods=True)
    street.close()
    desk = WindowDesk(tmp_path, NOW, "zh_HK")
    desk.sit_down(tmp_path / "street.caringstreet")
    page = desk.page("goods")
    told = [one.text() for one in page.findChildren(QLabel) if not one.isHidden()]
    assert "未有物資" in told
    desk.press("收貨")
    assert desk.window.page().name == "goods_intake"
    desk.leave()
