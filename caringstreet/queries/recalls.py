"""Who got of a lot, so that all of them can be told at once. Quantities are thousandths."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from caringstreet.model.choice_events import ChoiceEvent, ChoiceVisit
from caringstreet.model.distributions import Distribution, DistributionLine
from caringstreet.model.goods import GoodsDonation, GoodsLot, GoodsMovement
from caringstreet.model.households import Household
from caringstreet.model.runs import RunStop
from caringstreet.model.shops import Shop, ShopContact
from caringstreet.queries import goods
from caringstreet.queries.goods import LotRow
from caringstreet.queries.goods_ledger import WRONG
from caringstreet.rules.distributions import LineState
from caringstreet.rules.goods import MovementKind, Target
from caringstreet.rules.quantities import Unit
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class RecallRow:
    """One hand-out that stands; `promised` ones are still on an open list.

    `household` is the number; `people` how many an unnamed group was. `occasion` is the list's or choice day's name;
    `visitor` the number of an unnamed visitor there; `run_id` the run on which it was handed out. `contact` and `phone`
    are the shop's: a household is called from its own page.
    """

    row_id: int
    day: date
    quantity: int
    target: Target
    household_id: int | None
    household: str
    display_name: str
    building: str
    shop_id: int | None
    shop: str
    contact: str
    phone: str
    group_name: str
    people: int | None
    run_id: int | None
    stop: str
    occasion: str
    visitor: int | None
    promised: bool = False


@dataclass(frozen=True)
class Recall:
    """A lot with all who got of it, the promised first; what left unused is `disposed`, `others` are lots like it."""

    lot: LotRow
    taken_in: int
    given: int
    disposed: int
    rows: tuple[RecallRow, ...]
    others: tuple[int, ...]

    @property
    def unit(self) -> Unit:
        return self.lot.unit

    @property
    def households(self) -> int:
        """How many households are known by name."""
        return len({one.household_id for one in self.rows if one.household_id is not None})


def of_lot(reader: Reader, lot_id: int, today: date) -> Recall | None:
    """Everybody to be told of a lot; None where there is no such lot."""
    lot = goods.rows(reader, [lot_id], today).get(lot_id)
    if lot is None:
        return None
    sums = {
        kind: quantity
        for kind, quantity in reader.execute(
            select(GoodsMovement.kind, func.sum(GoodsMovement.quantity))
            .where(GoodsMovement.lot_id == lot_id, _stands())
            .group_by(GoodsMovement.kind)
        )
    }
    return Recall(
        lot=lot,
        taken_in=sums.get(MovementKind.INTAKE, 0),
        given=-sums.get(MovementKind.DISTRIBUTION, 0),
        disposed=-sums.get(MovementKind.DISPOSAL, 0),
        rows=(*_promised(reader, lot_id), *(RecallRow(*row) for row in map(tuple, reader.execute(given_of(lot_id))))),
        others=_alike(reader, lot),
    )


def given_of(lot_id: int) -> Select[Any]:
    """The hand-outs of a lot that stand, in the order of their days; found by the lot's index alone."""
    first = _first_contact()
    columns: list[Any] = [
        GoodsMovement.id,
        GoodsMovement.day,
        -GoodsMovement.quantity,
        GoodsMovement.target,
        GoodsMovement.household_id,
        func.coalesce(Household.number, ""),
        func.coalesce(Household.display_name, ""),
        func.coalesce(Household.building, ""),
        GoodsMovement.shop_id,
        func.coalesce(Shop.code + " " + Shop.name_zh, ""),
        func.coalesce(ShopContact.name, ""),
        func.coalesce(ShopContact.phone, ""),
        GoodsMovement.group_name,
        GoodsMovement.people,
        RunStop.run_id,
        func.coalesce(RunStop.place, ""),
        func.coalesce(Distribution.name, ChoiceEvent.name, ""),
        ChoiceVisit.number,
    ]
    return (
        select(*columns)
        .outerjoin(Household, Household.id == GoodsMovement.household_id)
        .outerjoin(Shop, Shop.id == GoodsMovement.shop_id)
        .outerjoin(ShopContact, and_(ShopContact.shop_id == GoodsMovement.shop_id, ShopContact.id == first))
        .outerjoin(RunStop, RunStop.id == GoodsMovement.run_stop_id)
        .outerjoin(ChoiceEvent, ChoiceEvent.id == GoodsMovement.choice_event_id)
        .outerjoin(ChoiceVisit, ChoiceVisit.id == GoodsMovement.choice_visit_id)
        .outerjoin(DistributionLine, DistributionLine.movement_id == GoodsMovement.id)
        .outerjoin(Distribution, Distribution.id == DistributionLine.distribution_id)
        .where(GoodsMovement.lot_id == lot_id, GoodsMovement.kind == MovementKind.DISTRIBUTION, _stands())
        .order_by(GoodsMovement.day, GoodsMovement.id)
    )


def _stands() -> ColumnElement[bool]:
    """Asked of each movement alone: a list of all corrections would grow with the ledger."""
    return ~select(WRONG.id).where(WRONG.corrects_id == GoodsMovement.id).exists()


def _first_contact() -> ColumnElement[Any]:
    return (
        select(func.min(ShopContact.id))
        .where(ShopContact.shop_id == GoodsMovement.shop_id, ShopContact.phone != "")
        .correlate(GoodsMovement)
        .scalar_subquery()
    )


def _promised(reader: Reader, lot_id: int) -> tuple[RecallRow, ...]:
    """What open lists still would give: it is to be stopped."""
    found = reader.execute(
        select(
            DistributionLine.id,
            Distribution.day,
            DistributionLine.quantity,
            DistributionLine.household_id,
            func.coalesce(Household.number, ""),
            func.coalesce(Household.display_name, ""),
            func.coalesce(Household.building, ""),
            DistributionLine.group_name,
            Distribution.name,
        )
        .join(Distribution, Distribution.id == DistributionLine.distribution_id)
        .outerjoin(Household, Household.id == DistributionLine.household_id)
        .where(DistributionLine.lot_id == lot_id, DistributionLine.state == LineState.PLANNED, Distribution.closed_at.is_(None))
        .order_by(Distribution.day, DistributionLine.id)
    )
    return tuple(
        RecallRow(
            -line_id, day, quantity, Target.GROUP if household_id is None else Target.HOUSEHOLD,
            household_id, number, name, building, None, "", "", "", group, None, None, "", occasion, None, promised=True,
        )
        for line_id, day, quantity, household_id, number, name, building, group, occasion in found
    )  # fmt: skip


def _alike(reader: Reader, lot: LotRow) -> tuple[int, ...]:
    """Other lots of the same thing with the same days: a recall by the maker means them, too."""
    same = (
        GoodsLot.item == lot.item,
        GoodsLot.best_before.is_not_distinct_from(lot.best_before),
        GoodsLot.use_by.is_not_distinct_from(lot.use_by),
        GoodsLot.id != lot.lot_id,
        GoodsDonation.refused_reason == "",
    )
    wanted = select(GoodsLot.id).join(GoodsDonation, GoodsDonation.id == GoodsLot.donation_id).where(*same)
    return tuple(reader.scalars(wanted.order_by(GoodsLot.id)))
