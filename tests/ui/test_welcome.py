"""The first screen: what was typed stays, and a street that is there but out of reach has a way back."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile, QPoint
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from caringstreet import paths
from caringstreet.clock import FixedClock
from caringstreet.practice import street as practice
from caringstreet.queries import households
from caringstreet.storage.problems import StorageTrouble
from caringstreet.words import words_for
from tests.builders import a_household, a_street
from ui import theme
from ui.house import House
from ui.main_window import MainWindow
from ui.pages.welcome_page import WelcomeWindow
from ui.preferences import Preferences
from ui.street_lock import StreetLock

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


def a_house(qtbot: QtBot, folder: Path, data: Path) -> House:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    preferences = Preferences(folder / "window.ini")
    preferences.set("language", "zh_HK")
    house = House(application, preferences, "zh_HK", clock=FixedClock(NOW), inline=True)
    house.enter(data)
    return house


def welcome(house: House) -> WelcomeWindow:
    assert isinstance(house.window, WelcomeWindow)
    return house.window


def leave(house: House) -> None:
    house.close()


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


def test_what_was_typed_before_there_is_a_street_is_there_at_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    house = a_house(qtbot, tmp_path, tmp_path / "none.caringstreet")
    welcome(house).name.setText("東街")
    welcome(house).streets.setText("東大街、")
    welcome(house).caps[1].setValue(14)
    leave(house)
    house = a_house(qtbot, tmp_path, tmp_path / "none.caringstreet")
    window = welcome(house)
    assert (window.name.text(), window.streets.text(), window.caps[1].value()) == ("東街", "東大街、", 14)
    window.team.setText("鄰舍隊")
    window.begin.click()
    assert isinstance(house.window, MainWindow)
    assert house.preferences.text("founding") == ""
    leave(house)


def test_an_untouched_first_screen_keeps_nothing_and_follows_the_language(qtbot: QtBot, tmp_path: Path) -> None:
    house = a_house(qtbot, tmp_path, tmp_path / "none.caringstreet")
    first = welcome(house)
    first.name.setText("東街")
    first.name.clear()
    assert house.preferences.text("founding") in ("", "{}")
    first.language_chosen.emit("en")
    qtbot.waitUntil(lambda: house.window is not first)
    assert welcome(house).language.value() == "en"
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
    other = StreetLock(street.path)
    assert other.take()
    house = a_house(qtbot, tmp_path, street.path)
    assert "另一個視窗" in welcome(house).note.text()
    assert welcome(house).founding.isHidden()
    assert welcome(house).anyway.isHidden(), "nobody opens a street that another window has"
    house.enter(street.path, anyway=True)
    assert isinstance(house.window, WelcomeWindow)
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
    # All its months are made in the tests of the street itself.
    monkeypatch.setattr(practice, "make_demo", partial(practice.make_demo, months=1, households_wanted=8))
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


@pytest.mark.parametrize(("left", "said"), [("4711\ncaringstreet\n隔壁電腦\n", "隔壁電腦"), ("", "空白")])
def test_a_lock_left_behind_is_told_and_a_person_may_go_past_it(qtbot: QtBot, tmp_path: Path, left: str, said: str) -> None:
    street = a_street(tmp_path)
    street.close()
    (tmp_path / "street.caringstreet.lock").write_text(left, encoding="utf-8")
    house = a_house(qtbot, tmp_path, street.path)
    assert said in welcome(house).note.text()
    assert not welcome(house).anyway.isHidden()
    welcome(house).anyway.click()
    assert isinstance(house.window, MainWindow)
    leave(house)


def test_on_a_share_only_who_types_the_name_goes_past_a_lock(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    street = a_street(tmp_path, name="東街")
    street.close()
    (tmp_path / "street.caringstreet.lock").write_text("")
    monkeypatch.setattr("ui.house.on_share", lambda path: True)
    house = a_house(qtbot, tmp_path, street.path)
    welcome(house).anyway.click()
    assert "東街" in welcome(house).note.text()
    for typed in ("", "西街"):
        welcome(house).own_name.setText(typed)
        welcome(house).anyway.click()
        assert "沒有開啟" in welcome(house).note.text()
    welcome(house).own_name.setText(" 東街")
    welcome(house).anyway.click()
    assert isinstance(house.window, MainWindow)
    leave(house)


def test_a_lock_that_may_not_be_written_is_not_called_open_elsewhere(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    street = a_street(tmp_path)
    street.close()
    monkeypatch.setattr("ui.street_lock.QLockFile.tryLock", lambda self, wait: False)
    monkeypatch.setattr("ui.street_lock.QLockFile.error", lambda self: QLockFile.LockError.PermissionError)
    house = a_house(qtbot, tmp_path, street.path)
    assert "另一個視窗" not in welcome(house).note.text()
    assert "street.caringstreet.lock" in welcome(house).note.text()
    leave(house)


def test_a_file_in_which_setting_up_was_not_finished_is_set_up_again(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "street.caringstreet"
    path.write_bytes(b"")
    house = a_house(qtbot, tmp_path, path)
    assert "未有愛心街" in welcome(house).note.text()
    assert not welcome(house).founding.isHidden()
    welcome(house).team.setText("鄰舍隊")
    welcome(house).begin.click()
    assert isinstance(house.window, WelcomeWindow), "a street needs a name"
    welcome(house).name.setText("東街")
    welcome(house).begin.click()
    assert isinstance(house.window, MainWindow)
    assert [one.read_bytes() for one in tmp_path.glob("street-empty*")] == [b""]
    leave(house)


def test_a_street_that_cannot_be_written_is_shown_with_a_band(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    street = a_street(tmp_path)
    a_household(street, "H-0007")
    street.close()
    for module in ("looking", "plain"):
        monkeypatch.setattr(f"caringstreet.storage.{module}.is_writable", lambda path: False)
    house = a_house(qtbot, tmp_path, street.path)
    assert isinstance(house.window, MainWindow)
    shown = [one.text() for one in house.window.findChildren(QLabel)]
    assert any("只供閱讀" in one for one in shown)
    said: list[object] = []
    monkeypatch.setattr("ui.problems.report", lambda words, error, parent=None: said.append(error.kind))
    house.window.context.runner.command(lambda tx: None, owner=None)
    assert said == [StorageTrouble.READ_ONLY]
    leave(house)
    assert not (tmp_path / "backups").exists()


@pytest.mark.moves_open_files
def test_a_street_that_was_deleted_while_it_was_open_can_still_be_left(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    street = a_street(tmp_path)
    a_household(street, "H-0007")
    street.close()
    house = a_house(qtbot, tmp_path, street.path)
    street.path.unlink()
    said: list[str] = []
    monkeypatch.setattr("ui.problems.report", lambda words, error, parent=None: said.append(error.kept))
    leave(house)
    assert said == [str(tmp_path / "street-rescued.caringstreet")]
