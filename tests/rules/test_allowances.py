"""How many vouchers a household may hold, and how many an offer allows."""

import pytest

from caringstreet.rules.allowances import Caps, Held, check_allowance
from caringstreet.rules.refusals import Refusal, RuleRefused


@pytest.mark.parametrize(("size", "cap"), [(1, 8), (2, 12), (3, 12), (4, 16), (9, 16)])
def test_the_cap_follows_the_size_of_the_household(size, cap):
    assert Caps().for_size(size) == cap


def test_the_last_one_within_cap_limit_and_quota_is_allowed():
    check_allowance(Held(7, 1, 59), 1, cap=8, per_household=2, quota=60)


@pytest.mark.parametrize(
    ("held", "wanted", "reason"),
    [
        (Held(8, 0, 0), 1, Refusal.HOUSEHOLD_CAP_REACHED),
        (Held(7, 0, 0), 2, Refusal.HOUSEHOLD_CAP_REACHED),
        (Held(2, 2, 2), 1, Refusal.HOUSEHOLD_OFFER_LIMIT_REACHED),
        (Held(0, 0, 60), 1, Refusal.QUOTA_USED_UP),
        (Held(0, 0, 0), 0, Refusal.COUNT_UNUSABLE),
        (Held(0, 0, 0), -1, Refusal.COUNT_UNUSABLE),
    ],
)
def test_one_more_than_allowed_is_refused_by_name(held, wanted, reason):
    with pytest.raises(RuleRefused) as refused:
        check_allowance(held, wanted, cap=8, per_household=2, quota=60)
    assert refused.value.reason is reason


def test_a_refusal_says_how_many_are_used_and_how_many_are_allowed():
    with pytest.raises(RuleRefused) as refused:
        check_allowance(Held(0, 0, 59), 2, cap=8, per_household=None, quota=60)
    assert refused.value.facts == {"used": 59, "quota": 60, "wanted": 2}


def test_without_limit_and_quota_only_the_cap_counts():
    check_allowance(Held(0, 7, 10_000), 1, cap=8, per_household=None, quota=None)


def test_a_quota_of_none_at_all_allows_nothing():
    with pytest.raises(RuleRefused):
        check_allowance(Held(0, 0, 0), 1, cap=8, per_household=None, quota=0)
