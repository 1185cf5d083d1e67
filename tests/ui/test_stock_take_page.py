"""A stock-take by keyboard: counted blind, explained, signed by somebody else."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from caringstreet.queries import goods, stock_takes
from caringstreet.queries.stock_takes import StockTakeRow
from caringstreet.rules.quantities import ONE, Unit
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import stock_takes as services
from tests.builders import BY, NOW, TODAY, a_street
from tests.goods_street import a_donation, a_lot, given
from tests.ui.desk import WindowDesk
from ui.dialogs.change_user import ChangeUserDialog
from ui.pages.stock_take_page import StockTakePage
from ui.tables.stock_take_table import COUNTED, EXPECTED, FIRST, WHY

RICE, SOUP, BREAD = 1, 2, 3


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDesk]:
    """A window in English on a street with two lots on shelf A and one beside the fridge."""
    street = a_street(tmp_path, goods=True)
    a_donation(
        street, a_lot("白米", 20, Unit.PACK, place="A"), a_lot("罐頭湯", 36, Unit.ITEM, place="A"), a_lot("麵包", 30, place="雪櫃旁")
    )
    street.close()
    found = WindowDesk(tmp_path, NOW, "en")
    found.sit_down(tmp_path / "street.caringstreet")
    yield found
    found.leave()


def the_page(desk: WindowDesk) -> StockTakePage:
    page = desk.page("stock_take")
    assert isinstance(page, StockTakePage)
    QApplication.processEvents()
    return page


def put(page: StockTakePage, item: str, counted: str, why: str = "") -> None:
    """Type into the row of an item."""
    number = next(number for number, lot in enumerate(page.model.rows) if lot.item == item)
    page.model.setData(page.model.index(number, COUNTED), counted)
    if why:
        page.model.setData(page.model.index(number, WHY), why)


def takes(desk: WindowDesk) -> list[StockTakeRow]:
    with desk.street.database.reader() as reader:
        return stock_takes.rows(reader)


def stock(desk: WindowDesk, lot_id: int) -> int:
    with desk.street.database.reader() as reader:
        return goods.rows(reader, [lot_id], TODAY)[lot_id].stock


def told(page: StockTakePage) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in page.counts.findChildren(QLabel) if not one.isHidden())


def sit_down_as(name: str) -> None:
    """Give a name in the dialog that opens next."""
    waiting = QTimer(QApplication.instance(), interval=5)

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ChangeUserDialog):
            waiting.stop()
            waiting.deleteLater()
            dialog.user_name.setText(name)
            dialog.yes.click()

    waiting.timeout.connect(act)
    waiting.start()


def test_a_count_is_typed_down_the_list_and_a_difference_asks_its_reason(desk: WindowDesk, qtbot: QtBot) -> None:
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)
    page = the_page(desk)
    table = page.table
    items = [lot.item for lot in page.model.rows]
    numbers = {"白米": "20", "罐頭湯": "35", "麵包": "30"}

    def type_into_cell(text: str) -> None:
        qtbot.keyClick(table, text[0])
        editor = next(one for one in table.findChildren(QLineEdit) if one.isVisible())
        qtbot.keyClicks(editor, text[1:])
        qtbot.keyClick(editor, Qt.Key.Key_Return)

    for number, item in enumerate(items):
        qtbot.waitUntil(lambda number=number: (table.currentIndex().row(), table.currentIndex().column()) == (number, COUNTED))
        type_into_cell(numbers[item])
        if item == "罐頭湯":
            qtbot.waitUntil(lambda: table.currentIndex().column() == WHY)
            type_into_cell("dented")
    qtbot.waitUntil(lambda: len(page.model.counts()) == 3)
    qtbot.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    taken = takes(desk)[0]
    assert (taken.lots, taken.differences, taken.counted_by, taken.open) == (3, 1, "林姑娘", True)
    assert stock(desk, SOUP) == 36 * ONE
    assert page.model.typed == {}


def test_what_should_be_there_is_hidden_until_it_was_counted(desk: WindowDesk) -> None:
    page = the_page(desk)
    shown = lambda: [page.model.index(row, EXPECTED).data() for row in range(3)]  # noqa: E731
    assert shown() == ["·", "·", "·"]
    put(page, "麵包", "30")
    assert sorted(shown()) == ["30", "·", "·"]
    page.figures.click()
    assert sorted(shown()) == ["20", "30", "36"]


def test_a_difference_without_a_word_is_gone_to_and_nothing_is_saved(desk: WindowDesk) -> None:
    page = the_page(desk)
    put(page, "麵包", "28")
    page.save()
    assert page.note.text() == "麵包: expected 30 pieces, counted 28 pieces. Say why."
    here = page.table.currentIndex()
    assert (page.model.rows[here.row()].item, here.column()) == ("麵包", WHY)
    put(page, "麵包", "廿八")
    page.save()
    assert takes(desk) == []
    put(page, "麵包", "28個", "壓扁兩個")
    page.save()
    assert takes(desk)[0].differences == 1


def test_who_counted_cannot_sign_and_lets_somebody_else_sit_down(desk: WindowDesk) -> None:
    page = the_page(desk)
    put(page, "麵包", "28", "壓扁兩個")
    page.save()
    assert "counted by 林姑娘" in told(page) and "麵包 −2 pieces (28 pieces counted) · 壓扁兩個" in told(page)
    desk.press("Sign")
    assert "林姑娘 counted; a second person signs." in told(page)
    assert stock(desk, BREAD) == 30 * ONE
    sit_down_as("家俊")
    desk.press("Change user and sign")
    assert stock(desk, BREAD) == 28 * ONE
    assert takes(desk)[0].signed_by == "家俊"
    assert desk.window.side.user.text() == "家俊"
    assert desk.house.preferences.text("actor") == "家俊"
    assert desk.window.status_text() == "The count is signed; 1 lot was corrected"
    assert "Nothing waits" in told(page) and "林姑娘 · 家俊" in told(page)


def signed(desk: WindowDesk) -> StockTakePage:
    page = the_page(desk)
    put(page, "麵包", "28", "壓扁兩個")
    page.save()
    desk.window.context.actor = "家俊"
    page.counts.refresh()
    desk.press("Sign")
    return page


def test_a_signed_count_is_undone_at_once(desk: WindowDesk) -> None:
    page = signed(desk)
    assert stock(desk, BREAD) == 28 * ONE
    desk.window._undo()
    assert stock(desk, BREAD) == 30 * ONE
    assert desk.window.status_text() == "Undone: The count is signed; 1 lot was corrected"
    assert "undone" in told(page)


def test_a_signed_count_is_taken_back_later_with_a_reason_and_only_once(desk: WindowDesk) -> None:
    page = signed(desk)
    desk.press(f"Show the count of {page.words.date(TODAY)} · All places")
    with desk.answering("數錯架"):
        desk.press(f"Undo the count of {page.words.date(TODAY)} · All places")
    assert stock(desk, BREAD) == 30 * ONE
    with desk.street.database.transaction() as tx, pytest.raises(RuleRefused) as refused:
        services.take_back(tx, stock_take_id=takes(desk)[0].stock_take_id, reason="again", at=NOW, by=BY)
    assert refused.value.reason is Refusal.STOCK_TAKE_NOT_SIGNED


def test_a_count_that_waits_is_gone_to_by_its_id(desk: WindowDesk) -> None:
    page = the_page(desk)
    put(page, "麵包", "28", "壓扁兩個")
    page.save()
    desk.page("today")
    desk.page("stock_take", takes(desk)[0].stock_take_id)
    focused = desk.window.focusWidget()
    assert focused is not None and focused.accessibleName().startswith("Sign the count of")


def test_a_count_is_withdrawn_with_a_reason_and_stays_to_be_read(desk: WindowDesk) -> None:
    page = the_page(desk)
    put(page, "白米", "21", "多出一包")
    page.save()
    with desk.answering("數錯架"):
        desk.press("Withdraw")
    assert takes(desk)[0].withdrawn and stock(desk, RICE) == 20 * ONE
    assert "withdrawn" in told(page)
    desk.press(f"Show the count of {page.words.date(TODAY)} · All places")
    assert "白米 +1 pack (21 packs counted) · 多出一包" in told(page)


def test_goods_given_since_are_never_made_less_than_nothing(desk: WindowDesk) -> None:
    page = the_page(desk)
    put(page, "麵包", "10", "唔見咗")
    page.save()
    given(desk.street, BREAD, 25)
    desk.window.context.actor = "家俊"
    page.counts.refresh()
    desk.press("Sign")
    assert "20" in page.note.text() and "5" in page.note.text()
    assert takes(desk)[0].open and stock(desk, BREAD) == 5 * ONE


def test_one_place_is_counted_alone(desk: WindowDesk) -> None:
    page = the_page(desk)
    page.place.choose("A")
    page._show_lots()
    assert sorted(lot.item for lot in page.model.rows) == ["白米", "罐頭湯"]
    put(page, "白米", "20")
    page.save()
    taken = takes(desk)[0]
    assert (taken.place, taken.lots, taken.differences) == ("A", 1, 0)


def test_what_should_be_used_up_can_be_found_again(desk: WindowDesk) -> None:
    given(desk.street, BREAD, 30)
    page = the_page(desk)
    assert len(page.model.rows) == 2
    page.gone.click()
    put(page, "麵包", "4", "雪櫃後面")
    page.save()
    desk.window.context.actor = "家俊"
    page.counts.refresh()
    desk.press("Sign")
    assert stock(desk, BREAD) == 4 * ONE


def test_what_was_typed_is_kept_when_one_leaves_and_cleared_only_with_a_way_back(desk: WindowDesk) -> None:
    page = the_page(desk)
    put(page, "麵包", "28", "壓扁")
    desk.window.rebuild()
    page = the_page(desk)
    assert page.model.typed[BREAD].text == "28"
    desk.press("Clear")
    assert page.model.typed == {}
    desk.window._undo()
    assert page.model.typed[BREAD].reason == "壓扁"


def test_a_count_of_yesterday_compares_with_yesterday(desk: WindowDesk) -> None:
    desk.at(NOW + timedelta(days=1))
    given(desk.street, BREAD, 5)
    page = the_page(desk)
    page.day.set_day(TODAY)
    assert next(lot.stock for lot in page.model.rows if lot.item == "麵包") == 30 * ONE
    page.day.set_day(TODAY + timedelta(days=1))
    assert next(lot.stock for lot in page.model.rows if lot.item == "麵包") == 25 * ONE


def test_an_empty_shelf_says_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    a_street(tmp_path, goods=True).close()
    desk = WindowDesk(tmp_path, NOW, "zh_HK")
    desk.sit_down(tmp_path / "street.caringstreet")
    page = the_page(desk)
    assert page._places.currentIndex() == 1 and not page.save_button.isEnabled()
    desk.press("收貨")
    assert desk.window.page().name == "goods_intake"
    desk.leave()


def test_each_lot_shows_the_day_by_which_it_is_to_be_given(desk: WindowDesk) -> None:
    a_donation(desk.street, a_lot("粥", 4, place="A", best_before=TODAY + timedelta(days=9)))
    page = the_page(desk)
    page.refresh()
    number = next(number for number, lot in enumerate(page.model.rows) if lot.item == "粥")
    assert page.model.data(page.model.index(number, FIRST)) == page.words.date_short(TODAY + timedelta(days=9))
