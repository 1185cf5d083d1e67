"""The dialogs that ask for a file: in the person's language, in the person's folder, with the ending that the file needs."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from caringstreet.words import words_for
from ui.desktop import set_language
from ui.widgets import files


def answer(name: str, seen: list[str]) -> None:
    """Type a name into the dialog that opens next, and accept."""

    def type_it() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        seen.extend(one.text() for one in dialog.findChildren(QLabel))
        seen.append(dialog.directory().absolutePath())
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(field, QLineEdit)
        field.setText(name)
        dialog.accept()

    QTimer.singleShot(50, type_it)


def test_a_name_without_an_ending_gets_it_and_the_folder_is_remembered(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_last", [])
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    set_language(application, "zh_HK")
    parent, words, seen = QWidget(), words_for("zh_HK"), list[str]()
    qtbot.addWidget(parent)
    answer(str(tmp_path / "十一月"), seen)
    assert files.ask_to_save(parent, words, "儲存", "summary.pdf", files.PDF) == tmp_path / "十一月.pdf"
    assert "檔案種類" in seen
    assert not any(text.endswith("of type:") or text == "Look in:" for text in seen)
    assert not Path(seen[-1]).joinpath("main.py").exists()
    seen.clear()
    answer(str(tmp_path / "again.xlsx"), seen)
    assert files.ask_to_save(parent, words, "儲存", "summary.xlsx", files.XLSX) == tmp_path / "again.xlsx"
    assert Path(seen[-1]) == tmp_path


def test_a_name_out_of_the_streets_texts_is_suggested_as_one_that_every_system_takes(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_last", [tmp_path])
    parent, suggested = QWidget(), list[str]()
    qtbot.addWidget(parent)

    def accept_it() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(field, QLineEdit)
        suggested.append(field.text())
        dialog.accept()

    QTimer.singleShot(50, accept_it)
    item = 'A/B:C*?".'
    assert files.ask_to_save(parent, words_for("en"), "Export…", f"{item}.xlsx", files.XLSX) == tmp_path / "A-B-C---.xlsx"
    assert suggested == ["A-B-C---.xlsx"]


def test_another_ending_is_set_right_and_replaces_nothing(tmp_path: Path) -> None:
    assert files.with_ending(tmp_path / "bad.XLSX", "xlsx") == tmp_path / "bad.XLSX"
    assert files.with_ending(tmp_path / "bad.csv", "xlsx") == tmp_path / "bad.csv.xlsx"
    (tmp_path / "bad.csv.xlsx").touch()
    assert files.with_ending(tmp_path / "bad.csv", "xlsx") == tmp_path / "bad.csv-2.xlsx"


def test_words_that_qts_catalogue_lacks_are_said_and_no_others(qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    said = QCoreApplication.translate
    set_language(application, "zh_HK")
    assert said("QAbstractFileIconProvider", "Folder") == "資料夾"
    assert said("QPlatformTheme", "Cancel") == "取消"
    assert said("Elsewhere", "Folder") == "Folder"
    set_language(application, "en")
    assert said("QAbstractFileIconProvider", "Folder") == "Folder"
