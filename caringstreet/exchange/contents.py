"""What the values of a column look like, where its name does not tell."""

import re
from collections.abc import Callable, Mapping, Sequence

from caringstreet.exchange.headers import RowKind
from caringstreet.exchange.vocabulary import (
    COLLECTING,
    CONTACT_WAYS,
    FUND_KINDS,
    HOUSEHOLD_STATES,
    LANGUAGES,
    OFFER_KINDS,
    OFFER_STATES,
    SETTLEMENT,
    SHOP_STATES,
    STORAGES,
    YES_OR_NO,
)
from caringstreet.rules.days import NotADay, NotAWindow, WholeMonth, parse_day, parse_hours, weekday_mask
from caringstreet.rules.eligibility_categories import DEFAULT_CATEGORIES
from caringstreet.rules.identity import looks_like_identity
from caringstreet.rules.money import NotAPercentage, NotMoney, parse_money, parse_percent
from caringstreet.rules.phones import NotAPhone, is_mobile, normal_phone
from caringstreet.rules.quantities import NotAQuantity, parse_amount, parse_unit
from caringstreet.rules.texts import clean, fold, key

_CODE = re.compile(r"[A-Z]{1,4}[-./]?\d{1,6}(?:[A-Z]|[-./]\w{1,2})?")
_CATEGORIES = {fold(name) for one in DEFAULT_CATEGORIES for name in (one.code, one.name_zh, one.name_en, *one.aliases)}
_MEMBERS = re.compile(r"\D\s*[(（]\s*(?:19|20)\d\d\s*[)）]")

Looks = Callable[[str], bool]


def _parses(parse: Callable[[str], object], *errors: type[ValueError]) -> Looks:
    def looks(text: str) -> bool:
        try:
            parse(text)
        except errors:
            return False
        return True

    return looks


def _is_day(text: str) -> bool:
    if re.fullmatch(r"[\d.]{1,8}", text) and not re.fullmatch(r"(?:19|20)\d{6}|\d{1,2}\.\d{1,2}\.\d{2,4}", text):
        return False
    try:
        parse_day(text, month=WholeMonth.LAST)
    except NotADay:
        return False
    return True


def _is_weekdays(text: str) -> bool:
    try:
        return bool(re.search(r"[^\d\s]", text)) and weekday_mask(text) > 0
    except NotAWindow:
        return False


def _is_window(text: str) -> bool:
    return _is_weekdays(text) or "初一" in text or _parses(parse_hours, NotAWindow)(text)


def _is_categories(text: str) -> bool:
    return all(fold(part) in _CATEGORIES for part in re.split(r"[、,，;；/]", text) if part.strip())


def _one_of(words: Mapping[str, object]) -> Looks:
    return lambda text: fold(text) in words


def _is_code(text: str) -> bool:
    return _CODE.fullmatch(key(text)) is not None


def _is_phone(text: str) -> bool:
    return _parses(normal_phone, NotAPhone)(text)


def _is_mobile(text: str) -> bool:
    return _is_phone(text) and is_mobile(normal_phone(text))


def _is_small_number(text: str) -> bool:
    return re.fullmatch(r"(?:[1-9]|1\d)(?:\.0)?\s*(?:人|位|名)?", clean(text)) is not None


def _is_birth_year(text: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d年?", clean(text)) is not None


_money, _percent = _parses(parse_money, NotMoney), _parses(parse_percent, NotAPercentage)
_quantity, _unit = _parses(parse_amount, NotAQuantity), _parses(parse_unit, NotAQuantity)


def _is_giver(text: str) -> bool:
    return re.match(r"[A-Z]\d{1,3}\b|街坊|住戶", clean(text).upper()) is not None


def _has_chinese(text: str) -> bool:
    return re.search("[\u2e80-\u9fff]", text) is not None


def _is_latin(text: str) -> bool:
    return re.search("[A-Za-z]", text) is not None and not _has_chinese(text)


#: Fields whose values can be told from others, however their column is called.
TELLING: Mapping[RowKind, Mapping[str, Looks]] = {
    RowKind.SHOPS: {
        "code": _is_code, "name_zh": _has_chinese, "name_en": _is_latin, "phone": _is_phone, "whatsapp": _is_mobile, "joined_on": _is_day, "agreement_until": _is_day,
        "collecting": _one_of(COLLECTING), "settlement": _one_of(SETTLEMENT), "state": _one_of(SHOP_STATES), "rest_days": _is_weekdays,
    },
    RowKind.OFFERS: {
        "code": _is_code, "shop": _is_code, "title_zh": _has_chinese, "title_en": _is_latin, "kind": _one_of(OFFER_KINDS), "list_cents": _money, "household_cents": _money, "shop_cents": _money,
        "fund_cents": _money, "percent": lambda text: "%" in clean(text) or "折" in text, "categories": _is_categories, "window": _is_window,
        "validity": _is_day, "state": _one_of(OFFER_STATES),
    },
    RowKind.HOUSEHOLDS: {
        "number": _is_code, "members": lambda text: _MEMBERS.search(text) is not None, "language": _one_of(LANGUAGES), "categories": _is_categories,
        "size": _is_small_number, "phone": _is_phone, "contact_way": _one_of(CONTACT_WAYS), "eligible_until": _is_day, "consent_on": _is_day,
        "lift": _one_of(YES_OR_NO), "large_print": _one_of(YES_OR_NO), "state": _one_of(HOUSEHOLD_STATES),
    },
    RowKind.MEMBERS: {"household": _is_code, "birth_year": _is_birth_year},
    RowKind.FUND: {"day": _is_day, "kind": _one_of(FUND_KINDS), "in_cents": _money, "out_cents": _money},
    RowKind.GOODS: {
        "day": _is_day, "giver": _is_giver, "quantity": _quantity, "unit": _unit, "storage": _one_of(STORAGES), "best_before": _is_day,
    },
    RowKind.BREAD_RUNS: {
        "day": _is_day, "giver": _is_giver, "quantity": _quantity, "unit": _unit, "storage": _one_of(STORAGES), "best_before": _is_day,
    },
    RowKind.CHOICE_DAY: {"day": _is_day, "giver": _is_giver, "quantity": _quantity, "unit": _unit, "storage": _one_of(STORAGES)},
    RowKind.PLAN: {"day": _is_day, "household": _is_code, "offer": _is_code},
}  # fmt: skip
#: Of these one column alone does not tell which it is: two days, two amounts, two answers look alike.
TWINS: Mapping[RowKind, tuple[tuple[str, ...], ...]] = {
    RowKind.SHOPS: (("joined_on", "agreement_until"),),
    RowKind.OFFERS: (("code", "shop"), ("list_cents", "household_cents", "shop_cents", "fund_cents")),
    RowKind.HOUSEHOLDS: (("consent_on", "eligible_until"), ("lift", "large_print")),
    RowKind.MEMBERS: (),
    RowKind.FUND: (("in_cents", "out_cents"),),
    RowKind.GOODS: (("day", "best_before"),),
    RowKind.BREAD_RUNS: (("day", "best_before"),),
    RowKind.CHOICE_DAY: (),
    RowKind.PLAN: (("household", "offer"),),
}
#: What is only a figure says too little to be taken without a name.
NEEDS_NAME = frozenset(
    {
        "name_zh",
        "name_en",
        "title_zh",
        "title_en",
        "whatsapp",
        "size",
        "quantity",
        "list_cents",
        "household_cents",
        "shop_cents",
        "fund_cents",
        "in_cents",
        "out_cents",
    }
)


def share_that_fits(kind: RowKind, name: str, values: Sequence[str]) -> float | None:
    """How many of the values look like a field, from 0 to 1; None where the field has no look of its own or nothing is there."""
    looks = TELLING[kind].get(name)
    return sum(map(looks, values)) / len(values) if looks is not None and values else None


def are_identity_numbers(values: Sequence[str]) -> bool:
    """Whether a column holds numbers of identity cards."""
    return bool(values) and sum(map(looks_like_identity, values)) * 2 > len(values)
