"""The goods of a month as JSON, for commands. Whole quantities are integers, others have their point: 6.5."""

from typing import Any

from caringstreet.queries.choice_events import ChoiceDayFigures
from caringstreet.queries.goods_month import GoodsMonth, PartFigures
from caringstreet.queries.runs import RunFigures
from caringstreet.rules.quantities import ONE


def goods_json(figures: GoodsMonth) -> dict[str, Any]:
    """Quantities by the names of the command `report goods`, each in the unit beside it."""
    return {
        "month": str(figures.month),
        "items": [
            {
                "item": one.item,
                "unit": str(one.unit),
                "in": _number(one.taken_in),
                "out": _number(one.given),
                "disposed": _number(one.disposed),
                "on_hand": _number(one.on_hand),
                "opening": _number(one.opening),
                "adjusted": _number(one.adjusted),
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
                "quantity": _number(one.quantity),
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


def _number(thousandths: int) -> int | float:
    return thousandths / ONE if thousandths % ONE else thousandths // ONE


def _run(run: RunFigures) -> dict[str, Any]:
    return {
        "date": run.day.isoformat(),
        "collected": _number(run.collected),
        "handed_out": _number(run.handed_out),
        "disposed": _number(run.disposed),
        "left": _number(run.left),
    }


def _choice_day(day: ChoiceDayFigures) -> dict[str, Any]:
    return {
        "date": day.day.isoformat(),
        "received": _number(day.received),
        "unfit": _number(day.unfit),
        "displayed": _number(day.displayed),
        "chosen": _number(day.chosen),
        "left": _number(day.left),
        "kept": _number(day.kept),
        "recycled": _number(day.recycled),
        "name": day.name,
        "visitors": day.visitors,
        "wishes": day.wishes,
    }


def _part(part: PartFigures) -> dict[str, Any]:
    return {"giver": part.name, **_moved(part)}


def _moved(part: PartFigures) -> dict[str, Any]:
    return {
        "unit": str(part.unit),
        "in": _number(part.taken_in),
        "out": _number(part.given),
        "disposed": _number(part.disposed),
    }
