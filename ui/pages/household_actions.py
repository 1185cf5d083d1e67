"""What can be done with the household in view, and how it is asked."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMenu, QPushButton

from caringstreet.queries import street as street_queries
from caringstreet.queries.households import HouseholdDetail
from caringstreet.queries.vouchers import VoucherRow
from caringstreet.rules.codes import pretty
from caringstreet.rules.eligibility import Hindrance, hindrances
from caringstreet.rules.households import HouseholdState
from caringstreet.rules.vouchers import OPEN, VoucherState
from caringstreet.services import households as services
from caringstreet.services import vouchers as voucher_services
from caringstreet.services.vouchers import ChangedVouchers, ReplacedVoucher
from ui.dialogs.hand_out_dialog import ask_hand_out
from ui.dialogs.household_cards import HouseholdCardsDialog
from ui.dialogs.household_review import ReviewDialog
from ui.dialogs.household_vouchers import Asked, choose_vouchers
from ui.widgets.ask import ask, ask_reason
from ui.widgets.basics import button
from ui.widgets.list_page import ListPage


class HouseholdActions:
    """The buttons below the panel. Each says what it will do in figures, asks a reason, or can be taken back."""

    def __init__(self, page: ListPage) -> None:
        self._page, self._words = page, page.words
        self.menu = QMenu(page)
        self.menu.setToolTipsVisible(True)

    def offer(self, one: HouseholdDetail, held: Sequence[VoucherRow]) -> None:
        """Show what makes sense for this household now; the rules decide again when it is done."""
        say = self._words.say
        made = [voucher for voucher in held if voucher.state is VoucherState.MADE]
        still_open = [voucher for voucher in held if voucher.state in OPEN]
        if one.state is not HouseholdState.CLOSED:
            self._page.buttons(*self._for_vouchers(one, made, still_open))
        more = button(say("More"), lambda: None, picture="ellipsis")
        self._fill_menu(one, still_open)
        more.setMenu(self.menu)
        edit = button(say("Edit"), lambda: self._page.go_to("household_form", one.household_id), picture="pencil")
        self._page.buttons(self._next_step(one, still_open), edit, more)

    def _for_vouchers(self, one: HouseholdDetail, made: Sequence[VoucherRow], still_open: Sequence[VoucherRow]) -> tuple[QPushButton, ...]:
        say, here = self._words.say, one.household_id
        missing = hindrances(one.standing, self._page.context.clock.today())
        issue = button(say("Issue"), lambda: self._page.go_to("issue", here, "household"), kind="" if still_open or missing else "primary")
        if not still_open:
            issue.setEnabled(not missing)
            return (issue, *self._mending(one, missing, "primary"))
        printing = button(say("Print sheet"), lambda: self._page.go_to("print", here, "household"), kind="primary")
        out = button(say("Hand out"), lambda: self.hand_out(made))
        out.setEnabled(bool(made))
        issue.setEnabled(not missing)
        return (printing, out, issue, *self._mending(one, missing, ""))

    def _mending(self, one: HouseholdDetail, missing: Sequence[Hindrance], kind: str) -> list[QPushButton]:
        """For what is missing besides the state, which the next step mends: a consent is recorded in the form."""
        say, here = self._words.say, one.household_id
        found: list[QPushButton] = []
        if {Hindrance.CONSENT, Hindrance.CONSENT_LATER} & set(missing):
            found.append(button(say("Record consent"), lambda: self._page.go_to("household_form", here), kind=kind, picture="pencil"))
        unseen = {Hindrance.PROOF, Hindrance.PROOF_ENDED} & set(missing)
        if unseen and one.state in (HouseholdState.APPLYING, HouseholdState.PAUSED):
            found.append(button(say("Record proof"), lambda: self.review(one), picture="calendar-clock"))
        return found

    def _next_step(self, one: HouseholdDetail, still_open: Sequence[VoucherRow]) -> QPushButton:
        """Review for most; the way in for those that do not take part now."""
        say = self._words.say
        admit = partial(self.set_state, one, HouseholdState.ELIGIBLE)
        if one.state is HouseholdState.CLOSED:
            return button(say("Admit again"), admit, kind="primary")
        if one.state is HouseholdState.APPLYING:
            return button(say("Admit"), admit)
        if one.state is HouseholdState.PAUSED:
            return button(say("Resume"), admit)
        missing = hindrances(one.standing, self._page.context.clock.today())
        first = missing and not still_open and Hindrance.CONSENT not in missing
        return button(say("Review"), lambda: self.review(one), kind="primary" if first else "")

    def _fill_menu(self, one: HouseholdDetail, still_open: Sequence[VoucherRow]) -> None:
        say, closed = self._words.say, one.state is HouseholdState.CLOSED
        self.menu.clear()
        for text, then in (
            (say("Replace lost vouchers…"), self.replace),
            (say("Give back vouchers…"), self.take_back),
            (say("Void vouchers…"), self.withdraw),
        ):
            self._add(text, partial(then, still_open), possible=bool(still_open))
        self.menu.addSeparator()
        if self._page.context.street.settings.goods:
            self._add(say("Neighbour card…"), partial(self.cards, [one.household_id]), possible=not closed)
        if one.state in (HouseholdState.APPLYING, HouseholdState.PAUSED):
            self._add(say("Review…"), partial(self.review, one))
        if one.state in (HouseholdState.ELIGIBLE, HouseholdState.REVIEW):
            self._add(say("Pause…"), partial(self.set_state, one, HouseholdState.PAUSED))
        self._add(say("Withdraw consent…"), partial(self.withdraw_consent, one, still_open), possible=one.consent_on is not None)
        self._add(say("End participation…"), partial(self.leave, one, still_open), possible=not closed)

    def _add(self, text: str, then: Callable[[], None], *, possible: bool = True) -> QAction:
        action = self.menu.addAction(text)
        action.setEnabled(possible)
        action.triggered.connect(lambda _=False: then())
        return action

    # Its vouchers ---------------------------------------------------------------------------------------------

    def hand_out(self, made: Sequence[VoucherRow]) -> None:
        """Record that the household took its vouchers."""
        page, ids = self._page, [one.voucher_id for one in made]
        given = ask_hand_out(page, self._words, len(ids), page.context.clock.today())
        if given is not None:
            page.do(voucher_services.hand_out, voucher_ids=ids, day=given[0], to=given[1], done=self._handed_out)

    def _handed_out(self, done: ChangedVouchers) -> None:
        said = self._words.say_count("{n} voucher handed out", "{n} vouchers handed out", len(done.voucher_ids))
        self._page.undoable(said, voucher_services.undo_hand_out, voucher_ids=done.voucher_ids)

    def replace(self, still_open: Sequence[VoucherRow]) -> None:
        """New codes for lost vouchers; the new papers are printed next."""
        words = self._words
        asked = Asked(
            lambda n: words.say_count(
                "Replace {n} voucher: a new code, the same place in the quota. The old code can no longer be used.",
                "Replace {n} vouchers: new codes, the same places in the quota. The old codes can no longer be used.",
                n,
            ),
            words.say("Replace"),
            words.say("Lost"),
            all_at_first=True,
        )
        chosen = choose_vouchers(self._page, words, asked, still_open)
        if chosen is not None:
            bits = self._page.context.street.random_bits
            self._page.do(voucher_services.replace, voucher_ids=chosen[0], reason=chosen[1], random_bits=bits, done=self._replaced)

    def _replaced(self, done: Sequence[ReplacedVoucher]) -> None:
        words, ids = self._words, tuple(one.new_id for one in done)
        said = words.say_count("{n} voucher replaced", "{n} vouchers replaced", len(ids))
        if len(done) == 1:
            said = words.say("Replaced; the new code is {code}", code=pretty(done[0].new_code))
        self._page.offer(said, words.say("Print"), lambda page: page.go_to("print", ids, "ids"))

    def take_back(self, still_open: Sequence[VoucherRow]) -> None:
        """Record vouchers that the household gave back unused."""
        words = self._words
        asked = Asked(
            lambda n: words.say_count(
                "Record {n} voucher as given back unused. Its place in the quota is free again.",
                "Record {n} vouchers as given back unused. Their places in the quota are free again.",
                n,
            ),
            words.say("Record"),
            words.say("Given back unused"),
        )
        chosen = choose_vouchers(self._page, words, asked, still_open)
        if chosen is not None:
            self._page.do(voucher_services.take_back, voucher_ids=chosen[0], reason=chosen[1], done=self._taken_back)

    def _taken_back(self, done: ChangedVouchers) -> None:
        count = len(done.voucher_ids)
        self._say(self._words.say_count("{n} voucher given back", "{n} vouchers given back", count))

    def withdraw(self, still_open: Sequence[VoucherRow]) -> None:
        """Take vouchers out of use."""
        words = self._words
        asked = Asked(
            lambda n: words.say_count(
                "Void {n} unused voucher. It can no longer be used; its place in the quota is free again.",
                "Void {n} unused vouchers. They can no longer be used; their places in the quota are free again.",
                n,
            ),
            words.say("Void"),
        )
        chosen = choose_vouchers(self._page, words, asked, still_open)
        if chosen is not None:
            self._page.do(voucher_services.withdraw, voucher_ids=chosen[0], reason=chosen[1], done=self._withdrawn)

    def _withdrawn(self, done: ChangedVouchers) -> None:
        count = len(done.voucher_ids)
        self._say(self._words.say_count("{n} voucher voided", "{n} vouchers voided", count))

    # The household itself -------------------------------------------------------------------------------------

    def review(self, one: HouseholdDetail) -> None:
        """Record which proofs were seen and when to look again."""
        page, context = self._page, self._page.context
        with context.database.reader() as reader:
            categories = street_queries.categories(reader)
        dialog = ReviewDialog(page, self._words, one, categories, context.clock.today())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            page.do(
                services.review,
                household_id=one.household_id,
                checks=dialog.checks(),
                review_on=dialog.review_on.day(),
                done=lambda kept: self._say(self._words.say("Review of {number} recorded", number=kept.number)),
            )

    def leave(self, one: HouseholdDetail, still_open: Sequence[VoucherRow]) -> None:
        """Let the household leave, saying what becomes of its vouchers."""
        words = self._words
        out = sum(1 for voucher in still_open if voucher.state is VoucherState.HANDED_OUT)
        lines = [words.say("{household} ends its participation. No more vouchers are issued to it.", household=_named(one))]
        if out:
            lines.append(
                words.say_count(
                    "{n} voucher in its hands stays good until its last day.",
                    "{n} vouchers in its hands stay good until their last day.",
                    out,
                )
            )
        if len(still_open) > out:
            lines.append(
                words.say_count(
                    "{n} voucher not handed out yet leaves the hand-out list; void it if it will not be taken.",
                    "{n} vouchers not handed out yet leave the hand-out list; void them if they will not be taken.",
                    len(still_open) - out,
                )
            )
        reason = ask_reason(self._page, words, "\n".join(lines), words.say("End participation"))
        if reason is not None:
            self._change_state(one, HouseholdState.CLOSED, reason)

    def set_state(self, one: HouseholdDetail, state: HouseholdState) -> None:
        """Pause with a reason, or let the household take part (again)."""
        reason: str | None = ""
        if state is HouseholdState.PAUSED:
            said = self._words.say("{household} pauses. No vouchers are issued to it until it resumes.", household=_named(one))
            reason = ask_reason(self._page, self._words, said, self._words.say("Pause"))
        if reason is not None:
            self._change_state(one, state, reason)

    def _change_state(self, one: HouseholdDetail, state: HouseholdState, reason: str) -> None:
        page, words, today = self._page, self._words, self._page.context.clock.today()
        # Going back to where it left needs the reason of that time, or at least one.
        back = one.left_reason or words.say("Undo")
        page.do(
            services.set_state,
            household_id=one.household_id,
            state=state,
            reason=reason,
            today=today,
            done=lambda kept: page.undoable(
                words.say("{number} changed", number=kept.number),
                services.set_state,
                household_id=one.household_id,
                state=one.state,
                reason=back,
                today=one.left_on or today,
            ),
        )

    def withdraw_consent(self, one: HouseholdDetail, still_open: Sequence[VoucherRow]) -> None:
        """Record that the household takes its consent back."""
        words = self._words
        lines = [words.say("{household} withdraws its consent. No more vouchers can be issued to it.", household=_named(one))]
        if still_open:
            lines.append(
                words.say_count(
                    "{n} open voucher stays good until its last day.",
                    "{n} open vouchers stay good until their last day.",
                    len(still_open),
                )
            )
        lines.append(words.say("If it agrees again, record the new day of consent by Edit."))
        if ask(self._page, words, "\n".join(lines), words.say("Record")):
            self._page.do(
                services.withdraw_consent,
                household_id=one.household_id,
                today=self._page.context.clock.today(),
                done=lambda kept: self._say(words.say("Consent of {number} withdrawn", number=kept.number)),
            )

    def cards(self, household_ids: Sequence[int]) -> None:
        """Show the cards of these households, to be printed or saved. Nobody needs to carry one, so none is recorded."""
        HouseholdCardsDialog(self._page, household_ids).exec()

    def _say(self, text: str) -> None:
        self._page.context.status.say(text)


def _named(one: HouseholdDetail) -> str:
    return f"{one.number} {one.display_name}"
