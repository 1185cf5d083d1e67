"""Which of the vouchers that were extended can have their old last day again."""

from dataclasses import replace
from datetime import date

import pytest

from caringstreet.rules.extension import ExtendedVoucher, why_not_undone
from caringstreet.rules.refusals import Refusal
from caringstreet.rules.vouchers import VoucherState

BEFORE, UNTIL = date(2026, 11, 30), date(2026, 12, 7)
HELD = ExtendedVoucher(VoucherState.HANDED_OUT, UNTIL, in_print=False, came_in=False)


def why(now: ExtendedVoucher, *, on: date = date(2026, 11, 28), today: date = date(2026, 11, 30)) -> Refusal | None:
    return why_not_undone(now, until=UNTIL, before=BEFORE, extended_on=on, today=today)


def test_a_voucher_as_the_extension_left_it_goes_back_through_its_old_last_day() -> None:
    assert why(HELD) is None
    assert why(HELD, today=date(2026, 12, 1)) is Refusal.EXTENSION_DAY_PASSED
    assert why(HELD, on=date(2026, 12, 1), today=date(2026, 12, 1)) is None


@pytest.mark.parametrize(
    ("since", "refusal"),
    [
        ({"state": VoucherState.REDEEMED, "came_in": True}, Refusal.VOUCHER_ALREADY_REDEEMED),
        ({"state": VoucherState.REDEEMED}, None),
        ({"came_in": True}, None),
        ({"state": VoucherState.REPLACED}, Refusal.VOUCHER_ALREADY_ENDED),
        ({"last_day": date(2026, 12, 14)}, Refusal.EXTENSION_CHANGED_SINCE),
        ({"in_print": True}, Refusal.EXTENSION_IN_PRINT),
        ({"in_print": True, "state": VoucherState.VOID}, None),
        ({"state": VoucherState.RETURNED}, None),
    ],
)
def test_what_came_in_between_decides(since: dict[str, object], refusal: Refusal | None) -> None:
    assert why(replace(HELD, **since)) is refusal  # type: ignore[arg-type]
