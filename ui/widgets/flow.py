"""Widgets side by side as long as there is room, and on the next line where there is none."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget, QWidgetItem


@dataclass(frozen=True)
class _Piece:
    """What is known of one that is shown, until something in it changes: Qt asks for it a hundred times at each resizing."""

    item: QLayoutItem
    stretch: bool
    likes: int
    least: int
    grows: bool


class Flow(QLayout):
    """Reads as a row does. What comes after a stretch stands at the right end of its line."""

    def __init__(self, *widgets: QWidget | None, spacing: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._known: list[_Piece] | None = None
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        for one in widgets:
            if one is None:
                self.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum))
            else:
                self.addWidget(one)

    def insertWidget(self, index: int, widget: QWidget) -> None:
        """Put it before what stands at this place."""
        self.addChildWidget(widget)
        self._items.insert(index, QWidgetItem(widget))
        self.invalidate()

    def _shown(self) -> list[_Piece]:
        if self._known is None:
            self._known = [_piece(one) for one in self._items if one.spacerItem() is not None or not one.isEmpty()]
        return self._known

    def _lines(self, room: int) -> list[list[_Piece]]:
        """What stands on each line, each no narrower than its least."""
        lines: list[list[_Piece]] = [[]]
        used, waiting = 0, list[_Piece]()
        for piece in self._shown():
            if piece.stretch:
                # A stretch goes where that goes which it pushes to the right.
                waiting.append(piece)
                continue
            wide = min(piece.least, room)
            if used and used + self.spacing() + wide > room:
                lines.append([])
                used = 0
            used += wide + (self.spacing() if used else 0)
            lines[-1] += [*waiting, piece]
            waiting = []
        return lines

    def _widths(self, line: list[_Piece], room: int) -> list[int]:
        """Each as wide as it likes where there is room; the rest goes to the fields, or where there are none to the stretches."""
        widths = [0 if one.stretch else min(one.least, room) for one in line]
        left = room - sum(widths) - self.spacing() * max(0, sum(not one.stretch for one in line) - 1)
        for place, one in enumerate(line):
            more = 0 if one.stretch else max(0, min(left, one.likes - widths[place]))
            widths[place] += more
            left -= more
        growing = [place for place, one in enumerate(line) if one.grows] or [place for place, one in enumerate(line) if one.stretch]
        for place in growing:
            widths[place] += max(0, left) // len(growing)
        return widths

    def _place(self, room: QRect, *, really: bool) -> int:
        """Where each goes; the height of it all."""
        top = room.top()
        for number, line in enumerate(self._lines(room.width())):
            top += self.spacing() if number else 0
            widths, left = self._widths(line, room.width()), room.left()
            heights = [0 if one.stretch else _height(one.item, width) for one, width in zip(line, widths, strict=True)]
            high = max(heights, default=0)
            for one, width, own in zip(line, widths, heights, strict=True):
                if really and not one.stretch:
                    own = self._own_height(own, high)
                    one.item.setGeometry(QRect(left, top + (high - own) // 2, width, own))
                left += width + (0 if one.stretch else self.spacing())
            top += high
        return top - room.top()

    def _own_height(self, own: int, high: int) -> int:
        """How high one of them stands on a line so high."""
        return own

    # What Qt asks of a layout ---------------------------------------------------------------------------------

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        found = self._heights.get(width)
        if found is None:
            sides = self.contentsMargins()
            inside = self._place(QRect(0, 0, width - sides.left() - sides.right(), 0), really=False)
            found = self._heights[width] = inside + sides.top() + sides.bottom()
        return found

    def invalidate(self) -> None:
        super().invalidate()
        self._known = None
        self._heights.clear()

    def setGeometry(self, room: QRect) -> None:
        super().setGeometry(room)
        self._place(room.marginsRemoved(self.contentsMargins()), really=True)

    def sizeHint(self) -> QSize:
        pieces = [one for one in self._shown() if not one.stretch]
        wide = sum(one.likes for one in pieces) + self.spacing() * max(0, len(pieces) - 1)
        return self._with_sides(QSize(wide, max((one.item.sizeHint().height() for one in pieces), default=0)))

    def minimumSize(self) -> QSize:
        pieces = [one for one in self._shown() if not one.stretch]
        wide = max((one.item.minimumSize().width() for one in pieces), default=0)
        return self._with_sides(QSize(wide, max((one.item.minimumSize().height() for one in pieces), default=0)))

    def _with_sides(self, inside: QSize) -> QSize:
        sides = self.contentsMargins()
        return inside + QSize(sides.left() + sides.right(), sides.top() + sides.bottom())


class Tiles(Flow):
    """Cards of one width and one height side by side, on as few lines as the room allows, with as many on each."""

    def __init__(self, *widgets: QWidget, spacing: int = 12) -> None:
        super().__init__(*widgets, spacing=spacing)

    def _across(self, room: int) -> int:
        pieces = self._shown()
        widest = max((one.item.minimumSize().width() for one in pieces), default=1)
        fitting = max(1, min(len(pieces), (room + self.spacing()) // (widest + self.spacing())))
        lines = -(-len(pieces) // fitting)
        return max(1, -(-len(pieces) // max(1, lines)))

    def _lines(self, room: int) -> list[list[_Piece]]:
        pieces, across = self._shown(), self._across(room)
        return [pieces[start : start + across] for start in range(0, len(pieces), across)]

    def _widths(self, line: list[_Piece], room: int) -> list[int]:
        wide = (room - self.spacing() * (len(line) - 1)) // max(1, len(line))
        return [wide for _ in line]

    def _own_height(self, own: int, high: int) -> int:
        return high


def _piece(item: QLayoutItem) -> _Piece:
    """A field may be narrower than it likes; a button, a chip or a text may not, unless it wraps by itself."""
    if item.spacerItem() is not None:
        return _Piece(item, stretch=True, likes=0, least=0, grows=False)
    likes, wraps = item.sizeHint().width(), item.hasHeightForWidth()
    grows = bool(item.expandingDirections() & Qt.Orientation.Horizontal) and not wraps
    return _Piece(item, stretch=False, likes=likes, least=item.minimumSize().width() if grows else likes, grows=grows)


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
