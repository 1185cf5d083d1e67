"""The words of one voucher: what a shop reads at arm's length, and beside it the household's own language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from caringstreet.printing import text
from caringstreet.printing.page import PRACTICE
from caringstreet.printing.phrases import PHRASES
from caringstreet.rules.phones import shown_phone
from caringstreet.words import words_for

#: Old eyes need it: no line of the second language is smaller, on either size of paper.
_SECOND = 11.0
_LEFT = 5 * mm


@dataclass(frozen=True)
class PrintedVoucher:
    """One voucher's words and code; `pay_cents` None where only the till knows. Nothing of the household.

    `terms_second` are days and hours in the household's language, each a phrase and its figures; `issuer` is street and team.
    """

    shop_zh: str
    shop_en: str
    shop_kind: str
    place: str
    title_zh: str
    title_en: str
    pay_cents: int | None
    valid_from: date
    valid_to: date
    terms_zh: str
    terms_second: tuple[tuple[str, str], ...]
    code: str
    qr_prefix: str
    digits: str
    issuer: str
    phone: str
    specimen: bool = False


@dataclass(frozen=True)
class Face:
    """The room for words: sizes of type grow by `scale`, distances from the top edge by `spread`."""

    width: float
    height: float
    scale: float
    spread: float


class _Writer:
    """Writes lines at their distance from the top edge, in millimetres of the standard size."""

    def __init__(self, canvas: Canvas, face: Face, beside_qr: float, language: str) -> None:
        self.canvas, self.face, self.beside_qr = canvas, face, beside_qr
        self.whole = face.width - 2 * _LEFT
        self.own = PHRASES[language]
        self.rightward = language == "ur"

    def at(self, y: float) -> float:
        return float(self.face.height - y * self.face.spread * mm)

    def line(
        self, y: float, said: str, size: float, *, most: float | None = None, bold: bool = False, color: Sequence[float] = text.INK
    ) -> None:
        """One line, smaller where it must be."""
        text.draw(self.canvas, _LEFT, self.at(y), said, size * self.face.scale, most=most or self.beside_qr, bold=bold, color=color)

    def second(self, y: float, pairs: Sequence[tuple[str, str]], most: float, x: float = _LEFT) -> None:
        """Phrases with their values in the second language, cut rather than made too small to read."""
        size = _SECOND * self.face.scale
        for number, (phrase, value) in enumerate(pairs):
            room = most - x + _LEFT
            if room < size:
                return
            gap = size * 0.35 if phrase and value else 0
            value_width = text.width_of(value, size, bold=True)
            phrase, _ = text.fitted(phrase, size, room - value_width - gap, smallest=size)
            phrase_width = text.width_of(phrase, size)
            places = (x + value_width + gap, x) if self.rightward else (x, x + phrase_width + gap)
            text.draw(self.canvas, places[0], self.at(y), phrase, size)
            text.draw(self.canvas, places[1], self.at(y), value, size, bold=True, most=max(room, value_width))
            x += phrase_width + gap + value_width + size
            if number + 1 < len(pairs):
                text.draw(self.canvas, x - size, self.at(y), "·", size)


def draw_face(canvas: Canvas, voucher: PrintedVoucher, language: str, face: Face, beside_qr: float) -> None:
    """Draw the words of a voucher; `beside_qr` is the room left of its code."""
    writer = _Writer(canvas, face, beside_qr, language)
    if voucher.specimen:
        _specimen(canvas, face, beside_qr)
    second = language != "zh_HK"
    _draw_shop(writer, voucher, second=second)
    _draw_offer(writer, voucher, second=second)
    if second:
        _draw_second(writer, voucher)


def _draw_shop(writer: _Writer, voucher: PrintedVoucher, *, second: bool) -> None:
    canvas, s = writer.canvas, writer.face.scale
    mark = 10 * s * mm
    _kind_mark(canvas, _LEFT, writer.at(3.2) - mark, mark, voucher.shop_kind or voucher.shop_zh)
    x = _LEFT + mark + 2.5 * mm
    room = writer.whole - mark - 2.5 * mm
    text.draw(
        canvas, _LEFT + writer.whole, writer.at(3.9), f"{voucher.issuer} · 不得轉售", 7.5 * s, align="right", most=room, color=text.DIM
    )
    if text.width_of(voucher.shop_zh, 18 * s, bold=True) <= room:
        text.draw(canvas, x, writer.at(10.4), voucher.shop_zh, 18 * s, bold=True)
    else:
        lines, size = text.wrapped(voucher.shop_zh, 14 * s, room, 2, bold=True, smallest=10 * s)
        for said, y in zip(lines, (8.4, 13.0) if len(lines) == 2 else (10.4,), strict=True):
            text.draw(canvas, x, writer.at(y), said, size, bold=True)
    beneath = voucher.shop_en if second else ""
    y = 15.2 if s == 1 else 14.6
    if beneath:
        fitting, size = text.fitted(beneath, _SECOND * s, room, smallest=_SECOND * s)
        text.draw(canvas, x, writer.at(y), fitting, size)
        writer.line(18.9, voucher.place, 8.5, color=text.DIM)
    else:
        text.draw(canvas, x, writer.at(y), voucher.place, 9 * s, most=room, color=text.DIM)


def _draw_offer(writer: _Writer, voucher: PrintedVoucher, *, second: bool) -> None:
    zh, s, own = words_for("zh_HK"), writer.face.scale, PHRASES["zh_HK"]
    lines, size = [voucher.title_zh], 17 * s
    if text.width_of(voucher.title_zh, size, bold=True) > writer.beside_qr:
        lines, size = text.wrapped(voucher.title_zh, (12.5 if second else 14) * s, writer.beside_qr, 2, bold=True)
    for said, y in zip(lines, (25.6,) if len(lines) == 1 else (23.8, 28.4) if second else (23.4, 29), strict=True):
        text.draw(writer.canvas, _LEFT, writer.at(y), said, size, bold=True)
    pay, until, since, lost = (35.6, 44.6, 48.2, 64.8) if second else (37.5, 46, 51, 57)
    if voucher.pay_cents is not None:
        said = own.free if voucher.pay_cents == 0 else f"{own.you_pay} {zh.dollars(voucher.pay_cents)}"
        writer.line(pay, said, 20 if second else 23, bold=True, color=text.ACCENT)
    writer.line(until, f"{zh.date(voucher.valid_to)}{own.use_by}", 11, bold=True)
    start = f"{voucher.valid_from.month}月{voucher.valid_from.day}日起"
    writer.line(since, " · ".join(part for part in (start, voucher.terms_zh) if part), 8.5, color=text.DIM)
    phone = shown_phone(voucher.phone)
    if phone and not second:
        writer.line(lost, f"{own.if_lost} {phone}", 8.5, color=text.DIM)


def _draw_second(writer: _Writer, voucher: PrintedVoucher) -> None:
    """Beside the code only short lines, below it whole ones."""
    own, en = writer.own, words_for("en")
    if voucher.pay_cents is not None:
        pays = (own.free, "") if voucher.pay_cents == 0 else (own.you_pay, en.dollars(voucher.pay_cents))
        writer.second(40.2, [pays], writer.beside_qr)
    if voucher.terms_second:
        writer.second(52.4, voucher.terms_second, writer.beside_qr)
    if voucher.title_en:
        writer.second(56.5, [(voucher.title_en, "")], writer.whole)
    until, since = en.date_brief(voucher.valid_to), en.date_brief(voucher.valid_from, year=False)
    writer.second(60.6, [(own.use_by, until), (own.valid_from, since)], writer.whole)
    phone = shown_phone(voucher.phone)
    if phone:
        said = PHRASES["zh_HK"].if_lost
        text.draw(writer.canvas, _LEFT, writer.at(64.7), said, 8.5 * writer.face.scale, color=text.DIM)
        x = _LEFT + text.width_of(said, 8.5 * writer.face.scale) + 1.5 * mm
        writer.second(64.7, [(own.if_lost, phone)], writer.whole, x)


def _kind_mark(canvas: Canvas, x: float, y: float, side: float, kind: str) -> None:
    """One character of the trade in a ring: read from afar, and it survives a poor printer."""
    canvas.setStrokeColorRGB(*text.ACCENT)
    canvas.setLineWidth(side / 14)
    canvas.circle(x + side / 2, y + side / 2, side / 2 - side / 20, stroke=1, fill=0)
    first = re.sub(r"[^\w]", "", kind)[:1] or "街"
    text.draw(canvas, x + side / 2, y + side * 0.31, first, side * 0.56, bold=True, align="center", color=text.ACCENT)


def _specimen(canvas: Canvas, face: Face, most: float) -> None:
    """Behind the words and away from the code, so that it still scans."""
    canvas.saveState()
    canvas.translate(_LEFT + most / 2, face.height * 0.42)
    canvas.rotate(24)
    text.draw(canvas, 0, 0, PRACTICE, 20 * face.scale, bold=True, align="center", color=(0.87, 0.87, 0.87))
    canvas.restoreState()
