"""What is far from the usual, so that a slip of the finger is asked about and a great day goes through with one key."""

from collections.abc import Sequence
from enum import StrEnum
from statistics import median

#: A tray instead of a loaf happens; three times what a shop announced is more often a digit too many.
_TIMES_ESTIMATE = 3
#: Grams typed where kilograms are counted, or cents where dollars are.
_TIMES_USUAL = 1000
#: No voucher of such a scheme is worth so much; a price of 4,200 is one of 42 in cents.
HIGH_PRICE = 100_000
#: A digit too many, or a point that was not typed.
_DIGIT = 10
#: Of fewer sums nobody can say what is usual.
_FEWEST_SUMS = 3
#: In any unit: so much of one item at once does not fit into a street's room.
MUCH = 10_000
LARGE_HOUSEHOLD = 12


class Limit(StrEnum):
    """A number that somebody sets, and that later decides without asking."""

    MONTHLY_QUOTA = "monthly_quota"
    PER_HOUSEHOLD_MONTH = "per_household_month"
    PER_VISIT = "per_visit"
    VALIDITY_DAYS = "validity_days"
    PICKS = "picks"
    PLACES = "places"
    HOUSEHOLD_CAP = "household_cap"
    GRACE_DAYS = "grace_days"


#: Up to this nobody is asked.
UNASKED = {
    Limit.MONTHLY_QUOTA: 1000,
    Limit.PER_HOUSEHOLD_MONTH: 31,
    Limit.PER_VISIT: 10,
    Limit.VALIDITY_DAYS: 366,
    Limit.PICKS: 20,
    Limit.PLACES: 200,
    Limit.HOUSEHOLD_CAP: 62,
    Limit.GRACE_DAYS: 60,
}


def far_over_estimate(quantity: int, estimate: int | None) -> bool:
    """Whether more than three times what was announced came; without an estimate nothing is unusual."""
    return bool(estimate) and quantity > _TIMES_ESTIMATE * (estimate or 0)


def over_all_estimates(estimate: int, earlier: Sequence[int]) -> int | None:
    """The most that a place ever announced or gave, where an estimate is more than three times that; else None."""
    most = max(earlier, default=0)
    return most if far_over_estimate(estimate, most) else None


def over_all_sums(cents: int, others: Sequence[int]) -> int | None:
    """The largest of the other sums of a book, where one is ten times that or more; None where few are known."""
    most = max(others, default=0)
    return most if most and len(others) >= _FEWEST_SUMS and cents >= _DIGIT * most else None


def a_digit_off(now: int, before: int) -> bool:
    """Whether one of two figures is ten times the other or more; nothing is unusual beside a zero."""
    return bool(now and before) and (now >= _DIGIT * before or before >= _DIGIT * now)


def far_over_books(counted: int, expected: int) -> bool:
    """Whether ten times as much was counted as the books say, or more."""
    return bool(expected) and counted >= _DIGIT * expected


def usual(earlier: Sequence[int]) -> int | None:
    """What is usual: the middle of what came before, so that one slip does not make the next one usual."""
    return int(median(earlier)) if earlier else None


def far_over_usual(quantity: int, before: int | None) -> bool:
    """Whether a quantity is a thousand times the usual one, or more."""
    return bool(before) and quantity >= _TIMES_USUAL * (before or 0)
