"""A place that scrolls only where the screen is too small for the least that its inside needs."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget


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
        needed, room = inside.minimumSizeHint(), self.maximumViewportSize()
        if not self._sideways:
            needed.setWidth(0)
        bar = self.verticalScrollBar().sizeHint().width()
        if needed.width() > room.width():
            room = room - QSize(0, bar)
        if needed.height() > room.height():
            room = room - QSize(bar, 0)
        inside.resize(room.expandedTo(needed))

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
    """Needs the room of what is in view, not that of the largest one seen before."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _: self._changed())

    def _changed(self) -> None:
        viewport = self.parentWidget()
        place = viewport.parentWidget() if viewport is not None else None
        if isinstance(place, Scrolling):
            place.fit()

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint()
