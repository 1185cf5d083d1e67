"""The time: kept in UTC, spoken of in local days of Hong Kong, which knows no summer time."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

HONG_KONG = timezone(timedelta(hours=8), "HKT")


class Clock(Protocol):
    """Where the present comes from; tests stop it."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""

    def today(self) -> date:
        """The local day of now."""


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return local_day(self.now())


class FixedClock:
    """Stands still until it is set."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def set(self, at: datetime) -> None:
        """Move to another aware moment."""
        self._at = at

    def now(self) -> datetime:
        return self._at

    def today(self) -> date:
        return local_day(self._at)


def local_time(at: datetime) -> datetime:
    """An aware moment as the clock on the wall shows it."""
    return at.astimezone(HONG_KONG)


def local_day(at: datetime) -> date:
    """The local day of an aware moment."""
    return local_time(at).date()


def to_utc(local: datetime) -> datetime:
    """The moment of a naive local time."""
    return local.replace(tzinfo=HONG_KONG).astimezone(UTC)
