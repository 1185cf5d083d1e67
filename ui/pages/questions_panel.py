"""What a person must decide, each with its evidence beside it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from caringstreet.answer_words import SENTENCES
from caringstreet.labels import label as named
from caringstreet.queries import evidence
from caringstreet.queries.evidence import EvidenceRow
from caringstreet.rules.codes import pretty
from caringstreet.rules.evidence import Decision, Outcome
from caringstreet.services import evidence as evidence_services
from ui.dialogs.ask import ask_reason
from ui.dialogs.unreadable import UnreadableDialog
from ui.widgets.basics import EmptyState, badge, button, card, clear, icon_label, label, row

if TYPE_CHECKING:
    from ui.pages.scan_page import ScanPage

_MOST = 80


class QuestionsPanel(QWidget):
    """Open questions first; refused attempts below, to see suspicious repeats."""

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

    def refresh(self) -> None:
        """Load the questions again."""
        say = self.words.say
        clear(self._column)
        with self._page.context.database.reader() as reader:
            questions = evidence.open_questions(reader)
            refused = evidence.recent_refused(reader, 30)
        self._page.count_questions(len(questions))
        for one in questions[:_MOST]:
            self._column.addWidget(self._question(one))
        if not questions:
            self._column.addWidget(EmptyState("circle-check", say("Nothing to decide"), say("Slips that are neither clearly good nor clearly wrong come here: a second paper, a slip past its day, one never handed out.")))
        if refused:
            self._column.addWidget(label(say("Refused attempts, the newest first"), "heading"))
        for one in refused:
            text = f"{self.words.date_short(one.day)} · {one.shop} · {pretty(one.code) if one.code else one.text[:20]} · {named(self.words, one.outcome)}"
            self._column.addWidget(label(text, "dim", wrap=True))
        self._column.addStretch(1)

    def _question(self, one: EvidenceRow) -> QFrame:
        words, say = self.words, self.words.say
        frame, column = card(spacing=5)
        shop = one.shop_zh if words.language == "zh_HK" else one.shop_en or one.shop_zh
        title = one.title_zh if words.language == "zh_HK" else one.title_en or one.title_zh
        head = " · ".join(part for part in (pretty(one.code) if one.code else say("unreadable"), title) if part)
        column.addLayout(row(icon_label("circle-question-mark", "warn", 22), label(head, "heading"), badge(named(words, one.outcome), "warn"), None))
        column.addWidget(label(f"{one.shop} {shop} · {words.date(one.day)} · {named(words, one.channel)} · {one.recorded_by}" + (f" · {one.note}" if one.note else ""), "dim", wrap=True))
        if one.voucher_id is not None:
            with self._page.context.database.reader() as reader:
                others = [other for other in evidence.of_voucher(reader, one.voucher_id) if other.evidence_id != one.evidence_id]
            for other in others:
                column.addWidget(label(say("Also: {what}", what=f"{words.date_short(other.day)} · {other.shop} · {named(words, other.channel)} · {named(words, other.outcome)}"), "dim", wrap=True))
        column.addWidget(label(words.say(SENTENCES[one.outcome][1]), wrap=True))
        accept = button(say("Accept"), lambda: self._decide(one, Decision.ACCEPTED), kind="primary")
        accept.setAccessibleName(" ".join((say("Accept"), one.code)))
        accept.setEnabled(one.outcome is not Outcome.SECOND_SHEET)
        refuse = button(say("Do not accept"), lambda: self._decide(one, Decision.REFUSED))
        refuse.setAccessibleName(" ".join((say("Do not accept"), one.code)))
        column.addLayout(row(None, refuse, accept))
        return frame

    def _decide(self, one: EvidenceRow, decision: Decision) -> None:
        page, say = self._page, self.words.say
        voucher_id = None
        if decision is Decision.ACCEPTED and one.voucher_id is None:
            dialog = UnreadableDialog(page, page.context, one.shop_id, must_choose=True)
            if not dialog.exec():
                return
            voucher_id = dialog.arguments()["voucher_id"]
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
