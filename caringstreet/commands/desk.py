"""What every command has at hand: the open street, the words, who acts, and where answers go."""

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, TextIO, TypeVar

from caringstreet import files, paths
from caringstreet.bootstrap import OpenStreet, open_street
from caringstreet.clock import Clock, FixedClock, SystemClock, to_utc
from caringstreet.rules.likely_days import possible_year
from caringstreet.rules.months import Month
from caringstreet.scanning.chat_files import MOST_TEXT, ChatTrouble, UnreadableChat, decoded, read_texts
from caringstreet.storage.problems import StorageProblem, StorageTrouble
from caringstreet.wording.paper import unrecorded_text
from caringstreet.words import LANGUAGES, Words, words_for

T = TypeVar("T")
_FIRST_MADE = date(2026, 1, 1)

DONE, REFUSED, WRONG_USE, ENVIRONMENT = 0, 1, 2, 3


class AnswerLost(Exception):
    """The answer could not be written: a closed pipe, a full disk. What was done is done."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(str(cause))
        self.cause = cause


@dataclass
class Desk:
    """One run of a command. Answers go to `out`, progress and messages to `messages`."""

    options: argparse.Namespace
    words: Words
    clock: Clock
    by: str
    out: TextIO = field(default_factory=lambda: sys.stdout)
    messages: TextIO = field(default_factory=lambda: sys.stderr)
    input: TextIO = field(default_factory=lambda: sys.stdin)
    _opened: list[OpenStreet] = field(default_factory=list)
    _unrecorded: bool = False

    @property
    def data(self) -> Path:
        """The street's data file."""
        chosen = getattr(self.options, "data", None)
        return Path(chosen) if chosen else paths.default_street()

    @property
    def wants_json(self) -> bool:
        return bool(getattr(self.options, "json", False))

    def open(self) -> OpenStreet:
        """Open the street. Raises StorageProblem."""
        street = open_street(self.data, self.clock, getattr(self.options, "accept", ()))
        self._opened.append(street)
        return street

    def require_place(self, target: Path, *spared: Path) -> None:
        """Make sure that an answer can be kept at a path, and that it is no file that the work itself needs. Raises OSError, StorageProblem."""
        if any(one.exists() and target.exists() and target.samefile(one) for one in (self.data, *spared)):
            raise StorageProblem(StorageTrouble.EXISTS, str(target))
        files.require_place(target)

    def record_paper(self, street: OpenStreet, service: Callable[..., T], **facts: Any) -> T | None:
        """Record a paper that is drawn. Of a street for reading only nothing is recorded, which the answer says."""
        if street.read_only:
            self._unrecorded = True
            return None
        with street.database.transaction() as tx:
            return service(tx, **{"at": self.clock.now(), "by": self.by, **facts})

    @property
    def saved(self) -> bool:
        """Whether this run changed the street for good, whatever becomes of its answer."""
        return any(street.database.commits for street in self._opened)

    def close(self) -> None:
        """Let go of every street that a command left open because it was stopped."""
        for street in self._opened:
            street.close()

    def text_of(self, name: str) -> str:
        """The text of a file, or of standard input for "-", in UTF-8, UTF-16 or Big5. Raises UnreadableChat, OSError."""
        if name != "-":
            return "\n".join(read_texts(Path(name)))
        raw = getattr(self.input, "buffer", None)
        if raw is None:
            return self.input.read()
        found: bytes = raw.read(MOST_TEXT + 1)
        if len(found) > MOST_TEXT:
            raise UnreadableChat(ChatTrouble.TOO_LARGE, self.words.say("standard input"))
        return decoded(found, self.words.say("standard input"))

    def answer(self, document: Any, *lines: str) -> None:
        """The one JSON document, or lines for people. Raises AnswerLost where nobody takes it."""
        if self._unrecorded:
            document, lines = document | {"recorded": False}, (*lines, unrecorded_text(self.words))
        try:
            if self.wants_json:
                json.dump(document, self.out, ensure_ascii=False, indent=2, default=_plain)
                self.out.write("\n")
            else:
                for line in lines:
                    self.out.write(line + "\n")
            self.out.flush()
        except OSError as error:
            raise AnswerLost(error) from error

    def say(self, line: str) -> None:
        """A message for people; where nobody takes it, work goes on."""
        with contextlib.suppress(OSError):
            self.messages.write(line + "\n")
            self.messages.flush()


class ShownProgress:
    """Progress on the messages' stream, at most a line for each tenth."""

    def __init__(self, desk: Desk, label: str) -> None:
        self._desk = desk
        self._label = label
        self._shown = -1

    def at(self, done: int, total: int) -> None:
        """Say how far the work is."""
        tenth = 10 * done // total if total else 10
        if total >= 200 and tenth > self._shown:
            self._shown = tenth
            self._desk.say(f"{self._label} {done}/{total}")


def make_desk(options: argparse.Namespace) -> Desk:
    """The desk of parsed options."""
    at = getattr(options, "at", None)
    clock: Clock = FixedClock(at) if at else SystemClock()
    language = getattr(options, "lang", None) or _system_language()
    return Desk(options, words_for(language), clock, getattr(options, "by", None) or "command")


def asked_language(arguments: Sequence[str]) -> str:
    """The language that the arguments ask for, before they are read: an error in them is told in it, too."""
    after = dict(pairwise(arguments))
    chosen = after.get("--lang") or next((one[7:] for one in arguments if one.startswith("--lang=")), "")
    return chosen if chosen in LANGUAGES else _system_language()


def _system_language() -> str:
    import locale

    # What the person asked for counts, also where the system has not installed it.
    asked = next((found for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (found := os.environ.get(name))), "")
    name = (asked or locale.getlocale()[0] or "").lower()
    return "zh_HK" if name.startswith(("zh", "chinese")) else "en"


def moment(text: str) -> datetime:
    """The moment of a local "2026-11-07T15:00", or noon of "2026-11-07". Raises ValueError for one that cannot be."""
    local = datetime.fromisoformat(text.strip().replace(" ", "T"))
    _refuse_year(local.year)
    if local.tzinfo is not None:
        return local
    if len(text.strip()) == len("2026-11-07"):
        local = local.replace(hour=12)
    return to_utc(local)


def day(text: str) -> date:
    """A day written 2026-11-07. Raises ValueError for one that cannot be."""
    found = date.fromisoformat(text)
    _refuse_year(found.year)
    return found


def month(text: str) -> Month:
    """A month written 2026-11. Raises ValueError for one that cannot be."""
    found = Month.parse(text)
    _refuse_year(found.year)
    return found


def at_least(least: int, text: str) -> int:
    """A whole number from one on. Raises ValueError for any other."""
    found = int(text)
    if found < least:
        raise ValueError(text)
    return found


def _refuse_year(year: int) -> None:
    # A laptop whose battery is empty believes that it is 1970.
    if not possible_year(year, max(SystemClock().today(), _FIRST_MADE)):
        raise ValueError(year)


def spelled(read: Callable[[str], T], words: Words, said: str) -> Callable[[str], T]:
    """A reader of arguments whose refusal is a sentence of ours; `said` has a place for the {text}."""

    def reading(text: str) -> T:
        try:
            return read(text)
        except (ValueError, OverflowError) as error:
            raise argparse.ArgumentTypeError(words.say(said, text=text)) from error

    return reading


def _plain(value: object) -> str:
    """Days and moments as ISO 8601; anything else by its name."""
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
