"""Planned hand-outs of goods: who comes first, and what became of each line."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caringstreet.rules.diets import suits


class LineState(StrEnum):
    """A line is planned until it was given, nobody came, or the neighbour said no thanks."""

    PLANNED = "planned"
    GIVEN = "given"
    NO_SHOW = "no_show"
    DECLINED = "declined"


@dataclass(frozen=True)
class Candidate:
    """A household that may receive; `lately` counts the hand-outs of the last weeks, `last_day` the latest of all."""

    household_id: int
    number: str
    size: int
    diets: Collection[str] = ()
    lately: int = 0
    last_day: date | None = None


def fair_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Who received least lately comes first, then whose last time is longest ago, then by number."""
    return sorted(candidates, key=lambda one: (one.lately, one.last_day or date.min, one.number))


def propose(
    candidates: Iterable[Candidate],
    available: int,
    each: int,
    *,
    per_person: bool = False,
    not_for: Collection[str] = (),
) -> list[tuple[int, int]]:
    """Households and their quantities in fair order, as far as the goods reach; whom they do not suit is passed over.

    `available` and `each` are thousandths; `per_person` multiplies by the size of the household. A household gets its
    whole share or stays for the next time: no half share for the last one.
    """
    chosen = []
    for one in fair_order(candidates):
        share = each * one.size if per_person else each
        if share > available or not suits(one.diets, not_for):
            continue
        chosen.append((one.household_id, share))
        available -= share
    return chosen
