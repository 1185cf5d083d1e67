"""Which file to read or write: begins in the person's own folder, and a new name always has its ending."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from caringstreet import files
from caringstreet.words import Words

PDF, XLSX, STREET = "PDF (*.pdf)", "Excel (*.xlsx)", "Caring Street (*.caringstreet)"

_Label = QFileDialog.DialogLabel
#: Where the last file was; a program's own folder is no place for papers.
_last: list[Path] = []


def ask_to_save(parent: QWidget, words: Words, title: str, name: str, kind: str) -> Path | None:
    """Where to write; the system asks before an older file is replaced. None where the person changed their mind.

    `name` may come from any text of the street: what is suggested is a name that every system takes.
    """
    dialog = _dialog(parent, words, title, kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    suffix = kind.split("*.")[1].rstrip(")")
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(files.usable_name(name))
    chosen = _first(dialog)
    return None if chosen is None else with_ending(chosen, suffix)


def with_ending(path: Path, suffix: str) -> Path:
    """The path under the ending of what is written: a workbook named .csv could not be opened again.

    A name that the person did not see never replaces an older file.
    """
    if path.suffix.lower() == f".{suffix}":
        return path
    found, number = path.with_name(f"{path.name}.{suffix}"), 2
    while found.exists():
        found, number = path.with_name(f"{path.name}-{number}.{suffix}"), number + 1
    return found


def ask_to_open(parent: QWidget, words: Words, title: str, kind: str, folder: Path | None = None) -> Path | None:
    """One file that is there; the dialog begins in `folder` where that is one."""
    dialog = _dialog(parent, words, title, kind)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    if folder is not None and folder.is_dir():
        dialog.setDirectory(str(folder))
    return _first(dialog)


def ask_to_open_some(parent: QWidget, words: Words, title: str, kind: str) -> list[Path]:
    """Files that are there; none where the person changed their mind."""
    dialog = _dialog(parent, words, title, kind)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _chosen(dialog)


def ask_for_folder(parent: QWidget, words: Words, title: str) -> Path | None:
    """A folder."""
    dialog = _dialog(parent, words, title, "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _first(dialog)


def _dialog(parent: QWidget, words: Words, title: str, kind: str) -> QFileDialog:
    own = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = next((str(one) for one in _last if one.is_dir()), own if Path(own).is_dir() else str(Path.home()))
    dialog = QFileDialog(parent, title, folder, kind)
    # Where the system has no dialog of its own, Qt's catalogue lacks these two.
    dialog.setLabelText(_Label.LookIn, words.say("Folder"))
    dialog.setLabelText(_Label.FileType, words.say("Kind of file"))
    return dialog


def _chosen(dialog: QFileDialog) -> list[Path]:
    found = [Path(one) for one in dialog.selectedFiles()] if dialog.exec() == QDialog.DialogCode.Accepted else []
    dialog.deleteLater()
    if found:
        _last[:] = [found[0] if found[0].is_dir() else found[0].parent]
    return found


def _first(dialog: QFileDialog) -> Path | None:
    return next(iter(_chosen(dialog)), None)
