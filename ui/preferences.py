"""What this computer remembers of how somebody likes the window; nothing of the street once it is founded."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings


class Preferences:
    """Typed values in one ini file; a changed meaning takes a new key."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        return str(self._settings.value(key, default, type=str))

    def flag(self, key: str, default: bool = False) -> bool:
        return bool(self._settings.value(key, default, type=bool))

    def number(self, key: str, default: int = 0) -> int:
        found = str(self._settings.value(key, default))
        return int(found) if found.isdigit() else default

    def state(self, key: str) -> QByteArray:
        found = self._settings.value(key, QByteArray())
        return found if isinstance(found, QByteArray) else QByteArray()

    def set(self, key: str, value: Any) -> None:
        """Remember a text, flag, number or state."""
        self._settings.setValue(key, value)

    def sync(self) -> None:
        """Write to the disk now."""
        self._settings.sync()
