"""Stock-takes: what should be there, what was counted, who signed. Quantities are thousandths."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select

from caringstreet.model.goods import GoodsDonation, GoodsLot, StockTake, StockTakeLine
from caringstreet.rules.quantities import Unit
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class StockTakeRow:
    """One count; open until it is signed or withdrawn."""

    stock_take_id: int
    day: date
    place: str
    counted_by: str
    signed_by: str
    withdrawn: bool
    lots: int
    differences: int

    @property
    def open(self) -> bool:
        return not self.signed_by and not self.withdrawn


@dataclass(frozen=True)
class CountRow:
    lot_id: int
    item: str
    unit: Unit
    giver: str
    place: str
    expected: int
    counted: int
    reason: str


def rows(reader: Reader) -> list[StockTakeRow]:
    """All counts, the newest first."""
    found = reader.execute(
        select(
            StockTake.id,
            StockTake.day,
            StockTake.place,
            StockTake.counted_by,
            StockTake.signed_by,
            StockTake.withdrawn_at.is_not(None),
            func.count(StockTakeLine.id),
            func.coalesce(func.sum(case((StockTakeLine.counted != StockTakeLine.expected, 1), else_=0)), 0),
        )
        .outerjoin(StockTakeLine, StockTakeLine.stock_take_id == StockTake.id)
        .group_by(StockTake.id)
        .order_by(StockTake.id.desc())
    )
    return [StockTakeRow(*row) for row in found]


def lines(reader: Reader, stock_take_id: int) -> list[CountRow]:
    """The lots of a count, what differs first."""
    found = reader.execute(
        select(
            GoodsLot.id,
            GoodsLot.item,
            GoodsLot.unit,
            GoodsDonation.giver,
            GoodsLot.place,
            StockTakeLine.expected,
            StockTakeLine.counted,
            StockTakeLine.reason,
        )
        .join(GoodsLot, GoodsLot.id == StockTakeLine.lot_id)
        .join(GoodsDonation, GoodsDonation.id == GoodsLot.donation_id)
        .where(StockTakeLine.stock_take_id == stock_take_id)
        .order_by(StockTakeLine.counted == StockTakeLine.expected, GoodsLot.item, GoodsLot.id)
    )
    return [CountRow(*row) for row in found]
