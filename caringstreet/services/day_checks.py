"""Holds the days of a form against what can be; a part of services, never an action of its own."""

from collections.abc import Mapping
from datetime import date

from caringstreet.rules.doubts import Doubt
from caringstreet.rules.likely_days import DayOf, is_far
from caringstreet.storage.transaction import Transaction


def check_day(tx: Transaction, day: date | None, what: DayOf, today: date, field: str = "day") -> None:
    """Refuse a day that cannot be, ask about one far from today; where no day is said there is nothing to ask."""
    if day is not None and is_far(day, what, today, field):
        tx.ask(Doubt.FAR_DAY, field, day=day)


def check_happened(tx: Transaction, day: date, today: date, field: str = "day") -> None:
    """The same for something that is recorded as done: any day that is still to come is asked about."""
    check_day(tx, day, DayOf.HAPPENED, today, field)
    if day > today:
        tx.ask(Doubt.FUTURE_DAY, field, day=day)


def check_days(tx: Transaction, form: object, before: object | None, days: Mapping[str, DayOf], today: date) -> None:
    """The same for those days of a form that are not as they were before."""
    for field, what in days.items():
        day = getattr(form, field)
        if before is None or day != getattr(before, field):
            check_day(tx, day, what, today, field)
