"""One cleaner for texts: what nobody sees is gone, what looks the same is the same."""

import re
import unicodedata
from functools import lru_cache

#: Characters that neighbours write either way.
_VARIANTS = str.maketrans(
    {
        "裡": "裏",
        "著": "着",
        "衛": "衞",
        "台": "臺",
        "枱": "臺",
        "檯": "臺",
        "峰": "峯",
        "群": "羣",
        "床": "牀",
        "線": "綫",
        "溫": "温",
        "里": "裏",
    }
)

#: Joiners that scripts and emoji need within a name; in a key they are only noise.
_JOINERS = (0x200C, 0x200D, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
#: Zero-width characters, marks of direction, soft hyphens, controls: nobody sees them.
_UNSEEN = {
    *range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5,
    *range(0x180B, 0x180F), 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x3164, 0xFEFF, 0xFFA0,
    *range(0xFFF9, 0xFFFC), *range(0xE0001, 0xE0080),
}  # fmt: skip
_SPACE, _NOT_FOLDED = re.compile(r"\s+"), re.compile(r"[\s\-_·・]")
_SPACES = dict.fromkeys((0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_BREAKS = dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), "\n")
_DASHES = dict.fromkeys((*range(0x2010, 0x2016), 0x2043, 0x2212, 0x2500, 0xFE58, 0xFE63, 0xFF0D), "-")
_SEEN: dict[int, str | None] = {**dict.fromkeys(_UNSEEN), **_SPACES, **_BREAKS}
_PLAIN: dict[int, str | None] = {**_SEEN, **dict.fromkeys(_JOINERS), **_DASHES}
#: Most texts have none of these: to look is ten times faster than to replace.
_TO_CLEAN = frozenset(map(chr, _PLAIN))
_TO_TIDY = frozenset(map(chr, _SEEN)) | {"\n", "\r"}


def clean(text: str) -> str:
    """Half width, one kind of dash, of space and of line break, nothing that nobody sees: for keys, codes, telephones, figures."""
    if text.isascii() and text.isprintable():
        return text
    plain = text if _TO_CLEAN.isdisjoint(text) else text.translate(_PLAIN)
    half = unicodedata.normalize("NFKC", plain)
    return half if _TO_CLEAN.isdisjoint(half) else half.translate(_PLAIN)


def key(text: str) -> str:
    """A code or number as it is kept and compared: clean, upper case, without spaces."""
    return re.sub(r"\s", "", clean(text)).upper()


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """What search compares: clean, lower case, variants as one, spaces and dashes gone."""
    return _NOT_FOLDED.sub("", clean(text).casefold().translate(_VARIANTS))


def tidy(text: str) -> str:
    """A name or a note as it is kept: single spaces, none at the ends, nothing that nobody sees; joiners of a script stay."""
    return text.strip() if _TO_TIDY.isdisjoint(text) and "  " not in text else _SPACE.sub(" ", text.translate(_SEEN)).strip()


#: More than anybody types to find something; a pasted letter is searched by its beginning.
_MOST_WORDS = 12
LONGEST_SEARCH = 200


def search_words(text: str) -> list[str]:
    """The folded words that a search looks for, bounded however long the text is."""
    found = [fold(word) for word in text[:LONGEST_SEARCH].split()]
    return [word for word in found if word][:_MOST_WORDS]
