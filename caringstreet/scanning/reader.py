"""Reads what a scanner, a person, a chat or a photo gives, and says what it is."""

import io
import re
import unicodedata
import warnings
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError

from caringstreet.rules.codes import NotACode, serial_of
from caringstreet.rules.tokens import DIGITS
from caringstreet.scanning.bad_paper import other_looks

#: A photo larger than this is refused before it is unpacked.
_MOST_PIXELS = 60_000_000
_LONGEST_SIDE = 2600
_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])

_TOKEN = re.compile(rf"(?<!\d)\d{{{DIGITS}}}(?!\d)")
_DASHES = re.compile("[-‐-―−]")
_ADDRESS = re.compile(r"(?:HTTPS?://|WWW\.)\S+|\S+@\S+")
#: A code within other words stands there as printed or in one piece.
_AMONG_WORDS = re.compile(r"(?<![0-9A-Z-])(?:[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]|[0-9A-Z]{9})(?![0-9A-Z-])")
_PRINTED = re.compile(r"[0-9A-Z]{4}[ -][0-9A-Z]{4}[ -][0-9A-Z]")
#: As printed, with a character too many or too few in a group.
_NEARLY_PRINTED = re.compile(r"[0-9A-Z]{3,5}-[0-9A-Z]{3,5}(?:-[0-9A-Z]{1,2})?")


#: No symbol, card or person says more at once.
_LONGEST = 4_000


class Seen(StrEnum):
    """What a text turned out to be."""

    TOKEN = "token"
    CODE = "code"
    MISTYPED = "mistyped"
    FOREIGN = "foreign"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Scanned:
    """One text read: `digits` of a token (not verified yet) or the `serial` of a typed code.

    What has not the look of a code and passes as one by luck is not `sure`: it counts where it is a voucher's.
    """

    text: str
    kind: Seen
    digits: str = ""
    serial: int | None = None
    sure: bool = True


class UnreadableImage(Exception):
    """The bytes are no picture, or one too large to open."""


def read(text: str) -> Scanned:
    """Say what a scanned, typed or pasted text is: our signed digits, a short code, a mistyped one, or not ours.

    Any address around the digits is taken, full-width digits and lower case too. Another system's number or word is
    foreign, never a mistyped code of ours.
    """
    text = text[:_LONGEST]
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip()
    if not plain:
        return Scanned(text, Seen.NOTHING)
    token = _TOKEN.search(plain)
    if token is not None:
        return Scanned(text, Seen.TOKEN, digits=token[0])
    return _read_code(text, plain.upper())


def _read_code(text: str, plain: str) -> Scanned:
    for candidate in (plain, *_AMONG_WORDS.findall(_ADDRESS.sub(" ", plain))):
        try:
            return Scanned(text, Seen.CODE, serial=serial_of(candidate), sure=_looks_like_ours(candidate))
        except NotACode:
            continue
    return Scanned(text, Seen.MISTYPED if _is_mistyped(plain) else Seen.FOREIGN)


def _is_mistyped(plain: str) -> bool:
    """Whether a person meant one of our codes: alone or as printed among words; never a bare number or a word."""
    alone = len(plain) == 9 and plain.isalnum() and plain.isascii()
    if alone or _PRINTED.fullmatch(plain) or _NEARLY_PRINTED.fullmatch(plain):
        return _looks_like_ours(plain)
    return any("-" in found for found in _AMONG_WORDS.findall(_ADDRESS.sub(" ", plain)) if _looks_like_ours(found))


def _looks_like_ours(candidate: str) -> bool:
    """Letters and digits mixed, as all but few of our codes are; bar codes of goods are digits, words are letters."""
    letters = sum(char.isalpha() for char in candidate)
    return letters >= 2 and any(char.isdigit() for char in candidate)


def codes_in_image(data: bytes) -> list[str]:
    """The texts of all QR codes in a photo, turned upright by its own mark; bad paper is looked at in other ways, too.

    Raises UnreadableImage.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise UnreadableImage("too large")
                upright = ImageOps.exif_transpose(picture).convert("L")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombWarning) as error:
        raise UnreadableImage(str(error)) from error
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    looks = chain([(upright, False)], other_looks(upright))
    return next((found for look, clear in looks if (found := _read_codes(look, clear=clear))), [])


def codes_in_frame(gray: memoryview) -> list[str]:
    """The texts of all QR codes in a camera frame: a C-contiguous view of rows of gray bytes."""
    return _read_codes(gray)


def _read_codes(picture: Image.Image | memoryview, *, clear: bool = False) -> list[str]:
    """The texts in the order of their place; `clear` where every point is black or white already."""
    binarizer = zxingcpp.Binarizer.FixedThreshold if clear else zxingcpp.Binarizer.LocalAverage
    found = zxingcpp.read_barcodes(picture, formats=_QR, binarizer=binarizer)
    return [one.text for one in sorted(found, key=lambda one: (one.position.top_left.y // 100, one.position.top_left.x))]
