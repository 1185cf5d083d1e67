"""Money is whole cents; people write it in many ways."""

import re

from caringstreet.rules.numerals import to_number
from caringstreet.rules.texts import clean

_NOTHING = {"免費", "free", "nil", "-"}


class NotMoney(ValueError):
    """The text is no amount."""

    kind = "not_an_amount"


class TooMuchMoney(NotMoney):
    """More than any amount of a street: a key that stuck, or a telephone number in the wrong cell."""

    kind = "too_much_money"


#: HK$10,000,000: no price, share or gift of one street is more.
MOST_CENTS = 10_000_000_00


class BelowNought(NotMoney):
    """An amount with a minus or in brackets, as accounts write what goes the other way."""

    kind = "negative_amount"


class NotAPercentage(ValueError):
    """The text is no discount."""

    kind = "not_a_percentage"


def parse_money(text: str) -> int:
    """Cents of 「$40」, 「HK$40」, 「40.00」, 「1,234.5」, 「40元」, 「十元」, 「免費」, full-width digits too.

    What a formula left, such as 18.299999999999997, is meant as 18.30; 4.005 is no amount. Raises NotMoney, TooMuchMoney.
    """
    cents = _cents(text)
    if cents > MOST_CENTS:
        raise TooMuchMoney(text)
    return cents


def _cents(text: str) -> int:
    plain = clean(text).strip().casefold()
    if plain in _NOTHING:
        return 0
    if re.fullmatch(r"\([^\d()]*[\d,.]*\d[\d,.]*[^\d()]*\)|-[^\d-]*\d[\d,.]*|(?:hk)?\$?\d[\d,.]*(?<!\.)-", plain):
        raise BelowNought(text)
    plain = re.sub(r"^(?:港[幣元]|hkd|h\.?k\.?\s?\$|\$)\s*", "", plain)
    plain = re.sub(r"\s*(?:港?元[正整]?|圓[正整]?|蚊|港幣|hkd|/-|\.-?)$", "", plain).strip()
    if (spelt := to_number(plain)) is not None:
        return spelt * 100
    found = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d+))?", plain)
    if found is None:
        raise NotMoney(text)
    whole, part = int(found[1].replace(",", "")) * 100, found[2] or ""
    if len(part) <= 2:
        return whole + int(part.ljust(2, "0"))
    cents = round(float(f"0.{part}") * 100)
    # A number of a computer has about fifteen figures: only what lies within its noise is meant as whole cents.
    if abs(float(f"0.{part}") * 100 - cents) > 1e-9 * max(1.0, whole):
        raise NotMoney(text)
    return whole + cents


def parse_cents(text: str) -> int:
    """The whole number of a column that holds cents: 4000, 4,000, 4000¢. Raises NotMoney, TooMuchMoney."""
    plain = re.sub(r"\s*(?:¢|cents?|仙)$", "", clean(text).strip().casefold())
    found = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.0+)?", plain)
    if found is None:
        raise NotMoney(text)
    cents = int(found[1].replace(",", ""))
    if cents > MOST_CENTS:
        raise TooMuchMoney(text)
    return cents


def parse_percent(text: str) -> int:
    """The discount of 「20%」, 20, 0.2 (a cell that is shown as 20%), 「八折」 or 「85折」, 「半價」. Raises NotAPercentage."""
    from_words = _folded_price(clean(text).strip())
    if from_words is not None:
        return from_words
    found = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)\s*(%|percent|per cent)?\s*(?:off|減)?", clean(text).strip().casefold().removeprefix("減"))
    if found is None:
        raise NotAPercentage(text)
    value = float(found[1]) * (100 if not found[2] and 0 < float(found[1]) < 1 else 1)
    if abs(value - round(value)) > 1e-6:
        raise NotAPercentage(text)
    return round(value)


def _folded_price(plain: str) -> int | None:
    """「八折」 leaves eight tenths to pay."""
    if plain in ("半價", "五折"):
        return 50
    found = re.fullmatch(r"([1-9一二三四五六七八九])\.?([0-9五一二三四六七八九])?\s*折", plain)
    if found is None:
        return None
    tens, ones = (0 if one is None else int(one) if one.isascii() else "〇一二三四五六七八九".index(one) for one in found.groups())
    return 100 - tens * 10 - ones
