"""A line of text, and a note of several lines."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

_BREAKS = str.maketrans(dict.fromkeys("\r\n\t\v\f\x85\u2028\u2029", " "))
#: Reached with the mouse a line is selected as with Tab, so that typing replaces it.
_BY_HAND = (Qt.FocusReason.MouseFocusReason,)


class TextField(QLineEdit):
    """One line: reached by a click or Tab all of it is selected, and pasted line breaks become spaces."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._just_reached = False
        self.textChanged.connect(self._stay_one_line)

    def kept(self) -> Any:
        return self.text()

    def put_back(self, kept: Any) -> None:
        if isinstance(kept, str) and kept != self.text():
            self.setText(kept)

    def reached(self, reason: Qt.FocusReason) -> None:
        """The keyboard came here, or to what this line is a part of."""
        self._just_reached = reason in _BY_HAND

    def _stay_one_line(self, text: str) -> None:
        line = text.replace("\r\n", "\n").translate(_BREAKS)
        if line != text:
            place = self.cursorPosition() - (len(text) - len(line))
            # Written as a person would, so that it can be undone.
            self.selectAll()
            self.insert(line)
            self.setCursorPosition(max(0, place))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached(event.reason())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._just_reached and not self.hasSelectedText() and event.button() is Qt.MouseButton.LeftButton:
            self.selectAll()
        self._just_reached = False


class NoteField(QPlainTextEdit):
    """A few lines; Tab leaves it, and the wheel scrolls it only where it has more lines than room."""

    def __init__(self, text: str = "", *, height: int = 60) -> None:
        super().__init__(text)
        self.setTabChangesFocus(True)
        self.setMaximumHeight(height)

    def kept(self) -> Any:
        return self.toPlainText()

    def put_back(self, kept: Any) -> None:
        if isinstance(kept, str) and kept != self.toPlainText():
            self.setPlainText(kept)

    def wheelEvent(self, event: QWheelEvent) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() > bar.minimum() and self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
