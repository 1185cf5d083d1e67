"""Keeps choice days: what lies on the tables, who comes, what they take, what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, or_, select

from caringstreet.clock import local_day
from caringstreet.model.choice_events import ChoiceEvent, ChoiceVisit
from caringstreet.model.goods import GoodsMovement
from caringstreet.model.needs import Need
from caringstreet.rules.changes import Changed
from caringstreet.rules.choice_events import refuse_picks
from caringstreet.rules.goods import DisposalReason, Target
from caringstreet.rules.likely_days import DayOf
from caringstreet.rules.needs import NeedKind, NeedState
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.usual import Limit
from caringstreet.services import choice_tables, finding, goods, goods_ledger
from caringstreet.services.amount_checks import check_limit
from caringstreet.services.day_checks import check_day, check_days
from caringstreet.services.goods import DonationForm
from caringstreet.services.goods_ledger import Occasion, Recipient
from caringstreet.storage.transaction import Transaction

_CHANGED = (Changed.CHOICE_EVENTS, Changed.GOODS)


@dataclass(frozen=True)
class EventForm:
    """A choice day; `slots` are (time, places) such as ("14:00", 20), empty where nobody is given a time."""

    day: date
    name: str
    place: str = ""
    pick_limit: int = 3
    slots: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class PlannedEvent:
    event_id: int


@dataclass(frozen=True)
class BroughtGoods:
    event_id: int
    lot_ids: tuple[int, ...]


@dataclass(frozen=True)
class SortedOut:
    event_id: int
    movement_ids: tuple[int, ...]


@dataclass(frozen=True)
class VisitForm:
    """One visitor: a household or nobody named, what they take by lot (thousandths), and what they missed."""

    household_id: int | None = None
    slot: str = ""
    picks: tuple[tuple[int, int], ...] = ()
    declined: bool = False
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordedVisit:
    """`number` is the visitor's in the order of coming."""

    visit_id: int
    number: int
    picked: int


@dataclass(frozen=True)
class ClosedEvent:
    event_id: int
    recycled: int


def plan(tx: Transaction, *, form: EventForm, at: datetime, by: str) -> PlannedEvent:
    """Plan a choice day. Refuses one without a name or with a limit under one."""
    check_day(tx, form.day, DayOf.PLANNED, local_day(at))
    event = new_event(tx, form)
    tx.audit("choice_events.plan", by=by, at=at, subject=("choice_event", event.id), changed=_CHANGED)
    return PlannedEvent(event.id)


def change_plan(tx: Transaction, *, event_id: int, form: EventForm, at: datetime, by: str) -> PlannedEvent:
    """Change a choice day that is open. Refuses as `plan` does."""
    event = choice_tables.open_event(tx, event_id)
    check_days(tx, form, event, {"day": DayOf.PLANNED}, local_day(at))
    _take(tx, event, form)
    tx.audit("choice_events.change_plan", by=by, at=at, subject=("choice_event", event.id), changed=_CHANGED)
    return PlannedEvent(event.id)


def bring(tx: Transaction, *, event_id: int, quantities: Mapping[int, int], at: datetime, by: str) -> BroughtGoods:
    """Put lots from the stock on the tables (lot id to thousandths); again for the same lot adds to it.

    Refuses more than is there of a lot.
    """
    event = choice_tables.open_event(tx, event_id)
    if not quantities:
        raise RuleRefused(Refusal.NOTHING_TO_DO)
    for lot_id, quantity in quantities.items():
        choice_tables.display(tx, event, goods_ledger.lot(tx, lot_id), quantity)
    tx.audit("choice_events.bring", by=by, at=at, subject=("choice_event", event.id), changed=_CHANGED, lots=len(quantities))
    return BroughtGoods(event.id, tuple(quantities))


def receive(tx: Transaction, *, event_id: int, form: DonationForm, at: datetime, by: str) -> BroughtGoods:
    """Take a donation in and put all of it on the tables. Refuses as taking in does."""
    event = choice_tables.open_event(tx, event_id)
    kept = goods.new_donation(tx, form, at=at, by=by)
    lots = [goods.add_lot(tx, kept, one, at=at, by=by) for one in form.lots]
    for lot, one in zip(lots, form.lots, strict=True):
        choice_tables.display(tx, event, lot, one.quantity)
    tx.audit("choice_events.receive", by=by, at=at, subject=("choice_event", event.id), changed=_CHANGED, donation=kept.number)
    return BroughtGoods(event.id, tuple(one.id for one in lots))


def sort_out(tx: Transaction, *, event_id: int, quantities: Mapping[int, int], note: str = "", at: datetime, by: str) -> SortedOut:
    """Take what is not fit off the tables (lot id to thousandths); it is thrown away. Refuses more than lies there."""
    event = choice_tables.open_event(tx, event_id)
    if not quantities:
        raise RuleRefused(Refusal.NOTHING_TO_DO)
    made = [
        choice_tables.dispose(tx, event, lot_id, quantity, DisposalReason.UNFIT, note=note, at=at, by=by).id
        for lot_id, quantity in quantities.items()
    ]
    tx.audit("choice_events.sort_out", by=by, at=at, subject=("choice_event", event.id), changed=_CHANGED, lots=len(quantities))
    return SortedOut(event.id, tuple(made))


def take_back_sorting(
    tx: Transaction,
    *,
    event_id: int,
    reason: str,
    lot_ids: Sequence[int] = (),
    movement_ids: Sequence[int] = (),
    at: datetime,
    by: str,
) -> SortedOut:
    """What was sorted out by mistake, all of some lots or by some entries, lies on the tables again. Asks a reason.

    Refuses where nothing of it stands.
    """
    given = finding.a_reason(reason)
    event = choice_tables.open_event(tx, event_id)
    unfit = (GoodsMovement.choice_event_id == event.id, GoodsMovement.reason == DisposalReason.UNFIT)
    meant = or_(GoodsMovement.lot_id.in_(list(lot_ids)), GoodsMovement.id.in_(list(movement_ids)))
    found = goods_ledger.standing(tx, *unfit, meant)
    if not found:
        raise RuleRefused(Refusal.NOTHING_TO_DO)
    for movement in found:
        goods_ledger.enter_correction(tx, movement, at=at, by=by, note=given)
    tx.audit("choice_events.take_back_sorting", by=by, at=at, subject=("choice_event", event.id), changed=_CHANGED, reason=given)
    return SortedOut(event.id, tuple(one.id for one in found))


def put_away(tx: Transaction, *, event_id: int, quantities: Mapping[int, int], at: datetime, by: str) -> BroughtGoods:
    """Take lots off the tables, back into the stock (lot id to thousandths). Refuses more than lies there."""
    event = choice_tables.open_event(tx, event_id)
    if not quantities:
        raise RuleRefused(Refusal.NOTHING_TO_DO)
    for lot_id, quantity in quantities.items():
        choice_tables.put_away(tx, event, lot_id, quantity)
    tx.audit("choice_events.put_away", by=by, at=at, subject=("choice_event", event.id), changed=_CHANGED, lots=len(quantities))
    return BroughtGoods(event.id, tuple(quantities))


def visit(tx: Transaction, *, event_id: int, form: VisitForm, at: datetime, by: str) -> RecordedVisit:
    """Record one visitor: picks go out of the ledger, wishes become needs; taking nothing is a normal answer.

    Refuses more picks than the day allows (earlier visits of the same household count), and more than lies there.
    """
    event = choice_tables.open_event(tx, event_id)
    if form.household_id is not None:
        finding.household(tx, form.household_id)
    picked = sum(goods_ledger.a_quantity(quantity) for _, quantity in form.picks)
    refuse_picks(event.pick_limit, _picked_before(tx, event, form.household_id), picked)
    row = ChoiceVisit(
        choice_event_id=event.id,
        number=(tx.session.scalar(select(func.max(ChoiceVisit.number)).where(ChoiceVisit.choice_event_id == event.id)) or 0) + 1,
        household_id=form.household_id,
        slot=form.slot.strip(),
        at=at,
        declined=form.declined or not form.picks,
        recorded_by=by,
    )
    tx.session.add(row)
    tx.session.flush()
    for lot_id, quantity in form.picks:
        _pick(tx, event, row, lot_id, quantity, at=at, by=by)
    _wish(tx, event, form, by)
    changed = (*_CHANGED, Changed.NEEDS) if form.wishes else _CHANGED
    tx.audit("choice_events.visit", by=by, at=at, subject=("choice_event", event.id), changed=changed, number=row.number, picked=picked)
    return RecordedVisit(row.id, row.number, picked)


def take_back_visit(tx: Transaction, *, visit_id: int, reason: str, at: datetime, by: str) -> RecordedVisit:
    """Counter a visit recorded by mistake; its picks lie on the tables again. Asks a reason."""
    given = finding.a_reason(reason)
    row = tx.session.get(ChoiceVisit, visit_id)
    if row is None or row.taken_back_at is not None:
        raise RuleRefused(Refusal.CHOICE_VISIT_UNKNOWN)
    event = choice_tables.open_event(tx, row.choice_event_id)
    of_visit = (GoodsMovement.choice_event_id == event.id, GoodsMovement.choice_visit_id == row.id)
    for movement in goods_ledger.standing(tx, *of_visit):
        goods_ledger.enter_correction(tx, movement, at=at, by=by, note=given)
    row.taken_back_at = at
    tx.audit("choice_events.take_back_visit", by=by, at=at, subject=("choice_event", event.id), changed=_CHANGED, number=row.number)
    return RecordedVisit(row.id, row.number, 0)


def close(tx: Transaction, *, event_id: int, recycled: Mapping[int, int], at: datetime, by: str) -> ClosedEvent:
    """End a choice day: what is recycled leaves (lot id to thousandths), everything else left is kept in stock."""
    event = choice_tables.open_event(tx, event_id)
    for lot_id, quantity in recycled.items():
        if quantity:
            choice_tables.dispose(tx, event, lot_id, quantity, DisposalReason.RECYCLED, at=at, by=by)
    event.closed_at = at
    tx.audit("choice_events.close", by=by, at=at, subject=("choice_event", event.id), changed=_CHANGED, recycled=sum(recycled.values()))
    return ClosedEvent(event.id, sum(recycled.values()))


def reopen(tx: Transaction, *, event_id: int, reason: str, at: datetime, by: str) -> PlannedEvent:
    """Open a closed choice day again; what was recycled at its end lies there again. Asks a reason."""
    given = finding.a_reason(reason)
    event = choice_tables.the_event(tx, event_id)
    if event.closed_at is None:
        raise RuleRefused(Refusal.CHOICE_EVENT_NOT_CLOSED)
    of_event = GoodsMovement.choice_event_id == event.id
    for movement in goods_ledger.standing(tx, of_event, GoodsMovement.reason == DisposalReason.RECYCLED):
        goods_ledger.enter_correction(tx, movement, at=at, by=by, note=given)
    event.closed_at = None
    tx.audit("choice_events.reopen", by=by, at=at, subject=("choice_event", event.id), changed=_CHANGED, reason=given)
    return PlannedEvent(event.id)


def new_event(tx: Transaction, form: EventForm, source: str | None = None) -> ChoiceEvent:
    """A choice day, open. A part of services, never an action of its own."""
    event = ChoiceEvent(source=source)
    _take(tx, event, form)
    tx.session.add(event)
    tx.session.flush()
    return event


def _pick(tx: Transaction, event: ChoiceEvent, row: ChoiceVisit, lot_id: int, quantity: int, *, at: datetime, by: str) -> None:
    lot = choice_tables.lying(tx, event, lot_id, quantity)
    household = row.household_id
    target = Target.HOUSEHOLD if household is not None else Target.HOUSEHOLDS
    occasion = Occasion(choice_event_id=event.id, choice_visit_id=row.id)
    recipient = Recipient(target, household_id=household)
    goods_ledger.enter_distribution(tx, lot, quantity, recipient, day=event.day, at=at, by=by, occasion=occasion)


def _wish(tx: Transaction, event: ChoiceEvent, form: VisitForm, by: str) -> None:
    for wish in form.wishes:
        if wish.strip():
            tx.session.add(
                Need(
                    kind=NeedKind.GOODS,
                    subject=wish.strip(),
                    day=event.day,
                    household_id=form.household_id,
                    choice_event_id=event.id,
                    state=NeedState.NEW,
                    recorded_by=by,
                )
            )


def _picked_before(tx: Transaction, event: ChoiceEvent, household_id: int | None) -> int:
    if household_id is None:
        return 0
    taken = select(func.coalesce(func.sum(GoodsMovement.quantity), 0)).where(
        GoodsMovement.choice_event_id == event.id, GoodsMovement.choice_visit_id.in_(_visits(event, household_id))
    )
    return -(tx.session.scalar(taken) or 0)


def _visits(event: ChoiceEvent, household_id: int) -> Select[int]:
    return select(ChoiceVisit.id).where(ChoiceVisit.choice_event_id == event.id, ChoiceVisit.household_id == household_id)


def _take(tx: Transaction, event: ChoiceEvent, form: EventForm) -> None:
    if not form.name.strip():
        raise RuleRefused(Refusal.NAME_MISSING, "name")
    if form.pick_limit < 1:
        raise RuleRefused(Refusal.CHOICE_LIMIT_UNUSABLE, "pick_limit")
    if form.pick_limit != event.pick_limit:
        check_limit(tx, form.pick_limit, Limit.PICKS, "pick_limit")
    for slot, places in form.slots:
        if [slot, places] not in (event.slots or []):
            check_limit(tx, places, Limit.PLACES, "slots")
    event.day, event.name, event.place = form.day, form.name.strip(), form.place.strip()
    event.pick_limit, event.slots = form.pick_limit, [list(one) for one in form.slots]
