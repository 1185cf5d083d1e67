"""What a person must decide, each with its evidence beside it; then what was refused, repeats first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from caringstreet.answer_words import SENTENCES, answer_text
from caringstreet.labels import label as named
from caringstreet.queries import evidence
from caringstreet.queries.evidence import EvidenceRow, RefusedRow
from caringstreet.rules.codes import pretty
from caringstreet.rules.evidence import Decision, Outcome
from caringstreet.services import evidence as evidence_services
from caringstreet.services.evidence_answers import ScanAnswer
from ui.dialogs.ask import ask_reason
from ui.dialogs.unreadable_dialog import UnreadableDialog
from ui.widgets.basics import EmptyState, badge, button, card, clear, icon_label, label, row

if TYPE_CHECKING:
    from ui.pages.scan_page import ScanPage

_MOST = 40


class QuestionsPanel(QWidget):
    """Slips of other shops to book, open questions, and refused attempts to look for suspicious repeats."""

    def __init__(self, page: "ScanPage") -> None:
        super().__init__()
        self._page, self.words = page, page.words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(10)
        scroll.setWidget(holder)
        column.addWidget(scroll)
        self._shown: object = None

    def refresh(self) -> None:
        """Load the questions again; what is the same stays as it is."""
        with self._page.context.database.reader() as reader:
            questions = evidence.open_questions(reader)
            to_book = evidence.to_book(reader)
            refused = evidence.refused_attempts(reader)
            beside = evidence.of_vouchers(reader, [one.voucher_id for one in questions if one.voucher_id is not None])
        self._page.count_questions(len(questions) + len(to_book))
        if not self.isVisible() or self._shown == (questions, to_book, refused):
            return
        self._shown = (questions, to_book, refused)
        self._build(questions, to_book, refused, beside)

    def _build(
        self,
        questions: Sequence[EvidenceRow],
        to_book: Sequence[EvidenceRow],
        refused: Sequence[RefusedRow],
        beside: dict[int, list[EvidenceRow]],
    ) -> None:
        say = self.words.say
        clear(self._column)
        if not questions and not to_book:
            self._column.addWidget(EmptyState("circle-check", say("Nothing to decide"), say("Slips that are neither clearly good nor clearly wrong come here: a second paper, a slip past its day, one never handed out.")))
        for one in to_book[:_MOST]:
            self._column.addWidget(self._booking(one))
        for one in questions[:_MOST]:
            others = [other for other in beside.get(one.voucher_id or 0, ()) if other.evidence_id != one.evidence_id]
            self._column.addWidget(self._question(one, others))
        if len(questions) > _MOST:
            self._column.addWidget(label(self.words.say_count("{n} more question comes after these.", "{n} more questions come after these.", len(questions) - _MOST), "dim"))
        if refused:
            self._column.addWidget(label(say("Refused attempts; what came more than once stands first"), "heading"))
        for attempt in refused[:_MOST]:
            self._column.addLayout(self._refused(attempt))
        self._column.addStretch(1)

    # The cards ------------------------------------------------------------------------------------------------

    def _title(self, one: EvidenceRow) -> str:
        title = one.title_zh if self.words.language == "zh_HK" else one.title_en or one.title_zh
        return " · ".join(part for part in (pretty(one.code) if one.code else self.words.say("Torn slip"), title) if part)

    def _question(self, one: EvidenceRow, others: Sequence[EvidenceRow]) -> QFrame:
        words, say = self.words, self.words.say
        frame, column = card(spacing=6)
        head = (icon_label("circle-question-mark", "warn", 22), label(self._title(one), "heading"))
        column.addLayout(row(*head, badge(named(words, one.outcome), "warn"), None))
        sides = QHBoxLayout()
        sides.setSpacing(10)
        sides.addLayout(self._side(say("In question"), one), 1)
        for other in others[:2]:
            sides.addLayout(self._side(say("Beside it"), other), 1)
        column.addLayout(sides)
        column.addWidget(label(say(SENTENCES[one.outcome][1]), wrap=True))
        column.addLayout(self._yes_and_no(one))
        return frame

    def _side(self, title: str, one: EvidenceRow) -> QVBoxLayout:
        words = self.words
        shop = one.shop_zh if words.language == "zh_HK" else one.shop_en or one.shop_zh
        found = QVBoxLayout()
        found.setSpacing(2)
        found.addWidget(label(title, "dim"))
        found.addWidget(label(" · ".join((words.date(one.day), named(words, one.channel)))))
        found.addWidget(label(" ".join((one.shop, shop)), wrap=True))
        told = " · ".join(part for part in (named(words, one.outcome), one.recorded_by, one.note) if part)
        found.addWidget(label(told, "dim", wrap=True))
        return found

    def _yes_and_no(self, one: EvidenceRow) -> QHBoxLayout:
        say = self.words.say
        refuse = button(say("Do not accept"), lambda: self._decide(one, Decision.REFUSED))
        refuse.setAccessibleName(" ".join((say("Do not accept"), one.code)))
        if one.outcome is Outcome.SECOND_SHEET:
            # One code is one redemption; a second payment would be a goodwill matter outside the count.
            return row(label(say("A second paper never counts as a second redemption."), "dim"), None, refuse)
        accept = button(say("Accept"), lambda: self._decide(one, Decision.ACCEPTED), kind="primary")
        accept.setAccessibleName(" ".join((say("Accept"), one.code)))
        return row(None, refuse, accept)

    def _booking(self, one: EvidenceRow) -> QFrame:
        say = self.words.say
        frame, column = card(spacing=6)
        said = say("Found in the envelope of {shop}; it belongs to {own}.", shop=one.shop, own=one.own_shop)
        book = button(say("Book {code} to its own shop", code=pretty(one.code)), lambda: self.book(one.evidence_id, one.own_shop))
        column.addLayout(row(icon_label("store", "warn", 22), label(self._title(one), "heading"), badge(named(self.words, one.outcome), "warn"), None, book))
        column.addWidget(label(" · ".join((said, self.words.date(one.day), one.recorded_by)), "dim", wrap=True))
        return frame

    def _refused(self, attempt: RefusedRow) -> QHBoxLayout:
        words, one = self.words, attempt.last
        shown = pretty(one.code) if one.code else one.text[:24] or words.say("Torn slip")
        facts = (shown, named(words, one.outcome), words.date_short(one.day), one.shop, one.recorded_by)
        line = row(label(" · ".join(facts), "dim"))
        if attempt.times > 1:
            line.addWidget(badge(words.say_count("{n} time", "{n} times", attempt.times), "bad"))
        if attempt.shops > 1:
            line.addWidget(badge(words.say_count("{n} shop", "{n} shops", attempt.shops), "bad"))
        line.addStretch(1)
        return line

    # Deciding -------------------------------------------------------------------------------------------------

    def book(self, evidence_id: int, shop: str) -> None:
        """Book a slip to the shop that it belongs to; can be undone."""
        page = self._page

        def booked(found: ScanAnswer) -> None:
            answer = answer_text(self.words, found.outcome, found.facts)[0]
            said = self.words.say("Booked to {shop}: {answer}", shop=shop, answer=answer)
            page.undoable(said, evidence_services.withdraw, evidence_ids=[found.evidence_id], reason=self.words.say("Undo"))
            page.note.say(said, "good")

        page.do(evidence_services.book_to_own_shop, evidence_id=evidence_id, done=booked)

    def _decide(self, one: EvidenceRow, decision: Decision) -> None:
        page, say = self._page, self.words.say
        voucher_id = None
        if decision is Decision.ACCEPTED and one.voucher_id is None:
            dialog = UnreadableDialog(page, page.context, one.shop_id, one.day, must_choose=True, offer_id=one.offer_id, code=one.text)
            if not dialog.exec():
                return
            voucher_id = dialog.voucher_id()
        what = say("It counts as redeemed.") if decision is Decision.ACCEPTED else say("It does not count.")
        reason = ask_reason(page, self.words, what, named(self.words, decision))
        if reason is not None:
            page.do(
                evidence_services.decide,
                evidence_id=one.evidence_id,
                decision=decision,
                reason=reason,
                voucher_id=voucher_id,
                done=lambda _: page.context.status.say(say("Decided: {what}", what=named(self.words, decision))),
            )
