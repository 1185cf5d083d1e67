"""A hand at mouse and keyboard: it presses only what is in view, types only where the keyboard stands, and counts."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, QPoint, QRect, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QWidget

W = TypeVar("W", bound=QWidget)
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Hand:
    """Works on whatever window is in front."""

    def __init__(self) -> None:
        self.clicks = self.keys = 0

    def until(self, happened: Callable[[], object], what: str = "") -> None:
        """Wait as a person does."""
        waited = QElapsedTimer()
        waited.start()
        while not happened():
            assert waited.elapsed() < 30_000, what
            QTest.qWait(10)

    def find(self, words: str, kind: type[W]) -> W:
        """The one that says these words, in view and ready to be used."""
        self.until(lambda: self._found(words, kind), words)
        return self._found(words, kind)[0]

    def press(self, words: str) -> None:
        self.click(self.find(words, QAbstractButton))

    def click(self, widget: QWidget) -> None:
        """Press the left button of the mouse in its middle; on a tick, at the tick."""
        middle = widget.rect().center()
        at = QPoint(10, middle.y()) if isinstance(widget, QCheckBox) else middle
        QTest.mouseClick(widget, LEFT, NONE, at)
        self.clicks += 1
        QTest.qWait(30)

    def write(self, text: str) -> None:
        """Into whatever has the keyboard; Chinese as an input method hands it over."""
        focused = QApplication.focusWidget()
        assert focused is not None, text
        if text.isascii():
            QTest.keyClicks(focused, text)
        else:
            chosen = QInputMethodEvent()
            chosen.setCommitString(text)
            QApplication.sendEvent(focused, chosen)
        self.keys += len(text)
        QTest.qWait(30)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None, key
        QTest.keyClick(focused, key, modifier)
        self.keys += 1
        QTest.qWait(30)

    def _found(self, words: str, kind: type[W]) -> list[W]:
        window = QApplication.activeModalWidget() or QApplication.activeWindow()
        if window is None:
            return []
        return [one for one in window.findChildren(kind) if words in _said(one) and _in_view(one)]


def _said(widget: QWidget) -> tuple[str, str]:
    return widget.text() if isinstance(widget, QAbstractButton) else "", widget.accessibleName()


def _in_view(widget: QWidget) -> bool:
    """Whether its middle is neither outside the window nor scrolled away."""
    if not widget.isVisible() or not widget.isEnabled():
        return False
    place, window = widget.parentWidget(), widget.window()
    middle = widget.mapTo(window, widget.rect().center())
    while place is not None and place is not window:
        if not QRect(place.mapTo(window, QPoint(0, 0)), place.size()).contains(middle):
            return False
        place = place.parentWidget()
    return window.rect().contains(middle)
