"""When an extension of a voucher can still be undone: while the paper in people's hands does not rely on it."""

from dataclasses import dataclass
from datetime import date

from caringstreet.rules.refusals import Refusal
from caringstreet.rules.vouchers import OPEN, VoucherState


@dataclass(frozen=True)
class ExtendedVoucher:
    """How a voucher stands now. `in_print` says its paper shows its last day of now; `came_in` that a shop brought it since."""

    state: VoucherState
    last_day: date
    in_print: bool
    came_in: bool


def why_not_undone(now: ExtendedVoucher, *, until: date, before: date, extended_on: date, today: date) -> Refusal | None:
    """Why the last day `until` cannot become `before` again; None where it can.

    On the day of the extension itself a last day that had passed already may pass again: nobody was told yet.
    """
    if now.state is VoucherState.REDEEMED and now.came_in:
        return Refusal.VOUCHER_ALREADY_REDEEMED
    if now.state is VoucherState.REPLACED:
        # The paper in its place took the later day.
        return Refusal.VOUCHER_ALREADY_ENDED
    if now.last_day != until:
        return Refusal.EXTENSION_CHANGED_SINCE
    if now.state in OPEN and now.in_print:
        return Refusal.EXTENSION_IN_PRINT
    if now.state in OPEN and before < today and extended_on < today:
        return Refusal.EXTENSION_DAY_PASSED
    return None
