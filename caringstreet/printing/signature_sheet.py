"""The list of a hand-out on paper: who receives what, ticked and signed by hand, with empty rows for who just comes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from caringstreet.printing import text
from caringstreet.printing.flow import (
    BLACK,
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
_TAKEN = mark("Received")
_NOT_NEEDED = mark("Not needed")
_NOT_HERE = mark("Not here")
_TICKS = ((LineState.GIVEN, _TAKEN), (LineState.DECLINED, _NOT_NEEDED), (LineState.NO_SHOW, _NOT_HERE))
#: Whether somebody came is asked once of each household; the other two of each thing.
_ONCE, _EACH = LineState.NO_SHOW, (LineState.GIVEN, LineState.DECLINED)
_SIGN = mark("Signature")
_WALK_IN = mark("Came without being on the list")
_TOTAL = mark("Totals of this list")
_CUT = mark("Cut along the dashes: each neighbour signs only their own strip.")
_NO_DUTY = mark("Not needed? Tick it beside the thing; nobody has to take anything.")
_HANDLER = mark("Handed out by")
_GIVE_BACK = mark("Give this list back to the staff; it is shredded once recorded.")
_WHO_WIDTH, _TICK_WIDTH, _SIGN_WIDTH = 48 * mm, 15 * mm, 46 * mm
_LINE, _TOP, _LEAST, _END = 7 * mm, 8.5 * mm, 14 * mm, 2.5 * mm
_BLANK_ROWS, _BLANK_ROWS_ALONE = 3, 8


@dataclass(frozen=True)
class PrintedGoods:
    """One thing on a strip; its state ticks a box where it is recorded already."""

    item: str
    quantity: str
    state: LineState = LineState.PLANNED


@dataclass(frozen=True)
class PrintedRecipient:
    """A household or a group with what it is to receive; `language` empty where it reads Chinese."""

    number: str
    name: str
    language: str
    goods: tuple[PrintedGoods, ...]


@dataclass(frozen=True)
class PrintedList:
    """A hand-out; `totals` are item, quantity in Chinese and in English."""

    name: str
    day: date
    recipients: Sequence[PrintedRecipient]
    totals: Sequence[tuple[str, str, str]]


def print_signature_sheet(printed: PrintedList, out: Path, *, street: str, team: str, phone: str, made: str, practice: bool) -> int:
    """Write the list and return its pages. Raises OSError; then no file appears."""
    flow = Flow(A4, 12 * mm, 14 * mm)
    flow.put(26 * mm, _head(flow, printed, street))
    for one in printed.recipients:
        _put_strip(flow, printed, one)
    flow.space(4 * mm)
    flow.put(7 * mm, _walk_in(flow), keep=_TOP + _LEAST + _END)
    for _ in range(_BLANK_ROWS if printed.recipients else _BLANK_ROWS_ALONE):
        _put_strip(flow, printed, None)
    flow.space(5 * mm)
    if printed.totals:
        columns = (
            Column(both(_TOTAL)),
            Column(words_for("zh_HK").say(mark("Quantity")), figures=True),
            Column(words_for("en").say(mark("Quantity")), figures=True),
        )
        put_grid(flow, Grid(columns, list(printed.totals)), 11)
    flow.to_foot(22 * mm)
    flow.put(22 * mm, _end(flow))
    foot = " · ".join(part for part in (team, shown_phone(phone), printed.name, words_for("zh_HK").date(printed.day), made) if part)
    with new_pdf(out, words_for("zh_HK").say(_TITLE), team, practice=practice) as canvas:
        flow.draw(canvas, page_foot(flow, foot))
    return flow.pages


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
        for number, said in enumerate((_CUT, _NO_DUTY)):
            text.draw(canvas, flow.left, top - (17.5 + number * 4.6) * mm, both(said), 9, most=flow.width, color=BLACK)

    return draw


def _put_strip(flow: Flow, printed: PrintedList, one: PrintedRecipient | None) -> None:
    """What one neighbour is shown and signs, cut from its neighbours'; an empty strip for who just comes."""
    goods, ticks, _ = _columns(flow)
    rows = [] if one is None else [_thing(thing, ticks - goods - 5 * mm) for thing in one.goods]
    who = text.wrapped(one.name, 13, _WHO_WIDTH - 3 * mm, 3, bold=True, smallest=9.5) if one is not None else ([], 13.0)
    below = "" if one is None else " · ".join(part for part in (one.number, one.language) if part)
    room = max(_LEAST, sum(height for height, _ in rows), (len(who[0]) + bool(below)) * 5.6 * mm)
    height = float(_TOP + room + _END)

    def draw(canvas: Canvas, top: float) -> None:
        _strip_frame(canvas, flow, printed, top, height)
        y = top - _TOP - 4 * mm
        for line in who[0]:
            text.draw(canvas, flow.left, y, line, who[1], bold=True, most=_WHO_WIDTH - 3 * mm, color=BLACK)
            y -= 5.6 * mm
        text.draw(canvas, flow.left, y, below, 10, most=_WHO_WIDTH - 3 * mm, color=BLACK)
        states = {thing.state for thing in one.goods} if one is not None else set()
        _boxes(canvas, ticks, top - _TOP, (_ONCE,), states.pop() if len(states) == 1 else None)
        y = top - _TOP
        if not rows:
            _boxes(canvas, ticks, y, _EACH, None)
        for thing_height, block in rows:
            _boxes(canvas, ticks, y, _EACH, block(canvas, goods, ticks, y))
            y -= thing_height

    flow.put(height, draw)


#: Draws a thing between two edges below a height, and says what is recorded of it.
_Thing = Callable[[Canvas, float, float, float], LineState]


def _thing(thing: PrintedGoods, most: float) -> tuple[float, _Thing]:
    """A thing and its quantity: a long name takes a second line rather than become small."""
    room = most - text.width_of(thing.quantity, 12, bold=True)
    lines, _ = text.wrapped(thing.item, 11, room, 2, smallest=11)

    def draw(canvas: Canvas, left: float, right: float, top: float) -> LineState:
        text.draw(canvas, right - 3 * mm, top - 4.6 * mm, thing.quantity, 12, bold=True, align="right", color=BLACK)
        for number, line in enumerate(lines):
            text.draw(canvas, left, top - 4.6 * mm - number * 5 * mm, line, 11, most=room, color=BLACK)
        return thing.state

    return float(max(_LINE, len(lines) * 5 * mm + 2 * mm)), draw


def _boxes(canvas: Canvas, ticks: float, top: float, which: Sequence[LineState], state: LineState | None) -> None:
    for number, (one, _) in enumerate(_TICKS):
        if one in which:
            tick_box(canvas, ticks + number * _TICK_WIDTH + 4.5 * mm, top - 5.8 * mm, 5.4 * mm, ticked=state is one)


def _strip_frame(canvas: Canvas, flow: Flow, printed: PrintedList, top: float, height: float) -> None:
    """What every strip has: which list it is of, the names of its boxes, where to sign and where to cut."""
    zh, en = words_for("zh_HK"), words_for("en")
    _, ticks, sign = _columns(flow)
    said = " · ".join((printed.name, zh.date_short(printed.day)))
    text.draw(canvas, flow.left, top - 4.6 * mm, said, 8, most=ticks - flow.left - 4 * mm, color=text.DIM)
    for number, (_, name) in enumerate(_TICKS):
        x = ticks + (number + 0.5) * _TICK_WIDTH - 0.3 * mm
        text.draw(canvas, x, top - 4.4 * mm, zh.say(name), 9, bold=True, align="center", most=_TICK_WIDTH - 1 * mm, color=BLACK)
        text.draw(canvas, x, top - 7.2 * mm, en.say(name), 6.5, align="center", most=_TICK_WIDTH - 1 * mm, color=BLACK)
    canvas.setLineWidth(0.9)
    canvas.setStrokeColorRGB(*BLACK)
    canvas.rect(sign, top - height + 2 * mm, _SIGN_WIDTH, height - 4 * mm, stroke=1, fill=0)
    text.draw(canvas, sign + 1.5 * mm, top - 5.4 * mm, both(_SIGN), 7, color=text.DIM)
    canvas.saveState()
    canvas.setLineWidth(0.5)
    canvas.setDash(3, 2)
    canvas.line(flow.left - 4 * mm, top, flow.right + 4 * mm, top)
    canvas.line(flow.left - 4 * mm, top - height, flow.right + 4 * mm, top - height)
    canvas.restoreState()


def _walk_in(flow: Flow) -> Block:
    def draw(canvas: Canvas, top: float) -> None:
        text.draw(canvas, flow.left, top - 4.4 * mm, both(_WALK_IN), 11, bold=True, most=flow.width, color=BLACK)

    return draw


def _end(flow: Flow) -> Block:
    def draw(canvas: Canvas, top: float) -> None:
        blank_line(canvas, flow.left, top - 10 * mm, 70 * mm, both(_HANDLER), 9)
        text.draw(canvas, flow.left, top - 20 * mm, both(_GIVE_BACK), 9, most=flow.width, color=BLACK)

    return draw
