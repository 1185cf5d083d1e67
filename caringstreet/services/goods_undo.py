"""Takes imported goods out of the ledger again; a part of the undo of an import, never an action of its own."""

from collections.abc import Collection

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.orm import Session

from caringstreet.model.choice_events import ChoiceDisplay, ChoiceEvent, ChoiceVisit
from caringstreet.model.distributions import DistributionLine
from caringstreet.model.goods import GoodsLot, GoodsMovement, StockTakeLine
from caringstreet.model.needs import Need
from caringstreet.model.runs import RunStop

KINDS = frozenset({"goods_donation", "run", "choice_event"})


def in_use(session: Session, kind: str, subject_id: int, donations: Collection[int], last_movement: int) -> bool:
    """Whether anything hangs on a subject that the import did not make.

    `donations` are those that it made, `last_movement` is the last entry of the ledger when it ended.
    """
    wanted = {"goods_donation": _of_donation, "choice_event": _of_event, "run": _of_run}
    return any(session.scalar(one.limit(1)) is not None for one in wanted[kind](subject_id, donations, last_movement))


def _of_donation(subject_id: int, _: Collection[int], last_movement: int) -> list[Select[int]]:
    lots = select(GoodsLot.id).where(GoodsLot.donation_id == subject_id)
    by_hand = select(ChoiceEvent.id).where(ChoiceEvent.source.is_(None))
    return [
        select(GoodsMovement.id).where(GoodsMovement.lot_id.in_(lots), GoodsMovement.id > last_movement),
        select(DistributionLine.id).where(DistributionLine.lot_id.in_(lots)),
        select(StockTakeLine.id).where(StockTakeLine.lot_id.in_(lots)),
        select(ChoiceDisplay.id).where(ChoiceDisplay.lot_id.in_(lots), ChoiceDisplay.choice_event_id.in_(by_hand)),
    ]


def _of_event(subject_id: int, donations: Collection[int], _: int) -> list[Select[int]]:
    others = select(GoodsLot.id).where(GoodsLot.donation_id.not_in(donations))
    return [
        select(ChoiceVisit.id).where(ChoiceVisit.choice_event_id == subject_id),
        select(Need.id).where(Need.choice_event_id == subject_id),
        select(ChoiceDisplay.id).where(ChoiceDisplay.choice_event_id == subject_id, ChoiceDisplay.lot_id.in_(others)),
    ]


def _of_run(subject_id: int, donations: Collection[int], last_movement: int) -> list[Select[int]]:
    """A run may have had stops before the import; what came to it later is what counts."""
    stops = select(RunStop.id).where(RunStop.run_id == subject_id)
    later = GoodsMovement.id > last_movement
    if donations:
        later = or_(later, GoodsLot.donation_id > max(donations))
    moved = select(GoodsMovement.id).join(GoodsLot, GoodsLot.id == GoodsMovement.lot_id)
    return [moved.where(GoodsMovement.run_stop_id.in_(stops), later)]


def remove_lots(session: Session, donation_id: int) -> None:
    """Take the lots of a donation away, with all that they moved."""
    lots = select(GoodsLot.id).where(GoodsLot.donation_id == donation_id)
    session.execute(delete(GoodsMovement).where(GoodsMovement.lot_id.in_(lots)))
    session.execute(delete(ChoiceDisplay).where(ChoiceDisplay.lot_id.in_(lots)))
    session.execute(delete(GoodsLot).where(GoodsLot.donation_id == donation_id))
