"""Hand-out lists of goods and whom they may be proposed to. Quantities are thousandths."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, case, func, select

from caringstreet.model.distributions import Distribution, DistributionLine
from caringstreet.model.goods import GoodsLot, GoodsMovement
from caringstreet.model.households import Household
from caringstreet.queries.goods_ledger import standing
from caringstreet.rules.distributions import Candidate, LineState
from caringstreet.rules.households import HouseholdState, PrintLanguage
from caringstreet.rules.quantities import Unit
from caringstreet.storage.database import Reader

#: Hand-outs of the last four weeks count as lately.
LATELY = timedelta(days=28)


@dataclass(frozen=True)
class ListRow:
    """A hand-out list with how many of its lines are in which state."""

    distribution_id: int
    day: date
    name: str
    closed: bool
    lines: int
    given: int
    no_show: int
    declined: int

    @property
    def to_come(self) -> int:
        return self.lines - self.given - self.no_show - self.declined


@dataclass(frozen=True)
class LineRow:
    """One line; a household without its address, or the name of a group."""

    line_id: int
    lot_id: int
    item: str
    unit: Unit
    quantity: int
    household_id: int | None
    household: str
    display_name: str
    size: int | None
    language: PrintLanguage | None
    group_name: str
    state: LineState
    walk_in: bool


@dataclass(frozen=True)
class ReceivedRow:
    """What a household received of an item on a day."""

    day: date
    item: str
    unit: Unit
    quantity: int


def rows(reader: Reader) -> list[ListRow]:
    """All lists, the newest day first."""
    return _rows(reader, Distribution.id.is_not(None))


def row(reader: Reader, distribution_id: int) -> ListRow | None:
    """One list; None where it is not there."""
    return next(iter(_rows(reader, Distribution.id == distribution_id)), None)


def _rows(reader: Reader, wanted: ColumnElement[bool]) -> list[ListRow]:
    def in_state(state: LineState) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((DistributionLine.state == state, 1), else_=0)), 0)

    found = reader.execute(
        select(
            Distribution.id,
            Distribution.day,
            Distribution.name,
            Distribution.closed_at.is_not(None),
            func.count(DistributionLine.id),
            in_state(LineState.GIVEN),
            in_state(LineState.NO_SHOW),
            in_state(LineState.DECLINED),
        )
        .outerjoin(DistributionLine, DistributionLine.distribution_id == Distribution.id)
        .where(wanted)
        .group_by(Distribution.id)
        .order_by(Distribution.day.desc(), Distribution.id.desc())
    )
    return [ListRow(*one) for one in found]


def lines(reader: Reader, distribution_id: int) -> list[LineRow]:
    """The lines of a list, households by number, then groups."""
    found = reader.execute(
        select(
            DistributionLine.id,
            DistributionLine.lot_id,
            GoodsLot.item,
            GoodsLot.unit,
            DistributionLine.quantity,
            DistributionLine.household_id,
            func.coalesce(Household.number, ""),
            func.coalesce(Household.display_name, ""),
            Household.size,
            Household.language,
            DistributionLine.group_name,
            DistributionLine.state,
            DistributionLine.walk_in,
        )
        .join(GoodsLot, GoodsLot.id == DistributionLine.lot_id)
        .outerjoin(Household, Household.id == DistributionLine.household_id)
        .where(DistributionLine.distribution_id == distribution_id)
        .order_by(Household.number.is_(None), Household.number, DistributionLine.group_name, DistributionLine.id)
    )
    return [LineRow(*row) for row in map(tuple, found)]


def candidates(reader: Reader, day: date) -> list[Candidate]:
    """The households taking part, with how often they received goods lately and when last, as known on a day."""
    received = (
        select(
            GoodsMovement.household_id,
            func.sum(case((GoodsMovement.day > day - LATELY, 1), else_=0)).label("lately"),
            func.max(GoodsMovement.day).label("last_day"),
        )
        .where(standing(), GoodsMovement.household_id.is_not(None), GoodsMovement.day <= day)
        .group_by(GoodsMovement.household_id)
        .subquery()
    )
    found = reader.execute(
        select(
            Household.id,
            Household.number,
            Household.size,
            Household.diets,
            func.coalesce(received.c.lately, 0),
            received.c.last_day,
        )
        .outerjoin(received, received.c.household_id == Household.id)
        .where(Household.state.in_((HouseholdState.ELIGIBLE, HouseholdState.REVIEW)))
        .order_by(Household.number)
    )
    return [Candidate(*row) for row in found]


def received(reader: Reader, household_id: int, most: int) -> list[ReceivedRow]:
    """What a household received last, on lists, choice days and runs alike; what was taken back is left out."""
    found = reader.execute(
        select(GoodsMovement.day, GoodsLot.item, GoodsLot.unit, -func.sum(GoodsMovement.quantity))
        .join(GoodsLot, GoodsLot.id == GoodsMovement.lot_id)
        .where(standing(), GoodsMovement.household_id == household_id)
        .group_by(GoodsMovement.day, GoodsLot.item, GoodsLot.unit)
        .order_by(GoodsMovement.day.desc(), GoodsLot.item)
        .limit(most)
    )
    return [ReceivedRow(*row) for row in found]
