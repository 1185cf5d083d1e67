"""Choice days: how many things a visitor takes."""

from caringstreet.rules.quantities import plain_quantity
from caringstreet.rules.refusals import Refusal, RuleRefused


def refuse_picks(limit: int, before: int, wanted: int) -> None:
    """Refuse more picks than the day allows each visitor; `before` and `wanted` in thousandths."""
    if before + wanted > limit * 1000:
        raise RuleRefused(
            Refusal.CHOICE_LIMIT_REACHED,
            "picks",
            limit=limit,
            before=plain_quantity(before),
            wanted=plain_quantity(wanted),
        )
