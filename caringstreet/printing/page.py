"""What every printed page has: margins, marks, a ruler, and a file that is whole or not there."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from caringstreet import files
from caringstreet.printing import fonts, text

MARGIN = 8 * mm
WIDTH, HEIGHT = A4
#: What stands on all paper of the practice street, and how far below the edge: printers need 5 mm.
PRACTICE = "練習 SPECIMEN"
_MARK_FROM_TOP = 8.4 * mm


class _SmallestStream(pdfdoc.PDFStreamFilterZCompress):  # type: ignore[misc]
    """Symbols of random modules compress a tenth better at zlib's highest level, at a third more time."""

    def encode(self, text: str | bytes) -> bytes:
        return zlib.compress(text.encode() if isinstance(text, str) else text, 9)


class _PracticeCanvas(Canvas):  # type: ignore[misc]
    """Marks every page of the practice street, whatever is drawn on it: no paper of it can pass for a real one."""

    def showPage(self) -> None:  # noqa: N802  reportlab calls it so
        width, height = self._pagesize
        self.saveState()
        text.draw(self, width / 2, height - _MARK_FROM_TOP, PRACTICE, 9, bold=True, align="center", color=text.DIM)
        self.restoreState()
        super().showPage()


@contextmanager
def new_pdf(path: Path, title: str, author: str, language: str = "zh-HK", *, practice: bool) -> Iterator[Canvas]:
    """A canvas whose file appears at `path` only when all of it was drawn; of the practice street each page says so."""
    fonts.load()
    # Ascii85 would make every page a quarter larger.
    rl_config.useA85 = 0
    pdfdoc.PDFZCompress = _SmallestStream()
    with files.written(path) as unfinished:
        drawn = _PracticeCanvas if practice else Canvas
        canvas = drawn(str(unfinished), pagesize=A4, pageCompression=1, initialFontName=fonts.REGULAR, lang=language)
        canvas.setTitle(title)
        canvas.setAuthor(author)
        canvas.setCreator("Caring Street")
        yield canvas
        canvas.save()


def ruler(canvas: Canvas, y: float, words: str) -> None:
    """A line of 50 mm to check that the page was printed at its true size."""
    left = WIDTH / 2 - 25 * mm
    canvas.setStrokeColorRGB(*text.INK)
    canvas.setLineWidth(0.8)
    canvas.line(left, y, left + 50 * mm, y)
    for x in (left, left + 50 * mm):
        canvas.line(x, y - 1 * mm, x, y + 1 * mm)
    text.draw(canvas, WIDTH / 2, y - 3.6 * mm, words, 7, align="center", color=text.DIM)
