"""Hand-out of a whole list on one page: a tick for each household that came."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QScrollArea, QWidget

from caringstreet.labels import label as named
from caringstreet.queries import hand_out
from caringstreet.queries import vouchers as voucher_queries
from caringstreet.queries.hand_out import HandOutRow
from caringstreet.rules.changes import Changed
from caringstreet.rules.vouchers import HandedTo
from caringstreet.scanning.attempts import attempts
from caringstreet.services import vouchers as voucher_services
from ui.context import Context, Target
from ui.widgets.basics import EmptyState, badge, button, card, label, row
from ui.widgets.fields import ChoiceField, DayField, SearchField
from ui.widgets.page import Page


class HandOutPage(Page):
    """Everyone whose vouchers are made and whose first day has come."""

    name = "hand_out"
    shows = frozenset({Changed.VOUCHERS, Changed.HOUSEHOLDS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.words.say
        self.search = SearchField(say("Number, name, street"))
        self.search.searched.connect(lambda _: self.refresh())
        self.day = DayField(context.clock.today())
        self.day.name_for_readers(say("Handed out on"))
        self.all_button = button(say("Tick all"), self._tick_all, picture="list-checks")
        self.column.addLayout(row(self.search, self.all_button, None, label(say("Handed out on")), self.day))
        frame, inner = card(margins=14)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner.addWidget(self._scroll)
        self.column.addWidget(frame, 1)
        self.record_button = button(say("Record hand-out"), self._record, kind="primary", picture="check")
        self.column.addLayout(row(None, self.record_button))
        self.ticks: dict[int, QCheckBox] = {}
        self._takers: dict[int, ChoiceField] = {}
        self._rows: dict[int, HandOutRow] = {}
        self._ticked: set[int] = set()

    def title(self) -> str:
        return self.words.say("Hand out")

    def help_text(self) -> str:
        return self.words.say("Tick every household that has taken its vouchers, choose who took them, and record once for all. No identity document is asked. Scanning a voucher ticks its household.")

    def refresh(self) -> None:
        words, say = self.words, self.words.say
        with self.context.database.reader() as reader:
            rows = hand_out.waiting(reader, self.context.clock.today(), self.search.text())
        self._rows = {one.household_id: one for one in rows}
        self.ticks, self._takers = {}, {}
        if not rows and not self.search.text():
            empty = EmptyState("hand-helping", say("Nothing waits to be handed out"), say("Vouchers appear here once they are made and their first day has come. Issue and print them first."), button(say("Issue vouchers"), lambda: self.go_to("issue"), kind="primary"))
            self._scroll.setWidget(empty)
            self._show_count()
            return
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        for place, text in enumerate(("", say("Household"), say("Name"), say("Street"), say("Vouchers"), say("Day"), "", say("Who took them"))):
            grid.addWidget(label(text, "dim"), 0, place)
        for number, one in enumerate(rows, 1):
            tick = QCheckBox()
            tick.setAccessibleName(f"{one.number} {one.display_name}")
            tick.setChecked(one.household_id in self._ticked)
            tick.toggled.connect(lambda on, here=one.household_id: self._toggled(here, on))
            self.ticks[one.household_id] = tick
            taker = ChoiceField([(to, named(words, to)) for to in HandedTo])
            taker.setAccessibleName(" ".join((say("Who took them"), one.number)))
            self._takers[one.household_id] = taker
            grid.addWidget(tick, number, 0)
            for place, text in ((1, one.number), (2, one.display_name), (3, one.street), (4, str(len(one.voucher_ids))), (5, words.date_short(one.first_day))):
                grid.addWidget(label(text), number, place)
            if one.unprinted:
                grid.addWidget(badge(say("not printed"), "warn"), number, 6)
            grid.addWidget(taker, number, 7)
        grid.setRowStretch(len(rows) + 1, 1)
        clearing = self._scroll.takeWidget()
        if clearing is not None:
            clearing.deleteLater()
        self._scroll.setWidget(holder)
        self._show_count()

    def open(self, target: Target) -> None:
        if isinstance(target.subject, int) and target.subject in self.ticks:
            self._ticked = set()
            self.ticks[target.subject].setChecked(True)
            self.ticks[target.subject].setFocus()
            self._scroll.ensureWidgetVisible(self.ticks[target.subject])

    def _toggled(self, household_id: int, on: bool) -> None:
        (self._ticked.add if on else self._ticked.discard)(household_id)
        self._show_count()

    def _tick_all(self) -> None:
        on = not all(tick.isChecked() for tick in self.ticks.values())
        for tick in self.ticks.values():
            tick.setChecked(on)

    def _show_count(self) -> None:
        self._ticked &= set(self._rows)
        vouchers = sum(len(self._rows[one].voucher_ids) for one in self._ticked)
        self.record_button.setText(self.words.say("Record hand-out: {households} households, {vouchers} vouchers", households=len(self._ticked), vouchers=vouchers))
        self.record_button.setEnabled(bool(self._ticked))
        self.all_button.setEnabled(bool(self.ticks))

    def take_code(self, text: str) -> bool:
        """A scanned voucher ticks its household."""
        attempt = attempts([text], self.context.street.verifier, practice=self.context.street.practice)[0]
        if attempt.serial is None:
            return False
        with self.context.database.reader() as reader:
            voucher = voucher_queries.id_of_code(reader, attempt.serial)
        here = next((one.household_id for one in self._rows.values() if voucher in one.voucher_ids), None)
        if here is None:
            return False
        self.ticks[here].setChecked(True)
        self._scroll.ensureWidgetVisible(self.ticks[here])
        return True

    def _record(self) -> None:
        """One action for each taker, since each is one fact of its own."""
        by_taker: dict[HandedTo, list[int]] = {}
        for one in sorted(self._ticked):
            by_taker.setdefault(self._takers[one].value(), []).extend(self._rows[one].voucher_ids)
        count = len(self._ticked)
        self._ticked = set()
        done_ids: list[int] = []
        for taker, ids in by_taker.items():
            done_ids += ids
            self.do(
                voucher_services.hand_out,
                voucher_ids=ids,
                day=self.day.day() or self.context.clock.today(),
                to=taker,
                done=partial(self._recorded, count, tuple(done_ids)),
            )

    def _recorded(self, count: int, ids: tuple[int, ...], done: voucher_services.ChangedVouchers) -> None:
        self.undoable(
            self.words.say("Handed out to {households} households, {vouchers} vouchers", households=count, vouchers=len(ids)),
            voucher_services.undo_hand_out,
            voucher_ids=ids,
        )
