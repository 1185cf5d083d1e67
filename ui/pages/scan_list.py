"""The sheets of the envelope on the desk, the newest first."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from caringstreet.services.evidence_answers import ScanAnswer
from caringstreet.wording.answers import answer_text
from caringstreet.words import Words
from ui import theme
from ui.icons import icon
from ui.pages.scan_answer import LOOKS, code_shown, title_of
from ui.tables.widths import Widths

_CODE, _OFFER, _ANSWER, _REMOVE = range(4)
_ROW = 36
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_DISPLAY, _DECORATION, _FOREGROUND, _FONT, _TOOL_TIP, _SPOKEN = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.DecorationRole,
    Qt.ItemDataRole.ForegroundRole,
    Qt.ItemDataRole.FontRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


class _Sheets(QAbstractTableModel):
    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._answers: Sequence[ScanAnswer] = ()
        self._bold = QFont()
        self._bold.setBold(True)

    def show_answers(self, answers: Sequence[ScanAnswer]) -> None:
        self.beginResetModel()
        self._answers = answers
        self.endResetModel()

    def place(self, line: int) -> int:
        """The place in the envelope, where the first scanned is 0."""
        return len(self._answers) - 1 - line

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._answers)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if role != _DISPLAY or orientation is Qt.Orientation.Vertical:
            return None
        say = self._words.say
        return (say("Code"), say("Offer"), say("Answer"), "")[section]

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        answer = self._answers[self.place(index.row())]
        picture, tone = LOOKS[answer.verdict]
        column = index.column()
        if role in (_DISPLAY, _SPOKEN):
            return self._text(answer, column, spoken=role == _SPOKEN)
        if role == _DECORATION and column == _CODE:
            return icon(picture, tone)
        if role == _DECORATION and column == _REMOVE:
            return icon("x", "dim")
        if role == _FOREGROUND and column in (_OFFER, _ANSWER):
            return QBrush(QColor(getattr(theme.colors(), "dim" if column == _OFFER else tone)))
        if role == _FONT and column == _CODE:
            return self._bold
        if role == _TOOL_TIP and column == _REMOVE:
            return self._words.say("Take out")
        return None

    def _text(self, answer: ScanAnswer, column: int, *, spoken: bool) -> str:
        if column == _CODE:
            return code_shown(self._words, answer)
        if column == _OFFER:
            return title_of(self._words, answer)
        if column == _ANSWER:
            return answer_text(self._words, answer.outcome, answer.facts)[0]
        return self._words.say("Take out") if spoken else ""


class EnvelopeList(QTableView):
    """Delete, or the cross at the end of a line, takes a sheet out."""

    removed = Signal(int)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._model = _Sheets(words)
        self.setModel(self._model)
        self.setAccessibleName(words.say("Vouchers of this envelope"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setStyleSheet("QTableView { border: 0; }")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        header = self.horizontalHeader()
        header.hide()
        Widths(self, (_ANSWER, _OFFER), (_OFFER,), {_CODE: 168, _REMOVE: 40})
        self.clicked.connect(self._clicked)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_answers(self, answers: Sequence[ScanAnswer]) -> None:
        """The answers in the order of scanning; the last one stands on top."""
        self._model.show_answers(answers)
        # An empty list shows no focus, so Tab passes it by.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if answers else Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """It takes what is left, and asks for no more than it needs: what stands over it is to be read whole."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.currentIndex().isValid():
            self.removed.emit(self._model.place(self.currentIndex().row()))
            return
        super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == _REMOVE:
            self.removed.emit(self._model.place(index.row()))
