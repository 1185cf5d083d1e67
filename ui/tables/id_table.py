"""The one table: all ids in order, rows fetched by page as they come into view."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from ui import theme
from ui.preferences import Preferences
from ui.tables.widths import Widths

# Looked up inside data() these would cost three times as much.
_DISPLAY = Qt.ItemDataRole.DisplayRole
_ALIGN = Qt.ItemDataRole.TextAlignmentRole
_FOREGROUND = Qt.ItemDataRole.ForegroundRole
_FONT = Qt.ItemDataRole.FontRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_HORIZONTAL = Qt.Orientation.Horizontal

_SORTING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_BY_KEY = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})

_PAGE = 150
_KEPT_PAGES = 60
_VERSION = 2

Ids = Sequence[int]


@dataclass(frozen=True)
class Column:
    """A column: `text` of a row; `sort` the key for SQL, empty where it cannot sort; `tone` a colour of the theme.

    A `hidden` one waits in the choice of columns until somebody wants it. Each is as wide as what stands in it; `name`s
    share what is left, and one that is `spare` steps aside where there is no room, the highest first.
    """

    key: str
    title: str
    text: Callable[[Any], str]
    number: bool = False
    sort: str = ""
    tone: Callable[[Any], str] | None = None
    bold: bool = False
    hidden: bool = False
    name: bool = False
    spare: int = 0


class _Model(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column], fetch: Callable[[Ids], Mapping[int, Any]]) -> None:
        super().__init__()
        self.columns = list(columns)
        self._fetch = fetch
        self._pages: OrderedDict[int, list[Any]] = OrderedDict()
        self.ids: Ids = array("q")
        self._bold = QFont()
        self._bold.setBold(True)

    def show_ids(self, ids: Ids) -> None:
        self.beginResetModel()
        self.ids = ids
        self._pages.clear()
        self.endResetModel()

    def row_at(self, number: int) -> Any:
        """The row, from its page of the cache or the database; None where it has gone."""
        page = number // _PAGE
        found = self._pages.get(page)
        if found is None:
            ids = self.ids[page * _PAGE : (page + 1) * _PAGE]
            rows = self._fetch(ids)
            found = self._pages[page] = [rows.get(one) for one in ids]
            if len(self._pages) > _KEPT_PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(page)
        return found[number % _PAGE]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation == _HORIZONTAL and role == _DISPLAY:
            return self.columns[section].title
        if orientation == _HORIZONTAL and role == _ALIGN:
            return _RIGHT if self.columns[section].number else _LEFT
        return None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> Any:
        if role == _DISPLAY:
            row = self.row_at(index.row())
            return None if row is None else self.columns[index.column()].text(row)
        if role == _ALIGN:
            return _RIGHT if self.columns[index.column()].number else _LEFT
        if role == _FOREGROUND:
            tone = self.columns[index.column()].tone
            row = self.row_at(index.row()) if tone else None
            name = tone(row) if tone and row is not None else ""
            return QColor(getattr(theme.colors(), name)) if name else None
        if role == _FONT and self.columns[index.column()].bold:
            return self._bold
        return None


class IdTable(QTableView):
    """Shows ids that the page found, and rows that it fetches. Sorting is the page's, in SQL."""

    selected = Signal(int)
    activated_id = Signal(int)
    sorted_by = Signal(str, bool)

    def __init__(self, key: str, columns: Sequence[Column], fetch: Callable[[Ids], Mapping[int, Any]], preferences: Preferences) -> None:
        super().__init__()
        self._key, self._preferences = f"table/{key}/{_VERSION}/{len(columns)}", preferences
        self._model = _Model(columns, fetch)
        self.setModel(self._model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setDefaultSectionSize(38)
        self._restoring = True
        self._prepare_header(columns)
        self._restoring = False
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.doubleClicked.connect(lambda index: self.activated_id.emit(self._model.ids[index.row()]))

    def _prepare_header(self, columns: Sequence[Column]) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        state = self._preferences.state(self._key)
        if not state.isEmpty():
            header.restoreState(state)
        else:
            header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
            for number, column in enumerate(columns):
                self.setColumnHidden(number, column.hidden)
        names = [number for number, column in enumerate(columns) if column.name]
        spare = sorted((number for number, column in enumerate(columns) if column.spare), key=lambda one: -columns[one].spare)
        self._widths = Widths(self, names, spare, self._drawn_widths())
        header.sectionClicked.connect(self._clicked)
        header.sectionResized.connect(self._drawn_wider)
        header.sectionMoved.connect(self._remember)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: self.column_menu().popup(header.mapToGlobal(at)))

    def column_menu(self) -> QMenu:
        """The choice of columns."""
        menu = QMenu(self)
        for number, column in enumerate(self._model.columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(self._is_chosen(number))
            action.toggled.connect(lambda shown, number=number: self._show_column(number, shown))
        return menu

    def _show_column(self, number: int, shown: bool) -> None:
        self._widths.show(number, shown)
        self._remember()

    def _is_chosen(self, number: int) -> bool:
        """Whether somebody wants to see the column, also where it has no room now."""
        return number in self._widths.aside or not self.isColumnHidden(number)

    def _remember(self) -> None:
        if self._restoring:
            return
        # A column without room now is there again on a wider screen.
        aside = self._widths.aside
        for number in aside:
            self.setColumnHidden(number, False)
        self._preferences.set(self._key, self.horizontalHeader().saveState())
        for number in aside:
            self.setColumnHidden(number, True)

    def _drawn_widths(self) -> dict[int, int]:
        kept = (one.split(":") for one in self._preferences.text(f"{self._key}/widths").split() if one)
        return {int(number): int(width) for number, width in kept}

    def _drawn_wider(self, number: int, before: int, width: int) -> None:
        """Somebody drew at the edge of a header; a width that fits by itself is not remembered."""
        if self._restoring or self._widths.fitting or not width or not before or not self.isVisible():
            return
        drawn = self._drawn_widths() | {number: width}
        self._preferences.set(f"{self._key}/widths", " ".join(f"{one}:{wide}" for one, wide in drawn.items()))
        self._widths.set_width(number, width)

    def _clicked(self, section: int) -> None:
        if not self._model.columns[section].sort:
            return
        self._remember()
        self.sorted_by.emit(*self.sorting())

    def _sort_by_key(self, key: Qt.Key) -> None:
        """Left and right: by the column before or after that can sort; up and down: the lowest or the highest first."""
        header = self.horizontalHeader()
        order, section = header.sortIndicatorOrder(), header.sortIndicatorSection()
        if key is Qt.Key.Key_Up or key is Qt.Key.Key_Down:
            order = Qt.SortOrder.AscendingOrder if key is Qt.Key.Key_Up else Qt.SortOrder.DescendingOrder
        else:
            shown = [header.logicalIndex(place) for place in range(header.count())]
            sortable = [one for one in shown if self._model.columns[one].sort and self._is_chosen(one)]
            if not sortable:
                return
            step = 1 if key is Qt.Key.Key_Right else -1
            place = sortable.index(section) + step if section in sortable else 0
            section = sortable[place % len(sortable)]
        header.setSortIndicator(section, order)
        self._clicked(section)

    def sorting(self) -> tuple[str, bool]:
        """The key to sort by, and whether the highest comes first."""
        header = self.horizontalHeader()
        section = header.sortIndicatorSection()
        column = self._model.columns[section] if 0 <= section < len(self._model.columns) else self._model.columns[0]
        key = column.sort or next(one.sort for one in self._model.columns if one.sort)
        return key, header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder

    def show_ids(self, ids: Ids, keep: int | None = None) -> None:
        """Show these ids; the selected one, or `keep`, stays selected where it is among them.

        Where just the selected ones have left, as after an action in a view of one state, the one that took their place is.
        """
        wanted = keep if keep is not None else self.current_id()
        try:
            row = ids.index(wanted) if wanted is not None else 0
        except ValueError:
            row = self._place_of_the_gone(ids)
        self._model.show_ids(ids)
        if len(ids):
            index = self._model.index(row, 0)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def _place_of_the_gone(self, ids: Ids) -> int:
        """The row among `ids` that follows those selected until now, or the last; 0 where more than these is another."""
        before, place = self._model.ids, self.currentIndex().row()
        there = set(ids)
        if place < 0 or not there or not {one for one in before if one not in there} <= set(self.selected_ids()):
            return 0
        following = next((one for one in before[place:] if one in there), None)
        return len(ids) - 1 if following is None else ids.index(following)

    def count(self) -> int:
        return len(self._model.ids)

    def current_id(self) -> int | None:
        index = self.currentIndex()
        return self._model.ids[index.row()] if index.isValid() and index.row() < len(self._model.ids) else None

    def selected_ids(self) -> list[int]:
        """All selected ids in the order shown."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._model.ids[row] for row in rows]

    def select_id(self, wanted: int) -> bool:
        """Go to a row; False where it is not shown."""
        try:
            row = self._model.ids.index(wanted)
        except ValueError:
            return False
        flags = QItemSelectionModel.SelectionFlag
        index = self._model.index(row, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        return True

    def select_ids(self, wanted: Ids) -> None:
        """Choose these rows, all that are shown; the current one stays current."""
        flags, chosen = QItemSelectionModel.SelectionFlag, set(wanted)
        model = self.selectionModel()
        model.clearSelection()
        for place, one in enumerate(self._model.ids):
            if one in chosen:
                model.select(self._model.index(place, 0), flags.Select | flags.Rows)

    def texts(self, ids: Ids | None = None) -> tuple[tuple[str, ...], list[list[str]]]:
        """Headers and rows as shown, visible columns only: for copying and export."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(at) for at in range(header.count())]
        columns = [self._model.columns[at] for at in order if self._is_chosen(at)]
        places = range(len(self._model.ids))
        if ids is not None:
            wanted = set(ids)
            places = [at for at in places if self._model.ids[at] in wanted]  # type: ignore[assignment]
        rows = [self._model.row_at(at) for at in places]
        return tuple(column.title for column in columns), [[column.text(row) for column in columns] for row in rows if row is not None]

    def _current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.isValid() and current.row() < len(self._model.ids):
            self.selected.emit(self._model.ids[current.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.current_id()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self.activated_id.emit(current)
        elif event.modifiers() == _SORTING and event.key() in _BY_KEY:
            self._sort_by_key(Qt.Key(event.key()))
        elif event.matches(QKeySequence.StandardKey.Copy):
            headers, rows = self.texts(self.selected_ids())
            QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in (headers, *rows)))
        else:
            super().keyPressEvent(event)
