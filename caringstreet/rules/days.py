"""Days, weekdays, hours and validity as people write them."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from caringstreet.rules.numerals import CHARACTERS, with_digits
from caringstreet.rules.texts import clean

EVERY_DAY = 0b1111111

_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LUNAR_DAYS = {"初一": 1, "十五": 15}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

#: Dates of spreadsheets are days since 30 December 1899; only those from 2000 to 2099 are taken for one.
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(36_526, 73_051)
_TIME_AFTER = re.compile(r"(?<=\d|日)[ t,]*(?:上午|下午|晚上|凌晨|中午|am|pm)?\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm)?$")
_WEEKDAY = re.compile(
    r"[(\[]?\s*(?:(?:星期|週|周|禮拜)[一二三四五六日天]|(?<![a-z])(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?(?![a-z]))\s*[)\]]?|[(\[]\s*[一二三四五六日天]\s*[)\]]"
)
_LABEL = re.compile(r"^(?:exp(?:iry|ires)?|bbe?|best before|use by|此日期前最佳|到期日?|有效期?至)(?![a-z])[\s.::]*")
_YEARLESS = re.compile(r"\d{1,2}\s*(?:月\s*\d{1,2}\s*[日號号]?|[-/.]\s*\d{1,2}|[a-z]{3,9})|[a-z]{3,9}\.?\s*\d{1,2}")
_THREE = re.compile(r"(\d{1,4})\s*[-/.\s]\s*(\d{1,2})\s*[-/.\s]\s*(\d{1,4})")


class NotADay(ValueError):
    """The text is no date, or one that cannot be."""

    kind = "impossible_date"


class NoYear(NotADay):
    """A day and a month alone: nobody can tell which year is meant."""

    kind = "date_without_year"


class NotAWindow(ValueError):
    """The text is no weekday, hour or lunar day."""

    kind = "unknown_time_window"


class DayOrder(StrEnum):
    """What stands first where all three figures of a date are small."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    YEAR_FIRST = "year_first"


class WholeMonth(StrEnum):
    """Which day is meant where only a month is written."""

    FIRST = "first"
    LAST = "last"


def parse_day(value: str | date | datetime, order: DayOrder = DayOrder.DAY_FIRST, month: WholeMonth | None = None) -> date:
    """A date as people write it: 2026-11-30, 30/11/26, 20261130, 30 Nov 2026, 2026年11月30日（星期一）, 二〇二六年十一月三十日.

    A time behind it does not matter. `order` tells 3/4/2026, unless one of its figures leaves no choice. Without
    `month` a month alone is no date. Raises NotADay, for years before 1900 and after 2199, too.
    """
    if isinstance(value, datetime):
        # A spreadsheet's noise below a second must not fall into the day before.
        return (value + timedelta(milliseconds=500)).date()
    if isinstance(value, date):
        return value
    plain = _bare(value)
    parts = _named(plain) or _figures(plain, order) or _packed(plain)
    if parts is None and month is not None:
        parts = _month_only(plain, month)
    if parts is None:
        raise (NoYear if _YEARLESS.fullmatch(plain) else NotADay)(value)
    year, in_year, day = parts
    try:
        found = date(year, in_year, day)
    except ValueError as error:
        raise NotADay(value) from error
    if not 1900 <= found.year < 2200:
        raise NotADay(value)
    return found


def day_order(texts: Iterable[str], beside: Iterable[str] = ()) -> tuple[DayOrder, str]:
    """The order of a column's dates, and a text that could be read either way; empty where there is none.

    A day above 12 tells; where they disagree the more frequent order counts. Where nothing in the column tells, the
    other dates of the same sheet do (`beside`), else the day stands first.
    """
    told, unsure = _told(texts)
    if unsure and not any(told.values()):
        told, _ = _told(beside)
    return max(DayOrder, key=lambda one: told[one]), unsure


def _told(texts: Iterable[str]) -> tuple[dict[DayOrder, int], str]:
    """How many dates can only be read in each order, and the first that can be read in two."""
    told = dict.fromkeys(DayOrder, 0)
    unsure = ""
    for text in texts:
        found = _THREE.fullmatch(_bare(text)) if len(text) <= 40 and not text[:4].isdecimal() else None
        if found is None or len(found[1]) > 2:
            continue
        first, second = int(found[1]), int(found[2])
        if len(found[3]) <= 2 and first > 31:
            told[DayOrder.YEAR_FIRST] += 1
        elif first > 12 >= second:
            told[DayOrder.DAY_FIRST] += 1
        elif second > 12 >= first:
            told[DayOrder.MONTH_FIRST] += 1
        elif first != second and not unsure:
            unsure = text
    return told, unsure


def says_no_day(text: str) -> bool:
    """Whether a text is a whole month, such as 11/2027, 2027年11月 or Nov 2027."""
    return _month_only(_bare(text), WholeMonth.FIRST) is not None


def _bare(text: str) -> str:
    """Without the weekday, the time, the era and the case; Chinese numerals of a date as digits."""
    plain = clean(text).strip().casefold().rstrip(".。")
    plain = _LABEL.sub("", plain)
    plain = _WEEKDAY.sub(" ", plain).strip(" ,，") if plain else plain
    plain = _TIME_AFTER.sub("", plain).strip(" ,，")
    if re.search(f"[{CHARACTERS}]+[年月日號号]", plain):
        plain = with_digits(plain)
    return plain.removeprefix("公元").removeprefix("西元").strip()


def _year(text: str) -> int:
    """Two figures are of this century up to 69; three are years of the Republic, 115 for 2026."""
    year = int(text)
    if len(text) <= 2:
        return year + (2000 if year < 70 else 1900)
    return year + 1911 if len(text) == 3 else year


def _named(plain: str) -> tuple[int, int, int] | None:
    """With 年月日, or with the month's name."""
    found = re.fullmatch(r"(?:民國)?\s*(\d{2,4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日號号]?", plain)
    if found:
        return _year(found[1]), int(found[2]), int(found[3])
    words = re.findall(r"[a-z]+|\d+", re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", plain))
    if len(words) != 3 or not re.fullmatch(r"[a-z\d\s,./'\-]+", plain):
        return None
    months = [_MONTHS.index(word[:3]) + 1 for word in words if word[:3] in _MONTHS]
    figures = [word for word in words if word.isdecimal()]
    if len(months) != 1 or len(figures) != 2 or words[2].isalpha():
        return None
    day, year = figures if len(figures[0]) <= 2 else reversed(figures)
    return (_year(year), months[0], int(day)) if len(day) <= 2 else None


def _figures(plain: str, order: DayOrder) -> tuple[int, int, int] | None:
    """Three figures with something between them."""
    found = _THREE.fullmatch(plain)
    if found is None:
        return None
    first, second, third = found.groups()
    if len(first) >= 3:
        return (_year(first), int(second), int(third)) if len(third) <= 2 else None
    if len(third) == 3:
        return None
    if len(third) <= 2 and (order is DayOrder.YEAR_FIRST or int(first) > 31):
        return _year(first), int(second), int(third)
    one, two = int(first), int(second)
    month_first = two > 12 >= one or (order is DayOrder.MONTH_FIRST and not one > 12 >= two)
    return (_year(third), one, two) if month_first else (_year(third), two, one)


def _packed(plain: str) -> tuple[int, int, int] | None:
    """Without anything between: 20261130, 30112026, or the number under which a spreadsheet keeps a date."""
    plain = re.sub(r"\.0+$", "", plain)
    if re.fullmatch(r"\d{8}", plain):
        if plain[:2] in ("19", "20", "21") and 1 <= int(plain[4:6]) <= 12:
            return int(plain[:4]), int(plain[4:6]), int(plain[6:])
        return int(plain[4:]), int(plain[2:4]), int(plain[:2])
    if re.fullmatch(r"\d{5}(\.\d+)?", plain) and int(float(plain)) in _SERIALS:
        found = _SERIAL_ZERO + timedelta(days=int(float(plain)))
        return found.year, found.month, found.day
    return None


def _month_only(plain: str, which: WholeMonth) -> tuple[int, int, int] | None:
    found = re.fullmatch(r"(\d{4})\s*(?:年|[-/.\s])\s*(\d{1,2})\s*月?", plain)
    parts = found.groups() if found else None
    if parts is None:
        found = re.fullmatch(r"(\d{1,2})\s*[-/.\s]\s*(\d{4})", plain)
        parts = found.groups()[::-1] if found else None
    if parts is None:
        found = re.fullmatch(r"([a-z]{3,9})(?:[\s.,'\-/]*(\d{4})|\s?['\-/](\d{2}))", plain)
        if found is None or found[1][:3] not in _MONTHS:
            return None
        parts = (found[2] or found[3], str(_MONTHS.index(found[1][:3]) + 1))
    year, month = _year(parts[0]), int(parts[1])
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    return year, month, 1 if which is WholeMonth.FIRST else monthrange(year, month)[1]


def weekday_mask(text: str) -> int:
    """Bit 0 is Monday; 「星期二、三」, 「星期一至五」, 「星期日除外」, 「每日」, "Tue, Wed", "Mon-Fri", empty for every day. Raises NotAWindow."""
    plain = clean(text).strip().casefold()
    if plain in ("", "每日", "每天", "全年無休", "daily", "every day", "everyday", "all days", "any day"):
        return EVERY_DAY
    without = bool(re.search(r"除外|except|非", plain))
    named = re.sub(r"除外|except|非|星期|逢|禮拜|周(?!末)|週(?!末)|休息|休|公眾假期|[()]", " ", plain)
    named = named.replace("平日", "一至五").replace("周末", "六日").replace("週末", "六日")
    named = re.sub(r"\bweekdays?\b", "mon-fri", re.sub(r"\bweekends?\b", "sat,sun", named))
    named = re.sub(r"\s*(?:至|到|~|-|\bto\b)\s*", "-", named)
    mask = 0
    for word in re.sub(r"[、,，;/&+和及\s]|\band\b|\bon\b", " ", named).split():
        mask |= _days_of(word, text)
    if not mask:
        raise NotAWindow(text)
    return EVERY_DAY & ~mask if without else mask


def _days_of(word: str, text: str) -> int:
    """「二三」, "tue", 「一-五」, "mon-fri"."""
    ends = [_places(part, text) for part in word.split("-") if part]
    if len(ends) == 2 and "-" in word:
        first, last = ends[0][-1], ends[1][0]
        span = range(first, last + 1 if last >= first else last + 8)
        return sum(1 << one % 7 for one in span) | sum(1 << one for one in {*ends[0], *ends[1]} - {one % 7 for one in span})
    if len(ends) != 1:
        raise NotAWindow(text)
    return sum(1 << one for one in set(ends[0]))


def _places(word: str, text: str) -> list[int]:
    if all(char in _WEEKDAYS_ZH + "天" for char in word):
        return [_WEEKDAYS_ZH.index("日" if char == "天" else char) for char in word]
    if word[:3] in _WEEKDAYS_EN and re.fullmatch(r"(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(days?)?", word.rstrip(".")):
        return [_WEEKDAYS_EN.index(word[:3])]
    raise NotAWindow(text)


_CLOCK = r"(上午|下午|晚上|早上|中午)?\s*(\d{1,2})(?:[::.時点點](\d{2})?|(?=\d{2}\D)(\d{2}))?(?:分)?(半)?\s*(am|pm|a\.m\.|p\.m\.|nn|noon)?"


def parse_hours(text: str) -> tuple[time, time]:
    """The hours of 「14:00–17:30」, 「下午2:15至5:45」, "2pm-5pm" or 「下午2時至5時半」. Raises NotAWindow."""
    plain = clean(text).strip().casefold()
    plain = re.sub(r"^(?:由|從|from)\s*", "", plain)
    plain = re.sub(r"\b(\d{2})(\d{2})(?=\D|$)", r"\1:\2", plain) if re.fullmatch(r"\d{4}\s*(?:-|~|至|到|to)\s*\d{4}", plain) else plain
    found = re.fullmatch(rf"{_CLOCK}\s*(?:[-~]|至|到|to)\s*{_CLOCK}", plain)
    if found is None:
        raise NotAWindow(text)
    first, last = found.groups()[:6], found.groups()[6:]
    if not any((*first[2:], *last[2:], first[0], last[0], "時" in plain, "點" in plain)):
        raise NotAWindow(text)
    half = first[0] or first[5] or (last[5] if last[5] and int(first[1]) <= int(last[1]) else None)
    half_to = last[0] or last[5] or first[0]
    try:
        return _time(half, first[1], first[2] or first[3], first[4]), _time(half_to, last[1], last[2] or last[3], last[4])
    except ValueError as error:
        raise NotAWindow(text) from error


def _time(half: str | None, hour: str, minute: str | None, half_hour: str | None) -> time:
    word = (half or "").replace(".", "")
    number = int(hour)
    if word in ("下午", "晚上", "pm") and number < 12:
        number += 12
    elif word in ("上午", "早上", "am") and number == 12:
        number = 0
    return time(number, 30 if half_hour else int(minute or 0))


def parse_lunar_days(text: str) -> tuple[int, ...]:
    """The lunar days of 「農曆初一、十五」. Raises NotAWindow where none is named."""
    days = tuple(number for name, number in _LUNAR_DAYS.items() if name in text)
    if not days:
        raise NotAWindow(text)
    return days
