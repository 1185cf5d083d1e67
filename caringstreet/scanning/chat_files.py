"""Opens what a person drags in: a chat as text or as the zip that WhatsApp makes, a table, a mail. Never unpacks a bomb."""

import zipfile
import zlib
from email import message_from_bytes, policy
from enum import StrEnum
from pathlib import Path

_MEGABYTE = 1024 * 1024
MOST_TEXT = 50 * _MEGABYTE
#: With its media an export can be large; only its text is unpacked.
MOST_FILE = 2048 * _MEGABYTE
MOST_MEMBERS = 20_000
MOST_RATIO = 200


class ChatTrouble(StrEnum):
    """Why a file cannot be read as a chat."""

    MISSING = "missing"
    TOO_LARGE = "too_large"
    NO_CHAT = "no_chat"
    DAMAGED = "damaged"
    LOCKED = "locked"
    NO_TEXT = "no_text"


class UnreadableChat(Exception):
    """The file says no; nothing of it was taken."""

    def __init__(self, kind: ChatTrouble, file: str) -> None:
        super().__init__(f"{kind} {file}")
        self.kind = kind
        self.file = file


def read_texts(path: Path) -> list[str]:
    """The text of a file, or the texts at the top of a zip or of a zipped folder. Raises UnreadableChat or OSError."""
    if not path.is_file():
        raise UnreadableChat(ChatTrouble.MISSING, path.name)
    if zipfile.is_zipfile(path):
        return _of_zip(path)
    if path.stat().st_size > MOST_TEXT:
        raise UnreadableChat(ChatTrouble.TOO_LARGE, path.name)
    raw = path.read_bytes()
    return [_of_mail(raw)] if path.suffix.lower() == ".eml" else [decoded(raw, path.name)]


def decoded(raw: bytes, name: str = "") -> str:
    """Text from UTF-8, UTF-16 or Big5-HKSCS. Raises UnreadableChat for what is no text at all."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "big5hkscs"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableChat(ChatTrouble.NO_TEXT, name)


def _of_mail(raw: bytes) -> str:
    """The text of a kept mail, which is written in letters that only a mail program reads; its pictures are let go."""
    mail = message_from_bytes(raw, policy=policy.default)
    parts = [part for part in mail.walk() if part.get_content_type() == "text/plain" and not part.is_attachment()]
    raws = [part.get_payload(decode=True) for part in parts]
    return "\n".join(decoded(one) for one in raws if isinstance(one, bytes))


def _of_zip(path: Path) -> list[str]:
    if path.stat().st_size > MOST_FILE:
        raise UnreadableChat(ChatTrouble.TOO_LARGE, path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise UnreadableChat(ChatTrouble.TOO_LARGE, path.name)
            texts = _uppermost([one for one in members if one.filename.lower().endswith(".txt") and not _is_hidden(one.filename)])
            if not texts:
                raise UnreadableChat(ChatTrouble.NO_CHAT, path.name)
            return [decoded(_unpacked(archive, one, path.name), one.filename) for one in texts]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as error:
        raise UnreadableChat(ChatTrouble.DAMAGED, path.name) from error
    except RuntimeError as error:  # how zipfile says that a password is needed
        raise UnreadableChat(ChatTrouble.LOCKED, path.name) from error


def _uppermost(members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The texts of the outermost folder that has any: a folder may have been zipped with its chat in it."""
    depth = min((one.filename.count("/") for one in members), default=0)
    return [one for one in members if one.filename.count("/") == depth]


def _is_hidden(name: str) -> bool:
    """What a computer puts beside the files that people see."""
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    """The bytes of a member; the size that it claims is not trusted."""
    if member.file_size > MOST_TEXT or member.file_size > MOST_RATIO * max(member.compress_size, 1) + _MEGABYTE:
        raise UnreadableChat(ChatTrouble.TOO_LARGE, name)
    with archive.open(member) as file:
        raw = file.read(MOST_TEXT + 1)
    if len(raw) > MOST_TEXT:
        raise UnreadableChat(ChatTrouble.TOO_LARGE, name)
    return raw
