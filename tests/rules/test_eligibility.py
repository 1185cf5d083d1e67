"""Who may receive a voucher of an offer on a day."""

from datetime import date

import pytest

from caringstreet.rules.eligibility import (
    Hindrance,
    HouseholdStanding,
    OfferStanding,
    check_category,
    check_household,
    check_offer,
    hindrances,
    valid_categories,
)
from caringstreet.rules.households import HouseholdState
from caringstreet.rules.offers import OfferState
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.shops import ShopState

DAY = date(2026, 11, 9)
LAST = date(2026, 11, 8)


def a_household(**known):
    usual = {"state": HouseholdState.ELIGIBLE, "consented_on": DAY, "checks": (("E65", DAY),)}
    return HouseholdStanding(**usual | known)


def an_offer(**known):
    usual = {
        "offer_state": OfferState.ACTIVE,
        "shop_state": ShopState.ACTIVE,
        "has_agreement": True,
        "agreement_until": DAY,
        "pilot_until": DAY,
        "categories": (),
    }
    return OfferStanding(**usual | known)


def why(check, *given):
    with pytest.raises(RuleRefused) as caught:
        check(*given)
    return caught.value.reason


def test_all_well_and_the_last_day_of_everything_counts():
    check_household(a_household(), DAY)
    check_offer(an_offer(), DAY)
    check_category(a_household(), an_offer(categories=("E65", "SFO")), DAY)


def test_a_proof_counts_to_its_last_day_and_one_without_end_for_ever():
    checks = (("E65", LAST), ("SFO", DAY), ("EM", None))
    assert valid_categories(checks, DAY) == {"SFO", "EM"}


@pytest.mark.parametrize("state", [one for one in HouseholdState if one is not HouseholdState.ELIGIBLE])
def test_only_an_eligible_household_receives(state):
    assert why(check_household, a_household(state=state), DAY) is Refusal.HOUSEHOLD_NOT_ELIGIBLE_STATE


def test_nothing_without_consent_or_without_a_valid_proof():
    assert why(check_household, a_household(consented_on=None), DAY) is Refusal.HOUSEHOLD_WITHOUT_CONSENT
    assert why(check_household, a_household(checks=(("E65", LAST),)), DAY) is Refusal.HOUSEHOLD_ELIGIBILITY_ENDED
    assert why(check_household, a_household(checks=()), DAY) is Refusal.HOUSEHOLD_ELIGIBILITY_ENDED


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"shop_state": ShopState.PAUSED}, Refusal.SHOP_NOT_ACTIVE),
        ({"shop_state": ShopState.LEFT}, Refusal.SHOP_NOT_ACTIVE),
        ({"has_agreement": False}, Refusal.SHOP_AGREEMENT_MISSING),
        ({"agreement_until": LAST}, Refusal.SHOP_AGREEMENT_ENDED),
        ({"offer_state": OfferState.DRAFT}, Refusal.OFFER_NOT_OPEN),
        ({"offer_state": OfferState.PAUSED}, Refusal.OFFER_NOT_OPEN),
        ({"offer_state": OfferState.ENDED}, Refusal.OFFER_NOT_OPEN),
        ({"pilot_until": LAST}, Refusal.OFFER_ENDED_BEFORE_DAY),
    ],
)
def test_an_offer_is_refused_for_the_first_thing_that_is_wrong(known, reason):
    assert why(check_offer, an_offer(**known), DAY) is reason


def test_a_pilot_and_an_agreement_without_end_are_open():
    check_offer(an_offer(offer_state=OfferState.PILOT, agreement_until=None, pilot_until=None), DAY)


def test_an_offer_for_others_is_refused_and_one_for_everybody_is_not():
    both = (("E65", LAST), ("EM", None))
    assert why(check_category, a_household(checks=both), an_offer(categories=("E65",)), DAY) is Refusal.HOUSEHOLD_CATEGORY_DIFFERS
    check_category(a_household(checks=both), an_offer(categories=("E65", "EM")), DAY)
    check_category(a_household(checks=both), an_offer(), DAY)


@pytest.mark.parametrize("state", list(HouseholdState))
@pytest.mark.parametrize("consented_on", [DAY, date(2026, 11, 10), None])
@pytest.mark.parametrize("checks", [(), (("E65", LAST),), (("E65", DAY),), (("E65", LAST), ("EM", None))])
def test_what_is_shown_as_missing_is_what_issuing_refuses(state, consented_on, checks):
    household = a_household(state=state, consented_on=consented_on, checks=checks)
    if hindrances(household, DAY):
        why(check_household, household, DAY)
    else:
        check_household(household, DAY)


def test_everything_that_is_missing_is_named_the_state_first():
    missing = hindrances(a_household(state=HouseholdState.PAUSED, consented_on=None, checks=()), DAY)
    assert missing == (Hindrance.PAUSED, Hindrance.CONSENT, Hindrance.PROOF)
    assert hindrances(a_household(checks=(("E65", LAST),)), DAY) == (Hindrance.PROOF_ENDED,)
