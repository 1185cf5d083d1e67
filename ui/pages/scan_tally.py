"""The running tally of an envelope beside what the shop counted, and the ways to add to it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from caringstreet.rules.evidence import Verdict
from caringstreet.services.evidence_answers import ScanAnswer
from caringstreet.words import Words
from ui import theme
from ui.icons import icon
from ui.scanning import camera
from ui.scanning.sound import Sounder
from ui.widgets.basics import button, label, row
from ui.widgets.number_field import NumberField
from ui.widgets.scrolling import Scrolling

GOOD = (Verdict.REDEEMS, Verdict.CONFIRMS)
_NOT_COUNTED = -1


class Tally(QFrame):
    """Good, a person decides, not taken; what it is worth; how it differs from the shop's count."""

    counted_changed = Signal()

    def __init__(
        self,
        words: Words,
        sounder: Sounder,
        *,
        photo: Callable[[], object],
        live: Callable[[], object],
        torn: Callable[[], object],
        record: Callable[[], object],
    ) -> None:
        super().__init__()
        self._words, self._sounder = words, sounder
        say = words.say
        self.setProperty("card", True)
        self.setFixedWidth(300)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(18, 0, 18, 0)
        column.setSpacing(8)
        self.sound = button("", self._switch_sound, kind="quiet")
        column.addLayout(row(label(say("This round"), "heading"), None, self.sound))
        self.numbers: dict[str, QLabel] = {}
        for key, text in (("good", say("good")), ("warn", say("to be decided")), ("bad", say("not taken"))):
            column.addLayout(self._number(key, text))
        self.payable, self.gift = label("", "heading"), label("", "heading")
        column.addLayout(row(label(say("To pay the shop"), "dim"), None, self.payable))
        column.addLayout(row(label(say("Given by the shop"), "dim"), None, self.gift))
        self.counted_field = self._make_counted()
        self._counted_label = label(say("The shop counted"), "dim")
        column.addLayout(row(self._counted_label, None, self.counted_field))
        self.difference = label("", wrap=True)
        column.addWidget(self.difference)
        self.no_paper = label(
            say("No paper voucher: a message, or a voucher shown on a phone. It counts as the shop's message until the voucher comes."),
            "dim",
            wrap=True,
        )
        self.no_paper.hide()
        column.addWidget(self.no_paper)
        column.addStretch(1)
        self.photo_button = button(say("Photo of many vouchers…"), photo, picture="image-plus")
        self.photo_button.setToolTip("Ctrl+O")
        self.camera_button = button(say("Camera"), live, picture="camera")
        self.camera_button.setVisible(camera.is_there())
        self.torn_button = button(say("Soaked or torn voucher…"), torn, picture="file-text")
        self.torn_button.setToolTip("Ctrl+T")
        self.record_button = button(say("Record this envelope"), record, kind="primary", picture="check")
        self.record_button.setToolTip("Ctrl+Enter")
        for widget in (self.photo_button, self.camera_button, self.torn_button):
            column.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 12, 0, 14)
        whole.addWidget(Scrolling(body, sideways=False), 1)
        foot = row(self.record_button)
        foot.setContentsMargins(18, 0, 18, 0)
        whole.addLayout(foot)
        self._show_sound()

    def _number(self, key: str, text: str) -> QVBoxLayout:
        number = label("0", "number")
        number.setMinimumWidth(60)
        number.setStyleSheet(f"color: {getattr(theme.colors(), key)};")
        number.setAccessibleName(text)
        self.numbers[key] = number
        holder = QVBoxLayout()
        holder.addLayout(row(number, label(text), None))
        return holder

    def _make_counted(self) -> NumberField:
        field = NumberField(_NOT_COUNTED, 999, none="–")
        field.setMinimumWidth(76)
        field.setAccessibleName(self._words.say("The shop counted"))
        field.valueChanged.connect(lambda _: self.counted_changed.emit())
        return field

    def counted(self) -> int | None:
        """The shop's own count; None where nobody counted."""
        return self.counted_field.value() if self.counted_field.value() != _NOT_COUNTED else None

    def set_counted(self, counted: int | None) -> None:
        """Put a count in without telling of it."""
        self.counted_field.blockSignals(True)
        self.counted_field.setValue(_NOT_COUNTED if counted is None else counted)
        self.counted_field.blockSignals(False)

    def counts_paper(self, paper: bool) -> None:
        """Only paper is counted by the shop; a voucher on a telephone's screen is no paper, and that is said."""
        self.no_paper.setVisible(not paper)
        self.counted_field.setVisible(paper)
        self._counted_label.setVisible(paper)
        self.difference.setVisible(paper)

    def show_answers(self, answers: Sequence[ScanAnswer], sheets: int) -> None:
        """The figures of what was scanned so far."""
        words = self._words
        good = [one for one in answers if one.verdict in GOOD]
        asks = sum(1 for one in answers if one.verdict is Verdict.ASK)
        bad = sum(1 for one in answers if one.verdict is Verdict.REFUSED)
        for key, number in (("good", len(good)), ("warn", asks), ("bad", bad)):
            self.numbers[key].setText(words.number(number))
        self.payable.setText(words.money(sum(one.fund_cents for one in good)))
        self.gift.setText(words.money(sum(one.shop_cents for one in good)))
        self._show_difference(sheets)

    def _show_difference(self, sheets: int) -> None:
        words, counted = self._words, self.counted()
        said, kind = "", "good"
        if counted is not None and counted == sheets:
            said = words.say("The same as the shop counted.")
        elif counted is not None and counted > sheets:
            kind = "warn"
            said = words.say_count(
                "{n} fewer than the shop counted: count again, or record the difference.",
                "{n} fewer than the shop counted: count again, or record the difference.",
                counted - sheets,
            )
        elif counted is not None:
            kind = "warn"
            said = words.say_count(
                "{n} more than the shop counted: count again, or record the difference.",
                "{n} more than the shop counted: count again, or record the difference.",
                sheets - counted,
            )
        self.difference.setText(said)
        colours = theme.colors()
        ground, ink = (colours.good_soft, colours.good) if kind == "good" else (colours.warn_soft, colours.warn)
        self.difference.setStyleSheet(f"background: {ground}; color: {ink}; border-radius: 9px; padding: 4px 9px;" if said else "")

    def _switch_sound(self) -> None:
        self._sounder.switch()
        self._show_sound()

    def _show_sound(self) -> None:
        on = self._sounder.on
        said = self._words.say("Sound is on") if on else self._words.say("Sound is off")
        self.sound.setIcon(icon("volume-2" if on else "volume-x", "accent"))
        self.sound.setToolTip(said)
        self.sound.setAccessibleName(said)
