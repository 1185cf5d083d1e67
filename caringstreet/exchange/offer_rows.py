"""Rows of a list of offers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from caringstreet.exchange.columns import ColumnMap
from caringstreet.exchange.reading import Noted, ReadRows, RowReader, read_rows
from caringstreet.exchange.spreadsheets import Sheet
from caringstreet.rules.days import EVERY_DAY, NotAWindow, parse_day, parse_hours, parse_lunar_days, weekday_mask
from caringstreet.rules.inputs import OfferInput
from caringstreet.rules.money import parse_money
from caringstreet.rules.texts import fold, tidy

_KINDS = {
    fold(name): kind
    for name, kind in {
        "特價": "special_price", "優惠價": "special_price", "special price": "special_price", "special_price": "special_price",
        "減免": "amount_off", "amount off": "amount_off", "amount_off": "amount_off",
        "折扣": "percent", "percent": "percent",
        "換領": "free_item", "免費": "free_item", "free item": "free_item", "free_item": "free_item",
        "面值券": "value_note", "value note": "value_note", "value_note": "value_note",
    }.items()
}  # fmt: skip
_STATES = {
    fold(name): state
    for name, state in {
        "草稿": "draft", "試行": "pilot", "生效": "active", "暫停": "paused", "暫停中": "paused", "完結": "ended",
        "結束": "ended", "已結束": "ended", "in force": "active",
        "draft": "draft", "pilot": "pilot", "active": "active", "paused": "paused", "ended": "ended",
    }.items()
}  # fmt: skip
_EVERYONE = {fold(name) for name in ("全部合資格住戶", "全部", "所有住戶", "all", "everyone")}
_MONTH_END = {fold(name) for name in ("月底", "月尾", "month end", "end of month")}


@dataclass(frozen=True)
class _Window:
    weekdays: int = EVERY_DAY
    time_from: time | None = None
    time_to: time | None = None
    lunar_days: tuple[int, ...] = ()


def read_offers(sheet: Sheet, columns: ColumnMap, categories: Mapping[str, str]) -> ReadRows[OfferInput]:
    """The offers of a sheet; `categories` gives codes by folded names. An offer's shop is its code without a letter."""
    return read_rows(sheet, columns, lambda row: _offer(row, categories), key="code")


def _offer(row: RowReader, categories: Mapping[str, str]) -> OfferInput:
    code = row.must("code", "missing_number")
    title = tidy(row.must("title_zh", "missing_name"))
    window = row.parsed("window", _window, _Window())
    always: tuple[str, int | None, date | None] = ("month_end", None, None)
    validity, days, until = row.parsed("validity", _validity, always)
    found = OfferInput(
        code=code[:1].upper() + code[1:],
        shop=_shop_of(code),
        title_zh=title,
        title_en=tidy(row.text("title_en")),
        kind=row.choice("kind", _KINDS, "special_price", "unknown_offer_kind"),
        list_cents=row.money("list_cents"),
        household_cents=row.money("household_cents"),
        shop_cents=row.money("shop_cents"),
        fund_cents=row.money("fund_cents"),
        percent=row.number("percent"),
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
        state=row.choice("state", _STATES, "active", "unknown_state"),
        note=tidy(row.text("note")),
    )
    shares = found.household_cents + found.shop_cents + found.fund_cents
    if shares != found.list_cents:
        raise Noted(row.error("list_cents", "funding_split_does_not_add_up", shares=shares))
    return found


def _shop_of(code: str) -> str:
    """S03b belongs to S03."""
    return re.sub(r"(?<=\d)[a-z]$", "", code.strip()).upper()


def _min_spend(title: str) -> int | None:
    found = re.search(r"買滿\s*\$\s*([\d,.]+)", title)
    return parse_money(found[1]) if found else None


def _categories(row: RowReader, categories: Mapping[str, str]) -> tuple[str, ...]:
    text = row.text("categories")
    if not text or fold(text) in _EVERYONE:
        return ()
    return category_codes(row, "categories", categories)


def category_codes(row: RowReader, name: str, categories: Mapping[str, str]) -> tuple[str, ...]:
    """Codes of the categories named in a cell, split by 、 or , or ; or /."""
    codes = []
    for part in re.split(r"[、,，;；/]", row.text(name)):
        if not part.strip():
            continue
        code = categories.get(fold(part))
        if code is None:
            raise Noted(row.error(name, "unknown_eligibility_category"))
        codes.append(code)
    return tuple(dict.fromkeys(codes))


def _window(text: str) -> _Window:
    """Hours, weekdays or lunar days; whichever the words are."""
    if "初一" in text or "十五" in text:
        return _Window(lunar_days=parse_lunar_days(text))
    try:
        start, end = parse_hours(text)
        return _Window(time_from=start, time_to=end)
    except NotAWindow:
        return _Window(weekdays=weekday_mask(text))


def _validity(text: str) -> tuple[str, int | None, date | None]:
    """「月底」 or the last day of a month, 「7天」 or 「派發後7天」, or another day."""
    if fold(text) in _MONTH_END:
        return "month_end", None, None
    days = re.search(r"(\d+)\s*(?:天|日|days)$", text) if "年" not in text else None
    if days:
        return "days", int(days[1]), None
    until = parse_day(text)
    if (until + timedelta(days=1)).day == 1:
        return "month_end", None, None
    return "until", None, until
