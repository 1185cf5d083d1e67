"""What neighbours wished for and have not received yet; what became of it."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from caringstreet.queries import needs
from caringstreet.queries.needs import NeedRow
from caringstreet.queries.visitors import Visitor
from caringstreet.rules.needs import NeedState
from caringstreet.services import needs as services
from caringstreet.wording.labels import label as named
from ui import theme
from ui.pages.goods_visitor import VisitorFinder, find
from ui.tables.widths import Widths
from ui.widgets.ask import ask_reason
from ui.widgets.basics import EmptyState, button, label
from ui.widgets.chips import Chips
from ui.widgets.flow import Flow
from ui.widgets.page import Page
from ui.widgets.scrolling import Stack
from ui.widgets.text_field import TextField

_OPEN, _ALL = "open", "all"
_NEED = Qt.ItemDataRole.UserRole
_TONES = {NeedState.NEW: "text", NeedState.DONE: "good", NeedState.UNMET: "warn", NeedState.WITHDRAWN: "dim"}


class NeedsList(QWidget):
    """One line a wish; buttons say what became of the selected one."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self.words = page, page.words
        self._for: Visitor | None = None
        say = self.words.say
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.chips = Chips([(_OPEN, say("Open needs")), (_ALL, say("All"))])
        self.chips.chosen.connect(lambda _: self.refresh())
        self.bar = QWidget()
        line = Flow(self.chips, None)
        line.setContentsMargins(0, 0, 0, 0)
        self.bar.setLayout(line)
        self.subject = TextField()
        self.subject.setPlaceholderText(say("A need in the person's own words, such as: ladies' shoes, size 38"))
        self.subject.setAccessibleName(say("Need"))
        self.subject.returnPressed.connect(self.note)
        self.whose = label("", "dim")
        self.finder = VisitorFinder(page.context, say("Whose? Number, name or card; or nobody named"))
        self.finder.found.connect(self._found)
        self.finder.nobody.connect(lambda: self._found(None))
        self.finder.missed.connect(lambda text: page.note.say(say("“{text}” fits no household.", text=text), "warn"))
        self.note_button = button(say("Note the need"), self.note, picture="plus")
        page.keep_part("need", say("Need"), self._typed, self._put_back, action="needs")
        noting = Flow(self.subject, self.finder, self.whose, self.note_button)
        column.addLayout(noting)
        self.table = self._make_table()
        self._places = Stack()
        self._places.addWidget(self.table)
        self._places.addWidget(
            EmptyState(
                "hand-helping",
                say("No open needs"),
                say(
                    "What a visitor needed and did not find is kept here as a need. So the next donation can be asked for by name, and nobody has to ask twice."
                ),
            )
        )
        column.addWidget(self._places, 1)
        self.met = button(say("Mark as met"), partial(self.settle, NeedState.DONE), kind="primary", picture="check")
        self.unmet = button(say("Could not be met…"), self.could_not, picture="x")
        self.withdrawn = button(say("Not needed"), partial(self.settle, NeedState.WITHDRAWN), picture="x")
        self.again = button(say("Open again"), partial(self.settle, NeedState.NEW), kind="quiet", picture="refresh-cw")
        column.addLayout(Flow(self.again, None, self.withdrawn, self.unmet, self.met))

    def _typed(self) -> Any:
        if not self.subject.text():
            return None
        return {"subject": self.subject.text(), "for": self._for.number if self._for else ""}

    def _put_back(self, typed: Any) -> None:
        visitor = next(iter(find(self._page.context, typed["for"])), None) if typed["for"] else None
        if visitor is not None:
            self._found(visitor)
        self.subject.put_back(typed["subject"])

    def _make_table(self) -> QTableWidget:
        say = self.words.say
        titles = (say("Need"), say("Household"), say("Day"), say("Noted at"), say("State"), say("Note"))
        table = _Table(0, len(titles))
        table.setHorizontalHeaderLabels(titles)
        table.setAccessibleName(say("Needs"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(36)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        Widths(table, (0, 1, 5), (3, 5))
        table.itemSelectionChanged.connect(self._show_buttons)
        table.settled = self.settle
        return table

    # What is shown --------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Load again; the selected wish stays selected."""
        words, before = self.words, self._one()
        open_only = self.chips.current() == _OPEN
        with self._page.context.database.reader() as reader:
            found = needs.rows(reader, open_only=open_only)
        self.table.blockSignals(True)
        self.table.setRowCount(len(found))
        for place, one in enumerate(found):
            who = f"{one.household} {one.display_name}".strip() or words.say("Nobody named")
            texts = (one.subject, who, words.date_short(one.day), one.event, named(words, one.state), one.note)
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setData(_NEED, one)
                if column == 4:
                    item.setForeground(QColor(getattr(theme.colors(), _TONES[one.state])))
                self.table.setItem(place, column, item)
        ids = [one.need_id for one in found]
        if found:
            self.table.selectRow(ids.index(before.need_id) if before and before.need_id in ids else 0)
        self.table.blockSignals(False)
        self._places.setCurrentIndex(0 if found else 1)
        self._show_buttons()

    def _one(self) -> NeedRow | None:
        item = self.table.item(self.table.currentRow(), 0)
        found: NeedRow | None = item.data(_NEED) if item is not None else None
        return found

    def _chosen(self) -> list[NeedRow]:
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        items = [self.table.item(place, 0) for place in rows]
        return [item.data(_NEED) for item in items if item is not None]

    def _show_buttons(self) -> None:
        states = {one.state for one in self._chosen()}
        for one in (self.met, self.unmet, self.withdrawn):
            one.setEnabled(states == {NeedState.NEW})
        self.again.setVisible(bool(states) and NeedState.NEW not in states)

    def arrive(self) -> None:
        """The list, or the field where there is none."""
        (self.table if self.table.rowCount() else self.subject).setFocus()

    # What is done ---------------------------------------------------------------------------------------------

    def _found(self, visitor: Visitor | None) -> None:
        self._for = visitor
        self.whose.setText(f"{visitor.number} {visitor.display_name}" if visitor else "")
        self.finder.field.clear()
        self.note_button.setFocus()

    def note(self) -> None:
        """Note a wish, with or without a household."""
        if not self.subject.text().strip():
            self._page.note.say(self.words.say("Please write what is needed."), "warn")
            self.subject.setFocus()
            return
        household_id = self._for.household_id if self._for else None
        day = self._page.context.clock.today()
        self._page.do(services.note, subject=self.subject.text(), day=day, household_id=household_id, done=lambda _: self._noted())

    def _noted(self) -> None:
        self.subject.clear()
        self._for = None
        self.whose.setText("")
        self.subject.setFocus()
        self._page.context.status.say(self.words.say("The need is noted"))

    def could_not(self) -> None:
        """Could not be met: why."""
        one, words = self._one(), self.words
        if one is None:
            return
        what = words.say("“{subject}” could not be met. Why?", subject=one.subject)
        reason = ask_reason(self, words, what, words.say("Could not be met"))
        if reason is not None:
            self.settle(NeedState.UNMET, reason)

    def settle(self, state: NeedState, note: str = "") -> None:
        """What became of the selected wish."""
        one = self._one()
        if one is None or one.state is state:
            return
        said = self.words.say("“{subject}”: {state}", subject=one.subject, state=named(self.words, state))
        self._page.do(
            services.settle,
            need_id=one.need_id,
            state=state,
            note=note,
            done=lambda _: self._page.undoable(said, services.settle, need_id=one.need_id, state=one.state, note=one.note),
        )


class _Table(QTableWidget):
    """Return says that the selected wish was met."""

    settled: object = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and callable(self.settled):
            self.settled(NeedState.DONE)
        else:
            super().keyPressEvent(event)
