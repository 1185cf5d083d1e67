"""The table of a count: a number typed for each lot, and an explanation where it differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from caringstreet.queries.goods import LotRow
from caringstreet.rules.quantities import NotAQuantity, parse_amount, plain_quantity
from caringstreet.services.stock_takes import CountForm
from caringstreet.wording.labels import label
from caringstreet.wording.lots import first_text, signed_amount
from caringstreet.words import Words
from ui import theme
from ui.tables.widths import Widths

_DISPLAY = Qt.ItemDataRole.DisplayRole
_EDIT = Qt.ItemDataRole.EditRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ITEM, FIRST, GIVER, PLACE, UNIT, COUNTED, EXPECTED, DIFFERENCE, WHY = range(9)
_NUMBERS = (COUNTED, EXPECTED, DIFFERENCE)


@dataclass(frozen=True)
class Typed:
    """What was typed for a lot; `text` may be no quantity yet."""

    text: str = ""
    reason: str = ""


class CountModel(QAbstractTableModel):
    """What should be there is shown only once something was counted, unless `open_figures`."""

    typed_changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.rows: list[LotRow] = []
        self._day = date.min
        self.typed: dict[int, Typed] = {}
        self.open_figures = False
        self._bold = QFont()
        self._bold.setBold(True)
        say = words.say
        self._titles = (
            say("Item"),
            say("Give by"),
            say("Giver"),
            say("Place"),
            say("Unit"),
            say("Counted"),
            say("Should be"),
            say("Difference"),
            say("Why it differs"),
        )

    def show_rows(self, rows: Sequence[LotRow], day: date) -> None:
        """Show these lots as of a day; what was typed for others stays."""
        self._day = day
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def show_figures(self, shown: bool) -> None:
        """Show what should be there before it was counted."""
        self.open_figures = shown
        self._renew()

    def forget(self) -> None:
        """Nothing is typed any more."""
        self.typed.clear()
        self._renew()
        self.typed_changed.emit()

    def _renew(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0, COUNTED), self.index(len(self.rows) - 1, WHY))

    def counted(self, lot: LotRow) -> int | None:
        """Thousandths; None where nothing, or no quantity of this unit, was typed."""
        text = self.typed.get(lot.lot_id, Typed()).text
        if not text.strip():
            return None
        try:
            quantity, unit = parse_amount(text)
        except NotAQuantity:
            return None
        return quantity if unit in (None, lot.unit) else None

    def unreadable(self, lot: LotRow) -> bool:
        """Whether something was typed that is no quantity."""
        return bool(self.typed.get(lot.lot_id, Typed()).text.strip()) and self.counted(lot) is None

    def unexplained(self, lot: LotRow) -> bool:
        """Whether a lot differs and nobody said why."""
        return self.counted(lot) not in (None, lot.stock) and not self.typed[lot.lot_id].reason

    def counts(self) -> list[CountForm]:
        """What was counted of the lots shown."""
        found = [(lot, self.counted(lot)) for lot in self.rows]
        return [CountForm(lot.lot_id, counted, self.typed[lot.lot_id].reason) for lot, counted in found if counted is not None]

    def differing(self) -> int:
        """How many lots differ."""
        return sum(1 for lot in self.rows if self.counted(lot) not in (None, lot.stock))

    def row_of(self, lot_id: int) -> int | None:
        return next((number for number, lot in enumerate(self.rows) if lot.lot_id == lot_id), None)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY:
            return self._titles[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in _NUMBERS else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in (COUNTED, WHY) else flags

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> Any:
        lot, column = self.rows[index.row()], index.column()
        if role == _DISPLAY and column == WHY and self.unexplained(lot):
            return self._words.say("say why")
        if role in (_DISPLAY, _EDIT):
            return self._text(lot, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _NUMBERS:
            return _RIGHT
        if role == Qt.ItemDataRole.FontRole and column in (ITEM, COUNTED):
            return self._bold
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._color(lot, column)
        return None

    def _color(self, lot: LotRow, column: int) -> QColor | None:
        if column == COUNTED and self.unreadable(lot):
            return QColor(theme.colors().bad)
        if column == WHY and self.unexplained(lot):
            return QColor(theme.colors().warn)
        if column == DIFFERENCE and self.counted(lot) is not None:
            return QColor(theme.colors().good if self.counted(lot) == lot.stock else theme.colors().warn)
        return None

    def _text(self, lot: LotRow, column: int) -> str:
        typed, counted = self.typed.get(lot.lot_id, Typed()), self.counted(lot)
        if column in (EXPECTED, DIFFERENCE):
            return self._figures(lot, counted, column)
        return {
            ITEM: lot.item,
            FIRST: first_text(self._words, lot.freshness, self._day),
            GIVER: lot.giver,
            PLACE: lot.place,
            UNIT: label(self._words, lot.unit),
            COUNTED: typed.text,
            WHY: typed.reason,
        }[column]

    def _figures(self, lot: LotRow, counted: int | None, column: int) -> str:
        if column == EXPECTED:
            return plain_quantity(lot.stock) if self.open_figures or counted is not None else "·"
        if counted is None:
            return ""
        return self._words.say("none") if counted == lot.stock else signed_amount(self._words, counted - lot.stock, lot.unit)

    def setData(self, index: QModelIndex | QPersistentModelIndex, value: Any, role: int = _EDIT) -> bool:
        if role != _EDIT or index.column() not in (COUNTED, WHY):
            return False
        lot = self.rows[index.row()]
        before = self.typed.get(lot.lot_id, Typed())
        text = str(value).strip()
        self.typed[lot.lot_id] = Typed(text, before.reason) if index.column() == COUNTED else Typed(before.text, text)
        self.dataChanged.emit(self.index(index.row(), COUNTED), self.index(index.row(), WHY))
        self.typed_changed.emit()
        return True


class CountTable(QTableView):
    """Type a number, Enter goes down; where it differs, Enter goes to the explanation first."""

    def __init__(self, model: CountModel) -> None:
        super().__init__()
        self._counts = model
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(38)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        Widths(self, (ITEM, GIVER, WHY), (GIVER, PLACE, UNIT), {COUNTED: 76, WHY: 110})

    def go_to(self, number: int, column: int = COUNTED) -> None:
        """Put the keyboard into a cell."""
        index = self._counts.index(number, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._next()

    def _next(self) -> None:
        """After a number that differs its explanation, else the next number."""
        here = self.currentIndex()
        if not here.isValid():
            return
        lot = self._counts.rows[here.row()]
        if here.column() == COUNTED and self._counts.unexplained(lot):
            self.go_to(here.row(), WHY)
        elif self._counts.unreadable(lot):
            self.go_to(here.row())
        elif here.row() + 1 < len(self._counts.rows):
            self.go_to(here.row() + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.state() is not QAbstractItemView.State.EditingState:
                self._next()
            return
        here = self.currentIndex()
        if event.text().isprintable() and event.text() and here.isValid() and here.column() not in (COUNTED, WHY):
            self.go_to(here.row())
        super().keyPressEvent(event)
