"""Runs: outings of the team with ordered stops, and what a bread run must add up to."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from caringstreet.rules.quantities import parse_quantity, plain_quantity
from caringstreet.rules.refusals import Refusal, RuleRefused

#: Up to this many pieces two people carry it all; more needs the usual four.
_FEW = 8_000

_STOP_MARK = "CSRUN:"


class RunKind(StrEnum):
    """What a run is for; later kinds join here."""

    BREAD = "bread"


class RunState(StrEnum):
    """A run is planned, done, or did not take place."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class StopFigures:
    """What one stop gave and where it went, in thousandths."""

    collected: int
    handed_out: int
    disposed: int


@dataclass(frozen=True)
class Announcement:
    """A shop's estimate of tonight, as its message says it."""

    shop: str
    quantity: int


def volunteers_for(estimate: int) -> int:
    """How many volunteers a bread run of so much (thousandths of pieces) is worth: two for up to 8 pieces, else four."""
    return 2 if estimate <= _FEW else 4


def refuse_unbalanced(stops: Iterable[tuple[str, StopFigures]]) -> None:
    """Refuse a run that hands out and throws away more than was collected, as a whole or at one of its (named) stops."""
    named = list(stops)
    whole = StopFigures(
        sum(one.collected for _, one in named),
        sum(one.handed_out for _, one in named),
        sum(one.disposed for _, one in named),
    )
    over = next((name for name, one in named if one.handed_out + one.disposed > one.collected), "")
    _refuse_over(whole, over)
    for name, one in named:
        _refuse_over(one, name)


def _refuse_over(figures: StopFigures, place: str) -> None:
    if figures.handed_out + figures.disposed > figures.collected:
        raise RuleRefused(
            Refusal.RUN_OVER_COLLECTED,
            "handed_out",
            place=place,
            gone=plain_quantity(figures.handed_out + figures.disposed),
            collected=plain_quantity(figures.collected),
        )


def announcements(text: str, *, bare: bool = False) -> list[Announcement]:
    """The estimates in a message or a pasted chat, such as 「包 S05 30」; a later one of the same shop stands.

    `bare` takes 「S05 30」 for one, too: what was typed where nothing but estimates is asked for.
    Full-width letters and digits, a unit after the number and words around it do no harm.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    found: dict[str, Announcement] = {}
    before, between = (r"(?<![A-Z\d])", r"(?:\s*[:,]\s*|\s+)") if bare else (r"包\s*[::]?\s*", r"\s*[::,]?\s*")
    for match in re.finditer(before + r"(S\d{1,3})" + between + r"(\d{1,4}(?:\.\d{1,3})?)(?![\d.])", plain):
        found[match[1]] = Announcement(match[1], parse_quantity(match[2]))
    return list(found.values())


def stop_mark(run_id: int, position: int) -> str:
    """What the code beside a stop on the run sheet says."""
    return f"{_STOP_MARK}{run_id}:{position}"


def parse_stop_mark(text: str) -> tuple[int, int] | None:
    """The run and the position of its stop that a scanned code says; None where the text is no such code."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    found = re.fullmatch(re.escape(_STOP_MARK) + r"([0-9]{1,12}):([0-9]{1,4})", plain)
    return (int(found[1]), int(found[2])) if found else None
