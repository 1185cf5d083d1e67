"""The lunar calendar of 2020 to 2040, from our own table of new moons at Hong Kong time."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class LunarDate:
    """A day of the lunar calendar; `leap` marks a repeated month."""

    month: int
    day: int
    leap: bool = False


class OutsideTable(ValueError):
    """The day lies outside 2020-01-25 to 2041-01-31."""


#: By year: lunar new year's day, the month that is repeated (0 for none), and for each month in order 1 for 30 days, 0 for 29.
#: Computed from the conjunctions and the sun's longitude at UTC+8 (Meeus, Astronomical Algorithms, ch. 25 and 49).
_YEARS: dict[int, tuple[date, int, str]] = {
    2020: (date(2020, 1, 25), 4, "0111010010101"),
    2021: (date(2021, 2, 12), 0, "011010101010"),
    2022: (date(2022, 2, 1), 0, "101011010101"),
    2023: (date(2023, 1, 22), 2, "0100110110101"),
    2024: (date(2024, 2, 10), 0, "010010110110"),
    2025: (date(2025, 1, 29), 6, "1010010101110"),
    2026: (date(2026, 2, 17), 0, "101001001110"),
    2027: (date(2027, 2, 6), 0, "110100100110"),
    2028: (date(2028, 1, 26), 5, "1110100100110"),
    2029: (date(2029, 2, 13), 0, "110101010011"),
    2030: (date(2030, 2, 3), 0, "010110101010"),
    2031: (date(2031, 1, 23), 3, "0110101101010"),
    2032: (date(2032, 2, 11), 0, "100101101101"),
    2033: (date(2033, 1, 31), 11, "0100101011101"),
    2034: (date(2034, 2, 19), 0, "010010101101"),
    2035: (date(2035, 2, 8), 0, "101001001101"),
    2036: (date(2036, 1, 28), 6, "1101001001011"),
    2037: (date(2037, 2, 15), 0, "110100100101"),
    2038: (date(2038, 2, 4), 0, "110101010010"),
    2039: (date(2039, 1, 24), 5, "1101101010100"),
    2040: (date(2040, 2, 12), 0, "101101011010"),
}


def lunar_day(day: date) -> LunarDate:
    """The lunar date of a day. Raises OutsideTable before 25 January 2020 and after the lunar year 2040."""
    year = day.year if day.year in _YEARS and _YEARS[day.year][0] <= day else day.year - 1
    if year not in _YEARS:
        raise OutsideTable(day.isoformat())
    start, repeated, lengths = _YEARS[year]
    left = (day - start).days
    month, leap = 1, False
    for is_long in lengths:
        length = 29 + int(is_long)
        if left < length:
            return LunarDate(month, left + 1, leap)
        left -= length
        if month == repeated and not leap:
            leap = True
        else:
            month, leap = month + 1, False
    raise OutsideTable(day.isoformat())


def new_year_of(year: int) -> date:
    """Lunar new year's day of a year from 2020 to 2040."""
    if year not in _YEARS:
        raise OutsideTable(str(year))
    return _YEARS[year][0]


def days_of(lunar_days: tuple[int, ...], first: date, last: date) -> list[date]:
    """The days from `first` to `last` that fall on the given days of a lunar month."""
    span = range((last - first).days + 1)
    return [day for day in (first + timedelta(days=n) for n in span) if lunar_day(day).day in lunar_days]
