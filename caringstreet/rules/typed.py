"""Days and hours as a hand types them: short, and never taken for another day or hour than was meant."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, time

from caringstreet.rules.days import NotADay, NotAWindow

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = {
    name: number
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"), 1
    )
}
_HAN = {char: number for number, char in enumerate("一二三四五六七八九十", 1)}
_AFTERNOON, _MORNING = ("下午", "晚上", "晏晝", "pm", "p.m."), ("上午", "早上", "朝早", "am", "a.m.")


def read_day(text: str, today: date) -> date:
    """The day of `5/10`, `5-10-26`, `0510`, `05102026`, `20261005`, `2026-10-5`, 「5月10日」, 「十月五日」, `5 Oct`.

    Day before month, save in Chinese or after a year. A missing year is that which brings the day nearest to
    `today`. Raises NotADay for anything else, also for a day that is in no calendar.
    """
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    plain = re.sub(r"\s*[((]?(星期|周|週)[一二三四五六日天][))]?$", "", plain)
    for year, month, day in _ways(plain):
        found = _day(year, month, day, today)
        if found is not None:
            return found
    raise NotADay(text)


def _ways(plain: str) -> Iterator[tuple[int | None, int, int]]:
    """Year, month and day as the text may be meant, the likelier first."""
    if found := re.fullmatch(r"(?:(\d{4}|\d{2})\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*[日號号]?", plain):
        yield _year(found[1]), int(found[2]), int(found[3])
    if found := re.fullmatch(r"(?:(\d{4})年)?([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日號号]?", plain):
        yield _year(found[1]), _han(found[2]), _han(found[3])
    if found := re.fullmatch(r"(\d{4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,2})", plain):
        yield int(found[1]), int(found[2]), int(found[3])
    if found := re.fullmatch(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})(?:\s*[-/. ]\s*(\d{4}|\d{2}))?", plain):
        yield _year(found[3]), int(found[2]), int(found[1])
    if found := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]*([a-z]{3,9})\.?[\s\-/.,]*(\d{4}|\d{2})?", plain):
        yield _year(found[3]), _month(found[2]), int(found[1])
    if found := re.fullmatch(r"([a-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?(?:[\s,]+(\d{4}|\d{2}))?", plain):
        yield _year(found[3]), _month(found[1]), int(found[2])
    if re.fullmatch(r"\d{8}", plain):
        yield int(plain[4:]), int(plain[2:4]), int(plain[:2])
        yield int(plain[:4]), int(plain[4:6]), int(plain[6:])
    elif re.fullmatch(r"\d{6}", plain):
        yield _year(plain[4:]), int(plain[2:4]), int(plain[:2])
    elif re.fullmatch(r"\d{4}", plain):
        yield None, int(plain[2:]), int(plain[:2])


def _year(digits: str | None) -> int | None:
    if digits is None:
        return None
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _month(name: str) -> int:
    short = "sep" if name == "sept" else name
    return _NAMES.get(short) or (_MONTHS.index(short) + 1 if short in _MONTHS else 0)


def _han(text: str) -> int:
    """The number of 「五」, 「十」, 「十五」, 「二十五」, 「三十」; 0 where it is none."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return _HAN[text] if len(text) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return 0
    return (_HAN[tens] if tens else 1) * 10 + (_HAN[ones] if ones else 0)


def _day(year: int | None, month: int, day: int, today: date) -> date | None:
    if year is not None:
        return _calendar(year, month, day) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    near = [_calendar(one, month, day) for one in (today.year, today.year + 1, today.year - 1)]
    found = [one for one in near if one is not None]
    return min(found, key=lambda one: abs((one - today).days), default=None)


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_time(text: str) -> time:
    """The hour of `9`, `930`, `09:30`, `9.30`, `2pm`, 「下午2:15」, 「9時」, 「9時半」. Raises NotAWindow."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    late, early = plain.startswith(_AFTERNOON) or plain.endswith(_AFTERNOON), plain.startswith(_MORNING) or plain.endswith(_MORNING)
    for word in (*_AFTERNOON, *_MORNING):
        plain = plain.removeprefix(word).removesuffix(word)
    plain = re.sub(r"[時点點]半$", ":30", plain.strip()).removesuffix("分")
    plain = re.sub(r"[時点點.hH]", ":", plain).removesuffix(":")
    found = re.fullmatch(r"(\d{1,2})(?::(\d{1,2}))?", plain) or re.fullmatch(r"(\d{1,2})(\d{2})", plain)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found is not None else (99, 0)
    if (late or early) and not 1 <= hour <= 12:
        hour = 99 if hour > 12 and early else hour
    if late and hour < 12:
        hour += 12
    if early and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        raise NotAWindow(text)
    return time(hour, minute)
