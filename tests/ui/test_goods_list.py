"""A hand-out list on screen: proposed by rule, adjusted, signed on paper, ticked as people come."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caringstreet.bootstrap import OpenStreet
from caringstreet.queries import distributions, goods
from caringstreet.queries.distributions import LineRow
from caringstreet.rules.cards import household_card
from caringstreet.rules.diets import Diet
from caringstreet.rules.distributions import LineState
from caringstreet.rules.goods import Target
from caringstreet.rules.quantities import ONE
from caringstreet.services import distributions as services
from caringstreet.services import goods as goods_services
from caringstreet.services.distributions import LineForm, ListForm
from caringstreet.services.goods_ledger import Recipient
from tests.builders import BY, a_household, a_street
from tests.choice_day import DAY, NOW, a_lot
from tests.ui.desk import WindowDesk
from ui.pages.goods_hand_out_page import GoodsHandOutPage
from ui.pages.goods_list import ListDesk
from ui.printing import page_count
from ui.widgets.ask import AskDialog


def a_neighbourhood(folder: Path) -> OpenStreet:
    """Four households, the second eats no pork, the third received last week; rice and sausages in stock."""
    street = a_street(folder, at=NOW, goods=True)
    for number, name, size, diets in (
        ("H-0001", "陳婆婆", 1, ()),
        ("H-0002", "李太", 3, (Diet.NO_PORK,)),
        ("H-0003", "Siti", 4, ()),
        ("H-0004", "黃伯", 2, ()),
    ):
        a_household(street, number, display_name=name, size=size, members=(), diets=diets)
    sausages = a_lot(street, "臘腸", 20, day=date(2026, 11, 10), not_for=(Diet.NO_PORK,))
    a_lot(street, "白米", 6)
    with street.database.transaction() as tx:
        goods_services.give(
            tx, lot_id=sausages, quantity=ONE, recipient=Recipient(Target.HOUSEHOLD, 3), day=date(2026, 11, 21), at=NOW, by=BY
        )
    return street


def sit_down(folder: Path, street: OpenStreet) -> WindowDesk:
    street.close()
    found = WindowDesk(folder, NOW, "en")
    found.sit_down(folder / "street.caringstreet")
    found.window.activateWindow()
    assert QTest.qWaitForWindowActive(found.window)
    return found


@pytest.fixture
def empty(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDesk]:
    """No list yet."""
    found = sit_down(tmp_path, a_neighbourhood(tmp_path))
    yield found
    found.leave()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDesk]:
    """Rice for the first three, one each, and for the street cleaners."""
    street = a_neighbourhood(tmp_path)
    with street.database.transaction() as tx:
        lines = (*(LineForm(2, ONE, household) for household in (1, 2, 3)), LineForm(2, 2 * ONE, group_name="清潔工友"))
        services.plan(tx, form=ListForm(DAY, "米糧", lines), at=NOW, by=BY)
    found = sit_down(tmp_path, street)
    yield found
    found.leave()


def the_list(desk: WindowDesk) -> ListDesk:
    page = desk.page("goods_hand_out", None, "list")
    assert isinstance(page, GoodsHandOutPage)
    return page.list


def lines(desk: WindowDesk) -> list[LineRow]:
    with desk.street.database.reader() as reader:
        return distributions.lines(reader, 1)


def states(desk: WindowDesk) -> list[LineState]:
    return [one.state for one in lines(desk)]


def stock(desk: WindowDesk, lot_id: int) -> int:
    with desk.street.database.reader() as reader:
        return goods.rows(reader, [lot_id], DAY)[lot_id].stock // ONE


def say_yes() -> list[str]:
    """Say yes to the dialog that opens next; what it asked."""
    asked: list[str] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, AskDialog)
        asked.append(dialog.yes.text())
        dialog.yes.click()

    QTimer.singleShot(0, answer)
    return asked


def test_an_empty_mode_teaches_and_the_keyboard_makes_a_list(empty: WindowDesk) -> None:
    desk = the_list(empty)
    assert desk.begin_button.hasFocus()
    QTest.keyClick(desk.begin_button, Qt.Key.Key_Space)
    assert desk.plan_card.list_name.hasFocus()
    QTest.keyClick(desk.plan_card.list_name, Qt.Key.Key_Return)
    assert desk.plan_card.form.refusal("name") == "Please fill in a name."
    QTest.keyClicks(desk.plan_card.list_name, "Rice")
    QTest.qWait(80)
    QTest.keyClick(desk.plan_card.list_name, Qt.Key.Key_Return)
    assert desk.chosen.currentText() == "Sat 28 Nov · Rice"
    assert desk.places.currentWidget() is desk.lines_part
    assert desk.adding.lots.search.hasFocus()


def test_the_rule_proposes_who_got_least_lately_and_says_whom_it_passed_over(empty: WindowDesk) -> None:
    desk = the_list(empty)
    desk.plan()
    desk.plan_card.list_name.setText("臘腸")
    desk.plan_card.save()
    adding = desk.adding
    adding.lots.search.setText("臘腸")
    QTest.keyClick(adding.lots.search, Qt.Key.Key_Return)
    assert adding.quantity.hasFocus()
    QTest.keyClicks(adding.quantity, "2")
    adding.per_person.setChecked(True)
    QTest.keyClick(adding.quantity, Qt.Key.Key_Return)
    said = [adding.proposed.item(place).text() for place in range(adding.proposed.count())]
    assert said == [
        "H-0001  陳婆婆  2 items · nothing yet",
        "H-0004  黃伯  4 items · nothing yet",
        "H-0003  Siti  8 items · last Sat 21 Nov",
    ]
    assert adding.outcome.text() == "5 items stay in the stock. 1 passed over: it does not suit what they eat."
    adding.proposed.setCurrentRow(1)
    QTest.keyClick(adding.proposed, Qt.Key.Key_Space)
    assert adding.put_button.text() == "Put 2 households on the list"
    adding.put_button.click()
    assert [(one.household, one.quantity // ONE) for one in lines(empty)] == [("H-0001", 2), ("H-0003", 8)]
    assert stock(empty, 1) == 19
    empty.window._undo()
    assert lines(empty) == []


def test_what_does_not_reach_is_said_and_a_quantity_of_nothing_refused(empty: WindowDesk) -> None:
    desk = the_list(empty)
    desk.plan()
    desk.plan_card.list_name.setText("米")
    desk.plan_card.save()
    adding = desk.adding
    adding.lots.search.setText("白米")
    adding.lots.refresh()
    adding.quantity.setText("much")
    adding.propose()
    assert adding.said.text() == "Please give a quantity above zero, such as 3 or 6.5."
    adding.quantity.setText("2")
    adding.propose()
    assert adding.outcome.text() == "0 items stay in the stock. For 1 not enough is there this time."


def test_more_than_is_there_is_refused_in_figures(desk: WindowDesk) -> None:
    listed = the_list(desk)
    adding = listed.adding
    adding.lots.search.setText("白米")
    adding.lots.refresh()
    adding.ways.choose("hand")
    adding._show_way()
    adding.group.setText("護老院")
    adding.quantity.setText("3")
    adding._group_typed()
    adding.add()
    assert desk.window.page().note.text() == "白米: 8 items wanted, but only 6 items on hand. Write 6 items or less."
    adding.quantity.setText("1")
    QTest.keyClick(adding.group, Qt.Key.Key_Return)
    assert [one.group_name for one in lines(desk) if one.group_name] == ["清潔工友", "護老院"]


def test_space_ticks_and_ctrl_return_records_and_one_undo_takes_all_back(desk: WindowDesk) -> None:
    listed = the_list(desk)
    assert listed.table.hasFocus()
    listed.table.selectRow(0)
    QTest.keyClick(listed.table, Qt.Key.Key_Space)
    QTest.keyClick(listed.table, Qt.Key.Key_Down)
    QTest.keyClick(listed.table, Qt.Key.Key_Return)
    assert listed.give_button.text() == "Give: 2"
    QTest.keyClick(listed.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert states(desk) == [LineState.GIVEN, LineState.GIVEN, LineState.PLANNED, LineState.PLANNED]
    assert stock(desk, 2) == 4
    assert desk.window.status_text() == "2 lines recorded: Has received"
    desk.window._undo()
    assert states(desk) == [LineState.PLANNED] * 4
    assert stock(desk, 2) == 6


def test_not_needed_and_did_not_come_move_nothing_and_can_be_taken_back(desk: WindowDesk) -> None:
    listed = the_list(desk)
    listed.model.tick([lines(desk)[0].line_id], True)
    desk.press("Not needed this time", listed.lines_part)
    listed.model.tick([lines(desk)[1].line_id], True)
    desk.press("Did not come", listed.lines_part)
    assert states(desk)[:2] == [LineState.DECLINED, LineState.NO_SHOW]
    assert stock(desk, 2) == 6
    listed.model.tick([lines(desk)[0].line_id], True)
    assert not listed.back_button.isHidden()
    with desk.answering("she came after all"):
        listed.back_button.click()
    assert states(desk)[0] is LineState.PLANNED


def test_filters_and_search_narrow_and_ticks_stay(desk: WindowDesk, qtbot: QtBot) -> None:
    listed = the_list(desk)
    listed._tick_all()
    listed.search.setText("李")
    qtbot.waitUntil(lambda: len(listed.model.rows) == 1)
    assert listed.told.text() == "3 ticked rows are not shown now."
    assert listed.give_button.text() == "Give: 4"
    listed.search.clear()
    qtbot.waitUntil(lambda: len(listed.model.rows) == 4)
    listed.give()
    listed.chips._chips["planned"][0].click()
    assert listed.model.rows == []
    assert listed.chips._chips["given"][0].text() == "Has received 4"


def test_a_card_ticks_its_line_and_a_stranger_to_the_list_walks_in(desk: WindowDesk) -> None:
    listed = the_list(desk)
    desk.window.take_code(household_card("H-0002"))
    assert listed.model.ticked == {lines(desk)[1].line_id}
    desk.window.take_code(household_card("H-0004"))
    assert "H-0004 is not on the list" in desk.window.page().note.text()
    listed.adding.lots.search.setText("白米")
    listed.adding.lots.refresh()
    assert listed.adding.add_button.text() == "Give it now"
    listed.adding.add_button.click()
    walked = next(one for one in lines(desk) if one.household == "H-0004")
    assert (walked.state, walked.walk_in) == (LineState.GIVEN, True)
    assert stock(desk, 2) == 5
    desk.window._undo()
    assert stock(desk, 2) == 6


def test_lines_to_come_are_taken_off_and_put_back(desk: WindowDesk) -> None:
    listed = the_list(desk)
    listed.model.tick([one.line_id for one in lines(desk)[:2]], True)
    listed.remove_button.click()
    assert [one.household for one in lines(desk)] == ["H-0003", ""]
    desk.window._undo()
    assert [one.household for one in lines(desk)] == ["H-0001", "H-0002", "H-0003", ""]


def test_closing_makes_the_rest_no_shows_which_are_copied_and_exported(desk: WindowDesk, tmp_path: Path) -> None:
    listed = the_list(desk)
    listed.model.tick([lines(desk)[0].line_id], True)
    listed.give()
    asked = say_yes()
    listed.close_button.click()
    assert asked == ["Close the list"]
    assert states(desk) == [LineState.GIVEN, LineState.NO_SHOW, LineState.NO_SHOW, LineState.NO_SHOW]
    assert not listed.adding.isEnabled()
    listed.missed.copy()
    copied = QApplication.clipboard().text().splitlines()
    assert copied[0].split("\t")[:2] == ["Household", "Name"]
    assert [line.split("\t")[:2] for line in copied[1:]] == [["H-0002", "李太"], ["H-0003", "Siti"], ["", "清潔工友"]]
    listed.missed.export_to(tmp_path / "missed.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "missed.xlsx").active
    assert sheet is not None and sheet.max_row == 4
    listed.reopen_button.click()
    assert states(desk)[1] is LineState.NO_SHOW


def test_a_list_closed_by_mistake_is_as_it_was(desk: WindowDesk) -> None:
    listed = the_list(desk)
    listed.model.tick([lines(desk)[0].line_id], True)
    listed.pass_over(LineState.NO_SHOW)
    say_yes()
    listed.close_list()
    desk.window._undo()
    assert states(desk) == [LineState.NO_SHOW, LineState.PLANNED, LineState.PLANNED, LineState.PLANNED]
    shown = listed.shown()
    assert shown is not None and not shown.closed


def test_the_signature_sheet_is_drawn_and_saved(desk: WindowDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinters", staticmethod(list))
    listed = the_list(desk)
    shown = listed.shown()
    assert shown is not None
    listed.paper.save_to(shown, tmp_path / "sheet.pdf")
    assert page_count(tmp_path / "sheet.pdf") == 1
    document = pdfium.PdfDocument(tmp_path / "sheet.pdf")
    said = document[0].get_textpage().get_text_bounded()
    document.close()
    assert all(text in said for text in ("米糧", "H-0001", "清潔工友"))
    desk.window.page().print_()
    assert "knows no printer" in desk.window.page().note.text()


def test_ticks_of_a_list_are_offered_back_after_a_new_start(desk: WindowDesk, tmp_path: Path) -> None:
    the_list(desk).model.tick([1, 3], True)
    desk.leave()
    desk.sit_down(tmp_path / "street.caringstreet")
    found = the_list(desk)
    assert found.model.ticked == set()
    desk.window.draft_bar.back_button.click()
    assert found.model.ticked == {1, 3}
    found.give()
    assert states(desk)[:3] == [LineState.GIVEN, LineState.PLANNED, LineState.GIVEN]
    desk.window.context.drafts.flush()
    assert desk.window.context.drafts.get("goods_hand_out/ticks") is None


def test_an_adjusted_proposal_is_offered_back_with_its_ticks(desk: WindowDesk, tmp_path: Path) -> None:
    found = the_list(desk)
    found.adding.lots.choose(1)
    found.adding.propose()
    before = [found.adding.proposed.item(place).text() for place in range(found.adding.proposed.count())]
    assert len(before) > 1
    found.adding.proposed.item(0).setCheckState(Qt.CheckState.Unchecked)
    desk.leave()
    desk.sit_down(tmp_path / "street.caringstreet")
    desk.window.draft_bar.back_button.click()
    found = the_list(desk)
    items = [found.adding.proposed.item(place) for place in range(found.adding.proposed.count())]
    assert [one.text() for one in items] == before
    assert [one.checkState() is Qt.CheckState.Checked for one in items] == [False, *[True] * (len(before) - 1)]


def test_escape_in_the_plan_of_a_list_leaves_a_way_back(empty: WindowDesk) -> None:
    found = the_list(empty)
    found.plan()
    QTest.keyClicks(found.plan_card.list_name, "rice")
    QTest.keyClick(found.plan_card.list_name, Qt.Key.Key_Escape)
    assert "Make a hand-out list" in empty.window.draft_bar.text()
    empty.window.draft_bar.back_button.click()
    assert found.plan_card.isVisible() and found.plan_card.list_name.text() == "rice"
    found.plan_card.save()
    assert [one.name for one in found.lists] == ["rice"]
    assert empty.window.draft_bar.text() == ""
