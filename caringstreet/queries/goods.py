"""Donated goods as lists and details show them; stock is always the sum of movements. Quantities are thousandths."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select

from caringstreet.model.distributions import DistributionLine
from caringstreet.model.goods import GoodsDonation, GoodsLot, GoodsMinimum, GoodsMovement
from caringstreet.model.households import Household
from caringstreet.model.shops import Shop
from caringstreet.queries.like import like
from caringstreet.rules.distributions import LineState
from caringstreet.rules.goods import DisposalReason, Freshness, GiverKind, MovementKind, StorageClass, Target
from caringstreet.rules.quantities import Unit
from caringstreet.rules.texts import fold, search_words
from caringstreet.storage.database import Reader


class LotView(StrEnum):
    """The chips over the list."""

    STOCK = "stock"
    FIRST = "first"
    BLOCKED = "blocked"
    LOW = "low"
    ALL = "all"


@dataclass(frozen=True)
class LotRow:
    """One lot with its stock at the end of a day; `promised` stands on open hand-out lists."""

    lot_id: int
    donation_id: int
    number: int
    day: date
    giver: str
    item: str
    unit: Unit
    stock: int
    promised: int
    storage: StorageClass
    best_before: date | None
    use_by: date | None
    deliver_by: datetime | None
    place: str
    size: str
    condition: str

    @property
    def freshness(self) -> Freshness:
        return Freshness(self.best_before, self.use_by, self.deliver_by)


@dataclass(frozen=True)
class MovementRow:
    """One entry of the ledger; `receiver` is the household's number, the shop, or the group's name."""

    movement_id: int
    kind: MovementKind
    quantity: int
    day: date
    at: datetime
    target: Target | None
    receiver: str
    people: int | None
    reason: DisposalReason | None
    note: str
    recorded_by: str
    corrected: bool
    elsewhere: bool  # recorded by a run, a choice day, a list or a stock-take, and taken back there


@dataclass(frozen=True)
class LotDetail:
    """All that is kept of a lot."""

    row: LotRow
    giver_kind: GiverKind
    shop_id: int | None
    allotted_to: Target | None
    refused_reason: str
    refused_quantity: int | None
    value_cents: int | None
    grams_each: int | None
    not_for: tuple[str, ...]
    note: str
    has_photo: bool
    movements: tuple[MovementRow, ...]


@dataclass(frozen=True)
class ItemStock:
    """An item of one place; `minimum` where one is set for the item."""

    item: str
    unit: Unit
    place: str
    stock: int
    lots: int


@dataclass(frozen=True)
class LowItem:
    item: str
    unit: Unit
    stock: int
    minimum: int


def _stock(day: date, lots: Select[Any] | Sequence[int] | None = None) -> Subquery:
    """The stock of each lot, or of these, at the end of a day, from the index alone."""
    wanted = select(GoodsMovement.lot_id, func.sum(GoodsMovement.quantity).label("stock")).where(GoodsMovement.day <= day)
    if lots is not None:
        wanted = wanted.where(GoodsMovement.lot_id.in_(lots))
    return wanted.group_by(GoodsMovement.lot_id).subquery()


def _last_day() -> ColumnElement[Any]:
    """The earlier of the two days; NULL where there is neither."""
    both = case((GoodsLot.use_by < GoodsLot.best_before, GoodsLot.use_by), else_=GoodsLot.best_before)
    return func.coalesce(both, GoodsLot.best_before, GoodsLot.use_by)


def _blocked(day: date, at: datetime) -> ColumnElement[bool]:
    return or_(_last_day() < day, GoodsLot.deliver_by < at)


def _view(view: LotView, stock: Any, day: date, at: datetime, low: Sequence[LowItem]) -> ColumnElement[bool]:
    there = and_(func.coalesce(stock, 0) > 0, GoodsDonation.refused_reason == "")
    if view is LotView.STOCK:
        return there
    if view is LotView.FIRST:
        return and_(there, or_(_last_day().is_not(None), GoodsLot.deliver_by.is_not(None)), ~func.coalesce(_blocked(day, at), False))
    if view is LotView.BLOCKED:
        return and_(there, func.coalesce(_blocked(day, at), False))
    if view is LotView.LOW:
        return GoodsLot.item.in_([one.item for one in low])
    return GoodsLot.id.is_not(None)


def matching_ids(
    reader: Reader, view: LotView, search: str, day: date, at: datetime, sort: str = "item", *, descending: bool = False
) -> "array[int]":
    """The lots of a view that hold every word of the search; "first" sorts by what must be given first."""
    stock = _stock(day)
    wanted: Select[Any] = (
        select(GoodsLot.id)
        .join(GoodsDonation, GoodsDonation.id == GoodsLot.donation_id)
        .outerjoin(stock, stock.c.lot_id == GoodsLot.id)
        .where(_view(view, stock.c.stock, day, at, low_items(reader, day) if view is LotView.LOW else ()))
    )
    for word in search_words(search):
        wanted = wanted.where(GoodsLot.search_text.like(like(fold(word)), escape="\\"))
    orders: dict[str, Any] = {
        "item": GoodsLot.item,
        "stock": func.coalesce(stock.c.stock, 0),
        "giver": GoodsDonation.giver,
        "day": GoodsDonation.day,
        "place": GoodsLot.place,
        "first": _last_day(),
        "storage": GoodsLot.storage,
    }
    column = orders[sort]
    order = [column.desc() if descending else column]
    if sort == "first":
        order = [GoodsLot.deliver_by.is_(None), GoodsLot.deliver_by, column.is_(None), *order]
    return array("q", reader.scalars(wanted.order_by(*order, GoodsLot.id.desc())))


def counts(reader: Reader, day: date, at: datetime) -> dict[LotView, int]:
    """How many lots each chip shows."""
    stock = _stock(day)
    low = low_items(reader, day)
    columns = [func.sum(case((_view(view, stock.c.stock, day, at, low), 1), else_=0)) for view in LotView]
    found = reader.execute(
        select(*columns)
        .select_from(GoodsLot)
        .join(GoodsDonation, GoodsDonation.id == GoodsLot.donation_id)
        .outerjoin(stock, stock.c.lot_id == GoodsLot.id)
    ).one()
    return {view: number or 0 for view, number in zip(LotView, found, strict=True)}


def rows(reader: Reader, ids: Sequence[int], day: date) -> dict[int, LotRow]:
    """The rows of these lots with their stock at the end of a day."""
    wanted = list(ids)
    stock = _stock(day, wanted)
    promised = (
        select(DistributionLine.lot_id, func.sum(DistributionLine.quantity).label("promised"))
        .where(DistributionLine.state == LineState.PLANNED, DistributionLine.lot_id.in_(wanted))
        .group_by(DistributionLine.lot_id)
        .subquery()
    )
    found = reader.execute(
        select(
            GoodsLot.id,
            GoodsDonation.id,
            GoodsDonation.number,
            GoodsDonation.day,
            GoodsDonation.giver,
            GoodsLot.item,
            GoodsLot.unit,
            func.coalesce(stock.c.stock, 0),
            func.coalesce(promised.c.promised, 0),
            GoodsLot.storage,
            GoodsLot.best_before,
            GoodsLot.use_by,
            GoodsLot.deliver_by,
            GoodsLot.place,
            GoodsLot.size,
            GoodsLot.condition,
        )
        .join(GoodsDonation, GoodsDonation.id == GoodsLot.donation_id)
        .outerjoin(stock, stock.c.lot_id == GoodsLot.id)
        .outerjoin(promised, promised.c.lot_id == GoodsLot.id)
        .where(GoodsLot.id.in_(wanted))
    )
    return {row[0]: LotRow(*row) for row in found}


def detail(reader: Reader, lot_id: int, day: date) -> LotDetail:
    """Everything of one lot with its ledger, the newest entry first."""
    found = reader.execute(
        select(
            GoodsDonation.giver_kind,
            GoodsDonation.shop_id,
            GoodsDonation.allotted_to,
            GoodsDonation.refused_reason,
            GoodsLot.refused_quantity,
            GoodsLot.value_cents,
            GoodsLot.grams_each,
            GoodsLot.not_for,
            GoodsLot.note,
            GoodsLot.photo.is_not(None),
        )
        .join(GoodsLot, GoodsLot.donation_id == GoodsDonation.id)
        .where(GoodsLot.id == lot_id)
    ).one()
    kind, shop_id, allotted, refused, quantity, value, each, not_for, note, has_photo = found
    return LotDetail(
        row=rows(reader, [lot_id], day)[lot_id],
        giver_kind=kind,
        shop_id=shop_id,
        allotted_to=allotted,
        refused_reason=refused,
        refused_quantity=quantity,
        value_cents=value,
        grams_each=each,
        not_for=tuple(not_for),
        note=note,
        has_photo=has_photo,
        movements=tuple(movements(reader, [lot_id])),
    )


def movements(reader: Reader, lot_ids: Sequence[int]) -> list[MovementRow]:
    """The ledger of lots, the newest entry first."""
    counter = GoodsMovement.__table__.alias("counter")
    listed = select(DistributionLine.id).where(DistributionLine.movement_id == GoodsMovement.id).exists()
    occasion = or_(
        GoodsMovement.run_stop_id.is_not(None),
        GoodsMovement.choice_event_id.is_not(None),
        GoodsMovement.stock_take_id.is_not(None),
        listed,
    )
    found = reader.execute(
        select(
            GoodsMovement.id,
            GoodsMovement.kind,
            GoodsMovement.quantity,
            GoodsMovement.day,
            GoodsMovement.at,
            GoodsMovement.target,
            func.coalesce(Household.number, Shop.code + " " + Shop.name_zh, GoodsMovement.group_name),
            GoodsMovement.people,
            GoodsMovement.reason,
            GoodsMovement.note,
            GoodsMovement.recorded_by,
            counter.c.id.is_not(None),
            occasion,
        )
        .outerjoin(Household, Household.id == GoodsMovement.household_id)
        .outerjoin(Shop, Shop.id == GoodsMovement.shop_id)
        .outerjoin(counter, counter.c.corrects_id == GoodsMovement.id)
        .where(GoodsMovement.lot_id.in_(list(lot_ids)))
        .order_by(GoodsMovement.id.desc())
    )
    return [MovementRow(*row) for row in map(tuple, found)]


def photo(reader: Reader, lot_id: int) -> bytes | None:
    """The photo of a lot."""
    return reader.scalar(select(GoodsLot.photo).where(GoodsLot.id == lot_id))


def stock_by_place(reader: Reader, day: date, item: str | None = None, unit: Unit | None = None) -> list[ItemStock]:
    """What is there at the end of a day, by item, unit and place; of all items, or of one in its unit."""
    lots = None if item is None else select(GoodsLot.id).where(GoodsLot.item == item, GoodsLot.unit == unit)
    stock = _stock(day, lots)
    found = reader.execute(
        select(GoodsLot.item, GoodsLot.unit, GoodsLot.place, func.sum(stock.c.stock), func.count())
        .join(stock, stock.c.lot_id == GoodsLot.id)
        .where(stock.c.stock > 0)
        .group_by(GoodsLot.item, GoodsLot.unit, GoodsLot.place)
        .order_by(GoodsLot.item, GoodsLot.unit, GoodsLot.place)
    )
    return [ItemStock(*row) for row in found]


def low_items(reader: Reader, day: date) -> list[LowItem]:
    """Items of which less is there than their minimum."""
    stock = _stock(day)
    there = func.coalesce(func.sum(stock.c.stock), 0)
    found = reader.execute(
        select(GoodsMinimum.item, GoodsMinimum.unit, there, GoodsMinimum.minimum)
        .outerjoin(GoodsLot, and_(GoodsLot.item == GoodsMinimum.item, GoodsLot.unit == GoodsMinimum.unit))
        .outerjoin(stock, stock.c.lot_id == GoodsLot.id)
        .group_by(GoodsMinimum.id)
        .having(there < GoodsMinimum.minimum)
        .order_by(GoodsMinimum.item)
    )
    return [LowItem(*row) for row in found]


def minimum(reader: Reader, item: str, unit: Unit) -> int | None:
    """From how little of an item on it counts as low."""
    return reader.scalar(select(GoodsMinimum.minimum).where(GoodsMinimum.item == item, GoodsMinimum.unit == unit))


def known_items(reader: Reader) -> Mapping[str, Unit]:
    """Items given before with the unit they were given in last, the newest first: what a form suggests."""
    found = reader.execute(select(GoodsLot.item, GoodsLot.unit).order_by(GoodsLot.id.desc()).limit(2000))
    known: dict[str, Unit] = {}
    for item, unit in found:
        known.setdefault(item, unit)
    return known


def known_places(reader: Reader) -> list[str]:
    """Places where something is or was kept."""
    found = reader.scalars(select(GoodsLot.place).where(GoodsLot.place != "").distinct().order_by(GoodsLot.place))
    return list(found)
