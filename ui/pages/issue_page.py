"""Issue: by hand for one household, for all eligible households at once, or by a plan from a sheet."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt

from caringstreet.queries import issuing
from caringstreet.rules.changes import Changed
from caringstreet.rules.doubts import Doubt, Doubted
from caringstreet.rules.refusals import RuleRefused
from caringstreet.services import vouchers as services
from caringstreet.services.vouchers import ChangedVouchers, IssuedVouchers, IssueLine
from caringstreet.wording.refusals import refusal_text
from ui.context import Context, Target
from ui.pages.issue_preview import IssuePreview, RefusedRow, refused_row
from ui.pages.issue_ways import ByHand, ByPlan, ForAll, beside
from ui.widgets.ask import ask, ask_reason
from ui.widgets.basics import RECORD_KEYS, button, card, clear, icon_label, label, row, shortcuts
from ui.widgets.chips import Chips
from ui.widgets.fields import DayField
from ui.widgets.page import Page
from ui.widgets.scrolling import Stack

HAND, ALL, PLAN = "hand", "all", "plan"


class IssuePage(Page):
    """The preview is the very issue in a rehearsal, so that it cannot differ from what then happens."""

    name = "issue"
    shows = frozenset({Changed.VOUCHERS, Changed.OFFERS, Changed.HOUSEHOLDS, Changed.SHOPS, Changed.STREET})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        words = self.words
        self._asked, self._issuing = 0, False
        self._checked: Sequence[IssueLine] = ()
        self._accepted: set[Doubt] = set()
        self.ways = Chips(
            [
                (HAND, words.say("For one household")),
                (ALL, words.say("For all households")),
                (PLAN, words.say("By a plan")),
            ]
        )
        self.keep_typed(self._typed, self._put_back)
        self.day = DayField(context.clock.today(), today=context.clock.today())
        self.day.name_for_readers(words.say("Hand out on"))
        self.by_hand, self.for_all, self.by_plan = ByHand(context), ForAll(context), ByPlan(context)
        self.preview = {ALL: IssuePreview(words), PLAN: IssuePreview(words)}
        self.check = button(words.say("Check"), self.look, picture="list-checks")
        self.issue_all = button(words.say("Issue"), self._issue_checked, kind="primary", picture="ticket")
        self.issue_plan = button(words.say("Issue"), self._issue_checked, kind="primary", picture="ticket")
        self._build()
        self.ways.chosen.connect(lambda _: self._show_way())
        self.day.changed.connect(self.refresh)
        self.by_hand.wanted.connect(self._check_by_hand)
        self.for_all.hindered_wanted.connect(lambda ids: self.go_to("households", ids, "ids"))
        self.by_hand.show_wanted.connect(lambda household_id: self.go_to("households", household_id))
        self.for_all.changed.connect(self._unchecked)
        self.by_plan.changed.connect(self.look)
        self._unchecked()
        shortcuts(self, self._go_on, *RECORD_KEYS)

    def _go_on(self) -> None:
        """The next step of the way in view; a button that waits for something does nothing."""
        way = self.ways.current()
        if way == ALL:
            (self.issue_all if self.issue_all.isEnabled() else self.check).click()
        else:
            (self.by_hand.issue if way == HAND else self.issue_plan).click()

    def _build(self) -> None:
        words = self.words
        back = button(words.say("Back to the vouchers"), lambda: self.go_to("vouchers"), kind="quiet", picture="arrow-left")
        self._day_name = label(words.say("Hand out on"), "dim")
        self.day.setFixedWidth(150)
        self.column.addLayout(row(back, self.ways, self._day_name, self.day))
        self.done, self._done_column = card(margins=14)
        self.done.hide()
        self.column.addWidget(self.done)
        self._parts = Stack()
        self._parts.addWidget(self.by_hand)
        self._parts.addWidget(beside(self.for_all, self.preview[ALL], self.check, self.issue_all))
        self._parts.addWidget(beside(self.by_plan, self.preview[PLAN], self.issue_plan))
        self.column.addWidget(self._parts, 1)

    def title(self) -> str:
        return self.words.say("Issue vouchers")

    def help_text(self) -> str:
        return self.words.say(
            "Choose how: for one household by hand, the same for all eligible households, or line by line from a sheet. Who is refused is listed with the reason before anything is issued."
        )

    def refresh(self) -> None:
        day = self.day.day() or self.context.clock.today()
        self.by_hand.refresh(day)
        self.for_all.refresh(day)
        if self.keeper is not None and not self.keeper.place:
            self.begin_typing(self.name)

    def _typed(self) -> Any:
        """Only counts are work; which household or way is in view is none."""
        room = self.by_hand.room
        hand, everybody = self.by_hand.offers.kept(), self.for_all.offers.kept()
        if not hand and not everybody:
            return None
        return {
            "way": self.ways.current(),
            "day": self.day.kept(),
            "household": room.household.household_id if room else None,
            "hand": hand,
            "all": everybody,
        }

    def _put_back(self, typed: Any) -> None:
        if typed is None:
            return
        self.day.put_back(typed["day"])
        self.ways.choose(typed["way"])
        if typed["household"] is not None:
            self.by_hand.choose(typed["household"])
        self._show_way()
        self.by_hand.offers.put_back(typed["hand"])
        self.for_all.offers.put_back(typed["all"])

    def open(self, target: Target) -> None:
        """A household's id: issue to her; "plan" or "all" begin with that way."""
        if target.action in (ALL, PLAN):
            self.ways.choose(target.action)
        elif isinstance(target.subject, int):
            self.ways.choose(HAND)
            self.by_hand.choose(target.subject)
            self.by_hand.offers.begin()
        self._show_way()

    def arrive(self) -> None:
        if self.ways.current() == HAND:
            self.by_hand.search.setFocus()

    def focus_search(self) -> None:
        self.ways.choose(HAND)
        self._show_way()
        self.by_hand.search.setFocus()

    def new(self) -> None:
        self.focus_search()

    def print_(self) -> None:
        """What was just made; else all that is not printed yet."""
        if self.done.isHidden():
            self.go_to("print")
        else:
            self.print_now.click()

    def _show_way(self) -> None:
        way = self.ways.current()
        self._parts.setCurrentIndex((HAND, ALL, PLAN).index(way))
        for widget in (self.day, self._day_name):
            widget.setVisible(way != PLAN)
        self._unchecked()

    # Checking -------------------------------------------------------------------------------------------------

    def _unchecked(self) -> None:
        self._asked += 1
        self._checked = ()
        self._accepted = set()
        for preview in self.preview.values():
            preview.forget()
        self.check.setEnabled(bool(self.for_all.lines()))
        for made in (self.issue_all, self.issue_plan):
            made.setEnabled(False)
            made.setText(self.words.say("Issue"))

    def _run(self, lines: Sequence[IssueLine], done: Any, *, rehearse: bool, said: str) -> None:
        if self._refuse_unreadable():
            return
        issue = partial(
            services.issue,
            lines=lines,
            random_bits=self.context.street.random_bits,
            at=self.context.clock.now(),
            by=self.context.actor,
            plan=self.by_plan.plan if self.ways.current() == PLAN else "",
        )

        def again(doubts: Sequence[RuleRefused]) -> bool:
            """One question about all that is unusual; then the same with it accepted."""
            asked = {one.reason: refusal_text(self.words, one) for one in reversed(doubts) if isinstance(one, Doubted)}
            if not asked or not ask(self, self.words, "\n".join(asked.values()), self.words.say("Go on")):
                return False
            self._accepted |= set(asked)
            self._run(lines, done, rehearse=rehearse, said=said)
            return True

        def ended(found: IssuedVouchers) -> None:
            if not (rehearse and again([one.refusal for one in found.refused])):
                done(found)

        def refused(error: RuleRefused) -> None:
            if not again([error]):
                self._not_issued(error)

        self.context.runner.command_with_progress(
            lambda tx, progress: issue(tx, progress=progress),
            owner=self,
            done=ended,
            refused=refused,
            accepted=frozenset(self._accepted),
            failed=self._free,
            label=said,
            rehearse=rehearse,
        )

    def _free(self) -> None:
        self._issuing = False

    def _not_issued(self, error: RuleRefused) -> None:
        self._free()
        self.refused(error)

    def look(self) -> None:
        """Rehearse what is chosen, and show who would be refused and why."""
        self.note.silence()
        self._unchecked()
        asked, way = self._asked, self.ways.current()
        lines: Sequence[IssueLine] = self.for_all.lines() if way == ALL else self.by_plan.lines()
        unread = self.by_plan.unread if way == PLAN else []
        if not lines and not unread:
            return

        def looked(found: IssuedVouchers) -> None:
            if asked == self._asked:
                self._looked(way, lines, unread, found)

        self._run(lines, looked, rehearse=True, said=self.words.say("Checking"))

    def _looked(self, way: str, lines: Sequence[IssueLine], unread: Sequence[RefusedRow], found: IssuedVouchers) -> None:
        refused = {one.position for one in found.refused}
        self._checked = [line for place, line in enumerate(lines) if place not in refused]
        households = len({line.household_id for line in self._checked})
        count = len(found.voucher_ids)
        self.preview[way].show_outcome(count, households, [*unread, *self._refused_rows(found)])
        made = self.issue_all if way == ALL else self.issue_plan
        made.setEnabled(bool(count))
        made.setText(self.words.say_count("Issue {n} voucher", "Issue {n} vouchers", count))

    def _refused_rows(self, found: IssuedVouchers) -> list[RefusedRow]:
        if not found.refused:
            return []
        with self.context.database.reader() as reader:
            households = issuing.household_names(reader)
            offers = issuing.offer_names(reader)
        words = self.words
        return [
            refused_row(
                words,
                households.get(one.line.household_id, ""),
                offers.get(one.line.offer_id, ("", ""))[words.language == "en"],
                one.line.count,
                one.refusal,
            )
            for one in found.refused
        ]

    # Issuing --------------------------------------------------------------------------------------------------

    def _check_by_hand(self, lines: Sequence[IssueLine]) -> None:
        if self._issuing or self._refuse_unreadable():
            return
        self._accepted = set()
        # A second press of the key, while the first is under way, is the same one.
        self._issuing = True

        def looked(found: IssuedVouchers) -> None:
            if found.refused:
                self._free()
                self.by_hand.refuse(self._refused_rows(found))
            else:
                self._issue(lines)

        self._run(lines, looked, rehearse=True, said="")

    def _issue_checked(self) -> None:
        if not self._issuing and not self._refuse_unreadable():
            self._issuing = True
            self._issue(self._checked)

    def _issue(self, lines: Sequence[IssueLine]) -> None:
        self._run(lines, self._issued, rehearse=False, said=self.words.say("Issuing"))

    def _issued(self, made: IssuedVouchers) -> None:
        self._free()
        words, ids = self.words, made.voucher_ids
        {HAND: self.by_hand.issued, ALL: self.for_all.issued, PLAN: self.by_plan.issued}[self.ways.current()]()
        self.refresh()
        self._unchecked()
        said = words.say_count("{n} voucher issued", "{n} vouchers issued", len(ids))
        self.offer_undo(said, lambda page: page.undo_issue(ids))
        if made.refused:
            self.note.say(
                words.say_count("{n} line was refused meanwhile.", "{n} lines were refused meanwhile.", len(made.refused)), "warn"
            )
        self._show_done(said, ids)

    def _show_done(self, said: str, ids: tuple[int, ...]) -> None:
        words = self.words
        clear(self._done_column)
        self.print_now = button(words.say("Print now"), lambda: self.go_to("print", ids, "ids"), kind="primary", picture="printer")
        self._done_column.addLayout(
            row(
                icon_label("circle-check", "good", 24),
                label(said, "heading"),
                None,
                button(words.say("Undo"), lambda: self.undo_issue(ids), kind="quiet", picture="undo-2"),
                self.print_now,
            )
        )
        self.done.show()
        self.print_now.setFocus(Qt.FocusReason.OtherFocusReason)

    def undo_issue(self, ids: tuple[int, ...]) -> None:
        """Withdraw what was just issued; the reason is suggested, the slots are free again."""
        words = self.words
        what = words.say_count(
            "Void the {n} voucher just issued. Its place in the quota is free again.",
            "Void the {n} vouchers just issued. Their places in the quota are free again.",
            len(ids),
        )
        reason = ask_reason(self, words, what, words.say("Void"), words.say("Issued by mistake"))
        if reason is not None:
            self.do(services.withdraw, done=self._undone, voucher_ids=ids, reason=reason)

    def _undone(self, done: ChangedVouchers) -> None:
        count = len(done.voucher_ids)
        self.done.hide()
        self.refresh()
        self.context.status.say(self.words.say_count("{n} voucher voided", "{n} vouchers voided", count))
