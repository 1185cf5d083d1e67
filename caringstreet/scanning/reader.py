"""Reads what a scanner, a person, a chat or a photo gives, and says what it is."""

import io
import re
import unicodedata
import warnings
from dataclasses import dataclass
from enum import StrEnum

import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError

from caringstreet.rules.codes import Mistyped, NotACode, serial_of
from caringstreet.rules.tokens import DIGITS

#: A photo larger than this is refused before it is unpacked.
_MOST_PIXELS = 60_000_000
_LONGEST_SIDE = 2600

_TOKEN = re.compile(rf"(?<!\d)\d{{{DIGITS}}}(?!\d)")
_CODE = re.compile(r"(?<![0-9A-Z])(?:[0-9A-Z][ \-‐-―]?){8}[0-9A-Z](?![0-9A-Z])")
#: A whole line that a person typed as one code, dashes and spaces anywhere.
_LONE = re.compile(r"[0-9A-Z \-‐-―]{9,14}")


class Seen(StrEnum):
    """What a text turned out to be."""

    TOKEN = "token"
    CODE = "code"
    MISTYPED = "mistyped"
    FOREIGN = "foreign"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Scanned:
    """One text read: `digits` of a token (not verified yet) or the `serial` of a typed code."""

    text: str
    kind: Seen
    digits: str = ""
    serial: int | None = None


class UnreadableImage(Exception):
    """The bytes are no picture, or one too large to open."""


def read(text: str) -> Scanned:
    """Say what a scanned, typed or pasted text is: our signed digits, a short code, a mistyped one, or not ours.

    Any address around the digits is taken, full-width digits and lower case too.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return Scanned(text, Seen.NOTHING)
    token = _TOKEN.search(plain)
    if token is not None:
        return Scanned(text, Seen.TOKEN, digits=token[0])
    return _read_code(text, plain.upper())


def _read_code(text: str, plain: str) -> Scanned:
    candidates = [plain] if _LONE.fullmatch(plain) else []
    candidates += [found[0] for found in _CODE.finditer(plain)]
    mistyped = False
    for candidate in candidates:
        try:
            return Scanned(text, Seen.CODE, serial=serial_of(candidate))
        except Mistyped:
            mistyped = True
        except NotACode:
            mistyped = mistyped or _nearly(candidate)
    if candidates and not mistyped and _LONE.fullmatch(plain):
        mistyped = True
    return Scanned(text, Seen.MISTYPED if mistyped else Seen.FOREIGN)


def _nearly(candidate: str) -> bool:
    """Nine characters of which one is no letter of the code's alphabet (U) are a slip of the finger."""
    return len(re.sub(r"[^0-9A-Z]", "", candidate)) == 9


def codes_in_image(data: bytes) -> list[str]:
    """The texts of all QR codes in a photo, turned upright by its own mark. Raises UnreadableImage."""
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
    found = zxingcpp.read_barcodes(upright, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    return [one.text for one in sorted(found, key=lambda one: (one.position.top_left.y // 100, one.position.top_left.x))]


def codes_in_frame(gray: memoryview) -> list[str]:
    """The texts of all QR codes in a camera frame: a C-contiguous view of rows of gray bytes."""
    return [one.text for one in zxingcpp.read_barcodes(gray, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))]
