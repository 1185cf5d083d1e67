"""The list of who waits for vouchers: a tick when they were taken, and who took them."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from caringstreet.queries.hand_out import HandOutRow
from caringstreet.rules.vouchers import HandedTo
from caringstreet.wording.labels import label
from caringstreet.words import Words
from ui import theme
from ui.tables.widths import Widths
from ui.widgets.fields import ChoiceField

Key = tuple[int, date]

_DISPLAY = Qt.ItemDataRole.DisplayRole
_EDIT = Qt.ItemDataRole.EditRole
_CHECK = Qt.ItemDataRole.CheckStateRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TICK, _NUMBER, _NAME, _STREET, _COUNT, _DAY, _PAPER, _TAKER = range(8)


class HandOutModel(QAbstractTableModel):
    """What is ticked and who took it belongs to the whole list, whichever part of it is shown."""

    ticked_changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.rows: list[HandOutRow] = []
        self.ticked: set[Key] = set()
        self.takers: dict[Key, HandedTo] = {}
        self._bold = QFont()
        self._bold.setBold(True)
        say = words.say
        self._titles = (
            "",
            say("Household"),
            say("Name"),
            say("Street"),
            say("Vouchers"),
            say("Planned for"),
            say("Voucher sheet"),
            say("Who took them"),
        )

    def show_rows(self, rows: Sequence[HandOutRow]) -> None:
        """Show these rows; ticks of others stay."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def tick(self, keys: Sequence[Key], on: bool) -> None:
        """Tick or untick rows."""
        (self.ticked.update if on else self.ticked.difference_update)(keys)
        if self.rows:
            self.dataChanged.emit(self.index(0, _TICK), self.index(len(self.rows) - 1, _TICK))
        self.ticked_changed.emit()

    def taker(self, key: Key) -> HandedTo:
        """Who took the vouchers of a row; the household itself unless said otherwise."""
        return self.takers.get(key, HandedTo.SELF)

    def row_of(self, key: Key) -> int | None:
        """The place of a row that is shown."""
        return next((number for number, one in enumerate(self.rows) if one.key == key), None)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY:
            return self._titles[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section == _COUNT else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == _TICK:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == _TAKER else flags

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> Any:
        one, column = self.rows[index.row()], index.column()
        if role == _CHECK and column == _TICK:
            return Qt.CheckState.Checked if one.key in self.ticked else Qt.CheckState.Unchecked
        if role == _DISPLAY:
            return self._text(one, column)
        if role == _EDIT and column == _TAKER:
            return list(HandedTo).index(self.taker(one.key))
        if role == Qt.ItemDataRole.AccessibleTextRole and column == _TICK:
            return f"{one.number} {one.display_name}"
        if role == Qt.ItemDataRole.TextAlignmentRole and column == _COUNT:
            return _RIGHT
        if role == Qt.ItemDataRole.FontRole and column == _NAME:
            return self._bold
        if role == Qt.ItemDataRole.ForegroundRole and column == _PAPER and one.unprinted:
            return QColor(theme.colors().warn)
        return None

    def _text(self, one: HandOutRow, column: int) -> str:
        words = self._words
        texts: dict[int, Callable[[], str]] = {
            _NUMBER: lambda: one.number,
            _NAME: lambda: one.display_name,
            _STREET: lambda: one.street,
            _COUNT: lambda: words.number(len(one.voucher_ids)),
            _DAY: lambda: words.date_short(one.planned_on),
            _PAPER: lambda: self._paper(one),
            _TAKER: lambda: label(words, self.taker(one.key)),
        }
        return texts[column]() if column in texts else ""

    def _paper(self, one: HandOutRow) -> str:
        if one.unprinted:
            return self._words.say_count("{n} not printed", "{n} not printed", one.unprinted)
        return self._words.say("large print") if one.large_print else self._words.say("printed")

    def setData(self, index: QModelIndex | QPersistentModelIndex, value: Any, role: int = _EDIT) -> bool:
        key = self.rows[index.row()].key
        if role == _CHECK and index.column() == _TICK:
            self.tick([key], Qt.CheckState(value) is Qt.CheckState.Checked)
            return True
        if role == _EDIT and index.column() == _TAKER:
            self.takers[key] = list(HandedTo)[value]
            self.dataChanged.emit(index, index)
            return True
        return False


class _TakerDelegate(QStyledItemDelegate):
    """A choice of who took them."""

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QWidget:
        made = ChoiceField([(one, label(self._words, one)) for one in HandedTo])
        made.setParent(parent)
        made.setAccessibleName(self._words.say("Who took them"))
        return made

    def done(self, editor: ChoiceField) -> None:
        """Keep what was chosen and close the choice."""
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        assert isinstance(editor, ChoiceField)
        editor.setCurrentIndex(index.data(_EDIT))

    def setModelData(self, editor: QWidget, model: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        assert isinstance(editor, ChoiceField)
        model.setData(index, editor.currentIndex(), _EDIT)


class HandOutTable(QTableView):
    """Space ticks the selected rows; Return or a click on the last column chooses who took them."""

    def __init__(self, model: HandOutModel, words: Words) -> None:
        super().__init__()
        self._rows = model
        self.setModel(model)
        self._takers = _TakerDelegate(words, self)
        self.setItemDelegateForColumn(_TAKER, self._takers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(38)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        Widths(self, (_NAME, _STREET), (_DAY, _STREET, _PAPER), {_TICK: 44, _TAKER: 130})
        self.clicked.connect(self._clicked)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == _TAKER:
            self.choose_taker(index.row())
            editor = self.indexWidget(index)
            if isinstance(editor, ChoiceField):
                # By mouse one choice is all; by keyboard the arrows may pass over some.
                editor.activated.connect(lambda _: self._takers.done(editor))
                editor.showPopup()

    def choose_taker(self, number: int) -> None:
        """Put the choice of who took the vouchers of a row into it; arrows choose, Return keeps."""
        # The Return that ends a choice comes here as well.
        if self.state() is not QAbstractItemView.State.EditingState:
            self.edit(self._rows.index(number, _TAKER))

    def go_to(self, number: int) -> None:
        """Select a row and bring it into view."""
        self.selectRow(number)
        self.scrollTo(self._rows.index(number, _NUMBER))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = [self._rows.rows[index.row()].key for index in self.selectionModel().selectedRows()]
        if event.key() == Qt.Key.Key_Space and chosen:
            self._rows.tick(chosen, not all(key in self._rows.ticked for key in chosen))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid() and not event.modifiers():
            self.choose_taker(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
