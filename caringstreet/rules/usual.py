"""What is far from the usual, so that a slip of the finger is asked about and a great day goes through with one key."""

from collections.abc import Sequence
from statistics import median

#: A tray instead of a loaf happens; three times what a shop announced is more often a digit too many.
_TIMES_ESTIMATE = 3
#: Grams typed where kilograms are counted, or cents where dollars are.
_TIMES_USUAL = 1000
#: No voucher of such a scheme is worth so much; a price of 4,200 is one of 42 in cents.
HIGH_PRICE = 100_000


def far_over_estimate(quantity: int, estimate: int | None) -> bool:
    """Whether more than three times what was announced came; without an estimate nothing is unusual."""
    return bool(estimate) and quantity > _TIMES_ESTIMATE * (estimate or 0)


def usual(earlier: Sequence[int]) -> int | None:
    """What is usual: the middle of what came before, so that one slip does not make the next one usual."""
    return int(median(earlier)) if earlier else None


def far_over_usual(quantity: int, before: int | None) -> bool:
    """Whether a quantity is a thousand times the usual one, or more."""
    return bool(before) and quantity >= _TIMES_USUAL * (before or 0)
