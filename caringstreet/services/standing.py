"""What decides about issuing, loaded once for a whole plan: standings, terms and what is held already."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caringstreet.model.households import Consent, EligibilityCheck, Household
from caringstreet.model.offers import Offer, OfferVersion
from caringstreet.model.shops import Agreement, Shop
from caringstreet.model.street import CaringStreet, SigningKey
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.allowances import Caps, Held, check_allowance
from caringstreet.rules.eligibility import (
    HouseholdStanding,
    OfferStanding,
    check_category,
    check_household,
    check_offer,
)
from caringstreet.rules.months import Month
from caringstreet.rules.offers import OfferTerms
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.vouchers import NOT_COUNTED
from caringstreet.services.fund import purse

_Entity = TypeVar("_Entity", Household, Offer)


class Line(Protocol):
    """What is wanted: see `IssueLine`."""

    @property
    def household_id(self) -> int: ...
    @property
    def offer_id(self) -> int: ...
    @property
    def day(self) -> date: ...
    @property
    def count(self) -> int: ...


@dataclass(frozen=True)
class CurrentVersion:
    id: int
    terms: OfferTerms


class Standings:
    """Holds the rules against a plan line by line, counting what earlier lines took."""

    def __init__(self, session: Session, lines: Sequence[Line], today: date) -> None:
        self._purse = purse(session, today) if lines else None
        street = session.get_one(CaringStreet, 1)
        self._caps = Caps(street.cap_one, street.cap_two_or_three, street.cap_four_or_more)
        self.key_id: int = session.scalars(
            select(SigningKey.id).where(SigningKey.retired_at.is_(None)).order_by(SigningKey.id.desc()).limit(1)
        ).one()
        households = {line.household_id for line in lines}
        offers = {line.offer_id for line in lines}
        self._sizes: dict[int, int] = {}
        self._households = self._load_households(session, households)
        self._versions: dict[int, CurrentVersion] = {}
        self._offers = self._load_offers(session, offers)
        self._count_held(session, {str(Month.of(line.day)) for line in lines})

    def allow(self, line: Line) -> CurrentVersion:
        """The version to issue. Raises RuleRefused with the first rule that says no."""
        household, offer = self._households.get(line.household_id), self._offers.get(line.offer_id)
        if household is None:
            raise RuleRefused(Refusal.HOUSEHOLD_UNKNOWN, household=line.household_id)
        if offer is None:
            raise RuleRefused(Refusal.OFFER_UNKNOWN, offer=line.offer_id)
        check_household(household, line.day)
        check_offer(offer, line.day)
        check_category(household, offer, line.day)
        version = self._versions[line.offer_id]
        month = str(Month.of(line.day))
        held = Held(
            self._by_household[month, line.household_id],
            self._by_both[month, line.household_id, line.offer_id],
            self._by_offer[month, line.offer_id],
        )
        check_allowance(
            held,
            line.count,
            cap=self._caps.for_size(self._sizes[line.household_id]),
            per_household=version.terms.per_household_month,
            quota=version.terms.monthly_quota,
        )
        if self._purse is not None:
            self._purse.check(line.count * version.terms.fund_cents)
        return version

    def take(self, line: Line) -> None:
        """Count an allowed line as held."""
        month = str(Month.of(line.day))
        self._by_household[month, line.household_id] += line.count
        self._by_both[month, line.household_id, line.offer_id] += line.count
        self._by_offer[month, line.offer_id] += line.count
        if self._purse is not None:
            self._purse.take(line.count * self._versions[line.offer_id].terms.fund_cents)

    def _load_households(self, session: Session, wanted: set[int]) -> dict[int, HouseholdStanding]:
        checks: dict[int, list[tuple[str, date | None]]] = {}
        rows = session.execute(select(EligibilityCheck.household_id, EligibilityCheck.category_code, EligibilityCheck.valid_until))
        for household_id, code, until in rows:
            checks.setdefault(household_id, []).append((code, until))
        consented: dict[int, date] = {
            household_id: day
            for household_id, day in session.execute(
                select(Consent.household_id, func.min(Consent.given_on))
                .where(Consent.withdrawn_on.is_(None))
                .group_by(Consent.household_id)
            )
        }
        standings = {}
        # Locking the rows keeps two desks on one shared database from passing a cap together.
        for household in _in_parts(session, Household, wanted):
            self._sizes[household.id] = household.size
            standings[household.id] = HouseholdStanding(household.state, consented.get(household.id), tuple(checks.get(household.id, ())))
        return standings

    def _load_offers(self, session: Session, wanted: set[int]) -> dict[int, OfferStanding]:
        shops = {shop_id: state for shop_id, state in session.execute(select(Shop.id, Shop.state))}
        agreements: dict[int, list[date | None]] = {}
        for shop_id, until in session.execute(select(Agreement.shop_id, Agreement.until)):
            agreements.setdefault(shop_id, []).append(until)
        standings = {}
        for offer in _in_parts(session, Offer, wanted):
            version = session.scalars(
                select(OfferVersion).where(OfferVersion.offer_id == offer.id, OfferVersion.number == offer.current_version)
            ).one()
            terms = version.terms()
            self._versions[offer.id] = CurrentVersion(version.id, terms)
            signed = agreements.get(offer.shop_id, [])
            ends = [until for until in signed if until is not None]
            standings[offer.id] = OfferStanding(
                offer.state,
                shops[offer.shop_id],
                has_agreement=bool(signed),
                agreement_until=max(ends) if ends and len(ends) == len(signed) else None,
                pilot_until=terms.pilot_until,
                categories=terms.categories,
            )
        return standings

    def _count_held(self, session: Session, months: Iterable[str]) -> None:
        self._by_household: Counter[tuple[str, int]] = Counter()
        self._by_both: Counter[tuple[str, int, int]] = Counter()
        self._by_offer: Counter[tuple[str, int]] = Counter()
        rows = session.execute(
            select(Voucher.month, Voucher.household_id, Voucher.offer_id, func.count())
            .where(Voucher.month.in_(sorted(months)), Voucher.state.not_in(NOT_COUNTED))
            .group_by(Voucher.month, Voucher.household_id, Voucher.offer_id)
        )
        for month, household_id, offer_id, count in rows:
            self._by_household[month, household_id] += count
            self._by_both[month, household_id, offer_id] += count
            self._by_offer[month, offer_id] += count


def _in_parts(session: Session, entity: type[_Entity], ids: set[int]) -> Iterable[_Entity]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), 500):
        yield from session.scalars(select(entity).where(entity.id.in_(ordered[start : start + 500])).order_by(entity.id).with_for_update())
