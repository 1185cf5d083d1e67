"""Plans a choice day: day, name, place, picks each, and its time slots."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caringstreet.queries.choice_events import EventRow
from caringstreet.rules.refusals import RuleRefused
from caringstreet.services import choice_events as services
from caringstreet.services.choice_events import EventForm, PlannedEvent
from caringstreet.wording.refusals import refusal_text
from caringstreet.words import Words
from ui.drafts import PartKeeper
from ui.widgets.basics import RECORD_KEYS, button, card, clear, icon_button, label, row, shortcuts
from ui.widgets.day_line import TimeLine
from ui.widgets.fields import DayField
from ui.widgets.form import Form
from ui.widgets.inputs import kept_in, put_back_in
from ui.widgets.number_field import NumberField
from ui.widgets.page import Page
from ui.widgets.scrolling import Scrolling
from ui.widgets.text_field import TextField

_PICKS = 3
_MOST_PICKS = 12
_PLACES = 20
_APART = 30 * 60


class SlotsField(QWidget):
    """Times with their places; none where people come as they like."""

    def __init__(self, words: Words, slots: Sequence[tuple[str, int]]) -> None:
        super().__init__()
        self._words = words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._lines = QVBoxLayout()
        column.addLayout(self._lines)
        self.add_button = button(words.say("Add a time slot"), self.add, kind="quiet", picture="plus")
        column.addLayout(row(self.add_button, None))
        self.fields: list[tuple[TimeLine, NumberField]] = []
        for at, places in slots:
            self._line(time.fromisoformat(at), places)
        self.setFocusProxy(self.add_button)

    def slots(self) -> tuple[tuple[str, int], ...]:
        """("14:00", 20), in the order of the day; of two at one time the first counts."""
        found: dict[str, int] = {}
        for at, places in self.fields:
            hour = at.at()
            if hour is not None:
                found.setdefault(f"{hour:%H:%M}", places.value())
        return tuple(sorted(found.items()))

    def kept(self) -> Any:
        return [[at.text(), places.kept()] for at, places in self.fields]

    def put_back(self, kept: Any) -> None:
        """As many slots as were kept."""
        if not isinstance(kept, list):
            return
        while len(self.fields) > len(kept):
            self._remove(self.fields[-1][0])
        while len(self.fields) < len(kept):
            self._line(time(14, 0), _PLACES)
        for (at, places), (hour, count) in zip(self.fields, kept, strict=True):
            at.put_back(hour)
            places.put_back(count)

    def add(self) -> None:
        """One more, half an hour after the last, with as many places."""
        last = self.fields[-1] if self.fields else None
        before = last[0].at() if last else None
        at = _later(before) if before else time(14, 0)
        self._line(at, last[1].value() if last else _PLACES)
        self.fields[-1][0].setFocus()

    def _line(self, at: time, places: int) -> None:
        say = self._words.say
        hour, count = TimeLine(at), NumberField(1, 500, places)
        hour.setAccessibleName(say("Time"))
        count.setAccessibleName(say("Places"))
        remove = icon_button(say("Take out"), lambda: self._remove(hour), picture="x")
        self.fields.append((hour, count))
        self._lines.addLayout(row(hour, count, label(say("places"), "dim"), remove, None))

    def _remove(self, which: TimeLine) -> None:
        kept = [(at.at() or time(14, 0), places.value()) for at, places in self.fields if at is not which]
        self.fields = []
        clear(self._lines)
        for at, places in kept:
            self._line(at, places)
        self.add_button.setFocus()


def _later(at: time) -> time:
    return (datetime.combine(date(2026, 1, 1), at) + timedelta(seconds=_APART)).time()


class PlanCard(QWidget):
    """The form, for a new day or to change an open one."""

    def __init__(self, page: Page, *, saved: Callable[[int], None], left: Callable[[], None]) -> None:
        super().__init__()
        self._page, self._saved, self._left = page, saved, left
        self.words = page.words
        self._event_id: int | None = None
        self.keeper: PartKeeper | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        frame, self._body = card(margins=24)
        frame.setMaximumWidth(760)
        holder = QWidget()
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        outer.addStretch(1)
        column.addWidget(Scrolling(holder, sideways=False), 1)
        self.save_button = button(self.words.say("Save"), self.save, kind="primary", picture="check")
        column.addLayout(row(None, button(self.words.say("Cancel"), left), self.save_button))
        shortcuts(self, self.save, *RECORD_KEYS, "Ctrl+S")
        shortcuts(self, left, "Escape")
        self.begin(None)

    def begin(self, event: EventRow | None) -> None:
        """Fields of a new day, or of one that is there."""
        say = self.words.say
        clear(self._body)
        self._event_id = event.event_id if event else None
        self.form = Form()
        self.day = DayField(event.day if event else self._page.context.clock.today())
        self.day_name = TextField(event.name if event else say("Street store"))
        self.place = TextField(event.place if event else "")
        self.picks = NumberField(1, _MOST_PICKS, event.pick_limit if event else _PICKS)
        self.slots = SlotsField(self.words, event.slots if event else ())
        self._body.addWidget(label(say("Change the choice day") if event else say("Plan a choice day"), "heading"))
        for key, text, field, hint in (
            ("day", say("Day"), self.day, ""),
            ("name", say("Name of the day"), self.day_name, ""),
            ("place", say("Place"), self.place, ""),
            ("pick_limit", say("Picks for each visitor"), self.picks, say("Everybody may also take nothing; that is a normal answer.")),
            (
                "slots",
                say("Time slots"),
                self.slots,
                say("With times nobody need queue from the night before. Leave them out where people come as they like."),
            ),
        ):
            self.form.add(key, text, field, hint)
        self._body.addWidget(self.form)

    def open(self, event: EventRow | None) -> None:
        """Begin anew; what is typed from now on is kept until it is saved."""
        self.leave()
        self.begin(event)
        if self.keeper is not None:
            self.keeper.start()

    def leave(self) -> None:
        """The card is left; what was typed stays a draft."""
        if self.keeper is not None:
            self.keeper.end()

    def saved(self) -> None:
        """What was typed is written."""
        if self.keeper is not None:
            self.keeper.saved()

    def typed(self) -> Any:
        """The fields, and the day that they change."""
        return {"day": self._event_id, "form": kept_in(self.form)}

    def bring_back(self, typed: Any) -> None:
        """Put in what a draft kept of the fields."""
        put_back_in(self.form, typed)

    @property
    def is_new(self) -> bool:
        """Whether it plans a day that is not there yet."""
        return self._event_id is None

    def arrive(self) -> None:
        """Begin at the name, which is suggested."""
        self.day_name.setFocus()
        self.day_name.selectAll()

    def save(self) -> None:
        """Plan the day, or change it."""
        self.form.clear_refusals()
        form = EventForm(
            self.day.day() or self._page.context.clock.today(),
            self.day_name.text(),
            self.place.text(),
            self.picks.value(),
            self.slots.slots(),
        )
        if self._event_id is None:
            self._page.do(services.plan, form=form, done=self._done, refused=self._refused)
        else:
            self._page.do(services.change_plan, event_id=self._event_id, form=form, done=self._done, refused=self._refused)

    def _done(self, planned: PlannedEvent) -> None:
        self._page.context.status.say(self.words.say("{name} saved", name=self.day_name.text().strip()))
        self._saved(planned.event_id)

    def _refused(self, refused: RuleRefused) -> None:
        text = refusal_text(self.words, refused)
        if not self.form.refuse(refused.field, text):
            self._page.note.say(text, "warn")
