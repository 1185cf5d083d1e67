"""What stands on household cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from caringstreet.model.households import Household
from caringstreet.rules.households import PrintLanguage
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class CardRow:
    """A household as its card shows it."""

    household_id: int
    number: str
    display_name: str
    language: PrintLanguage
    large_print: bool


def rows(reader: Reader, household_ids: Sequence[int]) -> list[CardRow]:
    """The cards of these households, by number."""
    wanted = list(household_ids)
    found: list[Any] = []
    for start in range(0, len(wanted), 500):
        found += reader.execute(
            select(Household.id, Household.number, Household.display_name, Household.language, Household.large_print).where(
                Household.id.in_(wanted[start : start + 500])
            )
        ).all()
    return sorted((CardRow(*one) for one in found), key=lambda one: one.number)
