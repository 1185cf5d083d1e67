"""Reads WhatsApp chats: exports of Android and iOS, text copied from WhatsApp Web, and any text with nothing around it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from caringstreet.progress import NoProgress, Progress
from caringstreet.rules.claims import find, plain
from caringstreet.scanning.chat_dates import DateOrder, date_pattern, hour_of, moment, numbers, order_of, time_pattern

#: Marks of direction, which WhatsApp puts around names and numbers, and other characters that nobody sees.
_UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_BREAK = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
#: Digits of Arabic, Urdu, Hindi, Bengali… in days, hours and codes.
_DIGITS = {number: str(unicodedata.decimal(chr(number))) for number in range(0x660, 0x1E95A) if unicodedata.category(chr(number)) == "Nd"}
#: A name before a colon without a space: not an address, not an hour.
_HOUR = re.compile(r"\d{1,2}")
_NAME = re.compile(r"(?P<name>[^:]{1,40}):(?!//)(?P<body>.*)", re.DOTALL)
_AT_ONCE = 2_000

_DATE, _TIME = date_pattern("date"), time_pattern()
_ANDROID = re.compile(rf"{_DATE}[,،]? ?{_TIME} [-–—] (?P<rest>.*)")
_IOS = re.compile(rf"\[{_DATE}[,،]? ?{_TIME}\] ?(?P<rest>.*)")
_WEB = re.compile(rf"\[{_TIME}[,،] ?{_DATE}\] ?(?P<rest>.*)")
#: The head of a message in a language not known here: who sent it can be read, when it was sent cannot.
_FOREIGN_HEAD = re.compile(
    r"(?:\[[^\]]{4,44}\d[:.]\d\d[^\]]{0,16}\] ?|\S[^:\[\]]{3,40}\d[:.]\d\d[^:]{0,14} [-–—] )(?P<rest>[^:]{1,60}: .*)"
)


@dataclass(frozen=True)
class Message:
    """One message from the line where it begins; `sender` is empty where the chat names none, `sent_at` local."""

    line: int
    sender: str
    sent_at: datetime | None
    text: str


@dataclass(frozen=True)
class Chat:
    """Messages in their order. `certain` is False where day and month could also be the other way round."""

    messages: tuple[Message, ...]
    order: DateOrder = DateOrder.DAY_FIRST
    certain: bool = True


@dataclass
class _Draft:
    """A message whose head was read; `rest` holds what stands behind the head, sender and first words."""

    line: int
    rest: str
    date: tuple[int, int, int] | None
    clock: tuple[int, int, int]
    more: list[str]
    headed: bool = True


def tidy(text: str) -> str:
    """Text without unseen marks, in half width, with plain line breaks and digits; a space is a space."""
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", _BREAK.sub("\n", text))).translate(_DIGITS)


def read_chat(text: str, *, now: datetime | None = None, order: DateOrder | None = None, progress: Progress | None = None) -> Chat:
    """The messages of a text. `order` says what a person knows of its dates; `now` is local and helps to tell.

    Text without any head of a message is one message of nobody.
    """
    drafts = list(_drafts(tidy(text), progress or NoProgress()))
    dates = [one.date for one in drafts if one.date is not None]
    found, certain = order_of(dates, _known(drafts), now)
    close = _names_without_space(drafts)
    messages = tuple(_message(one, order or found, close) for one in drafts)
    return Chat(messages, order or found, certain or order is not None)


def joined(chats: list[Chat]) -> Chat:
    """Several texts of one file as one chat; each counts its own lines."""
    if len(chats) == 1:
        return chats[0]
    messages = tuple(message for chat in chats for message in chat.messages)
    return Chat(messages, chats[0].order, all(chat.certain for chat in chats))


def _drafts(text: str, progress: Progress) -> Iterator[_Draft]:
    lines = text.split("\n")
    current: _Draft | None = None
    for number, line in enumerate(lines, 1):
        if number % _AT_ONCE == 0:
            progress.at(number, len(lines))
        begun = _begun(line.strip(), number)
        if begun is not None:
            if current is not None:
                yield current
            current = begun
        elif current is not None:
            current.more.append(line)
        elif line.strip():
            current = _Draft(number, line, None, (0, 0, 0), [], headed=False)
    if current is not None:
        yield current
    progress.at(len(lines), len(lines))


def _begun(line: str, number: int) -> _Draft | None:
    """The message that begins with this line, if one does."""
    if line.startswith("["):
        head = _IOS.fullmatch(line) or _WEB.fullmatch(line)
    elif line[:1].isdigit():
        head = _ANDROID.fullmatch(line)
    else:
        head = None
    if head is not None:
        clock = _clock(head)
        return _Draft(number, head["rest"], numbers(head["date"]) if clock is not None else None, clock or (0, 0, 0), [])
    foreign = _FOREIGN_HEAD.fullmatch(line) if " - " in line or line.startswith("[") else None
    return _Draft(number, foreign["rest"], None, (0, 0, 0), []) if foreign is not None else None


def _clock(head: re.Match[str]) -> tuple[int, int, int] | None:
    hour = hour_of(int(head["hour"]), head["before"] or head["after"] or "")
    minute, second = int(head["minute"]), int(head["second"] or 0)
    return (hour, minute, second) if hour is not None and minute < 60 and second < 60 else None


def _names_without_space(drafts: Iterable[_Draft]) -> frozenset[str]:
    """Senders whose colon has no space behind it, as chats are written that went through another program."""
    found = (_NAME.fullmatch(one.rest) for one in drafts if one.headed and ": " not in one.rest)
    return frozenset(one["name"].strip() for one in found if one is not None and not _HOUR.fullmatch(one["name"]))


def _parted(draft: _Draft, close: frozenset[str]) -> tuple[str, str]:
    """Sender and words; what WhatsApp itself says has no sender."""
    rest = draft.rest
    if not draft.headed:
        return "", rest
    tight = _NAME.fullmatch(rest)
    if tight is not None and tight["name"].strip() in close:
        return tight["name"].strip(), tight["body"].removeprefix(" ")
    name, colon, body = rest.partition(": ")
    return (name.strip(), body) if colon else ("", rest)


def _known(drafts: list[_Draft]) -> list[tuple[tuple[int, int, int], datetime]]:
    """Dates beside which a claim line says its own day, in one message of nearly all."""
    known = []
    for one in drafts:
        if one.date is None or not any("CS1" in line for line in (one.rest, *one.more)):
            continue
        known += [(one.date, found.claim.said_at) for found in find(plain("\n".join((one.rest, *one.more))))]
        if len(known) >= 500:
            break
    return known


def _message(draft: _Draft, order: DateOrder, close: frozenset[str]) -> Message:
    sent_at = moment(draft.date, draft.clock, order) if draft.date is not None else None
    sender, body = _parted(draft, close)
    return Message(draft.line, sender, sent_at, "\n".join((body, *draft.more)))
