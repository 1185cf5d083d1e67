"""Hand-out of a whole list on one page: a tick for each household that came."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from caringstreet.queries import hand_out
from caringstreet.queries.hand_out import HandOutRow
from caringstreet.rules.changes import Changed
from caringstreet.rules.texts import fold
from caringstreet.rules.vouchers import HandedTo
from caringstreet.scanned import Subject, scan
from caringstreet.services import vouchers as voucher_services
from caringstreet.services.vouchers import ChangedVouchers
from ui.context import Context, Target
from ui.tables.hand_out_table import HandOutModel, HandOutTable
from ui.widgets.basics import RECORD_KEYS, EmptyState, button, label, shortcuts
from ui.widgets.fields import ChoiceField, DayField, SearchField
from ui.widgets.flow import Flow
from ui.widgets.inputs import passing
from ui.widgets.page import Page
from ui.widgets.scrolling import Stack


class _Filter(ChoiceField):
    """All, or one of what there is now."""

    def __init__(self, name: str) -> None:
        super().__init__([])
        passing(self)
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)


class HandOutPage(Page):
    """Everyone whose vouchers are made and whose first day has come."""

    name = "hand_out"
    shows = frozenset({Changed.VOUCHERS, Changed.HOUSEHOLDS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.words.say
        self._all: list[HandOutRow] = []
        self.search = SearchField(say("Number, name, street"))
        self.search.setMinimumWidth(220)
        self.search.searched.connect(lambda _: self._show())
        self.planned, self.street = _Filter(say("Planned for")), _Filter(say("Street"))
        for choice in (self.planned, self.street):
            choice.activated.connect(lambda _: self._show())
        self.day = DayField(context.clock.today())
        self.day.name_for_readers(say("Handed out on"))
        self.all_button = button(say("Tick all"), self._tick_all, picture="list-checks")
        self.found = label("", "dim")
        self.column.addLayout(
            Flow(self.search, self.planned, self.street, self.all_button, self.found, None, label(say("Handed out on")), self.day)
        )
        self.model = HandOutModel(self.words)
        self.model.ticked_changed.connect(self._show_count)
        self.table = HandOutTable(self.model, self.words)
        self.table.setAccessibleName(say("Hand out"))
        self._places = Stack()
        self._places.addWidget(self.table)
        self._places.addWidget(self._empty_state())
        self.column.addWidget(self._places, 1)
        self.warning = label("", "warn")
        self.print_button = button(say("Print"), self.print_, kind="quiet", picture="printer")
        self.record_button = button(say("Record hand-out"), self.record, kind="primary", picture="check")
        self.column.addLayout(Flow(self.warning, self.print_button, None, self.record_button))
        shortcuts(self, self.record, *RECORD_KEYS)
        self.keep_part("ticks", self.title(), self._typed, self._put_back)

    def _empty_state(self) -> EmptyState:
        say = self.words.say
        return EmptyState(
            "hand-helping",
            say("Nothing waits to be handed out"),
            say("Vouchers appear here once they are issued and their first day has come. Issue and print them first."),
            button(say("Issue vouchers"), lambda: self.go_to("issue"), kind="primary", picture="plus"),
        )

    def title(self) -> str:
        return self.words.say("Hand out")

    def help_text(self) -> str:
        return self.words.say(
            "Tick every household that has taken its vouchers, choose who took them, and record once for all. Space ticks the selected rows, Enter chooses who took them. No identity document is asked. Scanning a voucher ticks its household."
        )

    # What is shown --------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        with self.context.database.reader() as reader:
            self._all = hand_out.waiting(reader, self.context.clock.today())
        self.model.ticked &= {one.key for one in self._all}
        words = self.words
        days = sorted({one.planned_on for one in self._all})
        streets = sorted({one.street for one in self._all if one.street})
        self.planned.offer([(None, words.say("All days")), *((day, words.date_short(day)) for day in days)])
        self.street.offer([(None, words.say("All streets")), *((street, street) for street in streets)])
        self._places.setCurrentIndex(0 if self._all else 1)
        self._show()

    def _show(self) -> None:
        self.model.show_rows([one for one in self._all if self._is_wanted(one)])
        shown = len({one.household_id for one in self.model.rows})
        self.found.setText(self._households(shown))
        self._show_count()

    def _is_wanted(self, one: HandOutRow) -> bool:
        day, street = self.planned.value(), self.street.value()
        said = fold(f"{one.number} {one.display_name} {one.street}")
        return (
            day in (None, one.planned_on)
            and street in (None, one.street)
            and all(fold(word) in said for word in self.search.text().split())
        )

    def _ticked(self) -> list[HandOutRow]:
        return [one for one in self._all if one.key in self.model.ticked]

    def _show_count(self) -> None:
        words, ticked = self.words, self._ticked()
        hidden = len(ticked) - sum(1 for one in self.model.rows if one.key in self.model.ticked)
        unprinted = sum(one.unprinted for one in ticked)
        said = []
        if unprinted:
            said.append(words.say_count("{n} ticked voucher is not printed yet.", "{n} ticked vouchers are not printed yet.", unprinted))
        if hidden:
            said.append(words.say_count("{n} ticked row is not shown now.", "{n} ticked rows are not shown now.", hidden))
        self.warning.setText(" ".join(said))
        self.print_button.setVisible(bool(unprinted))
        self.record_button.setText(
            words.say(
                "Record hand-out: {households}, {vouchers}",
                households=self._households(len({one.household_id for one in ticked})),
                vouchers=self._vouchers(sum(len(one.voucher_ids) for one in ticked)),
            )
        )
        self.record_button.setEnabled(bool(ticked))
        self.all_button.setEnabled(bool(self.model.rows))

    def arrive(self) -> None:
        self.table.setFocus()

    def focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    # Ticks ----------------------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """Tick one household, by its id."""
        if isinstance(target.subject, int):
            mine = [one for one in self._all if one.household_id == target.subject]
            if mine:
                self._tick(mine)
            else:
                self.note.say(
                    self.words.say("This household has nothing to take now: its vouchers are handed out, or their first day has not come."),
                    "info",
                )

    def _tick(self, rows: Sequence[HandOutRow]) -> None:
        if not all(self._is_wanted(one) for one in rows):
            self.search.clear()
            self.planned.setCurrentIndex(0)
            self.street.setCurrentIndex(0)
            self._show()
        self.model.tick([one.key for one in rows], True)
        place = self.model.row_of(rows[0].key)
        if place is not None:
            self.table.go_to(place)

    def _typed(self) -> Any:
        """The ticks with who took them, and the day they are for."""
        if not self.model.ticked and self.day.day() == self.context.clock.today():
            return None
        ticks = [[household, planned.isoformat(), str(self.model.taker((household, planned)))] for household, planned in self.model.ticked]
        return {"ticks": sorted(ticks), "day": self.day.kept()}

    def _put_back(self, typed: Any) -> None:
        """Tick those again that still wait."""
        here = {one.key for one in self._all}
        kept = {(household, date.fromisoformat(planned)): HandedTo(taker) for household, planned, taker in typed["ticks"]}
        self.model.takers.update((key, taker) for key, taker in kept.items() if key in here)
        self.model.tick([key for key in kept if key in here], True)
        self.day.put_back(typed["day"])

    def _tick_all(self) -> None:
        keys = [one.key for one in self.model.rows]
        self.model.tick(keys, not all(key in self.model.ticked for key in keys))

    def take_code(self, text: str) -> bool:
        """A scanned voucher or household card ticks what waits of it; one that waits for nothing is left to the window."""
        found = scan(self.context.street, text)
        if found is None or found.subject_id is None:
            return False
        if found.subject is Subject.VOUCHER:
            here = [one for one in self._all if found.subject_id in one.voucher_ids]
        else:
            here = [one for one in self._all if found.subject is Subject.HOUSEHOLD and one.household_id == found.subject_id]
        if here:
            self._tick(here)
        return bool(here)

    # Recording ------------------------------------------------------------------------------------------------

    def print_(self) -> None:
        ids = tuple(voucher for one in self._ticked() or self.model.rows for voucher in one.voucher_ids)
        self.go_to("print", ids, "ids") if ids else self.go_to("print")

    def record(self) -> None:
        """Record all that is ticked: one action for each taker, since each is a fact of its own."""
        ticked = self._ticked()
        by_taker: dict[HandedTo, list[int]] = {}
        for one in ticked:
            by_taker.setdefault(self.model.taker(one.key), []).extend(one.voucher_ids)
        if ticked:
            households = len({one.household_id for one in ticked})
            self._record_next(list(by_taker.items()), households, ())

    def _record_next(self, waiting: list[tuple[HandedTo, list[int]]], households: int, done: tuple[int, ...]) -> None:
        """The next taker's vouchers, after those that went well; the way back covers all of them."""
        if not waiting:
            self._recorded(households, done)
            return
        (taker, ids), *rest = waiting

        def went_well(changed: ChangedVouchers) -> None:
            self._record_next(rest, households, (*done, *changed.voucher_ids))

        day = self.day.day() or self.context.clock.today()
        self.do(voucher_services.hand_out, voucher_ids=ids, day=day, to=taker, done=went_well)

    def _households(self, n: int) -> str:
        return self.words.say_count("{n} household", "{n} households", n)

    def _vouchers(self, n: int) -> str:
        return self.words.say_count("{n} voucher", "{n} vouchers", n)

    def _recorded(self, households: int, ids: tuple[int, ...]) -> None:
        self.model.takers.clear()
        said = self.words.say(
            "Handed out to {households}, {vouchers}", households=self._households(households), vouchers=self._vouchers(len(ids))
        )
        if ids:
            self.undoable(said, voucher_services.undo_hand_out, voucher_ids=ids)
        else:
            self.context.status.say(said)
