"""Counts what is there; differences are explained, and move stock once a second person has signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from caringstreet.clock import local_day
from caringstreet.model.goods import GoodsMovement, StockTake, StockTakeLine
from caringstreet.rules.changes import Changed
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.quantities import plain_quantity
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.usual import far_over_books
from caringstreet.services import finding, goods_ledger
from caringstreet.services.day_checks import check_happened
from caringstreet.services.goods_ledger import Occasion
from caringstreet.storage.transaction import Transaction

_CHANGED = (Changed.GOODS,)


@dataclass(frozen=True)
class CountForm:
    """What was counted of a lot, in thousandths, and why it differs where it does."""

    lot_id: int
    counted: int
    reason: str = ""


@dataclass(frozen=True)
class CountedStock:
    """`differences` is the number of lots that differ."""

    stock_take_id: int
    differences: int


def count(tx: Transaction, *, day: date, counts: Sequence[CountForm], place: str = "", at: datetime, by: str) -> CountedStock:
    """Keep a count; nothing moves before it is signed. Refuses a difference without its explanation, and no count."""
    if not counts:
        raise RuleRefused(Refusal.NOTHING_TO_DO)
    check_happened(tx, day, local_day(at))
    kept = StockTake(day=day, place=place.strip(), counted_by=by)
    tx.session.add(kept)
    tx.session.flush()
    differences = 0
    for one in counts:
        lot, expected = goods_ledger.lot(tx, one.lot_id), goods_ledger.stock(tx, one.lot_id, day)
        if one.counted < 0:
            raise RuleRefused(Refusal.COUNT_UNUSABLE, "counted")
        if far_over_books(one.counted, expected):
            facts = {"expected": plain_quantity(expected), "counted": plain_quantity(one.counted), "unit": lot.unit}
            tx.ask(Doubt.UNUSUAL_COUNT, "counted", item=lot.item, **facts)
        if one.counted != expected:
            differences += 1
            if not one.reason.strip():
                raise RuleRefused(
                    Refusal.STOCK_TAKE_REASON_MISSING,
                    "reason",
                    item=lot.item,
                    lot=lot.id,
                    unit=lot.unit,
                    expected=plain_quantity(expected),
                    counted=plain_quantity(one.counted),
                )
        tx.session.add(
            StockTakeLine(
                stock_take_id=kept.id,
                lot_id=lot.id,
                expected=expected,
                counted=one.counted,
                reason=one.reason.strip(),
            )
        )
    tx.audit("stock_takes.count", by=by, at=at, subject=("stock_take", kept.id), changed=_CHANGED, differences=differences)
    return CountedStock(kept.id, differences)


def sign(tx: Transaction, *, stock_take_id: int, at: datetime, by: str) -> CountedStock:
    """A second person agrees; the differences enter the ledger on the day of the count.

    Refuses the person who counted, a count that is signed or withdrawn, and a difference that would leave less than
    nothing because goods were given since.
    """
    kept = _open(tx, stock_take_id)
    if by.strip() == kept.counted_by.strip():
        raise RuleRefused(Refusal.STOCK_TAKE_SAME_PERSON, name=by)
    lines = tx.session.scalars(select(StockTakeLine).where(StockTakeLine.stock_take_id == kept.id)).all()
    differing = [one for one in lines if one.counted != one.expected]
    for one in differing:
        goods_ledger.enter_difference(
            tx,
            goods_ledger.lot(tx, one.lot_id),
            one.counted - one.expected,
            day=kept.day,
            at=at,
            by=by,
            occasion=Occasion(stock_take_id=kept.id),
            note=one.reason,
        )
    kept.signed_by, kept.signed_at = by, at
    tx.audit("stock_takes.sign", by=by, at=at, subject=("stock_take", kept.id), changed=_CHANGED, differences=len(differing))
    return CountedStock(kept.id, len(differing))


def withdraw(tx: Transaction, *, stock_take_id: int, reason: str, at: datetime, by: str) -> None:
    """A count that is not signed is laid aside; it stays to be read. Asks a reason."""
    given = finding.a_reason(reason)
    kept = _open(tx, stock_take_id)
    kept.withdrawn_at = at
    tx.audit("stock_takes.withdraw", by=by, at=at, subject=("stock_take", kept.id), changed=_CHANGED, reason=given)


def take_back(tx: Transaction, *, stock_take_id: int, reason: str, at: datetime, by: str) -> CountedStock:
    """Counter what a signed count moved; it stays to be read. Asks a reason.

    Refuses a count that is not signed or was withdrawn, and one of whose surplus more was given since than would be left.
    """
    given = finding.a_reason(reason)
    kept = tx.session.get(StockTake, stock_take_id)
    if kept is None:
        raise RuleRefused(Refusal.STOCK_TAKE_UNKNOWN)
    if kept.signed_at is None or kept.withdrawn_at is not None:
        raise RuleRefused(Refusal.STOCK_TAKE_NOT_SIGNED)
    moved = goods_ledger.standing(tx, GoodsMovement.stock_take_id == kept.id)
    for row in moved:
        goods_ledger.enter_correction(tx, row, at=at, by=by, note=given)
    kept.withdrawn_at = at
    tx.audit("stock_takes.take_back", by=by, at=at, subject=("stock_take", kept.id), changed=_CHANGED, reason=given)
    return CountedStock(kept.id, len(moved))


def _open(tx: Transaction, stock_take_id: int) -> StockTake:
    found = tx.session.get(StockTake, stock_take_id)
    if found is None:
        raise RuleRefused(Refusal.STOCK_TAKE_UNKNOWN)
    if found.signed_at is not None or found.withdrawn_at is not None:
        raise RuleRefused(Refusal.STOCK_TAKE_ENDED)
    return found
