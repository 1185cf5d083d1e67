"""Hides what is on the screen from whoever passes by; it locks nothing."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from caringstreet.words import Words
from ui import theme
from ui.widgets.basics import icon_label, label

_TOUCHES = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel)


class PrivacyShade(QWidget):
    """Covers its parent until a key or a click; by itself after some idle minutes, where these are not 0."""

    lifted = Signal()

    def __init__(self, parent: QWidget, words: Words, minutes: int) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setStyleSheet(f"background: {theme.colors().ground};")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words.say("The screen is covered. Press a key or click to go on."))
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(icon_label("eye-off", "accent", 64), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(label(self.accessibleName(), "heading"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self._rest)
        self._before: QWidget | None = None
        self.spared = False
        self.set_minutes(minutes)
        self.hide()

    def set_minutes(self, minutes: int) -> None:
        """How long nobody must have touched the window; 0 never covers it by itself."""
        self._idle.stop()
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        if minutes > 0:
            self._idle.setInterval(minutes * 60_000)
            self._idle.start()
            application.installEventFilter(self)

    def cover(self) -> None:
        """Hide what is shown."""
        if self.isVisible():
            return
        self._before = QApplication.focusWidget()
        parent = self.parentWidget()
        assert parent is not None
        self.setGeometry(parent.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def _rest(self) -> None:
        """A page at which people look up often, such as the scan desk, is spared."""
        if self.spared:
            self._idle.start()
        else:
            self.cover()

    def _lift(self) -> None:
        self.hide()
        if self._before is not None:
            self._before.setFocus()
        self.lifted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES and self._idle.interval():
            self._idle.start()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
        self._lift()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self._lift()
