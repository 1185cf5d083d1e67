"""The lines of a hand-out list of goods: a tick for each that is recorded together."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from caringstreet.queries.distributions import LineRow
from caringstreet.rules.distributions import LineState
from caringstreet.wording.goods import amount
from caringstreet.wording.labels import label
from caringstreet.words import Words
from ui import theme
from ui.tables.widths import Widths

_DISPLAY = Qt.ItemDataRole.DisplayRole
_CHECK = Qt.ItemDataRole.CheckStateRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TICK, _NUMBER, _NAME, _PERSONS, _LANGUAGE, _ITEM, _QUANTITY, _STATE = range(8)
_TONES = {LineState.PLANNED: "text", LineState.GIVEN: "good", LineState.NO_SHOW: "warn", LineState.DECLINED: "dim"}
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class GoodsListModel(QAbstractTableModel):
    """Ticks belong to the whole list, whichever part of it is shown."""

    ticked_changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.rows: list[LineRow] = []
        self.ticked: set[int] = set()
        self._bold = QFont()
        self._bold.setBold(True)
        say = words.say
        self._titles = ("", say("Household"), say("Name"), say("Persons"), say("Language"), say("Item"), say("Quantity"), say("State"))

    def show_rows(self, rows: Sequence[LineRow]) -> None:
        """Show these lines; ticks of others stay."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def tick(self, line_ids: Sequence[int], on: bool) -> None:
        """Tick or untick lines."""
        (self.ticked.update if on else self.ticked.difference_update)(line_ids)
        if self.rows:
            self.dataChanged.emit(self.index(0, _TICK), self.index(len(self.rows) - 1, _TICK))
        self.ticked_changed.emit()

    def row_of(self, line_id: int) -> int | None:
        """The place of a line that is shown."""
        return next((place for place, one in enumerate(self.rows) if one.line_id == line_id), None)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY:
            return self._titles[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in (_PERSONS, _QUANTITY) else _LEFT
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == _TICK else flags

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        one, column = self.rows[index.row()], index.column()
        if role == _CHECK and column == _TICK:
            return Qt.CheckState.Checked if one.line_id in self.ticked else Qt.CheckState.Unchecked
        if role == _DISPLAY:
            return self.text(one, column)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == _TICK:
            return f"{one.household or one.group_name} {one.display_name}".strip()
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (_PERSONS, _QUANTITY):
            return _RIGHT
        if role == Qt.ItemDataRole.FontRole and column == _NAME:
            return self._bold
        if role == Qt.ItemDataRole.ForegroundRole and column == _STATE:
            return QColor(getattr(theme.colors(), _TONES[one.state]))
        return None

    def text(self, one: LineRow, column: int) -> str:
        """What a cell says."""
        words = self._words
        texts: dict[int, Callable[[], str]] = {
            _NUMBER: lambda: one.household,
            _NAME: lambda: one.display_name or one.group_name,
            _PERSONS: lambda: words.number(one.size) if one.size else "",
            _LANGUAGE: lambda: label(words, one.language) if one.language else "",
            _ITEM: lambda: one.item,
            _QUANTITY: lambda: amount(words, one.quantity, one.unit),
            _STATE: lambda: self._state(one),
        }
        return texts[column]() if column in texts else ""

    def _state(self, one: LineRow) -> str:
        walked_in = self._words.say("walked in") if one.walk_in else ""
        return " · ".join(part for part in (label(self._words, one.state), walked_in) if part)

    def sheet(self, rows: Sequence[LineRow]) -> tuple[tuple[str, ...], list[list[str]]]:
        """Headers and cells for copying and export."""
        columns = range(_NUMBER, len(self._titles))
        return self._titles[_NUMBER:], [[self.text(one, column) for column in columns] for one in rows]

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != _CHECK or index.column() != _TICK:
            return False
        self.tick([self.rows[index.row()].line_id], Qt.CheckState(value) is Qt.CheckState.Checked)
        return True


class GoodsListTable(QTableView):
    """Space ticks the selected lines; Return ticks and goes on to the next."""

    def __init__(self, model: GoodsListModel) -> None:
        super().__init__()
        self._rows = model
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(36)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        Widths(self, (_NAME, _ITEM), (_LANGUAGE, _PERSONS, _NUMBER), {_TICK: 36})

    def go_to(self, place: int) -> None:
        """Select a line and bring it into view."""
        self.selectRow(place)
        self.scrollTo(self._rows.index(place, _NUMBER))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = [self._rows.rows[index.row()].line_id for index in self.selectionModel().selectedRows()]
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Space and chosen:
            self._rows.tick(chosen, not all(one in self._rows.ticked for one in chosen))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chosen and plain:
            self._rows.tick(chosen, True)
            self.go_to(min(self.currentIndex().row() + 1, len(self._rows.rows) - 1))
        elif event.matches(QKeySequence.StandardKey.Copy):
            lines = [self._rows.rows[index.row()] for index in self.selectionModel().selectedRows()]
            headers, cells = self._rows.sheet(lines)
            QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in (headers, *cells)))
        else:
            super().keyPressEvent(event)
