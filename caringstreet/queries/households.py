"""Households as lists and details show them."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import and_, func, select

from caringstreet.model.households import Consent, EligibilityCheck, Household, Member
from caringstreet.model.street import CaringStreet, StreetSegment
from caringstreet.model.vouchers import Voucher
from caringstreet.queries.like import like
from caringstreet.rules.allowances import Caps
from caringstreet.rules.households import ContactWay, HouseholdState, PrintLanguage
from caringstreet.rules.months import Month
from caringstreet.rules.texts import fold
from caringstreet.rules.vouchers import NOT_COUNTED
from caringstreet.storage.database import Reader

AHEAD = timedelta(days=30)


class HouseholdView(StrEnum):
    """The chips over the list."""

    ALL = "all"
    REVIEW = "review"
    LARGE = "large"
    NO_PHONE = "no_phone"
    CLOSED = "closed"


@dataclass(frozen=True)
class HouseholdRow:
    """One household; `held` of `cap` vouchers of the month. Floor and unit are not in lists."""

    household_id: int
    number: str
    display_name: str
    size: int
    street: str
    building: str
    language: PrintLanguage
    large_print: bool
    state: HouseholdState
    review_on: date | None
    phone: str
    held: int
    cap: int


@dataclass(frozen=True)
class MemberRow:
    name: str
    birth_year: int | None
    relation: str


@dataclass(frozen=True)
class CheckRow:
    category: str
    seen_on: date
    seen_by: str
    valid_until: date | None


@dataclass(frozen=True)
class HouseholdDetail:
    """All that is kept of a household."""

    household_id: int
    number: str
    display_name: str
    size: int
    language: PrintLanguage
    large_print: bool
    contact_way: ContactWay
    phone: str
    street: str
    street_address: str
    building: str
    floor: str
    unit: str
    lift: bool | None
    state: HouseholdState
    joined_on: date | None
    review_on: date | None
    left_on: date | None
    left_reason: str
    referral: str
    note: str
    members: tuple[MemberRow, ...]
    checks: tuple[CheckRow, ...]
    consent_on: date | None
    cap: int


@dataclass(frozen=True)
class DuplicateRow:
    """A household that a new one may be, and why."""

    household_id: int
    number: str
    display_name: str
    size: int
    building: str
    reason: str


def _view(view: HouseholdView, today: date):  # type: ignore[no-untyped-def]
    here = Household.state != HouseholdState.CLOSED
    if view is HouseholdView.REVIEW:
        return and_(here, Household.review_on <= today + AHEAD)
    if view is HouseholdView.LARGE:
        return and_(here, Household.large_print)
    if view is HouseholdView.NO_PHONE:
        return and_(here, Household.phone == "")
    return Household.state == HouseholdState.CLOSED if view is HouseholdView.CLOSED else here


def matching_ids(
    reader: Reader, view: HouseholdView, search: str, today: date, sort: str = "number", *, descending: bool = False
) -> "array[int]":
    """The households of a view that hold every word of the search."""
    wanted = select(Household.id).where(_view(view, today))
    if sort == "street":
        wanted = wanted.outerjoin(StreetSegment, StreetSegment.id == Household.segment_id)
    for word in search.split():
        wanted = wanted.where(Household.search_text.like(like(fold(word)), escape="\\"))
    columns = {
        "number": Household.number,
        "name": Household.display_name,
        "size": Household.size,
        "street": StreetSegment.position,
        "language": Household.language,
        "review": Household.review_on,
        "state": Household.state,
    }
    order = columns[sort].desc() if descending else columns[sort]
    return array("q", reader.scalars(wanted.order_by(order, Household.number)))


def counts(reader: Reader, today: date) -> dict[HouseholdView, int]:
    """How many households each chip shows."""
    return {
        view: reader.scalar(select(func.count()).select_from(Household).where(_view(view, today))) or 0
        for view in HouseholdView
    }


def rows(reader: Reader, ids: Sequence[int], month: Month) -> dict[int, HouseholdRow]:
    """The rows of these households with what they hold in the month."""
    wanted = list(ids)
    held = dict(
        reader.execute(
            select(Voucher.household_id, func.count())
            .where(
                Voucher.household_id.in_(wanted), Voucher.month == str(month), Voucher.state.not_in(NOT_COUNTED)
            )
            .group_by(Voucher.household_id)
        ).all()
    )
    caps = _caps(reader)
    found = reader.execute(
        select(
            Household.id,
            Household.number,
            Household.display_name,
            Household.size,
            func.coalesce(StreetSegment.name_zh, ""),
            Household.building,
            Household.language,
            Household.large_print,
            Household.state,
            Household.review_on,
            Household.phone,
        )
        .outerjoin(StreetSegment, StreetSegment.id == Household.segment_id)
        .where(Household.id.in_(wanted))
    )
    return {row[0]: HouseholdRow(*row, held=held.get(row[0], 0), cap=caps.for_size(row[3])) for row in found}


def _caps(reader: Reader) -> Caps:
    return Caps(
        *reader.execute(
            select(CaringStreet.cap_one, CaringStreet.cap_two_or_three, CaringStreet.cap_four_or_more)
        ).one()
    )


def detail(reader: Reader, household_id: int) -> HouseholdDetail:
    """Everything of one household."""
    row = reader.execute(
        select(Household.__table__, func.coalesce(StreetSegment.name_zh, "").label("street"))
        .select_from(Household)
        .outerjoin(StreetSegment, StreetSegment.id == Household.segment_id)
        .where(Household.id == household_id)
    ).one()
    members = reader.execute(
        select(Member.name, Member.birth_year, Member.relation)
        .where(Member.household_id == household_id)
        .order_by(Member.position)
    )
    checks = reader.execute(
        select(
            EligibilityCheck.category_code,
            EligibilityCheck.seen_on,
            EligibilityCheck.seen_by,
            EligibilityCheck.valid_until,
        )
        .where(EligibilityCheck.household_id == household_id)
        .order_by(EligibilityCheck.category_code)
    )
    consent = reader.scalar(
        select(Consent.given_on).where(Consent.household_id == household_id, Consent.withdrawn_on.is_(None))
    )
    apart = ("household_id", "members", "checks", "consent_on", "cap")
    plain = {name: row._mapping[name] for name in HouseholdDetail.__dataclass_fields__ if name not in apart}
    return HouseholdDetail(
        household_id=household_id,
        members=tuple(MemberRow(*one) for one in members),
        checks=tuple(CheckRow(*one) for one in checks),
        consent_on=consent,
        cap=_caps(reader).for_size(row.size),
        **plain,
    )


def possible_duplicates(
    reader: Reader, *, display_name: str, phone: str, building: str, own_id: int | None = None
) -> list[DuplicateRow]:
    """Households with the same telephone, or the same name in the same building."""
    found = []
    name, home = fold(display_name), fold(building)
    for row in reader.execute(
        select(
            Household.id, Household.number, Household.display_name, Household.size, Household.building, Household.phone
        ).where(Household.id != (own_id or 0), Household.state != HouseholdState.CLOSED)
    ):
        if phone and row.phone == phone:
            found.append(DuplicateRow(*row[:5], reason="phone"))
        elif name and fold(row.display_name) == name and home and fold(row.building) == home:
            found.append(DuplicateRow(*row[:5], reason="home"))
    return found


def choices(reader: Reader, search: str = "", most: int = 50) -> list[tuple[int, str, str]]:
    """Id, number and name of eligible households that hold every word."""
    wanted = select(Household.id, Household.number, Household.display_name).where(
        Household.state == HouseholdState.ELIGIBLE
    )
    for word in search.split():
        wanted = wanted.where(Household.search_text.like(like(fold(word)), escape="\\"))
    return [(row.id, row.number, row.display_name) for row in reader.execute(wanted.order_by(Household.number).limit(most))]


def eligible_ids(reader: Reader) -> list[int]:
    """All eligible households by number."""
    return list(
        reader.scalars(
            select(Household.id).where(Household.state == HouseholdState.ELIGIBLE).order_by(Household.number)
        )
    )


def without_phone(reader: Reader, household_ids: Sequence[int]) -> list[tuple[str, str, str]]:
    """Number, name and address of those of the households that nobody can ring up."""
    return [
        (row.number, row.display_name, f"{row.street_address} {row.building} {row.floor} {row.unit}".strip())
        for row in reader.execute(
            select(
                Household.number,
                Household.display_name,
                Household.street_address,
                Household.building,
                Household.floor,
                Household.unit,
            )
            .where(Household.id.in_(list(household_ids)), Household.phone == "")
            .order_by(Household.number)
        )
    ]


def next_number(reader: Reader) -> str:
    """H-0087 after H-0086."""
    numbers = [int(n[2:]) for n in reader.scalars(select(Household.number)) if n[:2] == "H-" and n[2:].isdigit()]
    return f"H-{max(numbers, default=0) + 1:04d}"
