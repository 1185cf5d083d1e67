"""What of a window is cut, off its edge or out of reach, as somebody who looks at it would notice."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTableView,
    QWidget,
)

#: Of a rounded width of glyphs.
_SLACK = 2


def settle() -> None:
    """Let layouts, and what they ask for in turn, come to rest."""
    for _ in range(4):
        QApplication.processEvents()


def misfits(root: QWidget) -> list[str]:
    """Each line names a widget and what is wrong with where it stands."""
    seen = list(_seen(root))
    texts = [one for one in seen if isinstance(one, QLabel | QAbstractButton | QComboBox)]
    areas = [one for one in seen if isinstance(one, QAbstractScrollArea) and not isinstance(one, QHeaderView)]
    tables = [one for one in areas if isinstance(one, QTableView) and not one.horizontalHeader().isHidden()]
    primary = [one for one in seen if isinstance(one, QPushButton) and one.property("kind") == "primary" and not _scrolls_inside(one)]
    return [
        *(f"scrolls sideways: {_named(one)} by {most}" for one in areas if (most := one.horizontalScrollBar().maximum())),
        *(f"cut: {_named(one)} {said}" for one in texts if (said := _lacks(one))),
        *(f"beyond its place: {_named(one)} {said}" for one in texts if (said := _outside(one, root))),
        *(f"no room for its words: {_named(one)} {said}" for one in tables for said in _short_sections(one)),
        *(f"out of sight: {_named(one)}" for one in primary if not _in_sight(one, root)),
    ]


def _seen(root: QWidget) -> Iterator[QWidget]:
    for one in root.children():
        if isinstance(one, QWidget) and one.isVisible() and not one.isWindow():
            yield one
            yield from _seen(one)


def _named(one: QWidget) -> str:
    text = one.text() if isinstance(one, QLabel | QAbstractButton) else one.accessibleName()
    above = [type(two).__name__ for two in _above(one) if type(two).__module__.startswith("ui.")][:2]
    return f"{type(one).__name__} “{text[:40]}” in {' in '.join(above)}"


def _above(one: QWidget) -> Iterator[QWidget]:
    """What it stands in, up to its window."""
    above = None if one.isWindow() else one.parentWidget()
    while above is not None:
        yield above
        above = None if above.isWindow() else above.parentWidget()


def _lacks(one: QLabel | QAbstractButton | QComboBox) -> str:
    """By how much it is smaller than what it says."""
    if isinstance(one, QLabel) and one.wordWrap():
        high = one.heightForWidth(one.width())
        if one.text() and high > one.height() + _SLACK:
            return f"{one.height()} of {high} high"
        widest = max((one.fontMetrics().horizontalAdvance(word) for word in one.text().split() if word.isascii()), default=0)
        return f"{one.width()} wide, a word needs {widest}" if widest > one.width() + _SLACK else ""
    if isinstance(one, QComboBox):
        option = QStyleOptionComboBox()
        one.initStyleOption(option)
        room = one.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, one).width()
        needed = one.fontMetrics().horizontalAdvance(one.currentText())
        return f"{room} of {needed} wide" if not one.isEditable() and needed > room + _SLACK else ""
    if not one.text():
        return ""
    needs = one.sizeHint()
    if one.width() < needs.width() - _SLACK:
        return f"{one.width()} of {needs.width()} wide"
    return f"{one.height()} of {needs.height()} high" if one.height() < needs.height() - 6 else ""


def _outside(one: QWidget, root: QWidget) -> str:
    """By how much it reaches beyond something that it stands in; what scrolls up and down may be below."""
    place, inside = one.rect(), one
    for above in _above(one):
        place = QRect(inside.mapToParent(place.topLeft()), place.size())
        area = above.parentWidget()
        scrolls = isinstance(area, QScrollArea) and area.viewport() is above
        room = above.rect()
        if place.left() < room.left() - _SLACK or place.right() > room.right() + _SLACK:
            return f"{place.left()} to {place.right()} in {room.width()} of {type(above).__name__}"
        if scrolls:
            # What is below is reached by scrolling; how the rest stands is asked of the area itself.
            return ""
        if place.top() < room.top() - _SLACK or place.bottom() > room.bottom() + _SLACK:
            return f"{place.top()} to {place.bottom()} down in {room.height()} of {type(above).__name__}"
        if above is root:
            return ""
        inside = above
    return ""


def _short_sections(table: QTableView) -> Iterator[str]:
    header, model = table.horizontalHeader(), table.model()
    for column in range(model.columnCount()):
        title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        needs = header.fontMetrics().horizontalAdvance(title)
        if not table.isColumnHidden(column) and needs > header.sectionSize(column) - 4:
            yield f"“{title}” {header.sectionSize(column)} of {needs}"


def short_cells(table: QTableView, columns: list[int], rows: int = 200) -> list[str]:
    """The cells of these columns that are narrower than what stands in them."""
    model, found = table.model(), []
    for column in columns:
        if table.isColumnHidden(column):
            continue
        for number in range(min(model.rowCount(), rows)):
            index = model.index(number, column)
            if table.sizeHintForIndex(index).width() > table.columnWidth(column) + 1:
                title = model.headerData(column, Qt.Orientation.Horizontal)
                found.append(f"{title}: “{index.data()}” {table.columnWidth(column)} of {table.sizeHintForIndex(index).width()}")
                break
    return found


def _scrolls_inside(one: QWidget) -> bool:
    return any(isinstance(above, QAbstractScrollArea) and type(above).__name__ != "Scrolling" for above in _above(one))


def _in_sight(one: QWidget, root: QWidget) -> bool:
    """Whole, without scrolling."""
    place = QRect(one.mapTo(root, QPoint(0, 0)), one.size())
    area = next((above for above in _above(one) if isinstance(above, QScrollArea)), None)
    seen = root.rect() if area is None else QRect(area.viewport().mapTo(root, QPoint(0, 0)), area.viewport().size())
    return seen.adjusted(0, -_SLACK, 0, _SLACK).contains(place)
