"""The practice street is made while the window lives, and a person may think better of it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from caringstreet import paths
from caringstreet.clock import FixedClock
from ui.dialogs.working import WorkingDialog
from ui.house import House
from ui.main_window import MainWindow
from ui.pages.welcome_page import WelcomeWindow
from ui.preferences import Preferences

AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path) -> House:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return House(application, Preferences(tmp_path / "window.ini"), "en", clock=FixedClock(AT))


def leave(house: House) -> None:
    house.leave()
    assert house.window is not None
    house.window.close()
    house.window.deleteLater()
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.removeEventFilter(house._wedge)


def working() -> WorkingDialog:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, WorkingDialog))


def test_the_street_opens_once_it_is_made(qtbot: QtBot, house: House) -> None:
    house.enter(paths.default_street())
    assert isinstance(house.window, WelcomeWindow)
    house.window.try_it.click()
    assert working().labelText() == "Making the practice street…"
    assert not paths.practice_street().exists()
    qtbot.waitUntil(lambda: isinstance(house.window, MainWindow), timeout=120_000)
    assert house.street is not None and house.street.practice
    leave(house)


def test_cancelled_nothing_stays_and_the_first_questions_are_there(qtbot: QtBot, house: House) -> None:
    house.enter_practice()
    folder = paths.practice_street().parent
    working().findChild(QPushButton).click()
    assert isinstance(house.window, WelcomeWindow)
    assert house._runner is not None
    house._runner.wait()
    QApplication.processEvents()
    assert [one.name for one in folder.iterdir() if "practice" in one.name] == []
    leave(house)
