"""Voucher sheets on A4: eight to a page, or two in large print; one household a sheet."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from caringstreet.printing import text
from caringstreet.printing.page import HEIGHT, MARGIN, PRACTICE, WIDTH, new_pdf, ruler
from caringstreet.printing.phrases import PHRASES
from caringstreet.printing.symbols import draw_symbol
from caringstreet.progress import NoProgress, Progress
from caringstreet.rules.codes import pretty
from caringstreet.rules.phones import shown_phone
from caringstreet.scanning.qr import QrSymbol, side_mm, symbol
from caringstreet.words import words_for

_STRIP = 9 * mm


@dataclass(frozen=True)
class PrintedVoucher:
    """One voucher's words and code; `pay_cents` None where only the till knows. Nothing of the household."""

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
    terms_en: str
    code: str
    qr_prefix: str
    digits: str
    specimen: bool = False


@dataclass(frozen=True)
class PrintedSheet:
    """A household's vouchers; number and name stand only on the strip that is cut off at hand-out."""

    number: str
    display_name: str
    language: str
    large_print: bool
    vouchers: tuple[PrintedVoucher, ...]


@dataclass(frozen=True)
class PrintedFile:
    vouchers: int
    pages: int


@dataclass(frozen=True)
class _Layout:
    """Sizes in points; baselines are measured from the top of a voucher's box."""

    columns: int
    rows: int
    width: float
    height: float
    scale: float
    name: float
    qr_top: float

    @property
    def per_page(self) -> int:
        return self.columns * self.rows


_STANDARD = _Layout(2, 4, 97 * mm, 67 * mm, 1.0, 18, 18 * mm)
_LARGE = _Layout(1, 2, 194 * mm, 134 * mm, 1.75, 30, 38 * mm)


def print_sheets(
    sheets: Sequence[PrintedSheet], out: Path, *, team: str, phone: str, practice: bool, progress: Progress | None = None
) -> PrintedFile:
    """Draw all sheets into one PDF. Raises MissingGlyphs (nothing is written then), OSError or Cancelled."""
    progress = progress or NoProgress()
    for sheet in sheets:
        text.refuse_missing(sheet.display_name, *(f"{v.shop_zh}{v.shop_en}{v.title_zh}{v.place}" for v in sheet.vouchers))
    total = sum(len(sheet.vouchers) for sheet in sheets)
    drawer = _Drawer(team, phone)
    with new_pdf(out, words_for("zh_HK").say("Vouchers"), team, practice=practice) as canvas:
        done = pages = 0
        for sheet in sheets:
            layout = _LARGE if sheet.large_print else _STANDARD
            parts = [sheet.vouchers[at : at + layout.per_page] for at in range(0, len(sheet.vouchers), layout.per_page)]
            for number, part in enumerate(parts, 1):
                progress.at(done, total)
                drawer.page(canvas, replace(sheet, vouchers=part), layout, number, len(parts))
                canvas.showPage()
                done, pages = done + len(part), pages + 1
        progress.at(done, total)
    return PrintedFile(total, pages)


class _Drawer:
    """Draws pages; what vouchers of one offer share is drawn once and used again."""

    def __init__(self, team: str, phone: str) -> None:
        self._team = team
        self._phone = phone
        self._forms: dict[tuple[object, ...], str] = {}

    def page(self, canvas: Canvas, sheet: PrintedSheet, layout: _Layout, number: int, of: int) -> None:
        top = HEIGHT - MARGIN
        _strip(canvas, sheet, top, number, of)
        top -= _STRIP
        for place, voucher in enumerate(sheet.vouchers):
            column, row = place % layout.columns, place // layout.columns
            left, box_top = MARGIN + column * layout.width, top - row * layout.height
            canvas.saveState()
            canvas.translate(left, box_top - layout.height)
            canvas.doForm(self._form(canvas, voucher, sheet.language, layout))
            _draw_code(canvas, voucher, layout)
            canvas.restoreState()
        canvas.doForm(self._frame(canvas, layout, top))

    def _frame(self, canvas: Canvas, layout: _Layout, top: float) -> str:
        """Cut marks, ruler and the strip's own words: the same on every page."""
        if (layout,) not in self._forms:
            name = f"frame{layout.per_page}"
            canvas.beginForm(name)
            said = words_for("zh_HK").say("Cut off this strip at hand-out")
            text.draw(canvas, WIDTH - MARGIN, top + _STRIP - 5 * mm, said, 8, align="right", color=text.DIM)
            _cut_marks(canvas, layout, top)
            ruler(canvas, MARGIN - 1 * mm, words_for("zh_HK").say("50 mm: print at “actual size 100%”"))
            canvas.endForm()
            self._forms[(layout,)] = name
        return self._forms[(layout,)]

    def _form(self, canvas: Canvas, voucher: PrintedVoucher, language: str, layout: _Layout) -> str:
        key = (replace(voucher, code="", digits=""), language, layout)
        if key not in self._forms:
            name = f"v{len(self._forms)}"
            canvas.beginForm(name, 0, 0, layout.width, layout.height)
            self._draw_words(canvas, voucher, language, layout)
            canvas.endForm()
            self._forms[key] = name
        return self._forms[key]

    def _draw_words(self, canvas: Canvas, voucher: PrintedVoucher, language: str, layout: _Layout) -> None:
        s, left = layout.scale, 5 * mm
        beside_qr = layout.width - left - _qr_side(voucher, layout) - 6 * mm
        whole = layout.width - 2 * left

        def at(y: float) -> float:
            return float(layout.height - y * s * mm)

        if voucher.specimen:
            _specimen(canvas, layout, beside_qr)
        mark = 10.5 * s * mm
        _kind_mark(canvas, left, at(14.5), mark, voucher.shop_kind or voucher.shop_zh)
        beside_mark = left + mark + 2.5 * mm
        text.draw(canvas, beside_mark, at(10), voucher.shop_zh, layout.name, bold=True, most=whole - mark - 2.5 * mm)
        second = language != "zh_HK"
        place = f"{voucher.shop_en} · {voucher.place}" if second and voucher.shop_en else voucher.place
        text.draw(canvas, beside_mark, at(14.8), place, 9 * s, most=whole - mark - 2.5 * mm, color=text.DIM)
        lines, size = text.wrapped(voucher.title_zh, 17 * s, beside_qr, 1, bold=True, smallest=14 * s)
        if size < 14 * s or len(lines) > 1 or lines[0] != voucher.title_zh:
            lines, size = text.wrapped(voucher.title_zh, 13 * s, beside_qr, 2, bold=True)
        for line, y in zip(lines, (25,) if len(lines) == 1 else (21.6, 27), strict=True):
            text.draw(canvas, left, at(y), line, size, bold=True)
        if second and voucher.title_en:
            text.draw(canvas, left, at(31.2), voucher.title_en, 8.5 * s, most=beside_qr, color=text.DIM)
        self._draw_terms(canvas, voucher, language, layout, left, beside_qr)

    def _draw_terms(
        self, canvas: Canvas, voucher: PrintedVoucher, language: str, layout: _Layout, left: float, most: float
    ) -> None:
        s, zh, en = layout.scale, words_for("zh_HK"), words_for("en")

        def at(y: float) -> float:
            return float(layout.height - y * s * mm)

        own, second = PHRASES[language], language != "zh_HK"
        lower = 0.9 if language == "ur" else 0  # Nastaliq climbs far above its line
        if voucher.pay_cents is not None:
            pays = zh.dollars(voucher.pay_cents)
            text.draw(canvas, left, at(39.5), f"{PHRASES['zh_HK'].you_pay} {pays}", 23 * s, bold=True, most=most, color=text.ACCENT)
            if second:
                text.beside(canvas, left, at(44 + lower), own.you_pay, en.dollars(voucher.pay_cents), 9 * s, most, language=language)
        text.draw(canvas, left, at(49.6), f"{zh.date(voucher.valid_to)}{PHRASES['zh_HK'].use_by}", 11 * s, bold=True, most=most)
        if second:
            text.beside(canvas, left, at(53.4 + lower / 2), own.use_by, en.date(voucher.valid_to), 8 * s, most, language=language)
        start = f"{voucher.valid_from.month}月{voucher.valid_from.day}日起"
        terms = " · ".join(part for part in (start, voucher.terms_zh) if part)
        text.draw(canvas, left, at(57.2), terms, 8.5 * s, most=most, color=text.DIM)
        phone = shown_phone(self._phone)
        lost = f"{PHRASES['zh_HK'].if_lost} {phone}" if phone else self._team
        text.draw(canvas, left, at(61), f"{lost} · 不得轉售", 8.5 * s, most=most, color=text.DIM)
        if second and phone:
            text.beside(canvas, left, at(64.4 + lower), own.if_lost, phone, 7.5 * s, layout.width - 2 * left, language=language)


def _strip(canvas: Canvas, sheet: PrintedSheet, top: float, number: int, of: int) -> None:
    said = words_for("zh_HK").say("Cut off this strip at hand-out")
    said_width = text.width_of(said, 8)
    label = f"{sheet.number}　{sheet.display_name}　{number} / {of}"
    text.draw(canvas, MARGIN + 2 * mm, top - 5 * mm, label, 12, bold=True, most=WIDTH - 2 * MARGIN - said_width - 8 * mm)


def _cut_marks(canvas: Canvas, layout: _Layout, top: float) -> None:
    canvas.saveState()
    canvas.setStrokeColorRGB(0.6, 0.6, 0.6)
    canvas.setLineWidth(0.4)
    canvas.setDash(2, 2)
    bottom, right = top - layout.rows * layout.height, MARGIN + layout.columns * layout.width
    for row in range(layout.rows + 1):
        canvas.line(MARGIN, top - row * layout.height, right, top - row * layout.height)
    for column in range(layout.columns + 1):
        canvas.line(MARGIN + column * layout.width, top, MARGIN + column * layout.width, bottom)
    canvas.restoreState()


def _kind_mark(canvas: Canvas, x: float, y: float, side: float, kind: str) -> None:
    """One character of the trade in a ring: read from afar, and it survives a poor printer."""
    canvas.setStrokeColorRGB(*text.ACCENT)
    canvas.setLineWidth(side / 14)
    canvas.circle(x + side / 2, y + side / 2, side / 2 - side / 20, stroke=1, fill=0)
    first = re.sub(r"[^\w]", "", kind)[:1] or "街"
    text.draw(canvas, x + side / 2, y + side * 0.31, first, side * 0.56, bold=True, align="center", color=text.ACCENT)


def _specimen(canvas: Canvas, layout: _Layout, most: float) -> None:
    """Behind the words and away from the code, so that it still scans."""
    canvas.saveState()
    canvas.translate(5 * mm + most / 2, layout.height * 0.42)
    canvas.rotate(24)
    text.draw(canvas, 0, 0, PRACTICE, 20 * layout.scale, bold=True, align="center", color=(0.87, 0.87, 0.87))
    canvas.restoreState()


def _qr_side(voucher: PrintedVoucher, layout: _Layout) -> float:
    from_version = side_mm(_symbol(voucher).version, 32.0 if layout is _STANDARD else 64.0)
    return float(from_version * mm)


def _symbol(voucher: PrintedVoucher) -> QrSymbol:
    return symbol(voucher.qr_prefix, voucher.digits)


def _draw_code(canvas: Canvas, voucher: PrintedVoucher, layout: _Layout) -> None:
    """The symbol, and the short code under it."""
    drawn, side = _symbol(voucher), _qr_side(voucher, layout)
    x = layout.width - side - 3 * mm
    y = layout.height - layout.qr_top - side
    draw_symbol(canvas, drawn, x, y, side)
    size = 14 if layout is _STANDARD else 22
    text.draw(canvas, x + side / 2, y - size * 0.55, pretty(voucher.code), size, bold=True, align="center", most=side + 4 * mm)
