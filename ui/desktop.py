"""What the window asks of the desktop: Qt's own words, and room for the window."""

from PySide6.QtCore import QByteArray, QLibraryInfo, QLocale, QSize, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from caringstreet.words import mark, words_for

#: What the window is drawn for; the frame and a taskbar need room beside it.
_DESIGNED = QSize(1366, 768)
_FRAME = 40


_LACKING = {
    "File": mark("File"),
    "Folder": mark("Folder"),
    "File Folder": mark("Folder"),
    "Drive": mark("Drive"),
    "All Pages": mark("All pages"),
    "Odd Pages": mark("Odd pages"),
    "Even Pages": mark("Even pages"),
}


class _WhatQtLacks(QTranslator):
    """Words of Qt's own dialogs that its catalogue has not."""

    def __init__(self, parent: QApplication, language: str) -> None:
        super().__init__(parent)
        self._words = words_for(language)

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        lacking = context.startswith(("QAbstractFileIcon", "QFileIcon", "QPrint")) and source in _LACKING
        return self._words.say(_LACKING[source]) if lacking else None

    def isEmpty(self) -> bool:
        return False


def set_language(application: QApplication, language: str) -> None:
    """Qt's own words and formats; its Chinese of Hong Kong is that of Taiwan, by name."""
    QLocale.setDefault(QLocale("zh_HK" if language == "zh_HK" else "en_HK"))
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    if language == "zh_HK":
        translator = QTranslator(application)
        if translator.load("qtbase_zh_TW", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            application.installTranslator(translator)
        application.installTranslator(_WhatQtLacks(application, language))


def place(window: QWidget, geometry: QByteArray | None = None) -> None:
    """Where it stood last time; else in its own size, or all of a screen that is too small for that."""
    room = window.screen().availableGeometry()
    window.resize(_DESIGNED.boundedTo(room.size()))
    if geometry is not None and not geometry.isEmpty():
        window.restoreGeometry(geometry)
    elif room.width() <= _DESIGNED.width() or room.height() < _DESIGNED.height() + _FRAME:
        window.setWindowState(Qt.WindowState.WindowMaximized)
