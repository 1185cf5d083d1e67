"""The one choke point for text on paper: font by script, shaping, escaping, fitting."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import ShapedStr, shapeStr
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from caringstreet.printing import fonts
from caringstreet.printing.substitutes import notice

INK = (0.15, 0.13, 0.11)
DIM = (0.38, 0.35, 0.31)
ACCENT = (0.66, 0.20, 0.12)


@dataclass(frozen=True)
class _Run:
    font: str
    glyphs: str | ShapedStr
    width: float


def _runs(text: str, size: float, bold: bool) -> list[_Run]:
    """Runs of one font in visual order."""
    return [_run(font, part, size) for font, part in _parts(text, bold=bold)]


def _parts(text: str, *, bold: bool) -> list[tuple[str, str]]:
    """Parts of one font; each script stands alone, so that no part holds two directions."""
    parts: list[tuple[str, str]] = []
    for place, char in enumerate(text):
        font = fonts.font_for(char, bold=bold)
        following = fonts.font_for(text[place + 1], bold=bold) if place + 1 < len(text) else font
        joins = parts and char in " \u200c\u200d" and fonts.is_shaped(parts[-1][0]) and following == parts[-1][0]
        if parts and (parts[-1][0] == font or joins):
            parts[-1] = (parts[-1][0], parts[-1][1] + char)
        else:
            parts.append((font, char))
    return parts


def _run(font: str, part: str, size: float) -> _Run:
    if not fonts.is_shaped(font):
        return _Run(font, part, pdfmetrics.stringWidth(part, font, size))
    shaped = shapeStr(part, font, size, force=True)
    if isinstance(shaped, ShapedStr):
        return _Run(font, shaped, sum(one.x_advance for one in shaped.__shapeData__) * size / 1000)
    return _Run(font, shaped, pdfmetrics.stringWidth(shaped, font, size))


def on_paper(text: str) -> str:
    """The text as it can be printed; what had to be substituted is told to whoever prints."""
    lacking = fonts.missing(text)
    if not lacking:
        return text
    notice(text, lacking)
    return fonts.printable(text)


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in points."""
    return sum(run.width for run in _runs(fonts.printable(text), size, bold))


def fitted(text: str, size: float, most: float, *, bold: bool = False, smallest: float = 7.0) -> tuple[str, float]:
    """The text and size at which it fits `most` points: smaller down to `smallest`, then cut with an ellipsis."""
    width = width_of(text, size, bold=bold)
    if width <= most:
        return text, size
    size = max(smallest, size * most / width)
    while text and width_of(text, size, bold=bold) > most:
        text = text.rstrip("…")[:-1].rstrip() + "…"
        if text == "…":
            break
    return text, size


def wrapped(text: str, size: float, most: float, lines: int, *, bold: bool = False, smallest: float = 7.0) -> tuple[list[str], float]:
    """The text in at most `lines` lines, smaller down to `smallest` where it must be, then cut; words stay whole."""
    while size > smallest:
        found = _break(text, size, most, bold)
        if len(found) <= lines:
            return found, size
        size -= 0.5
    found = _break(text, size, most, bold)
    if len(found) <= lines:
        return found, size
    kept = found[: lines - 1]
    return [*kept, fitted(" ".join(found[lines - 1 :]), size, most, bold=bold)[0]], size


def _break(text: str, size: float, most: float, bold: bool) -> list[str]:
    lines, line = [], ""
    for word in _words(text):
        if line and width_of(line + word, size, bold=bold) > most:
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    return [*lines, line.rstrip()] if line.strip() else lines or [""]


def _words(text: str) -> list[str]:
    """Latin words whole, Chinese characters one by one, with their punctuation."""
    words: list[str] = []
    for char in text:
        wide = ord(char) > 0x2E80
        follows = words and (char in "，。、；：！？）」,." or (not wide and not words[-1][-1].isspace() and ord(words[-1][-1]) <= 0x2E80))
        if follows:
            words[-1] += char
        else:
            words.append(char)
    return words


def draw(
    canvas: Canvas,
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    bold: bool = False,
    align: str = "left",
    most: float | None = None,
    color: Sequence[float] = INK,
) -> float:
    """Draw one line at a baseline and return its width."""
    text = on_paper(text)
    if most is not None:
        text, size = fitted(text, size, most, bold=bold)
    runs = _runs(text, size, bold)
    width = sum(run.width for run in runs)
    x -= {"left": 0.0, "center": width / 2, "right": width}[align]
    canvas.setFillColorRGB(*color)
    for run in runs:
        line = canvas.beginText(x, y)
        line.setFont(run.font, size)
        line.textOut(run.glyphs)
        canvas.drawText(line)
        x += run.width
    return width


def beside(canvas: Canvas, x: float, y: float, phrase: str, value: str, size: float, most: float, *, language: str) -> None:
    """A phrase and its value as two strings; in Urdu the value stands to the left of the phrase."""
    value_width = width_of(value, size, bold=True)
    fitting, fitted_size = fitted(phrase, size, most - value_width - 4, smallest=5)
    phrase_width = width_of(fitting, fitted_size)
    value_x, phrase_x = (x, x + value_width + 4) if language == "ur" else (x + phrase_width + 4, x)
    draw(canvas, phrase_x, y, fitting, fitted_size)
    draw(canvas, value_x, y, value, size, bold=True)


def paragraph(text: str, style: Any) -> Paragraph:
    """A paragraph whose text is only text: no tag in a name can embed a file or break the page."""
    marked = []
    for font, part in _parts(on_paper(text), bold=style.fontName == fonts.BOLD):
        usual = font in (fonts.REGULAR, fonts.BOLD)
        marked.append(escape(part) if usual else f'<font name="{font}">{escape(part)}</font>')
    return Paragraph("".join(marked), style)
