"""The shops' page in the settings: make it, and look whether its host serves it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFrame
from shiboken6 import isValid

from caringstreet.papers.shop_page import look_at_shop_page, write_shop_page
from caringstreet.queries import page_checks as queries
from caringstreet.queries.page_checks import PageChecks
from caringstreet.rules.page_checks import PageFound
from caringstreet.services import page_checks
from caringstreet.shop_page.page import WrittenPage
from caringstreet.words import mark
from ui import problems
from ui.widgets.basics import button, card, label, row
from ui.widgets.files import ask_for_folder
from ui.widgets.page import Page

#: How a look is told, and with what.
SAID = {
    PageFound.SAME: ("good", mark("{address} serves the page made last. Vouchers may carry this address.")),
    PageFound.EARLIER: ("info", mark("{address} serves a page made here earlier. It works; upload both files again when you like.")),
    PageFound.NO_WORKER: ("warn", mark("{address} serves the page, but sw.js is not beside it: without a network a phone will not open it. Upload both files to the root of the host.")),
    PageFound.OTHER: ("bad", mark("{address} serves another page than any made here. Upload both files again; a host that changes what it serves is not fit for this.")),
    PageFound.ABSENT: ("bad", mark("There is no page at {address}. Upload both files to the root of the host.")),
    PageFound.ELSEWHERE: ("bad", mark("{address} leads to another address. Vouchers must carry only an address of the team's own.")),
    PageFound.UNSAFE: ("bad", mark("{address} has no certificate that phones accept, so they will not open it. Ask whoever runs the host.")),
    PageFound.UNREACHABLE: ("warn", mark("{address} cannot be reached from here. Everything goes on without it; look again when this computer is on the internet.")),
}  # fmt: skip


class SettingsShopPage(QObject):
    """A part of the settings. Neither making nor looking is ever needed for the shops to be paid."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page, self._words, self._context = page, page.words, page.context

    def card(self) -> QFrame:
        """What the page is for, where it must stand, and what is known of it."""
        say, host = self._words.say, self._context.street.settings.page_host
        frame, column = card()
        column.addWidget(label(say("The shops' page"), "heading"))
        column.addWidget(
            label(
                say(
                    "A shop's phone opens it from a voucher and says whether it is genuine. It holds no names; any free host can serve it. Make it again when you like: nothing depends on it."
                ),
                "dim",
                wrap=True,
            )
        )
        if host:
            column.addWidget(
                label(
                    say("Upload both files to the root of {host}; the page must open at https://{host}/v", host=host),
                    "dim",
                    wrap=True,
                    selectable=True,
                )
            )
            self.known = label("", "dim", wrap=True)
            column.addWidget(self.known)
        else:
            column.addWidget(label(say("The street has no page host yet; set it before vouchers are printed."), "dim", wrap=True))
        self.check_button = button(say("Check the page"), self.check, picture="shield-check")
        column.addLayout(row(button(say("Make the page…"), self._choose_folder, picture="store"), self.check_button, None))
        self._show_known()
        return frame

    def _checks(self) -> PageChecks:
        with self._context.database.reader() as reader:
            return queries.checks(reader, self._context.street.settings.page_host)

    def _show_known(self) -> None:
        """Beside what is being typed: the rest of the settings stays as it is."""
        say, moment, checks = self._words.say, self._words.moment, self._checks()
        self.check_button.setEnabled(bool(self._context.street.settings.page_host))
        if not self.check_button.isEnabled():
            return
        known = [say("Made last: {when}", when=moment(checks.made_at)) if checks.made_at else say("Not made here yet")]
        if checks.checked_at is None:
            known.append(say("never checked"))
        else:
            known.append(say("checked {when}", when=moment(checks.checked_at)))
            known.append(say("it is ours") if checks.is_ours else say("it is not ours"))
        self.known.setText(" · ".join(known))

    # Making ---------------------------------------------------------------------------------------------------

    def _choose_folder(self) -> None:
        chosen = ask_for_folder(self._page, self._words, self._words.say("Make the page…"))
        if chosen:
            self.make(chosen)

    def make(self, folder: Path) -> None:
        """Write the shops' page into a folder."""
        street, today = self._context.street, self._context.clock.today()
        self._work(lambda: write_shop_page(street, folder, today), self._made, self._words.say("Making the page"))

    def _made(self, written: WrittenPage) -> None:
        said = "\n".join([self._words.say("The page is made:"), *(str(file) for file in written.files)])
        self._page.record_paper(page_checks.keep_made, sha256=written.sha256, done=lambda: self._tell(said, "good"))

    # Looking --------------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Look what the host serves, and keep the answer."""
        if not self._checks().made:
            self._page.note.say(self._words.say("Make the page and upload it first; then it can be checked."), "warn")
            return
        street = self._context.street
        self.check_button.setEnabled(False)
        self._work(
            lambda: look_at_shop_page(street), partial(self._looked, street.settings.page_host), self._words.say("Checking the page")
        )

    def _looked(self, host: str, found: PageFound) -> None:
        kind, text = SAID[found]
        said = self._words.say(text, address=f"https://{host}/v")
        self._page.do(page_checks.keep_check, host=host, found=found, done=lambda _: self._tell(said, kind))

    def _tell(self, said: str, kind: str) -> None:
        if isValid(self):
            self._page.note.say(said, kind)
            self._show_known()

    def _work(self, work: Callable[[], object], done: Callable[..., None], said: str) -> None:
        self._page.note.silence()
        self._context.runner.work(lambda progress: work(), owner=self, done=done, failed=self._failed, label=said)

    def _failed(self, error: Exception) -> bool:
        self._show_known()
        self._page.note.say("\n".join(problems.explained(self._words, error)), "bad")
        return problems.is_known(error)
