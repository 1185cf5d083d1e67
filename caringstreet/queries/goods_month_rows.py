"""The rows behind the figures of a month's goods: lots, donations, households."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, or_, select

from caringstreet.model.goods import GoodsDonation, GoodsLot, GoodsMovement
from caringstreet.model.households import Household
from caringstreet.model.shops import Shop
from caringstreet.queries.goods_ledger import KIND, WRONG, not_countered, standing, summed
from caringstreet.rules.goods import MovementKind
from caringstreet.rules.households import HouseholdState
from caringstreet.rules.months import Month
from caringstreet.rules.quantities import Unit
from caringstreet.storage.database import Reader

#: A giver as the figures name it: shops with their code.
GIVER = case((Shop.id.is_not(None), Shop.code + " " + Shop.name_zh), else_=GoodsDonation.giver)


class GoodsFigure(StrEnum):
    """A quantity that a person can open."""

    OPENING = "opening"
    TAKEN_IN = "taken_in"
    GIVEN = "given"
    DISPOSED = "disposed"
    ADJUSTED = "adjusted"
    ON_HAND = "on_hand"


_KINDS = {
    GoodsFigure.TAKEN_IN: MovementKind.INTAKE,
    GoodsFigure.GIVEN: MovementKind.DISTRIBUTION,
    GoodsFigure.DISPOSED: MovementKind.DISPOSAL,
    GoodsFigure.ADJUSTED: MovementKind.STOCK_TAKE,
}


@dataclass(frozen=True)
class GoodsPart:
    """A part of the goods behind a figure; everything left out does not matter. `days` are the first and last of a week."""

    item: str | None = None
    unit: Unit | None = None
    giver: str | None = None
    days: tuple[date, date] | None = None


_ALL = GoodsPart()


def lot_ids_behind(reader: Reader, month: Month, figure: GoodsFigure, part: GoodsPart = _ALL) -> list[int]:
    """The lots whose quantities make up a figure of the street's own stock."""
    first, last = part.days or (month.first_day, month.last_day)
    wanted = {
        GoodsFigure.OPENING: GoodsMovement.day < first,
        GoodsFigure.ON_HAND: GoodsMovement.day <= last,
    }.get(figure)
    if wanted is None:
        wanted = and_(GoodsMovement.day.between(first, last), KIND.in_([_KINDS[figure]]))
    found = _lots(GoodsLot.id, part).group_by(GoodsLot.id).having(summed(wanted) != 0)
    return list(reader.scalars(found.order_by(GoodsLot.id)))


def donation_ids_of_giver(reader: Reader, month: Month, giver: str) -> list[int]:
    """The donations of a giver of which something moved in the month."""
    inside = GoodsMovement.day.between(month.first_day, month.last_day)
    found = _lots(GoodsLot.donation_id, GoodsPart(giver=giver)).where(inside).distinct()
    return sorted(reader.scalars(found))


def _lots(column: Any, part: GoodsPart) -> Select[int]:
    conditions: list[ColumnElement[bool]] = [GoodsDonation.allotted_to.is_(None)]
    for field, value in ((GoodsLot.item, part.item), (GoodsLot.unit, part.unit), (GIVER, part.giver)):
        if value is not None:
            conditions.append(field == value)
    return (
        select(column)
        .select_from(GoodsMovement)
        .outerjoin(WRONG, WRONG.id == GoodsMovement.corrects_id)
        .join(GoodsLot, GoodsLot.id == GoodsMovement.lot_id)
        .join(GoodsDonation, GoodsDonation.id == GoodsLot.donation_id)
        .outerjoin(Shop, Shop.id == GoodsDonation.shop_id)
        .where(*conditions)
    )


def donations(month: Month, *, refused: bool) -> Select[int]:
    """The donations of the month that were taken, or those that were refused; one that was taken back is neither."""
    stands = (
        select(GoodsMovement.id)
        .join(GoodsLot, GoodsLot.id == GoodsMovement.lot_id)
        .where(GoodsLot.donation_id == GoodsDonation.id)
        .where(GoodsMovement.kind == MovementKind.INTAKE, not_countered())
    )
    said = GoodsDonation.refused_reason != "" if refused else stands.exists()
    return select(GoodsDonation.id).where(GoodsDonation.day.between(month.first_day, month.last_day), said)


def donation_ids_behind(reader: Reader, month: Month, *, refused: bool) -> list[int]:
    return list(reader.scalars(donations(month, refused=refused).order_by(GoodsDonation.id)))


def thrown_away(month: Month) -> tuple[ColumnElement[bool], ...]:
    """Disposals of the month that no correction counters."""
    return (
        GoodsMovement.kind == MovementKind.DISPOSAL,
        GoodsMovement.day.between(month.first_day, month.last_day),
        not_countered(),
    )


def lot_ids_thrown_away(reader: Reader, month: Month) -> list[int]:
    """The lots of which something was thrown away, whoever's they were."""
    return sorted(reader.scalars(select(GoodsMovement.lot_id).where(*thrown_away(month)).distinct()))


def reached(month: Month) -> Select[Any]:
    """The households named in the month's hand-outs."""
    inside = GoodsMovement.day.between(month.first_day, month.last_day)
    return select(GoodsMovement.household_id).where(standing(), inside, GoodsMovement.household_id.is_not(None)).distinct()


def never_reached() -> Select[int]:
    """The households taking part that no hand-out ever named."""
    found = select(GoodsMovement.household_id).where(standing(), GoodsMovement.household_id.is_not(None))
    here = or_(Household.state == HouseholdState.ELIGIBLE, Household.state == HouseholdState.REVIEW)
    return select(Household.id).where(here, Household.id.not_in(found))


def household_ids_behind(reader: Reader, month: Month, *, never: bool = False) -> list[int]:
    """The households reached by name this month, or those that never were."""
    return sorted(reader.scalars(never_reached() if never else reached(month)))
