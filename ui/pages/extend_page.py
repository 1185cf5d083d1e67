"""Gives many open vouchers a later last day, and says whom to tell."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import gettempdir

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from caringstreet.printing.notice import SIZES, Notice, print_notices
from caringstreet.queries import extension
from caringstreet.queries import shops as shop_queries
from caringstreet.queries.extension import HouseholdToVisit, ShopToTell
from caringstreet.rules.changes import Changed
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.refusals import RuleRefused
from caringstreet.services import extension as services
from caringstreet.services.extension import ExtendedVouchers
from caringstreet.wording.labels import label as label_of
from caringstreet.wording.refusals import refusal_text
from caringstreet.words import mark, words_for
from ui.context import Context
from ui.tables.widths import Widths
from ui.widgets.basics import RECORD_KEYS, Note, button, card, clear, icon_label, label, row, shortcuts
from ui.widgets.by_keyboard import keyboard_fields
from ui.widgets.fields import ChoiceField, DayField
from ui.widgets.files import PDF, ask_to_save
from ui.widgets.form import Form
from ui.widgets.inputs import kept_in, put_back_in
from ui.widgets.page import Page
from ui.widgets.scrolling import Scrolling

#: What usually happens; said in both languages on a shop's notice.
_REASONS = (mark("Typhoon"), mark("Shop closed"))
#: The column of the households to visit that says how to reach them.
_CONTACT = 4
_PAUSE = 200


@dataclass(frozen=True)
class _Extension:
    """What was asked for, and which vouchers it concerned."""

    due_from: date
    due_to: date
    until: date
    reason: str
    voucher_ids: tuple[int, ...]


class ExtendPage(Page):
    """Days, shop and reason on the left with a live count; what to do afterwards on the right."""

    name = "extend"
    shows = frozenset({Changed.VOUCHERS, Changed.SHOPS, Changed.OFFERS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._asked = 0
        words, today = self.words, context.clock.today()
        self.due_from, self.due_to = DayField(today), DayField(today)
        self.until = DayField(today + timedelta(days=7))
        self.shop = ChoiceField([])
        self.reason = ChoiceField([(one, words.say(one)) for one in _REASONS])
        self.reason.setEditable(True)
        self.reason.setCurrentIndex(-1)
        self.form = Form()
        self._keep = self.keep_typed(lambda: kept_in(self.form), lambda typed: put_back_in(self.form, typed))
        for key, name, field in (
            ("due_from", words.say("Last day from"), self.due_from),
            ("due_to", words.say("Last day to"), self.due_to),
            ("until", words.say("New last day"), self.until),
            ("shop", words.say("Shop"), self.shop),
            ("reason", words.say("Reason"), self.reason),
        ):
            self.form.add(key, name, field)
        line = self.reason.lineEdit()
        assert line is not None
        line.setPlaceholderText(words.say("Choose a reason, or write one"))
        line.setAccessibleName(words.say("Reason"))
        self.preview = Note()
        self.apply = button(words.say("Extend"), self.extend, kind="primary", picture="calendar-clock")
        shortcuts(self, self.apply.click, *RECORD_KEYS)
        self.paper = self._paper_field("A4")
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.look)
        self._build()
        for day in (self.due_from, self.due_to, self.until):
            day.changed.connect(self._pause.start)
        self.shop.currentIndexChanged.connect(lambda _: self._pause.start())

    def _build(self) -> None:
        words = self.words
        back = button(words.say("Back to the vouchers"), lambda: self.go_to("vouchers"), kind="quiet", picture="arrow-left")
        self.column.addLayout(row(back, None))
        line = QHBoxLayout()
        line.setSpacing(14)
        frame, whole = card()
        frame.setFixedWidth(440)
        body = QWidget()
        fields = QVBoxLayout(body)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.addWidget(label(words.say("Give open vouchers a later last day"), "heading", wrap=True))
        said = words.say(
            "For a typhoon, or when a shop had to close: every open voucher whose last day is one of these days becomes good for longer. Codes stay the same."
        )
        fields.addWidget(label(said, "dim", wrap=True))
        fields.addWidget(self.form)
        fields.addWidget(self.preview)
        fields.addStretch(1)
        whole.addWidget(Scrolling(body, sideways=False), 1)
        whole.addLayout(row(None, self.apply))
        line.addWidget(frame)
        after, self._steps = card()
        line.addWidget(after, 1)
        self.column.addLayout(line, 1)
        self._teach()

    def title(self) -> str:
        return self.words.say("Extend vouchers")

    def help_text(self) -> str:
        return self.words.say(
            "Give open vouchers a later last day after a typhoon or when a shop had to close. Codes stay the same; then reprint, tell the shops, and visit households without a telephone."
        )

    def refresh(self) -> None:
        with self.context.database.reader() as reader:
            shops = shop_queries.choices(reader)
        named = [(shop_id, f"{code} {self._name(zh, en)}") for shop_id, code, zh, en in shops]
        self.shop.set_choices([(None, self.words.say("All shops")), *named], self.shop.value())
        self.look()
        if not self._keep.place:
            self.begin_typing(self.name)

    # Before ---------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Rehearse the extension and say how many vouchers it would concern."""
        if self.form.refuse_unreadable():
            self.apply.setEnabled(False)
            return
        self.form.clear_refusals()
        self._asked += 1
        asked = self._asked
        service = self._service(reason=self._given_reason() or "–")
        self.context.runner.command_with_progress(
            lambda tx, _: service(tx),
            owner=self,
            done=lambda found: self._looked(found) if asked == self._asked else None,
            refused=lambda error: self._refused(error) if asked == self._asked else None,
            rehearse=True,
            accepted=frozenset(Doubt),
        )

    def _service(self, reason: str) -> partial[ExtendedVouchers]:
        return partial(
            services.extend,
            due_from=self.due_from.day() or self.context.clock.today(),
            due_to=self.due_to.day() or self.context.clock.today(),
            until=self.until.day() or self.context.clock.today(),
            reason=reason,
            at=self.context.clock.now(),
            by=self.context.actor,
            shop_id=self.shop.value(),
        )

    def _given_reason(self) -> str:
        return self.reason.currentText().strip()

    def _looked(self, found: ExtendedVouchers) -> None:
        words, ids = self.words, found.voucher_ids
        with self.context.database.reader() as reader:
            households = extension.household_count(reader, ids)
            printed = len(extension.printed_ids(reader, ids))
        self.apply.setEnabled(bool(ids))
        self.apply.setText(words.say_count("Extend {n} voucher", "Extend {n} vouchers", len(ids)))
        if not ids:
            self.preview.say(words.say("No open voucher has its last day in these days."), "info")
            return
        self.preview.say(
            words.say(
                "{n} open vouchers of {households} households; {printed} of them are printed with the old day.",
                n=words.number(len(ids)),
                households=words.number(households),
                printed=words.number(printed),
            ),
            "info",
        )

    def _refused(self, error: RuleRefused) -> None:
        said = refusal_text(self.words, error)
        self.apply.setEnabled(error.field == "reason")
        if self.form.refuse(error.field, said):
            self.preview.silence()
        else:
            self.preview.say(said, "warn")

    # Doing it -------------------------------------------------------------------------------------------------

    def extend(self) -> None:
        """Do it; afterwards the right side says whom to tell."""
        if self.form.refuse_unreadable():
            return
        self.form.clear_refusals()
        asked = self._service(self._given_reason()).keywords
        told = {name: asked[name] for name in ("due_from", "due_to", "until", "reason", "shop_id")}
        self.do(services.extend, done=partial(self._extended, asked), refused=self._refused, **told)

    def _extended(self, asked: dict[str, object], done: ExtendedVouchers) -> None:
        words, count = self.words, len(done.voucher_ids)
        # Another press of the key would be another extension.
        self.apply.setEnabled(False)
        self._keep.again()
        said = words.say_count("{n} voucher extended", "{n} vouchers extended", count)
        self.offer_undo(said, lambda page: page.take_back(done.entry_id))
        due_from, due_to, until = (asked[name] for name in ("due_from", "due_to", "until"))
        assert isinstance(due_from, date)
        assert isinstance(due_to, date)
        assert isinstance(until, date)
        self._show_steps(_Extension(due_from, due_to, until, str(asked["reason"]), done.voucher_ids))
        # The button for it has nothing left to do; the next step takes the keyboard.
        keyboard_fields(self._steps)[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def take_back(self, entry_id: int) -> None:
        """Undo an extension; there is nobody to tell of it any more."""
        self.do(services.undo, done=self._taken_back, entry_id=entry_id)

    def _taken_back(self, done: ExtendedVouchers) -> None:
        words, count = self.words, len(done.voucher_ids)
        self.context.status.say(
            words.say_count("{n} voucher has its old last day again", "{n} vouchers have their old last day again", count)
        )
        self._teach()
        self.due_from.setFocus(Qt.FocusReason.OtherFocusReason)

    # Afterwards -----------------------------------------------------------------------------------------------

    def _teach(self) -> None:
        words = self.words
        # What stood in the steps of an earlier extension goes with them.
        self.paper = self._paper_field(self.paper.value())
        clear(self._steps)
        self._steps.addWidget(label(words.say("Afterwards"), "heading"))
        for picture, said in (
            ("printer", words.say("Reprint: the same code with the new day. Of two vouchers with one code only the first counts.")),
            ("store", words.say("A notice for the shops, so that they take vouchers with the old day too.")),
            ("phone-off", words.say("The households without a telephone, to be told by a visit.")),
        ):
            self._steps.addLayout(_beside(icon_label(picture, "dim"), label(said, "dim", wrap=True)))
        self._steps.addStretch(1)

    def _show_steps(self, done: _Extension) -> None:
        words = self.words
        with self.context.database.reader() as reader:
            printed = extension.printed_ids(reader, done.voucher_ids)
            shops = extension.shops(reader, done.voucher_ids)
            visits = extension.without_phone(reader, done.voucher_ids)
        # What stood in the steps of an earlier extension goes with them.
        self.paper = self._paper_field(self.paper.value())
        clear(self._steps)
        said = words.say_count(
            "{n} voucher is good until {day}", "{n} vouchers are good until {day}", len(done.voucher_ids), day=words.date(done.until)
        )
        self._steps.addLayout(_beside(icon_label("circle-check", "good", 24), label(said, "heading", wrap=True)))
        if printed:
            said = words.say_count("{n} voucher shows the old day.", "{n} vouchers show the old day.", len(printed))
            again = button(words.say("Reprint"), lambda: self.go_to("print", tuple(printed), "ids"), kind="primary", picture="printer")
            self._step("printer", said, again)
        said = words.say_count("Tell {n} shop.", "Tell {n} shops.", len(shops))
        save = button(words.say("Save notice…"), lambda: self._save_notice(done, shops), picture="save")
        show = button(words.say("Open notice"), lambda: self._open_notice(done, shops), picture="file-text")
        self._step("store", said, self.paper, show, save)
        if visits:
            said = words.say_count(
                "{n} household without a telephone, to be visited:", "{n} households without a telephone, to be visited:", len(visits)
            )
            self._step("phone-off", said)
            self._steps.addWidget(self._visits(visits), 1)
        else:
            self._step("phone", words.say("Every household concerned has a telephone."))
            self._steps.addStretch(1)

    def _paper_field(self, chosen: str) -> ChoiceField:
        found = ChoiceField([(one, one) for one in SIZES], chosen)
        found.setAccessibleName(self.words.say("Paper"))
        return found

    def _step(self, picture: str, said: str, *fields: QWidget) -> None:
        self._steps.addLayout(_beside(icon_label(picture, "accent"), label(said, wrap=True), *fields))

    def _visits(self, visits: list[HouseholdToVisit]) -> QTableWidget:
        words = self.words
        headers = (
            words.say("Household"),
            words.say("Name"),
            words.say("Street"),
            words.say("Building"),
            words.say("Contact"),
            words.say("Vouchers"),
        )
        table = QTableWidget(len(visits), len(headers))
        table.setAccessibleName(words.say("Households without a telephone"))
        table.setHorizontalHeaderLabels(headers)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        Widths(table, (1, 2, 3), (2, 3))
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for line, one in enumerate(visits):
            texts = (one.number, one.display_name, one.street, one.building, label_of(words, one.contact_way), words.number(one.vouchers))
            for place, text in enumerate(texts):
                table.setItem(line, place, QTableWidgetItem(text))
        return table

    def notices(self, done: _Extension, shops: list[ShopToTell]) -> list[Notice]:
        """A notice for each shop; a usual reason is said in both languages."""
        known = next((one for one in _REASONS if self.words.say(one) == done.reason), None)
        reason_zh, reason_en = (words_for(one).say(known) if known else done.reason for one in ("zh_HK", "en"))
        return [Notice(one.name_zh, one.name_en, done.due_from, done.due_to, done.until, reason_zh, reason_en) for one in shops]

    def _save_notice(self, done: _Extension, shops: list[ShopToTell]) -> None:
        suggested = "{} {}.pdf".format(self.words.say("Notice for shops"), done.until)
        path = ask_to_save(self, self.words, self.words.say("Save notice…"), suggested, PDF)
        if path:
            said = self.words.say("Saved in {file}", file=path.name)
            self._draw(done, shops, path, lambda: self.context.status.say(said))

    def _open_notice(self, done: _Extension, shops: list[ShopToTell]) -> None:
        path = Path(gettempdir()) / f"caring-street-notice-{done.until}.pdf"
        self._draw(done, shops, path, lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))

    def _draw(self, done: _Extension, shops: list[ShopToTell], path: Path, then: object) -> None:
        settings, size = self.context.street.settings, self.paper.value()
        practice = self.context.street.practice
        notices = self.notices(done, shops)
        self.context.runner.work(
            lambda progress: print_notices(
                notices,
                path,
                team=settings.team,
                phone=settings.phone,
                size=size,
                practice=practice,
                progress=progress,
            ),
            owner=self,
            done=lambda _: then(),  # type: ignore[operator]
            label=self.words.say("Drawing"),
        )

    def _name(self, zh: str, en: str) -> str:
        return en if self.words.language == "en" and en else zh


def _beside(picture: QWidget, said: QWidget, *fields: QWidget) -> QHBoxLayout:
    line = row(picture, said, *fields, spacing=12)
    line.setStretch(1, 1)
    return line
