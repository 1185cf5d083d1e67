"""The ledger of goods of a month, entry by entry, for the workbook. Quantities are thousandths, signed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from caringstreet.model.goods import GoodsDonation, GoodsLot, GoodsMovement
from caringstreet.model.households import Household
from caringstreet.model.shops import Shop
from caringstreet.rules.goods import DisposalReason, MovementKind, Target
from caringstreet.rules.months import Month
from caringstreet.rules.quantities import Unit
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class LedgerRow:
    """One entry. A household is its number alone; `receiver` is a shop or the name of a group.

    `corrects` is the entry that this one counters; `allotted_to` tells that its donation never was the street's stock.
    """

    movement_id: int
    day: date
    lot_id: int
    receipt: int
    item: str
    unit: Unit
    quantity: int
    kind: MovementKind
    target: Target | None
    household: str
    receiver: str
    people: int | None
    reason: DisposalReason | None
    corrects: int | None
    allotted_to: Target | None
    recorded_by: str


def of_month(reader: Reader, month: Month) -> list[LedgerRow]:
    """All entries of a month in the order in which they count."""
    found = reader.execute(
        select(
            GoodsMovement.id,
            GoodsMovement.day,
            GoodsLot.id,
            GoodsDonation.number,
            GoodsLot.item,
            GoodsLot.unit,
            GoodsMovement.quantity,
            GoodsMovement.kind,
            GoodsMovement.target,
            func.coalesce(Household.number, ""),
            func.coalesce(Shop.code + " " + Shop.name_zh, GoodsMovement.group_name),
            GoodsMovement.people,
            GoodsMovement.reason,
            GoodsMovement.corrects_id,
            GoodsDonation.allotted_to,
            GoodsMovement.recorded_by,
        )
        .join(GoodsLot, GoodsLot.id == GoodsMovement.lot_id)
        .join(GoodsDonation, GoodsDonation.id == GoodsLot.donation_id)
        .outerjoin(Household, Household.id == GoodsMovement.household_id)
        .outerjoin(Shop, Shop.id == GoodsMovement.shop_id)
        .where(GoodsMovement.day.between(month.first_day, month.last_day))
        .order_by(GoodsMovement.day, GoodsMovement.id)
    )
    return [LedgerRow(*row) for row in map(tuple, found)]
