"""Which days can be: of what happened, of what is planned, and until when something holds."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from caringstreet.rules.refusals import Refusal, RuleRefused

#: No street of this kind is older, and none plans for longer: a day outside is a slip of the pen (1926, 2099).
EARLIEST = date(2000, 1, 1)
_MOST_YEARS_AHEAD = 10
#: People write such a last day where something has no end.
_LAST_END = 2199
OLDEST_BIRTH_YEAR = 1900


class DayOf(StrEnum):
    """What a day says of a thing."""

    HAPPENED = "happened"
    PLANNED = "planned"
    END = "end"


#: By kind: how many years back and ahead of today a day may lie before a person is asked.
_UNASKED = {DayOf.HAPPENED: (10, 1), DayOf.PLANNED: (2, 1), DayOf.END: (10, _MOST_YEARS_AHEAD)}


def is_far(day: date, what: DayOf, today: date, field: str = "day") -> bool:
    """Whether a person is to be asked about a day. Refuses one that cannot be: before 2000, or far too late.

    The end of something may lie up to 2199, since people write a late day for one without end.
    """
    latest = _LAST_END if what is DayOf.END else today.year + _MOST_YEARS_AHEAD
    if day < EARLIEST or day.year > latest:
        raise RuleRefused(Refusal.DAY_CANNOT_BE, field, day=day)
    back, ahead = _UNASKED[what]
    return not _years_from(today, -back) <= day <= _years_from(today, ahead)


def possible_year(year: int, today: date) -> bool:
    """Whether a street can ask about a year, or act in it."""
    return EARLIEST.year <= year <= today.year + _MOST_YEARS_AHEAD


def check_born(day: date, birth_years: Iterable[int | None], field: str) -> None:
    """Refuse a day before anybody of the household was born; unknown years say nothing."""
    known = [year for year in birth_years if year is not None]
    if known and day.year < min(known):
        raise RuleRefused(Refusal.DAY_BEFORE_BIRTH, field, day=day, year=min(known))


def _years_from(day: date, years: int) -> date:
    """The same day of another year; of 29 February the first of March."""
    year = min(max(day.year + years, 1), 9999)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
