"""Print voucher sheets: see the pages, then print at true size, save or open them."""

import tempfile
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

from caringstreet import files
from caringstreet.printing.voucher_sheet import PrintedFile
from caringstreet.queries import page_checks, vouchers
from caringstreet.queries import sheets as sheet_queries
from caringstreet.queries.vouchers import VoucherFilter
from caringstreet.rules.vouchers import OPEN
from caringstreet.services import vouchers as voucher_services
from caringstreet.wording.labels import label as named
from ui import printing
from ui.context import Context, Target
from ui.widgets.basics import badge, button, icon_button, label
from ui.widgets.chips import Chips
from ui.widgets.files import PDF, ask_to_save
from ui.widgets.flow import Flow
from ui.widgets.page import Page
from ui.widgets.page_picture import PagePicture

_DPI = 100
_NEW, _ALL, _REPRINT, _CHOSEN = "new", "all", "reprint", "chosen"


class PrintPage(Page):
    """What to print is a chip; the sheets are drawn in the background."""

    name = "print"
    follows_month = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.words.say
        self.chips = Chips(
            [(_NEW, say("Not printed yet")), (_ALL, say("All of the month")), (_REPRINT, say("To reprint")), (_CHOSEN, say("Chosen"))]
        )
        self.chips.chosen.connect(lambda _: self._draw())
        self.count = label("", "dim")
        self.page_button = button(say("Check the page"), lambda: self.go_to("settings"), kind="quiet", picture="shield-check")
        self.page_button.hide()
        self.column.addLayout(Flow(self.chips, self.count, None, self.page_button))
        self._picture = PagePicture(say("Page"))
        self.column.addWidget(self._picture, 1)
        self.before = icon_button(say("Page before"), lambda: self._turn(-1), picture="chevron-left", kind="")
        self.after = icon_button(say("Page after"), lambda: self._turn(1), picture="chevron-right", kind="")
        self.place = label("", "dim")
        self.unreviewed = badge("", "warn")
        self.unreviewed.hide()
        self.print_button = button(say("Print…"), self.print_, kind="primary", picture="printer")
        self.save_button = button(say("Save PDF…"), self._save, picture="save")
        self.open_button = button(say("Open"), self._open, picture="folder-open")
        self.column.addLayout(
            Flow(self.before, self.place, self.after, self.unreviewed, None, self.open_button, self.save_button, self.print_button)
        )
        self._folder = Path(tempfile.mkdtemp(prefix="caringstreet-"))
        self.destroyed.connect(lambda _=None, folder=self._folder: files.remove_folder(folder))
        self.pdf = self._folder / "vouchers.pdf"
        self._asked = 0
        self._ids: list[int] = []
        self._chosen: tuple[int, ...] = ()
        self._page = self._pages = 0

    def title(self) -> str:
        return self.words.say("Print vouchers")

    def help_text(self) -> str:
        return self.words.say(
            "Print at actual size, 100%: the line at the foot of each sheet must measure 50 mm. Printing again repeats the same codes; it never makes a second valid voucher."
        )

    def refresh(self) -> None:
        if not self._chosen and self.chips.current() == _CHOSEN:
            self.chips.choose(_NEW)
        self._draw()

    def open(self, target: Target) -> None:
        self._chosen = ()
        if target.action == "household":
            with self.context.database.reader() as reader:
                wanted = VoucherFilter(month=self.context.month.month, household_id=target.subject)
                found = vouchers.listed(reader, wanted, self.context.clock.today(), "offer")
            self._chosen = tuple(one.voucher_id for one in found if one.state in OPEN)
        elif target.action == "ids":
            self._chosen = tuple(target.subject)
        if self._chosen:
            self.chips.choose(_CHOSEN)
        elif target.action == "reprint":
            self.chips.choose(_REPRINT)
        self._draw()

    def _wanted(self) -> list[int]:
        chip, month, today = self.chips.current(), self.context.month.month, self.context.clock.today()
        if chip == _CHOSEN:
            with self.context.database.reader() as reader:
                found = vouchers.rows(reader, self._chosen, today)
            # What was withdrawn or redeemed gets no new paper.
            return [one.voucher_id for one in found.values() if one.state in OPEN]
        wanted = {
            _NEW: VoucherFilter(month=month, printed=False),
            _ALL: VoucherFilter(month=month),
            _REPRINT: VoucherFilter(reprint_due=True),
        }[chip]
        with self.context.database.reader() as reader:
            return [one.voucher_id for one in vouchers.listed(reader, wanted, today, "household") if one.state in OPEN]

    def _draw(self) -> None:
        self._ids = self._wanted()
        self._asked += 1
        self._pages = 0
        self._picture.clear()
        self.note.silence()
        self.page_button.hide()
        for made in (self.print_button, self.save_button, self.open_button, self.before, self.after):
            made.setEnabled(False)
        self.place.setText("")
        self.count.setText(self.words.say_count("{n} voucher", "{n} vouchers", len(self._ids)))
        if not self._ids:
            self.unreviewed.hide()
            self.note.say(self.words.say("There is nothing to print here. Issue vouchers first, or choose another group above."))
            return
        # reportlab is slow to load, and needed only to draw.
        from caringstreet.papers.voucher_sheets import draw_sheets

        street, ids, pdf, asked = self.context.street, list(self._ids), self.pdf, self._asked
        self.context.runner.work(
            lambda progress: draw_sheets(street, ids, pdf, progress),
            owner=self,
            done=lambda made: self._drawn(made, asked),
            label=self.words.say("Drawing"),
        )

    def _drawn(self, made: PrintedFile, asked: int) -> None:
        if asked != self._asked:
            return
        self._pages, self._page = made.pages, 0
        for one in (self.print_button, self.save_button, self.open_button):
            one.setEnabled(True)
        vouchers = self.words.say_count("{n} voucher", "{n} vouchers", made.vouchers)
        pages = self.words.say_count("{n} page", "{n} pages", made.pages)
        self.count.setText(self.words.say("{vouchers}, {pages}", vouchers=vouchers, pages=pages))
        self._say_unreviewed()
        self._say_before()
        self._show_page()
        self.print_button.setFocus()

    def _say_before(self) -> None:
        """What whoever prints should know first; nothing of it stops them."""
        with self.context.database.reader() as reader:
            found = vouchers.rows(reader, self._ids, self.context.clock.today())
        said = [self._unproven_host(), self._reprints(sum(1 for one in found.values() if one.print_count))]
        self.page_button.setVisible(bool(said[0]))
        self.note.say("\n".join(one for one in said if one), "warn" if said[0] else "info")

    def _reprints(self, again: int) -> str:
        """A second paper is never a second voucher."""
        if not again:
            return ""
        return self.words.say_count(
            "{n} of these was printed before. The code stays the same: of two vouchers with one code only the first one in counts.",
            "{n} of these were printed before. The codes stay the same: of two vouchers with one code only the first one in counts.",
            again,
        )

    def _unproven_host(self) -> str:
        """Paper carries the address for ever; a street without one has nothing to prove."""
        host = self.context.street.settings.page_host
        if not host:
            return ""
        with self.context.database.reader() as reader:
            known = page_checks.checks(reader, host)
        if known.is_ours:
            return ""
        return self.words.say(
            "These vouchers say https://{host}/v, where the street's page has not been seen yet. Check it in Settings before many are printed; the desk reads them all the same.",
            host=host,
        )

    def _say_unreviewed(self) -> None:
        from caringstreet.printing.phrases import unreviewed

        with self.context.database.reader() as reader:
            languages = {one.language: named(self.words, one.language) for one in sheet_queries.sheets(reader, self._ids)}
        found = unreviewed({str(one) for one in languages})
        said = "、".join(text for one, text in languages.items() if str(one) in found)
        self.unreviewed.setText(self.words.say("Not yet checked by a native reader: {languages}", languages=said))
        self.unreviewed.setVisible(bool(found))

    def _show_page(self) -> None:
        self._picture.show_page(printing.page_image(self.pdf, self._page, _DPI))
        self.place.setText(self.words.say("page {n} of {total}", n=self._page + 1, total=self._pages))
        self.before.setEnabled(self._page > 0)
        self.after.setEnabled(self._page + 1 < self._pages)

    def _turn(self, by: int) -> None:
        self._page = max(0, min(self._pages - 1, self._page + by))
        self._show_page()

    def print_(self) -> None:
        if not self._pages:
            return
        if not QPrinterInfo.availablePrinters():
            self.note.say(
                self.words.say("This computer knows no printer. Save the PDF or open it, and print it elsewhere at actual size, 100%."),
                "warn",
            )
            return
        printer = printing.new_printer()
        if QPrintDialog(printer, self).exec():
            self.print_to(printer)

    def print_to(self, printer: QPrinter) -> None:
        """Print off the window's thread; all pages sent count as printed, of some the person says so."""
        pdf = self.pdf
        whole = len(printing.chosen_pages(printer, self._pages)) == self._pages
        some = self.words.say("Some of the pages were sent to the printer.")
        self.context.runner.work(
            lambda progress: printing.print_pdf(pdf, printer, progress),
            owner=self,
            done=lambda _: self.record(list(self._ids)) if whole else self._ask_record(some),
            label=self.words.say("Printing"),
        )

    def _ask_record(self, said: str) -> None:
        ids = list(self._ids)
        if self.context.street.read_only:
            self.record(ids)
            return
        self.offer(said, self.words.say("It is printed"), lambda page: page.record(ids))

    def _save(self) -> None:
        suggested = f"vouchers-{self.context.month.month}.pdf"
        chosen = ask_to_save(self, self.words, self.save_button.text(), suggested, PDF)
        if chosen:
            self.save_to(chosen)

    def save_to(self, path: Path) -> None:
        """Copy the drawn sheets; that counts as printed."""
        try:
            files.copy(self.pdf, path)
        except OSError as error:
            self.context.runner.failed.emit(error)
            return
        self.record(list(self._ids))

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.pdf)))
        self._ask_record(self.words.say("Opened in another program. Print there at actual size, 100%, then record it here."))

    def record(self, ids: list[int]) -> None:
        """Record that these were printed."""
        said = self.words.say_count("{n} voucher printed; next, hand it out", "{n} vouchers printed; next, hand them out", len(ids))

        def told() -> None:
            if not self.context.street.read_only:
                self.offer(said, self.words.say("Hand out"), lambda page: page.go_to("hand_out"))

        self.record_paper(voucher_services.mark_printed, voucher_ids=ids, done=told)
