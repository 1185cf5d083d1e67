"""Quantities are whole thousandths of their unit; people write them in many ways."""

import re
import unicodedata
from enum import StrEnum

ONE = 1000


class Unit(StrEnum):
    """How goods are counted on the street (`language.md`, formats)."""

    ITEM = "件"
    PACK = "包"
    PIECE = "個"
    CATTY = "斤"
    TAEL = "両"
    POUND = "磅"
    KILOGRAM = "公斤"
    BOX = "盒"
    SHEET = "張"
    BOTTLE = "樽"
    BAG = "袋"
    PAIR = "對"


#: Grams of a unit of weight: 1 斤 = 16 両 = 604.79 g.
_GRAMS = {Unit.CATTY: 604.79, Unit.TAEL: 37.799, Unit.POUND: 453.59, Unit.KILOGRAM: 1000.0}
_UNITS = {"兩": Unit.TAEL, "kg": Unit.KILOGRAM, "lb": Unit.POUND, "支": Unit.BOTTLE, "雙": Unit.PAIR}
_HALVES = {"半": 500, "個半": 1500}


class NotAQuantity(ValueError):
    """The text is no quantity that a thousandth of a unit can hold."""

    kind = "not_a_quantity"


def parse_quantity(text: str) -> int:
    """Thousandths of 「6.5」, 「1,200」, 「半」, full-width digits too; never negative. Raises NotAQuantity."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain in _HALVES:
        return _HALVES[plain]
    found = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,3}))?(半)?", plain)
    if found is None or (found[2] and found[3]):
        raise NotAQuantity(text)
    whole, part = int(found[1].replace(",", "")), int((found[2] or "").ljust(3, "0"))
    return whole * ONE + part + (500 if found[3] else 0)


def parse_amount(text: str) -> tuple[int, Unit | None]:
    """A quantity with or without its unit behind it: 「30個」, 「半斤」, "2 kg". Raises NotAQuantity."""
    plain = unicodedata.normalize("NFKC", text).strip()
    try:
        return parse_quantity(plain), None
    except NotAQuantity:
        found = re.fullmatch(r"([\d.,半]+)\s*(\D+?)(半)?", plain)
        if found is None:
            raise
    unit = parse_unit(found[2])
    return parse_quantity(found[1] + (found[3] or "")), unit


def parse_unit(text: str) -> Unit:
    """The unit of its own character or of a usual other way to write it. Raises NotAQuantity."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if plain in _UNITS:
        return _UNITS[plain]
    try:
        return Unit(plain)
    except ValueError as error:
        raise NotAQuantity(text) from error


def plain_quantity(thousandths: int) -> str:
    """「6.5」; whole numbers without a point."""
    sign, left = ("-" if thousandths < 0 else ""), abs(thousandths)
    return f"{sign}{left // ONE}" + (f".{left % ONE:03d}".rstrip("0") if left % ONE else "")


def whole_or_decimal(thousandths: int) -> int | float:
    """A quantity as a number for other programs: whole ones without a point."""
    return thousandths / ONE if thousandths % ONE else thousandths // ONE


def grams(thousandths: int, unit: Unit, grams_each: int | None) -> int | None:
    """The weight of a quantity; None where neither the unit nor anybody tells."""
    each = _GRAMS.get(unit, grams_each)
    return None if each is None else round(thousandths * each / ONE)
