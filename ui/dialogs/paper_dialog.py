"""One paper, seen before it is printed, saved or opened."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo
from PySide6.QtWidgets import QVBoxLayout
from shiboken6 import isValid

from caringstreet import files
from caringstreet.printing.substitutes import Noticed
from caringstreet.wording.paper import substituted_lines
from ui import printing, problems
from ui.widgets.basics import Note, button, icon_button, label, row
from ui.widgets.dialog import Dialog
from ui.widgets.files import PDF, ask_to_save
from ui.widgets.page import Page
from ui.widgets.page_picture import PagePicture

_DPI = 80


class PaperDialog(Dialog):
    """Draws a PDF by `draw` away from the window's thread and shows its pages; nothing is recorded."""

    def __init__(self, page: Page, title: str, suggested: str, draw: Callable[[Path], object]) -> None:
        super().__init__(page)
        words, say = page.words, page.words.say
        self._page, self._words, self._suggested = page, words, suggested
        self.setWindowTitle(title)
        self.resize(760, 640)
        column = QVBoxLayout(self)
        column.addWidget(label(title, "heading"))
        self.note = Note()
        column.addWidget(self.note)
        self._picture = PagePicture(title)
        column.addWidget(self._picture, 1)
        self.before = icon_button(say("Page before"), lambda: self._turn(-1), picture="chevron-left", kind="")
        self.after = icon_button(say("Page after"), lambda: self._turn(1), picture="chevron-right", kind="")
        self.print_button = button(say("Print…"), self._print, kind="primary", picture="printer")
        self.save_button = button(say("Save PDF…"), self._save, picture="save")
        self.open_button = button(say("Open"), self._open, picture="folder-open")
        self._close_button = button(say("Close"), self.reject)
        column.addLayout(row(self.before, self.after, None, self._close_button, self.open_button, self.save_button, self.print_button))
        self._folder = Path(tempfile.mkdtemp(prefix="caringstreet-"))
        self.destroyed.connect(lambda _=None, folder=self._folder: files.remove_folder(folder))
        self.pdf = self._folder / files.usable_name(suggested)
        self._number = self._pages = 0
        page.context.runner.substituted.connect(self._substituted)
        self.redraw(draw)

    def redraw(self, draw: Callable[[Path], object]) -> None:
        """Draw the paper, or draw it anew; until it is there nothing can be printed or saved."""
        for one in (self.print_button, self.save_button, self.open_button, self.before, self.after):
            one.setEnabled(False)
        pdf = self.pdf
        self._page.context.runner.work(
            lambda progress: draw(pdf), owner=self, done=lambda _: self._drawn(), failed=self._failed, label=self._words.say("Drawing")
        )

    def _drawn(self) -> None:
        if not isValid(self):
            return
        for one in (self.print_button, self.save_button, self.open_button):
            one.setEnabled(True)
        if not self._pages:
            self.print_button.setFocus()
        self._pages = printing.page_count(self.pdf)
        self._turn(0)

    def _substituted(self, noticed: Noticed) -> None:
        self.note.say("\n".join(substituted_lines(self._words, noticed)), "warn")

    def _failed(self, error: Exception) -> bool:
        if isValid(self):
            self.note.say("\n".join(problems.explained(self._words, error)), "bad")
        return problems.is_known(error)

    def _turn(self, by: int) -> None:
        self._number = max(0, min(self._pages - 1, self._number + by))
        self._picture.show_page(printing.page_image(self.pdf, self._number, _DPI))
        self.before.setEnabled(self._number > 0)
        self.after.setEnabled(self._number + 1 < self._pages)

    def _print(self) -> None:
        say = self._words.say
        if not QPrinterInfo.availablePrinters():
            self.note.say(
                say("This computer knows no printer. Save the PDF or open it, and print it elsewhere at actual size, 100%."), "warn"
            )
            return
        printer = printing.new_printer()
        if QPrintDialog(printer, self).exec():
            pdf = self.pdf
            self._page.context.runner.work(
                lambda progress: printing.print_pdf(pdf, printer, progress),
                owner=self._page,
                done=lambda _: self.note.say(say("Sent to the printer."), "good") if isValid(self) else None,
                failed=self._failed,
                label=say("Printing"),
            )

    def _save(self) -> None:
        chosen = ask_to_save(self, self._words, self.save_button.text(), self._suggested, PDF)
        if chosen:
            self.save_to(chosen)

    def save_to(self, path: Path) -> None:
        """Copy the drawn paper."""
        try:
            files.copy(self.pdf, path)
        except OSError as error:
            self._failed(error)
        else:
            self.note.say(self._words.say("Saved to {path}", path=path), "good")

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.pdf)))
