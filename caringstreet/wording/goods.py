"""Quantities of goods as people read them."""

from collections.abc import Mapping

from caringstreet.queries.goods_month import GoodsMonth
from caringstreet.rules.chart import Bars
from caringstreet.rules.quantities import ONE, Unit, plain_quantity
from caringstreet.wording.labels import label
from caringstreet.words import Words

#: One of a unit in English; Chinese says the same word for one and for many.
_ONE: Mapping[Unit, str] = {
    Unit.ITEM: "item",
    Unit.PACK: "pack",
    Unit.PIECE: "piece",
    Unit.CATTY: "catty",
    Unit.TAEL: "tael",
    Unit.POUND: "pound",
    Unit.BOX: "box",
    Unit.SHEET: "sheet",
    Unit.BOTTLE: "bottle",
    Unit.BAG: "bag",
    Unit.PAIR: "pair",
    Unit.CAN: "can",
    Unit.CASE: "case",
    Unit.BASKET: "basket",
    Unit.BUNDLE: "bundle",
    Unit.STRIP: "strip",
    Unit.PORTION: "portion",
    Unit.BOWL: "bowl",
    Unit.CUP: "cup",
    Unit.SET: "set",
    Unit.ROLL: "roll",
    Unit.BOOK: "book",
    Unit.TUB: "tub",
    Unit.MACHINE: "machine",
    Unit.TRAY: "tray",
    Unit.GRAM: "gram",
    Unit.LITRE: "litre",
}


def figure(thousandths: int) -> str:
    """1,234.5 of thousandths; a quantity without its unit."""
    whole, point, part = plain_quantity(thousandths).partition(".")
    return f"{int(whole):,}{point}{part}" if whole != "-0" else f"{whole}{point}{part}"


def amount(words: Words, thousandths: int, unit: Unit) -> str:
    """6.5 斤; 6.5 catties, 1 box."""
    named = _ONE[unit] if words.language == "en" and thousandths == ONE and unit in _ONE else label(words, unit)
    return f"{figure(thousandths)} {named}"


def month_lines(words: Words, month: GoodsMonth) -> tuple[str, ...]:
    """The goods of a month in a few lines, for its summary; none where there is nothing to tell."""
    if month.empty:
        return ()
    reached = words.say_count("{n} household reached by name", "{n} households reached by name", month.reached)
    donations = words.say_count("{n} donation of goods", "{n} donations of goods", month.donations)
    given = words.say("{kg} kg given", kg=words.number(round(month.grams_given / 1000, 1)))
    return (" · ".join((donations, given, reached)), *((runs_line(words, month),) if month.runs else ()), *_choice_lines(words, month))


def run_bars(words: Words, month: GoodsMonth) -> Bars:
    """What each run of a month brought home, as bars."""
    days = tuple(f"{one.day.day}/{one.day.month}" for one in month.runs)
    return Bars(words.say("Collected by run"), days, tuple(one.collected // ONE for one in month.runs))


def month_titles(words: Words) -> tuple[str, ...]:
    """What stands above the columns of an item in a month: its name, its unit, and each figure."""
    say = words.say
    return (
        say("Item"),
        say("Unit"),
        say("At the beginning"),
        say("Taken in"),
        say("Given"),
        say("Thrown away"),
        say("Stock-take"),
        say("On hand"),
    )


def runs_line(words: Words, month: GoodsMonth) -> str:
    """The runs of a month: how many, and that they add up."""
    runs = words.say_count("{n} run", "{n} runs", len(month.runs))
    summed = words.say(
        "Collected {collected} = given out {handed_out} + thrown away {disposed} + left {left}",
        collected=figure(sum(one.collected for one in month.runs)),
        handed_out=figure(sum(one.handed_out for one in month.runs)),
        disposed=figure(sum(one.disposed for one in month.runs)),
        left=figure(sum(one.left for one in month.runs)),
    )
    return words.say("{runs}: {summed}", runs=runs, summed=summed)


def _choice_lines(words: Words, month: GoodsMonth) -> tuple[str, ...]:
    return tuple(
        words.say(
            "{day} {name}: {visitors} visitors chose {chosen} of {displayed} things on display",
            day=words.date_short(one.day),
            name=one.name,
            visitors=one.visitors,
            chosen=figure(one.chosen),
            displayed=figure(one.displayed),
        )
        for one in month.choice_days
    )
