"""The scan desk: a shop, a day, and a stack of slips; nothing but the keyboard is needed."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from caringstreet.answer_words import answer_text
from caringstreet.labels import label as named
from caringstreet.queries import shops, vouchers
from caringstreet.queries.vouchers import VoucherFilter
from caringstreet.rules.changes import Changed
from caringstreet.rules.codes import pretty
from caringstreet.rules.evidence import Channel, Outcome, Verdict
from caringstreet.rules.vouchers import HandedTo
from caringstreet.scanning.attempts import attempts
from caringstreet.scanning.reader import UnreadableImage, codes_in_image
from caringstreet.services import evidence as evidence_services
from caringstreet.services import vouchers as voucher_services
from caringstreet.services.evidence import RecordedScans, ScanAnswer
from ui.context import Context, Target
from ui.dialogs.ask import ask_reason
from ui.dialogs.unreadable import UnreadableDialog
from ui.pages.questions_panel import QuestionsPanel
from ui.scanning import camera
from ui.scanning.photo import PICTURES, pictures_in
from ui.scanning.tray import Tray
from ui.widgets.basics import button, card, clear, icon_label, label, row
from ui.widgets.chips import Chips
from ui.widgets.fields import ChoiceField, DayField
from ui.widgets.page import Page

LOOKS = {
    Verdict.REDEEMS: ("circle-check", "good"),
    Verdict.CONFIRMS: ("circle-check", "good"),
    Verdict.MERGED: ("info", "dim"),
    Verdict.ASK: ("circle-question-mark", "warn"),
    Verdict.REFUSED: ("circle-x", "bad"),
}
_ENVELOPE, _QUESTIONS = "envelope", "questions"


class ScanPage(Page):
    """Answers come from the service itself in a rehearsal; nothing is posted before Record."""

    name = "scan"
    shows = frozenset({Changed.EVIDENCE, Changed.VOUCHERS, Changed.SHOPS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.words.say
        self.setAcceptDrops(True)
        self.tray = Tray.restored(context.preferences)
        self._restored = bool(self.tray.texts)
        self.answers: tuple[ScanAnswer, ...] = ()
        self.tabs = Chips([(_ENVELOPE, say("Envelope")), (_QUESTIONS, say("To decide"))])
        self.tabs.chosen.connect(lambda _: self._show_tab())
        self.shop = ChoiceField([])
        self.shop.setEditable(True)
        self.shop.setInsertPolicy(self.shop.InsertPolicy.NoInsert)
        self.shop.setAccessibleName(say("Shop"))
        self.shop.setMinimumWidth(240)
        self._shop_text = QLineEdit()
        self._shop_text.setPlaceholderText(say("Shop: type its code or name"))
        self._shop_text.setAccessibleName(say("Shop"))
        self._shop_text.returnPressed.connect(lambda: self.code.setFocus())
        self.shop.setLineEdit(self._shop_text)
        self.shop.activated.connect(lambda _: self._shop_chosen())
        self.day = DayField(self.tray.day or context.clock.today())
        self.day.name_for_readers(say("Day of the round"))
        self.day.changed.connect(self._look)
        self.channel = ChoiceField([(one, named(self.words, one)) for one in (Channel.SLIP, Channel.WHATSAPP, Channel.PHONE, Channel.DESK)], Channel(self.tray.channel))
        self.channel.setAccessibleName(say("How it came"))
        self.channel.activated.connect(lambda _: self._look())
        self.column.addLayout(row(self.tabs, self.shop, self.day, self.channel, None))
        self.places = QStackedWidget()
        self.places.addWidget(self._make_desk())
        self.questions = QuestionsPanel(self)
        self.places.addWidget(self.questions)
        self.column.addWidget(self.places, 1)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut).activated.connect(self.record)
        QShortcut(QKeySequence("Ctrl+V"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut).activated.connect(self.paste)

    def title(self) -> str:
        return self.words.say("Scan desk")

    def help_text(self) -> str:
        return self.words.say("Choose the shop, then scan or type each slip and press Return. Ctrl+Z takes the last one back, Ctrl+Enter records the envelope. Nothing is written before that. Slips that are not clearly wrong are kept for a person to decide.")

    # The parts ------------------------------------------------------------------------------------------------

    def _make_desk(self) -> QWidget:
        say = self.words.say
        desk = QWidget()
        line = row(spacing=12)
        line.setContentsMargins(0, 0, 0, 0)
        desk.setLayout(line)
        left = QVBoxLayout()
        self._answer_card, answer = card()
        self._answer_icon = QLabel()
        self._answer_icon.setFixedWidth(64)
        texts = QVBoxLayout()
        self.answer_title = label("", "big", wrap=True)
        self.answer_detail = label("", "dim", wrap=True)
        self.answer_next = label("", wrap=True)
        for widget in (self.answer_title, self.answer_detail, self.answer_next):
            texts.addWidget(widget)
        top = row(self._answer_icon)
        top.addLayout(texts, 1)
        answer.addLayout(top)
        self.fix = QVBoxLayout()
        answer.addLayout(self.fix)
        self.code = QLineEdit()
        self.code.setPlaceholderText(say("Scan the next one, or type its code…"))
        self.code.setAccessibleName(say("Code"))
        self.code.setMaxLength(700)
        # An input method would swallow the scanner's letters.
        self.code.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.code.setProperty("takesScans", True)
        self.code.returnPressed.connect(self._entered)
        answer.addWidget(self.code)
        left.addWidget(self._answer_card)
        listing, inner = card(margins=14)
        self.list_title = label(say("This envelope"), "heading")
        inner.addLayout(row(self.list_title, None, button(say("Take the last one back"), self.undo, kind="quiet", picture="undo-2")))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        self._list = QGridLayout(holder)
        self._list.setColumnStretch(3, 1)
        self._scroll.setWidget(holder)
        inner.addWidget(self._scroll, 1)
        left.addWidget(listing, 1)
        line.addLayout(left, 1)
        line.addWidget(self._make_tally())
        return desk

    def _make_tally(self) -> QWidget:
        say = self.words.say
        side, column = card()
        side.setFixedWidth(300)
        column.addWidget(label(say("This round"), "heading"))
        self.tally: dict[str, QLabel] = {}
        for key, text, role in (("good", say("good"), "good"), ("ask", say("a person decides"), "warn"), ("bad", say("not taken"), "bad")):
            number = label("0", "number")
            number.setMinimumWidth(56)
            self.tally[key] = number
            column.addLayout(row(number, label(text, role), None))
        self.payable, self.gift = label("", ""), label("", "")
        column.addLayout(row(label(say("To pay the shop"), "dim"), None, self.payable))
        column.addLayout(row(label(say("Given by the shop"), "dim"), None, self.gift))
        self.counted = QSpinBox()
        self.counted.setRange(-1, 999)
        self.counted.setSpecialValueText("–")
        self.counted.setValue(-1)
        self.counted.setAccessibleName(say("The shop counted"))
        self.counted.valueChanged.connect(lambda _: self._show_tally())
        column.addLayout(row(label(say("The shop counted"), "dim"), None, self.counted))
        self.difference = label("", "warn", wrap=True)
        column.addWidget(self.difference)
        column.addStretch(1)
        column.addWidget(button(say("Photo of many vouchers…"), self._open_photo, picture="image-plus"))
        self.camera_button = button(say("Camera"), self._open_camera, picture="camera")
        self.camera_button.setVisible(camera.is_there())
        column.addWidget(self.camera_button)
        column.addWidget(button(say("Soaked or torn slip…"), self._unreadable, picture="file-text"))
        self.sound = button("", self._switch_sound, kind="quiet", picture="volume-2")
        self._show_sound()
        column.addWidget(self.sound)
        self.record_button = button(say("Record this envelope"), self.record, kind="primary", picture="check")
        column.addWidget(self.record_button)
        return side

    # Coming and going -----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        chosen = self.shop.value() if self.shop.count() else self.tray.shop_id
        zh = self.words.language == "zh_HK"
        with self.context.database.reader() as reader:
            found = shops.choices(reader)
        self.shop.blockSignals(True)
        self.shop.clear()
        self.shop._values = [one[0] for one in found]
        self.shop.addItems([f"{code} {name if zh else en or name}" for _, code, name, en in found])
        completer = self.shop.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.shop.choose(chosen)
        if chosen is None:
            self.shop.setCurrentIndex(-1)
        self.shop.blockSignals(False)
        self.questions.refresh()
        self._look()
        if not found:
            self.note.say(self.words.say("There is no shop yet. Register the shops first."), "warn")
        elif self._restored:
            self._restored = False
            self.note.say(self.words.say("These slips were scanned before and not recorded yet. Nothing was lost."))
        (self.code if chosen is not None else self.shop).setFocus()

    def open(self, target: Target) -> None:
        if target.action == "decide":
            self.tabs.choose(_QUESTIONS)
            self._show_tab()

    def _show_tab(self) -> None:
        questions = self.tabs.current() == _QUESTIONS
        self.places.setCurrentIndex(1 if questions else 0)
        for widget in (self.shop, self.day, self.channel):
            widget.setVisible(not questions)
        if questions:
            self.questions.refresh()

    def count_questions(self, number: int) -> None:
        """The number on the tab."""
        self.tabs.count(_QUESTIONS, number)

    def _shop_id(self) -> int | None:
        """The chosen shop; a typed code or name that fits only one counts as chosen."""
        typed = self.shop.currentText().strip().casefold()
        if self.shop.currentIndex() >= 0 and self.shop.itemText(self.shop.currentIndex()).casefold() == typed:
            found: int | None = self.shop.value()
            return found
        fitting = [place for place in range(self.shop.count()) if typed and typed in self.shop.itemText(place).casefold()]
        exact = [place for place in fitting if self.shop.itemText(place).casefold().split(" ")[0] == typed]
        if len(exact or fitting) == 1:
            self.shop.setCurrentIndex((exact or fitting)[0])
            return int(self.shop.value())
        return None

    def _shop_chosen(self) -> None:
        self._look()
        self.code.setFocus()

    # Scanning -------------------------------------------------------------------------------------------------

    def _entered(self) -> None:
        text = self.code.text().strip()
        self.code.clear()
        if text:
            self.take_code(text)

    def take_code(self, text: str) -> bool:
        """A scanned or typed code goes into the tray."""
        if self.tabs.current() == _QUESTIONS:
            return False
        if self._shop_id() is None:
            self.note.say(self.words.say("Choose the shop first; then scan again."), "warn")
            self.shop.setFocus()
            return True
        self.note.silence()
        if self.tray.add(text):
            self._look(sound=True)
        return True

    def _look(self, *, sound: bool = False) -> None:
        """Ask the service, in a rehearsal, what the whole tray would answer."""
        shop_id = self._shop_id()
        self.tray.shop_id, self.tray.day, self.tray.channel = shop_id, self.day.day(), str(self.channel.value())
        self.tray.save(self.context.preferences)
        self.answers = ()
        if shop_id is not None and self.tray.texts:
            with self.context.database.rehearsal() as tx:
                self.answers = self._service(shop_id)(tx).answers
        self._show_answers()
        if sound and self.answers:
            self._sound(self.answers[-1])

    def _service(self, shop_id: int) -> Any:
        street = self.context.street
        counted = self.counted.value() if self.counted.value() >= 0 else None
        return partial(
            evidence_services.record,
            attempts=attempts(self.tray.texts, street.verifier, practice=street.practice),
            shop_id=shop_id,
            channel=self.channel.value(),
            at=self.context.clock.now(),
            by=self.context.actor,
            day=self.day.day(),
            counted_by_shop=counted if self.channel.value() is Channel.SLIP else None,
        )

    def _sound(self, answer: ScanAnswer) -> None:
        if not self.context.preferences.flag("scan/sound", True):
            return
        QApplication.beep()
        if answer.verdict in (Verdict.ASK, Verdict.REFUSED):
            QApplication.beep()

    def _switch_sound(self) -> None:
        self.context.preferences.set("scan/sound", not self.context.preferences.flag("scan/sound", True))
        self._show_sound()

    def _show_sound(self) -> None:
        on = self.context.preferences.flag("scan/sound", True)
        self.sound.setText(self.words.say("Sound is on") if on else self.words.say("Sound is off"))

    def _title_of(self, answer: ScanAnswer) -> str:
        return answer.title_zh if self.words.language == "zh_HK" else answer.title_en or answer.title_zh

    def _show_answers(self) -> None:
        words = self.words
        clear(self._list)
        for line, (place, answer) in enumerate(reversed(list(enumerate(self.answers)))):
            picture, tone = LOOKS[answer.verdict]
            self._list.addWidget(icon_label(picture, tone, 18), line, 0)
            self._list.addWidget(label(pretty(answer.code) if answer.code else answer.text[:14]), line, 1)
            self._list.addWidget(label(self._title_of(answer), "dim"), line, 2)
            said, _ = answer_text(words, answer.outcome, answer.facts)
            self._list.addWidget(label(said, tone, wrap=True), line, 3)
            remove = button("", partial(self._remove, place), kind="quiet", picture="x")
            remove.setAccessibleName(words.say("Take out {code}", code=answer.code or answer.text[:14]))
            remove.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self._list.addWidget(remove, line, 4)
        self._list.setRowStretch(len(self.answers) + 1, 1)
        self._show_last()
        self._show_tally()

    def _show_last(self) -> None:
        words, say = self.words, self.words.say
        clear(self.fix)
        if not self.answers:
            self._answer_icon.setPixmap(icon_label("scan-line", "accent", 52).pixmap())
            self.answer_title.setText(say("Ready"))
            self.answer_detail.setText(say("Scan with a USB scanner, type the code under the square, or drop a photo of many vouchers."))
            self.answer_next.setText("")
            return
        answer = self.answers[-1]
        picture, tone = LOOKS[answer.verdict]
        sentence, then = answer_text(words, answer.outcome, answer.facts)
        self._answer_icon.setPixmap(icon_label(picture, tone, 52).pixmap())
        self.answer_title.setProperty("role", "big")
        self.answer_title.setText(f"{sentence} · {self._title_of(answer)}" if answer.title_zh else sentence)
        code = pretty(answer.code) if answer.code else answer.text[:24]
        until = say("until {day}", day=words.date_short(answer.valid_to)) if answer.valid_to else ""
        self.answer_detail.setText(" · ".join(part for part in (named(words, answer.verdict), code, until) if part))
        self.answer_next.setText(then)
        if answer.outcome is Outcome.NOT_HANDED_OUT:
            one = button(say("Hand out now, with reason"), lambda: self._hand_out(answer, whole=False))
            whole = button(say("The whole sheet"), lambda: self._hand_out(answer, whole=True))
            self.fix.addLayout(row(one, whole, None))

    def _show_tally(self) -> None:
        words = self.words
        good = [one for one in self.answers if one.verdict in (Verdict.REDEEMS, Verdict.CONFIRMS)]
        asks = sum(1 for one in self.answers if one.verdict is Verdict.ASK)
        bad = sum(1 for one in self.answers if one.verdict is Verdict.REFUSED)
        for key, number in (("good", len(good)), ("ask", asks), ("bad", bad)):
            self.tally[key].setText(str(number))
        self.payable.setText(words.money(sum(one.fund_cents for one in good)))
        self.gift.setText(words.money(sum(one.shop_cents for one in good)))
        scanned = len(self.answers)
        self.list_title.setText(words.say_count("This envelope: {n} slip", "This envelope: {n} slips", scanned))
        counted, said = self.counted.value(), ""
        if counted >= 0 and counted > scanned:
            said = words.say_count("{n} fewer than the shop counted: count again, or record the difference.", "{n} fewer than the shop counted: count again, or record the difference.", counted - scanned)
        elif counted >= 0 and counted < scanned:
            said = words.say_count("{n} more than the shop counted: count again, or record the difference.", "{n} more than the shop counted: count again, or record the difference.", scanned - counted)
        self.difference.setText(said)
        self.record_button.setEnabled(bool(self.answers))

    def undo(self) -> bool:
        if self.tray.take_last() is None:
            return False
        self._look()
        self.code.setFocus()
        return True

    def _remove(self, place: int) -> None:
        self.tray.remove(place)
        self._look()
        self.code.setFocus()

    # Photos and cameras ---------------------------------------------------------------------------------------

    def paste(self) -> None:
        """Ctrl+V: a picture, or text with codes, one a line."""
        data = QGuiApplication.clipboard().mimeData()
        pictures = pictures_in(data)
        if pictures:
            self.read_photos(pictures)
        elif data.hasText():
            for line in data.text().splitlines():
                if line.strip():
                    self.take_code(line.strip())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.read_photos(pictures_in(event.mimeData()))

    def _open_photo(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, self.words.say("Photo of many vouchers…"), "", PICTURES)
        if chosen:
            self.read_photos([Path(one).read_bytes() for one in chosen])

    def read_photos(self, pictures: list[bytes]) -> None:
        """Find all codes in photos, away from the window's thread."""

        def work(progress: Any) -> list[str]:
            found: list[str] = []
            for number, picture in enumerate(pictures):
                progress.at(number, len(pictures))
                found += codes_in_image(picture)
            return found

        self.context.runner.work(work, done=self._read_photos, failed=self._bad_photo, label=self.words.say("Reading photos"))

    def _read_photos(self, texts: list[str]) -> None:
        if self._shop_id() is None:
            self.note.say(self.words.say("Choose the shop first; then scan again."), "warn")
            return
        fresh = [text for text in dict.fromkeys(texts) if self.tray.add(text)]
        self._look(sound=True)
        kind = "good" if texts else "warn"
        self.note.say(self.words.say_count("{n} voucher read from the photo.", "{n} vouchers read from the photo.", len(fresh)), kind)

    def _bad_photo(self, error: Exception) -> bool:
        if isinstance(error, UnreadableImage):
            self.note.say(self.words.say("This file is not a picture that can be read. Take the photo again, or type the codes."), "warn")
            return True
        return False

    def _open_camera(self) -> None:
        dialog = camera.CameraDialog(self, self.words)
        dialog.seen.connect(self.take_code)
        dialog.exec()

    # Deciding and recording -----------------------------------------------------------------------------------

    def _hand_out(self, answer: ScanAnswer, *, whole: bool) -> None:
        today = self.context.clock.today()
        with self.context.database.reader() as reader:
            ids = [answer.voucher_id]
            if whole:
                wanted = VoucherFilter(ids=tuple(vouchers.ids_of_sheet(reader, answer.sheet_id or 0)))
                ids = [one.voucher_id for one in vouchers.listed(reader, wanted, today) if one.handed_out_on is None and one.ended_at is None]
        what = self.words.say_count("Record the hand-out of {n} voucher now", "Record the hand-out of {n} vouchers now", len(ids))
        reason = ask_reason(self, self.words, what, self.words.say("Hand out"), self.words.say("Forgotten at hand-out"))
        if reason is not None:
            self.do(voucher_services.hand_out, voucher_ids=ids, day=self.day.day(), to=HandedTo.SELF, reason=reason, done=lambda _: self._look())

    def _unreadable(self) -> None:
        shop_id = self._shop_id()
        if shop_id is None:
            self.note.say(self.words.say("Choose the shop first; then scan again."), "warn")
            return
        dialog = UnreadableDialog(self, self.context, shop_id)
        if dialog.exec():
            self.do(
                evidence_services.record_unreadable,
                shop_id=shop_id,
                day=self.day.day(),
                done=lambda _: self.context.status.say(self.words.say("Kept for a person to decide")),
                **dialog.arguments(),
            )

    def record(self) -> None:
        """Record the envelope: the answers become evidence, and the desk is ready for the next shop."""
        shop_id = self._shop_id()
        if shop_id is None or not self.tray.texts:
            return
        service = self._service(shop_id)
        self.context.runner.command(service, done=self._recorded, refused=self.refused)

    def _recorded(self, done: RecordedScans) -> None:
        words = self.words
        good = sum(1 for one in done.answers if one.verdict in (Verdict.REDEEMS, Verdict.CONFIRMS))
        wrong = [one for one in done.answers if one.outcome is Outcome.WRONG_SHOP]
        shop = self.shop.currentText()
        self.tray.empty()
        self.counted.setValue(-1)
        self._look()
        said = words.say("{shop}: {good} good of {all} recorded", shop=shop, good=good, all=len(done.answers))
        if done.evidence_ids:
            self.undoable(said, evidence_services.withdraw, evidence_ids=done.evidence_ids, reason=words.say("Undo"))
        if wrong:
            self._offer_to_book(wrong)
        else:
            self.note.say(said, "good")
        self.shop.setFocus()
        self._shop_text.selectAll()

    def _offer_to_book(self, wrong: list[ScanAnswer]) -> None:
        for answer in wrong:
            said, _ = answer_text(self.words, answer.outcome, answer.facts)
            self.note.say(f"{pretty(answer.code)}: {said}", "warn")
            book = button(self.words.say("Book {code} to its own shop", code=pretty(answer.code)), partial(self._book, answer))
            self.fix.addLayout(row(book, None))

    def _book(self, answer: ScanAnswer) -> None:
        self.do(
            evidence_services.book_to_own_shop,
            evidence_id=answer.evidence_id,
            done=lambda found: self.note.say(self.words.say("Booked to {shop}: {answer}", shop=answer.facts.get("shop", ""), answer=answer_text(self.words, found.outcome, found.facts)[0]), "good"),
        )
