"""Imports what a centre keeps today, and takes a whole import back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from caringstreet.model.households import Household, Member
from caringstreet.model.offers import Offer
from caringstreet.model.shops import Shop
from caringstreet.model.street import EligibilityCategory, StreetSegment
from caringstreet.rules.inputs import HouseholdInput, MemberInput, OfferInput, ShopInput
from caringstreet.rules.offers import OfferState, OfferTerms
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.shops import SettlementWay
from caringstreet.rules.texts import fold
from caringstreet.services import households, offers, shops
from caringstreet.services.import_forms import household_form, offer_terms, shop_form
from caringstreet.services.import_run import FileRows, ImportOutcome, ImportRun, PossibleDuplicate
from caringstreet.storage.transaction import Transaction


class Choice(StrEnum):
    """What a person decides for a row that may be somebody already on the list."""

    NEW = "new"
    SKIP = "skip"


@dataclass(frozen=True)
class OfferRow:
    """An offer as a row of a sheet tells it."""

    code: str
    shop: str
    state: OfferState
    terms: OfferTerms


def _street_names(tx: Transaction) -> Mapping[int | None, str]:
    names: dict[int | None, str] = {None: ""}
    for segment_id, name in tx.session.execute(select(StreetSegment.id, StreetSegment.name_zh)):
        names[segment_id] = name
    return names


def import_shops(tx: Transaction, *, given: FileRows, at: datetime, today: date, by: str, strict: bool = False) -> ImportOutcome:
    """Add new shops, change known ones by their code; a row that says nothing new is unchanged."""
    work = ImportRun(tx, given)
    streets = _street_names(tx)
    known = {one.code: one for one in tx.session.scalars(select(Shop).options(selectinload("*")))}
    for line, row in given.rows:
        assert isinstance(row, ShopInput)
        shop = known.get(row.code)
        before = shops.form_of(shop, streets[shop.segment_id]) if shop else None
        if before is not None and before.name_zh != row.name_zh and before.address != row.address:
            work.bad(line, "code", row.code, "number_exists_with_other_data", name=before.name_zh)
            continue
        form = shop_form(row, before, given.fields, today)
        if form == before:
            work.outcome.unchanged += 1
            continue
        try:
            _apply_shop(work, shop, form, before, today)
            work.write(line, form, before)
        except RuleRefused as refused:
            work.refused(line, refused, "code")
    return work.finish("shops", strict=strict, at=at, by=by)


def _apply_shop(work: ImportRun, shop: Shop | None, form: shops.ShopForm, before: shops.ShopForm | None, today: date) -> None:
    shops.check_shop_days(work.tx, form, before, today)
    if shop is None:
        shop = Shop()
        shops.apply_form(work.tx, shop, form)
        work.tx.session.add(shop)
        work.made.append(("shop", shop))
    else:
        shops.ask_about_fund_share(work.tx, shop, form)
        work.keep_before("shop", shop)
        shops.apply_form(work.tx, shop, form)


def import_offers(tx: Transaction, *, given: FileRows, at: datetime, today: date, by: str, strict: bool = False) -> ImportOutcome:
    """Add new offers to their shops, change known ones by their code, as a new version where vouchers carry the old."""
    work = ImportRun(tx, given)
    shop_by_code = {one.code: one for one in tx.session.scalars(select(Shop))}
    # Where no shop has a way of settlement, nobody ever said that one needs none: its lists have no such column.
    settled = any(one.settlement is not SettlementWay.NONE for one in shop_by_code.values())
    shop_by_name = {fold(name): one for one in shop_by_code.values() for name in (one.name_zh, one.name_en) if name}
    owner = {one.id: f"{one.code} {one.name_zh}" for one in shop_by_code.values()}
    known = {one.code: one for one in tx.session.scalars(select(Offer))}
    for line, row in given.rows:
        assert isinstance(row, OfferInput)
        shop = shop_by_code.get(row.shop) or shop_by_name.get(fold(row.shop_name))
        if shop is None:
            work.bad(line, "code", row.code, "unknown_shop", shop=row.shop)
            continue
        offer = known.get(row.code)
        if offer is not None and offer.shop_id != shop.id:
            work.bad(line, "shop", row.shop, "number_exists_with_other_data", name=owner[offer.shop_id])
            continue
        before = offers.current_version(tx, offer).terms() if offer else None
        terms = offer_terms(row, before, given.fields)
        state = OfferState(row.state) if "state" in given.fields or offer is None else offer.state
        known_row = OfferRow(offer.code, row.shop, offer.state, before) if offer is not None and before else None
        if offer is not None and terms == before and state is offer.state:
            work.outcome.unchanged += 1
            continue
        try:
            if settled and (before is None or before.fund_cents != terms.fund_cents):
                offers.ask_about_settlement(tx, shop, terms)
            if offer is None:
                made = offers.add_offer(tx, shop, terms, at=at, code=row.code, state=state)
                work.made.append(("offer", made))
            else:
                work.keep_before("offer", offer)
                offers.change_terms(tx, offer, terms, at)
            work.write(line, OfferRow(row.code, row.shop, state, terms), known_row)
            if offer is not None:
                offer.state = state
        except RuleRefused as refused:
            work.refused(line, refused, "code")
    return work.finish("offers", strict=strict, at=at, by=by)


def import_households(
    tx: Transaction,
    *,
    given: FileRows,
    at: datetime,
    today: date,
    by: str,
    strict: bool = False,
    choices: Mapping[int, Choice] | None = None,
) -> ImportOutcome:
    """Add new households, change known ones by their number.

    A known number with another name and other members is bad. `choices` by line decide rows that may be
    somebody already on the list; without a choice such a row is taken, and named among the duplicates.
    """
    work = ImportRun(tx, given)
    streets = _street_names(tx)
    known = {one.number: one for one in tx.session.scalars(select(Household).options(selectinload("*")))}
    categories = set(tx.session.scalars(select(EligibilityCategory.code)))
    likely = _Likely(known.values())
    for line, row in given.rows:
        assert isinstance(row, HouseholdInput)
        if choices and choices.get(line) is Choice.SKIP:
            work.outcome.skipped += 1
            continue
        household = known.get(row.number)
        before = households.form_of(household, streets[household.segment_id]) if household else None
        if before is not None and _is_somebody_else(row, before):
            work.bad(line, "number", row.number, "number_exists_with_other_data", name=before.display_name)
            continue
        if household is None and (same := likely.find(row)) is not None:
            reason, other = same
            work.outcome.duplicates.append(PossibleDuplicate(line, other.id, other.number, other.display_name, reason))
        form = household_form(row, before, given.fields, today)
        if form == before:
            work.outcome.unchanged += 1
            continue
        try:
            households.check_facts(tx, form, before, today)
            _apply_household(work, household, form, categories, today, by)
            work.write(line, form, before)
        except RuleRefused as refused:
            work.refused(line, refused, "number")
    return work.finish("households", strict=strict, at=at, by=by)


def _is_somebody_else(row: HouseholdInput, before: households.HouseholdForm) -> bool:
    members = tuple((one.name, one.birth_year) for one in row.members)
    return row.display_name != before.display_name and members != tuple((one.name, one.birth_year) for one in before.members)


def _apply_household(
    work: ImportRun,
    household: Household | None,
    form: households.HouseholdForm,
    categories: set[str],
    today: date,
    by: str,
) -> None:
    households.check_people(form, today)
    unknown = [one.category for one in form.checks if one.category not in categories]
    if unknown:
        raise RuleRefused(Refusal.CATEGORY_UNKNOWN, "categories", categories=unknown)
    if household is None:
        household = Household()
        households.apply_form(work.tx, household, form, by)
        household.joined_on = form.joined_on
        work.tx.session.add(household)
        work.made.append(("household", household))
    else:
        work.keep_before("household", household)
        households.apply_form(work.tx, household, form, by)


class _Likely:
    """Finds a household that a new row may be: same name and telephone, or same name and home."""

    def __init__(self, known: Collection[Household]) -> None:
        self._by_phone = {(fold(one.display_name), one.phone): one for one in known if one.phone}
        self._by_home = {
            (fold(one.display_name), fold(one.building), fold(one.floor), fold(one.unit)): one for one in known if one.building
        }

    def find(self, row: HouseholdInput) -> tuple[str, Household] | None:
        name = fold(row.display_name)
        if row.phone and (name, row.phone) in self._by_phone:
            return "phone", self._by_phone[name, row.phone]
        home = (name, fold(row.building), fold(row.floor), fold(row.unit))
        return ("home", self._by_home[home]) if row.building and home in self._by_home else None


def import_members(tx: Transaction, *, given: FileRows, at: datetime, today: date, by: str, strict: bool = False) -> ImportOutcome:
    """Add members to households that are there; a member with the same name and birth year is unchanged."""
    work = ImportRun(tx, given)
    known = {one.number: one for one in tx.session.scalars(select(Household).options(selectinload("*")))}
    touched: set[int] = set()
    for line, row in given.rows:
        assert isinstance(row, MemberInput)
        household = known.get(row.household)
        if household is None:
            work.bad(line, "household", row.household, "unknown_household", household=row.household)
            continue
        if any(one.name == row.name and one.birth_year == row.birth_year for one in household.members):
            work.outcome.unchanged += 1
            continue
        if household.id not in touched:
            touched.add(household.id)
            work.keep_before("household", household)
        household.members.append(Member(name=row.name, birth_year=row.birth_year, relation=row.relation, position=len(household.members)))
        household.size = max(household.size, len(household.members))
        household.search_text += fold(row.name)
        work.write(line, row)
    return work.finish("members", strict=strict, at=at, by=by)
