"""Pages of a PDF as pictures, and onto a printer at their true size."""

from pathlib import Path

import pypdfium2 as pdfium
from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from caringstreet.progress import NoProgress, Progress

_POINTS = 72


def page_count(path: Path) -> int:
    """How many pages a PDF has."""
    document = pdfium.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def page_image(path: Path, number: int, dpi: int) -> QImage:
    """One page, from 0, on white."""
    document = pdfium.PdfDocument(path)
    try:
        bitmap = document[number].render(scale=dpi / _POINTS, rev_byteorder=True)
        # The picture is copied, since its memory goes with the document.
        formats = {3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBX8888}
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, formats[bitmap.n_channels]).copy()
        bitmap.close()
        return image
    finally:
        document.close()


def new_printer() -> QPrinter:
    """A printer for A4 without margins of its own: default ones would shift every page by 3.5 mm."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    return printer


def chosen_pages(printer: QPrinter, count: int) -> range:
    """The pages chosen in the print dialogue, from 0; all where none were."""
    first, last = printer.fromPage(), printer.toPage()
    return range(count) if first == 0 else range(first - 1, min(last or count, count))


def print_pdf(path: Path, printer: QPrinter, progress: Progress | None = None, dpi: int = 300) -> None:
    """The chosen pages at their true size, computed from points, never stretched to the paper.

    Raises OSError where the printer does not answer, or Cancelled between two pages.
    """
    progress = progress or NoProgress()
    numbers = chosen_pages(printer, page_count(path))
    painter = QPainter()
    if not painter.begin(printer):
        raise OSError(0, "the printer does not answer", str(path))
    try:
        for done, number in enumerate(numbers):
            progress.at(done, len(numbers))
            if done:
                printer.newPage()
            image = page_image(path, number, dpi).convertToFormat(QImage.Format.Format_Grayscale8)
            scale = printer.resolution() / dpi
            painter.drawImage(QRectF(0, 0, image.width() * scale, image.height() * scale), image)
    finally:
        painter.end()
