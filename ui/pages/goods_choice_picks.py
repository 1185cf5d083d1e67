"""What one visitor holds: picks, wishes, and dots for how many things there may be."""

from collections import Counter
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from caringstreet.queries.visitors import Visitor
from caringstreet.rules.quantities import ONE
from caringstreet.services.choice_events import VisitForm
from ui import theme

_DOT = 9
_MOST_DOTS = 12


@dataclass
class Basket:
    """A visitor at the table and what they hold; `before` is what the household took earlier that day, in pieces."""

    here: bool = False
    visitor: Visitor | None = None
    before: int = 0
    lots: list[int] = field(default_factory=list)
    wishes: list[str] = field(default_factory=list)

    @property
    def counted(self) -> Counter[int]:
        return Counter(self.lots)

    @property
    def holds_something(self) -> bool:
        return bool(self.lots or self.wishes)

    def form(self, slot: str, *, declined: bool) -> VisitForm:
        """As the service takes it."""
        picks = tuple((lot_id, count * ONE) for lot_id, count in self.counted.items())
        household_id = self.visitor.household_id if self.visitor else None
        return VisitForm(household_id, slot, picks, declined, tuple(self.wishes))


class Dots(QWidget):
    """One dot for each thing that a visitor may take: taken earlier, held now, still free."""

    def __init__(self) -> None:
        super().__init__()
        self.before = self.now = self.limit = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_count(self, before: int, now: int, limit: int, said: str) -> None:
        """Fill as many dots as there are picks; `said` is what they mean in words."""
        self.before, self.now, self.limit = before, now, min(limit, _MOST_DOTS)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(max(1, self.limit) * (2 * _DOT + 8) + 4, 2 * _DOT + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = theme.colors()
        for place in range(self.limit):
            earlier, filled = place < self.before, place < self.before + self.now
            ink = QColor(colors.dim if earlier else colors.accent)
            pen = painter.pen()
            pen.setColor(ink)
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(ink if filled else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(place * (2 * _DOT + 8) + _DOT + 2, self.height() / 2), _DOT, _DOT)
