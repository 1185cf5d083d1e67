"""Charts painted on the palette, with their values written on them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from caringstreet.rules.chart import Bars, Shares
from ui import theme

#: A single bar is still a bar, not a wall.
_BROADEST = 88.0


class BarChart(QWidget):
    """Upright bars; the highlighted one in the accent.

    With `opens` a bar is opened by a click, or by the arrow keys and Return.
    """

    def __init__(self, bars: Bars, opens: Callable[[int], object] | None = None) -> None:
        super().__init__()
        self._bars = bars
        self._opens = opens if bars.values else None
        self._current = 0
        if self._opens is not None:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        said = "; ".join(f"{name} {value}" for name, value in zip(bars.labels, bars.values, strict=True))
        self.setAccessibleName(bars.title)
        self.setAccessibleDescription(said)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(300, 170)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 110)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors, count = theme.colors(), len(self._bars.values)
        if not count:
            return
        width, foot, head = self.width() / count, 24.0, 22.0
        room = self.height() - foot - head
        highest = max(*self._bars.values, 1)
        bold = QFont(self.font())
        bold.setBold(True)
        for number, (name, value) in enumerate(zip(self._bars.labels, self._bars.values, strict=True)):
            tall = max(2.0, room * value / highest)
            broad = min(width * 0.68, _BROADEST)
            left, top = number * width + (width - broad) / 2, head + room - tall
            accent = number == self._bars.highlight
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.accent if accent else colors.dim))
            painter.setOpacity(1.0 if accent else 0.45)
            painter.drawRoundedRect(QRectF(left, top, broad, tall), 3, 3)
            painter.setOpacity(1.0)
            painter.setPen(QColor(colors.text))
            painter.setFont(bold)
            painter.drawText(QRectF(number * width, top - 21, width, 20), Qt.AlignmentFlag.AlignCenter, str(value))
            painter.setPen(QColor(colors.dim))
            painter.setFont(self.font())
            painter.drawText(QRectF(number * width, self.height() - foot, width, foot), Qt.AlignmentFlag.AlignCenter, name)
            if self.hasFocus() and number == self._current:
                painter.setPen(QPen(QColor(colors.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(number * width + 1, 1, width - 2, self.height() - 2), 4, 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._opens is None or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        count = len(self._bars.values)
        self._current = min(count - 1, int(event.position().x() * count / max(1, self.width())))
        self._opens(self._current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if self._opens is not None and step:
            self._current = max(0, min(len(self._bars.values) - 1, self._current + step))
            self.update()
        elif self._opens is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._opens(self._current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


class ShareBar(QWidget):
    """One bar in parts, and under it a line for each part; with `opens` each amount is a button."""

    def __init__(self, shares: Shares, opens: Sequence[Callable[[], object]] = ()) -> None:
        super().__init__()
        self._shares = shares
        self._told = not opens
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 32, 0, 0)
        column.setSpacing(0)
        for (name, value, text), then in zip(shares.parts, opens, strict=False):
            line = QHBoxLayout()
            line.addStretch(1)
            line.addWidget(_amount(name, value, text, then))
            column.addLayout(line)
        column.addStretch(1)
        self.setAccessibleName(shares.title)
        self.setAccessibleDescription("; ".join(f"{name} {text}" for name, _, text in shares.parts))
        self.setMinimumHeight(34 + 27 * len(shares.parts))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = theme.colors()
        fills = (QColor(colors.dim), QColor(colors.accent), QColor(colors.good))
        total = sum(value for _, value, _ in self._shares.parts)
        left = 0.0
        painter.setPen(Qt.PenStyle.NoPen)
        for (_, value, _), fill in zip(self._shares.parts, fills, strict=False):
            width = self.width() * value / total if total else 0
            painter.setBrush(fill)
            painter.drawRect(QRectF(left, 0, max(0.0, width - 2), 22))
            left += width
        bold = QFont(self.font())
        bold.setBold(True)
        for number, ((name, _, text), fill) in enumerate(zip(self._shares.parts, fills, strict=False)):
            top = 32 + 27 * number
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawRoundedRect(QRectF(0, top + 6, 12, 12), 3, 3)
            painter.setPen(QColor(colors.text))
            painter.setFont(self.font())
            painter.drawText(QRectF(20, top, self.width() - 20, 25), Qt.AlignmentFlag.AlignVCenter, name)
            if not self._told:
                continue
            painter.setFont(bold)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(QRectF(0, top, self.width(), 25), right, text)


def _amount(name: str, value: int, text: str, then: Callable[[], object]) -> QPushButton:
    made = QPushButton(text)
    made.setProperty("kind", "quiet")
    made.setAutoDefault(False)
    made.setFixedHeight(27)
    made.setAccessibleName(f"{name}: {text}")
    made.setEnabled(bool(value))
    made.clicked.connect(lambda: then())
    return made
