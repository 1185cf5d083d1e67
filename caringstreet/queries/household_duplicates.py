"""Households that somebody new may be already, and what speaks for it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select

from caringstreet.model.households import Household, Member
from caringstreet.model.street import StreetSegment
from caringstreet.queries.like import like
from caringstreet.rules.households import HouseholdState
from caringstreet.rules.phones import NotAPhone, normal_phone
from caringstreet.rules.texts import fold
from caringstreet.storage.database import Reader


class Alike(StrEnum):
    """In what two households are alike."""

    PHONE = "phone"
    HOME = "home"
    YEARS = "years"


@dataclass(frozen=True)
class DuplicateRow:
    """A household on the list beside a new one; `reasons` say in what they are alike, the strongest first."""

    household_id: int
    number: str
    display_name: str
    size: int
    street: str
    building: str
    phone: str
    state: HouseholdState
    birth_years: tuple[int, ...]
    reasons: tuple[Alike, ...]


def possible_duplicates(
    reader: Reader,
    *,
    display_name: str,
    phone: str = "",
    street: str = "",
    building: str = "",
    birth_years: Iterable[int | None] = (),
    own_id: int | None = None,
) -> list[DuplicateRow]:
    """Households with the same telephone, the same name in the same building, or the same birth years in the same street.

    Those that left are among them, since somebody may come back. `own_id` is never its own duplicate.
    """
    digits, years = _digits(phone), _years(birth_years)
    near = _near(display_name, digits, street, years)
    if not near:
        return []
    rows = reader.execute(
        select(
            Household.id,
            Household.number,
            Household.display_name,
            Household.size,
            func.coalesce(StreetSegment.name_zh, "").label("street"),
            Household.building,
            Household.phone,
            Household.state,
        )
        .outerjoin(StreetSegment, StreetSegment.id == Household.segment_id)
        .where(or_(*near))
        .order_by(Household.number)
    ).all()
    born = _born(reader, [row.id for row in rows])
    found = []
    for row in rows:
        alike = []
        if digits and row.phone == digits:
            alike.append(Alike.PHONE)
        if _same(row.display_name, display_name) and _same(row.building, building):
            alike.append(Alike.HOME)
        if years and born[row.id] == years and _same(row.street, street):
            alike.append(Alike.YEARS)
        if alike and row.id != own_id:
            found.append(DuplicateRow(*row, birth_years=born[row.id], reasons=tuple(alike)))
    return sorted(found, key=lambda one: (list(Alike).index(one.reasons[0]), -len(one.reasons), one.number))


def _near(name: str, digits: str, street: str, years: Collection[int]) -> list[ColumnElement[bool]]:
    """What the database can tell cheaply; the rest is compared afterwards."""
    found: list[ColumnElement[bool]] = []
    if digits:
        found.append(Household.phone == digits)
    if fold(name):
        found.append(Household.search_text.like(like(fold(name)), escape="\\"))
    if years and street.strip():
        of_an_age = select(Member.household_id).where(Member.birth_year.in_(list(years)))
        found.append(Household.id.in_(of_an_age) & (StreetSegment.name_zh == street.strip()))
    return found


def _born(reader: Reader, ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    years: dict[int, list[int | None]] = defaultdict(list)
    rows = reader.execute(select(Member.household_id, Member.birth_year).where(Member.household_id.in_(list(ids))))
    for household_id, year in rows:
        years[household_id].append(year)
    return {one: _years(years[one]) for one in ids}


def _years(found: Iterable[int | None]) -> tuple[int, ...]:
    return tuple(sorted(year for year in found if year is not None))


def _digits(phone: str) -> str:
    try:
        return normal_phone(phone) if phone.strip() else ""
    except NotAPhone:
        return ""


def _same(one: str, other: str) -> bool:
    return bool(fold(one)) and fold(one) == fold(other)
