"""The words for people: one gettext catalogue for screen, commands and paper, and formats by Babel."""

import datetime as dt
import gettext
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from caringstreet.clock import local_time
from caringstreet.rules.months import Month

LANGUAGES = ("zh_HK", "en")

_BABEL = {"zh_HK": "zh_Hant_HK", "en": "en_HK"}
_WEEKDAYS_ZH = "一二三四五六日"


def mark(text: str) -> str:
    """Mark a text for translation where it is defined; it is said later."""
    return text


class Said(str):
    """A text that remembers how it was said, and so can be said again in another language."""

    __slots__ = ("_how",)
    _how: Callable[["Words"], str]

    def __new__(cls, text: str, how: Callable[["Words"], str]) -> "Said":
        made = super().__new__(cls, text)
        made._how = how
        return made

    def in_words(self, words: "Words") -> str:
        """The same in these words."""
        return self._how(words)


def said_again(text: str, words: "Words") -> str:
    """What was said, in these words; any other text, such as a name, as it is."""
    return text.in_words(words) if isinstance(text, Said) else text


def _said_again(facts: Mapping[str, object], words: "Words") -> dict[str, object]:
    return {name: said_again(fact, words) if isinstance(fact, str) else fact for name, fact in facts.items()}


class Words:
    """Everything said in one language. English is the source; a missing Chinese text would show as English."""

    def __init__(self, language: str, translations: gettext.NullTranslations) -> None:
        self.language = language
        self._translations = translations
        self._locale = Locale.parse(_BABEL[language])

    def say(self, text: str, /, **facts: object) -> str:
        """The text in this language, its {names} filled in."""
        said = self._translations.gettext(text) if text else ""
        return Said(said.format(**facts) if facts else said, lambda words: words.say(text, **_said_again(facts, words)))

    def say_count(self, one: str, many: str, n: int, /, **facts: object) -> str:
        """The text for a number, which is {n}."""
        said = self._translations.ngettext(one, many, n).format(n=self.number(n), **facts)
        return Said(said, lambda words: words.say_count(one, many, n, **_said_again(facts, words)))

    def own(self, zh: str, en: str) -> str:
        """Of a thing's two names that of this language; the Chinese one where there is no English one."""
        return Said(zh if self.language == "zh_HK" else en or zh, lambda words: words.own(zh, en))

    def date(self, day: dt.date) -> str:
        """2026年11月30日; 30 November 2026."""
        zh = self.language == "zh_HK"
        said = f"{day.year}年{day.month}月{day.day}日" if zh else format_date(day, "d MMMM y", self._locale)
        return Said(said, lambda words: words.date(day))

    def date_short(self, day: dt.date) -> str:
        """11月30日（一）; Mon 30 Nov."""
        if self.language == "zh_HK":
            said = f"{day.month}月{day.day}日（{_WEEKDAYS_ZH[day.weekday()]}）"
        else:
            said = format_date(day, "EEE d MMM", self._locale)
        return Said(said, lambda words: words.date_short(day))

    def date_brief(self, day: dt.date, *, year: bool = True) -> str:
        """2026年11月30日; 30 Nov 2026. Without its year 11月30日; 30 Nov."""
        if self.language == "zh_HK":
            return f"{day.year}年{day.month}月{day.day}日" if year else f"{day.month}月{day.day}日"
        return format_date(day, "d MMM y" if year else "d MMM", self._locale)

    def month(self, month: Month) -> str:
        """2026年11月; November 2026."""
        zh = self.language == "zh_HK"
        said = f"{month.year}年{month.month}月" if zh else format_date(month.first_day, "MMMM y", self._locale)
        return Said(said, lambda words: words.month(month))

    def time(self, at: dt.datetime) -> str:
        """The local time of an aware moment, 24 hours."""
        return f"{local_time(at):%H:%M}"

    def moment(self, at: dt.datetime) -> str:
        """Local day and time of an aware moment."""
        return f"{self.date_short(local_time(at).date())} {self.time(at)}"

    def money(self, cents: int) -> str:
        """HK$1,044; HK$1,044.50 where there are cents."""
        return "HK" + self.dollars(cents)

    def dollars(self, cents: int) -> str:
        """$20; $20.50 where there are cents."""
        sign = "-" if cents < 0 else ""
        pattern = "#,##0" if cents % 100 == 0 else "#,##0.00"
        return f"{sign}${format_decimal(abs(cents) / 100, pattern, self._locale)}"

    def number(self, n: int | float) -> str:
        """1,234."""
        return str(format_decimal(n, locale=self._locale))

    def percent(self, part: int, whole: int) -> str:
        """82.7%; a dash of nothing."""
        return f"{100 * part / whole:.1f}%" if whole else "–"

    def weekdays(self, mask: int) -> str:
        """星期二、三; Tue, Wed. Bit 0 of the mask is Monday."""
        days = [number for number in range(7) if mask >> number & 1]
        if len(days) == 7:
            return self.say("Every day")
        if self.language == "zh_HK":
            return "星期" + "、".join(_WEEKDAYS_ZH[number] for number in days) if days else ""
        return ", ".join(self._locale.days["format"]["abbreviated"][number] for number in days)


@cache
def words_for(language: str) -> Words:
    """The words of "zh_HK" or "en"."""
    return Words(language, _load(language))


def _load(language: str) -> gettext.NullTranslations:
    catalogue = resources.files("resources").joinpath("i18n", language, "LC_MESSAGES", "caringstreet.mo")
    if not catalogue.is_file():
        return gettext.NullTranslations()
    with catalogue.open("rb") as file:
        return gettext.GNUTranslations(file)
