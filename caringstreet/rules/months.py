"""A calendar month as the street counts in."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self


@dataclass(frozen=True, order=True)
class Month:
    """One month; its text form, also in the data file, is 2026-11."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"no month {self.month}")

    @classmethod
    def of(cls, day: date) -> Self:
        """The month in which a day lies."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 2026-11; raises ValueError for anything else."""
        found = re.fullmatch(r"(\d{4})-(\d{1,2})", text.strip())
        if found is None:
            raise ValueError(f"not a month: {text!r}")
        return cls(int(found[1]), int(found[2]))

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def weeks(self) -> tuple[tuple[date, date], ...]:
        """The first and the last of days 1-7, 8-14, 15-21 and 22 to the end."""
        starts = [self.first_day.replace(day=number) for number in (1, 8, 15, 22)]
        ends = [*(start - timedelta(days=1) for start in starts[1:]), self.last_day]
        return tuple(zip(starts, ends, strict=True))

    def next(self) -> "Month":
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    def previous(self) -> "Month":
        return Month(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"
