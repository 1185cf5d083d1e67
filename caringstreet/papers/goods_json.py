"""The goods of a month as JSON, for commands. Whole quantities are integers, others have their point: 6.5."""

from typing import Any

from caringstreet.queries.choice_events import ChoiceDayFigures
from caringstreet.queries.goods_month import GoodsMonth, PartFigures
from caringstreet.queries.runs import RunFigures
from caringstreet.rules.quantities import whole_or_decimal


def goods_json(figures: GoodsMonth) -> dict[str, Any]:
    """Quantities by the names of the command `report goods`, each in the unit beside it."""
    return {
        "month": str(figures.month),
        "items": [
            {
                "item": one.item,
                "unit": str(one.unit),
                "in": whole_or_decimal(one.taken_in),
                "out": whole_or_decimal(one.given),
                "disposed": whole_or_decimal(one.disposed),
                "on_hand": whole_or_decimal(one.on_hand),
                "opening": whole_or_decimal(one.opening),
                "adjusted": whole_or_decimal(one.adjusted),
            }
            for one in figures.items
        ],
        "runs": [_run(one) for one in figures.runs],
        "choice_days": [_choice_day(one) for one in figures.choice_days],
        "givers": [_part(one) for one in figures.givers],
        "weeks": [
            {"from": one.first.isoformat(), "to": one.last.isoformat(), "parts": [_moved(part) for part in one.parts]}
            for one in figures.weeks
        ],
        "allotted": [
            {
                "date": one.day.isoformat(),
                "giver": one.giver,
                "item": one.item,
                "unit": str(one.unit),
                "quantity": whole_or_decimal(one.quantity),
                "target": str(one.target),
                "receiver": one.receiver,
            }
            for one in figures.allotted
        ],
        "disposed_by_reason": {str(reason): count for reason, count in figures.disposed_by_reason.items()},
        "grams_in": figures.grams_in,
        "grams_out": figures.grams_given,
        "donations": figures.donations,
        "donations_refused": figures.refused,
        "households_reached": figures.reached,
        "households_never_reached": figures.never_reached,
    }


def _run(run: RunFigures) -> dict[str, Any]:
    return {
        "date": run.day.isoformat(),
        "collected": whole_or_decimal(run.collected),
        "handed_out": whole_or_decimal(run.handed_out),
        "disposed": whole_or_decimal(run.disposed),
        "left": whole_or_decimal(run.left),
    }


def _choice_day(day: ChoiceDayFigures) -> dict[str, Any]:
    return {
        "date": day.day.isoformat(),
        "received": whole_or_decimal(day.received),
        "unfit": whole_or_decimal(day.unfit),
        "displayed": whole_or_decimal(day.displayed),
        "chosen": whole_or_decimal(day.chosen),
        "left": whole_or_decimal(day.left),
        "kept": whole_or_decimal(day.kept),
        "recycled": whole_or_decimal(day.recycled),
        "name": day.name,
        "visitors": day.visitors,
        "wishes": day.wishes,
    }


def _part(part: PartFigures) -> dict[str, Any]:
    return {"giver": part.name, **_moved(part)}


def _moved(part: PartFigures) -> dict[str, Any]:
    return {
        "unit": str(part.unit),
        "in": whole_or_decimal(part.taken_in),
        "out": whole_or_decimal(part.given),
        "disposed": whole_or_decimal(part.disposed),
    }
