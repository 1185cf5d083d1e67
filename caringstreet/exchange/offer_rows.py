"""Rows of a list of offers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from caringstreet.exchange.columns import ColumnMap
from caringstreet.exchange.reading import Noted, ReadRows, RowReader, looked_up, read_rows
from caringstreet.exchange.sheets import Sheet
from caringstreet.exchange.vocabulary import EVERYONE, MONTH_END, OFFER_KINDS, OFFER_STATES
from caringstreet.rules.days import EVERY_DAY, NotAWindow, parse_hours, parse_lunar_days, weekday_mask
from caringstreet.rules.inputs import OfferInput
from caringstreet.rules.money import parse_money, parse_percent
from caringstreet.rules.texts import clean, fold, key, tidy

_ANY_TIME = {
    fold(name) for name in ("不限", "全日", "任何時間", "營業時間內", "all day", "any time", "anytime", "opening hours", "-", "n/a")
} | {""}


@dataclass(frozen=True)
class _Window:
    weekdays: int = EVERY_DAY
    time_from: time | None = None
    time_to: time | None = None
    lunar_days: tuple[int, ...] = ()


def read_offers(sheet: Sheet, columns: ColumnMap, categories: Mapping[str, str]) -> ReadRows[OfferInput]:
    """The offers of a sheet; `categories` gives codes by folded names. An offer's shop is its code without a letter."""
    return read_rows(sheet, columns, lambda row: _offer(row, categories), "code")


def _offer(row: RowReader, categories: Mapping[str, str]) -> OfferInput:
    code = offer_code(row.must("code", "missing_number"))
    title = tidy(row.must("title_zh", "missing_name"))
    window = row.parsed("window", _window, _Window())
    always: tuple[str, int | None, date | None] = ("month_end", None, None)
    validity, days, until = row.parsed("validity", lambda text: _validity(row, text), always)
    found = OfferInput(
        code=code,
        shop=_shop(row, code),
        shop_name=tidy(row.text("shop")),
        title_zh=title,
        title_en=tidy(row.text("title_en")),
        kind=row.choice("kind", OFFER_KINDS, "special_price", "unknown_offer_kind"),
        list_cents=row.money("list_cents"),
        household_cents=row.money("household_cents"),
        shop_cents=row.money("shop_cents"),
        fund_cents=row.money("fund_cents"),
        percent=row.parsed("percent", parse_percent, None),
        min_spend_cents=row.money("min_spend_cents") or _min_spend(title),
        monthly_quota=row.number("monthly_quota"),
        per_household_month=row.number("per_household_month"),
        categories=_categories(row, categories),
        weekdays=window.weekdays,
        time_from=window.time_from,
        time_to=window.time_to,
        lunar_days=window.lunar_days,
        validity=validity,
        validity_days=days,
        validity_until=until,
        state=row.choice("state", OFFER_STATES, "active", "unknown_state"),
        note=tidy(row.text("note")),
    )
    shares = found.household_cents + found.shop_cents + found.fund_cents
    if shares != found.list_cents:
        raise Noted(row.error("list_cents", "funding_split_does_not_add_up", shares=shares))
    return found


def offer_code(text: str) -> str:
    """S03b: large letters, but for a small one behind the figures, which counts a shop's offers."""
    plain = re.sub(r"\s", "", clean(text))
    return plain[:-1].upper() + plain[-1:] if re.search(r"\d[a-z]$", plain) else plain.upper()


def _shop(row: RowReader, code: str) -> str:
    """The code in the shop's cell, or before the name in it; else S03b and S03-1 belong to S03."""
    found = re.match(r"[A-Z]{1,3}-?\d{1,5}(?![A-Z0-9])", key(row.text("shop")))
    return found[0] if found else re.sub(r"(?<=\d)(?:[A-Za-z]|[-./]\w{1,2})$", "", code).upper()


def _min_spend(title: str) -> int | None:
    found = re.search(r"買滿\s*\$\s*([\d,.]+)", title)
    return parse_money(found[1]) if found else None


def _categories(row: RowReader, categories: Mapping[str, str]) -> tuple[str, ...]:
    text = row.text("categories")
    if not text or fold(text) in EVERYONE or looked_up(dict.fromkeys(EVERYONE, True), text):
        return ()
    return category_codes(row, "categories", categories)


def category_codes(row: RowReader, name: str, categories: Mapping[str, str]) -> tuple[str, ...]:
    """Codes of the categories named in a cell, split by 、 or , or ; or / or a line break."""
    text = row.text(name)
    whole = looked_up(categories, text) if text else None
    if whole is not None:
        return (whole,)
    codes = []
    for part in re.split(r"[、,，;；/+＋&\n]", text):
        if not part.strip():
            continue
        code = looked_up(categories, part)
        if code is None:
            raise Noted(row.error(name, "unknown_eligibility_category"))
        codes.append(code)
    return tuple(dict.fromkeys(codes))


def _window(text: str) -> _Window:
    """Hours, weekdays or lunar days; whichever the words are, or days and hours together."""
    if "初一" in text or "十五" in text:
        return _Window(lunar_days=parse_lunar_days(text))
    plain = clean(text).strip()
    if fold(plain) in _ANY_TIME:
        return _Window()
    try:
        start, end = parse_hours(plain)
        return _Window(time_from=start, time_to=end)
    except NotAWindow:
        pass
    try:
        return _Window(weekdays=weekday_mask(plain))
    except NotAWindow:
        return _days_and_hours(plain)


def _days_and_hours(plain: str) -> _Window:
    """「星期一至五 14:00-17:30」: cut before the first hour. Raises NotAWindow."""
    found = re.fullmatch(r"(\D+?)[\s,，]*((?:上午|下午|晚上|早上|中午)?\s*\d.*)", plain)
    if found is None:
        raise NotAWindow(plain)
    start, end = parse_hours(found[2])
    return _Window(weekday_mask(found[1]), start, end)


def _validity(row: RowReader, text: str) -> tuple[str, int | None, date | None]:
    """「月底」 or the last day of a month, 「7天」 or 「派發後7天」, or another day."""
    plain = re.sub(r"^(?:有效)?(?:至|到|直至|until|till|to)\s*", "", clean(text).strip().casefold())
    if fold(plain) in MONTH_END:
        return "month_end", None, None
    days = (
        re.search(r"(\d+)\s*(?:天|日|days?)(?:內|有效|from issue|after issue)?$", plain)
        if "年" not in plain and "月" not in plain
        else None
    )
    if days:
        return "days", int(days[1]), None
    until = row.day_of("validity", plain)
    if (until + timedelta(days=1)).day == 1:
        return "month_end", None, None
    return "until", None, until
