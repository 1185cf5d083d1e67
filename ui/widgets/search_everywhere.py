"""The field at the top that finds everything, with its list of what was found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from ui.context import Target
from ui.icons import icon
from ui.widgets.fields import SearchField


@dataclass(frozen=True)
class Found:
    """A line of the list and where it leads."""

    picture: str
    text: str
    target: Target


class SearchEverywhere(SearchField):
    """Arrow keys walk the list, Return opens, Escape closes."""

    opened = Signal(object)

    def __init__(self, placeholder: str, find: Callable[[str], Sequence[Found]]) -> None:
        super().__init__(placeholder)
        self._find = find
        self._list = QListWidget(self)
        self._list.setObjectName("found")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName(placeholder)
        self._list.hide()
        self._list.itemClicked.connect(self._open)
        self.searched.connect(self._show)
        self.installEventFilter(self)

    def _show(self, text: str) -> None:
        self._list.clear()
        found = self._find(text) if text.strip() else []
        for one in found:
            item = QListWidgetItem(icon(one.picture), one.text)
            item.setData(Qt.ItemDataRole.UserRole, one.target)
            self._list.addItem(item)
        if not found:
            self._list.hide()
            return
        self._list.setCurrentRow(0)
        # Over whatever the field stands in, and gone with it.
        place = self.parentWidget() or self
        self._list.setParent(place)
        at = self.mapTo(place, QPoint(0, self.height() + 2))
        self._list.setGeometry(at.x(), at.y(), max(self.width(), 340), min(12, len(found)) * 35 + 8)
        self._list.raise_()
        self._list.show()

    def _open(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        target = item.data(Qt.ItemDataRole.UserRole)
        self.clear()
        self._list.hide()
        self.opened.emit(target)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self._list.hide()
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._list.isVisible():
            step = 1 if key == Qt.Key.Key_Down else -1
            self._list.setCurrentRow((self._list.currentRow() + step) % self._list.count())
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._list.isVisible():
                self._show(self.text())
            self._open(self._list.currentItem() if self._list.isVisible() else None)
            return True
        if key == Qt.Key.Key_Escape:
            self.clear()
            self._list.hide()
            return True
        return False
