"""Neighbour cards: of a wallet's size, ten to a page, or large ones, four to a page; a number, a code, whom to call."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from caringstreet.printing import text
from caringstreet.printing.flow import BLACK
from caringstreet.printing.page import PRACTICE, WIDTH, new_pdf, ruler
from caringstreet.printing.phrases import PHRASES
from caringstreet.printing.symbols import draw_symbol
from caringstreet.rules.phones import shown_phone
from caringstreet.scanning.qr import text_symbol
from caringstreet.words import mark, words_for

_TITLE = mark("Neighbour card")
_WIDTH, _HEIGHT = 85.6 * mm, 54 * mm


@dataclass(frozen=True)
class PrintedCard:
    """A household's number; its name where it wants one on the card. Nothing tells why it has a card."""

    number: str
    name: str
    language: str
    large: bool = False


@dataclass(frozen=True)
class _Layout:
    """How cards lie on a page; the large one is half as wide and high again."""

    page: tuple[float, float]
    columns: int
    rows: int
    scale: float

    @property
    def left(self) -> float:
        return float(self.page[0] - self.columns * _WIDTH * self.scale) / 2

    @property
    def top(self) -> float:
        return float((self.page[1] + self.rows * _HEIGHT * self.scale) / 2 + 1 * mm)


_STANDARD = _Layout(A4, 2, 5, 1.0)
_LARGE = _Layout(landscape(A4), 2, 2, 1.5)


def print_household_cards(
    cards: Sequence[PrintedCard],
    out: Path,
    *,
    payload: Callable[[str], str],
    street: str,
    team: str,
    phone: str,
    practice: bool,
) -> int:
    """Write the cards, large ones on pages of their own; `payload` says what the code of a number is.

    Returns the pages. Raises OSError; then no file appears.
    """
    sheets: list[tuple[_Layout, Sequence[PrintedCard]]] = []
    for layout in (_STANDARD, _LARGE):
        wanted = [one for one in cards if one.large is (layout is _LARGE)]
        each = layout.columns * layout.rows
        sheets += [(layout, wanted[start : start + each]) for start in range(0, len(wanted), each)]
    with new_pdf(out, words_for("zh_HK").say(_TITLE), team, practice=practice) as canvas:
        for number, (layout, part) in enumerate(sheets, 1):
            canvas.setPageSize(layout.page)
            _draw_page(canvas, layout, words_for("zh_HK").say("page {n} of {total}", n=number, total=len(sheets)))
            for place, card in enumerate(part):
                column, row = place % layout.columns, place // layout.columns
                canvas.saveState()
                canvas.translate(layout.left + column * _WIDTH * layout.scale, layout.top - (row + 1) * _HEIGHT * layout.scale)
                canvas.scale(layout.scale, layout.scale)
                _draw_card(canvas, card, payload(card.number), street, team, shown_phone(phone), practice)
                canvas.restoreState()
            canvas.showPage()
    return len(sheets)


def _draw_page(canvas: Canvas, layout: _Layout, place: str) -> None:
    """Where to cut, and the ruler that tells whether the size is right."""
    width, height = _WIDTH * layout.scale, _HEIGHT * layout.scale
    right, bottom = layout.left + layout.columns * width, layout.top - layout.rows * height
    canvas.saveState()
    canvas.setStrokeColorRGB(0.6, 0.6, 0.6)
    canvas.setLineWidth(0.4)
    canvas.setDash(2, 2)
    for row in range(layout.rows + 1):
        canvas.line(layout.left, layout.top - row * height, right, layout.top - row * height)
    for column in range(layout.columns + 1):
        canvas.line(layout.left + column * width, layout.top, layout.left + column * width, bottom)
    canvas.restoreState()
    canvas.saveState()
    canvas.translate((layout.page[0] - WIDTH) / 2, 0)
    ruler(canvas, 10.5 * mm, words_for("zh_HK").say("50 mm: print at “actual size 100%”"))
    canvas.restoreState()
    text.draw(canvas, right, 9 * mm, place, 7, align="right", color=text.DIM)


def _draw_card(canvas: Canvas, card: PrintedCard, code: str, street: str, team: str, phone: str, practice: bool) -> None:
    left, qr = 5 * mm, 29 * mm
    x = _WIDTH - qr - 2.5 * mm
    beside, second = x - left - 1 * mm, card.language != "zh_HK"
    zh, en = words_for("zh_HK"), words_for("en")
    width = text.draw(canvas, left, _HEIGHT - 9.5 * mm, zh.say(_TITLE), 17, bold=True, color=BLACK)
    text.draw(canvas, left + width + 2 * mm, _HEIGHT - 9.5 * mm, en.say(_TITLE), 9, most=beside - width - 2 * mm, color=BLACK)
    text.draw(canvas, left, _HEIGHT - 14.5 * mm, street, 9, most=beside, color=BLACK)
    text.draw(canvas, left, _HEIGHT - 25 * mm, card.number, 25, bold=True, most=beside, color=BLACK)
    lines, size = text.wrapped(card.name, 13, beside, 2, smallest=8.5)
    if lines[-1].endswith("…"):
        lines, size = text.wrapped(card.name, 8, beside, 3)
    for number, line in enumerate(lines):
        text.draw(canvas, left, _HEIGHT - (31.5 - len(lines) // 2) * mm - number * size * 1.2, line, size, most=beside, color=BLACK)
    draw_symbol(canvas, text_symbol(code), x, _HEIGHT - qr - 4 * mm, qr)
    if practice:
        text.draw(canvas, x + qr / 2, _HEIGHT - 5 * mm, PRACTICE, 8, bold=True, align="center", color=text.DIM)
    canvas.setStrokeColorRGB(*BLACK)
    canvas.setLineWidth(0.5)
    canvas.line(left, 16.2 * mm, _WIDTH - left, 16.2 * mm)
    whole = _WIDTH - 2 * left
    text.draw(canvas, left, 11.3 * mm, " ".join((team, phone)).strip(), 12, bold=True, most=whole, color=BLACK)
    lost = " ".join((PHRASES["zh_HK"].if_lost, phone or team))
    text.draw(canvas, left, 6.8 * mm, lost, 8.5, most=whole, color=BLACK)
    if second and phone:
        text.beside(canvas, left, 3 * mm, PHRASES[card.language].if_lost, phone, 8, whole, language=card.language)
