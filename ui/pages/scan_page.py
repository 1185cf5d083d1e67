"""The scan desk: a shop, a day, and a stack of slips; nothing but the keyboard is needed."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from caringstreet.queries import collections, questions, shops
from caringstreet.rules.cards import read_card
from caringstreet.rules.changes import Changed
from caringstreet.rules.evidence import NO_SLIP, Attempt, Channel, Outcome, Verdict
from caringstreet.scanned import Scan, Subject, scan
from caringstreet.scanning.attempts import attempts
from caringstreet.services import evidence as evidence_services
from caringstreet.services.evidence import RecordedScans
from caringstreet.services.evidence_answers import ScanAnswer
from ui.context import Context
from ui.dialogs.phone_call import PhoneCall
from ui.dialogs.unreadable_dialog import UnreadableDialog
from ui.pages.scan_answer import AnswerCard
from ui.pages.scan_hand_out import ForgottenHandOut
from ui.pages.scan_list import EnvelopeList
from ui.pages.scan_named_shop import NamedShop
from ui.pages.scan_photos import PhotoDesk
from ui.pages.scan_record import EnvelopeRecorder
from ui.pages.scan_round import RoundBar
from ui.pages.scan_tally import Tally
from ui.scanning.sound import Sounder
from ui.scanning.tray import Sheet, Tray
from ui.widgets.basics import RECORD_KEYS, EmptyState, button, card, label, shortcuts
from ui.widgets.flow import Flow
from ui.widgets.page import Page
from ui.widgets.scrolling import Scrolling, Stack

#: So much of a text that is no code of ours is shown again.
_SHOWN = 40


class ScanPage(Page):
    """Answers come from the service itself in a rehearsal; nothing is posted before Record."""

    name = "scan"
    shows = frozenset({Changed.EVIDENCE, Changed.VOUCHERS, Changed.SHOPS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.words.say
        self.setAcceptDrops(True)
        draft = context.drafts.get(self.name)
        self.tray = Tray.of(draft.inputs or "") if draft is not None else Tray.moved_from(context.preferences, context.street.path)
        self._restored = bool(self.tray.sheets)
        self.answers: tuple[ScanAnswer, ...] = ()
        self._asked = 0
        self._attempts: dict[Sheet, Attempt] = {}
        self._sounder = Sounder(self, context.preferences)
        self.photos = PhotoDesk(self)
        self.recorder = EnvelopeRecorder(self)
        self.to_decide = button(say("To decide"), lambda: self.go_to("questions"), kind="quiet", picture="circle-question-mark")
        self.round = RoundBar(self.words, context.clock)
        self.shop, self.day, self.channel = self.round.shop, self.round.day, self.round.channel
        self.round.changed.connect(self.look)
        self.round.shop_entered.connect(self.shop_entered)
        self.call_button = button(say("Phone call…"), self._phone_call, picture="phone")
        self.call_button.setToolTip("Ctrl+R")
        self.column.addLayout(Flow(self.round, None, self.call_button, self.to_decide))
        self.places = Stack()
        self.places.addWidget(self._make_desk())
        self.places.addWidget(self._first_step())
        self.column.addWidget(self.places, 1)
        self._any_shop = True
        self._make_shortcuts()
        self.tally.set_counted(self.tray.counted)
        self._keeper = self.keep_typed(lambda: self.tray.kept() or None, self._bring_back)
        self._keeper.begin(self.name, self.title(), (self.name, None, ""), empty=None)

    def _bring_back(self, kept: Any) -> None:
        if kept:
            self.put_back(Tray.of(kept))

    def title(self) -> str:
        return self.words.say("Scan desk")

    def help_text(self) -> str:
        return self.words.say(
            "Choose the shop, then scan or type each voucher and press Enter. Ctrl+Z undoes the last one, Ctrl+Enter records the envelope; nothing is written before that. Ctrl+O opens photos, Ctrl+T is for a soaked or torn voucher, Ctrl+R for codes read out on the phone, Ctrl+H records a hand-out that was not recorded, Ctrl+Shift+H that of its whole voucher sheet. Vouchers that are not clearly wrong go to “To decide”."
        )

    def record(self) -> None:
        """Record the envelope: the answers become evidence, and the desk is ready for the next shop."""
        self.recorder.record()

    # The parts ------------------------------------------------------------------------------------------------

    def _make_desk(self) -> QWidget:
        say = self.words.say
        desk = QWidget()
        line = QHBoxLayout(desk)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        work = QWidget()
        left = QVBoxLayout(work)
        left.setContentsMargins(0, 0, 0, 0)
        self.card = AnswerCard(self.words)
        self._hand_out = ForgottenHandOut(self)
        self.card.hand_out.connect(self._hand_out.record)
        self.code = self.card.field
        self.code.entered.connect(self.take_code)
        self._named_shop = NamedShop(self)
        self.code.confirmed.connect(self._named_shop.take)
        left.addWidget(self.card)
        listing, inner = card(margins=14, spacing=6)
        self.list_title = label(say("This envelope"), "heading")
        self.earlier = label("", "dim")
        take_back = button(say("Undo the last one"), self.undo, kind="quiet", picture="undo-2")
        take_back.setToolTip("Ctrl+Z")
        inner.addLayout(Flow(self.list_title, self.earlier, None, take_back))
        self.list = EnvelopeList(self.words)
        self.list.removed.connect(self._remove)
        inner.addWidget(self.list, 1)
        left.addWidget(listing, 1)
        line.addWidget(Scrolling(work, sideways=False), 1)
        self.tally = Tally(
            self.words,
            self._sounder,
            photo=self.photos.choose,
            live=self.photos.open_camera,
            torn=self._torn,
            record=self.record,
        )
        self.counted, self.record_button = self.tally.counted_field, self.tally.record_button
        self.tally.counted_changed.connect(self._counted)
        line.addWidget(self.tally)
        return desk

    def _first_step(self) -> QWidget:
        """Where there is no shop yet whose slips could come in."""
        say = self.words.say
        register = button(say("Register a shop"), lambda: self.go_to("shop_form", None, "new"), kind="primary", picture="plus")
        bring = button(say("Import lists"), lambda: self.go_to("import"), picture="file-up")
        return EmptyState("store", say("No shops yet"), say("There is no shop yet. Register the shops first."), register, bring)

    def _make_shortcuts(self) -> None:
        shortcuts(self, self.record, *RECORD_KEYS)
        shortcuts(self, self.photos.paste, "Ctrl+V")
        shortcuts(self, self.photos.choose, "Ctrl+O")
        shortcuts(self, self._torn, "Ctrl+T")
        shortcuts(self, self._phone_call, "Ctrl+R")
        shortcuts(self, partial(self._hand_out.record_last, whole=False), "Ctrl+H")
        shortcuts(self, partial(self._hand_out.record_last, whole=True), "Ctrl+Shift+H")

    # Coming and going -----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        with self.context.database.reader() as reader:
            found = shops.choices(reader)
        self.shop.offer([(shop_id, f"{code} {self.words.own(name, en)}") for shop_id, code, name, en in found])
        if len(found) == 1 and self.tray.shop_id is None:
            self.shop.choose(found[0][0])
        if self._restored:
            self.round.show_round(self.tray.shop_id, self.tray.day, self.tray.channel)
            self.note.say(self.words.say("These vouchers were scanned before and not recorded yet. Nothing was lost."))
            self._restored = False
        elif not self.tray.sheets:
            self.round.follow_the_calendar()
        self._count_questions()
        self.look()
        self._any_shop = bool(found)
        self._show_place()

    def arrive(self) -> None:
        (self.code if self.shop.shop_id() is not None else self.shop).setFocus()

    def _count_questions(self) -> None:
        """How much waits for a person, on the way to it."""
        with self.context.database.reader() as reader:
            waiting = len(questions.open_question_ids(reader, self.context.clock.today()))
        said = self.words.say("To decide: {n}", n=waiting)
        self.to_decide.setText(said)
        self.to_decide.setAccessibleName(said)

    def _show_place(self) -> None:
        self.places.setCurrentIndex(0 if self._any_shop else 1)
        self.round.setVisible(self._any_shop)

    def shop_entered(self) -> None:
        """A shop is chosen: what waits is looked at, and scanning goes on."""
        if self.has_shop():
            self.note.silence()
            self.look()
            self.code.setFocus()

    def has_shop(self) -> bool:
        """Whether a shop is chosen; says so where none is."""
        if self.shop.shop_id() is not None:
            return True
        typed = self.shop.currentText().strip()
        if typed:
            self.note.say(self.words.say("“{typed}” fits no shop, or more than one. Type its code, for example S07.", typed=typed), "warn")
        else:
            self.note.say(self.words.say("Choose the shop first; then scan again."), "warn")
        self.shop.setFocus()
        self.shop.select_text()
        return False

    # Scanning -------------------------------------------------------------------------------------------------

    def take_code(self, text: str) -> bool:
        """A scanned or typed code goes into the tray; a shop's card chooses the shop, a household's opens it."""
        card = scan(self.context.street, text) if read_card(text) is not None else None
        if card is not None:
            self._take_card(card)
            return True
        self.note.silence()
        sheet = Sheet(text)
        problem = self._attempt(sheet).problem
        if problem in NO_SLIP:
            self._attempts.pop(sheet)
            self._leave_to_mend(text, problem)
        elif self.tray.add(text):
            self.look(sound=True)
        else:
            self.card.show_known()
        return True

    def _leave_to_mend(self, text: str, problem: Outcome) -> None:
        """What is no code of ours stays in the field, with what is wrong with it; the envelope has not become larger."""
        self.code.keep(text)
        self.code.setFocus()
        self.card.show_unread(problem, text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
        self._sounder.tell(Verdict.ASK)

    def _take_card(self, card: Scan) -> None:
        if card.subject_id is None:
            self.note.say(self.words.say("This street has nothing with the number {number}.", number=card.name), "warn")
        elif card.subject is Subject.HOUSEHOLD:
            self.go_to("households", card.subject_id)
        elif self.tray.sheets and card.subject_id != self.shop.shop_id():
            self.note.say(self.words.say("Record this envelope first; its vouchers are of another shop."), "warn")
        else:
            self.shop.choose(card.subject_id)
            self.shop_entered()

    def take_lines(self, lines: Sequence[str]) -> None:
        """Pasted codes, one a line; those that are none are named together, and the first of them is left to mend."""
        wrong = [line for line in lines if read_card(line) is None and self._attempt(Sheet(line)).problem in NO_SLIP]
        for line in lines:
            if line not in wrong:
                self.take_code(line)
        if wrong:
            self.take_code(wrong[0])
            self.note.say(self.words.say("Not taken: {lines}", lines=" · ".join(line[:_SHOWN] for line in wrong)), "warn")

    def take_photos(self, photos: tuple[tuple[str, ...], ...]) -> int:
        """What photos show goes into the tray; returns how many sheets were new."""
        ours = tuple(tuple(text for text in photo if self._attempt(Sheet(text)).problem not in NO_SLIP) for photo in photos)
        fresh = self.tray.add_photos(ours)
        self.look(sound=bool(fresh))
        return fresh

    def look(self, *, sound: bool = False) -> None:
        """Ask the service, in a rehearsal, what the whole tray would answer."""
        self._keep()
        self._asked += 1
        asked, shop_id = self._asked, self.shop.shop_id()
        self._show_earlier(shop_id)
        if shop_id is None or not self.tray.sheets:
            self._show_answers(())
            return
        service = self.service(shop_id)

        def rehearse(tx: Any, progress: object) -> RecordedScans | None:
            # Sheets scanned meanwhile have asked again.
            return service(tx) if asked == self._asked else None

        self.context.runner.command_with_progress(
            rehearse, owner=self, done=partial(self._looked, asked, sound), refused=self.refused, rehearse=True
        )

    def _looked(self, asked: int, sound: bool, found: RecordedScans | None) -> None:
        if found is None or asked != self._asked or not isValid(self):
            return
        self._show_answers(found.answers)
        if sound and found.answers:
            self._sounder.tell(found.answers[-1].verdict)

    def service(self, shop_id: int) -> partial[RecordedScans]:
        """The recording of all that is on the desk, as the rehearsal and the real thing run it."""
        return partial(
            evidence_services.record,
            attempts=[self._attempt(sheet) for sheet in self.tray.sheets],
            shop_id=shop_id,
            channel=self.round.chosen_channel(),
            at=self.round.moment(),
            by=self.context.actor,
            day=self.round.chosen_day(),
            counted_by_shop=self.counted_paper(),
        )

    def _attempt(self, sheet: Sheet) -> Attempt:
        if sheet not in self._attempts:
            street = self.context.street
            read = sheet.attempt() if sheet.torn else attempts([sheet.text], street.verifier, practice=street.practice)[0]
            self._attempts[sheet] = read
        return self._attempts[sheet]

    def counted_paper(self) -> int | None:
        """The shop's count, which there is only of paper."""
        return self.tally.counted() if self.round.chosen_channel() is Channel.SLIP else None

    def _keep(self) -> None:
        tray = self.tray
        tray.shop_id, tray.day, tray.channel = self.shop.shop_id(), self.round.chosen_day(), str(self.round.chosen_channel())
        tray.counted = self.tally.counted()
        self._keeper.look()

    def _counted(self) -> None:
        self._keep()
        self.tally.show_answers(self.answers, len(self.tray.sheets))

    def _show_answers(self, answers: tuple[ScanAnswer, ...]) -> None:
        self.answers = answers
        self.list.show_answers(answers)
        no_shop = self.shop.shop_id() is None
        self.code.setPlaceholderText(
            self.words.say("No shop yet: scan, and the voucher names it…")
            if no_shop
            else self.words.say("Scan the next one, or type its code…")
        )
        if answers:
            self.card.show_answer(answers[-1])
        elif no_shop and self.tray.sheets:
            self._named_shop.show([self._attempt(sheet).serial for sheet in self.tray.sheets])
        else:
            self.card.show_ready()
        sheets = len(self.tray.sheets)
        self.tally.counts_paper(self.round.chosen_channel() is Channel.SLIP)
        self.tally.show_answers(answers, sheets)
        self.list_title.setText(self.words.say_count("This envelope: {n} voucher", "This envelope: {n} vouchers", sheets))
        ahead = self.round.chosen_day() > self.context.clock.today()
        if ahead:
            self.note.say(self.words.say("This day is in the future. Choose the day of the round."), "warn")
        self.record_button.setEnabled(bool(answers) and not ahead)

    def _show_earlier(self, shop_id: int | None) -> None:
        """An envelope of this shop and day that is recorded already, so that none is scanned twice."""
        said = ""
        if shop_id is not None and self.round.chosen_channel() is Channel.SLIP:
            with self.context.database.reader() as reader:
                found = collections.recorded_round(reader, shop_id, self.round.chosen_day())
            if found is not None:
                said = self.words.say_count(
                    "{n} voucher of this day is recorded already", "{n} vouchers of this day are recorded already", found.slips
                )
        self.earlier.setText(said)

    def undo(self) -> bool:
        if self.tray.take_last() is None:
            return False
        self.look()
        self.code.setFocus()
        return True

    def _remove(self, place: int) -> None:
        self.tray.remove(place)
        self.look()
        self.code.setFocus()

    def put_back(self, other: Tray) -> None:
        """Lay an envelope that was taken back on the desk again."""
        self.tray.put_back(other)
        self.tally.set_counted(self.tray.counted)
        self.round.show_round(self.tray.shop_id, self.tray.day, self.tray.channel)
        self.look()
        self.code.setFocus()

    def _phone_call(self) -> None:
        """Codes that a shop reads out are recorded at once, one by one, beside the envelope on the desk."""
        PhoneCall(self, self.context, self.shop.shop_id(), self._called).exec()
        self.code.setFocus()

    def _called(self, done: RecordedScans) -> None:
        said = self.words.say("The call is recorded as the shop's message")
        if done.evidence_ids:
            self.undoable(said, evidence_services.withdraw, evidence_ids=done.evidence_ids, reason=self.words.say("Undo"))

    def _torn(self) -> None:
        """A slip that no scanner reads goes into the envelope as a question."""
        if not self.has_shop():
            return
        dialog = UnreadableDialog(self, self.context, self.shop.shop_id() or 0, self.round.chosen_day())
        if dialog.exec():
            mark = f"{self.context.clock.now().isoformat()} {len(self.tray.sheets)}"
            self.tray.add_torn(Sheet(dialog.code(), torn=True, offer_id=dialog.offer_id(), note=dialog.note(), mark=mark))
            self.look(sound=True)
        self.code.setFocus()
