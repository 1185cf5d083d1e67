"""Choice days: their tables, their visitors, what is left. Quantities are thousandths."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, select

from caringstreet.model.choice_events import ChoiceDisplay, ChoiceEvent, ChoiceVisit
from caringstreet.model.goods import GoodsDonation, GoodsLot, GoodsMovement
from caringstreet.model.households import Household
from caringstreet.model.needs import Need
from caringstreet.queries.goods_ledger import KIND, REASON, WRONG, summed
from caringstreet.rules.goods import DisposalReason, MovementKind
from caringstreet.rules.months import Month
from caringstreet.rules.quantities import Unit
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class ChoiceDayFigures:
    """displayed = received - unfit; left = displayed - chosen = kept + recycled."""

    event_id: int
    day: date
    name: str
    visitors: int
    received: int
    unfit: int
    chosen: int
    recycled: int
    wishes: int

    @property
    def displayed(self) -> int:
        return self.received - self.unfit

    @property
    def left(self) -> int:
        return self.displayed - self.chosen

    @property
    def kept(self) -> int:
        return self.left - self.recycled


@dataclass(frozen=True)
class EventRow:
    """A choice day; `slots` are (time, places)."""

    event_id: int
    day: date
    name: str
    place: str
    pick_limit: int
    slots: tuple[tuple[str, int], ...]
    closed: bool


@dataclass(frozen=True)
class TableRow:
    """A lot on the tables; on_table = brought - unfit - chosen - recycled."""

    lot_id: int
    item: str
    unit: Unit
    giver: str
    size: str
    condition: str
    has_photo: bool
    brought: int
    unfit: int
    chosen: int
    recycled: int

    @property
    def on_table(self) -> int:
        return self.brought - self.unfit - self.chosen - self.recycled


@dataclass(frozen=True)
class PickRow:
    lot_id: int
    item: str
    unit: Unit
    quantity: int


@dataclass(frozen=True)
class VisitRow:
    """One visitor; a household only where one was named."""

    visit_id: int
    number: int
    household_id: int | None
    household: str
    display_name: str
    slot: str
    at: datetime
    declined: bool
    picks: tuple[PickRow, ...]

    @property
    def picked(self) -> int:
        return sum(one.quantity for one in self.picks)


def month_figures(reader: Reader, month: Month) -> tuple[ChoiceDayFigures, ...]:
    """The choice days of a month."""
    ids = reader.scalars(
        select(ChoiceEvent.id).where(ChoiceEvent.day.between(month.first_day, month.last_day)).order_by(ChoiceEvent.day, ChoiceEvent.id)
    ).all()
    return tuple(figures(reader, event_id) for event_id in ids)


def figures(reader: Reader, event_id: int) -> ChoiceDayFigures:
    """What a choice day adds up to."""
    day, name, counted = reader.execute(
        select(ChoiceEvent.day, ChoiceEvent.name, ChoiceEvent.visitors_counted).where(ChoiceEvent.id == event_id)
    ).one()
    lots = tables(reader, event_id)
    came = select(func.count()).where(ChoiceVisit.choice_event_id == event_id, ChoiceVisit.taken_back_at.is_(None))
    wishes = select(func.count()).where(Need.choice_event_id == event_id)
    return ChoiceDayFigures(
        event_id=event_id,
        day=day,
        name=name,
        visitors=counted if counted is not None else reader.scalar(came) or 0,
        received=sum(one.brought for one in lots),
        unfit=sum(one.unfit for one in lots),
        chosen=sum(one.chosen for one in lots),
        recycled=sum(one.recycled for one in lots),
        wishes=reader.scalar(wishes) or 0,
    )


def rows(reader: Reader) -> list[EventRow]:
    """All choice days, the newest first."""
    found = reader.execute(
        select(
            ChoiceEvent.id,
            ChoiceEvent.day,
            ChoiceEvent.name,
            ChoiceEvent.place,
            ChoiceEvent.pick_limit,
            ChoiceEvent.slots,
            ChoiceEvent.closed_at,
        ).order_by(ChoiceEvent.day.desc(), ChoiceEvent.id.desc())
    )
    return [
        EventRow(event_id, day, name, place, limit, tuple((str(at), int(places)) for at, places in slots), closed is not None)
        for event_id, day, name, place, limit, slots, closed in found
    ]


def tables(reader: Reader, event_id: int) -> list[TableRow]:
    """What lies on the tables, by item."""
    moved = (
        select(
            GoodsMovement.lot_id,
            (-summed(and_(KIND == MovementKind.DISPOSAL, REASON == DisposalReason.UNFIT))).label("unfit"),
            (-summed(KIND == MovementKind.DISTRIBUTION)).label("chosen"),
            (-summed(and_(KIND == MovementKind.DISPOSAL, REASON != DisposalReason.UNFIT))).label("recycled"),
        )
        .outerjoin(WRONG, WRONG.id == GoodsMovement.corrects_id)
        .where(GoodsMovement.choice_event_id == event_id)
        .group_by(GoodsMovement.lot_id)
        .subquery()
    )
    found = reader.execute(
        select(
            GoodsLot.id,
            GoodsLot.item,
            GoodsLot.unit,
            GoodsDonation.giver,
            GoodsLot.size,
            GoodsLot.condition,
            GoodsLot.photo.is_not(None),
            ChoiceDisplay.brought,
            func.coalesce(moved.c.unfit, 0),
            func.coalesce(moved.c.chosen, 0),
            func.coalesce(moved.c.recycled, 0),
        )
        .join(GoodsLot, GoodsLot.id == ChoiceDisplay.lot_id)
        .join(GoodsDonation, GoodsDonation.id == GoodsLot.donation_id)
        .outerjoin(moved, moved.c.lot_id == GoodsLot.id)
        .where(ChoiceDisplay.choice_event_id == event_id)
        .order_by(GoodsLot.item, GoodsLot.size, GoodsLot.id)
    )
    return [TableRow(*one) for one in found]


def visits(reader: Reader, event_id: int) -> list[VisitRow]:
    """The visitors, the last first; visits taken back are left out."""
    found = reader.execute(
        select(
            ChoiceVisit.id,
            ChoiceVisit.number,
            ChoiceVisit.household_id,
            func.coalesce(Household.number, ""),
            func.coalesce(Household.display_name, ""),
            ChoiceVisit.slot,
            ChoiceVisit.at,
            ChoiceVisit.declined,
        )
        .outerjoin(Household, Household.id == ChoiceVisit.household_id)
        .where(ChoiceVisit.choice_event_id == event_id, ChoiceVisit.taken_back_at.is_(None))
        .order_by(ChoiceVisit.number.desc())
    ).all()
    picks = _picks(reader, event_id)
    return [VisitRow(*one, picks=tuple(picks.get(one[0], ()))) for one in found]


def _picks(reader: Reader, event_id: int) -> dict[int, list[PickRow]]:
    found = reader.execute(
        select(GoodsMovement.choice_visit_id, GoodsLot.id, GoodsLot.item, GoodsLot.unit, -func.sum(GoodsMovement.quantity))
        .join(GoodsLot, GoodsLot.id == GoodsMovement.lot_id)
        .where(GoodsMovement.choice_event_id == event_id, GoodsMovement.choice_visit_id.is_not(None))
        .group_by(GoodsMovement.choice_visit_id, GoodsLot.id)
        .order_by(GoodsLot.item)
    )
    picks: dict[int, list[PickRow]] = {}
    for visit_id, lot_id, item, unit, quantity in found:
        if visit_id is not None and quantity:
            picks.setdefault(visit_id, []).append(PickRow(lot_id, item, unit, quantity))
    return picks
