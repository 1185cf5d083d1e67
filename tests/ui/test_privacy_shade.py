"""The shade hides what it covers, by its pixels, in each window; underneath all stays as it was."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from caringstreet.practice.street import make_demo
from tests.ui.desk import WindowDesk
from ui import theme
from ui.pages.household_form import HouseholdFormPage
from ui.widgets.ask import AskDialog
from ui.widgets.privacy_shade import _Cover

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("practice") / "practice.caringstreet"
    make_demo(path, months=1, households_wanted=12, today=date(2026, 11, 21))
    return path


@pytest.fixture(params=["light", "dark"])
def desk(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path, practice: Path) -> WindowDesk:
    found = WindowDesk(tmp_path, NOW)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, request.param)
    found.sit_down(practice)
    found.window.activateWindow()
    assert QTest.qWaitForWindowActive(found.window)
    return found


def inked(window: QWidget) -> int:
    """How many points of a window differ from its ground; what the shade itself says is not counted."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ground = QColor(theme.colors().ground).rgb()
    cover = next((one for one in window.findChildren(_Cover) if one.parent() is window), None)
    free = QRegion(window.rect())
    for one in cover.findChildren(QLabel) if cover is not None else ():
        free -= QRegion(QRect(one.mapTo(window, one.rect().topLeft()), one.size()))
    return sum(
        image.pixel(x, y) != ground
        for part in free
        for y in range(part.top(), part.bottom() + 1)
        for x in range(part.left(), part.right() + 1, 2)
    )


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_no_point_of_any_page_shows_through(desk: WindowDesk) -> None:
    for name in ("today", "households", "vouchers"):
        desk.page(name)
        QApplication.processEvents()
        assert inked(desk.window) > 20_000, name
        QTest.keyClick(desk.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert inked(desk.window) == 0, name
        QTest.keyClick(focused(), Qt.Key.Key_A)
        assert inked(desk.window) > 20_000, name
    desk.leave()


def test_search_results_menus_tips_and_dialogs_are_hidden_too(qtbot: QtBot, desk: WindowDesk) -> None:
    page = desk.page("households")
    desk.window.context.status.say("陳大文")
    desk.window.search_focus()
    desk.window.search.setText("H-0001")
    desk.window.search._show("H-0001")
    dialog = AskDialog(page, page.words, "陳大文", "作廢")
    dialog.setWindowTitle("陳大文")
    dialog.show()
    menu = QMenu(page)
    menu.addAction("陳大文")
    menu.popup(desk.window.rect().center())
    QToolTip.showText(desk.window.rect().center(), "陳大文", desk.window)
    desk.window.shade.cover()
    QApplication.processEvents()
    assert not menu.isVisible()
    assert inked(desk.window) == 0
    assert inked(dialog) == 0
    assert dialog.windowTitle() == desk.window.windowTitle()
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one not in (desk.window, dialog)]
    assert [type(one).__name__ for one in shown if not one.findChildren(_Cover)] in ([], ["QTipLabel"])
    late = QDialog(page)
    late.resize(300, 200)
    late.show()
    QLabel("陳大文", late).show()
    QApplication.processEvents()
    assert inked(late) == 0
    desk.window.shade.lift()
    assert inked(late) > 0
    assert dialog.windowTitle() == "陳大文"
    for one in (late, dialog):
        one.reject()
    desk.leave()


def test_keys_reach_nothing_underneath_and_what_was_begun_stays(qtbot: QtBot, desk: WindowDesk) -> None:
    page = desk.page("household_form", None, "new")
    assert isinstance(page, HouseholdFormPage)
    qtbot.waitUntil(page.display_name.hasFocus)
    QTest.keyClicks(page.display_name, "Chan")
    control, none = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
    for key, modifier in ((Qt.Key.Key_N, control), (Qt.Key.Key_Tab, none), (Qt.Key.Key_1, control)):
        desk.window.shade.cover()
        # Even where work that ended has given the keyboard to a field.
        page.display_name.setFocus()
        QTest.keyClick(page.display_name, Qt.Key.Key_X)
        assert desk.window.shade.covers
        covering = focused()
        assert isinstance(covering, _Cover)
        QTest.keyClick(covering, Qt.Key.Key_Control)
        assert desk.window.shade.covers
        QTest.keyClick(covering, key, modifier)
        assert not desk.window.shade.covers
        assert desk.window.page() is page
        assert page.display_name.text() == "Chan"
        assert page.display_name.hasFocus()
    desk.leave()


def test_it_comes_by_itself_and_later_at_the_scan_desk(qtbot: QtBot, desk: WindowDesk) -> None:
    shade = desk.window.shade
    desk.page("today")
    shade._idle.setInterval(20)
    shade._idle.start()
    qtbot.waitUntil(lambda: shade.covers)
    shade.lift()
    desk.page("scan")
    shade._rested = 0
    for _ in range(3):
        shade._rest()
        assert not shade.covers
    shade._rest()
    assert shade.covers
    shade.lift()
    shade.set_minutes(0)
    desk.leave()


def test_it_still_covers_when_the_window_grows_or_is_built_anew(desk: WindowDesk) -> None:
    desk.page("households")
    desk.window.shade.cover()
    desk.window.rebuild()
    desk.window.resize(1200, 700)
    QApplication.processEvents()
    assert inked(desk.window) == 0
    desk.window.shade.lift()
    desk.leave()
