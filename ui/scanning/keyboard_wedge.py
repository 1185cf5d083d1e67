"""A USB scanner types like a very fast person: its bursts are caught on any page."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.scanning.field_state import Restore, state_of
from ui.widgets.basics import close_popup

#: No hand types faster than this for long; a scanner never is as slow.
_LONGEST_GAP = 0.05
_SHORTEST = 6
#: A scanner that ends with no key at all: so long a burst, then silence.
_LONG = 18
_SILENCE_MS = 150
#: After a scan, the second key of a scanner that ends its texts with two.
_SECOND_END = 0.15
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class KeyboardWedge(QObject):
    """Filters the application's keys. A burst that is `ours` is a scan and leaves its field as it was.

    Anything else, however fast, stays where it was typed, with the key that ended it: another bar code in a form, a
    text that a tool fills in, a key held down. Fields with the property `takesScans` read what is scanned themselves.
    """

    scanned = Signal(str)

    def __init__(self, ours: Callable[[str], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ours = ours
        self._burst = ""
        self._last = 0.0
        self._told = 0.0
        self._before: dict[QWidget, Restore | None] = {}
        self._silence = QTimer(self, singleShot=True, interval=_SILENCE_MS)
        self._silence.timeout.connect(self._fell_silent)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Nearly everything that happens is no key; what this asks first, it asks at every move of the mouse and paint.
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        # A list that has just closed may be gone while the key that closed it is still on its way; Python then knows
        # widget or event by one that lay at its address before.
        if not (isValid(event) and isValid(watched)) or event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        if not _first_to_hear(watched) or watched.property("takesScans"):
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            return self._kept_from_a_list(watched, event)
        # Under test events have no timestamp.
        now = event.timestamp() / 1000 or time.perf_counter()
        slow = now - self._last > _LONGEST_GAP or event.isAutoRepeat()
        self._last = now
        if event.key() in _ENDS or event.text() in ("\r", "\n"):
            return self._ended(now, slow)
        text = event.text()
        if text and text.isprintable():
            return self._typed(watched, text, slow)
        return False

    def _kept_from_a_list(self, watched: QWidget, event: QKeyEvent) -> bool:
        """An open list chooses and closes before the key that ends a scan is told to anybody else; that key is no choice."""
        ends = event.key() in _ENDS and len(self._burst) >= _SHORTEST and _in_a_list(watched) and self._ours(self._burst)
        if ends:
            event.accept()
        return ends

    def _typed(self, watched: QWidget, text: str, slow: bool) -> bool:
        if slow or not self._burst:
            self._burst = ""
            self._before.clear()
        # With suggestions open it is the field below them that is written into.
        written = _below_the_list() if _in_a_list(watched) else watched
        if written is not None and written not in self._before:
            self._before[written] = state_of(written)
        self._burst += text
        self._silence.start()
        # A space would press the button or tick the box that has the focus.
        return text == " " and len(self._burst.strip()) >= _SHORTEST // 2 and self._before.get(watched) is None

    def _ended(self, now: float, slow: bool) -> bool:
        if not self._burst and now - self._told < _SECOND_END:
            return True
        burst, self._burst = self._burst, ""
        self._silence.stop()
        if slow or len(burst) < _SHORTEST or not self._ours(burst):
            self._before = {}
            return False
        self._tell(burst)
        self._told = now
        return True

    def _fell_silent(self) -> None:
        burst, self._burst = self._burst, ""
        if len(burst) >= _LONG and self._ours(burst):
            self._tell(burst)
        else:
            # A field that is held here after its form has gone would be taken for the next one made at its address.
            self._before = {}

    def _tell(self, burst: str) -> None:
        before, self._before = self._before, {}
        close_popup()
        for field, restore in before.items():
            if restore is not None and isValid(field):
                restore()
        self.scanned.emit(burst)


def _in_a_list(watched: QWidget) -> bool:
    """Whether an open list or menu hears the key: keys write nothing there, and to hold it longer than it lives would
    give its name to the next thing made at its address."""
    popup = QApplication.activePopupWidget()
    return popup is not None and isValid(popup) and (watched is popup or popup.isAncestorOf(watched))


def _below_the_list() -> QWidget | None:
    """The field that keeps the keyboard while its suggestions are open."""
    popup, focused = QApplication.activePopupWidget(), QApplication.focusWidget()
    within = popup is None or focused is None or focused is popup or popup.isAncestorOf(focused)
    return None if within else focused


def _first_to_hear(watched: QWidget) -> bool:
    """Whether a key was meant for this widget: what one does not take is offered to each of its parents after it."""
    popup, focused = QApplication.activePopupWidget(), QApplication.focusWidget()
    if popup is not None and isValid(popup):
        return watched == (popup.focusWidget() or popup)
    return watched == focused if focused is not None else watched.isWindow()
