"""The thank-you receipt for a donation of goods: A5, in both languages, with two signatures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reportlab.lib.pagesizes import A5
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from caringstreet.printing import text
from caringstreet.printing.flow import BLACK, Block, Column, Flow, Grid, blank_line, both, page_foot, put_grid
from caringstreet.printing.page import new_pdf
from caringstreet.rules.phones import shown_phone
from caringstreet.words import mark, words_for

_TITLE = mark("Thank-you receipt")
_NUMBER = mark("Receipt no. {n}")
_GIVEN_BY = mark("Given by")
_FOR = mark("Passed on to {receiver}")
_THANKS = mark("Thank you. Your goods go to neighbours of this street who can use them.")
_THANKS_PASSED_ON = mark("Thank you. Your goods help those who look after this street.")
_GIVER = mark("Giver's signature")
_TEAM = mark("Team's signature")


@dataclass(frozen=True)
class PrintedReceipt:
    """A donation as it is thanked for; quantities with their units, in Chinese and in English."""

    number: int
    day: date
    giver: str
    lines: Sequence[tuple[str, str, str]]
    passed_on_to: tuple[str, str] = ("", "")


def print_receipt(receipt: PrintedReceipt, out: Path, *, street: str, team: str, phone: str, made: str, practice: bool) -> int:
    """Write one receipt and return its pages. Raises OSError; then no file appears."""
    flow = Flow(A5, 12 * mm, 14 * mm)
    flow.put(33 * mm, _head(flow, receipt, street))
    flow.put(21 * mm, _giver(flow, receipt))
    columns = (
        Column(both(mark("Goods"))),
        Column(words_for("zh_HK").say(mark("Quantity")), figures=True),
        Column(words_for("en").say(mark("Quantity")), figures=True),
    )
    put_grid(flow, Grid(columns, list(receipt.lines)), 11)
    flow.space(6 * mm)
    flow.put(25 * mm, _thanks(flow, receipt), keep=24 * mm)
    flow.to_foot(18 * mm)
    flow.put(18 * mm, _signatures(flow))
    numbered = words_for("zh_HK").say(_NUMBER, n=receipt.number)
    foot = " · ".join(part for part in (team, shown_phone(phone), numbered, made) if part)
    with new_pdf(out, words_for("zh_HK").say(_TITLE), team, practice=practice) as canvas:
        flow.draw(canvas, page_foot(flow, foot))
    return flow.pages


def _head(flow: Flow, receipt: PrintedReceipt, street: str) -> Block:
    zh, en = words_for("zh_HK"), words_for("en")

    def draw(canvas: Canvas, top: float) -> None:
        text.draw(canvas, flow.left, top - 4 * mm, street, 11, most=flow.width * 0.6, color=text.DIM)
        text.draw(canvas, flow.left, top - 14 * mm, zh.say(_TITLE), 24, bold=True, color=BLACK)
        text.draw(canvas, flow.left, top - 20 * mm, en.say(_TITLE), 13, color=BLACK)
        for y, said, size, bold in (
            (4, zh.say(_NUMBER, n=receipt.number), 13, True),
            (9, en.say(_NUMBER, n=receipt.number), 9, False),
            (15, zh.date(receipt.day), 13, True),
            (20, en.date(receipt.day), 9, False),
        ):
            text.draw(canvas, flow.right, top - y * mm, said, size, bold=bold, align="right", color=BLACK)

    return draw


def _giver(flow: Flow, receipt: PrintedReceipt) -> Block:
    lines, size = text.wrapped(receipt.giver, 17, flow.width, 2, bold=True, smallest=10)

    def draw(canvas: Canvas, top: float) -> None:
        text.draw(canvas, flow.left, top - 3 * mm, both(_GIVEN_BY), 9, color=text.DIM)
        y = top - 10 * mm
        for line in lines:
            text.draw(canvas, flow.left, y, line, size, bold=True, most=flow.width, color=BLACK)
            y -= size * 1.2

    return draw


def _thanks(flow: Flow, receipt: PrintedReceipt) -> Block:
    said = _THANKS_PASSED_ON if any(receipt.passed_on_to) else _THANKS

    def draw(canvas: Canvas, top: float) -> None:
        y = top
        for language, points, bold, receiver in zip(("zh_HK", "en"), (13, 10), (True, False), receipt.passed_on_to, strict=True):
            words = words_for(language)
            parts = [words.say(said), *([words.say(_FOR, receiver=receiver)] if receiver else [])]
            for part in parts:
                lines, size = text.wrapped(part, points, flow.width, 2, bold=bold)
                for line in lines:
                    y -= size * 1.3
                    text.draw(canvas, flow.left, y, line, size, bold=bold, most=flow.width, color=BLACK)

    return draw


def _signatures(flow: Flow) -> Block:
    def draw(canvas: Canvas, top: float) -> None:
        width = (flow.width - 8 * mm) / 2
        for place, said in enumerate((_GIVER, _TEAM)):
            blank_line(canvas, flow.left + place * (width + 8 * mm), top - 12 * mm, width, both(said), 9)

    return draw
