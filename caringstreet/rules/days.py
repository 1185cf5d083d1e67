"""Days, weekdays, hours and validity as people write them."""

import re
import unicodedata
from datetime import date, datetime, time

EVERY_DAY = 0b1111111

_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LUNAR_DAYS = {"初一": 1, "十五": 15}


class NotADay(ValueError):
    """The text is no date, or one that cannot be."""

    kind = "impossible_date"


class NotAWindow(ValueError):
    """The text is no weekday, hour or lunar day."""

    kind = "unknown_time_window"


def parse_day(value: str | date | datetime) -> date:
    """A date written 2026-11-30, 2026/11/30, 30/11/2026 (day first) or 2026年11月30日. Raises NotADay."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    plain = unicodedata.normalize("NFKC", value).strip()
    plain = re.sub(r"[ T]00:00(:00)?$", "", plain)
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", plain)
    parts = found.groups() if found else None
    if parts is None:
        found = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", plain)
        parts = found.groups()[::-1] if found else None
    if parts is None:
        raise NotADay(value)
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError as error:
        raise NotADay(value) from error


def weekday_mask(text: str) -> int:
    """Bit 0 is Monday; 「星期二、三」, 「星期日除外」, 「每日」, "Tue, Wed", empty for every day. Raises NotAWindow."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if plain in ("", "每日", "每天", "daily", "every day"):
        return EVERY_DAY
    without = bool(re.search(r"除外|except", plain))
    named = re.sub(r"除外|except|星期|逢|禮拜|周|週|[、,，/和及\s]", " ", plain)
    mask = 0
    for word in named.split():
        if all(char in _WEEKDAYS_ZH + "天" for char in word):
            for char in word:
                mask |= 1 << _WEEKDAYS_ZH.index("日" if char == "天" else char)
        elif word[:3] in _WEEKDAYS_EN:
            mask |= 1 << _WEEKDAYS_EN.index(word[:3])
        else:
            raise NotAWindow(text)
    if not mask:
        raise NotAWindow(text)
    return EVERY_DAY & ~mask if without else mask


def parse_hours(text: str) -> tuple[time, time]:
    """The hours of 「14:00–17:30」 or 「下午2:15至5:45」. Raises NotAWindow."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = re.fullmatch(
        r"(上午|下午|晚上)?\s*(\d{1,2}):(\d{2})\s*(?:[-–—~]|至|to)\s*(上午|下午|晚上)?\s*(\d{1,2}):(\d{2})", plain
    )
    if found is None:
        raise NotAWindow(text)
    half, half_to = found[1], found[4] or found[1]
    try:
        return _time(half, found[2], found[3]), _time(half_to, found[5], found[6])
    except ValueError as error:
        raise NotAWindow(text) from error


def _time(half: str | None, hour: str, minute: str) -> time:
    afternoon = half in ("下午", "晚上") and int(hour) < 12
    return time(int(hour) + 12 * afternoon, int(minute))


def parse_lunar_days(text: str) -> tuple[int, ...]:
    """The lunar days of 「農曆初一、十五」. Raises NotAWindow where none is named."""
    days = tuple(number for name, number in _LUNAR_DAYS.items() if name in text)
    if not days:
        raise NotAWindow(text)
    return days
