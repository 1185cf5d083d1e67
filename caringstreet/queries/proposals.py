"""Whom a hand-out list proposes to give a lot: who got least lately first. Quantities are thousandths."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from caringstreet.model.distributions import Distribution, DistributionLine
from caringstreet.model.goods import GoodsLot
from caringstreet.model.households import Household
from caringstreet.queries import distributions, goods
from caringstreet.rules.diets import suits
from caringstreet.rules.distributions import propose
from caringstreet.rules.households import PrintLanguage
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class ProposedRow:
    """One household with its share; `lately` counts its hand-outs of the last four weeks."""

    household_id: int
    number: str
    display_name: str
    size: int
    language: PrintLanguage
    quantity: int
    lately: int
    last_day: date | None


@dataclass(frozen=True)
class Proposal:
    """`unsuited` were passed over for what they eat, for `beyond` not enough was there; `left` stays in stock."""

    rows: tuple[ProposedRow, ...]
    unsuited: int
    beyond: int
    left: int


def proposal(reader: Reader, distribution_id: int, lot_id: int, each: int, *, per_person: bool) -> Proposal:
    """The fair proposal for a lot on a list; households that stand on the list with it already are left out."""
    day = reader.scalars(select(Distribution.day).where(Distribution.id == distribution_id)).one()
    not_for = reader.scalars(select(GoodsLot.not_for).where(GoodsLot.id == lot_id)).one()
    lot = goods.rows(reader, [lot_id], day)[lot_id]
    listed = set(
        reader.scalars(
            select(DistributionLine.household_id).where(
                DistributionLine.distribution_id == distribution_id, DistributionLine.lot_id == lot_id
            )
        )
    )
    found = {one.household_id: one for one in distributions.candidates(reader, day) if one.household_id not in listed}
    available = max(0, lot.stock - lot.promised)
    chosen = propose(found.values(), available, each, per_person=per_person, not_for=not_for)
    names = _names(reader, [household_id for household_id, _ in chosen])
    rows = tuple(
        ProposedRow(
            household_id,
            found[household_id].number,
            *names[household_id],
            quantity,
            found[household_id].lately,
            found[household_id].last_day,
        )
        for household_id, quantity in chosen
    )
    unsuited = sum(1 for one in found.values() if not suits(one.diets, not_for))
    given = sum(one.quantity for one in rows)
    return Proposal(rows, unsuited, len(found) - unsuited - len(rows), available - given)


def _names(reader: Reader, household_ids: list[int]) -> dict[int, tuple[str, int, PrintLanguage]]:
    found = reader.execute(
        select(Household.id, Household.display_name, Household.size, Household.language).where(Household.id.in_(household_ids))
    )
    return {one: (name, size, language) for one, name, size, language in found}
