"""A choice day as its parts show it, and the small pictures of what lies there."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap

from caringstreet.queries import choice_events, goods
from caringstreet.queries.choice_events import ChoiceDayFigures, EventRow, TableRow, VisitRow
from caringstreet.storage.database import Reader

_SIDE = 96


@dataclass(frozen=True)
class ShownDay:
    """One choice day with its tables, its visitors (the last first) and what it adds up to."""

    event: EventRow
    tables: Sequence[TableRow]
    visits: Sequence[VisitRow]
    figures: ChoiceDayFigures

    def taken_by(self, household_id: int) -> int:
        """What a household took on this day, in thousandths."""
        return sum(one.picked for one in self.visits if one.household_id == household_id)


def load(reader: Reader, event: EventRow) -> ShownDay:
    """Everything of a day."""
    return ShownDay(
        event,
        choice_events.tables(reader, event.event_id),
        choice_events.visits(reader, event.event_id),
        choice_events.figures(reader, event.event_id),
    )


class Photos:
    """Square pictures of lots, read once."""

    def __init__(self) -> None:
        self._made: dict[int, QPixmap] = {}

    def of(self, reader: Reader, rows: Sequence[TableRow]) -> dict[int, QPixmap]:
        """The pictures of those lots that have a readable one."""
        for row in rows:
            if row.has_photo and row.lot_id not in self._made:
                self._made[row.lot_id] = _square(goods.photo(reader, row.lot_id))
        return {row.lot_id: self._made[row.lot_id] for row in rows if not self._made.get(row.lot_id, QPixmap()).isNull()}


def _square(data: bytes | None) -> QPixmap:
    found = QPixmap()
    if data is None or not found.loadFromData(data):
        return QPixmap()
    filled = found.scaled(_SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation)
    return filled.copy((filled.width() - _SIDE) // 2, (filled.height() - _SIDE) // 2, _SIDE, _SIDE)
