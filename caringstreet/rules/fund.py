"""The street's fund: what it may hold, and what it can still promise. All amounts in cents."""

from dataclasses import dataclass
from enum import StrEnum

from caringstreet.rules.refusals import Refusal, RuleRefused


class FundKind(StrEnum):
    """Where money comes from, or that it goes out; `opening` states a balance and is no income."""

    OPENING = "opening"
    INDIVIDUAL = "individual"
    PUBLIC = "public"
    CHARITY = "charity"
    OUTGO = "outgo"


#: The kinds that are income, in the order of reports.
INCOME = (FundKind.INDIVIDUAL, FundKind.PUBLIC, FundKind.CHARITY)


@dataclass
class Purse:
    """What the fund can still promise: its balance less what open vouchers may yet cost."""

    free_cents: int

    def check(self, needed_cents: int) -> None:
        """Refuse a promise beyond what is free (invariant 6 of the rules); one that costs nothing always passes."""
        if needed_cents > max(0, self.free_cents):
            raise RuleRefused(Refusal.FUND_USED_UP, free_cents=max(0, self.free_cents), needed_cents=needed_cents)

    def take(self, cents: int) -> None:
        self.free_cents -= cents
