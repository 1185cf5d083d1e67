"""Runs with their stops, and what each brought. Quantities are thousandths."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from caringstreet.model.goods import GoodsDonation, GoodsLot, GoodsMovement
from caringstreet.model.runs import Run, RunStop
from caringstreet.model.shops import Shop
from caringstreet.queries.goods_ledger import KIND, WRONG, not_countered, summed
from caringstreet.rules.goods import DisposalReason, MovementKind, StorageClass, Target
from caringstreet.rules.months import Month
from caringstreet.rules.quantities import Unit
from caringstreet.rules.runs import RunState, volunteers_for
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class RunFigures:
    """What a run that is done brought; left = collected - handed out - disposed."""

    run_id: int
    day: date
    collected: int
    handed_out: int
    disposed: int

    @property
    def left(self) -> int:
        return self.collected - self.handed_out - self.disposed


@dataclass(frozen=True)
class RunRow:
    """One run in the list; `estimate` is None where no shop announced anything."""

    run_id: int
    day: date
    state: RunState
    note: str
    stops: int
    estimate: int | None
    collected: int
    handed_out: int
    disposed: int

    @property
    def left(self) -> int:
        return self.collected - self.handed_out - self.disposed

    @property
    def volunteers(self) -> int | None:
        """How many the estimate is worth; None without one."""
        return None if self.estimate is None else volunteers_for(self.estimate)


@dataclass(frozen=True)
class StopOutcome:
    """What a stop gave and where it went; all zero before the run is recorded."""

    collected: int = 0
    to_households: int = 0
    to_group: int = 0
    group_name: str = ""
    disposed: int = 0
    reason: DisposalReason | None = None

    @property
    def left(self) -> int:
        return self.collected - self.to_households - self.to_group - self.disposed


@dataclass(frozen=True)
class StopRow:
    """A stop as planned and, once the run is done, as recorded. Names and places are the shop's where there is one."""

    stop_id: int
    position: int
    shop_id: int | None
    shop: str
    name_zh: str
    name_en: str
    place: str
    opening: str
    unit: Unit
    estimate: int | None
    collected_at: datetime | None
    note: str
    outcome: StopOutcome


@dataclass(frozen=True)
class LastGift:
    """What a shop gave last on a run: the likely answer for tonight."""

    item: str
    storage: StorageClass
    grams_each: int | None
    days_good: int | None


def month_figures(reader: Reader, month: Month) -> tuple[RunFigures, ...]:
    """The runs of a month that are done, by day."""
    rows = reader.execute(
        select(
            Run.id,
            Run.day,
            summed(KIND == MovementKind.INTAKE),
            -summed(KIND == MovementKind.DISTRIBUTION),
            -summed(KIND == MovementKind.DISPOSAL),
        )
        .select_from(Run)
        .join(RunStop, RunStop.run_id == Run.id)
        .outerjoin(GoodsMovement, GoodsMovement.run_stop_id == RunStop.id)
        .outerjoin(WRONG, WRONG.id == GoodsMovement.corrects_id)
        .where(Run.state == RunState.DONE, Run.day.between(month.first_day, month.last_day))
        .group_by(Run.id, Run.day)
        .order_by(Run.day)
    )
    return tuple(RunFigures(*row) for row in rows)


def rows(reader: Reader, month: Month) -> list[RunRow]:
    """The runs of a month, the newest first."""
    return _rows(reader, Run.day.between(month.first_day, month.last_day))


def row(reader: Reader, run_id: int) -> RunRow | None:
    """One run; None where it is not there."""
    return next(iter(_rows(reader, Run.id == run_id)), None)


def of_day(reader: Reader, day: date) -> RunRow | None:
    """The run of a day that is not cancelled."""
    return next(iter(_rows(reader, (Run.day == day) & (Run.state != RunState.CANCELLED))), None)


def _rows(reader: Reader, wanted: ColumnElement[bool]) -> list[RunRow]:
    moved = (
        select(
            RunStop.run_id,
            summed(KIND == MovementKind.INTAKE).label("collected"),
            (-summed(KIND == MovementKind.DISTRIBUTION)).label("handed_out"),
            (-summed(KIND == MovementKind.DISPOSAL)).label("disposed"),
        )
        .join(GoodsMovement, GoodsMovement.run_stop_id == RunStop.id)
        .outerjoin(WRONG, WRONG.id == GoodsMovement.corrects_id)
        .group_by(RunStop.run_id)
        .subquery()
    )
    stops = (
        select(RunStop.run_id, func.count().label("stops"), func.sum(RunStop.estimate).label("estimate"))
        .group_by(RunStop.run_id)
        .subquery()
    )
    found = reader.execute(
        select(
            Run.id,
            Run.day,
            Run.state,
            Run.note,
            func.coalesce(stops.c.stops, 0),
            stops.c.estimate,
            func.coalesce(moved.c.collected, 0),
            func.coalesce(moved.c.handed_out, 0),
            func.coalesce(moved.c.disposed, 0),
        )
        .outerjoin(stops, stops.c.run_id == Run.id)
        .outerjoin(moved, moved.c.run_id == Run.id)
        .where(wanted)
        .order_by(Run.day.desc(), Run.id.desc())
    )
    return [RunRow(*one) for one in found]


def stops(reader: Reader, run_id: int) -> list[StopRow]:
    """The stops of a run in their order."""
    found: Sequence[Any] = reader.execute(
        select(
            RunStop.id,
            RunStop.position,
            RunStop.shop_id,
            func.coalesce(Shop.code, ""),
            func.coalesce(Shop.name_zh, RunStop.place),
            func.coalesce(Shop.name_en, ""),
            func.coalesce(Shop.address, RunStop.place),
            func.coalesce(Shop.opening, ""),
            RunStop.unit,
            RunStop.estimate,
            RunStop.collected_at,
            RunStop.note,
        )
        .outerjoin(Shop, Shop.id == RunStop.shop_id)
        .where(RunStop.run_id == run_id)
        .order_by(RunStop.position)
    ).all()
    moved = _moved(reader, [one[0] for one in found])
    return [StopRow(*(*one, moved.get(one[0], StopOutcome()))) for one in found]


def _moved(reader: Reader, stop_ids: list[int]) -> dict[int, StopOutcome]:
    target = func.coalesce(WRONG.target, GoodsMovement.target)
    given = KIND == MovementKind.DISTRIBUTION
    found = reader.execute(
        select(
            GoodsMovement.run_stop_id,
            summed(KIND == MovementKind.INTAKE),
            -summed(given & (target == Target.HOUSEHOLDS)),
            -summed(given & (target != Target.HOUSEHOLDS)),
            func.max(GoodsMovement.group_name),
            -summed(KIND == MovementKind.DISPOSAL),
        )
        .outerjoin(WRONG, WRONG.id == GoodsMovement.corrects_id)
        .where(GoodsMovement.run_stop_id.in_(stop_ids))
        .group_by(GoodsMovement.run_stop_id)
    )
    reasons = {
        stop_id: reason
        for stop_id, reason in reader.execute(
            select(GoodsMovement.run_stop_id, GoodsMovement.reason).where(
                GoodsMovement.run_stop_id.in_(stop_ids),
                GoodsMovement.reason.is_not(None),
                not_countered(),
            )
        )
    }
    return {
        stop_id: StopOutcome(came, households, group, name or "", gone, reasons.get(stop_id))
        for stop_id, came, households, group, name, gone in found
        if stop_id is not None
    }


def last_gifts(reader: Reader) -> Mapping[int, LastGift]:
    """By shop, what it gave last on a run."""
    newest = (
        select(func.max(GoodsLot.id))
        .join(GoodsDonation, GoodsDonation.id == GoodsLot.donation_id)
        .where(GoodsLot.run_stop_id.is_not(None), GoodsDonation.shop_id.is_not(None))
        .group_by(GoodsDonation.shop_id)
    )
    found = reader.execute(
        select(
            GoodsDonation.shop_id,
            GoodsLot.item,
            GoodsLot.storage,
            GoodsLot.grams_each,
            GoodsLot.best_before,
            GoodsDonation.day,
        )
        .join(GoodsDonation, GoodsDonation.id == GoodsLot.donation_id)
        .where(GoodsLot.id.in_(newest))
    )
    return {
        shop_id: LastGift(item, storage, each, None if best is None else (best - day).days)
        for shop_id, item, storage, each, best, day in found
        if shop_id is not None
    }


def usual_shops(reader: Reader) -> list[int]:
    """The shops of the newest run in its order: where the next run is likely to go."""
    newest = select(func.max(Run.id)).where(Run.state != RunState.CANCELLED).scalar_subquery()
    found = reader.scalars(select(RunStop.shop_id).where(RunStop.run_id == newest, RunStop.shop_id.is_not(None)).order_by(RunStop.position))
    return [one for one in found if one is not None]


def last_group(reader: Reader) -> str:
    """The group that received on a run last; empty before the first."""
    found = reader.scalar(
        select(GoodsMovement.group_name)
        .where(GoodsMovement.run_stop_id.is_not(None), GoodsMovement.group_name != "")
        .order_by(GoodsMovement.id.desc())
        .limit(1)
    )
    return found or ""
