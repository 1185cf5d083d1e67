"""Quantities are whole thousandths of their unit; people write them in many ways."""

import re
from enum import StrEnum
from fractions import Fraction

from caringstreet.rules.texts import clean

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
    CAN = "罐"
    CASE = "箱"
    BASKET = "籃"
    BUNDLE = "扎"
    STRIP = "條"
    PORTION = "份"
    BOWL = "碗"
    CUP = "杯"
    SET = "套"
    ROLL = "卷"
    BOOK = "本"
    TUB = "桶"
    MACHINE = "部"
    TRAY = "盤"
    GRAM = "克"
    LITRE = "公升"


#: Grams of a unit of weight: 1 斤 = 16 両 = 604.79 g.
_GRAMS = {Unit.CATTY: 604.79, Unit.TAEL: 37.799, Unit.POUND: 453.59, Unit.KILOGRAM: 1000.0, Unit.GRAM: 1.0}
_UNITS = {
    name: unit
    for unit, names in {
        Unit.ITEM: ("item", "items", "pc", "pcs", "piece(s)", "unit", "units"),
        Unit.PACK: ("pack", "packs", "pkt", "pkts", "pk", "pks", "packet", "packets", "包裝"),
        Unit.PIECE: ("piece", "pieces", "个", "個裝", "隻", "粒", "each", "ea"),
        Unit.CATTY: ("catty", "catties", "市斤"),
        Unit.TAEL: ("兩", "tael", "taels"),
        Unit.POUND: ("lb", "lbs", "pound", "pounds"),
        Unit.KILOGRAM: ("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms", "千克"),
        Unit.BOX: ("box", "boxes", "盒裝"),
        Unit.SHEET: ("sheet", "sheets"),
        Unit.BOTTLE: ("支", "瓶", "枝", "bottle", "bottles", "btl", "btls"),
        Unit.BAG: ("bag", "bags"),
        Unit.PAIR: ("雙", "pair", "pairs"),
        Unit.CAN: ("can", "cans", "tin", "tins", "罐裝", "聽"),
        Unit.CASE: ("case", "cases", "carton", "cartons", "ctn", "ctns"),
        Unit.BASKET: ("basket", "baskets", "筐", "crate", "crates"),
        Unit.BUNDLE: ("bundle", "bundles", "bunch", "bunches", "紮", "束"),
        Unit.STRIP: ("strip", "strips"),
        Unit.PORTION: ("portion", "portions", "serving", "servings", "人份", "set meal"),
        Unit.BOWL: ("bowl", "bowls"),
        Unit.CUP: ("cup", "cups"),
        Unit.SET: ("set", "sets"),
        Unit.ROLL: ("roll", "rolls", "捲"),
        Unit.BOOK: ("book", "books", "冊"),
        Unit.TUB: ("tub", "tubs", "bucket", "buckets"),
        Unit.TRAY: ("tray", "trays"),
        Unit.MACHINE: ("machine", "machines", "台", "臺"),
        Unit.GRAM: ("g", "gram", "grams"),
        Unit.LITRE: ("l", "litre", "litres", "liter", "liters", "升"),
    }.items()
    for name in names
}
#: A dozen is counted in pieces.
_DOZENS = ("打", "dozen", "dozens", "doz")
_NUMBER = r"(?:\d+\s+)?\d+\s*/\s*\d+|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,9}(?:\.\d+)?"
_FRACTION = re.compile("(?<=\\d)(?=[\u00bc-\u00be\u2150-\u215e])")
_AMOUNT = re.compile(rf"(?P<number>{_NUMBER})?\s*(?P<half>個?半|half)?\s*(?P<unit>\D*?)(?P<behind>半)?")


class NotAQuantity(ValueError):
    """The text is no quantity that a thousandth of a unit can hold."""

    kind = "not_a_quantity"


def parse_quantity(text: str) -> int:
    """Thousandths of 「6.5」, 「1,200」, 「半」, 「½」, 「1 1/2」, full-width digits too; never negative. Raises NotAQuantity.

    What a formula left, such as 1.1999999999999997, is meant as 1.2.
    """
    quantity, rest = _split(text)
    if rest:
        raise NotAQuantity(text)
    return quantity


def parse_amount(text: str) -> tuple[int, Unit | None]:
    """A quantity with or without its unit behind it: 「30個」, 「半斤」, "2 kg"; 「半打」 is six 件. Raises NotAQuantity."""
    quantity, rest = _split(text)
    if rest in _DOZENS:
        return quantity * 12, Unit.ITEM
    return quantity, parse_unit(rest) if rest else None


def _split(text: str) -> tuple[int, str]:
    """Thousandths, and what stands behind the figure."""
    # 1½ in half width would be 11/2.
    plain = clean(_FRACTION.sub(" ", text)).strip().casefold().replace("\u2044", "/")
    found = _AMOUNT.fullmatch(plain)
    if found is None or not (found["number"] or found["half"]) or (found["half"] and found["behind"]):
        raise NotAQuantity(text)
    if found["half"] == "個半" and not found["number"]:
        value = Fraction(3, 2)
    else:
        value = _value(found["number"], text) + (Fraction(1, 2) if found["half"] or found["behind"] else 0)
    if found["half"] and found["number"] and re.search(r"[./]", found["number"]):
        raise NotAQuantity(text)
    thousandths = round(value * ONE)
    if abs(value * ONE - thousandths) > Fraction(1, 1_000_000) or thousandths > 10**12:
        raise NotAQuantity(text)
    # 「3個半」 counts pieces; 「個半」 alone is one and a half.
    unit = "個" if found["half"] == "個半" and found["number"] else found["unit"].strip(" .")
    return thousandths, unit


def _value(number: str | None, text: str) -> Fraction:
    if not number:
        return Fraction(0)
    *whole, part = number.replace(",", "").split(" ") if "/" in number else [number.replace(",", "")]
    try:
        return sum((Fraction(one) for one in whole if one), Fraction(0)) + Fraction(part)
    except (ValueError, ZeroDivisionError) as error:
        raise NotAQuantity(text) from error


def parse_unit(text: str) -> Unit:
    """The unit of its own character or of a usual other way to write it. Raises NotAQuantity."""
    plain = clean(text).strip().casefold().rstrip(".")
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
