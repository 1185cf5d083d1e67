"""Keeps households: register with consent and eligibility, change, review, leave."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select

from caringstreet.clock import local_day
from caringstreet.model.households import Consent, EligibilityCheck, Household, Member
from caringstreet.model.street import EligibilityCategory
from caringstreet.rules.changes import Changed
from caringstreet.rules.diets import Diet
from caringstreet.rules.households import (
    CONSENT_TO_TAKE_PART,
    ContactWay,
    HouseholdState,
    PrintLanguage,
    next_number,
)
from caringstreet.rules.likely_days import OLDEST_BIRTH_YEAR, DayOf, check_born
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.texts import fold
from caringstreet.services import finding
from caringstreet.services.amount_checks import check_size
from caringstreet.services.day_checks import check_day, check_days
from caringstreet.services.finding import usable_phone
from caringstreet.storage.transaction import Transaction

_DAYS = {"joined_on": DayOf.HAPPENED, "consent_on": DayOf.HAPPENED, "review_on": DayOf.END}


@dataclass(frozen=True)
class MemberForm:
    name: str
    birth_year: int | None = None
    relation: str = ""


@dataclass(frozen=True)
class CheckForm:
    """A proof that was seen, not copied."""

    category: str
    seen_on: date
    valid_until: date | None = None


@dataclass(frozen=True)
class HouseholdForm:
    """All that a person enters about a household; without `number` it gets the next one."""

    display_name: str
    size: int
    number: str = ""
    members: tuple[MemberForm, ...] = ()
    language: PrintLanguage = PrintLanguage.ZH_HK
    large_print: bool = False
    contact_way: ContactWay = ContactWay.LANDLINE
    phone: str = ""
    street: str = ""
    street_address: str = ""
    building: str = ""
    floor: str = ""
    unit: str = ""
    lift: bool | None = None
    state: HouseholdState = HouseholdState.ELIGIBLE
    joined_on: date | None = None
    review_on: date | None = None
    consent_on: date | None = None
    checks: tuple[CheckForm, ...] = ()
    referral: str = ""
    note: str = ""
    diets: tuple[Diet, ...] = ()


@dataclass(frozen=True)
class KeptHousehold:
    household_id: int
    number: str


def register(tx: Transaction, *, form: HouseholdForm, at: datetime, today: date, by: str) -> KeptHousehold:
    """Add a household.

    Refuses a missing name, a number in use, an unusable size, telephone or birth year, an unknown category, and days
    that cannot be.
    """
    check_form(tx, form, None, today)
    household = Household()
    apply_form(tx, household, form, by)
    household.joined_on = form.joined_on or form.consent_on or today
    tx.session.add(household)
    tx.session.flush()
    tx.audit(
        "household.register",
        by=by,
        at=at,
        subject=("household", household.id),
        changed=(Changed.HOUSEHOLDS,),
        number=household.number,
    )
    return KeptHousehold(household.id, household.number)


def change(tx: Transaction, *, household_id: int, form: HouseholdForm, at: datetime, today: date, by: str) -> KeptHousehold:
    """Change what is known of a household. Refuses as `register` does; its state changes by `set_state`."""
    household = finding.household(tx, household_id)
    check_form(tx, form, household, today)
    # A form that lay open for a while must not bring back the state it began with.
    apply_form(tx, household, replace(form, state=household.state), by)
    tx.audit(
        "household.change",
        by=by,
        at=at,
        subject=("household", household.id),
        changed=(Changed.HOUSEHOLDS,),
        number=household.number,
    )
    return KeptHousehold(household.id, household.number)


def set_state(
    tx: Transaction, *, household_id: int, state: HouseholdState, reason: str, at: datetime, today: date, by: str
) -> KeptHousehold:
    """Pause, put to review, admit again, or let a household leave (closed).

    Refuses to pause or leave without a reason, and to leave twice.
    """
    household = finding.household(tx, household_id)
    if state is HouseholdState.CLOSED and household.state is HouseholdState.CLOSED:
        raise RuleRefused(Refusal.HOUSEHOLD_ALREADY_LEFT)
    needs_reason = state in (HouseholdState.PAUSED, HouseholdState.CLOSED)
    given = finding.a_reason(reason) if needs_reason else reason.strip()
    before = household.state
    household.state = state
    household.left_on = today if state is HouseholdState.CLOSED else None
    household.left_reason = given if needs_reason else ""
    tx.audit(
        "household.set_state",
        by=by,
        at=at,
        subject=("household", household.id),
        changed=(Changed.HOUSEHOLDS,),
        before=before,
        after=state,
    )
    return KeptHousehold(household.id, household.number)


def review(
    tx: Transaction,
    *,
    household_id: int,
    checks: tuple[CheckForm, ...],
    review_on: date | None,
    at: datetime,
    by: str,
) -> KeptHousehold:
    """Record the proofs that hold after a review and the next review day; under review, it is eligible again.

    Refuses a review without any proof and an unknown category. Without `review_on` it is the last day of the proofs.
    """
    household = finding.household(tx, household_id)
    if not checks:
        raise RuleRefused(Refusal.NOTHING_TO_DO, "checks")
    _check_categories(tx, checks)
    _check_proofs(tx, checks, (), local_day(at))
    check_day(tx, review_on, DayOf.END, local_day(at), "review_on")
    _keep_checks(household, checks, by)
    household.review_on = review_on or _next_review(checks)
    if household.state is HouseholdState.REVIEW:
        household.state = HouseholdState.ELIGIBLE
    tx.audit("household.review", by=by, at=at, subject=("household", household.id), changed=(Changed.HOUSEHOLDS,))
    return KeptHousehold(household.id, household.number)


def withdraw_consent(tx: Transaction, *, household_id: int, at: datetime, today: date, by: str) -> KeptHousehold:
    """Record that a household takes its consent back; nothing more can be issued to it. Refuses where none stands."""
    household = finding.household(tx, household_id)
    standing = [one for one in household.consents if one.withdrawn_on is None]
    if not standing:
        raise RuleRefused(Refusal.HOUSEHOLD_WITHOUT_CONSENT)
    for consent in standing:
        consent.withdrawn_on = today
    tx.audit(
        "household.withdraw_consent",
        by=by,
        at=at,
        subject=("household", household.id),
        changed=(Changed.HOUSEHOLDS,),
    )
    return KeptHousehold(household.id, household.number)


def check_form(tx: Transaction, form: HouseholdForm, own: Household | None, today: date) -> None:
    """Refuse what `register` refuses."""
    check_people(form, today)
    check_facts(tx, form, None if own is None else form_of(own, ""), today)
    _check_categories(tx, form.checks)
    number = form.number.strip().upper()
    taken = tx.session.scalar(select(Household.id).where(Household.number == number)) if number else None
    if taken is not None and (own is None or taken != own.id):
        raise RuleRefused(Refusal.HOUSEHOLD_NUMBER_TAKEN, "number", number=number)


def check_people(form: HouseholdForm, today: date) -> None:
    """Refuse a missing name, an unusable size or telephone, and a birth year that cannot be."""
    if not form.display_name.strip():
        raise RuleRefused(Refusal.NAME_MISSING, "display_name")
    if form.size < 1:
        raise RuleRefused(Refusal.HOUSEHOLD_SIZE_UNUSABLE, "size", size=form.size)
    for member in form.members:
        born = member.birth_year
        if born is not None and not OLDEST_BIRTH_YEAR <= born <= today.year:
            raise RuleRefused(Refusal.HOUSEHOLD_BIRTH_YEAR_UNUSABLE, "members", name=member.name, year=born)
    usable_phone(form.phone, "phone")


def check_facts(tx: Transaction, form: HouseholdForm, before: HouseholdForm | None, today: date) -> None:
    """Refuse days that cannot be, such as a consent before anybody was born; ask about new ones that are far, and about the size."""
    check_size(tx, form.size, None if before is None else before.size)
    check_days(tx, form, before, _DAYS, today)
    _check_proofs(tx, form.checks, () if before is None else before.checks, today)
    if form.consent_on is not None:
        check_born(form.consent_on, (one.birth_year for one in form.members), "consent_on")


def _check_proofs(tx: Transaction, checks: tuple[CheckForm, ...], known: tuple[CheckForm, ...], today: date) -> None:
    for one in checks:
        if one not in known:
            check_day(tx, one.seen_on, DayOf.HAPPENED, today, "checks")
            check_day(tx, one.valid_until, DayOf.END, today, "checks")


def _check_categories(tx: Transaction, checks: tuple[CheckForm, ...]) -> None:
    codes = {one.category for one in checks}
    found = tx.session.scalar(select(func.count()).where(EligibilityCategory.code.in_(codes)))
    if found != len(codes):
        raise RuleRefused(Refusal.CATEGORY_UNKNOWN, "checks", categories=sorted(codes))


def form_of(household: Household, street: str) -> HouseholdForm:
    """What the form of a household would say now; `street` is its street's name."""
    standing = next((one for one in household.consents if one.withdrawn_on is None), None)
    return HouseholdForm(
        members=tuple(MemberForm(one.name, one.birth_year, one.relation) for one in household.members),
        street=street,
        consent_on=standing.given_on if standing else None,
        checks=tuple(
            sorted(
                (CheckForm(one.category_code, one.seen_on, one.valid_until) for one in household.checks),
                key=lambda one: one.category,
            )
        ),
        diets=tuple(Diet(one) for one in household.diets),
        **{
            name: getattr(household, name)
            for name in HouseholdForm.__dataclass_fields__
            if name not in ("members", "street", "consent_on", "checks", "diets")
        },
    )


def _keep_checks(household: Household, checks: tuple[CheckForm, ...], by: str) -> None:
    """Leave a proof that did not change under the name of who saw it; the others were seen by `by`."""
    known = {(one.category_code, one.seen_on, one.valid_until): one for one in household.checks}
    household.checks = [
        known.get((one.category, one.seen_on, one.valid_until))
        or EligibilityCheck(category_code=one.category, seen_on=one.seen_on, seen_by=by, valid_until=one.valid_until)
        for one in dict.fromkeys(checks)
    ]


def _next_review(checks: tuple[CheckForm, ...]) -> date | None:
    return max((one.valid_until for one in checks if one.valid_until), default=None)


def _next_number(tx: Transaction) -> str:
    return next_number(tx.session.scalars(select(Household.number).where(Household.number.like("H-%"))))


def apply_form(tx: Transaction, household: Household, form: HouseholdForm, by: str) -> None:
    """Write a form into a household, within an action that audits it."""
    household.number = form.number.strip().upper() or household.number or _next_number(tx)
    for name in ("display_name", "street_address", "building", "floor", "unit", "referral", "note"):
        setattr(household, name, getattr(form, name).strip())
    for name in ("size", "language", "large_print", "contact_way", "lift", "state"):
        setattr(household, name, getattr(form, name))
    household.diets = [str(one) for one in form.diets]
    household.phone = usable_phone(form.phone, "phone")
    household.segment_id = finding.segment_id(tx, form.street)
    household.review_on = form.review_on or _next_review(form.checks)
    household.members = [
        Member(name=one.name.strip(), birth_year=one.birth_year, relation=one.relation.strip(), position=position)
        for position, one in enumerate(form.members)
    ]
    _keep_checks(household, form.checks, by)
    _give_consent(household, form.consent_on)
    household.search_text = fold(
        " ".join(
            (
                household.number,
                household.display_name,
                *(one.name for one in household.members),
                household.street_address,
                household.building,
                household.phone,
            )
        )
    )


def _give_consent(household: Household, given_on: date | None) -> None:
    standing = [one for one in household.consents if one.withdrawn_on is None]
    if given_on is None:
        return
    if standing:
        standing[0].given_on = given_on
    else:
        household.consents.append(Consent(purpose=CONSENT_TO_TAKE_PART, given_on=given_on))
