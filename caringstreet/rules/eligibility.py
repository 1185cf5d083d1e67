"""Who may receive a voucher of an offer on a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caringstreet.rules.households import HouseholdState
from caringstreet.rules.offers import OPEN_STATES, OfferState
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.shops import ShopState


class Hindrance(StrEnum):
    """What keeps a household from vouchers; each is mended in its own way."""

    APPLYING = "applying"
    PAUSED = "paused"
    REVIEW = "review"
    CLOSED = "closed"
    CONSENT = "consent"
    CONSENT_LATER = "consent_later"
    PROOF = "proof"
    PROOF_ENDED = "proof_ended"


_STATES = {
    HouseholdState.APPLYING: Hindrance.APPLYING,
    HouseholdState.PAUSED: Hindrance.PAUSED,
    HouseholdState.REVIEW: Hindrance.REVIEW,
    HouseholdState.CLOSED: Hindrance.CLOSED,
}


@dataclass(frozen=True)
class HouseholdStanding:
    """What decides about a household: the day of its consent, `checks` as (category code, last valid day or None)."""

    state: HouseholdState
    consented_on: date | None
    checks: tuple[tuple[str, date | None], ...]


@dataclass(frozen=True)
class OfferStanding:
    """What decides about an offer and its shop; `agreement_until` None means without end."""

    offer_state: OfferState
    shop_state: ShopState
    has_agreement: bool
    agreement_until: date | None
    pilot_until: date | None
    categories: tuple[str, ...]


def valid_categories(checks: Collection[tuple[str, date | None]], day: date) -> set[str]:
    """Codes of the proofs that are still valid on `day` (the last day counts)."""
    return {code for code, until in checks if until is None or until >= day}


def hindrances(household: HouseholdStanding, day: date) -> tuple[Hindrance, ...]:
    """All that is missing before vouchers can be issued for `day`; empty for an eligible household.

    What a screen shows and what issuing refuses both come from here.
    """
    found = [_STATES[household.state]] if household.state in _STATES else []
    if household.consented_on is None:
        found.append(Hindrance.CONSENT)
    elif household.consented_on > day:
        found.append(Hindrance.CONSENT_LATER)
    if not valid_categories(household.checks, day):
        found.append(Hindrance.PROOF_ENDED if household.checks else Hindrance.PROOF)
    return tuple(found)


def check_household(household: HouseholdStanding, day: date) -> None:
    """Refuse a household that may receive nothing on `day`, with the first thing that is missing."""
    missing = hindrances(household, day)
    if not missing:
        return
    if missing[0] is Hindrance.CONSENT:
        raise RuleRefused(Refusal.HOUSEHOLD_WITHOUT_CONSENT)
    if missing[0] is Hindrance.CONSENT_LATER:
        raise RuleRefused(Refusal.HOUSEHOLD_CONSENT_LATER, consent=household.consented_on, day=day)
    if missing[0] in (Hindrance.PROOF, Hindrance.PROOF_ENDED):
        last = max((until for _, until in household.checks if until), default=None)
        raise RuleRefused(Refusal.HOUSEHOLD_ELIGIBILITY_ENDED, until=last, day=day)
    raise RuleRefused(Refusal.HOUSEHOLD_NOT_ELIGIBLE_STATE, state=household.state)


def check_shop(offer: OfferStanding, day: date) -> None:
    """Refuse where the shop is not taking part on `day`; of an offer's standing only its shop counts."""
    if offer.shop_state is not ShopState.ACTIVE:
        raise RuleRefused(Refusal.SHOP_NOT_ACTIVE, state=offer.shop_state)
    if not offer.has_agreement:
        raise RuleRefused(Refusal.SHOP_AGREEMENT_MISSING)
    if offer.agreement_until is not None and offer.agreement_until < day:
        raise RuleRefused(Refusal.SHOP_AGREEMENT_ENDED, until=offer.agreement_until)


def check_offer(offer: OfferStanding, day: date) -> None:
    """Refuse an offer that is not open on `day`, or whose shop is not taking part."""
    check_shop(offer, day)
    if offer.offer_state not in OPEN_STATES:
        raise RuleRefused(Refusal.OFFER_NOT_OPEN, state=offer.offer_state)
    if offer.pilot_until is not None and offer.pilot_until < day:
        raise RuleRefused(Refusal.OFFER_ENDED_BEFORE_DAY, until=offer.pilot_until, day=day)


def check_category(household: HouseholdStanding, offer: OfferStanding, day: date) -> None:
    """Refuse where the offer is for categories that the household does not have on `day`."""
    if offer.categories and not valid_categories(household.checks, day) & set(offer.categories):
        raise RuleRefused(Refusal.HOUSEHOLD_CATEGORY_DIFFERS, categories=offer.categories)
