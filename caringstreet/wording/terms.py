"""When an offer is good, in words: weekdays, hours, lunar days."""

from datetime import time
from typing import Protocol

from babel import Locale

from caringstreet.rules.days import EVERY_DAY
from caringstreet.words import Words


class Terms(Protocol):
    """What has a window: an offer's terms, or a voucher on paper."""

    @property
    def weekdays(self) -> int: ...
    @property
    def time_from(self) -> time | None: ...
    @property
    def time_to(self) -> time | None: ...
    @property
    def lunar_days(self) -> tuple[int, ...]: ...


def terms_text(words: Words, terms: Terms) -> str:
    """「星期二、三 · 14:00–17:30」; empty where an offer is always good."""
    parts = []
    if terms.lunar_days:
        named = {1: words.say("first"), 15: words.say("fifteenth")}
        parts.append(words.say("Lunar {days}", days="、".join(named.get(day, str(day)) for day in terms.lunar_days)))
    if terms.weekdays != EVERY_DAY:
        parts.append(words.weekdays(terms.weekdays))
    if terms.time_from and terms.time_to:
        parts.append(f"{terms.time_from:%H:%M}–{terms.time_to:%H:%M}")
    elif terms.time_from:
        parts.append(words.say("from {time}", time=f"{terms.time_from:%H:%M}"))
    elif terms.time_to:
        parts.append(words.say("until {time}", time=f"{terms.time_to:%H:%M}"))
    return " · ".join(parts)


def second_terms(locale: str, lunar: str, terms: Terms) -> tuple[tuple[str, str], ...]:
    """The same for a second language on paper, as phrases with their figures: ("Tue, Wed", "14:00–17:30").

    `locale` of CLDR names the weekdays, `lunar` says what the figures of lunar days are.
    """
    found = []
    if terms.lunar_days:
        found.append((lunar, ", ".join(str(day) for day in terms.lunar_days)))
    ends = (f"{one:%H:%M}" if one else "" for one in (terms.time_from, terms.time_to))
    hours = "–".join(ends) if terms.time_from or terms.time_to else ""
    days = _named_days(locale, terms.weekdays) if terms.weekdays != EVERY_DAY else ""
    if days or hours:
        found.append((days, hours))
    return tuple(found)


def _named_days(locale: str, mask: int) -> str:
    """The days by their names, three and more in a row by their first and last."""
    named = Locale.parse(locale).days["format"]["abbreviated"]
    # In Urdu nothing may stand between the words that reads from the left.
    comma, to = ("، ", " تا ") if locale == "ur" else (", ", "–")
    spans: list[list[int]] = []
    for day in (number for number in range(7) if mask >> number & 1):
        if spans and spans[-1][-1] == day - 1:
            spans[-1].append(day)
        else:
            spans.append([day])
    return comma.join((comma if len(span) == 2 else to).join(dict.fromkeys((named[span[0]], named[span[-1]]))) for span in spans)
