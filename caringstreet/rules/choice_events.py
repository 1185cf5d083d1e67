"""Choice days: how many things a visitor takes, and no more than lie there."""

from caringstreet.rules.quantities import ONE, plain_quantity
from caringstreet.rules.refusals import Refusal, RuleRefused


def refuse_picks(limit: int, before: int, wanted: int) -> None:
    """Refuse more picks than the day allows each visitor; `before` and `wanted` in thousandths."""
    if before + wanted > limit * ONE:
        raise RuleRefused(
            Refusal.CHOICE_LIMIT_REACHED,
            "picks",
            limit=limit,
            before=plain_quantity(before),
            wanted=plain_quantity(wanted),
        )


def refuse_beyond_table(have: int, wanted: int, **facts: object) -> None:
    """Refuse to take more of a lot than lies on the tables, in thousandths; the facts name the item and its unit."""
    if wanted > have:
        raise RuleRefused(
            Refusal.CHOICE_NOT_DISPLAYED,
            "quantity",
            have=plain_quantity(max(0, have)),
            wanted=plain_quantity(wanted),
            **facts,
        )
