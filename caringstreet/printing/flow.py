"""Puts blocks one under another on as many pages as they need, and knows how many that is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from caringstreet.printing import text
from caringstreet.words import words_for

LINE = (0.72, 0.72, 0.72)
BLACK = (0.0, 0.0, 0.0)
_GAP = 3 * mm

#: Draws a block whose top is at this height.
Block = Callable[[Canvas, float], None]


@dataclass
class Flow:
    """The pages of one document, filled from the top; `foot` points stay free at the bottom of each."""

    size: tuple[float, float]
    margin: float
    foot: float
    _pages: list[list[tuple[float, Block]]] = field(default_factory=lambda: [[]])
    _y: float = 0.0

    def __post_init__(self) -> None:
        self._y = self.size[1] - self.margin

    @property
    def left(self) -> float:
        return self.margin

    @property
    def right(self) -> float:
        return self.size[0] - self.margin

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def pages(self) -> int:
        return len(self._pages)

    def fits(self, height: float) -> bool:
        """Whether so much room is left on the page."""
        return self._y - height >= self.foot

    def put(self, height: float, block: Block, *, keep: float = 0.0) -> None:
        """A block on this page or, where it and `keep` points more have no room, on the next."""
        if self._pages[-1] and not self.fits(height + keep):
            self.new_page()
        self._pages[-1].append((self._y, block))
        self._y -= height

    def space(self, height: float) -> None:
        """Room between two blocks; none at the top of a page."""
        if self._pages[-1]:
            self._y -= height

    def new_page(self) -> None:
        """Go on at the top of the next page."""
        self._pages.append([])
        self._y = self.size[1] - self.margin

    def to_foot(self, height: float) -> None:
        """Go on so far above the foot that a last block of this height ends there."""
        if not self.fits(height):
            self.new_page()
        self._y = self.foot + height

    def draw(self, canvas: Canvas, foot: Callable[[Canvas, int], None]) -> None:
        """Draw all pages; `foot` draws what stands at the bottom of a page by its number."""
        for number, blocks in enumerate(self._pages, 1):
            canvas.setPageSize(self.size)
            for y, block in blocks:
                block(canvas, y)
            foot(canvas, number)
            canvas.showPage()


@dataclass(frozen=True)
class Column:
    """A column's heading; figures stand on the right."""

    title: str
    figures: bool = False


@dataclass(frozen=True)
class Grid:
    """A table of texts; the rows of `totals` stand at its end in bold."""

    columns: tuple[Column, ...]
    rows: Sequence[tuple[str, ...]]
    totals: Sequence[tuple[str, ...]] = ()
    title: str = ""


def put_grid(flow: Flow, grid: Grid, size: float) -> None:
    """A table over the whole width; names wrap, figures stay whole, and each page begins with the headings again."""
    widths = _widths(grid, flow.width, size)

    def put_head(keep: float) -> None:
        flow.put(_height(head, widths, size, True), _line(flow, grid, head, widths, size, bold=True), keep=keep)

    head = tuple(column.title for column in grid.columns)
    rows = [*((row, False) for row in grid.rows), *((row, True) for row in grid.totals)]
    first = _height(rows[0][0], widths, size, rows[0][1]) if rows else 0.0
    if grid.title:
        keep = _height(head, widths, size, True) + first
        flow.put(size * 1.3 + 2.6 * mm, _heading(flow, grid.title, size * 1.2), keep=keep)
    put_head(first)
    heights = [_height(row, widths, size, bold) for row, bold in rows]
    together = max(0, len(grid.rows) - 1)  # the last row takes the sums along to the next page
    for place, (row, bold) in enumerate(rows):
        wanted = sum(heights[place:]) if place == together and len(grid.totals) < 13 else heights[place]
        if not flow.fits(wanted):
            flow.new_page()
            put_head(heights[place])
        flow.put(heights[place], _line(flow, grid, row, widths, size, bold=bold))


def _widths(grid: Grid, width: float, size: float) -> list[float]:
    """Figures get what they need, names share the rest by their longest text; half of what nobody needs goes to figures."""
    rows = [tuple(column.title for column in grid.columns), *grid.rows, *grid.totals]
    needed = [
        max(text.width_of(row[place], size, bold=True) for row in rows) + (_GAP if place else 0) for place in range(len(grid.columns))
    ]
    spare, count = max(0.0, width - sum(needed)), sum(column.figures for column in grid.columns)
    wide = spare / 2 / count if count else 0.0
    figures = [one + wide if column.figures else 0.0 for one, column in zip(needed, grid.columns, strict=True)]
    names = [0.0 if column.figures else one for one, column in zip(needed, grid.columns, strict=True)]
    return [one or other for one, other in zip(figures, _shared(names, width - sum(figures)), strict=True)]


def _shared(needed: Sequence[float], room: float) -> list[float]:
    """Room for names: what is too much goes to all of them, what is too little is taken from the longest."""
    if sum(needed) <= room:
        return [one * room / sum(needed) for one in needed] if any(needed) else list(needed)
    most = max(needed)
    while sum(min(one, most) for one in needed) > room and most > 1:
        most -= 1
    return [min(one, most) for one in needed]


def _cells(row: Sequence[str], widths: Sequence[float], size: float, bold: bool) -> list[tuple[list[str], float]]:
    return [
        text.wrapped(cell, size, width - (_GAP if place else 0), 3, bold=bold)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]


def _height(row: Sequence[str], widths: Sequence[float], size: float, bold: bool) -> float:
    lines = max(len(lines) for lines, _ in _cells(row, widths, size, bold))
    return float(lines * size * 1.25 + 2.2 * mm)


def _heading(flow: Flow, title: str, size: float) -> Block:
    def draw(canvas: Canvas, top: float) -> None:
        text.draw(canvas, flow.left, top - size, title, size, bold=True, most=flow.width, color=BLACK)

    return draw


def _line(flow: Flow, grid: Grid, row: Sequence[str], widths: Sequence[float], size: float, *, bold: bool) -> Block:
    cells, height = _cells(row, widths, size, bold), _height(row, widths, size, bold)

    def draw(canvas: Canvas, top: float) -> None:
        x = flow.left
        for place, ((lines, fitted), width, column) in enumerate(zip(cells, widths, grid.columns, strict=True)):
            right, most = x + width, width - (_GAP if place else 0)
            for number, line in enumerate(lines):
                y = top - 0.8 * mm - size - number * size * 1.25
                at, align = (right, "right") if column.figures else (right - most, "left")
                text.draw(canvas, at, y, line, fitted, bold=bold, align=align, most=most + 0.1, color=BLACK)
            x = right
        canvas.setStrokeColorRGB(*(BLACK if bold else LINE))
        canvas.setLineWidth(0.6 if bold else 0.4)
        canvas.line(flow.left, top - height, flow.right, top - height)

    return draw


def both(said: str, **facts: object) -> str:
    """A marked text in Chinese with English behind it, for paper that is one for all."""
    return " ".join((words_for("zh_HK").say(said, **facts), words_for("en").say(said, **facts)))


def tick_box(canvas: Canvas, x: float, y: float, side: float, *, ticked: bool = False) -> None:
    """An empty box to tick, or a ticked one."""
    canvas.setStrokeColorRGB(*BLACK)
    canvas.setLineWidth(0.9)
    canvas.rect(x, y, side, side, stroke=1, fill=0)
    if ticked:
        canvas.setLineWidth(1.6)
        canvas.line(x + side * 0.18, y + side * 0.5, x + side * 0.42, y + side * 0.22)
        canvas.line(x + side * 0.42, y + side * 0.22, x + side * 0.84, y + side * 0.8)


def blank_line(canvas: Canvas, x: float, y: float, width: float, said: str, size: float) -> None:
    """A line to write on, with what belongs there under it."""
    canvas.setStrokeColorRGB(*BLACK)
    canvas.setLineWidth(0.7)
    canvas.line(x, y, x + width, y)
    text.draw(canvas, x, y - size * 1.35, said, size, most=width, color=text.DIM)


def page_foot(flow: Flow, said: str, size: float = 8) -> Callable[[Canvas, int], None]:
    """What stands at the bottom of each page: the given text, and page x of y."""

    def draw(canvas: Canvas, number: int) -> None:
        place = " · ".join(words_for(language).say("page {n} of {total}", n=number, total=flow.pages) for language in ("zh_HK", "en"))
        width = text.draw(canvas, flow.right, 7 * mm, place, size, align="right", color=text.DIM)
        # A cut day or hour tells nothing; it is smaller instead.
        fitting, small = text.fitted(said, size, flow.width - width - _GAP, smallest=6)
        text.draw(canvas, flow.left, 7 * mm, fitting, small, color=text.DIM)

    return draw
