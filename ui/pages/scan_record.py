"""Records the envelope on the desk, and takes it back."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from caringstreet.rules.evidence import Outcome
from caringstreet.rules.refusals import RuleRefused
from caringstreet.services import evidence as evidence_services
from caringstreet.services.evidence import RecordedScans
from caringstreet.services.evidence_answers import ScanAnswer
from caringstreet.wording.answers import answer_text
from ui.pages.scan_tally import GOOD
from ui.scanning.tray import Tray
from ui.widgets.basics import button

if TYPE_CHECKING:
    from ui.pages.scan_page import ScanPage


class EnvelopeRecorder(QObject):
    """One envelope at a time; what is scanned while it is written belongs to the next."""

    def __init__(self, page: "ScanPage") -> None:
        super().__init__(page)
        self._page, self._words, self._context = page, page.words, page.context
        self._busy = False
        page.context.runner.failed.connect(self._not_recorded)

    def record(self) -> None:
        """Write what is on the desk, if there is anything and the shop is known."""
        page = self._page
        if self._busy or not page.tray.sheets or not page.has_shop() or not page.record_button.isEnabled():
            return
        self._busy = True
        kept, counted, sheets = page.tray.kept(), page.counted_paper(), len(page.tray.sheets)
        page.context.runner.command(
            page.service(page.shop.shop_id() or 0),
            owner=page,
            done=partial(self._recorded, kept, counted, sheets),
            refused=self._not_recorded,
        )

    def _not_recorded(self, error: Exception) -> None:
        """A refusal, or a trouble that the window tells of: the slips stay on the desk."""
        self._busy = False
        if isinstance(error, RuleRefused):
            self._page.refused(error)

    def _recorded(self, kept: str, counted: int | None, sheets: int, done: RecordedScans) -> None:
        self._busy = False
        page, words = self._page, self._words
        good = sum(1 for one in done.answers if one.verdict in GOOD)
        said = words.say("{shop}: {good} good of {all} recorded", shop=page.shop.currentText(), good=good, all=len(done.answers))
        page.tray.recorded(sheets)
        page.tally.set_counted(None)
        page.look()
        if done.evidence_ids:
            page.offer_undo(said, lambda page: page.recorder.take_back(kept, counted, done.evidence_ids))
            page.note.say(said, "good")
        else:
            page.note.say(words.say("This list was recorded before; nothing was counted twice."))
        self._offer_to_book([one for one in done.answers if one.outcome is Outcome.WRONG_SHOP and not one.repeated])
        page.shop.setFocus()
        page.shop.select_text()

    def take_back(self, kept: str, counted: int | None, evidence_ids: tuple[int, ...]) -> None:
        """Undo of a recorded envelope: its slips lie on the desk again."""
        context = self._context
        context.runner.command(
            partial(
                evidence_services.withdraw,
                evidence_ids=evidence_ids,
                reason=self._words.say("Undo"),
                counted_by_shop=counted,
                at=context.clock.now(),
                by=context.actor,
            ),
            owner=self,
            done=lambda _: self._put_back(kept),
        )

    def _put_back(self, kept: str) -> None:
        self._context.status.say(self._words.say("The envelope was undone"))
        if not self._page.tray.sheets:
            self._page.put_back(Tray.of(kept))

    def _offer_to_book(self, wrong: list[ScanAnswer]) -> None:
        if not wrong:
            return
        said = self._words.say_count("Record {n} voucher for its own shop", "Record {n} vouchers for their own shops", len(wrong))
        book = button(said, partial(self._book_all, wrong), picture="store")
        self._page.card.fix.addWidget(book)
        self._page.card.fix.addStretch(1)

    def _book_all(self, wrong: list[ScanAnswer]) -> None:
        for answer in wrong:
            self._book(answer.evidence_id or 0, str(answer.facts.get("shop", "")))

    def _book(self, evidence_id: int, shop: str) -> None:
        """Book a slip to the shop that it belongs to; can be undone."""
        page = self._page

        def booked(found: ScanAnswer) -> None:
            answer = answer_text(self._words, found.outcome, found.facts)[0]
            said = self._words.say("Recorded for {shop}: {answer}", shop=shop, answer=answer)
            page.undoable(said, evidence_services.withdraw, evidence_ids=[found.evidence_id], reason=self._words.say("Undo"))
            page.note.say(said, "good")

        page.do(evidence_services.book_to_own_shop, evidence_id=evidence_id, done=booked)
