"""A notice for a shop's counter that vouchers are good for longer, in both languages, on A4 or A5."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reportlab.lib.pagesizes import A4, A5
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from caringstreet.printing import text
from caringstreet.printing.page import new_pdf
from caringstreet.progress import NoProgress, Progress
from caringstreet.rules.phones import shown_phone
from caringstreet.words import Words, mark, words_for

SIZES = {"A4": A4, "A5": A5}

_HEADING = mark("Vouchers are good for longer")
_DAYS = mark("Vouchers whose last day is from {first} to {last} may be used until {until}.")
_DAY = mark("Vouchers whose last day is {first} may be used until {until}.")
_OLD_PAPER = mark("The voucher may still show the old day. Please take it; the code is the same.")
_REASON = mark("Reason: {reason}")
_THANKS = mark("Thank you for your help.")
_QUESTIONS = mark("Questions: {team} {phone}")


@dataclass(frozen=True)
class Notice:
    """What a shop is told; the reason in both languages, or twice as it was written."""

    shop_zh: str
    shop_en: str
    due_from: date
    due_to: date
    until: date
    reason_zh: str
    reason_en: str


def print_notices(
    notices: Sequence[Notice], out: Path, *, team: str, phone: str, size: str = "A4", practice: bool, progress: Progress | None = None
) -> int:
    """One page for each shop; returns the pages. Raises OSError or Cancelled; then no file appears."""
    progress = progress or NoProgress()
    with new_pdf(out, words_for("zh_HK").say(_HEADING), team, practice=practice) as canvas:
        canvas.setPageSize(SIZES[size])
        for done, notice in enumerate(notices):
            progress.at(done, len(notices))
            _page(canvas, notice, SIZES[size], team, shown_phone(phone))
            canvas.showPage()
        progress.at(len(notices), len(notices))
    return len(notices)


def _page(canvas: Canvas, notice: Notice, size: tuple[float, float], team: str, phone: str) -> None:
    scale = size[0] / A4[0]
    y = size[1] - 34 * mm * scale
    for language, shop, reason in (
        ("zh_HK", notice.shop_zh, notice.reason_zh),
        ("en", notice.shop_en or notice.shop_zh, notice.reason_en),
    ):
        y = _part(canvas, words_for(language), notice, shop, reason, size, scale, y)
        y -= 14 * mm * scale
    questions = words_for("zh_HK").say(_QUESTIONS, team=team, phone=phone).strip()
    most = size[0] - 44 * mm * scale
    text.draw(canvas, 22 * mm * scale, 20 * mm * scale, questions, 13 * scale, most=most, color=text.DIM)


def _part(
    canvas: Canvas,
    words: Words,
    notice: Notice,
    shop: str,
    reason: str,
    size: tuple[float, float],
    scale: float,
    y: float,
) -> float:
    """One language from `y` downwards; returns where it ended."""
    left, most, large = 22 * mm * scale, size[0] - 44 * mm * scale, words.language == "zh_HK"
    days = _DAY if notice.due_from == notice.due_to else _DAYS
    facts = {"first": notice.due_from, "last": notice.due_to, "until": notice.until}
    said = words.say(days, **{name: words.date(day) for name, day in facts.items()})
    text.draw(canvas, left, y, shop, 15 * scale, most=most, color=text.DIM)
    y -= (15 if large else 12) * mm * scale
    text.draw(canvas, left, y, words.say(_HEADING), (34 if large else 25) * scale, bold=True, most=most, color=text.ACCENT)
    y -= 15 * mm * scale
    for paragraph, points, bold in (
        (said, 20 if large else 16, True),
        (words.say(_OLD_PAPER), 16 if large else 13, False),
        (words.say(_REASON, reason=reason) if reason else "", 16 if large else 13, False),
        (words.say(_THANKS), 16 if large else 13, False),
    ):
        if not paragraph:
            continue
        lines, fitted = text.wrapped(paragraph, points * scale, most, 3, bold=bold)
        for line in lines:
            text.draw(canvas, left, y, line, fitted, bold=bold, most=most)
            y -= fitted * 1.55
        y -= 3.5 * mm * scale
    return y
