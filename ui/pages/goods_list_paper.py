"""The signature sheet of a hand-out list: printed at true size, saved, or opened elsewhere."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo

from caringstreet import files
from caringstreet.queries.distributions import ListRow
from ui import printing
from ui.widgets.files import PDF, ask_to_save
from ui.widgets.page import Page


class SignatureSheet:
    """Draws the sheet anew each time, since a list changes until the day."""

    def __init__(self, page: Page) -> None:
        self._page, self._words = page, page.words
        self._folder = Path(tempfile.mkdtemp(prefix="caringstreet-"))
        page.destroyed.connect(lambda _=None, folder=self._folder: files.remove_folder(folder))

    def print_(self, shown: ListRow) -> None:
        """Choose a printer, then print; without one it says what else to do."""
        if not QPrinterInfo.availablePrinters():
            self._page.note.say(
                self._words.say("This computer knows no printer. Save the PDF or open it, and print it elsewhere at actual size, 100%."),
                "warn",
            )
            return
        printer = printing.new_printer()
        if QPrintDialog(printer, self._page).exec():
            self._draw(
                shown,
                lambda path: self._page.context.runner.work(
                    lambda progress: printing.print_pdf(path, printer, progress), owner=self._page, label=self._words.say("Printing")
                ),
            )

    def save(self, shown: ListRow) -> None:
        """Choose a place, then write the PDF there."""
        suggested = f"{shown.name}-{shown.day.isoformat()}.pdf"
        chosen = ask_to_save(self._page, self._words, self._words.say("Save PDF…"), suggested, PDF)
        if chosen:
            self.save_to(shown, chosen)

    def save_to(self, shown: ListRow, path: Path) -> None:
        """Write the PDF to a place."""
        self._draw(shown, partial(self._copy, path))

    def open(self, shown: ListRow) -> None:
        """Open the PDF in the program that the computer has for it."""
        self._draw(shown, lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))

    def _copy(self, path: Path, drawn: Path) -> None:
        try:
            files.copy(drawn, path)
        except OSError as error:
            self._page.context.runner.failed.emit(error)
            return
        self._page.context.status.say(self._words.say("Saved to {path}", path=path))

    def _drawn(self, then: Callable[[Path], object], path: Path, _: object) -> None:
        then(path)

    def _draw(self, shown: ListRow, then: Callable[[Path], object]) -> None:
        street, path = self._page.context.street, self._folder / "signatures.pdf"
        made_at = self._page.context.clock.now()
        # reportlab is slow to load, and needed only to draw.
        from caringstreet.papers.goods import write_signature_sheet

        self._page.context.runner.work(
            lambda _: write_signature_sheet(street, shown.distribution_id, path, made_at=made_at),
            owner=self._page,
            done=partial(self._drawn, then, path),
            label=self._words.say("Drawing"),
        )
