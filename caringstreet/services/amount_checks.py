"""Holds the numbers of a form against what is usual; a part of services, never an action of its own."""

from collections.abc import Mapping

from caringstreet.rules.doubts import Doubt
from caringstreet.rules.usual import LARGE_HOUSEHOLD, UNASKED, Limit
from caringstreet.storage.transaction import Transaction


def check_limits(tx: Transaction, form: object, before: object | None, limits: Mapping[str, Limit]) -> None:
    """Ask about those limits of a form that are unusually high and not as they were before."""
    for field, what in limits.items():
        number = getattr(form, field)
        if before is None or number != getattr(before, field):
            check_limit(tx, number, what, field)


def check_limit(tx: Transaction, number: int | None, what: Limit, field: str) -> None:
    """Ask about a limit that is unusually high; none is none."""
    if number is not None and number > UNASKED[what]:
        tx.ask(Doubt.HIGH_NUMBER, field, number=number, what=what)


def check_size(tx: Transaction, size: int, before: int | None) -> None:
    """Ask about a household that is unusually large, once."""
    if size > LARGE_HOUSEHOLD and size != before:
        tx.ask(Doubt.LARGE_HOUSEHOLD, "size", size=size)
