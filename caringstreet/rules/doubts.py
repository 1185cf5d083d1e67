"""What is unusual but not wrong: a person is asked, and what they accept is written."""

from enum import StrEnum

from caringstreet.rules.refusals import RuleRefused


class Doubt(StrEnum):
    """Every reason to ask before something is written; `--accept KIND` of a command answers it beforehand."""

    FAR_DAY = "far_day"
    GUESSED_ENCODING = "guessed_encoding"
    PAST_BEST_BEFORE = "past_best_before"
    PLAN_AGAIN = "plan_again"
    FUTURE_DAY = "future_day"
    OVER_ESTIMATE = "over_estimate"
    UNUSUAL_ESTIMATE = "unusual_estimate"
    UNUSUAL_QUANTITY = "unusual_quantity"
    MUCH_AT_ONCE = "much_at_once"
    UNUSUAL_COUNT = "unusual_count"
    UNUSUAL_SUM = "unusual_sum"
    HIGH_PRICE = "high_price"
    OTHER_PRICE = "other_price"
    NO_BENEFIT = "no_benefit"
    HIGH_NUMBER = "high_number"
    LARGE_HOUSEHOLD = "large_household"
    NO_SETTLEMENT = "no_settlement"


class Doubted(RuleRefused):
    """Asks about one thing; refused unless the person, or the command's `--accept`, accepts it. Facts as for a refusal."""

    reason: Doubt  # type: ignore[assignment]

    def __init__(self, reason: Doubt, field: str = "", **facts: object) -> None:
        super().__init__(reason, field, **facts)  # type: ignore[arg-type]
