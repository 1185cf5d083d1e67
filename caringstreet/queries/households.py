"""Households as lists and details show them."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from caringstreet.model.households import Consent, EligibilityCheck, Household, Member
from caringstreet.model.street import CaringStreet, StreetSegment
from caringstreet.model.vouchers import Voucher
from caringstreet.queries import standing
from caringstreet.queries.like import like
from caringstreet.rules import households as rules
from caringstreet.rules.allowances import Caps
from caringstreet.rules.diets import Diet
from caringstreet.rules.eligibility import HouseholdStanding
from caringstreet.rules.households import ContactWay, HouseholdState, PrintLanguage
from caringstreet.rules.months import Month
from caringstreet.rules.texts import fold, search_words
from caringstreet.rules.vouchers import NOT_COUNTED, VoucherState
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
    standing: HouseholdStanding
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
    consent_withdrawn_on: date | None
    cap: int
    diets: tuple[Diet, ...]

    @property
    def standing(self) -> HouseholdStanding:
        """What decides whether vouchers can be issued for it."""
        checks = tuple((one.category, one.valid_until) for one in self.checks)
        return HouseholdStanding(self.state, self.consent_on, checks)


@dataclass(frozen=True)
class MonthRow:
    """What a household received in a month; vouchers replaced, returned or withdrawn are not counted."""

    month: Month
    issued: int
    redeemed: int


def _view(view: HouseholdView | None, today: date) -> ColumnElement[bool]:
    if view is None:
        return Household.id.is_not(None)
    here = Household.state != HouseholdState.CLOSED
    if view is HouseholdView.REVIEW:
        return and_(here, Household.review_on <= today + AHEAD)
    if view is HouseholdView.LARGE:
        return and_(here, Household.large_print)
    if view is HouseholdView.NO_PHONE:
        return and_(here, Household.phone == "")
    return Household.state == HouseholdState.CLOSED if view is HouseholdView.CLOSED else here


def matching_ids(
    reader: Reader,
    view: HouseholdView | None,
    search: str,
    today: date,
    month: Month,
    sort: str = "number",
    *,
    descending: bool = False,
) -> "array[int]":
    """The households of a view, or all, that hold every word of the search; `held` sorts by the vouchers of the month."""
    wanted: Select[Any] = select(Household.id).where(_view(view, today))
    if sort == "street":
        wanted = wanted.outerjoin(StreetSegment, StreetSegment.id == Household.segment_id)
    held = _held(month).subquery()
    if sort == "held":
        wanted = wanted.outerjoin(held, held.c.household_id == Household.id)
    for word in search_words(search):
        wanted = wanted.where(_said(word))
    orders: dict[str, tuple[Any, ...]] = {
        "number": (Household.number,),
        "name": (Household.display_name,),
        "size": (Household.size,),
        "street": (StreetSegment.position, StreetSegment.name_zh),
        "building": (Household.building,),
        "language": (Household.language,),
        "held": (func.coalesce(held.c.held, 0),),
        "review": (Household.review_on,),
        "state": (Household.state,),
    }
    order = [column.desc() if descending else column for column in orders[sort]]
    # Who has no day or street comes last, whichever way the list runs and whichever database it is in.
    empty = case((orders[sort][0].is_(None), 1), else_=0)
    return array("q", reader.scalars(wanted.order_by(empty, *order, Household.number)))


def _said(word: str) -> ColumnElement[bool]:
    """A word of a search in what a household is found by; H12, h-012 and 12 all find H-0012."""
    folded = fold(word)
    found = Household.search_text.like(like(folded), escape="\\")
    digits = folded.removeprefix("h").lstrip("0")
    if not digits.isdecimal():
        return found
    return or_(found, Household.number == f"H-{digits:0>4}")


def _held(month: Month, ids: Sequence[int] | None = None) -> Select[int, int]:
    """How many vouchers of a month count for each household."""
    found = (
        select(Voucher.household_id, func.count().label("held"))
        .where(Voucher.month == str(month), Voucher.state.not_in(NOT_COUNTED))
        .group_by(Voucher.household_id)
    )
    return found if ids is None else found.where(Voucher.household_id.in_(list(ids)))


def counts(reader: Reader, today: date) -> dict[HouseholdView, int]:
    """How many households each chip shows."""
    return {view: reader.scalar(select(func.count()).select_from(Household).where(_view(view, today))) or 0 for view in HouseholdView}


def rows(reader: Reader, ids: Sequence[int], month: Month) -> dict[int, HouseholdRow]:
    """The rows of these households with what they hold in the month."""
    wanted = list(ids)
    held: dict[int, int] = {one: count for one, count in reader.execute(_held(month, wanted))}
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
    standings = standing.of_households(reader, wanted)
    return {row[0]: HouseholdRow(*row, standing=standings[row[0]], held=held.get(row[0], 0), cap=caps.for_size(row[3])) for row in found}


def _caps(reader: Reader) -> Caps:
    return Caps(*reader.execute(select(CaringStreet.cap_one, CaringStreet.cap_two_or_three, CaringStreet.cap_four_or_more)).one())


def detail(reader: Reader, household_id: int) -> HouseholdDetail:
    """Everything of one household."""
    row = reader.execute(
        select(Household.__table__, func.coalesce(StreetSegment.name_zh, "").label("street"))
        .select_from(Household)
        .outerjoin(StreetSegment, StreetSegment.id == Household.segment_id)
        .where(Household.id == household_id)
    ).one()
    members = reader.execute(
        select(Member.name, Member.birth_year, Member.relation).where(Member.household_id == household_id).order_by(Member.position)
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
    given, withdrawn = _consent(reader, household_id)
    apart = ("household_id", "members", "checks", "consent_on", "consent_withdrawn_on", "cap", "diets")
    plain = {name: row._mapping[name] for name in HouseholdDetail.__dataclass_fields__ if name not in apart}
    return HouseholdDetail(
        household_id=household_id,
        members=tuple(MemberRow(*one) for one in members),
        checks=tuple(CheckRow(*one) for one in checks),
        consent_on=given,
        consent_withdrawn_on=withdrawn,
        cap=_caps(reader).for_size(row.size),
        diets=tuple(Diet(one) for one in row.diets),
        **plain,
    )


def _consent(reader: Reader, household_id: int) -> tuple[date | None, date | None]:
    """The day of the consent that stands, or else the day on which the last one was taken back."""
    rows = reader.execute(
        select(Consent.given_on, Consent.withdrawn_on).where(Consent.household_id == household_id).order_by(Consent.id)
    ).all()
    stands = next((given for given, withdrawn in rows if withdrawn is None), None)
    return stands, None if stands or not rows else rows[-1].withdrawn_on


def months_of(reader: Reader, household_id: int, most: int = 6) -> list[MonthRow]:
    """The last months in which a household received vouchers, newest first."""
    redeemed = func.sum(case((Voucher.state == VoucherState.REDEEMED, 1), else_=0))
    found = reader.execute(
        select(Voucher.month, func.count(), redeemed)
        .where(Voucher.household_id == household_id, Voucher.state.not_in(NOT_COUNTED))
        .group_by(Voucher.month)
        .order_by(Voucher.month.desc())
        .limit(most)
    )
    return [MonthRow(Month.parse(month), issued, used) for month, issued, used in found]


def next_number(reader: Reader) -> str:
    """The number that a new household gets, to suggest it in the form."""
    return rules.next_number(reader.scalars(select(Household.number).where(Household.number.like("H-%"))))
