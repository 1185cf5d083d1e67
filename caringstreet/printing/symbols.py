"""Draws a QR symbol as merged runs of modules, with its quiet zone."""

import re

from reportlab.pdfgen.canvas import Canvas

from caringstreet.scanning.qr import QrSymbol

_QUIET = 4


def draw_symbol(canvas: Canvas, drawn: QrSymbol, x: float, y: float, side: float) -> None:
    """Draw a symbol into a square whose lower left corner is (x, y); the quiet zone is part of the side."""
    unit = side / (drawn.modules + 2 * _QUIET)
    top = y + side - _QUIET * unit
    # Raw operators: the canvas's own path would take five times as long.
    canvas._code.append(f"q 0 g {unit:.4f} 0 0 {unit:.4f} {x + _QUIET * unit:.2f} {top - unit:.2f} cm\n{_rows(drawn)}\nQ")


def _rows(drawn: QrSymbol) -> str:
    """Runs of dark modules row by row, each row one module lower than the last.

    Moving the page under the rows lets most numbers repeat, which halves the compressed size; the hair by which a row
    reaches into the next leaves no seam on any screen.
    """
    lines = []
    for row in drawn.rows:
        bits = f"{row:0{drawn.modules}b}"[::-1]
        runs = "\n".join(f"{found.start()} 0 {found.end() - found.start()} 1.05 re" for found in re.finditer("1+", bits))
        lines.append(f"{runs}\nf 1 0 0 1 0 -1 cm")
    return "\n".join(lines)
