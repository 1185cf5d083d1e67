"""What every movement of goods has in common; a part of services, never an action of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, select

from caringstreet.clock import HONG_KONG, local_day
from caringstreet.model.goods import GoodsLot, GoodsMovement
from caringstreet.rules.goods import (
    DisposalReason,
    Freshness,
    Movement,
    MovementKind,
    Target,
    refuse_overdraft,
    refuse_stale,
    stock_on,
)
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import finding
from caringstreet.services.day_checks import check_happened
from caringstreet.storage.transaction import Transaction


@dataclass(frozen=True)
class Recipient:
    """Who receives: a household, a shop, or a named group of `people`; the team and partners need no more than a name."""

    target: Target
    household_id: int | None = None
    shop_id: int | None = None
    group_name: str = ""
    people: int | None = None


@dataclass(frozen=True)
class Occasion:
    """On what occasion a movement happened."""

    run_stop_id: int | None = None
    choice_event_id: int | None = None
    choice_visit_id: int | None = None
    stock_take_id: int | None = None


NO_OCCASION = Occasion()


def lot(tx: Transaction, lot_id: int) -> GoodsLot:
    """A lot. Refuses an unknown one."""
    found = tx.session.get(GoodsLot, lot_id)
    if found is None:
        raise RuleRefused(Refusal.GOODS_LOT_UNKNOWN, "lot", lot=lot_id)
    return found


def movements(tx: Transaction, lot_id: int) -> list[Movement]:
    """The ledger of one lot."""
    tx.session.flush()
    rows = tx.session.execute(select(GoodsMovement.day, GoodsMovement.quantity).where(GoodsMovement.lot_id == lot_id))
    return [Movement(day, quantity) for day, quantity in rows]


def stock(tx: Transaction, lot_id: int, day: date) -> int:
    """What is there of a lot at the end of a day, in thousandths."""
    return stock_on(movements(tx, lot_id), day)


def movement(tx: Transaction, movement_id: int) -> GoodsMovement:
    """An entry of the ledger. Refuses an unknown one."""
    found = tx.session.get(GoodsMovement, movement_id)
    if found is None:
        raise RuleRefused(Refusal.GOODS_MOVEMENT_UNKNOWN, movement=movement_id)
    return found


def refuse_short(tx: Transaction, kept: GoodsLot, wanted: int, day: date) -> None:
    """Refuse to promise more of a lot than is there from a day on."""
    refuse_overdraft(movements(tx, kept.id), Movement(day, -wanted), item=kept.item, unit=kept.unit)


def standing(tx: Transaction, *wanted: ColumnElement[bool]) -> Sequence[GoodsMovement]:
    """Movements that no correction counters yet, the last first."""
    countered = select(GoodsMovement.corrects_id).where(GoodsMovement.corrects_id.is_not(None))
    return tx.session.scalars(
        select(GoodsMovement)
        .where(*wanted, GoodsMovement.kind != MovementKind.CORRECTION, GoodsMovement.id.not_in(countered))
        .order_by(GoodsMovement.id.desc())
    ).all()


def enter_intake(
    tx: Transaction, kept: GoodsLot, quantity: int, *, day: date, at: datetime, by: str, occasion: Occasion = NO_OCCASION
) -> GoodsMovement:
    """Goods come in. Refuses a quantity of nothing."""
    return _enter(tx, kept, MovementKind.INTAKE, a_quantity(quantity), day=day, at=at, by=by, occasion=occasion)


def enter_distribution(
    tx: Transaction,
    kept: GoodsLot,
    quantity: int,
    recipient: Recipient,
    *,
    day: date,
    at: datetime,
    by: str,
    occasion: Occasion = NO_OCCASION,
    note: str = "",
    given_at: datetime | None = None,
) -> GoodsMovement:
    """Goods go to somebody. Refuses more than is there, and food past its day or its hour.

    `at` is when it was recorded, `given_at` when it was handed over (UTC), if that is known; for an earlier day
    without its hour only the days are compared.
    """
    _check_recipient(tx, recipient)
    moment = given_at or (at if local_day(at) == day else datetime.combine(day, time(), HONG_KONG))
    freshness = Freshness(kept.best_before, kept.use_by, kept.deliver_by)
    refuse_stale(freshness, day, moment, item=kept.item)
    row = _enter(tx, kept, MovementKind.DISTRIBUTION, -a_quantity(quantity), day=day, at=at, by=by, occasion=occasion, note=note)
    row.target, row.household_id, row.shop_id = recipient.target, recipient.household_id, recipient.shop_id
    row.group_name, row.people = recipient.group_name.strip(), recipient.people
    return row


def enter_disposal(
    tx: Transaction,
    kept: GoodsLot,
    quantity: int,
    reason: DisposalReason,
    *,
    day: date,
    at: datetime,
    by: str,
    occasion: Occasion = NO_OCCASION,
    note: str = "",
) -> GoodsMovement:
    """Goods leave unused. Refuses more than is there."""
    row = _enter(tx, kept, MovementKind.DISPOSAL, -a_quantity(quantity), day=day, at=at, by=by, occasion=occasion, note=note)
    row.reason = reason
    return row


def enter_difference(
    tx: Transaction, kept: GoodsLot, quantity: int, *, day: date, at: datetime, by: str, occasion: Occasion, note: str
) -> GoodsMovement:
    """What a stock-take found more or less."""
    return _enter(tx, kept, MovementKind.STOCK_TAKE, quantity, day=day, at=at, by=by, occasion=occasion, note=note)


def enter_correction(tx: Transaction, wrong: GoodsMovement, *, at: datetime, by: str, note: str) -> GoodsMovement:
    """Counter a movement on its own day. Refuses a second counter, and one that would leave less than nothing."""
    countered = select(GoodsMovement.id).where(GoodsMovement.corrects_id == wrong.id)
    if wrong.kind is MovementKind.CORRECTION or tx.session.scalar(countered) is not None:
        raise RuleRefused(Refusal.GOODS_ALREADY_CORRECTED)
    row = _enter(
        tx,
        lot(tx, wrong.lot_id),
        MovementKind.CORRECTION,
        -wrong.quantity,
        day=wrong.day,
        at=at,
        by=by,
        occasion=Occasion(wrong.run_stop_id, wrong.choice_event_id, wrong.choice_visit_id, wrong.stock_take_id),
        note=note,
    )
    row.corrects_id = wrong.id
    return row


def a_quantity(quantity: int) -> int:
    """The quantity; refuses nothing and less than nothing."""
    if quantity <= 0:
        raise RuleRefused(Refusal.QUANTITY_UNUSABLE, "quantity")
    return quantity


def _enter(
    tx: Transaction,
    kept: GoodsLot,
    kind: MovementKind,
    quantity: int,
    *,
    day: date,
    at: datetime,
    by: str,
    occasion: Occasion,
    note: str = "",
) -> GoodsMovement:
    if kind is not MovementKind.CORRECTION:
        check_happened(tx, day, local_day(at))
    refuse_overdraft(movements(tx, kept.id), Movement(day, quantity), item=kept.item, unit=kept.unit)
    row = GoodsMovement(
        lot_id=kept.id,
        kind=kind,
        quantity=quantity,
        day=day,
        at=at,
        run_stop_id=occasion.run_stop_id,
        choice_event_id=occasion.choice_event_id,
        choice_visit_id=occasion.choice_visit_id,
        stock_take_id=occasion.stock_take_id,
        note=note.strip(),
        recorded_by=by,
    )
    tx.session.add(row)
    tx.session.flush()
    return row


def _check_recipient(tx: Transaction, recipient: Recipient) -> None:
    if recipient.target is Target.HOUSEHOLD:
        if recipient.household_id is None:
            raise RuleRefused(Refusal.GOODS_TARGET_MISSING, "recipient")
        finding.household(tx, recipient.household_id)
    elif recipient.target is Target.SHOP:
        if recipient.shop_id is None:
            raise RuleRefused(Refusal.GOODS_TARGET_MISSING, "recipient")
        finding.shop(tx, recipient.shop_id)
    elif recipient.target not in (Target.TEAM, Target.HOUSEHOLDS) and not recipient.group_name.strip():
        raise RuleRefused(Refusal.GOODS_TARGET_MISSING, "recipient")
