"""The fonts of paper: loaded at the first print, asked for every character before it is drawn."""

import unicodedata
from functools import cache
from importlib import resources

from reportlab.pdfbase import pdfmetrics, ttfonts

from caringstreet.printing.substitutes import SUBSTITUTE

REGULAR, BOLD = "HK", "HK-Bold"
#: Has what the first font lacks: simplified and rare characters, signs. In one weight.
WIDE = "Wide"

_FILES = {
    REGULAR: "CaringStreetSansHK-Regular.ttf",
    BOLD: "CaringStreetSansHK-Bold.ttf",
    WIDE: "CaringStreetSansWide-Regular.ttf",
    "Naskh": "NotoNaskhArabic-Regular.ttf",
    "Devanagari": "NotoSansDevanagari-Regular.ttf",
    "Devanagari-Bold": "NotoSansDevanagari-Bold.ttf",
    "Gurmukhi": "NotoSansGurmukhi-Regular.ttf",
    "Gurmukhi-Bold": "NotoSansGurmukhi-Bold.ttf",
    "Thai": "NotoSansThai-Regular.ttf",
    "Thai-Bold": "NotoSansThai-Bold.ttf",
}

#: First and last code point of a script, and its font. Shaped scripts need their letters joined. Urdu stands in Naskh:
#: Nastaliq climbs through the lines above and below it at the sizes of a voucher.
_SCRIPTS = (
    (0x0600, 0x06FF, "Naskh"),
    (0x0750, 0x077F, "Naskh"),
    (0xFB50, 0xFDFF, "Naskh"),
    (0xFE70, 0xFEFF, "Naskh"),
    (0x0900, 0x097F, "Devanagari"),
    (0x0A00, 0x0A7F, "Gurmukhi"),
    (0x0E00, 0x0E7F, "Thai"),
)


@cache
def load() -> None:
    """Register all fonts, once; about a tenth of a second."""
    ttfonts.makeToUnicodeCMap = _to_unicode_map
    folder = resources.files("resources").joinpath("fonts")
    for name, file in _FILES.items():
        with resources.as_file(folder.joinpath(file)) as path:
            pdfmetrics.registerFont(ttfonts.TTFont(name, str(path)))


def font_for(character: str, *, bold: bool) -> str:
    """The font of a character by its script."""
    code = ord(character)
    for first, last, name in _SCRIPTS:
        if first <= code <= last:
            return f"{name}-Bold" if bold and f"{name}-Bold" in _FILES else name
    usual = BOLD if bold else REGULAR
    return WIDE if not _has(usual, character) and _has(WIDE, character) else usual


def is_shaped(font: str) -> bool:
    """Whether letters of the font must be joined and placed by the shaper."""
    return font not in (REGULAR, BOLD, WIDE)


def missing(text: str) -> str:
    """The characters that no font of ours has."""
    load()
    return "".join(dict.fromkeys(char for char in text if not _ignorable(char) and not _has(font_for(char, bold=False), char)))


def printable(text: str) -> str:
    """The text with a visible sign for each character that no font of ours has; what nobody sees is left out."""
    lacking = missing(text)
    if lacking:
        text = "".join(
            SUBSTITUTE if char in lacking else char
            for char in text
            if unicodedata.category(char) not in ("Mn", "Cs") or char not in lacking
        )
    return text


def _has(font: str, character: str) -> bool:
    return ord(character) in pdfmetrics.getFont(font).face.charToGlyph


def _ignorable(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) == "Cf"


def _to_unicode_map(name: str, subset: list[int]) -> str:
    """What copying from the PDF gives. reportlab 5.1 writes characters beyond U+FFFF wrongly, and too long blocks."""
    lines = [f"<{index:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for index, code in enumerate(subset)]
    head = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def\n"
        f"/CMapName /{name} def\n/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
    )
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return head + body + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
