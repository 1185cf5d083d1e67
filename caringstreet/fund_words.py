"""The fund's month in words, for screen and sheet."""

from collections.abc import Callable
from typing import TypeVar

from caringstreet.labels import label
from caringstreet.queries.fund import FundFigures
from caringstreet.words import Words

Amount = TypeVar("Amount")


def fund_lines(words: Words, fund: FundFigures, amount: Callable[[int], Amount]) -> list[tuple[str, Amount]]:
    """The fund's month as lines that add up from the opening to the closing balance; then what is free."""
    say = words.say
    return [
        (say("Opening balance"), amount(fund.opening_cents)),
        *((label(words, kind), amount(cents)) for kind, cents in fund.income_by_kind.items()),
        (say("Spent on vouchers"), amount(-fund.vouchers_cents)),
        *([(say("Paid as goodwill"), amount(-fund.goodwill_cents))] if fund.goodwill_cents else []),
        (say("Other outgo"), amount(-fund.other_out_cents)),
        (say("Closing balance"), amount(fund.closing_cents)),
        (say("Free to promise"), amount(fund.free_cents)),
    ]
