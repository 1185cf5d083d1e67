"""A page with a list on the left and the selected one on the right."""

from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from caringstreet.exchange.export import SheetOut, write_xlsx
from ui.context import Context
from ui.tables.id_table import Column, Ids, IdTable
from ui.widgets.basics import button, card, clear, label, row
from ui.widgets.by_keyboard import keyboard_fields
from ui.widgets.chips import Chips
from ui.widgets.fields import SearchField
from ui.widgets.files import XLSX, ask_to_save
from ui.widgets.flow import Flow
from ui.widgets.page import Page
from ui.widgets.scrolling import Stack
from ui.widgets.side_panel import SidePanel


class ListPage(Page):
    """The parts that lists share; a subclass finds ids, fetches rows, and fills the panel."""

    def __init__(
        self, context: Context, *, search: str, chips: list[tuple[str, str]], columns: Sequence[Column], panel_width: int = 400
    ) -> None:
        super().__init__(context)
        self.search = SearchField(search)
        self.search.setMinimumWidth(150)
        self.chips = Chips(chips)
        self._has_chips = bool(chips)
        #: The ids behind a figure that was clicked; the list then holds nothing else, and the chips are away.
        self.only: tuple[int, ...] = ()
        self.all_again = button(self.words.say("Show all"), self._show_all, kind="quiet", picture="x")
        self.all_again.hide()
        self.all_again.setParent(self)
        self.export_button = button(self.words.say("Export…"), self._export, kind="quiet", picture="download")
        self.columns_button = button(self.words.say("Columns"), self._choose_columns, kind="quiet", picture="ellipsis")
        self.columns_button.setText("")
        self.columns_button.setAccessibleName(self.words.say("Columns"))
        self.columns_button.setToolTip(self.words.say("Columns"))
        self.export_button.setText("")
        self.export_button.setToolTip(self.words.say("Export…"))
        self.bar = Flow(self.search, self.chips, None, self.columns_button, self.export_button, spacing=6)
        self.column.addLayout(self.bar)
        self.table = IdTable(self.name, columns, self.fetch, context.preferences)
        self.table.setAccessibleName(self.title())
        self.table.selected.connect(self._selected)
        self.table.sorted_by.connect(lambda key, down: self.find_again())
        self.table.activated_id.connect(self._activated)
        self.search.searched.connect(lambda text: self.find_again())
        self.chips.chosen.connect(lambda key: self.find_again())
        self._places = Stack()
        self._places.addWidget(self.table)
        self._empty: QWidget | None = None
        self._counted: Mapping[str, int] = {}
        frame, back = self._make_panel(panel_width)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._places, 1)
        line.addWidget(frame)
        self.column.addLayout(line, 1)
        self.side = SidePanel(self, frame, self._places, line, back)
        self.side.closed.connect(lambda: self.table.setFocus())
        self.table.clicked.connect(lambda _: self.side.open())
        # Walking down a list with the arrow keys should not load each panel on the way.
        self._soon = QTimer(self, singleShot=True, interval=40)
        self._soon.timeout.connect(self.refresh_panel)

    def _make_panel(self, width: int) -> tuple[QFrame, QPushButton]:
        """The right side, and the button that leaves it where it lies over the list."""
        frame, holder = card(margins=0)
        holder.setContentsMargins(2, 6, 2, 6)
        self._panel_scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # The arrow keys scroll it where there is more than fits.
        scroll.verticalScrollBar().rangeChanged.connect(
            lambda low, high: scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus if high > low else Qt.FocusPolicy.NoFocus)
        )
        inner = QWidget()
        self.panel = QVBoxLayout(inner)
        self.panel.setContentsMargins(16, 8, 14, 8)
        self.panel.setSpacing(8)
        scroll.setWidget(inner)
        holder.addWidget(scroll)
        self.action_rows = QVBoxLayout()
        self.action_rows.setContentsMargins(14, 0, 14, 6)
        holder.addLayout(self.action_rows)
        frame.setFixedWidth(width)
        back = button(self.words.say("Back to the list"), lambda: None, kind="quiet", picture="arrow-left")
        holder.insertLayout(0, row(back, None))
        return frame, back

    # What a list is -------------------------------------------------------------------------------------------

    def find_ids(self) -> Ids:
        """The ids of the list as it is filtered and sorted."""
        raise NotImplementedError

    def fetch(self, ids: Ids) -> Mapping[int, Any]:
        """The rows of some ids."""
        raise NotImplementedError

    def counts(self) -> Mapping[str, int]:
        """The numbers on the chips."""
        return {}

    def fill(self, subject_id: int) -> None:
        """Put the selected one into the panel."""
        raise NotImplementedError

    def empty_state(self) -> QWidget:
        """What to show where there is nothing at all yet."""
        raise NotImplementedError

    def activated(self, subject_id: int) -> None:
        """Return or a double click on a row."""

    # How it works ---------------------------------------------------------------------------------------------

    def refresh(self, keep: int | None = None) -> None:
        self._counted = self.counts()
        for key, number in self._counted.items():
            self.chips.count(key, number)
        self.find_again(keep)

    def find_again(self, keep: int | None = None) -> None:
        """Show the list in another order or view; the numbers on the chips do not hang on these."""
        ids = self.find_ids()
        self.all_again.setVisible(bool(self.only))
        self.chips.setVisible(self._has_chips and not self.only)
        nothing = not len(ids) and not self.search.text() and not any(self._counted.values())
        if self._empty is not None:
            self._places.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None
        if nothing:
            self._empty = self.empty_state()
            self._places.addWidget(self._empty)
            self._places.setCurrentWidget(self._empty)
        else:
            self._places.setCurrentWidget(self.table)
        self.side.offer(there=not nothing)
        self.table.show_ids(ids, keep)
        if keep is not None:
            self.side.open()
        self.refresh_panel()

    def narrowed(self, ids: Ids) -> Ids:
        """Of these ids the ones behind the figure that was clicked, or all."""
        if not self.only:
            return ids
        wanted = set(self.only)
        return array("q", (one for one in ids if one in wanted))

    def show_only(self, ids: Sequence[int]) -> None:
        """Hold nothing but these, whatever their state, until somebody asks for all."""
        self.only = tuple(ids)
        self.search.clear()
        self.refresh()

    def _show_all(self) -> None:
        self.only = ()
        self.refresh()

    def _activated(self, subject_id: int) -> None:
        """Return first opens the panel where it waits."""
        if not self.side.waits:
            self.activated(subject_id)
            return
        self.refresh_panel()
        self.side.open()
        first = [one for one in (*keyboard_fields(self.panel), *keyboard_fields(self.action_rows)) if one.isEnabled()]
        if first:
            first[0].setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.column.activate()
        self.side.fit(self.window().width())

    def _selected(self, subject_id: int) -> None:
        self._soon.start()

    def refresh_panel(self) -> None:
        """Fill the panel with what is selected now."""
        self._soon.stop()
        clear(self.panel)
        clear(self.action_rows)
        current = self.table.current_id()
        if current is None:
            said = self.words.say("Nothing fits the search. Clear it to see all.") if self.search.text() else ""
            self.panel.addWidget(label(said, "dim", wrap=True))
        else:
            self.fill(current)
        self.panel.addStretch(1)

    def facts(self, lines: Sequence[tuple[str, str]]) -> None:
        """Lines of a name and a value; empty values are left out."""
        holder = QWidget()
        form = QFormLayout(holder)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(5)
        for name, value in lines:
            if value:
                form.addRow(label(name, "dim"), label(value, wrap=True, selectable=True))
        self.panel.addWidget(holder)

    def heading(self, text: str, right: str = "") -> None:
        """A heading within the panel."""
        self.panel.addSpacing(4)
        self.panel.addLayout(row(label(text, "heading"), None, label(right, "dim")))

    def buttons(self, *buttons: QPushButton, across: int = 3) -> None:
        """Actions at the foot of the panel, in rows."""
        for start in range(0, len(buttons), across):
            self.action_rows.addLayout(row(*buttons[start : start + across]))

    def arrive(self) -> None:
        if self._empty is None:
            self.table.setFocus()
        else:
            # Nothing to look through yet: the first step is what the keyboard offers.
            layout = self._empty.layout()
            first = keyboard_fields(layout) if layout is not None else []
            (first[0] if first else self.search).setFocus(Qt.FocusReason.TabFocusReason)

    def focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _choose_columns(self) -> None:
        self.table.column_menu().popup(self.columns_button.mapToGlobal(self.columns_button.rect().bottomLeft()))

    def _export(self) -> None:
        suggested = f"{self.title()}-{self.context.clock.today().isoformat()}.xlsx"
        chosen = ask_to_save(self, self.words, self.words.say("Export…"), suggested, XLSX)
        if chosen:
            self.export_to(chosen)

    def export_to(self, path: Path) -> None:
        """Write what the list shows, its visible columns in their order."""
        headers, rows = self.table.texts()
        title = self.title()
        self.context.runner.work(
            lambda progress: write_xlsx(path, [SheetOut(title, headers, rows)]),
            owner=self,
            done=lambda _: self.context.status.say(self.words.say("Exported to {path}", path=path)),
            label=self.words.say("Exporting"),
        )
