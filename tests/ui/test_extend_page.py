"""Extending vouchers by keyboard: what is asked, what comes after, and once more."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from caringstreet.queries import extension
from caringstreet.services import vouchers
from tests.builders import NOW, a_household, a_shop, a_street, an_offer, handed_out
from tests.ui.desk import WindowDesk
from ui.pages.extend_page import ExtendPage


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDesk]:
    """A household without a telephone that holds two vouchers until the end of November."""
    street = a_street(tmp_path)
    handed_out(street, a_household(street), an_offer(street, a_shop(street)), count=2)
    street.close()
    found = WindowDesk(tmp_path, NOW, "en")
    found.sit_down(tmp_path / "street.caringstreet")
    found.window.activateWindow()
    assert QTest.qWaitForWindowActive(found.window)
    yield found
    found.leave()


def extended(page: ExtendPage, last: date, until: date) -> None:
    """Choose the days and a reason, then Ctrl+Enter from the field one is in."""
    page.due_from.set_day(last)
    page.due_to.set_day(last)
    page.until.set_day(until)
    page.reason.setCurrentText("Typhoon")
    page.look()
    page.reason.setFocus()
    QTest.keyClick(page.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()


def test_after_it_the_next_step_has_the_keyboard_and_it_can_be_done_again(desk: WindowDesk) -> None:
    page = desk.page("extend")
    assert isinstance(page, ExtendPage)
    for last, until in ((date(2026, 11, 30), date(2026, 12, 7)), (date(2026, 12, 7), date(2026, 12, 14))):
        extended(page, last, until)
        assert desk.window.status_text() == "2 vouchers extended"
        focused = desk.window.focusWidget()
        assert focused is not None and page.isAncestorOf(focused) and focused is not page.apply
        assert "Save notice…" in [one.text() for one in page.findChildren(QPushButton) if one.isVisible()]
        assert page.paper.isVisible()


def test_how_to_reach_a_household_is_not_cut_off(desk: WindowDesk) -> None:
    page = desk.page("extend")
    assert isinstance(page, ExtendPage)
    extended(page, date(2026, 11, 30), date(2026, 12, 7))
    (table,) = page.findChildren(QTableWidget)
    item = table.item(0, 4)
    assert item is not None
    assert table.columnWidth(4) > table.fontMetrics().horizontalAdvance(item.text())


def test_an_extension_is_undone_from_the_bottom_line_and_nobody_is_left_to_tell(desk: WindowDesk) -> None:
    page = desk.page("extend")
    assert isinstance(page, ExtendPage)
    extended(page, date(2026, 11, 30), date(2026, 12, 7))
    desk.window.bottom.take_back()
    assert desk.window.status_text() == "2 vouchers have their old last day again"
    assert "Save notice…" not in [one.text() for one in page.findChildren(QPushButton) if one.isVisible()]
    QApplication.processEvents()
    focused = desk.window.focusWidget()
    assert focused is not None and page.form.isAncestorOf(focused)
    assert page.apply.text() == "Extend 2 vouchers"


def test_an_undo_that_comes_too_late_says_which_voucher_stands_in_its_way(desk: WindowDesk) -> None:
    page = desk.page("extend")
    assert isinstance(page, ExtendPage)
    extended(page, date(2026, 11, 30), date(2026, 12, 7))
    with desk.street.database.reader() as reader:
        ids = extension.printed_ids(reader, [1, 2]) or [1, 2]
    with desk.street.database.transaction() as tx:
        vouchers.mark_printed(tx, voucher_ids=ids, at=NOW, by="x")
    desk.window.bottom.take_back()
    assert "was printed since, with 7 December 2026 as its last day" in page.note.text()
