"""Quantities of goods as people read them."""

from collections.abc import Mapping

from caringstreet.labels import label
from caringstreet.rules.quantities import ONE, Unit, plain_quantity
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
}


def figure(thousandths: int) -> str:
    """1,234.5 of thousandths; a quantity without its unit."""
    whole, point, part = plain_quantity(thousandths).partition(".")
    return f"{int(whole):,}{point}{part}" if whole != "-0" else f"{whole}{point}{part}"


def amount(words: Words, thousandths: int, unit: Unit) -> str:
    """6.5 斤; 6.5 catties, 1 box."""
    named = _ONE[unit] if words.language == "en" and thousandths == ONE and unit in _ONE else label(words, unit)
    return f"{figure(thousandths)} {named}"
