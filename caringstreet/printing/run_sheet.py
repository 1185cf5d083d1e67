"""The run sheet of a bread run: large, without a word about any household, one block a stop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from caringstreet.printing import text
from caringstreet.printing.flow import BLACK, Block, Flow, page_foot, tick_box
from caringstreet.printing.page import new_pdf
from caringstreet.printing.symbols import draw_symbol
from caringstreet.rules.goods import StorageClass
from caringstreet.rules.phones import shown_phone
from caringstreet.scanning.qr import text_symbol
from caringstreet.wording.labels import label
from caringstreet.words import mark, words_for

_TITLE = mark("Run sheet")
_VOLUNTEERS = mark("Volunteers: {n}")
_VOLUNTEERS_OPEN = mark("Volunteers: ____")
_ESTIMATE = mark("Estimate {amount}")
_NO_ESTIMATE = mark("No estimate yet")
_URGENT = mark("In an emergency call the team: {phone}")
_SCAN = mark("Scan to enter")
_COLLECTED_AT = mark("Collected at")
_LIMITS = mark("Food: how hot, how cold, how long")
#: Source: `context.md` 2.4 (FEHD practice guide, Centre for Food Safety), as in `rules/goods.py`.
_RULES = (
    mark("Hot food stays above 60 °C, cold food at 4 °C or below."),
    mark("Left standing: into the fridge within 2 hours, thrown away after 4."),
    mark("Without a warm box or ice packs: hand it over within 1 hour."),
)
_STOP, _QR, _NUMERAL, _TIME = 68.5 * mm, 25 * mm, 15 * mm, 66 * mm


@dataclass(frozen=True)
class PrintedStop:
    """A stop; `estimate` in Chinese and in English, empty where nothing was announced."""

    position: int
    name_zh: str
    name_en: str
    address: str
    opening: str
    estimate: tuple[str, str]
    note: str
    code: str


@dataclass(frozen=True)
class PrintedRun:
    """A run as it is carried along; `volunteers` None where nobody can say yet, `boxes` are named in Chinese and English."""

    day: date
    volunteers: int | None
    estimate: tuple[str, str]
    note: str
    stops: Sequence[PrintedStop]
    boxes: Sequence[tuple[str, str]]


def print_run_sheet(run: PrintedRun, out: Path, *, street: str, team: str, phone: str, made: str, practice: bool) -> int:
    """Write the sheet and return its pages. Raises OSError; then no file appears."""
    flow = Flow(A4, 12 * mm, 14 * mm)
    flow.put(33 * mm, _head(flow, run, street))
    flow.put(35 * mm, _limits(flow, team, phone))
    flow.space(3 * mm)
    for stop in run.stops:
        flow.put(_STOP, _block(flow, stop, run.boxes))
    with new_pdf(out, words_for("zh_HK").say(_TITLE), team, practice=practice) as canvas:
        flow.draw(canvas, page_foot(flow, " · ".join((words_for("zh_HK").say(_TITLE), words_for("zh_HK").date(run.day), team, made))))
    return flow.pages


def _head(flow: Flow, run: PrintedRun, street: str) -> Block:
    zh, en = words_for("zh_HK"), words_for("en")
    crew = [words.say(_VOLUNTEERS, n=run.volunteers) if run.volunteers else words.say(_VOLUNTEERS_OPEN) for words in (zh, en)]
    said = [words.say(_ESTIMATE, amount=one) if one else words.say(_NO_ESTIMATE) for words, one in zip((zh, en), run.estimate, strict=True)]

    def draw(canvas: Canvas, top: float) -> None:
        half = flow.width / 2 - 3 * mm
        text.draw(canvas, flow.left, top - 9 * mm, zh.say(_TITLE), 28, bold=True, color=BLACK)
        text.draw(canvas, flow.left, top - 15 * mm, " · ".join((en.say(_TITLE), street)), 12, most=half, color=BLACK)
        text.draw(canvas, flow.right, top - 9 * mm, zh.date_short(run.day), 22, bold=True, align="right", color=BLACK)
        text.draw(canvas, flow.right, top - 15 * mm, en.date(run.day), 12, align="right", color=BLACK)
        text.draw(canvas, flow.left, top - 23 * mm, " · ".join((crew[0], said[0])), 15, bold=True, most=flow.width, color=BLACK)
        line = " · ".join(part for part in (crew[1], said[1], run.note) if part)
        text.draw(canvas, flow.left, top - 28.5 * mm, line, 11, most=flow.width, color=BLACK)

    return draw


def _limits(flow: Flow, team: str, phone: str) -> Block:
    """The limits that keep food safe, and whom to call."""

    def draw(canvas: Canvas, top: float) -> None:
        canvas.setStrokeColorRGB(*BLACK)
        canvas.setLineWidth(1.4)
        canvas.rect(flow.left, top - 35 * mm, flow.width, 35 * mm, stroke=1, fill=0)
        x, most = flow.left + 3 * mm, flow.width - 6 * mm
        zh, en = words_for("zh_HK"), words_for("en")
        width = text.draw(canvas, x, top - 5.6 * mm, zh.say(_LIMITS), 12, bold=True, color=BLACK)
        text.draw(canvas, x + width + 3 * mm, top - 5.6 * mm, en.say(_LIMITS), 9, color=BLACK)
        y = top - 11.4 * mm
        for rule in _RULES:
            width = text.draw(canvas, x, y, zh.say(rule), 11, bold=True, most=most * 0.55, color=BLACK)
            text.draw(canvas, x + width + 3 * mm, y, en.say(rule), 8.5, most=most - width - 3 * mm, color=BLACK)
            y -= 5.6 * mm
        number = shown_phone(phone) or team
        width = text.draw(canvas, x, top - 31 * mm, zh.say(_URGENT, phone=number), 14, bold=True, color=BLACK)
        text.draw(canvas, x + width + 3 * mm, top - 31 * mm, en.say(_URGENT, phone=number), 9, most=most - width - 3 * mm, color=BLACK)

    return draw


def _block(flow: Flow, stop: PrintedStop, boxes: Sequence[tuple[str, str]]) -> Block:
    def draw(canvas: Canvas, top: float) -> None:
        canvas.setStrokeColorRGB(*BLACK)
        canvas.setLineWidth(1.0)
        canvas.line(flow.left, top, flow.right, top)
        text.draw(
            canvas,
            flow.left + _NUMERAL / 2 - 1 * mm,
            top - 13 * mm,
            str(stop.position),
            34,
            bold=True,
            align="center",
            most=_NUMERAL - 2 * mm,
            color=BLACK,
        )
        draw_symbol(canvas, text_symbol(stop.code), flow.right - _QR, top - _QR - 1 * mm, _QR)
        scan = " ".join((words_for("zh_HK").say(_SCAN), words_for("en").say(_SCAN)))
        text.draw(canvas, flow.right, top - _QR - 2.6 * mm, scan, 7.5, align="right", color=BLACK)
        _draw_shop(canvas, flow, stop, top)
        _draw_time(canvas, flow, top - 31.5 * mm)
        _draw_storage(canvas, flow, top - 37.4 * mm)
        _draw_boxes(canvas, flow, top - 65 * mm, boxes)

    return draw


def _draw_shop(canvas: Canvas, flow: Flow, stop: PrintedStop, top: float) -> None:
    x = flow.left + _NUMERAL
    most = flow.right - _QR - 3 * mm - x
    zh, en = words_for("zh_HK"), words_for("en")
    text.draw(canvas, x, top - 7.5 * mm, stop.name_zh, 19, bold=True, most=most, color=BLACK)
    text.draw(canvas, x, top - 12 * mm, stop.name_en, 10, most=most, color=BLACK)
    lines, size = text.wrapped(stop.address, 13, most, 1, smallest=10)
    text.draw(canvas, x, top - 18 * mm, lines[0], size, most=most, color=BLACK)
    text.draw(canvas, x, top - 23 * mm, " · ".join(part for part in (stop.opening, stop.note) if part), 10.5, most=most, color=BLACK)
    known = all(stop.estimate)
    chinese = zh.say(_ESTIMATE, amount=stop.estimate[0]) if known else zh.say(_NO_ESTIMATE)
    english = en.say(_ESTIMATE, amount=stop.estimate[1]) if known else en.say(_NO_ESTIMATE)
    most = flow.right - _TIME - 4 * mm - x
    width = text.draw(canvas, x, top - 29.5 * mm, chinese, 14, bold=known, most=most, color=BLACK)
    text.draw(canvas, x + width + 3 * mm, top - 29.5 * mm, english, 10, most=most - width - 3 * mm, color=BLACK)


def _draw_storage(canvas: Canvas, flow: Flow, y: float) -> None:
    """One box to tick for each way to keep food."""
    zh, en = words_for("zh_HK"), words_for("en")
    x = flow.left + _NUMERAL
    for one in StorageClass:
        tick_box(canvas, x, y - 1 * mm, 5 * mm)
        width = text.draw(canvas, x + 6.5 * mm, y, label(zh, one), 12, bold=True, color=BLACK)
        width += text.draw(canvas, x + 6.5 * mm + width + 1.2 * mm, y, label(en, one), 8.5, color=BLACK)
        x += 6.5 * mm + width + 7 * mm


def _draw_time(canvas: Canvas, flow: Flow, y: float) -> None:
    """When it was collected, which starts the clock of cooked and chilled food."""
    x = flow.right - _TIME
    width = text.draw(canvas, x, y, words_for("zh_HK").say(_COLLECTED_AT), 12, bold=True, color=BLACK)
    width += text.draw(canvas, x + width + 1.2 * mm, y, words_for("en").say(_COLLECTED_AT), 8.5, color=BLACK)
    canvas.setStrokeColorRGB(*BLACK)
    canvas.setLineWidth(0.8)
    canvas.line(x + width + 3 * mm, y - 1 * mm, flow.right, y - 1 * mm)


def _draw_boxes(canvas: Canvas, flow: Flow, foot: float, boxes: Sequence[tuple[str, str]]) -> None:
    """Boxes to write figures into, large enough for cold hands; named and ordered as the screen asks for them."""
    gap = 3 * mm
    width = (flow.width - (len(boxes) - 1) * gap) / len(boxes)
    for place, (chinese, english) in enumerate(boxes):
        x = flow.left + place * (width + gap)
        text.draw(canvas, x, foot + 21 * mm, chinese, 12, bold=True, most=width, color=BLACK)
        text.draw(canvas, x, foot + 17.2 * mm, english, 8.5, most=width, color=BLACK)
        canvas.setLineWidth(1.2)
        canvas.setStrokeColorRGB(*BLACK)
        canvas.rect(x, foot, width, 15.5 * mm, stroke=1, fill=0)
