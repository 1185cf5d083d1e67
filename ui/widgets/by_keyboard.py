"""The window by keyboard alone: Tab goes as the eye does and reaches everything, Enter presses the button it stands on."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QFormLayout,
    QGridLayout,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def keyboard_fields(place: QLayout | QWidget) -> list[QWidget]:
    """All that can take the keyboard in a layout or widget, in the eye's order; some may be hidden or off now."""
    return list(_in_layout(place, set()) if isinstance(place, QLayout) else _in_widget(place))


def _in_widget(widget: QWidget) -> Iterator[QWidget]:
    takes_it = _takes_the_keyboard(widget)
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        if inner is not None:
            yield from _in_widget(inner)
    elif isinstance(widget, QAbstractItemView):
        # What stands in its cells comes after the table itself.
        if takes_it:
            yield widget
        yield from _loose(widget.viewport(), set())
        return
    elif not takes_it:
        yield from _inside(widget)
    if takes_it:
        yield widget


def _inside(widget: QWidget) -> Iterator[QWidget]:
    seen: set[QWidget] = set()
    layout = widget.layout()
    if layout is not None:
        yield from _in_layout(layout, seen)
    yield from _loose(widget, seen)


def _loose(widget: QWidget, seen: set[QWidget]) -> Iterator[QWidget]:
    """What lies in no layout, such as a panel over a list: from the top down."""
    loose = [one for one in widget.children() if isinstance(one, QWidget) and one not in seen and not one.isWindow()]
    for one in sorted(loose, key=lambda one: (one.y(), one.x())):
        yield from _in_widget(one)


def _in_layout(layout: QLayout, seen: set[QWidget]) -> Iterator[QWidget]:
    for item in _items(layout):
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            seen.add(widget)
            yield from _in_widget(widget)
        elif inner is not None:
            yield from _in_layout(inner, seen)


def _items(layout: QLayout) -> list[QLayoutItem]:
    """Row by row, in whatever order a grid was filled."""
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        in_grid = layout.getItemPosition
        places.sort(key=lambda place: in_grid(place)[:2])  # type: ignore[index]
    elif isinstance(layout, QFormLayout):
        in_form = layout.getItemPosition
        places.sort(key=lambda place: in_form(place)[0])  # type: ignore[index]
    return [item for place in places if (item := layout.itemAt(place)) is not None]


def _takes_the_keyboard(widget: QWidget) -> bool:
    policy = widget.focusPolicy()
    # Of buttons of which one is chosen, Qt gives Tab the chosen one only.
    wanted = Qt.FocusPolicy.ClickFocus if isinstance(widget, QAbstractButton) else Qt.FocusPolicy.TabFocus
    return bool(policy.value & wanted.value)


def go_to(widget: QWidget, reason: Qt.FocusReason) -> None:
    """Give it the keyboard, and scroll to where it can be seen."""
    widget.setFocus(reason)
    place = widget.parentWidget()
    while place is not None:
        if isinstance(place, QScrollArea):
            place.ensureWidgetVisible(widget, 20, 20)
        place = place.parentWidget()


class ByKeyboard(QWidget if TYPE_CHECKING else object):  # type: ignore[misc]
    """What each window and dialog does with Tab and Enter."""

    _heard_by: QWidget | None = None

    def focusNextPrevChild(self, forward: bool) -> bool:
        now = QApplication.focusWidget() or self.focusWidget()
        stops = [one for one in keyboard_fields(self) if one is now or (one.isVisible() and one.isEnabled())]
        if not stops:
            return False
        if now not in stops:
            wanted = stops[0 if forward else -1]
        else:
            wanted = stops[(stops.index(now) + (1 if forward else -1)) % len(stops)]
        go_to(wanted, Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride:
            self._heard_by = self.focusWidget()
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        heard_by, self._heard_by = self._heard_by, None
        pressed = self.focusWidget()
        if event.key() in _ENTER and event.modifiers() in _PLAIN and isinstance(pressed, QPushButton | QToolButton):
            # The Enter that ends a field may lead on to a button; only the next one presses it.
            if pressed is heard_by and not event.isAutoRepeat():
                pressed.click()
            return
        super().keyPressEvent(event)
