"""Finds claim lines, codes and QR texts in the messages of a chat; the words around them are let go."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from caringstreet.progress import NoProgress, Progress
from caringstreet.rules.claims import find, plain
from caringstreet.rules.evidence import Outcome
from caringstreet.rules.messages import Told
from caringstreet.rules.tokens import DIGITS
from caringstreet.scanning.attempts import attempts
from caringstreet.scanning.chat_files import ChatTrouble, UnreadableChat
from caringstreet.scanning.signing import Verifier
from caringstreet.scanning.whatsapp import Chat, Message

_AT_ONCE = 1_000
#: More than a year of a busy street; a text beyond that is no chat, and would take all memory.
_MOST = 100_000
_LONGEST = 2_000_000
_DASHES = re.compile("[‐-―−]")
#: Talk in Chinese has nothing of the kind.
_WORTH_A_LOOK = re.compile(r"[0-9A-Za-z]{4}|(?:[0-9A-Za-z]\s){4}")
_TOKEN = re.compile(rf"(?<!\d)\d{{{DIGITS}}}(?!\d)")
_ADDRESS = re.compile(r"(?:HTTPS?://|WWW\.)\S+|\S+@\S+")
_ASKED = re.compile(r"[?&]TEXT=([^&\s]+)")
#: As printed, 3Y1T-J33X-2; nine characters in a row; the same with spaces.
_CODE = re.compile(
    r"(?<![0-9A-Z])(?:(?P<dashed>[0-9A-Z]{4} ?- ?[0-9A-Z]{4} ?- ?[0-9A-Z])"
    r"|(?P<whole>[0-9A-Z]{9})|(?P<spaced>[0-9A-Z]{4}[ -]?[0-9A-Z]{4}[ -]?[0-9A-Z]))(?![0-9A-Z])"
)
#: A code with a character too many or too few is a slip of the finger, not a word.
_NEARLY = re.compile(r"(?<![0-9A-Z])(?<!-)[0-9A-Z]{3,5}-[0-9A-Z]{3,5}(?:-[0-9A-Z]{1,2})?(?![0-9A-Z])(?!-)")
#: Other ways in which people part or glue a code: with dots, over lines, letter by letter, with a word right behind.
_LOOSE = re.compile(
    r"(?<![0-9A-Z])[0-9A-Z]{4}[\s._/~+*,:-]{1,3}[0-9A-Z]{4}[\s._/~+*,:-]{0,3}[0-9A-Z](?![0-9A-Z])"
    r"|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]"
    r"|(?<![0-9A-Z])(?:[0-9A-Z][\s._/~+*,:-]{1,3}){8}[0-9A-Z](?![0-9A-Z])"
    r"|(?<![0-9A-Z])[0-9A-Z]{9}(?![0-9A-Z])"
)


def told(chat: Chat, verifier: Verifier, *, practice: bool, progress: Progress | None = None) -> list[Told]:
    """Everything that the messages of a chat say of vouchers, in its order. Raises UnreadableChat where it is absurdly much."""
    progress = progress or NoProgress()
    found: list[Told] = []
    for number, message in enumerate(chat.messages, 1):
        if number % _AT_ONCE == 0:
            progress.at(number, len(chat.messages))
        if len(message.text) > _LONGEST:
            raise UnreadableChat(ChatTrouble.TOO_LARGE, message.text[:40])
        if _WORTH_A_LOOK.search(message.text):
            found += _of_message(message, verifier, practice)
        if len(found) > _MOST:
            raise UnreadableChat(ChatTrouble.TOO_LARGE, message.text[:40])
    progress.at(len(chat.messages), len(chat.messages))
    return found


def _of_message(message: Message, verifier: Verifier, practice: bool) -> Iterator[Told]:
    text = _DASHES.sub("-", plain(message.text))
    said: set[int | None] = set()

    def one(start: int, matched: str, **what: object) -> Told:
        line = message.line + text.count("\n", 0, start)
        return Told(line, matched, message.sender, message.sent_at, **what)  # type: ignore[arg-type]

    for claim in find(text):
        said.add(claim.claim.serial)
        yield one(claim.start, claim.claim.line, claim=claim.claim)
    text = _blanked(text, [(claim.start, claim.end) for claim in find(text)])
    for token in _TOKEN.finditer(text):
        (attempt,) = attempts([token[0]], verifier, practice=practice)
        yield one(token.start(), token[0], attempt=attempt)
    found = list(_codes(_TOKEN.sub(lambda token: " " * len(token[0]), text)))
    read = attempts(("".join(matched.split()) for _, matched, _ in found), verifier, practice=practice)
    for (start, matched, sure), attempt in zip(found, read, strict=True):
        if attempt.problem is not None:
            if not sure and attempt.problem is not Outcome.MISTYPED:
                continue
        elif attempt.serial in said:
            continue
        said.add(attempt.serial)
        yield one(start, matched, attempt=attempt, sure=sure)


def _blanked(text: str, parts: list[tuple[int, int]]) -> str:
    """The text with its parts emptied; places and lines stay."""
    kept, last = [], 0
    for start, end in parts:
        kept += [text[last:start], re.sub(r"[^\n]", " ", text[start:end])]
        last = end
    return "".join([*kept, text[last:]])


def _codes(text: str) -> Iterator[tuple[int, str, bool]]:
    """Where a code may stand, what stands there, and whether it is meant as one."""
    whole = text
    if "." in text:
        asked = [unquote(one) for one in _ASKED.findall(text)]
        text = _ADDRESS.sub(lambda address: " " * len(address[0]), text) + "".join("\n" + one for one in asked)
    taken: set[int] = set()
    for match in _CODE.finditer(text):
        sure = match["dashed"] is not None or (_is_mixed(match[0]) and _is_alone(text, match))
        taken.update(range(*match.span()))
        yield match.start(), match[0], sure
    for match in _NEARLY.finditer(text):
        if match.start() not in taken and match.end() - 1 not in taken and _is_mixed(match[0]):
            taken.update(range(*match.span()))
            yield match.start(), match[0], match[0].count("-") == 2 or _is_alone(text, match)
    for match in _LOOSE.finditer(whole):
        if taken.isdisjoint(range(*match.span())) and any(char.isdigit() for char in match[0]):
            yield match.start(), re.sub("[^0-9A-Z]", "", match[0]), False


def _is_mixed(matched: str) -> bool:
    digits = sum(char.isdigit() for char in matched)
    letters = sum(char.isalpha() for char in matched)
    return digits >= 2 and letters >= 2


def _is_alone(text: str, match: re.Match[str]) -> bool:
    start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
    return text[start : end if end >= 0 else len(text)].strip() == match[0]
