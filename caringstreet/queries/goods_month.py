"""The goods of a month: what came, went, was thrown away and is there. Quantities are thousandths of their unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import aliased

from caringstreet.model.goods import GoodsDonation, GoodsLot, GoodsMovement
from caringstreet.model.shops import Shop
from caringstreet.queries import choice_events, runs
from caringstreet.queries.choice_events import ChoiceDayFigures
from caringstreet.queries.goods_ledger import KIND, WRONG, summed
from caringstreet.queries.goods_month_rows import GIVER, donations, never_reached, reached, thrown_away
from caringstreet.queries.month_rows import how_many, week_of
from caringstreet.queries.runs import RunFigures
from caringstreet.rules.goods import DisposalReason, MovementKind, Target
from caringstreet.rules.months import Month
from caringstreet.rules.quantities import Unit, grams
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class ItemFigures:
    """on_hand = opening + taken_in - given - disposed + adjusted; what was allotted to a shop or the team is not here."""

    item: str
    unit: Unit
    opening: int
    taken_in: int
    given: int
    disposed: int
    adjusted: int
    on_hand: int


@dataclass(frozen=True)
class PartFigures:
    """What one giver, or one week, has in a unit; units are never added to each other."""

    name: str
    unit: Unit
    taken_in: int
    given: int
    disposed: int


@dataclass(frozen=True)
class WeekFigures:
    """Days 1-7, 8-14, 15-21 and 22 to the end."""

    first: date
    last: date
    parts: tuple[PartFigures, ...]


@dataclass(frozen=True)
class AllottedFigures:
    """A donation that went to a shop or to the team at once."""

    day: date
    giver: str
    item: str
    unit: Unit
    quantity: int
    target: Target
    receiver: str
    donation_id: int


@dataclass(frozen=True)
class GoodsMonth:
    """`grams_given` weighs what has a weight; `unweighed` counts hand-outs that have none.

    `reached` are households named in the ledger this month, `never_reached` those taking part who never were.
    """

    month: Month
    items: tuple[ItemFigures, ...]
    givers: tuple[PartFigures, ...]
    weeks: tuple[WeekFigures, ...]
    runs: tuple[RunFigures, ...]
    choice_days: tuple[ChoiceDayFigures, ...]
    allotted: tuple[AllottedFigures, ...]
    disposed_by_reason: Mapping[DisposalReason, int]
    grams_in: int
    grams_given: int
    unweighed: int
    donations: int
    refused: int
    reached: int
    never_reached: int

    @property
    def empty(self) -> bool:
        """Whether nothing of goods is to be told."""
        return not (self.items or self.allotted or self.runs or self.choice_days or self.refused)


def figures(reader: Reader, month: Month) -> GoodsMonth:
    """All that a month's page tells of goods."""
    grams_in, grams_given, unweighed = _weights(reader, month)
    return GoodsMonth(
        month=month,
        items=items(reader, month),
        givers=_givers(reader, month),
        weeks=_weeks(reader, month),
        runs=runs.month_figures(reader, month),
        choice_days=choice_events.month_figures(reader, month),
        allotted=_allotted(reader, month),
        disposed_by_reason=_disposed(reader, month),
        grams_in=grams_in,
        grams_given=grams_given,
        unweighed=unweighed,
        donations=how_many(reader, donations(month, refused=False)),
        refused=how_many(reader, donations(month, refused=True)),
        reached=how_many(reader, reached(month)),
        never_reached=how_many(reader, never_reached()),
    )


def items(reader: Reader, month: Month) -> tuple[ItemFigures, ...]:
    """The street's own stock by item and unit, without what neither moved in the month nor is there."""
    inside = GoodsMovement.day.between(month.first_day, month.last_day)
    opening = summed(GoodsMovement.day < month.first_day)
    moved = {kind: summed(and_(inside, KIND.in_([kind]))) for kind in MovementKind if kind is not MovementKind.CORRECTION}
    on_hand = func.coalesce(func.sum(GoodsMovement.quantity), 0)
    rows = reader.execute(
        select(
            GoodsLot.item,
            GoodsLot.unit,
            opening,
            moved[MovementKind.INTAKE],
            -moved[MovementKind.DISTRIBUTION],
            -moved[MovementKind.DISPOSAL],
            moved[MovementKind.STOCK_TAKE],
            on_hand,
        )
        .select_from(GoodsMovement)
        .outerjoin(WRONG, WRONG.id == GoodsMovement.corrects_id)
        .join(GoodsLot, GoodsLot.id == GoodsMovement.lot_id)
        .join(GoodsDonation, GoodsDonation.id == GoodsLot.donation_id)
        .where(GoodsMovement.day <= month.last_day, GoodsDonation.allotted_to.is_(None))
        .group_by(GoodsLot.item, GoodsLot.unit)
        .order_by(GoodsLot.item, GoodsLot.unit)
    )
    return tuple(ItemFigures(*row) for row in rows if any(row[2:]))


def _moved(month: Month, *more: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    inside = GoodsMovement.day.between(month.first_day, month.last_day)
    return (inside, GoodsDonation.allotted_to.is_(None), *more)


def _parts(reader: Reader, month: Month, key: Any, order: Any) -> list[tuple[Any, PartFigures]]:
    rows = reader.execute(
        select(
            key,
            GoodsLot.unit,
            summed(KIND == MovementKind.INTAKE),
            -summed(KIND == MovementKind.DISTRIBUTION),
            -summed(KIND == MovementKind.DISPOSAL),
        )
        .select_from(GoodsMovement)
        .outerjoin(WRONG, WRONG.id == GoodsMovement.corrects_id)
        .join(GoodsLot, GoodsLot.id == GoodsMovement.lot_id)
        .join(GoodsDonation, GoodsDonation.id == GoodsLot.donation_id)
        .outerjoin(Shop, Shop.id == GoodsDonation.shop_id)
        .where(*_moved(month))
        .group_by(key, order, GoodsLot.unit)
        .order_by(order, GoodsLot.unit)
    )
    return [(row[0], PartFigures(str(row[0]), *row[1:])) for row in rows if any(row[2:])]


def _givers(reader: Reader, month: Month) -> tuple[PartFigures, ...]:
    """Shops by their code, then neighbours and partners by name."""
    order = case((Shop.id.is_not(None), "0" + Shop.code), else_="1" + GoodsDonation.giver)
    return tuple(part for _, part in _parts(reader, month, GIVER, order))


def _weeks(reader: Reader, month: Month) -> tuple[WeekFigures, ...]:
    week = week_of(GoodsMovement.day)
    found = _parts(reader, month, week, week)
    return tuple(
        WeekFigures(first, last, tuple(part for key, part in found if key == number)) for number, (first, last) in enumerate(month.weeks)
    )


def _allotted(reader: Reader, month: Month) -> tuple[AllottedFigures, ...]:
    receiver = aliased(Shop)
    rows = reader.execute(
        select(
            GoodsDonation.day,
            GoodsDonation.giver,
            GoodsLot.item,
            GoodsLot.unit,
            -summed(KIND == MovementKind.DISTRIBUTION),
            GoodsDonation.allotted_to,
            func.coalesce(receiver.code + " " + receiver.name_zh, ""),
            GoodsDonation.id,
        )
        .select_from(GoodsMovement)
        .outerjoin(WRONG, WRONG.id == GoodsMovement.corrects_id)
        .join(GoodsLot, GoodsLot.id == GoodsMovement.lot_id)
        .join(GoodsDonation, GoodsDonation.id == GoodsLot.donation_id)
        .outerjoin(receiver, receiver.id == GoodsDonation.allotted_shop_id)
        .where(GoodsDonation.allotted_to.is_not(None), GoodsDonation.day.between(month.first_day, month.last_day))
        .group_by(GoodsLot.id, GoodsDonation.id, receiver.id)
        .order_by(GoodsDonation.day, GoodsDonation.number, GoodsLot.id)
    )
    return tuple(
        AllottedFigures(day, giver, item, unit, quantity, target, shop, donation_id)
        for day, giver, item, unit, quantity, target, shop, donation_id in rows
        if quantity and target is not None
    )


def _disposed(reader: Reader, month: Month) -> dict[DisposalReason, int]:
    """How many times something was thrown away for each reason; quantities of different units cannot be added."""
    rows = reader.execute(select(GoodsMovement.reason, func.count()).where(*thrown_away(month)).group_by(GoodsMovement.reason))
    counts = {reason: count for reason, count in rows}
    return {reason: counts[reason] for reason in DisposalReason if reason in counts}


def _weights(reader: Reader, month: Month) -> tuple[int, int, int]:
    rows = reader.execute(
        select(
            GoodsLot.unit,
            GoodsLot.grams_each,
            summed(KIND == MovementKind.INTAKE),
            -summed(KIND == MovementKind.DISTRIBUTION),
            func.count(case((GoodsMovement.kind == MovementKind.DISTRIBUTION, 1))),
        )
        .select_from(GoodsMovement)
        .outerjoin(WRONG, WRONG.id == GoodsMovement.corrects_id)
        .join(GoodsLot, GoodsLot.id == GoodsMovement.lot_id)
        .join(GoodsDonation, GoodsDonation.id == GoodsLot.donation_id)
        .where(*_moved(month))
        .group_by(GoodsLot.unit, GoodsLot.grams_each)
    )
    came = went = unweighed = 0
    for unit, each, taken_in, given, handouts in rows:
        weighed = grams(taken_in, unit, each)
        if weighed is None:
            unweighed += handouts
        else:
            came += weighed
            went += grams(given, unit, each) or 0
    return came, went, unweighed
