"""What lies on the tables, as tiles: a key picks one, arrows and Space too."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from caringstreet.queries.choice_events import TableRow
from caringstreet.rules.quantities import ONE
from caringstreet.wording.goods import amount
from caringstreet.words import Words
from ui import theme

KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
_TILE = QSize(190, 112)
_PHOTO = 46
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_TILE_ROLE = Qt.ItemDataRole.UserRole


class _Tiles(QAbstractListModel):
    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.rows: Sequence[TableRow] = ()
        self.picked: Counter[int] = Counter()
        self.photos: Mapping[int, QPixmap] = {}

    def left(self, row: TableRow) -> int:
        """What lies there still, less what the visitor holds."""
        return row.on_table - self.picked[row.lot_id] * ONE

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def show_picks(self, picked: Counter[int]) -> None:
        self.picked = picked
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == _TILE_ROLE:
            return row
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            there = self._words.say("{amount} left", amount=amount(self._words, self.left(row), row.unit))
            return " · ".join(part for part in (key_of(index.row()).upper(), row.item, row.size, row.condition, row.giver, there) if part)
        return row.item if role == Qt.ItemDataRole.DisplayRole else None


def key_of(place: int) -> str:
    """The key of a tile; the last ones of a very long table have none."""
    return KEYS[place] if place < len(KEYS) else ""


class _TilePainter(QStyledItemDelegate):
    def __init__(self, model: _Tiles, words: Words, parent: QListView) -> None:
        super().__init__(parent)
        self._tiles, self._words = model, words

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return _TILE

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row, colors = index.data(_TILE_ROLE), theme.colors()
        if row is None:
            return
        held, left = self._tiles.picked[row.lot_id], self._tiles.left(row)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect.adjusted(4, 4, -4, -4)
        state = option.state
        focused = bool(state & QStyle.StateFlag.State_Selected) and bool(state & QStyle.StateFlag.State_HasFocus)
        pen = painter.pen()
        pen.setColor(QColor(colors.accent if held or focused else colors.line))
        pen.setWidth(2 if held or focused else 1)
        pen.setStyle(Qt.PenStyle.DashLine if focused and not held else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.setBrush(QColor(colors.accent_soft if held else colors.card if left > 0 else colors.ground))
        painter.drawRoundedRect(QRectF(box), 9, 9)
        self._paint_key(painter, box, key_of(index.row()).upper())
        self._paint_texts(painter, box, row, left)
        if held:
            self._paint_held(painter, box, held)
        painter.restore()

    def _paint_key(self, painter: QPainter, box: QRect, key: str) -> None:
        if not key:
            return
        colors = theme.colors()
        cap = QRectF(box.left() + 8, box.top() + 8, 24, 24)
        painter.setPen(QColor(colors.line))
        painter.setBrush(QColor(colors.side))
        painter.drawRoundedRect(cap, 5, 5)
        painter.setPen(QColor(colors.text))
        painter.setFont(_font(painter.font(), 11, bold=True))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)

    def _paint_texts(self, painter: QPainter, box: QRect, row: TableRow, left: int) -> None:
        colors, photo = theme.colors(), self._tiles.photos.get(row.lot_id)
        plain = painter.font()
        room = box.width() - 48 - (_PHOTO + 8 if photo is not None else 0)
        painter.setPen(QColor(colors.text if left > 0 else colors.dim))
        self._line(painter, QRect(box.left() + 40, box.top() + 8, room, 24), row.item, _font(plain, 10.5, bold=True))
        said = " · ".join(part for part in (row.size, row.condition) if part) or row.giver
        painter.setPen(QColor(colors.dim))
        self._line(painter, QRect(box.left() + 12, box.top() + 36, room + 28, 22), said, _font(plain, 9.5))
        if photo is not None:
            painter.drawPixmap(QRect(box.right() - _PHOTO - 7, box.top() + 8, _PHOTO, _PHOTO), photo)
        painter.setPen(QColor(colors.text if left > 0 else colors.dim))
        number, unit = amount(self._words, left, row.unit).split(" ", 1)
        big = _font(plain, 20, bold=True)
        wide = QFontMetrics(big).horizontalAdvance(number)
        foot = box.bottom() - 44
        self._line(painter, QRect(box.left() + 12, foot, wide + 4, 40), number, big)
        if left <= 0:
            unit = self._words.say("none left")
        self._line(painter, QRect(box.left() + 20 + wide, foot + 8, 96, 30), unit, _font(plain, 9.5))

    def _paint_held(self, painter: QPainter, box: QRect, held: int) -> None:
        colors = theme.colors()
        spot = QRectF(box.right() - 50, box.bottom() - 36, 42, 26)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.accent))
        painter.drawRoundedRect(spot, 13, 13)
        painter.setPen(QColor(colors.on_accent))
        painter.setFont(_font(painter.font(), 10.5, bold=True))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, f"×{held}")

    @staticmethod
    def _line(painter: QPainter, room: QRect, text: str, font: QFont) -> None:
        painter.setFont(font)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _font(font: QFont, points: float, *, bold: bool = False) -> QFont:
    made = QFont(font)
    made.setPointSizeF(points)
    made.setBold(bold)
    return made


class TileBoard(QListView):
    """Keys 1-9 and a-z pick, Space picks where the arrows are, Backspace puts the last one back, Return is the desk's."""

    typed = Signal()
    picked = Signal(int)
    put_back = Signal()
    entered = Signal()
    given_up = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._tiles = _Tiles(words)
        self.setModel(self._tiles)
        self.setItemDelegate(_TilePainter(self._tiles, words, self))
        self.setAccessibleName(words.say("On the tables"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSpacing(0)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        # Letters are keys here, never the beginning of a word.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.clicked.connect(lambda index: self.picked.emit(self._tiles.rows[index.row()].lot_id))

    def show_rows(self, rows: Sequence[TableRow], photos: Mapping[int, QPixmap]) -> None:
        """The lots in their order, with the photos there are."""
        self._tiles.photos = photos
        self._tiles.show_rows(rows)
        if rows:
            self.setCurrentIndex(self._tiles.index(0))

    def show_picks(self, picks: Counter[int]) -> None:
        """What the visitor holds, in pieces by lot."""
        self._tiles.show_picks(picks)

    def texts(self) -> list[str]:
        """What a screen reader says of each tile."""
        return [str(self._tiles.index(at).data(Qt.ItemDataRole.AccessibleTextRole)) for at in range(len(self._tiles.rows))]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, current = event.key(), self.currentIndex()
        text = event.text() if event.text().isprintable() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier else ""
        if text:
            self.typed.emit()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.put_back.emit()
        elif key == Qt.Key.Key_Space and current.isValid():
            self.picked.emit(self._tiles.rows[current.row()].lot_id)
        elif text:
            place = KEYS.find(text.lower())
            if 0 <= place < len(self._tiles.rows):
                self.picked.emit(self._tiles.rows[place].lot_id)
        else:
            super().keyPressEvent(event)
