"""Hides what is on the screen from whoever passes by; it locks nothing."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QInputEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QToolTip, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui import theme
from ui.context import Context
from ui.widgets.basics import icon_label, label

_TOUCHES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel})
_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut})
_MODIFIERS = frozenset({Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta})
_POPUPS = frozenset({Qt.WindowType.Popup, Qt.WindowType.ToolTip})
#: Where people look up often, such as at the scan desk, nobody has touched the window for so many times as long.
_SPARED = 4


class _Cover(QWidget):
    """Lies over all of a window: opaque, whatever the style sheet says."""

    touched = Signal()

    def __init__(self, window: QWidget, said: str) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(said)
        self.title = window.windowTitle()
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(icon_label("eye-off", "accent", 64), 0, Qt.AlignmentFlag.AlignHCenter)
        text = label(said, "heading", wrap=True)
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(text)
        column.addStretch(1)
        self.spread()
        self.show()

    def spread(self) -> None:
        """Be as large as the window, above all that is in it."""
        self.setGeometry(self.window().rect())
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(theme.colors().ground))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride:
            # No shortcut works in what nobody sees: each key only lifts the cover.
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
        if event.key() not in _MODIFIERS and not event.isAutoRepeat():
            self.touched.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.touched.emit()


class PrivacyShade(QObject):
    """Covers the window and each of its dialogs at Ctrl+L, or after some idle minutes; any key or click lifts it.

    What was begun stays as it is underneath.
    """

    def __init__(self, window: QMainWindow, context: Context) -> None:
        super().__init__(window)
        self._window, self._context = window, context
        self._covers: list[_Cover] = []
        self._before: QWidget | None = None
        self._rested = 0
        self.spared = False
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self._rest)
        self.set_minutes(context.preferences.number("shade_minutes", 0))
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    @property
    def covers(self) -> bool:
        """Whether the screen is hidden now."""
        return bool(self._covers)

    def set_minutes(self, minutes: int) -> None:
        """How long nobody must have touched the window; 0 never covers it by itself."""
        self._idle.stop()
        self._idle.setInterval(minutes * 60_000)
        if minutes > 0:
            self._idle.start()

    def cover(self) -> None:
        """Hide what is shown, in every window."""
        if self._covers:
            return
        self._before = QApplication.focusWidget()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QToolTip.hideText()
        for one in QApplication.topLevelWidgets():
            if one.isVisible():
                self._cover(one)
        self._take_the_keyboard()

    def _cover(self, window: QWidget) -> None:
        if window.windowType() in _POPUPS:
            window.hide()
            return
        said = self._context.words.say("The screen is covered. Press a key or click to go on.")
        cover = _Cover(window, said)
        cover.touched.connect(self.lift)
        if window is not self._window:
            # The title of a dialog may name a person.
            window.setWindowTitle(self._window.windowTitle())
        self._covers.append(cover)

    def _take_the_keyboard(self) -> None:
        active = QApplication.activeWindow()
        for cover in self._covers:
            if cover.window() is (active or self._window):
                cover.setFocus()

    def spread(self) -> None:
        """Lie above what was built anew."""
        for cover in self._covers:
            if isValid(cover):
                cover.spread()

    def lift(self) -> None:
        """Show again what was hidden; one goes on where one was."""
        covers, self._covers = self._covers, []
        for cover in covers:
            if isValid(cover):
                if cover.window() is not self._window:
                    cover.window().setWindowTitle(cover.title)
                cover.hide()
                cover.deleteLater()
        if self._before is not None and isValid(self._before):
            self._before.setFocus()

    def end(self) -> None:
        """Watch nothing any more: the window closes."""
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        self._idle.stop()
        self.lift()

    def _rest(self) -> None:
        self._rested += 1
        if self.spared and self._rested < _SPARED:
            self._idle.start()
        else:
            self.cover()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._covers and not isinstance(event, QInputEvent):
            return False
        kind = event.type()
        if kind in _TOUCHES:
            self._rested = 0
            if self._idle.interval():
                self._idle.start()
            if kind is QEvent.Type.KeyPress and not self._covers and isinstance(watched, QWidget) and _is_cover_key(event):
                self.cover()
                return True
        return self._covered(watched, event) if self._covers else False

    def _covered(self, watched: QObject, event: QEvent) -> bool:
        """While covered: no key reaches what is underneath, and no window comes up uncovered."""
        kind = event.type()
        if isinstance(watched, _Cover):
            return False
        if kind is QEvent.Type.Shortcut:
            return True
        if not isinstance(watched, QWidget):
            return False
        if kind in _KEYS:
            event.accept()
            self._take_the_keyboard()
            return True
        if kind is QEvent.Type.Show and watched.isWindow() and all(one.parent() is not watched for one in self._covers):
            self._cover(watched)
            self._take_the_keyboard()
        elif kind in (QEvent.Type.Show, QEvent.Type.Resize):
            # What is shown only now lies above what was there.
            self.spread()
        return False


def _is_cover_key(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier
