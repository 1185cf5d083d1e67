"""Pages of a PDF as pictures, and onto a printer at their true size."""

from pathlib import Path

import pypdfium2 as pdfium
from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

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


def print_pdf(path: Path, printer: QPrinter, dpi: int = 300) -> None:
    """Every page at its true size, computed from points, never stretched to the paper."""
    painter = QPainter()
    if not painter.begin(printer):
        raise OSError(0, "the printer does not answer", str(path))
    try:
        for number in range(page_count(path)):
            if number:
                printer.newPage()
            image = page_image(path, number, dpi).convertToFormat(QImage.Format.Format_Grayscale8)
            scale = printer.resolution() / dpi
            painter.drawImage(QRectF(0, 0, image.width() * scale, image.height() * scale), image)
    finally:
        painter.end()
