"""Records a hand-out that nobody recorded, when its paper comes back."""

from typing import TYPE_CHECKING

from caringstreet.queries import vouchers
from caringstreet.queries.vouchers import VoucherFilter
from caringstreet.rules.evidence import Outcome
from caringstreet.rules.vouchers import HandedTo
from caringstreet.services import vouchers as voucher_services
from caringstreet.services.evidence_answers import ScanAnswer
from caringstreet.services.vouchers import ChangedVouchers
from ui.widgets.ask import ask_reason

if TYPE_CHECKING:
    from ui.pages.scan_page import ScanPage


class ForgottenHandOut:
    """For one voucher or for all of its sheet that still wait; asks a reason and can be undone."""

    def __init__(self, page: "ScanPage") -> None:
        self._page, self._words = page, page.words

    def record_last(self, *, whole: bool) -> None:
        """For the answer on the card, where it is that."""
        answer = self._page.card.answer
        if answer is not None and answer.outcome is Outcome.NOT_HANDED_OUT:
            self.record(answer, whole)

    def record(self, answer: ScanAnswer, whole: bool) -> None:
        """Say how many it will be, ask why, and record them as of the round's day."""
        ids = self._waiting(answer) if whole else [answer.voucher_id]
        words = self._words
        what = words.say_count("Record the hand-out of {n} voucher now", "Record the hand-out of {n} vouchers now", len(ids))
        reason = ask_reason(self._page, words, what, words.say("Hand out"), words.say("Not recorded at hand-out"))
        if reason is not None:
            self._page.do(
                voucher_services.hand_out,
                voucher_ids=ids,
                day=self._page.round.chosen_day(),
                to=HandedTo.SELF,
                reason=reason,
                done=self._done,
            )

    def _waiting(self, answer: ScanAnswer) -> list[int]:
        context = self._page.context
        with context.database.reader() as reader:
            wanted = VoucherFilter(ids=tuple(vouchers.ids_of_sheet(reader, answer.sheet_id or 0)))
            found = vouchers.listed(reader, wanted, context.clock.today())
        return [one.voucher_id for one in found if one.handed_out_on is None and one.ended_at is None]

    def _done(self, done: ChangedVouchers) -> None:
        said = self._words.say_count("{n} voucher handed out", "{n} vouchers handed out", len(done.voucher_ids))
        self._page.undoable(said, voucher_services.undo_hand_out, voucher_ids=done.voucher_ids)
        self._page.code.setFocus()
