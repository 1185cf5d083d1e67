"""States of a voucher and what may be done with it in each."""

from datetime import date
from enum import StrEnum


class VoucherState(StrEnum):
    """Stored states; `expired` is never stored, it follows from the last day."""

    MADE = "made"
    HANDED_OUT = "handed_out"
    REDEEMED = "redeemed"
    VOID = "void"
    REPLACED = "replaced"
    RETURNED = "returned"
    EXPIRED = "expired"


OPEN = frozenset({VoucherState.MADE, VoucherState.HANDED_OUT})
ENDED_UNUSED = frozenset({VoucherState.VOID, VoucherState.REPLACED, VoucherState.RETURNED})
#: Vouchers that take neither the quota of an offer nor the cap of a household.
NOT_COUNTED = ENDED_UNUSED


class HandedTo(StrEnum):
    """Who took the vouchers; no identity document is asked."""

    SELF = "self"
    RELATIVE = "relative"
    VISITOR = "visitor"


def shown_state(stored: VoucherState, last_day: date, today: date) -> VoucherState:
    """The state people see: an open voucher past its last day is expired."""
    if stored in OPEN and last_day < today:
        return VoucherState.EXPIRED
    return stored
