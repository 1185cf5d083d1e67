"""The words of every doubt: the figure or day that is unusual, as a question."""

from caringstreet.rules.doubts import Doubt
from caringstreet.words import mark

DOUBTS: dict[Doubt, str] = {
    Doubt.GUESSED_ENCODING: mark("The characters of {file} can only be guessed. As {encoding} a line of it reads: “{sample}”. Is that right?"),
    Doubt.FAR_DAY: mark("{day} is far from today. Is the day right?"),
    Doubt.PAST_BEST_BEFORE: mark("{item} was best before {until}, and comes in on {day}. Take it all the same?"),
    Doubt.PLAN_AGAIN: mark("{issued} vouchers were issued by this very plan on {day}. Issue them once more?"),
}
