"""Vouchers: the list of a month, the story of each, and everything done with them."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from caringstreet.papers.voucher_sheets import qr_text
from caringstreet.queries import sheets, voucher_detail
from caringstreet.queries import vouchers as queries
from caringstreet.queries.vouchers import VoucherFilter
from caringstreet.rules.changes import Changed
from caringstreet.rules.codes import pretty
from caringstreet.rules.months import Month
from caringstreet.rules.vouchers import VoucherState
from caringstreet.scanned import Subject, scan
from caringstreet.services import vouchers as services
from caringstreet.services.vouchers import ChangedVouchers, ReplacedVoucher
from caringstreet.words import mark
from ui.context import Context, Target
from ui.dialogs.hand_out_dialog import ask_hand_out
from ui.pages.voucher_story import VoucherStory
from ui.tables.id_table import Ids
from ui.tables.vouchers_table import columns
from ui.widgets.ask import ask_reason
from ui.widgets.basics import EmptyState, button, label, row
from ui.widgets.list_page import ListPage
from ui.widgets.page import Page

_STATES = (VoucherState.MADE, VoucherState.HANDED_OUT, VoucherState.REDEEMED, VoucherState.EXPIRED)
_CHIPS = (
    ("all", mark("All")),
    (VoucherState.MADE.value, mark("Issued")),
    (VoucherState.HANDED_OUT.value, mark("Handed out")),
    (VoucherState.REDEEMED.value, mark("Redeemed")),
    (VoucherState.EXPIRED.value, mark("Expired")),
    ("ended", mark("Out of use")),
    ("reprint", mark("Reprint due")),
)
#: action, word, picture; in the order of the buttons
_ACTIONS = (
    ("hand_out", mark("Hand out"), "hand-helping"),
    ("print", mark("Print"), "printer"),
    ("replace", mark("Replace lost"), "refresh-cw"),
    ("take_back", mark("Give back"), "arrow-left"),
    ("withdraw", mark("Void"), "x"),
    ("undo_hand_out", mark("Not handed out"), "arrow-left"),
)
_OPEN_ACTIONS = ("print", "replace", "take_back", "withdraw")


class VouchersPage(ListPage):
    """The vouchers of the month in view; a scan opens the voucher that was scanned."""

    name = "vouchers"
    shows = frozenset({Changed.VOUCHERS, Changed.EVIDENCE, Changed.HOUSEHOLDS, Changed.OFFERS, Changed.SHOPS})
    follows_month = True

    def __init__(self, context: Context) -> None:
        words = context.words
        super().__init__(
            context,
            search=words.say("Code, household, shop or offer"),
            chips=[(key, words.say(name)) for key, name in _CHIPS],
            columns=columns(words),
            panel_width=390,
        )
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._soon.start())
        self._found = label("", "dim")
        # Seven chips need a line of their own.
        self.bar.removeWidget(self.chips)
        self.bar.insertWidget(1, self._found)
        self.column.insertLayout(2, row(self.chips, self.all_again, None))
        self.bar.addWidget(button(words.say("Extend"), lambda: self.go_to("extend"), picture="calendar-clock"))
        self.bar.addWidget(button(words.say("Print"), self.print_, picture="printer"))
        self.bar.addWidget(button(words.say("Issue vouchers"), self.new, kind="primary", picture="plus"))

    # What is shown --------------------------------------------------------------------------------------------

    def title(self) -> str:
        return self.words.say("Vouchers")

    def help_text(self) -> str:
        return self.words.say(
            "Every voucher of the month in view. Choose one to see its story; choose several with Shift or Ctrl to replace, void or print them together. A scanned code is found from any page."
        )

    def empty_state(self) -> QWidget:
        words = self.words
        return EmptyState(
            "ticket",
            words.say("No vouchers in this month yet"),
            words.say(
                "A voucher is a household's right to one offer, once, on paper. Issue them by hand, to all eligible households at once, or by a plan from a sheet."
            ),
            button(words.say("Issue vouchers"), self.new, kind="primary", picture="plus"),
        )

    def counts(self) -> Mapping[str, int]:
        with self.context.database.reader() as reader:
            found = queries.counts(reader, self.context.month.month, self.context.clock.today())
        return {key: found.get(key, 0) for key, _ in _CHIPS}

    def find_ids(self) -> Ids:
        sort, descending = self.table.sorting()
        today = self.context.clock.today()
        with self.context.database.reader() as reader:
            ids = queries.matching_ids(reader, self._filter(), today, sort, descending=descending)
        self._found.setText(self.words.say_count("{n} shown", "{n} shown", len(ids)))
        return ids

    def _filter(self) -> VoucherFilter:
        if self.only:
            return VoucherFilter(ids=self.only, search=self.search.text())
        chosen = self.chips.current()
        return VoucherFilter(
            month=self.context.month.month,
            state=VoucherState(chosen) if chosen in _STATES else None,
            ended=chosen == "ended",
            reprint_due=chosen == "reprint",
            still_open=chosen == "reprint",
            search=self.search.text(),
        )

    def fetch(self, ids: Ids) -> Mapping[int, Any]:
        with self.context.database.reader() as reader:
            return queries.rows(reader, ids, self.context.clock.today())

    def fill(self, subject_id: int) -> None:
        chosen = self.table.selected_ids()
        if len(chosen) > 1:
            said = self.words.say_count("{n} voucher chosen", "{n} vouchers chosen", len(chosen))
            self.panel.addWidget(label(said, "heading"))
            hint = self.words.say("What you do now is done to all of them, or to none where a rule says no to one.")
            self.panel.addWidget(label(hint, "dim", wrap=True))
            self._add_actions(("hand_out", *_OPEN_ACTIONS), chosen)
            return
        with self.context.database.reader() as reader:
            found = voucher_detail.detail(reader, subject_id, self.context.clock.today())
            papers = sheets.sheets(reader, [subject_id])
        if found is not None:
            text = qr_text(self.context.street, papers[0].vouchers[0])
            VoucherStory(self, found, text, self.show_voucher).write()
            self._add_actions(_possible(found.row.state, handed=found.row.handed_out_on is not None), [subject_id])

    def _add_actions(self, possible: Sequence[str], ids: Sequence[int]) -> None:
        self.buttons(*(self._action(*one, ids) for one in _ACTIONS if one[0] in possible), across=2)

    def _action(self, action: str, word: str, picture: str, ids: Sequence[int]) -> QPushButton:
        kind = "primary" if action == "hand_out" else ""
        return button(self.words.say(word), partial(self.act, action, list(ids)), kind=kind, picture=picture)

    # Where one comes from and goes to -------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """A voucher's id; a scanned text ("find"); chosen ids ("ids"); a view ("state:redeemed"); "print:12" a household."""
        if target.action == "find":
            self.take_code(str(target.subject))
        elif target.action == "ids":
            self.only = tuple(target.subject or ())
            self._look_anew("all")
        elif target.action.startswith("state:"):
            self.only = ()
            self._look_anew(target.action.removeprefix("state:"))
        elif target.action.startswith("print:"):
            self.go_to("print", int(target.action.removeprefix("print:")), "household")
        elif isinstance(target.subject, int):
            self.show_voucher(target.subject)

    def _look_anew(self, view: str, keep: int | None = None) -> None:
        self.search.clear()
        self.chips.choose(view if view in dict(_CHIPS) else "all")
        self.refresh(keep)

    def show_voucher(self, voucher_id: int) -> None:
        """Show one voucher, in its own month."""
        with self.context.database.reader() as reader:
            found = queries.rows(reader, [voucher_id], self.context.clock.today()).get(voucher_id)
        if found is None:
            self.note.say(self.words.say("This voucher is no longer there. Choose another."), "warn")
            return
        self.only = ()
        self.context.month.show(Month.of(found.valid_from))
        self._look_anew("all", voucher_id)

    def take_code(self, text: str) -> bool:
        """Show the voucher that was scanned or typed; what is none of ours is said so. A card is left to the window."""
        found = scan(self.context.street, text)
        if found is not None and found.subject is not Subject.VOUCHER:
            return False
        if found is None or found.subject_id is None:
            self.note.say(self.words.say("No voucher of this street has the code “{code}”. Check the code.", code=text[:40]), "warn")
        else:
            self.note.silence()
            self.show_voucher(found.subject_id)
        return True

    def new(self) -> None:
        self.go_to("issue")

    def print_(self) -> None:
        chosen = self.table.selected_ids()
        if len(chosen) > 1:
            self.go_to("print", tuple(chosen), "ids")
        else:
            self.go_to("print")

    # What is done ---------------------------------------------------------------------------------------------

    def act(self, action: str, ids: list[int]) -> None:
        """What a button of the panel asks for."""
        if action == "print":
            self.go_to("print", tuple(ids), "ids")
        elif action == "hand_out":
            given = ask_hand_out(self, self.words, len(ids), self.context.clock.today())
            if given is not None:
                self.do(services.hand_out, done=self._handed_out, voucher_ids=ids, day=given[0], to=given[1])
        elif action == "undo_hand_out":
            self.do(services.undo_hand_out, done=partial(_hand_out_undone, self), voucher_ids=ids)
        else:
            self._act_with_reason(action, ids)

    def _act_with_reason(self, action: str, ids: list[int]) -> None:
        what, yes, suggested = self._said_before(action, len(ids))
        reason = ask_reason(self, self.words, what, yes, suggested)
        if reason is None:
            return
        if action == "replace":
            bits = self.context.street.random_bits
            self.do(services.replace, done=self._replaced, voucher_ids=ids, reason=reason, random_bits=bits)
        elif action == "withdraw":
            self.do(services.withdraw, done=self._withdrawn, voucher_ids=ids, reason=reason)
        else:
            self.do(services.take_back, done=self._taken_back, voucher_ids=ids, reason=reason)

    def _said_before(self, action: str, n: int) -> tuple[str, str, str]:
        """What will happen in figures, the word on the button, and a suggested reason."""
        words = self.words
        if action == "replace":
            what = words.say_count(
                "Replace {n} voucher: a new code, the same place in the quota. The old code can no longer be used.",
                "Replace {n} vouchers: new codes, the same places in the quota. The old codes can no longer be used.",
                n,
            )
            return what, words.say("Replace"), words.say("Lost")
        if action == "withdraw":
            what = words.say_count(
                "Void {n} unused voucher. It can no longer be used; its place in the quota is free again.",
                "Void {n} unused vouchers. They can no longer be used; their places in the quota are free again.",
                n,
            )
            return what, words.say("Void"), ""
        what = words.say_count(
            "Record {n} voucher as given back unused. Its place in the quota is free again.",
            "Record {n} vouchers as given back unused. Their places in the quota are free again.",
            n,
        )
        return what, words.say("Record"), words.say("Given back unused")

    def _handed_out(self, done: ChangedVouchers) -> None:
        said = self.words.say_count("{n} voucher handed out", "{n} vouchers handed out", len(done.voucher_ids))
        if done.voucher_ids:
            self.undoable(said, services.undo_hand_out, undone=_hand_out_undone, voucher_ids=done.voucher_ids)
        else:
            self.context.status.say(said)

    def _replaced(self, done: Sequence[ReplacedVoucher]) -> None:
        ids = tuple(one.new_id for one in done)
        said = self.words.say_count("{n} voucher replaced", "{n} vouchers replaced", len(ids))
        if len(done) == 1:
            said = self.words.say("Replaced; the new code is {code}", code=pretty(done[0].new_code))
        self.offer(said, self.words.say("Print"), lambda page: page.go_to("print", ids, "ids"))
        self._show_new(ids)

    def _show_new(self, ids: tuple[int, ...]) -> None:
        """The new voucher is selected whatever the list held: the view of the lost one would leave somebody else's."""
        if self.only:
            self.only = (*self.only, *ids)
        self.refresh(ids[0])
        if self.table.current_id() != ids[0]:
            self.chips.choose("all")
            self.refresh(ids[0])
        if self.table.current_id() != ids[0]:
            self.show_voucher(ids[0])

    def _withdrawn(self, done: ChangedVouchers) -> None:
        count = len(done.voucher_ids)
        self.context.status.say(self.words.say_count("{n} voucher voided", "{n} vouchers voided", count))

    def _taken_back(self, done: ChangedVouchers) -> None:
        count = len(done.voucher_ids)
        self.context.status.say(self.words.say_count("{n} voucher given back", "{n} vouchers given back", count))


def _hand_out_undone(page: Page, done: ChangedVouchers) -> None:
    said = page.words.say_count("The hand-out of {n} voucher is undone", "The hand-out of {n} vouchers is undone", len(done.voucher_ids))
    page.context.status.say(said)


def _possible(state: VoucherState, *, handed: bool) -> tuple[str, ...]:
    """What makes sense in the state; the rules decide again when it is done."""
    if state is VoucherState.MADE:
        return ("hand_out", *_OPEN_ACTIONS)
    if state is VoucherState.HANDED_OUT:
        return (*_OPEN_ACTIONS, "undo_hand_out")
    if state is VoucherState.EXPIRED:
        return ("take_back", "withdraw") if handed else ("hand_out", "withdraw")
    return ()
