"""The list of a hand-out on paper: who receives what, ticked and signed by hand, with empty rows for who just comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from caringstreet.printing import text
from caringstreet.printing.flow import (
    BLACK,
    LINE,
    Block,
    Column,
    Flow,
    Grid,
    blank_line,
    both,
    page_foot,
    put_grid,
    tick_box,
)
from caringstreet.printing.page import new_pdf
from caringstreet.rules.distributions import LineState
from caringstreet.rules.phones import shown_phone
from caringstreet.words import mark, words_for

_TITLE = mark("Hand-out list")
_WHO = mark("Neighbour")
_WHAT = mark("Goods")
_TICKS = (
    (LineState.GIVEN, mark("Came")),
    (LineState.DECLINED, mark("Not needed")),
    (LineState.NO_SHOW, mark("Not here")),
)
_SIGN = mark("Signature")
_WALK_IN = mark("Came without being on the list")
_TOTAL = mark("Totals of this list")
_CROSS_OUT = mark("Nobody has to take anything. If only one thing is not needed, cross it out.")
_HANDLER = mark("Handed out by")
_GIVE_BACK = mark("Give this list back to the staff; it is shredded once recorded.")
_WHO_WIDTH, _TICK_WIDTH, _SIGN_WIDTH = 50 * mm, 15 * mm, 46 * mm
_LINE, _LEAST = 5.6 * mm, 14 * mm
_BLANK_ROWS, _BLANK_ROWS_ALONE = 4, 12


@dataclass(frozen=True)
class PrintedRecipient:
    """A household or a group with what it is to receive; `language` empty where it reads Chinese.

    `state` ticks a box where all of it is recorded already.
    """

    number: str
    name: str
    language: str
    goods: tuple[tuple[str, str], ...]
    state: LineState


@dataclass(frozen=True)
class PrintedList:
    """A hand-out; `totals` are item, quantity in Chinese and in English."""

    name: str
    day: date
    recipients: Sequence[PrintedRecipient]
    totals: Sequence[tuple[str, str, str]]


def print_signature_sheet(printed: PrintedList, out: Path, *, street: str, team: str, phone: str, made: str) -> int:
    """Write the list and return its pages. Raises MissingGlyphs or OSError; then no file appears."""
    text.refuse_missing(printed.name, *(f"{one.number}{one.name}" for one in printed.recipients), *(one[0] for one in printed.totals))
    flow = Flow(A4, 12 * mm, 14 * mm)
    flow.put(25 * mm, _head(flow, printed, street))
    _put_rows(flow, [_recipient(flow, one) for one in printed.recipients])
    alone = not printed.recipients
    flow.space(4 * mm)
    blanks = [(_LEAST, _blank(flow)) for _ in range(_BLANK_ROWS_ALONE if alone else _BLANK_ROWS)]
    flow.put(6 * mm, _walk_in(flow), keep=9 * mm + _LEAST)
    _put_rows(flow, blanks)
    flow.space(5 * mm)
    if printed.totals:
        columns = (Column(both(_TOTAL)), Column(words_for("zh_HK").say(mark("Quantity")), figures=True), Column(words_for("en").say(mark("Quantity")), figures=True))
        put_grid(flow, Grid(columns, list(printed.totals)), 11)
    flow.to_foot(22 * mm)
    flow.put(22 * mm, _end(flow))
    foot = " · ".join(part for part in (team, shown_phone(phone), printed.name, words_for("zh_HK").date(printed.day), made) if part)
    with new_pdf(out, words_for("zh_HK").say(_TITLE), team) as canvas:
        flow.draw(canvas, page_foot(flow, foot))
    return flow.pages


def _put_rows(flow: Flow, rows: Sequence[tuple[float, Block]]) -> None:
    """Rows under their headings, which each page begins with."""
    if not rows:
        return
    flow.put(9 * mm, _headings(flow), keep=rows[0][0])
    for height, block in rows:
        if not flow.fits(height):
            flow.new_page()
            flow.put(9 * mm, _headings(flow))
        flow.put(height, block)


def _columns(flow: Flow) -> tuple[float, float, float]:
    """Where the goods, the boxes and the signature begin."""
    sign = flow.right - _SIGN_WIDTH
    return flow.left + _WHO_WIDTH, sign - 3 * _TICK_WIDTH, sign


def _head(flow: Flow, printed: PrintedList, street: str) -> Block:
    zh, en = words_for("zh_HK"), words_for("en")

    def draw(canvas: Canvas, top: float) -> None:
        width = text.draw(canvas, flow.right, top - 7 * mm, zh.date_short(printed.day), 18, bold=True, align="right", color=BLACK)
        text.draw(canvas, flow.right, top - 12.5 * mm, en.date(printed.day), 10, align="right", color=BLACK)
        text.draw(canvas, flow.left, top - 7 * mm, printed.name, 20, bold=True, most=flow.width - width - 6 * mm, color=BLACK)
        text.draw(canvas, flow.left, top - 12.5 * mm, " · ".join((both(_TITLE), street)), 10, most=flow.width * 0.6, color=BLACK)
        text.draw(canvas, flow.left, top - 18.5 * mm, both(_CROSS_OUT), 10, most=flow.width, color=BLACK)

    return draw


def _headings(flow: Flow) -> Block:
    def draw(canvas: Canvas, top: float) -> None:
        goods, ticks, sign = _columns(flow)
        places = [(flow.left, _WHO), (goods, _WHAT), *((ticks + number * _TICK_WIDTH, said) for number, (_, said) in enumerate(_TICKS)), (sign + 2 * mm, _SIGN)]
        for x, said in places:
            most = _TICK_WIDTH - 1 * mm
            text.draw(canvas, x, top - 4 * mm, words_for("zh_HK").say(said), 10.5, bold=True, most=most if said in dict(_TICKS).values() else None, color=BLACK)
            text.draw(canvas, x, top - 7.4 * mm, words_for("en").say(said), 7.5, color=BLACK)
        canvas.setStrokeColorRGB(*BLACK)
        canvas.setLineWidth(1.0)
        canvas.line(flow.left, top - 9 * mm, flow.right, top - 9 * mm)

    return draw


def _frame(canvas: Canvas, flow: Flow, top: float, height: float, state: LineState | None) -> None:
    """The boxes of a row and the line under it."""
    _, ticks, sign = _columns(flow)
    for number, (one, _) in enumerate(_TICKS):
        tick_box(canvas, ticks + number * _TICK_WIDTH + 1 * mm, top - _LEAST / 2 - 3 * mm, 6 * mm, ticked=state is one)
    canvas.setLineWidth(0.9)
    canvas.setStrokeColorRGB(*BLACK)
    canvas.rect(sign, top - height + 0.8 * mm, _SIGN_WIDTH, height - 1.6 * mm, stroke=1, fill=0)
    canvas.setLineWidth(0.4)
    canvas.setStrokeColorRGB(*LINE)
    canvas.line(flow.left, top - height, sign - 2 * mm, top - height)


def _recipient(flow: Flow, one: PrintedRecipient) -> tuple[float, Block]:
    """A row and its height: long names take a second line rather than become small."""
    goods, ticks, _ = _columns(flow)
    name, size = text.wrapped(one.name, 13, _WHO_WIDTH - 3 * mm, 3, bold=True, smallest=9.5)
    below = "　".join(part for part in (one.number, one.language) if part)
    lines: list[tuple[str, str]] = []
    for item, quantity in one.goods:
        most = ticks - goods - 5 * mm - text.width_of(quantity, 12, bold=True)
        parts, _ = text.wrapped(item, 11, most, 2, smallest=11)
        lines += [(part, quantity if number == 0 else "") for number, part in enumerate(parts)]
    height = float(max(_LEAST, max(len(lines), len(name) + bool(below)) * _LINE + 2.6 * mm))

    def draw(canvas: Canvas, top: float) -> None:
        y = top - 5.4 * mm
        for line in name:
            text.draw(canvas, flow.left, y, line, size, bold=True, most=_WHO_WIDTH - 3 * mm, color=BLACK)
            y -= _LINE
        text.draw(canvas, flow.left, y, below, 10, most=_WHO_WIDTH - 3 * mm, color=BLACK)
        for number, (item, quantity) in enumerate(lines):
            y = top - 5.4 * mm - number * _LINE
            width = text.draw(canvas, ticks - 3 * mm, y, quantity, 12, bold=True, align="right", color=BLACK)
            text.draw(canvas, goods, y, item, 11, most=ticks - goods - width - 4 * mm, color=BLACK)
        _frame(canvas, flow, top, height, one.state)

    return height, draw


def _blank(flow: Flow) -> Block:
    def draw(canvas: Canvas, top: float) -> None:
        _frame(canvas, flow, top, _LEAST, None)

    return draw


def _walk_in(flow: Flow) -> Block:
    def draw(canvas: Canvas, top: float) -> None:
        text.draw(canvas, flow.left, top - 4.4 * mm, both(_WALK_IN), 11, bold=True, most=flow.width, color=BLACK)

    return draw


def _end(flow: Flow) -> Block:
    def draw(canvas: Canvas, top: float) -> None:
        blank_line(canvas, flow.left, top - 10 * mm, 70 * mm, both(_HANDLER), 9)
        text.draw(canvas, flow.left, top - 20 * mm, both(_GIVE_BACK), 9, most=flow.width, color=BLACK)

    return draw
