"""The goods ledger: what may be moved, what is left, what is too old to give."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from caringstreet.rules.quantities import plain_quantity
from caringstreet.rules.refusals import Refusal, RuleRefused


class GiverKind(StrEnum):
    """Who gave."""

    SHOP = "shop"
    NEIGHBOUR = "neighbour"
    PARTNER = "partner"


class StorageClass(StrEnum):
    """How goods must be kept."""

    AMBIENT = "ambient"
    CHILLED = "chilled"
    FROZEN = "frozen"
    HOT = "hot"


class MovementKind(StrEnum):
    """Why a quantity came into a lot or left it."""

    INTAKE = "intake"
    DISTRIBUTION = "distribution"
    DISPOSAL = "disposal"
    STOCK_TAKE = "stock_take"
    CORRECTION = "correction"


class Target(StrEnum):
    """Who received a distribution."""

    HOUSEHOLD = "household"
    HOUSEHOLDS = "households"  # counted, not listed by name
    GROUP = "group"
    SHOP = "shop"
    PARTNER = "partner"
    TEAM = "team"


class DisposalReason(StrEnum):
    """Why goods left a lot unused."""

    OVER_TIME = "over_time"
    PAST_DATE = "past_date"
    CRUSHED = "crushed"
    UNFIT = "unfit"
    RECYCLED = "recycled"
    OTHER = "other"


#: Cooked food without a heater or cooler is handed over within the hour; kept cold or hot it has four
#: (Centre for Food Safety: 2 hours to the fridge, 4 hours to the bin).
_HOURS = {StorageClass.HOT: 4, StorageClass.CHILLED: 4}
_HOURS_UNHEATED = 1


@dataclass(frozen=True)
class Movement:
    """One signed change of a lot on a local day, in thousandths of its unit."""

    day: date
    quantity: int


@dataclass(frozen=True)
class Freshness:
    """Until when a lot may be given: whole local days, and a moment (UTC) for cooked or surplus food."""

    best_before: date | None = None
    use_by: date | None = None
    deliver_by: datetime | None = None

    @property
    def last_day(self) -> date | None:
        """The earlier of the two days; it counts in full."""
        days = [day for day in (self.best_before, self.use_by) if day is not None]
        return min(days) if days else None


def stock_on(movements: Iterable[Movement], day: date) -> int:
    """What was there at the end of a day: the sum of the movements up to it."""
    return sum(one.quantity for one in movements if one.day <= day)


def lowest_from(movements: Sequence[Movement], day: date) -> int:
    """The least that is there at the end of any day from this one on."""
    days = sorted({day, *(one.day for one in movements if one.day >= day)})
    return min(stock_on(movements, one) for one in days)


def refuse_overdraft(movements: Sequence[Movement], fresh: Movement, **facts: object) -> None:
    """Refuse a movement after which stock would be negative on its own or any later day; the facts name the figures."""
    if fresh.quantity < 0 and (have := lowest_from(movements, fresh.day)) < -fresh.quantity:
        there, wanted = plain_quantity(max(0, have)), plain_quantity(-fresh.quantity)
        raise RuleRefused(Refusal.GOODS_NOT_ENOUGH, "quantity", have=there, wanted=wanted, **facts)


def stale_reason(freshness: Freshness, day: date, at: datetime) -> DisposalReason | None:
    """Why food may not be given any more: after its last day, or after the moment by which it had to be delivered."""
    if freshness.last_day is not None and day > freshness.last_day:
        return DisposalReason.PAST_DATE
    if freshness.deliver_by is not None and at > freshness.deliver_by:
        return DisposalReason.OVER_TIME
    return None


def refuse_stale(freshness: Freshness, day: date, at: datetime, **facts: object) -> None:
    """Refuse to give what is stale."""
    reason = stale_reason(freshness, day, at)
    if reason is DisposalReason.PAST_DATE:
        raise RuleRefused(Refusal.GOODS_PAST_DATE, "lot", until=freshness.last_day, **facts)
    if reason is DisposalReason.OVER_TIME:
        raise RuleRefused(Refusal.GOODS_OVER_TIME, "lot", since=freshness.deliver_by, **facts)


def deliver_by(storage: StorageClass, ready_at: datetime, *, kept_so: bool) -> datetime | None:
    """By when cooked or chilled food must be handed over; `kept_so` tells that it stays hot or cold on the way.

    Source: `context.md` 2.4 (FEHD practice guide, Centre for Food Safety).
    """
    if storage not in _HOURS:
        return None
    return ready_at + timedelta(hours=_HOURS[storage] if kept_so else _HOURS_UNHEATED)
