"""What the window asks of the desktop: Qt's own words, and the lock of a street."""

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QLockFile, QTranslator
from PySide6.QtWidgets import QApplication


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


def lock_beside(path: Path) -> QLockFile:
    """The lock of a street's one window; it falls when its process does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(str(path.with_name(path.name + ".lock")))
    lock.setStaleLockTime(0)
    return lock
