"""How queries read the ledger of goods: a correction speaks of the kind and reason of what it counters."""

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import aliased

from caringstreet.model.goods import GoodsMovement
from caringstreet.rules.goods import MovementKind

#: What a correction counters; join it by its id to `corrects_id`.
WRONG = aliased(GoodsMovement)
KIND = func.coalesce(WRONG.kind, GoodsMovement.kind)
REASON = func.coalesce(WRONG.reason, GoodsMovement.reason)


def summed(wanted: ColumnElement[bool]) -> ColumnElement[int]:
    """The quantities of the movements wanted, zero where there are none."""
    return func.coalesce(func.sum(case((wanted, GoodsMovement.quantity), else_=0)), 0)


def not_countered() -> ColumnElement[bool]:
    """Movements that no correction counters."""
    countered = select(GoodsMovement.corrects_id).where(GoodsMovement.corrects_id.is_not(None))
    return GoodsMovement.id.not_in(countered)


def standing() -> ColumnElement[bool]:
    """Hand-outs that no correction counters."""
    return and_(GoodsMovement.kind == MovementKind.DISTRIBUTION, not_countered())
