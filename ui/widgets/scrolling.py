"""A place that scrolls only where the screen is too small for the least that its inside needs."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QBoxLayout,
    QFormLayout,
    QFrame,
    QGridLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QStackedWidget,
    QWidget,
)


class Scrolling(QScrollArea):
    """Qt's own way to fit the inside asks for the height that long texts would like, not for what they need."""

    def __init__(self, inside: QWidget, *, sideways: bool = True) -> None:
        super().__init__()
        self._sideways = sideways
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)

    def fit(self) -> None:
        """Give the inside all the room there is, and the least it needs where that is more."""
        inside = self.widget()
        if inside is None:
            return
        # How high texts are depends on widths that only laying them out tells.
        for _ in range(3):
            wanted = self._wanted(inside)
            if wanted == inside.size():
                break
            inside.resize(wanted)

    def _wanted(self, inside: QWidget) -> QSize:
        wide, room = inside.minimumSizeHint().width() if self._sideways else 0, self.maximumViewportSize()
        bar = self.verticalScrollBar().sizeHint().width()
        if wide > room.width():
            room = room - QSize(0, bar)
        high = least_height(inside, max(wide, room.width()))
        if high > room.height():
            room = room - QSize(bar, 0)
            high = least_height(inside, max(wide, room.width()))
        return room.expandedTo(QSize(wide, high))

    def sizeHint(self) -> QSize:
        inside = self.widget()
        return super().sizeHint() if inside is None else inside.sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        found = super().eventFilter(watched, event)
        if watched is self.widget() and event.type() is QEvent.Type.LayoutRequest:
            self.fit()
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class Stack(QStackedWidget):
    """Needs the room of what is in view, not that of the largest of all that it holds."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _: self._changed())

    def _changed(self) -> None:
        self.updateGeometry()
        viewport = self.parentWidget()
        place = viewport.parentWidget() if viewport is not None else None
        if isinstance(place, Scrolling):
            place.fit()

    def sizeHint(self) -> QSize:
        shown = self.currentWidget()
        return super().sizeHint() if shown is None else shown.sizeHint()

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        shown = self.currentWidget()
        return shown is not None and shown.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        shown = self.currentWidget()
        return -1 if shown is None else shown.heightForWidth(width)


def least_height(widget: QWidget, width: int) -> int:
    """What a widget so wide needs for its texts to be read whole, where its lists and the like are as low as they can be.

    Qt knows only how high texts would be that do not wrap, or how high everything would like to be.
    """
    layout: QLayout | None = widget.layout()
    if isinstance(widget, QStackedWidget):
        inside = widget.currentWidget()
        high = 0 if inside is None else least_height(inside, width)
    elif layout is not None and not isinstance(widget, QAbstractScrollArea):
        # Its frame is of the style, and no margin of the layout.
        edge = widget.contentsMargins()
        sideways, upright = edge.left() + edge.right(), edge.top() + edge.bottom()
        high = _least_of_layout(layout, width - sideways) + upright
    else:
        high = widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.minimumSizeHint().height()
    return min(max(high, widget.minimumHeight()), widget.maximumHeight())


def _least_of_layout(layout: QLayout, width: int) -> int:
    sides = layout.contentsMargins()
    width -= sides.left() + sides.right()
    found = [one for one in (layout.itemAt(place) for place in range(layout.count())) if one is not None and not one.isEmpty()]
    if isinstance(layout, QBoxLayout) and layout.direction() in (QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.BottomToTop):
        high = sum(_least_of_item(one, width) for one in found) + layout.spacing() * max(0, len(found) - 1)
    elif isinstance(layout, QBoxLayout):
        high = max((_least_of_item(one, _placed(one, width)) for one in found), default=0)
    elif isinstance(layout, QGridLayout | QFormLayout):
        high = _least_of_rows(layout, width)
    else:
        return layout.heightForWidth(width + sides.left() + sides.right()) if layout.hasHeightForWidth() else layout.minimumSize().height()
    return high + sides.top() + sides.bottom()


def _least_of_rows(layout: QGridLayout | QFormLayout, width: int) -> int:
    rows: dict[int, int] = {}
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None or item.isEmpty():
            continue
        row = int(layout.getItemPosition(place)[0])  # type: ignore[index]
        rows[row] = max(rows.get(row, 0), _least_of_item(item, _placed(item, width)))
    return sum(rows.values()) + max(0, layout.verticalSpacing()) * max(0, len(rows) - 1)


def _placed(item: QLayoutItem, width: int) -> int:
    """How wide it stands now; where it never stood, as wide as it likes."""
    return min(width, item.geometry().width() or item.sizeHint().width())


def _least_of_item(item: QLayoutItem, width: int) -> int:
    widget, layout = item.widget(), item.layout()
    if widget is not None:
        return least_height(widget, width)
    return _least_of_layout(layout, width) if layout is not None else item.minimumSize().height()
