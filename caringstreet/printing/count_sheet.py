"""The paper of a stock-take: every lot with its day and room for a number, without what should be there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from caringstreet.printing import text
from caringstreet.printing.flow import BLACK, Block, Column, Flow, Grid, blank_line, both, page_foot, put_grid
from caringstreet.printing.page import new_pdf
from caringstreet.rules.phones import shown_phone
from caringstreet.words import mark, words_for

_TITLE = mark("Stock-take")
_RULE = mark("Count what is there; where the ledger differs, the screen asks why.")
_COLUMNS = (mark("Place"), mark("Item"), mark("Giver"), mark("Give by"), mark("Unit"), mark("Counted"))
_COUNTED_BY = mark("Counted by")
_TO_WRITE = "＿＿＿＿＿"


@dataclass(frozen=True)
class PrintedLot:
    """A lot to count; `first` is the day by which it is to be given."""

    place: str
    item: str
    giver: str
    first: str
    unit: str


@dataclass(frozen=True)
class PrintedCount:
    """What is to be counted on a day, in the order of the shelves; `place` empty where it is everywhere."""

    day: date
    place: str
    lots: Sequence[PrintedLot]


def print_count_sheet(count: PrintedCount, out: Path, *, street: str, team: str, phone: str, made: str, practice: bool) -> int:
    """Write the sheet and return its pages. Raises OSError; then no file appears."""
    flow = Flow(A4, 12 * mm, 14 * mm)
    flow.put(24 * mm, _head(flow, count, street))
    columns = tuple(Column(both(one)) for one in _COLUMNS)
    rows = [(one.place or "–", one.item, one.giver, one.first, one.unit, _TO_WRITE) for one in count.lots]
    put_grid(flow, Grid(columns, rows), 11.5)
    flow.to_foot(14 * mm)
    flow.put(14 * mm, lambda canvas, top: blank_line(canvas, flow.left, top - 9 * mm, 70 * mm, both(_COUNTED_BY), 9))
    foot = " · ".join(
        part for part in (words_for("zh_HK").say(_TITLE), words_for("zh_HK").date(count.day), team, shown_phone(phone), made) if part
    )
    with new_pdf(out, words_for("zh_HK").say(_TITLE), team, practice=practice) as canvas:
        flow.draw(canvas, page_foot(flow, foot))
    return flow.pages


def _head(flow: Flow, count: PrintedCount, street: str) -> Block:
    zh, en = words_for("zh_HK"), words_for("en")

    def draw(canvas: Canvas, top: float) -> None:
        width = text.draw(canvas, flow.right, top - 7 * mm, zh.date_short(count.day), 18, bold=True, align="right", color=BLACK)
        text.draw(canvas, flow.right, top - 12.5 * mm, en.date(count.day), 10, align="right", color=BLACK)
        title = " · ".join(part for part in (zh.say(_TITLE), count.place) if part)
        text.draw(canvas, flow.left, top - 7 * mm, title, 20, bold=True, most=flow.width - width - 6 * mm, color=BLACK)
        text.draw(canvas, flow.left, top - 12.5 * mm, " · ".join((en.say(_TITLE), street)), 10, most=flow.width * 0.6, color=BLACK)
        text.draw(canvas, flow.left, top - 18.5 * mm, both(_RULE), 10, most=flow.width, color=BLACK)

    return draw
