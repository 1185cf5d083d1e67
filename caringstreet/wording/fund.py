"""The fund's month in words, for screen and sheet."""

from collections.abc import Callable
from typing import TypeVar

from caringstreet.queries.fund import FundFigures
from caringstreet.queries.month_rows import Figure
from caringstreet.rules.fund import FundKind
from caringstreet.wording.labels import label
from caringstreet.words import Words

Amount = TypeVar("Amount")


def fund_lines(words: Words, fund: FundFigures, amount: Callable[[int], Amount]) -> list[tuple[str, Amount]]:
    """The fund's month as lines that add up from the opening to the closing balance; then what is free."""
    return [(name, amount(cents)) for _, name, cents in fund_sources(words, fund)]


def fund_sources(words: Words, fund: FundFigures) -> list[tuple[FundKind | Figure | None, str, int]]:
    """The same lines in cents, each with what stands behind it: entries of the book, vouchers, or only the lines above."""
    say = words.say
    return [
        (FundKind.OPENING, say("Opening balance"), fund.opening_cents),
        *((kind, label(words, kind), cents) for kind, cents in fund.income_by_kind.items()),
        (Figure.REDEEMED, say("Spent on vouchers"), -fund.vouchers_cents),
        *([(Figure.GOODWILL, say("Paid as goodwill"), -fund.goodwill_cents)] if fund.goodwill_cents else []),
        (FundKind.OUTGO, say("Other spending"), -fund.other_out_cents),
        (None, say("Closing balance"), fund.closing_cents),
        (Figure.PROMISED, say("Free to promise"), fund.free_cents),
    ]
