"""The first screen: what was typed stays, and a street that is there but out of reach has a way back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caringstreet import paths
from caringstreet.clock import FixedClock
from caringstreet.queries import households
from caringstreet.storage.problems import StorageTrouble
from caringstreet.words import words_for
from tests.builders import a_household, a_street
from ui import theme
from ui.desktop import lock_beside
from ui.house import House
from ui.main_window import MainWindow
from ui.pages.welcome_page import WelcomeWindow
from ui.preferences import Preferences
from ui.runner import Runner

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


def a_house(qtbot: QtBot, folder: Path, data: Path) -> House:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    preferences = Preferences(folder / "window.ini")
    preferences.set("language", "zh_HK")
    house = House(application, preferences, "zh_HK", clock=FixedClock(NOW), runner=Runner(inline=True))
    house.enter(data)
    return house


def welcome(house: House) -> WelcomeWindow:
    assert isinstance(house.window, WelcomeWindow)
    return house.window


def leave(house: House) -> None:
    house.leave()
    assert house.window is not None
    house.window.close()
    house.window.deleteLater()
    application = QApplication.instance()
    assert application is not None
    application.removeEventFilter(house._wedge)


def test_the_caps_are_shown_whole(qtbot: QtBot, tmp_path: Path) -> None:
    house = a_house(qtbot, tmp_path, tmp_path / "none.caringstreet")
    window = welcome(house)
    window.resize(1366, 768)
    QApplication.processEvents()
    for field in window.caps:
        assert field.visibleRegion().boundingRect().height() >= field.sizeHint().height()
    leave(house)


def test_what_was_typed_stays_in_the_other_language(qtbot: QtBot, tmp_path: Path) -> None:
    house = a_house(qtbot, tmp_path, tmp_path / "none.caringstreet")
    first = welcome(house)
    first.name.setText("東街")
    first.phone.setText("25550100")
    first.language_chosen.emit("en")
    qtbot.waitUntil(lambda: house.window is not first)
    assert welcome(house).name.text() == "東街"
    assert welcome(house).phone.text() == "25550100"
    assert welcome(house).begin.text() == "Begin"
    leave(house)


def test_a_damaged_street_is_set_aside_for_its_backup(qtbot: QtBot, tmp_path: Path) -> None:
    street = a_street(tmp_path)
    a_household(street, "H-0007")
    saved = street.backup_now()
    street.close()
    with street.path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\x5a" * 4096 * 30)
    damaged = street.path.read_bytes()
    house = a_house(qtbot, tmp_path, street.path)
    assert "損壞" in welcome(house).note.text()
    assert welcome(house).founding.isHidden()
    welcome(house).restore_from(saved)
    assert isinstance(house.window, MainWindow)
    assert house.street is not None
    with house.street.database.reader() as reader:
        assert households.next_number(reader) == "H-0008"
    assert [one.read_bytes() for one in tmp_path.glob("street-damaged*.caringstreet")] == [damaged]
    leave(house)


def test_a_street_open_elsewhere_can_be_tried_again(qtbot: QtBot, tmp_path: Path) -> None:
    street = a_street(tmp_path)
    street.close()
    other = lock_beside(street.path)
    assert other.tryLock(50)
    house = a_house(qtbot, tmp_path, street.path)
    assert "另一個視窗" in welcome(house).note.text()
    assert welcome(house).founding.isHidden()
    other.unlock()
    welcome(house).again.click()
    assert isinstance(house.window, MainWindow)
    leave(house)


def test_the_practice_street_is_made_beside_its_place_with_progress(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A window that cannot answer for as long as three months take would look dead; a half-made street must not stay."""
    monkeypatch.setenv("CARINGSTREET_HOME", str(tmp_path))
    house = a_house(qtbot, tmp_path, tmp_path / "street.caringstreet")
    seen: list[object] = []

    def admit(story: object) -> None:
        seen.append("began")
        assert list(paths.practice_street().parent.glob("*practice*")) and not paths.practice_street().exists()
        raise OSError(28, "No space left on device", "practice")

    monkeypatch.setattr("caringstreet.practice.street._Story._admit", admit)
    monkeypatch.setattr("ui.problems.report", lambda words, error, parent: seen.append(error.kind))
    house.enter_practice()
    assert seen == ["began", StorageTrouble.DISK_FULL]
    assert not list(tmp_path.rglob("*practice*"))
    assert isinstance(house.window, WelcomeWindow)
    monkeypatch.undo()
    monkeypatch.setenv("CARINGSTREET_HOME", str(tmp_path))
    welcome(house).try_it.click()
    assert isinstance(house.window, MainWindow)
    assert house.street is not None
    assert house.street.practice
    assert house.window.page().title() == "今日"
    leave(house)


@pytest.mark.parametrize("language", ["zh_HK", "en"])
def test_every_field_of_the_first_questions_is_whole_and_covered_by_nothing(qtbot: QtBot, tmp_path: Path, language: str) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, "light")
    window = WelcomeWindow(words_for(language), tmp_path / "none.caringstreet", FixedClock(NOW))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    QApplication.processEvents()
    for field in (*window.typed(), *window.caps, window.language, window.begin):
        assert field.height() >= field.minimumSizeHint().height(), field.accessibleName()
        assert field.visibleRegion().boundingRect() == field.rect(), field.accessibleName()
        for point in (field.rect().center(), field.rect().center() + QPoint(0, field.height() // 2 - 3), QPoint(12, field.height() - 4)):
            there = window.childAt(field.mapTo(window, point))
            assert there is field or (there is not None and field.isAncestorOf(there)), field.accessibleName()
