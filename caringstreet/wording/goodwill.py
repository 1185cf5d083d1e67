"""Goodwill in words, for screen, sheet and command."""

from caringstreet.queries.month_summary import Counts
from caringstreet.words import Words


def goodwill_text(words: Words, total: Counts) -> str:
    """What second sheets cost, apart from the redemptions; nothing where none was paid."""
    if not total.goodwill:
        return ""
    return words.say_count(
        "{n} goodwill payment for a second voucher, {payable}: apart from the redemptions; {all} to pay in all",
        "{n} goodwill payments for second vouchers, {payable}: apart from the redemptions; {all} to pay in all",
        total.goodwill,
        payable=words.money(total.goodwill_cents),
        all=words.money(total.to_pay_cents),
    )
