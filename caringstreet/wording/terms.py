"""When an offer is good, in words: weekdays, hours, lunar days."""

from datetime import time
from typing import Protocol

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
