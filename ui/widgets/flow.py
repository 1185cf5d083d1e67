"""Widgets side by side as long as there is room, and on the next line where there is none."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget, QWidgetItem


class Flow(QLayout):
    """Reads as a row does. What comes after a stretch stands at the right end of its line."""

    def __init__(self, *widgets: QWidget | None, spacing: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
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

    def _shown(self) -> list[QLayoutItem]:
        return [one for one in self._items if one.spacerItem() is not None or not one.isEmpty()]

    def _lines(self, room: int) -> list[list[QLayoutItem]]:
        """What stands on each line, each no narrower than its least."""
        lines: list[list[QLayoutItem]] = [[]]
        used, waiting = 0, list[QLayoutItem]()
        for item in self._shown():
            if item.spacerItem() is not None:
                # A stretch goes where that goes which it pushes to the right.
                waiting.append(item)
                continue
            wide = min(_least(item), room)
            if used and used + self.spacing() + wide > room:
                lines.append([])
                used = 0
            used += wide + (self.spacing() if used else 0)
            lines[-1] += [*waiting, item]
            waiting = []
        return lines

    def _widths(self, line: list[QLayoutItem], room: int) -> dict[QLayoutItem, int]:
        """Each as wide as it likes where there is room; the rest goes to the fields, or where there are none to the stretches."""
        widgets = [one for one in line if one.spacerItem() is None]
        widths = {one: min(_least(one), room) for one in widgets}
        left = room - sum(widths.values()) - self.spacing() * max(0, len(widgets) - 1)
        for one in widgets:
            more = max(0, min(left, one.sizeHint().width() - widths[one]))
            widths[one] += more
            left -= more
        fields = [one for one in widgets if one.expandingDirections() & Qt.Orientation.Horizontal and not one.hasHeightForWidth()]
        growing = fields or [one for one in line if one.spacerItem() is not None]
        for one in growing:
            widths[one] = widths.get(one, 0) + max(0, left) // len(growing)
        return {one: widths.get(one, 0) for one in line}

    def _place(self, room: QRect, *, really: bool) -> int:
        """Where each goes; the height of it all."""
        top = room.top()
        for number, line in enumerate(self._lines(room.width())):
            top += self.spacing() if number else 0
            widths, left = self._widths(line, room.width()), room.left()
            high = max((_height(one, widths[one]) for one in line), default=0)
            for one in line:
                if one.spacerItem() is not None:
                    left += widths[one]
                    continue
                own = _height(one, widths[one])
                if really:
                    one.setGeometry(QRect(left, top + (high - own) // 2, widths[one], own))
                left += widths[one] + self.spacing()
            top += high
        return top - room.top()

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
        sides = self.contentsMargins()
        return self._place(QRect(0, 0, width - sides.left() - sides.right(), 0), really=False) + sides.top() + sides.bottom()

    def setGeometry(self, room: QRect) -> None:
        super().setGeometry(room)
        self._place(room.marginsRemoved(self.contentsMargins()), really=True)

    def sizeHint(self) -> QSize:
        widgets = [one.sizeHint() for one in self._shown() if one.spacerItem() is None]
        wide = sum(one.width() for one in widgets) + self.spacing() * max(0, len(widgets) - 1)
        return self._with_sides(QSize(wide, max((one.height() for one in widgets), default=0)))

    def minimumSize(self) -> QSize:
        widgets = [one for one in self._shown() if one.spacerItem() is None]
        wide = max((one.minimumSize().width() for one in widgets), default=0)
        return self._with_sides(QSize(wide, max((one.minimumSize().height() for one in widgets), default=0)))

    def _with_sides(self, inside: QSize) -> QSize:
        sides = self.contentsMargins()
        return inside + QSize(sides.left() + sides.right(), sides.top() + sides.bottom())


def _least(item: QLayoutItem) -> int:
    """A field may be narrower than it likes; a button, a chip or a text may not, unless it wraps by itself."""
    if item.hasHeightForWidth() or item.expandingDirections() & Qt.Orientation.Horizontal:
        return item.sizeHint().width() if item.hasHeightForWidth() else item.minimumSize().width()
    return item.sizeHint().width()


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
