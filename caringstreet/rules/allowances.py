"""How many vouchers a household may hold in a month, and how many an offer allows."""

from dataclasses import dataclass

from caringstreet.rules.refusals import Refusal, RuleRefused


@dataclass(frozen=True)
class Caps:
    """Vouchers a month by household size: 1 person, 2 to 3 persons, 4 and more."""

    one: int = 8
    two_or_three: int = 12
    four_or_more: int = 16

    def for_size(self, size: int) -> int:
        if size <= 1:
            return self.one
        return self.two_or_three if size <= 3 else self.four_or_more


@dataclass(frozen=True)
class Held:
    """What counts already: vouchers of the month that are not void, returned or replaced."""

    by_household: int
    by_household_of_offer: int
    of_offer: int


def check_allowance(held: Held, wanted: int, *, cap: int, per_household: int | None, quota: int | None) -> None:
    """Refuse where `wanted` more would pass the household's cap, its limit of the offer, or the offer's quota."""
    if wanted < 1:
        raise RuleRefused(Refusal.COUNT_UNUSABLE, "count")
    if held.by_household + wanted > cap:
        raise RuleRefused(Refusal.HOUSEHOLD_CAP_REACHED, held=held.by_household, cap=cap, wanted=wanted)
    if per_household is not None and held.by_household_of_offer + wanted > per_household:
        raise RuleRefused(Refusal.HOUSEHOLD_OFFER_LIMIT_REACHED, held=held.by_household_of_offer, limit=per_household, wanted=wanted)
    if quota is not None and held.of_offer + wanted > quota:
        raise RuleRefused(Refusal.QUOTA_USED_UP, used=held.of_offer, quota=quota, wanted=wanted)
