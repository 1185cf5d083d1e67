"""Lists by keyboard, and their panel where the window is narrow."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import NOW, a_household, a_street
from tests.ui.desk import WindowDesk
from ui.pages.households_page import HouseholdsPage

SORTING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDesk]:
    street = a_street(tmp_path)
    for number, size in (("H-0001", 2), ("H-0002", 5), ("H-0003", 1)):
        a_household(street, number, size=size, display_name=number)
    street.close()
    found = WindowDesk(tmp_path, NOW, "en")
    found.sit_down(tmp_path / "street.caringstreet")
    found.window.activateWindow()
    assert QTest.qWaitForWindowActive(found.window)
    yield found
    found.leave()


def the_list(desk: WindowDesk) -> HouseholdsPage:
    page = desk.page("households")
    assert isinstance(page, HouseholdsPage)
    QApplication.processEvents()
    return page


def test_a_list_is_sorted_by_keyboard(desk: WindowDesk) -> None:
    page = the_list(desk)
    for _ in range(2):
        QTest.keyClick(page.table, Qt.Key.Key_Right, SORTING)
    assert page.table.sorting() == ("size", False)
    assert [page.fetch(page.find_ids())[one].size for one in page.find_ids()] == [1, 2, 5]
    QTest.keyClick(page.table, Qt.Key.Key_Down, SORTING)
    assert page.table.sorting() == ("size", True)
    assert page.table.texts()[1][0][0] == "H-0002"
    for _ in range(3):
        QTest.keyClick(page.table, Qt.Key.Key_Left, SORTING)
    assert page.table.sorting()[0] not in ("size", "number")
    assert "Ctrl+Shift+Left" in desk.window._shortcut_text()


def test_in_a_narrow_window_the_panel_comes_over_the_list_and_goes_again(desk: WindowDesk) -> None:
    page = the_list(desk)
    frame, wide = page.side._frame, page.table.width()
    assert frame.isVisible() and not page.side._back.isVisible()
    desk.window.resize(950, 700)
    QApplication.processEvents()
    assert not frame.isVisible()
    assert page.table.width() > wide
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert frame.isVisible() and desk.window.page() is page
    assert frame.isAncestorOf(desk.window.focusWidget())
    assert page.rect().contains(frame.geometry())
    QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_Escape)
    assert not frame.isVisible() and page.table.hasFocus()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=page.table.visualRect(page.table.model().index(1, 0)).center())
    assert frame.isVisible()
    desk.press("Back to the list")
    assert not frame.isVisible()
    desk.window.resize(1366, 768)
    QApplication.processEvents()
    assert frame.isVisible() and page.table.width() == wide
