"""Ends a choice day: what is recycled of what is left; all else goes back into the stock."""

from typing import Any

from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from caringstreet.rules.quantities import plain_quantity
from caringstreet.services import choice_events as services
from caringstreet.services.choice_events import ClosedEvent
from caringstreet.wording.goods import amount
from ui.pages.goods_choice_figures import sentence
from ui.pages.goods_choice_shown import ShownDay
from ui.widgets.ask import ask, ask_reason
from ui.widgets.basics import RECORD_KEYS, button, card, clear, label, row, shortcuts
from ui.widgets.page import Page
from ui.widgets.quantity_field import QuantityField


class ClosingDesk(QWidget):
    """A line for each lot that is left; the sentence says live what it comes to."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self.words = page, page.words
        self._day: ShownDay | None = None
        self.fields: dict[int, QuantityField] = {}
        say = self.words.say
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        frame, inner = card()
        self.title = label("", "dim", wrap=True)
        self.said = label("", "heading", wrap=True)
        inner.addWidget(self.title)
        inner.addWidget(self.said)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        holder = QWidget()
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setColumnStretch(0, 1)
        outer.addLayout(self._grid)
        outer.addStretch(1)
        scroll.setWidget(holder)
        inner.addWidget(scroll, 1)
        self.close_button = button(say("Close the choice day…"), self.close_day, kind="primary", picture="check")
        self.reopen_button = button(say("Open it again…"), self.reopen, picture="folder-open")
        inner.addLayout(row(None, self.reopen_button, self.close_button))
        column.addWidget(frame, 1)
        shortcuts(self, self.close_day, *RECORD_KEYS)

    def show_day(self, day: ShownDay) -> None:
        """What is left of a day; what was typed for it stays."""
        words, say = self.words, self.words.say
        same = self._day is not None and self._day.event.event_id == day.event.event_id
        typed = {lot_id: field.text() for lot_id, field in self.fields.items()} if same else {}
        self._day = day
        clear(self._grid)
        self.fields = {}
        closed = day.event.closed
        for column, text in enumerate((say("Item"), say("Still there"), say("Recycled"))):
            self._grid.addWidget(label(text, "dim"), 0, column)
        lots = [one for one in day.tables if one.on_table > 0 or one.recycled > 0]
        for place, one in enumerate(lots, 1):
            name = " · ".join(part for part in (one.item, one.size, one.condition) if part)
            self._grid.addWidget(label(name), place, 0)
            self._grid.addWidget(label(amount(words, one.on_table + one.recycled, one.unit)), place, 1)
            if closed:
                self._grid.addWidget(label(amount(words, one.recycled, one.unit)), place, 2)
                continue
            field = QuantityField(0)
            field.setAccessibleName(say("Recycled of {item}", item=name))
            field.setText(typed.get(one.lot_id, "0"))
            field.textChanged.connect(lambda _: self._show_sentence())
            self.fields[one.lot_id] = field
            self._grid.addWidget(field, place, 2)
        self.title.setText(
            say("This choice day is closed.") if closed else say("How much of it is recycled? What is left stays in the stock.")
        )
        self.close_button.setVisible(not closed)
        self.reopen_button.setVisible(closed)
        self._show_sentence()

    def typed(self) -> Any:
        """The numbers that are typed."""
        return {str(lot): field.text() for lot, field in self.fields.items() if field.text()} or None

    def bring_back(self, typed: Any) -> None:
        """Put in what a draft kept, as far as it is still on the tables."""
        for lot, field in self.fields.items():
            field.put_back(typed.get(str(lot)))

    def arrive(self) -> None:
        """The first number."""
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.setFocus()
            first.selectAll()
        else:
            (self.reopen_button if self.reopen_button.isVisible() else self.close_button).setFocus()

    def _recycled(self) -> dict[int, int] | None:
        found = {lot_id: field.quantity() for lot_id, field in self.fields.items()}
        return None if None in found.values() else {lot_id: number or 0 for lot_id, number in found.items()}

    def _show_sentence(self) -> None:
        if self._day is None:
            return
        recycled = self._recycled()
        if self._day.event.closed:
            self.said.setText(sentence(self.words, self._day.figures, self._day.figures.recycled))
        elif recycled is None:
            self.said.setText(self.words.say("One of the numbers cannot be read. Write it such as 3 or 6.5."))
        else:
            self.said.setText(sentence(self.words, self._day.figures, sum(recycled.values())))
        self.close_button.setEnabled(recycled is not None)

    def close_day(self) -> None:
        """Close, after a question in figures."""
        recycled = self._recycled()
        if self._day is None or self._day.event.closed or recycled is None:
            return
        words = self.words
        if ask(self, words, sentence(words, self._day.figures, sum(recycled.values())), words.say("Close the choice day")):
            self._page.do(services.close, event_id=self._day.event.event_id, recycled=recycled, done=self._closed)

    def _closed(self, done: ClosedEvent) -> None:
        said = self.words.say("The choice day is closed; {recycled} recycled", recycled=plain_quantity(done.recycled))
        reason = self.words.say("Closed by mistake")
        self._page.undoable(said, services.reopen, event_id=done.event_id, reason=reason)

    def reopen(self) -> None:
        """Open a closed day again, with a reason."""
        if self._day is None:
            return
        words = self.words
        what = words.say("Open this choice day again. What was recycled at its end is on the tables again.")
        reason = ask_reason(self, words, what, words.say("Open it again"))
        if reason is not None:
            self._page.do(services.reopen, event_id=self._day.event.event_id, reason=reason)
