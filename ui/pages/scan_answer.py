"""The big answer of the scan desk: colour, icon, sentence, next step, and the field for the next sheet."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from caringstreet.rules.codes import pretty
from caringstreet.rules.evidence import Outcome, Verdict
from caringstreet.services.evidence_answers import ScanAnswer
from caringstreet.wording.answers import answer_text
from caringstreet.wording.labels import label as named
from caringstreet.words import Words
from ui import theme
from ui.icons import pixmap
from ui.scanning.scan_field import ScanField
from ui.widgets.basics import badge, button, clear, label, row

LOOKS = {
    Verdict.REDEEMS: ("circle-check", "good"),
    Verdict.CONFIRMS: ("circle-check", "good"),
    Verdict.GOODWILL: ("circle-check", "warn"),
    Verdict.MERGED: ("info", "dim"),
    Verdict.ASK: ("circle-question-mark", "warn"),
    Verdict.REFUSED: ("circle-x", "bad"),
}
_PICTURE = 56


def title_of(words: Words, answer: ScanAnswer) -> str:
    """The offer in the language of the window."""
    return words.own(answer.title_zh, answer.title_en)


def code_shown(words: Words, answer: ScanAnswer) -> str:
    """The code as printed; a text that is none, cut short; a torn slip by its name."""
    if answer.code:
        return pretty(answer.code)
    if answer.outcome is Outcome.UNREADABLE:
        return words.say("Soaked or torn voucher")
    return answer.text if len(answer.text) <= 16 else f"{answer.text[:15]}…"


class AnswerCard(QFrame):
    """Shows the last answer; `hand_out` asks to record a forgotten hand-out, of its whole sheet where True."""

    hand_out = Signal(object, bool)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        say = words.say
        self.setObjectName("answer")
        self.setProperty("card", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(10)
        self._picture = QLabel()
        self._picture.setFixedWidth(_PICTURE + 14)
        self.title = label("", "big", wrap=True)
        self.detail = label("", "dim", wrap=True)
        self.next = label("", wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        for widget in (self.title, self.detail, self.next):
            texts.addWidget(widget)
        self._badges = QHBoxLayout()
        texts.addLayout(self._badges)
        top = row(self._picture)
        top.addLayout(texts, 1)
        column.addLayout(top)
        self.fix = QHBoxLayout()
        column.addLayout(self.fix)
        self.field = ScanField(say("Scan the next one, or type its code…"), say("Code"))
        column.addWidget(self.field)
        self.answer: ScanAnswer | None = None
        self.show_ready()

    def show_ready(self) -> None:
        """Before the first sheet."""
        say = self._words.say
        self._look("scan-line", "accent")
        self._tell(
            say("Ready"),
            say("Scan with a USB scanner, type the code under the QR code, or drop a photo of many vouchers."),
            "",
        )
        self._badges.addStretch(1)  # an empty line would leave the texts no width

    def show_no_shop(self, title: str, then: str, take: QPushButton | None) -> None:
        """Codes that wait for their shop; `take` is the one that the last voucher names."""
        self._look("store", "warn")
        self._tell(title, "", then)
        if take is not None:
            self.fix.addWidget(take)
            self.fix.addStretch(1)

    def show_unread(self, outcome: Outcome, text: str) -> None:
        """A text that is no voucher of ours: it stays in the field and is no voucher of the envelope."""
        sentence, then = answer_text(self._words, outcome, {})
        self._look(*LOOKS[Verdict.ASK])
        self._tell(sentence, self._words.say("Not in the envelope: {text}", text=text), then)

    def show_known(self) -> None:
        """The same sheet is still under the scanner."""
        sentence, then = answer_text(self._words, Outcome.ALREADY_KNOWN, {})
        self._look(*LOOKS[Verdict.MERGED])
        self._tell(sentence, named(self._words, Verdict.MERGED), then)
        self._badges.addStretch(1)

    def show_answer(self, answer: ScanAnswer) -> None:
        """What the last sheet answered, and what can be done about it here."""
        words, say = self._words, self._words.say
        picture, tone = LOOKS[answer.verdict]
        sentence, then = answer_text(words, answer.outcome, answer.facts)
        title = title_of(words, answer)
        until = say("until {day}", day=words.date_short(answer.valid_to)) if answer.valid_to else ""
        new_code = answer.facts.get("new_code")
        replaced = say("replaced by {code}", code=pretty(str(new_code))) if new_code else ""
        details = (code_shown(words, answer), until, self._first_seen(answer), replaced)
        self._look(picture, tone)
        self._tell(" · ".join(part for part in (sentence, title) if part), " · ".join(part for part in details if part), then)
        self.answer = answer
        self._badges.insertWidget(0, badge(named(words, answer.verdict), tone if tone != "dim" else "neutral"))
        if answer.repeated:
            self._badges.insertWidget(1, badge(say("Recorded before"), "neutral"))
        if answer.outcome is Outcome.NOT_HANDED_OUT:
            self._offer_hand_out(answer)

    def _first_seen(self, answer: ScanAnswer) -> str:
        """When, where and by whom the code was recorded before; what its sentence says already is left out."""
        facts = answer.facts
        if not facts.get("by"):
            return ""
        if answer.outcome is Outcome.SECOND_SHEET:
            day = self._words.date_short(facts["day"])
            return self._words.say("first seen {day} at {shop}, recorded by {name}", day=day, shop=facts["shop"], name=facts["by"])
        if answer.outcome is Outcome.ALREADY_USED:
            return self._words.say("recorded by {name}", name=facts["by"])
        return ""

    def _offer_hand_out(self, answer: ScanAnswer) -> None:
        say = self._words.say
        one = button(say("Record hand-out…"), lambda: self.hand_out.emit(answer, False), picture="hand-helping")
        one.setToolTip("Ctrl+H")
        whole = button(say("The whole sheet"), lambda: self.hand_out.emit(answer, True))
        whole.setToolTip("Ctrl+Shift+H")
        for widget in (one, whole):
            self.fix.addWidget(widget)
        self.fix.addStretch(1)

    def _tell(self, title: str, detail: str, then: str) -> None:
        self.answer = None
        clear(self.fix)
        clear(self._badges)
        # Without anything in it the line would hold the texts above to no width at all.
        self._badges.addStretch(1)
        self.title.setText(title)
        self.detail.setText(detail)
        self.next.setText(then)
        self.next.setVisible(bool(then))
        self.setAccessibleName(" ".join(part for part in (title, detail, then) if part))

    def _look(self, picture: str, tone: str) -> None:
        self._picture.setPixmap(pixmap(picture, tone, _PICTURE))
        colour = theme.colors().line if tone == "accent" else getattr(theme.colors(), tone)
        self.setStyleSheet(f"#answer {{ border: 2px solid {colour}; }}")
