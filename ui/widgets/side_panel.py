"""Where the panel of a list stands: beside it, or over it where the window is narrow, with a way back."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

#: Under so many logical pixels a list and its panel have no room side by side.
NARROW = 1000


class SidePanel(QObject):
    """Over the list it is shown only when somebody asks for it, and Escape or Back puts it away."""

    closed = Signal()

    def __init__(self, page: QWidget, frame: QFrame, beside: QWidget, line: QHBoxLayout, back: QPushButton) -> None:
        super().__init__(page)
        self._frame, self._beside, self._line, self._back = frame, beside, line, back
        self._over = self._open = False
        self._there = True
        back.clicked.connect(self.close)
        back.hide()
        keys = QShortcut(QKeySequence("Escape"), page, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.close)
        keys.setEnabled(False)
        self._escape = keys

    @property
    def waits(self) -> bool:
        """Whether it would have to be opened to be seen."""
        return self._over and not self._open

    def fit(self, width: int) -> None:
        """Stand where there is room in a window so wide."""
        over = width < NARROW
        if over is not self._over:
            self._over = over
            if over:
                self._line.removeWidget(self._frame)
            else:
                self._line.addWidget(self._frame)
                self._open = False
        self._show()

    def offer(self, *, there: bool) -> None:
        """Whether there is anything to show at all."""
        self._there = there
        self._show()

    def open(self) -> None:
        """Come over the list; nothing where it stands beside it."""
        if self._over:
            self._open = True
            self._show()

    def close(self) -> None:
        """Give the list back."""
        if self._over and self._open:
            self._open = False
            self._show()
            self.closed.emit()

    def _show(self) -> None:
        self._frame.setVisible(self._there and not self.waits)
        self._back.setVisible(self._over)
        self._escape.setEnabled(self._over and self._open)
        if self._over:
            room = self._beside.geometry()
            self._frame.setGeometry(room.right() + 1 - self._frame.width(), room.top(), self._frame.width(), room.height())
            self._frame.raise_()
