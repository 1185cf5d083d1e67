"""What lies on the tables of a choice day; a part of services, never an action of its own."""

from datetime import datetime

from sqlalchemy import func, select

from caringstreet.model.choice_events import ChoiceDisplay, ChoiceEvent
from caringstreet.model.goods import GoodsLot, GoodsMovement
from caringstreet.rules.choice_events import refuse_beyond_table
from caringstreet.rules.goods import DisposalReason
from caringstreet.rules.quantities import plain_quantity
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import goods_ledger
from caringstreet.services.goods_ledger import Occasion
from caringstreet.storage.transaction import Transaction


def the_event(tx: Transaction, event_id: int) -> ChoiceEvent:
    """A choice day. Refuses an unknown one."""
    found = tx.session.get(ChoiceEvent, event_id)
    if found is None:
        raise RuleRefused(Refusal.CHOICE_EVENT_UNKNOWN)
    return found


def open_event(tx: Transaction, event_id: int) -> ChoiceEvent:
    """A choice day that is not closed. Refuses any other."""
    found = the_event(tx, event_id)
    if found.closed_at is not None:
        raise RuleRefused(Refusal.CHOICE_EVENT_CLOSED)
    return found


def display(tx: Transaction, event: ChoiceEvent, lot: GoodsLot, quantity: int) -> None:
    """Put a lot on the tables. Refuses more than is there of it."""
    goods_ledger.a_quantity(quantity)
    kept = tx.session.scalar(select(ChoiceDisplay).where(ChoiceDisplay.choice_event_id == event.id, ChoiceDisplay.lot_id == lot.id))
    lies = on_table(tx, event, lot.id)
    have = goods_ledger.stock(tx, lot.id, event.day)
    if lies + quantity > have:
        raise RuleRefused(
            Refusal.GOODS_NOT_ENOUGH,
            "quantity",
            item=lot.item,
            unit=lot.unit,
            have=plain_quantity(max(0, have - lies)),
            wanted=plain_quantity(quantity),
        )
    if kept is None:
        tx.session.add(ChoiceDisplay(choice_event_id=event.id, lot_id=lot.id, brought=quantity))
    else:
        kept.brought += quantity
    tx.session.flush()


def put_away(tx: Transaction, event: ChoiceEvent, lot_id: int, quantity: int) -> None:
    """Something on the tables goes back into the stock. Refuses more than lies there."""
    lying(tx, event, lot_id, quantity)
    kept = tx.session.scalars(select(ChoiceDisplay).where(ChoiceDisplay.choice_event_id == event.id, ChoiceDisplay.lot_id == lot_id)).one()
    kept.brought -= quantity
    if not kept.brought:
        tx.session.delete(kept)
    tx.session.flush()


def dispose(
    tx: Transaction,
    event: ChoiceEvent,
    lot_id: int,
    quantity: int,
    reason: DisposalReason,
    *,
    at: datetime,
    by: str,
    note: str = "",
) -> GoodsMovement:
    """Something on the tables leaves unused. Refuses more than lies there."""
    lot = lying(tx, event, lot_id, quantity)
    occasion = Occasion(choice_event_id=event.id)
    return goods_ledger.enter_disposal(tx, lot, quantity, reason, day=event.day, at=at, by=by, occasion=occasion, note=note)


def on_table(tx: Transaction, event: ChoiceEvent, lot_id: int) -> int:
    """What lies on the tables of a lot: brought, less what was sorted out, chosen and recycled."""
    brought = tx.session.scalar(
        select(ChoiceDisplay.brought).where(ChoiceDisplay.choice_event_id == event.id, ChoiceDisplay.lot_id == lot_id)
    )
    moved = tx.session.scalar(
        select(func.coalesce(func.sum(GoodsMovement.quantity), 0)).where(
            GoodsMovement.choice_event_id == event.id, GoodsMovement.lot_id == lot_id
        )
    )
    return (brought or 0) + (moved or 0)


def lying(tx: Transaction, event: ChoiceEvent, lot_id: int, quantity: int) -> GoodsLot:
    """A lot of which so much lies on the tables. Refuses more."""
    lot, have = goods_ledger.lot(tx, lot_id), on_table(tx, event, lot_id)
    refuse_beyond_table(have, goods_ledger.a_quantity(quantity), item=lot.item, unit=lot.unit)
    return lot
