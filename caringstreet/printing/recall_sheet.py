"""A recall on paper: who got of a lot, to be told one after another and ticked."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from caringstreet.printing import text
from caringstreet.printing.flow import BLACK, Block, Column, Flow, Grid, both, page_foot, put_grid
from caringstreet.printing.page import new_pdf
from caringstreet.rules.phones import shown_phone
from caringstreet.words import mark, words_for

_TITLE = mark("Recall")
_COLUMNS = (mark("Who"), mark("Day"), mark("Quantity"), mark("Occasion"), mark("How to reach"), mark("Told"))
_NOBODY = mark("Nobody got of this lot.")
_SHRED = mark("This list names neighbours: give it back to the staff, who shred it once everybody is told.")


@dataclass(frozen=True)
class PrintedRecall:
    """The item, lines about the lot in Chinese and in English, and the rows: who, day, quantity, occasion, reach."""

    item: str
    lines: Sequence[str]
    rows: Sequence[tuple[str, str, str, str, str]]


def print_recall(recall: PrintedRecall, out: Path, *, street: str, team: str, phone: str, made: str, practice: bool) -> int:
    """Write the list and return its pages. Raises OSError; then no file appears."""
    flow = Flow(A4, 12 * mm, 14 * mm)
    wrapped = [part for line in recall.lines for part in text.wrapped(line, 10.5, flow.width, 2)[0]]
    flow.put((15 + 5 * len(wrapped)) * mm, _head(flow, recall.item, street, wrapped))
    if recall.rows:
        columns = tuple(Column(both(one), figures=one == _COLUMNS[2]) for one in _COLUMNS)
        put_grid(flow, Grid(columns, [(*row, "") for row in recall.rows]), 10)
    else:
        flow.put(8 * mm, _said(flow, both(_NOBODY), 11))
    flow.to_foot(8 * mm)
    flow.put(8 * mm, _said(flow, both(_SHRED), 9))
    foot = " · ".join(part for part in (words_for("zh_HK").say(_TITLE), recall.item, team, shown_phone(phone), made) if part)
    with new_pdf(out, words_for("zh_HK").say(_TITLE), team, practice=practice) as canvas:
        flow.draw(canvas, page_foot(flow, foot))
    return flow.pages


def _head(flow: Flow, item: str, street: str, lines: Sequence[str]) -> Block:
    def draw(canvas: Canvas, top: float) -> None:
        text.draw(canvas, flow.left, top - 7 * mm, f"{both(_TITLE)}: {item}", 18, bold=True, most=flow.width * 0.75, color=BLACK)
        text.draw(canvas, flow.right, top - 7 * mm, street, 10, align="right", most=flow.width * 0.23, color=BLACK)
        for number, line in enumerate(lines):
            text.draw(canvas, flow.left, top - (13.5 + 5 * number) * mm, line, 10.5, most=flow.width, color=BLACK)

    return draw


def _said(flow: Flow, said: str, size: float) -> Block:
    def draw(canvas: Canvas, top: float) -> None:
        text.draw(canvas, flow.left, top - 5 * mm, said, size, most=flow.width, color=BLACK)

    return draw
