"""A USB scanner types like a very fast person: its bursts are caught on any page."""

import time

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_LONGEST_GAP = 0.05
_SHORTEST = 6


class KeyboardWedge(QObject):
    """Filters the application's keys; a burst that ends in Return is a scan and leaves its field as it was.

    Fields with the property `takesScans` keep what is typed: they read it themselves.
    """

    scanned = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._burst = ""
        self._last = 0.0
        self._field: QObject | None = None
        self._before = ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        if watched.property("takesScans"):
            return False
        # Under test events have no timestamp.
        now = event.timestamp() / 1000 or time.perf_counter()
        slow = now - self._last > _LONGEST_GAP
        self._last = now
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.text() in ("\r", "\n"):
            return self._ended(slow)
        text = event.text()
        if text and text.isprintable():
            if slow or self._field is not watched or not self._burst:
                self._burst, self._field = "", watched
                self._before = watched.text() if isinstance(watched, QLineEdit) else ""
            self._burst += text
        return False

    def _ended(self, slow: bool) -> bool:
        burst, self._burst = self._burst, ""
        if slow or len(burst) < _SHORTEST:
            return False
        if isinstance(self._field, QLineEdit) and self._field.text().endswith(burst):
            self._field.setText(self._before)
        self.scanned.emit(burst)
        return True
