"""What one sees while issuing: households to choose from, and the room that caps, limits and quotas leave."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select

from caringstreet.model.households import Household
from caringstreet.model.offers import Offer, OfferVersion
from caringstreet.model.shops import Agreement, Shop
from caringstreet.model.street import CaringStreet
from caringstreet.model.vouchers import Voucher
from caringstreet.queries import standing
from caringstreet.queries.like import like
from caringstreet.rules.allowances import Caps
from caringstreet.rules.eligibility import (
    Hindrance,
    HouseholdStanding,
    OfferStanding,
    check_category,
    check_household,
    check_offer,
    hindrances,
)
from caringstreet.rules.households import HouseholdState
from caringstreet.rules.months import Month
from caringstreet.rules.offers import OPEN_STATES, OfferState
from caringstreet.rules.refusals import RuleRefused
from caringstreet.rules.texts import fold, search_words
from caringstreet.rules.vouchers import NOT_COUNTED
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class HouseholdChoice:
    """A household as it is chosen from a list."""

    household_id: int
    number: str
    display_name: str
    size: int
    building: str
    missing: tuple[Hindrance, ...] = ()


@dataclass(frozen=True)
class OfferRoom:
    """An open offer: `held` by the household and `used` of the quota in the month; limits None where there are none.

    `refusal` is the rule that keeps this household from it on the day, whatever the count.
    """

    offer_id: int
    code: str
    title_zh: str
    title_en: str
    shop_zh: str
    shop_en: str
    held: int
    per_household: int | None
    used: int
    quota: int | None
    refusal: RuleRefused | None = None

    @property
    def left(self) -> int | None:
        """How many more the limit and the quota allow; None where neither is set."""
        rooms = [most - taken for most, taken in ((self.per_household, self.held), (self.quota, self.used)) if most is not None]
        return max(0, min(rooms)) if rooms else None


@dataclass(frozen=True)
class HouseholdRoom:
    """What a household holds of its cap in a month, and the offers for it; `refusal` concerns the household itself."""

    household: HouseholdChoice
    held: int
    cap: int
    refusal: RuleRefused | None
    offers: tuple[OfferRoom, ...]


def find_households(reader: Reader, text: str, day: date, limit: int = 40) -> list[HouseholdChoice]:
    """Households that take part, by number, name, building or telephone, each with what is missing on `day`.

    Every word must be found; who may receive comes first.
    """
    conditions = [Household.search_text.like(like(fold(word)), escape="\\") for word in search_words(text) if fold(word)]
    found = reader.execute(
        select(Household.id, Household.number, Household.display_name, Household.size, Household.building)
        .where(Household.state != HouseholdState.CLOSED, *conditions)
        .order_by(Household.state != HouseholdState.ELIGIBLE, Household.number)
        .limit(limit)
    ).all()
    standings = standing.of_households(reader, [row.id for row in found])
    choices = [HouseholdChoice(*row, missing=hindrances(standings[row.id], day)) for row in found]
    return sorted(choices, key=lambda one: bool(one.missing))


def eligible_ids(reader: Reader, day: date) -> list[int]:
    """Every household for which vouchers can be issued for `day`, by number."""
    standings = standing.of_households(reader)
    ordered = reader.scalars(select(Household.id).order_by(Household.number))
    return [one for one in ordered if not hindrances(standings[one], day)]


def hindered_ids(reader: Reader, day: date) -> list[int]:
    """Households that were admitted but lack a consent or a valid proof on `day`, by number."""
    standings = standing.of_households(reader)
    ordered = reader.scalars(select(Household.id).where(Household.state == HouseholdState.ELIGIBLE).order_by(Household.number))
    return [one for one in ordered if hindrances(standings[one], day)]


def household_names(reader: Reader) -> dict[int, str]:
    """Number and display name of every household."""
    rows = reader.execute(select(Household.id, Household.number, Household.display_name))
    return {one: f"{number} {name}" for one, number, name in rows}


def offer_names(reader: Reader) -> dict[int, tuple[str, str]]:
    """Code and title of every offer, in Chinese and in English."""
    rows = reader.execute(
        select(Offer.id, Offer.code, OfferVersion.title_zh, OfferVersion.title_en).join(
            OfferVersion, and_(OfferVersion.offer_id == Offer.id, OfferVersion.number == Offer.current_version)
        )
    )
    return {one: (f"{code} {zh}", f"{code} {en or zh}") for one, code, zh, en in rows}


def open_offers(reader: Reader, day: date) -> tuple[OfferRoom, ...]:
    """All open offers with what is used of their quota in the month of `day`."""
    return _offers(reader, day, Counter(), None)


def room(reader: Reader, household_id: int, day: date) -> HouseholdRoom | None:
    """What may be issued to a household for `day`; None where there is no such household."""
    row = reader.execute(
        select(Household.id, Household.number, Household.display_name, Household.size, Household.building, Household.state).where(
            Household.id == household_id
        )
    ).first()
    if row is None:
        return None
    held = _by_offer(reader, Voucher.household_id == household_id, Voucher.month == str(Month.of(day)))
    stands = standing.of_households(reader, [household_id])[household_id]
    return HouseholdRoom(
        HouseholdChoice(*row[:5], missing=hindrances(stands, day)),
        held.total(),
        _caps(reader).for_size(row.size),
        _said_no(lambda: check_household(stands, day)),
        _offers(reader, day, held, stands),
    )


def _by_offer(reader: Reader, *conditions: ColumnElement[bool]) -> Counter[int]:
    """Vouchers that count, by offer."""
    rows = reader.execute(
        select(Voucher.offer_id, func.count()).where(Voucher.state.not_in(NOT_COUNTED), *conditions).group_by(Voucher.offer_id)
    )
    return Counter({offer_id: number for offer_id, number in rows})


def _caps(reader: Reader) -> Caps:
    return Caps(*reader.execute(select(CaringStreet.cap_one, CaringStreet.cap_two_or_three, CaringStreet.cap_four_or_more)).one())


def shop_standings(reader: Reader) -> dict[int, OfferStanding]:
    """By its id, what decides about a shop: the standing of an open offer without an end that it might have."""
    agreements: dict[int, list[date | None]] = {}
    for shop_id, until in reader.execute(select(Agreement.shop_id, Agreement.until)):
        agreements.setdefault(shop_id, []).append(until)
    found = {}
    for shop_id, state in reader.execute(select(Shop.id, Shop.state)):
        signed = agreements.get(shop_id, [])
        ends = [until for until in signed if until is not None]
        found[shop_id] = OfferStanding(
            OfferState.ACTIVE,
            state,
            has_agreement=bool(signed),
            agreement_until=max(ends) if ends and len(ends) == len(signed) else None,
            pilot_until=None,
            categories=(),
        )
    return found


def _offers(reader: Reader, day: date, held: Counter[int], household: HouseholdStanding | None) -> tuple[OfferRoom, ...]:
    used = _by_offer(reader, Voucher.month == str(Month.of(day)))
    shops = shop_standings(reader)
    rows = reader.execute(
        select(
            Offer.id,
            Offer.code,
            Offer.shop_id,
            Offer.state.label("offer_state"),
            Shop.name_zh,
            Shop.name_en,
            OfferVersion.title_zh,
            OfferVersion.title_en,
            OfferVersion.per_household_month,
            OfferVersion.monthly_quota,
            OfferVersion.pilot_until,
            OfferVersion.categories,
        )
        .join(OfferVersion, and_(OfferVersion.offer_id == Offer.id, OfferVersion.number == Offer.current_version))
        .join(Shop, Shop.id == Offer.shop_id)
        .where(Offer.state.in_(OPEN_STATES))
        .order_by(Offer.code)
    )
    found = []
    for row in rows:
        offer = replace(shops[row.shop_id], offer_state=row.offer_state, pilot_until=row.pilot_until, categories=tuple(row.categories))
        found.append(
            OfferRoom(
                row.id,
                row.code,
                row.title_zh,
                row.title_en,
                row.name_zh,
                row.name_en,
                held[row.id],
                row.per_household_month,
                used[row.id],
                row.monthly_quota,
                _offer_refusal(household, offer, day),
            )
        )
    return tuple(found)


def _offer_refusal(household: HouseholdStanding | None, offer: OfferStanding, day: date) -> RuleRefused | None:
    def check() -> None:
        check_offer(offer, day)
        if household is not None:
            check_category(household, offer, day)

    return _said_no(check)


def _said_no(check: Callable[[], None]) -> RuleRefused | None:
    try:
        check()
    except RuleRefused as refusal:
        return refusal
    return None
