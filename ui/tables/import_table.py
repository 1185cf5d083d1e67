"""The rows of an import as they will be written: new, changed with before and after, refused and left out with why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from caringstreet.exchange.error_words import left_out_text, problem_text
from caringstreet.exchange.headers import RowKind
from caringstreet.exchange.row_words import NAMED, FieldWords, row_fields, row_name
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.inputs import RowError
from caringstreet.services.import_run import ImportOutcome, WrittenRow
from caringstreet.words import Words, mark
from ui import theme
from ui.tables.widths import Widths

_DISPLAY = Qt.ItemDataRole.DisplayRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_LINE, _FATE, _NAME, _SAYS = range(4)
_WIDTHS = (64, 96, 232)
_ROW_HEIGHT = 30
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    ASKED = "asked"
    BAD = "bad"
    LEFT_OUT = "left_out"


FATES = {
    Fate.NEW: mark("New row"),
    Fate.CHANGED: mark("Changed"),
    Fate.ASKED: mark("To confirm"),
    Fate.BAD: mark("With errors"),
    Fate.LEFT_OUT: mark("Left out"),
}
_TONES = {Fate.NEW: "good", Fate.CHANGED: "accent", Fate.ASKED: "warn", Fate.BAD: "bad", Fate.LEFT_OUT: "dim"}


@dataclass(frozen=True)
class ShownRow:
    """A row of the preview with what is behind it."""

    fate: Fate
    line: int | None
    sheet: str
    written: WrittenRow | None = None
    error: RowError | None = None
    left_out: Any = None


def shown_rows(outcome: ImportOutcome, sheets: Sequence[str]) -> list[ShownRow]:
    """All that happens with the rows of a file, in the order of the file."""
    rows = [ShownRow(Fate.NEW if one.before is None else Fate.CHANGED, one.line, one.sheet, written=one) for one in outcome.written]
    doubts = frozenset(str(one) for one in Doubt)
    rows += [ShownRow(Fate.ASKED if one.kind in doubts else Fate.BAD, one.line, one.sheet, error=one) for one in outcome.errors]
    rows += [ShownRow(Fate.LEFT_OUT, one.line, sheet, left_out=one) for sheet, one in outcome.left_out]
    order = {sheet: at for at, sheet in enumerate(sheets)}
    return sorted(rows, key=lambda row: (order.get(row.sheet, 0), row.line or 0))


class ImportModel(QAbstractTableModel):
    """Holds all rows; a cell's words are found when it is drawn."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._all: list[ShownRow] = []
        self._kinds: dict[str, RowKind] = {}
        self.rows: list[ShownRow] = []
        self._bold = QFont()
        self._bold.setBold(True)
        say = words.say
        self._titles = (say("Line"), say("What happens"), say("Row"), say("What it says"))

    def show_outcome(self, outcome: ImportOutcome, kinds: dict[str, RowKind]) -> None:
        """Show what becomes of all rows; `kinds` are those of the sheets by their name."""
        self.beginResetModel()
        self._kinds = kinds
        self._all = self.rows = shown_rows(outcome, list(kinds))
        self.endResetModel()

    def only(self, fate: Fate | None) -> None:
        """Show the rows of one fate, or all."""
        self.beginResetModel()
        self.rows = self._all if fate is None else [row for row in self._all if row.fate is fate]
        self.endResetModel()

    def counts(self) -> Counter[Fate]:
        """How many rows there are of each fate."""
        return Counter(row.fate for row in self._all)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _DISPLAY:
            return self._titles[section]
        return _LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role == _DISPLAY or (role == Qt.ItemDataRole.ToolTipRole and column == _SAYS):
            return self.text(row, column)
        if role == Qt.ItemDataRole.FontRole and column == _NAME:
            return self._bold
        if role == Qt.ItemDataRole.ForegroundRole and column == _FATE:
            return QColor(getattr(theme.colors(), _TONES[row.fate]))
        return None

    def text(self, row: ShownRow, column: int) -> str:
        """What a cell says."""
        if column == _LINE:
            return " · ".join(part for part in (row.sheet, "" if row.line is None else str(row.line)) if part)
        if column == _FATE:
            return self._words.say(FATES[row.fate])
        return self._name(row) if column == _NAME else self._says(row)

    def _kind(self, row: ShownRow) -> RowKind:
        return self._kinds[row.sheet]

    def _name(self, row: ShownRow) -> str:
        if row.written is not None:
            return row_name(self._words, self._kind(row), row.written.after)
        if row.error is not None:
            return " ".join(part for part in (row.error.column, row.error.value) if part)
        return " ".join(part for part in (row.left_out.column, row.left_out.value) if part)

    def _says(self, row: ShownRow) -> str:
        if row.written is not None:
            parts = self.fields(row)
            if row.written.before is not None:
                return " · ".join(f"{one.title} {one.before or '–'} → {one.after or '–'}" for one in parts)
            return " · ".join(f"{one.title} {one.after}" for one in parts if one.name not in NAMED)
        if row.error is not None:
            return problem_text(self._words, row.error)
        return left_out_text(self._words, row.left_out)

    def fields(self, row: ShownRow) -> list[FieldWords]:
        """The fields that are written of a row."""
        assert row.written is not None
        return row_fields(self._words, self._kind(row), row.written.after, row.written.before)


class ImportTable(QTableView):
    """The rows, to be read; the arrows go through them."""

    def __init__(self, model: ImportModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        Widths(self, (_NAME, _SAYS))
