"""A square code on the screen, large enough for a phone held before it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

_QUIET = 4


class QrPicture(QWidget):
    """Black on white in every look, since cameras want it so; `rows[y]` has bit x set for a dark module."""

    def __init__(self, rows: Sequence[int], name: str, side: int = 340) -> None:
        super().__init__()
        self._rows = tuple(rows)
        self._side = side
        self.setFixedSize(side, side)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        # Whole pixels for each module: a blurred edge costs the camera more than a wider margin.
        unit = max(1, self._side // (len(self._rows) + 2 * _QUIET))
        start = (self._side - unit * len(self._rows)) / 2
        for y, row in enumerate(self._rows):
            for x in range(len(self._rows)):
                if row >> x & 1:
                    painter.fillRect(QRectF(start + x * unit, start + y * unit, unit, unit), QColor("black"))
        painter.end()
