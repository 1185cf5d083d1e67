"""The summary of a month on A4: headline figures, two charts, one table per idea, signatures."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from caringstreet.printing import text
from caringstreet.printing.page import HEIGHT, WIDTH, new_pdf
from caringstreet.rules.chart import Bars, Shares

_LEFT, _RIGHT = 18 * mm, WIDTH - 18 * mm
_GRAYS = ((0.62, 0.58, 0.53), text.ACCENT, (0.15, 0.44, 0.25))
_LINE = (0.85, 0.82, 0.77)
_CELL = 8


@dataclass(frozen=True)
class SummaryTable:
    """A title, its headers, rows of texts, and a last row of sums where there is one."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]


@dataclass(frozen=True)
class SummaryPage:
    """One language of a summary: the first table is wide, the others stand side by side below it."""

    title: str
    mark: str
    headline: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    bars: Bars
    shares: Shares
    tables: tuple[SummaryTable, ...]
    signatures: tuple[str, ...]
    foot: str
    page_of: str
    language: str


def print_summary(pages: Sequence[SummaryPage], out: Path, *, author: str, practice: bool) -> None:
    """One page for each language. Raises OSError; then no file appears."""
    with new_pdf(out, pages[0].title, author, pages[0].language, practice=practice) as canvas:
        for number, page in enumerate(pages, 1):
            _draw(canvas, page, page.page_of.format(n=number, total=len(pages)))
            canvas.showPage()


def _draw(canvas: Canvas, page: SummaryPage, place: str) -> None:
    y = HEIGHT - 20 * mm
    marked = text.draw(canvas, _RIGHT, y, page.mark, 11, bold=True, align="right", color=text.ACCENT)
    text.draw(canvas, _LEFT, y, page.title, 17, bold=True, most=_RIGHT - _LEFT - marked - 5 * mm)
    y -= 15 * mm
    width = (_RIGHT - _LEFT) / len(page.headline)
    for number, (value, name) in enumerate(page.headline):
        x = _LEFT + number * width
        text.draw(canvas, x, y, value, 22, bold=True, most=width - 3 * mm)
        text.draw(canvas, x, y - 5 * mm, name, 9, color=text.DIM)
    y -= 11 * mm
    for line in page.lines:
        text.draw(canvas, _LEFT, y, line, 9, most=_RIGHT - _LEFT)
        y -= 4.6 * mm
    y -= 3 * mm
    _bars(canvas, page.bars, _LEFT, y, 98 * mm, 38 * mm)
    _shares(canvas, page.shares, _LEFT + 106 * mm, y, _RIGHT - _LEFT - 106 * mm)
    y -= 48 * mm
    first, *others = page.tables
    y = _table(canvas, first, _LEFT, y, _RIGHT - _LEFT) - 5 * mm
    needed = [sum(_columns(table)) for table in others]
    spare, x = (_RIGHT - _LEFT - 5 * mm * (len(others) - 1)) / max(1.0, sum(needed)), _LEFT
    for table, width in zip(others, needed, strict=True):
        _table(canvas, table, x, y, width * spare)
        x += width * spare + 5 * mm
    _signatures(canvas, page.signatures)
    text.draw(canvas, _LEFT, 10 * mm, page.foot, 8, color=text.DIM)
    text.draw(canvas, _RIGHT, 10 * mm, place, 8, align="right", color=text.DIM)


def _bars(canvas: Canvas, bars: Bars, x: float, top: float, width: float, height: float) -> None:
    text.draw(canvas, x, top, bars.title, 10, bold=True)
    if not bars.values:
        return
    each, highest = width / len(bars.values), max(*bars.values, 1)
    foot = top - height
    for number, (name, value) in enumerate(zip(bars.labels, bars.values, strict=True)):
        left, tall = x + number * each, (height - 14 * mm) * value / highest
        canvas.setFillColorRGB(*text.ACCENT)
        broad = min(each * 0.7, 14 * mm)
        canvas.rect(left + (each - broad) / 2, foot, broad, max(0.6, tall), stroke=0, fill=1)
        text.draw(canvas, left + each / 2, foot + tall + 1.2 * mm, str(value), 8, bold=True, align="center")
        text.draw(canvas, left + each / 2, foot - 3.6 * mm, name, 7.5, align="center", color=text.DIM)


def _shares(canvas: Canvas, shares: Shares, x: float, top: float, width: float) -> None:
    text.draw(canvas, x, top, shares.title, 10, bold=True)
    total, left = sum(value for _, value, _ in shares.parts), x
    for (_, value, _), fill in zip(shares.parts, _GRAYS, strict=False):
        part = width * value / total if total else 0
        canvas.setFillColorRGB(*fill)
        canvas.rect(left, top - 12 * mm, part, 7 * mm, stroke=0, fill=1)
        left += part
    for number, ((name, _, said), fill) in enumerate(zip(shares.parts, _GRAYS, strict=False)):
        y = top - 19 * mm - number * 6 * mm
        canvas.setFillColorRGB(*fill)
        canvas.rect(x, y, 3 * mm, 3 * mm, stroke=0, fill=1)
        text.draw(canvas, x + 5 * mm, y, name, 9)
        text.draw(canvas, x + width, y, said, 9, bold=True, align="right")


def _columns(table: SummaryTable) -> list[float]:
    """How wide each column must be to show its texts whole, with a gap after the one before."""
    rows = [table.headers, *table.rows, *([table.total] if table.total else [])]
    return [
        max(text.width_of(row[place], _CELL, bold=True) for row in rows) + (2 * mm if place else 0) for place in range(len(table.headers))
    ]


def _table(canvas: Canvas, table: SummaryTable, x: float, y: float, width: float) -> float:
    """Draw a table downwards and return where it ends; what the columns do not need goes to the first."""
    text.draw(canvas, x, y, table.title, 10, bold=True)
    y -= 5 * mm
    needed = _columns(table)
    fit = min(1.0, width / sum(needed))
    first, *others = (one * fit for one in needed)
    first += width - sum(needed) * fit
    rows = [(table.headers, False, text.DIM), *((row, False, text.INK) for row in table.rows)]
    if table.total:
        rows.append((table.total, True, text.INK))
    for (name, *figures), bold, color in rows:
        text.draw(canvas, x, y, name, _CELL, bold=bold, most=first, color=color)
        right = x + first
        for figure, column in zip(figures, others, strict=True):
            right += column
            text.draw(canvas, right, y, figure, _CELL, bold=bold, align="right", most=column, color=color)
        canvas.setStrokeColorRGB(*_LINE)
        canvas.setLineWidth(0.4)
        canvas.line(x, y - 1.3 * mm, x + width, y - 1.3 * mm)
        y -= 4.5 * mm
    return y


def _signatures(canvas: Canvas, names: Sequence[str]) -> None:
    width = (_RIGHT - _LEFT) / len(names)
    canvas.setStrokeColorRGB(*text.INK)
    canvas.setLineWidth(0.6)
    for number, name in enumerate(names):
        x = _LEFT + number * width
        canvas.line(x, 22 * mm, x + width - 8 * mm, 22 * mm)
        text.draw(canvas, x, 18 * mm, name, 8, color=text.DIM)
