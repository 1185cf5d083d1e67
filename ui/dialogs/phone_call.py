"""A code that a shop reads out on the phone: heard, typed, read back, recorded."""

from collections.abc import Callable, Sequence
from datetime import datetime, time
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caringstreet.clock import local_time, to_utc
from caringstreet.queries import shops
from caringstreet.rules.codes import NotACode, pretty, serial_of
from caringstreet.rules.evidence import NO_SLIP, Attempt, Channel, Verdict
from caringstreet.scanning.attempts import attempts
from caringstreet.services import evidence
from caringstreet.services.evidence import RecordedScans
from caringstreet.wording.answers import answer_text, verdict_text
from ui import theme
from ui.context import Context
from ui.scanning.scan_field import ScanField
from ui.widgets.basics import RECORD_KEYS, button, label, row, shortcuts
from ui.widgets.day_line import TimeLine
from ui.widgets.dialog import Dialog
from ui.widgets.fields import DayField
from ui.widgets.shop_field import ShopField

_TONES = {Verdict.REDEEMS: "good", Verdict.CONFIRMS: "good", Verdict.MERGED: "dim", Verdict.ASK: "warn", Verdict.REFUSED: "bad"}


class PhoneCall(Dialog):
    """The shop, then one code after the other; Return looks at a code, Return once more records it as of the call."""

    def __init__(self, parent: QWidget, context: Context, shop_id: int | None, recorded: Callable[[RecordedScans], None]) -> None:
        super().__init__(parent)
        self._context, self._recorded_by_page = context, recorded
        self._looked_at = ""
        words, say = context.words, context.words.say
        self.setWindowTitle(say("Phone call"))
        self.setMinimumWidth(560)
        self.shop = ShopField(words)
        self.day = DayField(context.clock.today())
        self.day.name_for_readers(say("Day of the call"))
        now = local_time(context.clock.now())
        self.time = TimeLine(time(now.hour, now.minute))
        self.time.setAccessibleName(say("Time of the call"))
        self.code = ScanField(say("Type the code that is read out, then Enter"), say("Code"))
        self.answer, self.read_back, self.then = label("", "big", wrap=True), label("", "heading"), label("", "dim", wrap=True)
        self.record_button = button(say("Record this code"), self.record, kind="primary", picture="check")
        self.record_button.setToolTip("Ctrl+Enter")
        column = QVBoxLayout(self)
        column.setSpacing(10)
        top: QHBoxLayout = row(self.shop, self.day, self.time)
        column.addLayout(top)
        column.addWidget(self.code)
        for widget in (self.read_back, self.answer, self.then):
            column.addWidget(widget)
        column.addLayout(
            row(
                label(say("No voucher yet: it counts as the shop's message until the voucher comes."), "dim", wrap=True),
                None,
                button(say("Close"), self.reject),
                self.record_button,
            )
        )
        shortcuts(self, self.record, *RECORD_KEYS)
        self._offer_shops()
        self.shop.choose(shop_id)
        self.shop.entered.connect(self.code.setFocus)
        self.code.entered.connect(self._entered)
        self.code.textEdited.connect(lambda _: self._forget())
        self._forget()
        self.keep_as(say("Phone call"))
        (self.code if shop_id is not None else self.shop).setFocus()

    def typed(self) -> Any:
        """Nothing once the code is recorded: which shop is on the line is no work."""
        return super().typed() if self.code.text() else None

    def put_back(self, typed: Any) -> None:
        if typed is not None:
            super().put_back(typed)

    def _offer_shops(self) -> None:
        with self._context.database.reader() as reader:
            found: Sequence[tuple[int, str, str, str]] = shops.choices(reader)
        self.shop.offer([(one, f"{code} {self._context.words.own(name, en)}") for one, code, name, en in found])

    def _entered(self, text: str) -> None:
        """The first Return looks, the second records what was looked at."""
        self.code.setText(text)
        if self._looked_at and self._looked_at == text and self.record_button.isEnabled():
            self.record()
        else:
            self._look(text)

    def _look(self, text: str) -> None:
        if self.shop.shop_id() is None:
            self._say(self._context.words.say("Choose the shop first; then type the code again."), "warn", "")
            self.shop.setFocus()
            return
        if self.refuse_unreadable():
            return
        self._looked_at = text
        self._context.runner.command_with_progress(
            lambda tx, progress: self._service()(tx), owner=self, done=self._show, refused=lambda error: None, rehearse=True
        )

    def _attempt(self) -> Attempt:
        street = self._context.street
        return attempts([self._looked_at], street.verifier, practice=street.practice)[0]

    def _service(self) -> partial[RecordedScans]:
        return partial(
            evidence.record,
            attempts=[self._attempt()],
            shop_id=self.shop.shop_id() or 0,
            channel=Channel.PHONE,
            at=self.moment(),
            by=self._context.actor,
        )

    def moment(self) -> datetime:
        """When the shop called."""
        day = self.day.day() or self._context.clock.today()
        return to_utc(datetime.combine(day, self.time.at() or time()))

    def _show(self, found: RecordedScans) -> None:
        words, (answer,) = self._context.words, found.answers
        sentence, then = answer_text(words, answer.outcome, answer.facts)
        title = words.own(answer.title_zh, answer.title_en)
        self._say(" · ".join(part for part in (sentence, title) if part), _TONES.get(answer.verdict, "dim"), then)
        self.read_back.setText(spelled(self._looked_at))
        self.answer.setAccessibleName(" ".join((sentence, verdict_text(words, answer.verdict))))
        ahead = self.moment() > self._context.clock.now()
        self.record_button.setEnabled(not ahead and answer.outcome not in NO_SLIP)
        if ahead:
            self.then.setText(words.say("This moment is in the future. Correct the day or the time of the call."))

    def _say(self, text: str, tone: str, then: str) -> None:
        self.answer.setText(text)
        self.answer.setStyleSheet(f"color: {getattr(theme.colors(), tone)};")
        self.then.setText(then)

    def _forget(self) -> None:
        self._looked_at = ""
        self.record_button.setEnabled(False)
        self._say("", "dim", "")
        self.read_back.setText("")

    def record(self) -> None:
        """Write the code down as the shop's call; the next one can be typed at once."""
        if self._looked_at and self.record_button.isEnabled() and not self.refuse_unreadable():
            self.record_button.setEnabled(False)
            self._context.runner.command(self._service(), owner=self, done=self._recorded, refused=lambda error: None)

    def _recorded(self, done: RecordedScans) -> None:
        said = self._context.words.say("Recorded: {code}", code=spelled(self._looked_at))
        self._recorded_by_page(done)
        self.code.clear()
        self._forget()
        self.then.setText(said)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)


def spelled(text: str) -> str:
    """A code in groups, as one reads it back."""
    try:
        serial_of(text)
    except NotACode:
        return text
    code = "".join(char for char in text.upper() if char.isalnum())
    return "   ".join(" ".join(part) for part in pretty(code).split("-"))
