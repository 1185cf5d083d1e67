"""Voucher sheets on A4: eight to a page, or two in large print; one household a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from caringstreet.printing import text
from caringstreet.printing.page import HEIGHT, MARGIN, WIDTH, new_pdf, ruler
from caringstreet.printing.symbols import draw_symbol
from caringstreet.printing.voucher_face import Face, PrintedVoucher, draw_face
from caringstreet.progress import NoProgress, Progress
from caringstreet.rules.codes import pretty
from caringstreet.scanning.qr import QrSymbol, side_mm, symbol, version_for
from caringstreet.words import words_for

_STRIP = 9 * mm


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
    """How many vouchers stand on a page, where their code stands, and the room for their words."""

    columns: int
    rows: int
    face: Face
    qr_top: float
    qr_side: float
    code_size: float

    @property
    def per_page(self) -> int:
        return self.columns * self.rows

    def used(self, count: int) -> tuple[int, int]:
        """Columns and rows that hold so many vouchers."""
        return min(count, self.columns), -(-count // self.columns)


_STANDARD = _Layout(2, 4, Face(97 * mm, 67 * mm, 1.0, 1.0), 15.8 * mm, 32, 14)
_LARGE = _Layout(1, 2, Face(194 * mm, 134 * mm, 1.75, 1.95), 31 * mm, 64, 22)
#: White between the code and the cut: a crooked cut or a torn edge must not reach its quiet zone.
_TO_THE_CUT = 10 * mm


def print_sheets(sheets: Sequence[PrintedSheet], out: Path, *, team: str, practice: bool, progress: Progress | None = None) -> PrintedFile:
    """Draw all sheets into one PDF. Raises OSError or Cancelled; then no file appears."""
    progress = progress or NoProgress()
    total = sum(len(sheet.vouchers) for sheet in sheets)
    drawer = _Drawer()
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

    def __init__(self) -> None:
        self._forms: dict[tuple[object, ...], str] = {}

    def page(self, canvas: Canvas, sheet: PrintedSheet, layout: _Layout, number: int, of: int) -> None:
        top = HEIGHT - MARGIN
        _strip(canvas, sheet, top, number, of)
        top -= _STRIP
        for place, voucher in enumerate(sheet.vouchers):
            column, row = place % layout.columns, place // layout.columns
            left, box_top = MARGIN + column * layout.face.width, top - row * layout.face.height
            canvas.saveState()
            canvas.translate(left, box_top - layout.face.height)
            canvas.doForm(self._form(canvas, voucher, sheet.language, layout))
            _draw_code(canvas, voucher, layout)
            canvas.restoreState()
        canvas.doForm(self._frame(canvas, layout, top, len(sheet.vouchers)))

    def _frame(self, canvas: Canvas, layout: _Layout, top: float, count: int) -> str:
        """Cut marks round what is there, ruler and the strip's own words: the same on every page of so many vouchers."""
        used = layout.used(count)
        key = (layout, used, count % layout.columns)
        if key not in self._forms:
            name = f"frame{len(self._forms)}"
            canvas.beginForm(name)
            said = words_for("zh_HK").say("Cut off this strip at hand-out")
            text.draw(canvas, WIDTH - MARGIN, top + _STRIP - 5 * mm, said, 8, align="right", color=text.DIM)
            _cut_marks(canvas, layout, top, count)
            ruler(canvas, MARGIN - 1 * mm, words_for("zh_HK").say("50 mm: print at “actual size 100%”"))
            canvas.endForm()
            self._forms[key] = name
        return self._forms[key]

    def _form(self, canvas: Canvas, voucher: PrintedVoucher, language: str, layout: _Layout) -> str:
        key = (replace(voucher, code="", digits=""), language, layout)
        if key not in self._forms:
            name = f"v{len(self._forms)}"
            canvas.beginForm(name, 0, 0, layout.face.width, layout.face.height)
            beside_qr = _qr_place(voucher, layout)[0] - 7 * mm
            draw_face(canvas, voucher, language, layout.face, beside_qr)
            canvas.endForm()
            self._forms[key] = name
        return self._forms[key]


def _strip(canvas: Canvas, sheet: PrintedSheet, top: float, number: int, of: int) -> None:
    said = words_for("zh_HK").say("Cut off this strip at hand-out")
    said_width = text.width_of(said, 8)
    label = f"{sheet.number} · {sheet.display_name} · {number} / {of}"
    text.draw(canvas, MARGIN + 2 * mm, top - 5 * mm, label, 12, bold=True, most=WIDTH - 2 * MARGIN - said_width - 8 * mm)


def _cut_marks(canvas: Canvas, layout: _Layout, top: float, count: int) -> None:
    """Round each voucher; an empty place has no frame."""
    canvas.saveState()
    canvas.setStrokeColorRGB(0.6, 0.6, 0.6)
    canvas.setLineWidth(0.4)
    canvas.setDash(2, 2)
    width, height = layout.face.width, layout.face.height
    full, rest = divmod(count, layout.columns)
    across = [layout.columns] * full + ([rest] if rest else [])
    for row, columns in enumerate((across[0], *across)):
        canvas.line(MARGIN, top - row * height, MARGIN + columns * width, top - row * height)
    for column in range(across[0] + 1):
        rows = sum(1 for columns in across if column <= columns)
        canvas.line(MARGIN + column * width, top, MARGIN + column * width, top - rows * height)
    canvas.restoreState()


def _symbol(voucher: PrintedVoucher) -> QrSymbol:
    return symbol(voucher.qr_prefix, voucher.digits)


def _qr_place(voucher: PrintedVoucher, layout: _Layout) -> tuple[float, float]:
    """Where the code begins and how wide it is, its quiet zone with it."""
    version = version_for(voucher.qr_prefix)
    side = side_mm(version, layout.qr_side) * mm
    quiet = side * 4 / (17 + 4 * version + 8)
    return layout.face.width - _TO_THE_CUT + quiet - side, side


def _draw_code(canvas: Canvas, voucher: PrintedVoucher, layout: _Layout) -> None:
    """The symbol, and the short code under it."""
    x, side = _qr_place(voucher, layout)
    y = layout.face.height - layout.qr_top - side
    draw_symbol(canvas, _symbol(voucher), x, y, side)
    size = layout.code_size
    text.draw(canvas, x + side / 2, y - size * 0.55, pretty(voucher.code), size, bold=True, align="center", most=side + 4 * mm)
