"""The three pictures of the shop card, drawn in lines: no word is needed to follow them."""

from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

from caringstreet.printing import text

Picture = Callable[[Canvas, float, float, float], None]


def _pen(canvas: Canvas, width: float) -> None:
    canvas.setStrokeColorRGB(*text.INK)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.setLineWidth(width)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)


def _phone(canvas: Canvas, x: float, y: float, height: float) -> None:
    """A phone standing upright; its width is 0.56 of its height."""
    width = height * 0.56
    canvas.roundRect(x, y, width, height, height * 0.09, fill=1)
    canvas.line(x + width * 0.4, y + height * 0.93, x + width * 0.6, y + height * 0.93)


def _square_code(canvas: Canvas, x: float, y: float, side: float) -> None:
    """What people know a square code by: its three corners and some dots."""
    canvas.setFillColorRGB(*text.INK)
    unit = side / 9
    for column, row in ((0, 6), (6, 6), (0, 0)):
        canvas.rect(x + column * unit, y + row * unit, 3 * unit, 3 * unit, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(x + (column + 0.75) * unit, y + (row + 0.75) * unit, 1.5 * unit, 1.5 * unit, stroke=0, fill=1)
        canvas.setFillColorRGB(*text.INK)
    for column, row in ((4, 7), (4, 5), (5, 4), (7, 4), (4, 2), (6, 2), (8, 1), (6, 0), (4, 0), (2, 4), (0, 4), (8, 3)):
        canvas.rect(x + column * unit, y + row * unit, unit, unit, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)


def scan(canvas: Canvas, x: float, y: float, side: float) -> None:
    """A phone held over a paper with a square code."""
    canvas.saveState()
    _pen(canvas, side / 26)
    canvas.rect(x, y, side * 0.62, side * 0.46, fill=1)
    _square_code(canvas, x + side * 0.14, y + side * 0.06, side * 0.34)
    _phone(canvas, x + side * 0.5, y + side * 0.2, side * 0.8)
    canvas.setStrokeColorRGB(*text.ACCENT)
    _corners(canvas, x + side * 0.585, y + side * 0.47, side * 0.28)
    canvas.restoreState()


def _corners(canvas: Canvas, x: float, y: float, side: float) -> None:
    """The corners that a camera draws around what it looks at."""
    arm = side * 0.3
    for column, row in ((0, 0), (1, 0), (0, 1), (1, 1)):
        corner_x, corner_y = x + column * side, y + row * side
        canvas.line(corner_x, corner_y, corner_x + (arm if column == 0 else -arm), corner_y)
        canvas.line(corner_x, corner_y, corner_x, corner_y + (arm if row == 0 else -arm))


def send(canvas: Canvas, x: float, y: float, side: float) -> None:
    """A phone and a speech bubble that leaves it."""
    canvas.saveState()
    _pen(canvas, side / 26)
    _phone(canvas, x, y + side * 0.05, side * 0.9)
    canvas.setStrokeColorRGB(*text.ACCENT)
    left, low, width, height = x + side * 0.36, y + side * 0.42, side * 0.64, side * 0.42
    canvas.roundRect(left, low, width, height, side * 0.1, fill=1)
    canvas.line(left + width * 0.2, low, left + width * 0.05, low - side * 0.12)
    canvas.line(left + width * 0.05, low - side * 0.12, left + width * 0.42, low)
    tick = canvas.beginPath()
    tick.moveTo(left + width * 0.28, low + height * 0.5)
    tick.lineTo(left + width * 0.45, low + height * 0.28)
    tick.lineTo(left + width * 0.74, low + height * 0.74)
    canvas.setLineWidth(side / 18)
    canvas.drawPath(tick)
    canvas.restoreState()


def keep(canvas: Canvas, x: float, y: float, side: float) -> None:
    """A stamped paper that goes into an envelope."""
    canvas.saveState()
    _pen(canvas, side / 26)
    canvas.rect(x + side * 0.2, y + side * 0.36, side * 0.6, side * 0.6, fill=1)
    canvas.setStrokeColorRGB(*text.ACCENT)
    canvas.circle(x + side * 0.5, y + side * 0.72, side * 0.14)
    canvas.line(x + side * 0.42, y + side * 0.72, x + side * 0.58, y + side * 0.72)
    canvas.setStrokeColorRGB(*text.INK)
    canvas.rect(x, y, side, side * 0.52, fill=1)
    canvas.line(x, y + side * 0.52, x + side * 0.5, y + side * 0.2)
    canvas.line(x + side, y + side * 0.52, x + side * 0.5, y + side * 0.2)
    canvas.restoreState()


def arrow(canvas: Canvas, x: float, y: float, length: float) -> None:
    """From one picture to the next."""
    canvas.saveState()
    canvas.setStrokeColorRGB(*text.ACCENT)
    canvas.setLineWidth(length / 8)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.line(x, y, x + length, y)
    path = canvas.beginPath()
    path.moveTo(x + length * 0.6, y + length * 0.34)
    path.lineTo(x + length, y)
    path.lineTo(x + length * 0.6, y - length * 0.34)
    canvas.drawPath(path)
    canvas.restoreState()


PICTURES: tuple[Picture, Picture, Picture] = (scan, send, keep)
