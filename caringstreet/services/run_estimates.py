"""Holds what shops announce, and what then came, against each other; a part of services, never an action of its own."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from sqlalchemy import select

from caringstreet.model.goods import GoodsLot, GoodsMovement
from caringstreet.model.runs import RunStop
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.goods import MovementKind
from caringstreet.rules.quantities import plain_quantity
from caringstreet.rules.usual import far_over_estimate, over_all_estimates
from caringstreet.services import finding
from caringstreet.storage.transaction import Transaction


class Brought(Protocol):
    """What a stop brought, in thousandths."""

    @property
    def stop_id(self) -> int: ...

    @property
    def collected(self) -> int: ...


def ask_over_estimate(tx: Transaction, stops: Mapping[int, RunStop], results: Sequence[Brought]) -> None:
    """Ask where more than three times came of what a shop had announced."""
    for one in results:
        stop = stops.get(one.stop_id)
        if stop is not None and stop.estimate is not None and far_over_estimate(one.collected, stop.estimate):
            facts = {"quantity": plain_quantity(one.collected), "estimate": plain_quantity(stop.estimate), "unit": stop.unit}
            tx.ask(Doubt.OVER_ESTIMATE, "collected", place=place_name(tx, stop), **facts)


def announce(tx: Transaction, stop: RunStop, estimate: int | None) -> None:
    """Note an estimate; ask about a new one of more than three times all that the place ever announced or gave in that unit."""
    if estimate is not None and estimate != stop.estimate:
        most = over_all_estimates(estimate, _earlier(tx, stop))
        if most is not None:
            facts = {"estimate": plain_quantity(estimate), "usual": plain_quantity(most), "unit": stop.unit}
            tx.ask(Doubt.UNUSUAL_ESTIMATE, "estimate", place=place_name(tx, stop), **facts)
    stop.estimate = estimate


def _earlier(tx: Transaction, stop: RunStop) -> list[int]:
    there = (RunStop.shop_id.is_(stop.shop_id), RunStop.place == stop.place) if stop.shop_id is None else (RunStop.shop_id == stop.shop_id,)
    of_place = (*there, RunStop.unit == stop.unit, RunStop.run_id != stop.run_id)
    announced = select(RunStop.estimate).where(*of_place, RunStop.estimate.is_not(None))
    given = (
        select(GoodsMovement.quantity)
        .join(GoodsLot, GoodsLot.id == GoodsMovement.lot_id)
        .join(RunStop, RunStop.id == GoodsLot.run_stop_id)
        .where(*of_place, GoodsLot.unit == stop.unit, GoodsMovement.kind == MovementKind.INTAKE)
    )
    with tx.session.no_autoflush:
        return [one for question in (announced, given) for one in tx.session.scalars(question) if one]


def place_name(tx: Transaction, stop: RunStop) -> str:
    """What a stop is called."""
    if stop.shop_id is None:
        return stop.place
    shop = finding.shop(tx, stop.shop_id)
    return f"{shop.code} {shop.name_zh}"
