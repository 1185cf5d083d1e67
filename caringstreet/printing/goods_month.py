"""The goods of a month on A4: headline figures, a chart of the runs, tables that add up; page after page."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from caringstreet.printing import text
from caringstreet.printing.flow import BLACK, Block, Flow, Grid, blank_line, put_grid
from caringstreet.printing.page import new_pdf
from caringstreet.rules.chart import PairedBars
from caringstreet.rules.quantities import plain_quantity

_CHART = 58 * mm
_LIGHT, _DARK = (0.80, 0.80, 0.80), (0.20, 0.20, 0.20)


@dataclass(frozen=True)
class GoodsSection:
    """A table, and what it adds up to."""

    grid: Grid
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class GoodsPages:
    """One language of a month's goods, on as many pages as it takes; `page_of` has {n} and {total}."""

    title: str
    mark: str
    headline: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    chart: PairedBars
    sections: tuple[GoodsSection, ...]
    signatures: tuple[str, ...]
    foot: str
    page_of: str
    language: str


def print_goods_month(parts: Sequence[GoodsPages], out: Path, *, author: str, practice: bool) -> int:
    """Write all languages one after another; returns the pages. Raises OSError; then no file appears."""
    flows = [_flow(part) for part in parts]
    total = sum(flow.pages for flow in flows)
    with new_pdf(out, parts[0].title, author, parts[0].language, practice=practice) as canvas:
        before = 0
        for flow, part in zip(flows, parts, strict=True):
            _draw(canvas, flow, part, before, total)
            before += flow.pages
    return total


def _draw(canvas: Canvas, flow: Flow, part: GoodsPages, before: int, total: int) -> None:
    def foot(canvas: Canvas, number: int) -> None:
        place = part.page_of.format(n=before + number, total=total)
        width = text.draw(canvas, flow.right, 8 * mm, place, 8, align="right", color=text.DIM)
        text.draw(canvas, flow.left, 8 * mm, part.foot, 8, most=flow.width - width - 4 * mm, color=text.DIM)

    flow.draw(canvas, foot)


def _flow(part: GoodsPages) -> Flow:
    flow = Flow(A4, 15 * mm, 16 * mm)
    flow.put(14 * mm, _title(flow, part))
    flow.put(17 * mm, _headline(flow, part.headline))
    for line in part.lines:
        _put_line(flow, line)
    if part.chart.labels:
        flow.space(3 * mm)
        flow.put(_CHART, _bars(flow, part.chart))
    for section in part.sections:
        flow.space(6 * mm)
        put_grid(flow, section.grid, 9.5)
        flow.space(1 * mm)
        for note in section.notes:
            _put_line(flow, note)
    flow.to_foot(16 * mm)
    flow.put(16 * mm, _signatures(flow, part.signatures))
    return flow


def _put_line(flow: Flow, said: str) -> None:
    """A line of text, or two where one is too short."""
    lines, size = text.wrapped(said, 9.5, flow.width, 2)

    def draw(canvas: Canvas, top: float) -> None:
        for number, line in enumerate(lines):
            text.draw(canvas, flow.left, top - 3.6 * mm - number * 4.4 * mm, line, size, most=flow.width, color=BLACK)

    flow.put(len(lines) * 4.4 * mm + 0.8 * mm, draw)


def _title(flow: Flow, part: GoodsPages) -> Block:
    def draw(canvas: Canvas, top: float) -> None:
        width = text.draw(canvas, flow.right, top - 6 * mm, part.mark, 11, bold=True, align="right", color=BLACK)
        text.draw(canvas, flow.left, top - 6 * mm, part.title, 18, bold=True, most=flow.width - width - 6 * mm, color=BLACK)

    return draw


def _headline(flow: Flow, figures: Sequence[tuple[str, str]]) -> Block:
    def draw(canvas: Canvas, top: float) -> None:
        width = flow.width / len(figures)
        for place, (value, name) in enumerate(figures):
            x = flow.left + place * width
            text.draw(canvas, x, top - 6 * mm, value, 20, bold=True, most=width - 3 * mm, color=BLACK)
            text.draw(canvas, x, top - 11 * mm, name, 9, most=width - 3 * mm, color=BLACK)

    return draw


def _bars(flow: Flow, chart: PairedBars) -> Block:
    """Two bars for each run: a light one with an edge and a dark one, so that a copy in black shows the same."""
    highest = max(*chart.first, *chart.second, 1)
    each = flow.width / max(len(chart.labels), 6)
    size, value_size = min(8.5, each / mm * 1.1), min(8.5, each / mm * 0.85)

    def draw(canvas: Canvas, top: float) -> None:
        text.draw(canvas, flow.left, top - 4 * mm, chart.title, 11.4, bold=True, most=flow.width * 0.6, color=BLACK)
        x = flow.right
        for name, fill in ((chart.names[1], _DARK), (chart.names[0], _LIGHT)):
            x -= text.draw(canvas, x, top - 4 * mm, name, 9, align="right", color=BLACK) + 4.5 * mm
            _bar(canvas, x, top - 4 * mm, 3.2 * mm, 3.2 * mm, fill)
            x -= 5 * mm
        foot, tall = top - _CHART + 8 * mm, _CHART - 20 * mm
        for number, (label, *pair) in enumerate(zip(chart.labels, chart.first, chart.second, strict=True)):
            left = flow.left + number * each
            for place, (value, fill) in enumerate(zip(pair, (_LIGHT, _DARK), strict=True)):
                x, height = left + each * (0.08 + 0.42 * place), tall * value / highest
                _bar(canvas, x, foot, each * 0.40, height, fill)
                said = plain_quantity(value)
                text.draw(canvas, x + each * 0.20, foot + height + 1 * mm, said, value_size, align="center", most=each * 0.44, color=BLACK)
            text.draw(canvas, left + each * 0.49, foot - 4 * mm, label, size, align="center", most=each, color=BLACK)
        canvas.setStrokeColorRGB(*BLACK)
        canvas.setLineWidth(0.6)
        canvas.line(flow.left, foot, flow.left + each * len(chart.labels), foot)

    return draw


def _bar(canvas: Canvas, x: float, y: float, width: float, height: float, fill: tuple[float, float, float]) -> None:
    canvas.setStrokeColorRGB(*BLACK)
    canvas.setFillColorRGB(*fill)
    canvas.setLineWidth(0.5)
    canvas.rect(x, y, width, height, stroke=1, fill=1)


def _signatures(flow: Flow, names: Sequence[str]) -> Block:
    def draw(canvas: Canvas, top: float) -> None:
        width = flow.width / len(names)
        for place, name in enumerate(names):
            blank_line(canvas, flow.left + place * width, top - 11 * mm, width - 8 * mm, name, 9)

    return draw
