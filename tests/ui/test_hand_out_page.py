"""Hand-out of a whole list on one page."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from caringstreet.queries import vouchers
from caringstreet.queries.vouchers import VoucherFilter, VoucherRow
from caringstreet.rules.codes import pretty
from caringstreet.rules.vouchers import HandedTo, VoucherState
from tests.builders import a_household, a_shop, a_street, an_offer, issued
from tests.ui.desk import WindowDesk
from ui.pages.hand_out_page import HandOutPage

NINTH = datetime(2026, 11, 9, 2, 0, tzinfo=UTC)
FIRST_DAY, NINTH_DAY = date(2026, 11, 1), date(2026, 11, 9)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDesk]:
    """On the ninth: H-0001 and H-0002 wait since the first, H-0001 and H-0003 for today's, H-0004 for the 20th."""
    street = a_street(tmp_path, at=NINTH)
    offer = an_offer(street, a_shop(street))
    one, two, three, four = (
        a_household(street, f"H-000{number}", display_name=name, street=road)
        for number, name, road in ((1, "陳婆婆", "金華街"), (2, "李太", "東大街"), (3, "Siti", "東大街"), (4, "黃伯", "東大街"))
    )
    for household, day, count in (
        (one, FIRST_DAY, 2),
        (two, FIRST_DAY, 3),
        (one, NINTH_DAY, 1),
        (three, NINTH_DAY, 1),
        (four, date(2026, 11, 20), 1),
    ):
        issued(street, household, offer, day=day, count=count)
    street.close()
    found = WindowDesk(tmp_path, NINTH, "en")
    found.sit_down(tmp_path / "street.caringstreet")
    yield found
    found.leave()


def the_page(desk: WindowDesk, subject: int | None = None) -> HandOutPage:
    page = desk.page("hand_out", subject)
    assert isinstance(page, HandOutPage)
    return page


def shown(page: HandOutPage) -> list[tuple[str, int]]:
    return [(one.number, one.planned_on.day) for one in page.model.rows]


def held(desk: WindowDesk, household: str) -> list[VoucherRow]:
    with desk.street.database.reader() as reader:
        rows = vouchers.listed(reader, VoucherFilter(), NINTH_DAY)
    return sorted((one for one in rows if one.household == household), key=lambda one: one.valid_from)


def states(desk: WindowDesk, household: str) -> list[VoucherState]:
    return [one.state for one in held(desk, household)]


def test_only_what_can_be_taken_today_is_listed(desk: WindowDesk) -> None:
    page = the_page(desk)
    assert shown(page) == [("H-0001", 1), ("H-0001", 9), ("H-0002", 1), ("H-0003", 9)]
    assert page.found.text() == "3 households"
    assert not page.record_button.isEnabled()


def test_filters_by_planned_day_street_and_word_narrow_the_list(desk: WindowDesk, qtbot: QtBot) -> None:
    page = the_page(desk)
    page.planned.choose(NINTH_DAY)
    page.planned.activated.emit(0)
    assert shown(page) == [("H-0001", 9), ("H-0003", 9)]
    page.street.choose("東大街")
    page.street.activated.emit(0)
    assert shown(page) == [("H-0003", 9)]
    page.planned.setCurrentIndex(0)
    page.search.setText("李太")
    qtbot.waitUntil(lambda: shown(page) == [("H-0002", 1)])


def test_ticks_stay_while_one_looks_at_another_part_of_the_list(desk: WindowDesk) -> None:
    page = the_page(desk, 2)
    page.street.choose("金華街")
    page.street.activated.emit(0)
    page.all_button.click()
    assert page.record_button.text() == "Record hand-out: 2 households, 6 vouchers"
    assert "1 ticked row is not shown now." in page.warning.text()
    page.all_button.click()
    assert page.record_button.text() == "Record hand-out: 1 household, 3 vouchers"


def test_papers_that_are_not_printed_are_warned_of(desk: WindowDesk) -> None:
    page = the_page(desk, 2)
    assert "3 ticked vouchers are not printed yet." in page.warning.text()
    page.print_button.click()
    assert desk.window.page().name == "print"


def test_one_click_records_all_with_who_took_them_and_one_undo_takes_all_back(desk: WindowDesk) -> None:
    page = the_page(desk)
    page.all_button.click()
    page.model.takers[2, FIRST_DAY] = HandedTo.RELATIVE
    page.model.takers[3, NINTH_DAY] = HandedTo.VISITOR
    page.day.set_day(date(2026, 11, 8))
    page.record_button.click()
    for household, taker in (("H-0001", HandedTo.SELF), ("H-0002", HandedTo.RELATIVE), ("H-0003", HandedTo.VISITOR)):
        assert {(one.state, one.handed_to, one.handed_out_on) for one in held(desk, household)} == {
            (VoucherState.HANDED_OUT, taker, date(2026, 11, 8))
        }
    assert states(desk, "H-0004") == [VoucherState.MADE]
    assert shown(page) == []
    assert desk.window.status_text() == "Handed out to 3 households, 7 vouchers"
    desk.window._undo()
    assert states(desk, "H-0001") == [VoucherState.MADE] * 3
    assert len(shown(page)) == 4
    assert page.model.takers == {}


def test_only_the_ticked_day_of_a_household_is_recorded(desk: WindowDesk) -> None:
    page = the_page(desk)
    page.model.tick([(1, FIRST_DAY)], True)
    page.record()
    assert states(desk, "H-0001") == [VoucherState.HANDED_OUT, VoucherState.HANDED_OUT, VoucherState.MADE]


def test_a_scan_ticks_the_row_of_its_household_even_if_it_is_filtered_away(desk: WindowDesk) -> None:
    page = the_page(desk)
    page.street.choose("金華街")
    page.street.activated.emit(0)
    desk.window.take_code(pretty(held(desk, "H-0003")[0].code))
    assert page.model.ticked == {(3, NINTH_DAY)}
    assert len(shown(page)) == 4


def test_a_scan_of_what_does_not_wait_here_opens_the_voucher(desk: WindowDesk) -> None:
    page = the_page(desk)
    desk.window.take_code(pretty(held(desk, "H-0004")[0].code))
    assert page.model.ticked == set()
    assert desk.window.page().name == "vouchers"


def test_the_keyboard_is_enough(desk: WindowDesk, qtbot: QtBot) -> None:
    page = the_page(desk)
    page.table.selectRow(2)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.model.ticked == {(2, FIRST_DAY)}
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.model.ticked == set()
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    editor = page.table.findChild(QComboBox)
    assert editor is not None
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.taker((2, FIRST_DAY)) is HandedTo.VISITOR)
    qtbot.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert {one.handed_to for one in held(desk, "H-0002")} == {HandedTo.VISITOR}


def test_a_household_with_nothing_to_take_is_said_so(desk: WindowDesk) -> None:
    page = the_page(desk, 4)
    assert page.note.text().startswith("This household has nothing to take now")


def test_an_empty_list_teaches_the_next_step(desk: WindowDesk) -> None:
    page = the_page(desk)
    page.all_button.click()
    page.record()
    assert page._places.currentIndex() == 1
    desk.press("Issue vouchers")
    assert desk.window.page().name == "issue"


def test_ticks_and_who_took_them_are_offered_back_after_a_new_start(qtbot: QtBot, tmp_path: Path, desk: WindowDesk) -> None:
    page = the_page(desk)
    one, three = page._all[0].key, page._all[3].key
    page.model.tick([one, three], True)
    page.model.takers[three] = HandedTo.RELATIVE
    again(desk, tmp_path)
    page = the_page(desk)
    assert page.model.ticked == set()
    desk.window.draft_bar.back_button.click()
    assert (page.model.ticked, page.model.taker(three), page.model.taker(one)) == ({one, three}, HandedTo.RELATIVE, HandedTo.SELF)
    page.record()
    assert states(desk, "H-0003") == [VoucherState.HANDED_OUT]
    again(desk, tmp_path)
    assert desk.window.draft_bar.text() == ""


def again(desk: WindowDesk, folder: Path) -> None:
    """Close the window and sit down once more."""
    desk.leave()
    desk.sit_down(folder / "street.caringstreet")
