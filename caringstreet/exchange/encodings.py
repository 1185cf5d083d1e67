"""Finds the encoding of a text that says none; where only a guess fits, a person is asked with a line of it."""

import re
from collections.abc import Collection

from caringstreet.exchange.headers import known_words
from caringstreet.exchange.sheets import SheetTrouble, UnreadableSheet
from caringstreet.rules.doubts import Doubt, Doubted

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
#: What people call an encoding.
_NAMES = {"big5hkscs": "Big5", "gb18030": "GBK", "cp1252": "Windows-1252"}
#: First bytes of the characters that are in daily use.
_COMMON = {"big5hkscs": range(0xA4, 0xC7), "gb18030": range(0xB0, 0xD8)}
_SURE_FROM = 24
#: A file of UTF-8 with a few damaged bytes loses those rows, not all.
_DAMAGED = 0.02


def decoded(data: bytes, file: str, accepted: Collection[Doubt]) -> str:
    """The text of a file.

    Raises Doubted(GUESSED_ENCODING) with a sample line where nothing but likelihood tells the encoding and it is not
    accepted, UnreadableSheet where none fits.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if (wide := _utf_16(data)) is not None:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    mended = data.decode("utf-8", "replace")
    right = len(re.findall("[\u0080-\ufffc]", mended))
    if right and mended.count("\ufffd") <= max(1, _DAMAGED * right):
        return mended
    return _guessed(data, file, accepted)


def _utf_16(data: bytes) -> str | None:
    """Half of the bytes of figures, commas and line breaks are NUL, always the same half."""
    sample = data[:4000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even + odd < max(2, len(sample) // 20) or min(even, odd) > 0.02 * (even + odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _guessed(data: bytes, file: str, accepted: Collection[Doubt]) -> str:
    texts = {name: text for name in _NAMES if (text := _decoded_as(data, name)) is not None}
    if not texts:
        raise UnreadableSheet(SheetTrouble.UNKNOWN_ENCODING, file=file)
    known = {name: known_words(text) for name, text in texts.items() if name != "cp1252"}
    likely = {name: _common(data, name) for name in known}
    best = max(texts, key=lambda name: (known.get(name, 0), likely.get(name, 0.5 if _is_western(texts[name]) else 0)))
    others = [name for name in known if name != best]
    if known.get(best, 0) >= 2 and all(known[best] > known[name] for name in others):
        return texts[best]
    many = sum(byte > 0x7F for byte in data) // 2 >= _SURE_FROM
    if best in likely and many and likely[best] > 0.95 and all(likely[name] < 0.7 for name in others):
        return texts[best]
    if Doubt.GUESSED_ENCODING not in accepted:
        sample = next(line for line in texts[best].splitlines() if not line.isascii())
        raise Doubted(Doubt.GUESSED_ENCODING, file=file, encoding=_NAMES[best], sample=sample.strip(" ,;\t")[:80])
    return texts[best]


def _decoded_as(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _common(data: bytes, encoding: str) -> float:
    """How many of the Chinese characters are in daily use, read in an encoding of two bytes."""
    leads, at = [], 0
    while at < len(data):
        wide = data[at] > 0x80
        if wide:
            leads.append(data[at])
        at += 2 if wide else 1
    # Punctuation stands below both ranges and tells nothing.
    leads = [lead for lead in leads if lead not in (0xA1, 0xA2, 0xA3)]
    return sum(lead in _COMMON[encoding] for lead in leads) / len(leads) if leads else 0.0


def _is_western(text: str) -> bool:
    """Whether accents stand alone within Latin words, as in José."""
    return all(char in "‘’“”–—…€£©®°·½¼¾ " or char.isalpha() for char in text if not char.isascii()) and not re.search(
        r"[^\x00-\x7f]{3}", text
    )
