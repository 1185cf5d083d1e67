"""Reads days and hours as WhatsApp writes them in any of its languages; never half a day wrong."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

_NUMBER = re.compile(r"\d+")
_CHANCE = timedelta(days=3)


class DateOrder(StrEnum):
    """What the first two numbers of a date mean; a year in front is told from its size."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


#: Parts of the day by CLDR, older and newer, and as people write them: first Chinese, then the languages of the street.
_MORNING = (
    "上午", "凌晨", "清晨", "早上", "早晨", "朝早", "上晝", "a.m.", "vorm.", "v.m.", "f.m.", "오전", "새벽", "아침", "午前",
    "ص", "صباحًا", "صباحا", "فجرًا", "قبل دوپہر", "صبح", "ق.ظ.", "قبل‌ازظهر", "قبل از ظهر", "पूर्वाह्न", "सुबह", "बिहान", "ਪੂ.ਦੁ.", "ਸਵੇਰੇ",
    "পূর্বাহ্ণ", "ก่อนเที่ยง", "SA", "sáng", "PG", "pagi", "umaga", "ng umaga", "madaling-araw", "ng madaling-araw", "နံနက်", "π.μ.", "Ö.Ö.",
)  # fmt: skip
_NOON = ("中午", "正午", "晏晝", "ظهرًا", "दोपहर", "tanghali", "ng tanghali", "trưa", "siang", "정오", "เที่ยง")
_AFTERNOON = (
    "下午", "傍晚", "下晝", "p.m.", "nachm.", "n.m.", "e.m.", "오후", "午後", "م", "مساءً", "مساء", "عصرًا", "بعد دوپہر", "شام", "سہ پہر",
    "ب.ظ.", "بعدازظهر", "بعد از ظهر", "अपराह्न", "शाम", "दिउँसो", "साँझ", "ਬਾ.ਦੁ.", "ਸ਼ਾਮ", "অপরাহ্ণ", "หลังเที่ยง", "CH", "chiều", "PTG",
    "petang", "sore", "hapon", "ng hapon", "ညနေ", "μ.μ.", "Ö.S.",
)  # fmt: skip
_NIGHT = ("晚上", "夜晚", "夜間", "夜", "밤", "저녁", "रात", "gabi", "ng gabi", "tối", "malam", "رات", "ليلًا")
_MIDNIGHT = ("午夜", "半夜", "子夜", "深夜", "hatinggabi", "ng hatinggabi", "đêm", "자정")


def _bare(part: str) -> str:
    """A part of the day without the dots, spaces and marks that one writer sets and another leaves out."""
    return re.sub(r"[\s.\u200c\-]", "", unicodedata.normalize("NFKC", part)).casefold()


_MEANS = {_bare(word): part for part in (_MORNING, _NOON, _AFTERNOON, _NIGHT, _MIDNIGHT) for word in part}


def _written(word: str) -> str:
    """How a part of the day may be written: its dots and spaces are habits."""
    habits = {".": r"\.? ?", " ": "[ \u200c-]?", "\u200c": "[ \u200c-]?", "-": "[ \u200c-]?"}
    return "".join(habits.get(char) or re.escape(char) for char in unicodedata.normalize("NFKC", word))


_PARTS = "|".join(_written(word) for part in (_MORNING, _NOON, _AFTERNOON, _NIGHT, _MIDNIGHT) for word in part)
_PART = rf"(?i:{_PARTS})"
_DATE = r"\d{1,4} ?(?:[/.\-]|年|년) ?\d{1,2} ?(?:[/.\-]|月|월) ?\d{1,4} ?[日일]?\.?"
_WEEKDAY = r"(?: ?\([^()]{1,4}\)| ?(?:星期|週|周|禮拜)[一二三四五六日天])?"
#: No chat is older than WhatsApp; a year before it is of a calendar that is not read here.
_FIRST_YEAR = 2009


def date_pattern(name: str) -> str:
    """A date, in the group `name`; a weekday behind it is passed over."""
    return rf"(?P<{name}>{_DATE}){_WEEKDAY}"


def time_pattern() -> str:
    """An hour in the groups before, hour, minute, second, after."""
    return rf"(?P<before>{_PART})? ?(?P<hour>\d{{1,2}})[:.時](?P<minute>\d{{2}})分?(?:[:.]?(?P<second>\d{{2}})秒?)? ?(?P<after>{_PART})?"


def hour_of(hour: int, part: str) -> int | None:
    """The hour from 0 to 23; None where the two cannot go together."""
    told = _MEANS.get(_bare(part))
    if hour > 12 or told is None:
        return hour if hour < 24 else None
    if told is _MORNING:
        return hour % 12
    if told is _NOON:
        return hour if hour >= 11 else hour + 12
    if told is _AFTERNOON:
        return hour % 12 + 12
    if told is _NIGHT:
        return 0 if hour == 12 else hour + 12
    return hour % 12 if hour == 12 or hour < 6 else hour + 12


def numbers(date_text: str) -> tuple[int, int, int]:
    first, second, third = (int(part) for part in _NUMBER.findall(date_text))
    return first, second, third


def moment(parts: tuple[int, int, int], clock: tuple[int, int, int], order: DateOrder) -> datetime | None:
    """The local moment of a date's three numbers and an hour, minute and second; None for no day of any calendar."""
    first, second, third = parts
    if first > 31:
        year, month, day = first, second, third
    elif second > 12 >= first or (order is DateOrder.MONTH_FIRST and first <= 12):
        year, month, day = third, first, second
    else:
        year, month, day = third, second, first
    if _year(year) < _FIRST_YEAR:
        return None
    try:
        return datetime(_year(year), month, day, *clock)  # noqa: DTZ001 (local, as the chat writes it)
    except ValueError:
        return None


def _year(written: int) -> int:
    """Two digits are of this century; years of Taiwan and of Thailand are told from their size."""
    if written < 100:
        return 2000 + written
    if written < 1000:
        return written + 1911
    return written - 543 if written > 2400 else written


def order_of(
    dates: Sequence[tuple[int, int, int]], known: Iterable[tuple[tuple[int, int, int], datetime]], now: datetime | None
) -> tuple[DateOrder, bool]:
    """What the dates of one chat mean, and whether that is certain.

    Asked in turn: a number above twelve; `known`, dates beside a claim line that says its own day; that a chat runs
    forward; that none of it lies ahead of `now`. Day first is the habit of Hong Kong and what is left.
    """
    open_dates = [one for one in dates if one[0] <= 31]
    days = any(first > 12 for first, _, _ in open_dates)
    months = any(second > 12 for _, second, _ in open_dates)
    if days != months:
        return (DateOrder.DAY_FIRST if days else DateOrder.MONTH_FIRST), True
    if not any(first != second for first, second, _ in open_dates):
        return DateOrder.DAY_FIRST, True
    votes = [_fits_known(known := list(known), order) for order in DateOrder]
    if votes[0] != votes[1]:
        return (DateOrder.DAY_FIRST if votes[0] > votes[1] else DateOrder.MONTH_FIRST), True
    for test in (_runs_forward, lambda read: _is_past(read, now)):
        fits = [test([moment(one, (0, 0, 0), order) for one in open_dates]) for order in DateOrder]
        if fits[0] != fits[1]:
            return (DateOrder.DAY_FIRST if fits[0] else DateOrder.MONTH_FIRST), True
    return DateOrder.DAY_FIRST, False


def _fits_known(known: Iterable[tuple[tuple[int, int, int], datetime]], order: DateOrder) -> int:
    read = [(moment(parts, (12, 0, 0), order), said_at) for parts, said_at in known]
    return sum(1 for at, said_at in read if at is not None and abs(at - said_at) <= _CHANCE)


def _runs_forward(read: Sequence[datetime | None]) -> bool:
    there = [one for one in read if one is not None]
    return all(earlier <= later for earlier, later in pairwise(there))


def _is_past(read: Sequence[datetime | None], now: datetime | None) -> bool:
    return now is None or all(one is None or one <= now + timedelta(days=1) for one in read)
