"""The words of every doubt: the figure or day that is unusual, as a question."""

from caringstreet.rules.doubts import Doubt
from caringstreet.words import mark

DOUBTS: dict[Doubt, str] = {
    Doubt.GUESSED_ENCODING: mark(
        "The characters of {file} can only be guessed. As {encoding} a line of it reads: “{sample}”. Is that right?"
    ),
    Doubt.FAR_DAY: mark("{day} is far from today. Is the day right?"),
    Doubt.PAST_BEST_BEFORE: mark("{item} was best before {until}, and comes in on {day}. Take it all the same?"),
    Doubt.PLAN_AGAIN: mark("{issued} vouchers were issued by this very plan on {day}. Issue them once more?"),
    Doubt.FUTURE_DAY: mark("{day} has not come yet. Record it as done all the same?"),
    Doubt.OVER_ESTIMATE: mark("{place} announced {estimate}, and {quantity} is more than three times that. Is it right?"),
    Doubt.UNUSUAL_QUANTITY: mark("{quantity} of {item} is a thousand times the usual {usual}, or more. Is it right?"),
    Doubt.UNUSUAL_ESTIMATE: mark("{place} announces {estimate}; so far it was {usual} at most. Is it right?"),
    Doubt.MUCH_AT_ONCE: mark("{quantity} of {item} at once is unusual. Is it right?"),
    Doubt.UNUSUAL_COUNT: mark("{counted} of {item} counted, where the books say {expected}. Is it right?"),
    Doubt.UNUSUAL_SUM: mark("{amount_cents} is ten times the largest other sum of the book, {most_cents}, or more. Is it right?"),
    Doubt.OTHER_PRICE: mark("The price was {before_cents} so far, and is now {listed}. Is it right?"),
    Doubt.NO_BENEFIT: mark("The household pays the whole price of {listed}, and nobody gives anything. Is it right?"),
    Doubt.HIGH_NUMBER: mark("{number} for “{what}” is unusual. Is it right?"),
    Doubt.LARGE_HOUSEHOLD: mark("A household of {size} persons is unusual. Is it right?"),
    Doubt.HIGH_PRICE: mark("A price of {listed} for one voucher is unusual. Is it right?"),
    Doubt.NO_SETTLEMENT: mark("{shop} needs no settlement, but the fund bears {fund_cents} of {offer}. Leave it so?"),
}
