"""The lines of a chat with what becomes of each."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QTableView

from caringstreet.rules.codes import pretty
from caringstreet.rules.messages import MessageKind
from caringstreet.services.messages import MessageRow
from caringstreet.wording.labels import label as named
from caringstreet.wording.messages import row_text
from caringstreet.words import Words
from ui import theme
from ui.icons import icon
from ui.tables.widths import Widths

LOOKS: dict[MessageKind, tuple[str, str]] = {
    MessageKind.NEW: ("circle-check", "good"),
    MessageKind.KNOWN: ("info", "dim"),
    MessageKind.MISTYPED: ("triangle-alert", "warn"),
    MessageKind.UNKNOWN_SENDER: ("circle-question-mark", "warn"),
    MessageKind.ASK: ("circle-question-mark", "warn"),
    MessageKind.CONFLICTING: ("circle-x", "bad"),
    MessageKind.BAD_MAC: ("circle-x", "bad"),
    MessageKind.REVOKED: ("circle-x", "bad"),
    MessageKind.REFUSED: ("circle-x", "bad"),
}
_KIND, _CODE, _SHOP, _WHEN, _SAID, _LINE = range(6)
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_DISPLAY, _DECORATION, _FOREGROUND, _TOOL_TIP = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.DecorationRole,
    Qt.ItemDataRole.ForegroundRole,
    Qt.ItemDataRole.ToolTipRole,
)


class _Rows(QAbstractTableModel):
    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._rows: Sequence[MessageRow] = ()
        self._shops: dict[int, str] = {}

    def show_rows(self, rows: Sequence[MessageRow], shops: dict[int, str]) -> None:
        self.beginResetModel()
        self._rows, self._shops = rows, shops
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if role != _DISPLAY or orientation is Qt.Orientation.Vertical:
            return None
        say = self._words.say
        return (say("Class"), say("Code"), say("Shop"), say("Taken at"), say("Answer"), say("Line"))[section]

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        row = self._rows[index.row()]
        picture, tone = LOOKS[row.kind]
        column = index.column()
        if role in (_DISPLAY, _TOOL_TIP):
            return self._text(row, column)
        if role == _DECORATION and column == _KIND:
            return icon(picture, tone)
        if role == _FOREGROUND and column in (_KIND, _LINE):
            return QBrush(QColor(getattr(theme.colors(), "dim" if column == _LINE else tone)))
        return None

    def _text(self, row: MessageRow, column: int) -> str:
        words = self._words
        if column == _KIND:
            return named(words, row.kind)
        if column == _CODE:
            return pretty(row.code) if row.code else _as_written(row)
        if column == _SHOP:
            return self._shops.get(row.shop_id, "") if row.shop_id is not None else "–"
        if column == _WHEN:
            return words.moment(row.at) if row.at is not None else words.say("Time unknown")
        return row_text(words, row) if column == _SAID else words.number(row.told.line)


def _as_written(row: MessageRow) -> str:
    claim = row.told.claim
    return pretty(claim.code) if claim is not None else row.told.text


class MessagesTable(QTableView):
    """To read and to copy from; nothing in it is edited."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._model = _Rows(words)
        self.setModel(self._model)
        self.setAccessibleName(words.say("Lines of the chat"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(32)
        Widths(self, (_SAID,), (_LINE, _SHOP))

    def show_rows(self, rows: Sequence[MessageRow], shops: dict[int, str]) -> None:
        """These lines, with shop codes by their id."""
        self._model.show_rows(rows, shops)
