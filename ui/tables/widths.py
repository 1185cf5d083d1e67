"""How wide the columns of a table are: days, states and money whole, names share the rest, and what is needed least steps aside."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QTableView

#: What a header has beside its text, and for the mark of its sorting; what a cell has beyond what it asks for.
_ROOM, _MARK, _AIR = 18, 14, 2
#: So many of the first rows are measured; measuring all of a long list would hold it up.
_MEASURED = 120
#: A name is cut before anything else is, but not to less than this.
_LEAST = 120
#: Where there is no room for that either.
_NARROWEST = 64
_DISPLAY, _ACROSS = Qt.ItemDataRole.DisplayRole, Qt.Orientation.Horizontal


class Widths(QObject):
    """Fits the columns to what stands in them and to the room there is; there is never more than that.

    `names` share the room that is left. Of `spare`, the first steps aside first where even the least has no room.
    `fixed` columns, such as those of fields, have at least this width.
    """

    def __init__(self, table: QTableView, names: Sequence[int], spare: Sequence[int] = (), fixed: Mapping[int, int] | None = None) -> None:
        super().__init__(table)
        self._table, self.names, self._spare, self._fixed = table, tuple(names), tuple(spare), dict(fixed or {})
        self.aside: frozenset[int] = frozenset()
        self.fitting = False
        table.horizontalHeader().setMinimumSectionSize(24)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.fit)
        model = table.model()
        for changed in (model.modelReset, model.rowsInserted, model.dataChanged, model.layoutChanged):
            changed.connect(self._soon.start)
        table.viewport().installEventFilter(self)

    def set_width(self, column: int, width: int) -> None:
        """Somebody drew it as wide as this."""
        self._fixed[column] = width
        self.names = tuple(one for one in self.names if one != column)
        self._soon.start()

    def show(self, column: int, shown: bool) -> None:
        """Somebody chose to see it or not."""
        self.aside -= {column}
        self._table.setColumnHidden(column, not shown)
        self.fit()

    def fit(self) -> None:
        """Give each column its width."""
        self._soon.stop()
        table, room = self._table, self._table.viewport().width()
        count = table.model().columnCount()
        wanted = [one for one in range(count) if one in self.aside or not table.isColumnHidden(one)]
        if room <= 0 or not wanted:
            return
        needs = {one: self._need(one) for one in wanted}
        shown = self._with_room(wanted, needs, room)
        widths = self._shared(shown, needs, room)
        self.fitting = True
        self.aside = frozenset(wanted) - frozenset(shown)
        for one in wanted:
            table.setColumnHidden(one, one in self.aside)
        for one, width in widths.items():
            table.setColumnWidth(one, width)
        self.fitting = False

    def _title(self, column: int) -> int:
        """What its title takes, or the field that stands in it."""
        model, header = self._table.model(), self._table.horizontalHeader()
        wide = 0 if header.isHidden() else header.fontMetrics().horizontalAdvance(str(model.headerData(column, _ACROSS) or "")) + _ROOM
        return max(wide + (_MARK if header.isSortIndicatorShown() else 0), self._fixed.get(column, 0))

    def _need(self, column: int) -> int:
        return max(self._title(column), self._widest(column))

    def _widest(self, column: int) -> int:
        """What the longest text takes with all that the style puts around it."""
        model, metrics = self._table.model(), self._table.fontMetrics()
        indexes = (model.index(row, column) for row in range(min(model.rowCount(), _MEASURED)))
        longest = max(indexes, key=lambda index: metrics.horizontalAdvance(str(index.data(_DISPLAY) or "")), default=None)
        return 0 if longest is None else self._table.sizeHintForIndex(longest).width() + _AIR

    def _least(self, column: int, need: int) -> int:
        return min(need, _LEAST) if column in self.names else need

    def _with_room(self, wanted: list[int], needs: dict[int, int], room: int) -> list[int]:
        """Those that are shown: all, or without the ones that are needed least."""
        shown = list(wanted)
        for spare in self._spare:
            if sum(self._least(one, needs[one]) for one in shown) <= room:
                break
            if spare in shown and len(shown) > 1:
                shown.remove(spare)
        return shown

    def _shared(self, shown: list[int], needs: dict[int, int], room: int) -> dict[int, int]:
        widths = {one: self._least(one, needs[one]) for one in shown}
        left = room - sum(widths.values())
        names = [one for one in self.names if one in shown]
        # The one that needs least first, so that what it leaves goes to the longer ones.
        for place, one in enumerate(sorted(names, key=lambda one: needs[one]), 1):
            more = max(0, min(needs[one] - widths[one], left // (len(names) - place + 1)))
            widths[one] += more
            left -= more
        # Where even the least is too much, names shrink further, the widest first; only then anything else is cut.
        for one in sorted(names, key=lambda one: -widths[one]) if left < 0 else ():
            less = min(-left, max(0, widths[one] - max(_NARROWEST, self._title(one))))
            widths[one] -= less
            left += less
        # What is left goes to the first name.
        last = max(shown, key=lambda one: widths[one]) if left < 0 else names[0] if names else shown[-1]
        widths[last] += left
        return widths

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._soon.start()
        return False
