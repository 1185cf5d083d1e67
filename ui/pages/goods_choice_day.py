"""The choice day of the hand-out page: which day, which step, and the figures that all steps share."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caringstreet.queries import choice_events
from caringstreet.queries.choice_events import EventRow
from ui.drafts import Put, Read
from ui.pages.goods_choice_closing import ClosingDesk
from ui.pages.goods_choice_figures import FiguresStrip
from ui.pages.goods_choice_plan import PlanCard
from ui.pages.goods_choice_shown import ShownDay, load
from ui.pages.goods_choice_tables import TablesDesk
from ui.pages.goods_choice_visit import VisitDesk
from ui.widgets.basics import EmptyState, button
from ui.widgets.chips import Chips
from ui.widgets.fields import ChoiceField
from ui.widgets.flow import Flow
from ui.widgets.inputs import passing
from ui.widgets.page import Page
from ui.widgets.scrolling import Stack

TABLES, VISITORS, CLOSING = "tables", "visitors", "closing"
_STEPS = (TABLES, VISITORS, CLOSING)
_EMPTY, _PLAN, _FIRST_STEP = 0, 1, 2


class ChoiceDay(QWidget):
    """Without a day it teaches how to plan one; with one it begins where the day stands."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self.words = page, page.words
        self.events: Sequence[EventRow] = ()
        self._day: ShownDay | None = None
        say = self.words.say
        self.chosen = ChoiceField([])
        passing(self.chosen)
        self.chosen.setAccessibleName(say("Choice day"))
        self.chosen.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.chosen.setFixedWidth(250)
        self.chosen.activated.connect(lambda _: self._choose(self.chosen.value()))
        self.change = button("", self._change, kind="quiet", picture="pencil")
        self.add = button("", self.plan, kind="quiet", picture="plus")
        for one, text in ((self.change, say("Change the plan of this day")), (self.add, say("Plan a choice day"))):
            one.setAccessibleName(text)
            one.setToolTip(text)
        self.steps = Chips([(TABLES, say("Tables")), (VISITORS, say("Visitors")), (CLOSING, say("Closing"))])
        self.steps.chosen.connect(lambda _: self._show_step(go=True))
        self.bar = QWidget()
        line = Flow(self.chosen, self.change, self.add, self.steps, None)
        line.setContentsMargins(0, 0, 0, 0)
        self.bar.setLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.figures = FiguresStrip(self.words)
        self.places = Stack()
        self.plan_card = PlanCard(page, saved=self._planned, left=self._left_plan)
        self.tables, self.closing = TablesDesk(page), ClosingDesk(page)
        self.visits = VisitDesk(page, set_up=lambda: self.open_step(TABLES))
        self.places.addWidget(self._make_empty())
        for part in (self.plan_card, self.tables, self.visits, self.closing):
            self.places.addWidget(part)
        column.addWidget(self.figures)
        column.addWidget(self.places, 1)
        self._keep(say)

    def _keep(self, say: Callable[[str], str]) -> None:
        """What is typed in each part, with the day it is for."""
        keep = partial(self._page.keep_part, action="choice")
        keep("tables", say("Tables"), self._of_day(self.tables.typed), self._on_day(TABLES, self.tables.bring_back))
        # What is typed in these belongs to their day, and is cleared for another.
        self._own = [
            keep("visitor", say("Visitors"), self._of_day(self.visits.typed), self._on_day(VISITORS, self.visits.bring_back)),
            keep("closing", say("Closing"), self._of_day(self.closing.typed), self._on_day(CLOSING, self.closing.bring_back)),
        ]
        plan = keep("plan", say("Plan a choice day"), self.plan_card.typed, self._plan_again, always=False)
        self.plan_card.keeper = plan

    def _of_day(self, read: Read) -> Read:
        def typed() -> Any:
            found = read()
            return None if found is None or self._day is None else {"day": self._day.event.event_id, "typed": found}

        return typed

    def _on_day(self, step: str, put: Put) -> Put:
        def back(kept: Any) -> None:
            event_id = kept["day"]
            if any(one.event_id == event_id for one in self.events):
                self.open_day(event_id)
                self.open_step(step)
                put(kept["typed"])

        return back

    def _plan_again(self, kept: Any) -> None:
        self._begin_plan(next((one for one in self.events if one.event_id == kept["day"]), None))
        self.plan_card.bring_back(kept["form"])

    def _make_empty(self) -> EmptyState:
        say = self.words.say
        self.begin_button = button(say("Plan a choice day"), self.plan, kind="primary", picture="plus")
        return EmptyState(
            "store",
            say("No choice day yet"),
            say(
                "On a choice day neighbours choose for themselves what they can use: things are laid out on tables, everybody takes a few, and taking nothing is a normal answer. Plan the day first, then set up its tables."
            ),
            self.begin_button,
        )

    # What is shown --------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Load again; what is chosen stays chosen."""
        before = self.chosen.value()
        with self._page.context.database.reader() as reader:
            self.events = choice_events.rows(reader)
            known = {one.event_id: one for one in self.events}
            event = known.get(before) or self._likely()
            day = load(reader, event) if event is not None else None
        self.chosen.clear()
        self.chosen._values = [one.event_id for one in self.events]
        self.chosen.addItems([self.name_of(one) for one in self.events])
        for one in (self.chosen, self.change, self.steps):
            one.setVisible(bool(self.events))
        self.change.setEnabled(event is not None and not event.closed)
        another = self._day is not None and (day is None or day.event.event_id != self._day.event.event_id)
        for keeper in self._own if another else ():
            keeper.end()
        self._day = day
        self.figures.show_figures(day.figures if day else None)
        if day is None:
            self.places.setCurrentIndex(_PLAN if self.places.currentIndex() == _PLAN else _EMPTY)
        else:
            self.chosen.choose(day.event.event_id)
            if before != day.event.event_id:
                self.steps.choose(CLOSING if day.event.closed else VISITORS if day.tables else TABLES)
            if self.places.currentIndex() != _PLAN:
                self._show_step()
        self._show_figures()
        for keeper in self._own if another else ():
            keeper.start()

    def _likely(self) -> EventRow | None:
        """Today's open day, else the next one, else the last one that was."""
        today = self._page.context.clock.today()
        ahead = [one for one in self.events if one.day >= today and not one.closed]
        return min(ahead, key=lambda one: one.day) if ahead else next(iter(self.events), None)

    def name_of(self, one: EventRow) -> str:
        """The day as the choice shows it."""
        closed = self.words.say("closed") if one.closed else ""
        return " · ".join(part for part in (self.words.date_short(one.day), one.name, closed) if part)

    def _choose(self, event_id: int) -> None:
        self._left_plan()
        self.refresh()
        current = self.event_row()
        if current is not None:
            self.steps.choose(CLOSING if current.closed else self.steps.current())
        self._show_step(go=True)

    def open_day(self, event_id: int) -> None:
        """Show the day with this id; a plan that was begun is left."""
        if any(one.event_id == event_id for one in self.events):
            self.chosen.choose(event_id)
            self._choose(event_id)

    def event_row(self) -> EventRow | None:
        """The day that is chosen."""
        return next((one for one in self.events if one.event_id == self.chosen.value()), None)

    def _show_step(self, *, go: bool = False) -> None:
        part = (self.tables, self.visits, self.closing)[_STEPS.index(self.steps.current())]
        if self._day is not None:
            # The stock and its photos are read only for the step in view.
            part.show_day(self._day)
        self.places.setCurrentWidget(part)
        self._show_figures()
        if go:
            self.arrive()

    def _show_figures(self) -> None:
        self.figures.setVisible(self.places.currentIndex() >= _FIRST_STEP)

    def arrive(self) -> None:
        """The keyboard goes into the part in view."""
        part = self.places.currentWidget()
        if isinstance(part, TablesDesk | VisitDesk | ClosingDesk | PlanCard):
            part.arrive()
        else:
            self.begin_button.setFocus()

    def open_step(self, step: str) -> None:
        """Go to a step of the day."""
        if self.events:
            self.steps.choose(step)
            self._show_step(go=True)

    # Planning -------------------------------------------------------------------------------------------------

    def plan(self) -> None:
        """Begin the plan of a new day."""
        self._begin_plan(None)

    def _change(self) -> None:
        self._begin_plan(self.event_row())

    def _begin_plan(self, event: EventRow | None) -> None:
        self.plan_card.open(event)
        self.places.setCurrentIndex(_PLAN)
        self._show_figures()
        self.plan_card.arrive()

    def _planned(self, event_id: int) -> None:
        self.plan_card.saved()
        self.places.setCurrentIndex(_EMPTY)
        self.chosen.choose(event_id)
        if self.plan_card.is_new:
            self.steps.choose(TABLES)
        self.refresh()
        self.arrive()

    def _left_plan(self) -> None:
        self.plan_card.leave()
        self.places.setCurrentIndex(_EMPTY)
        self.refresh()

    # What the page passes on ----------------------------------------------------------------------------------

    def take_code(self, text: str) -> bool:
        """A card or a voucher, while visitors come."""
        if self.places.currentWidget() is not self.visits or not self.visits.isEnabled():
            return False
        return self.visits.take_code(text)

    def undo(self) -> bool:
        """The last pick of a visitor who is not recorded yet."""
        return self.places.currentWidget() is self.visits and self.visits.undo()
