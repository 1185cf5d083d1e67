"""The first start: practise, set up a street, or open one that is there."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMainWindow, QScrollArea, QVBoxLayout, QWidget

from caringstreet import paths
from caringstreet.bootstrap import found_street
from caringstreet.clock import Clock
from caringstreet.rules.refusals import RuleRefused
from caringstreet.rules.texts import fold
from caringstreet.services.street import StreetSettings
from caringstreet.storage import backups
from caringstreet.storage.problems import StorageProblem, StorageTrouble
from caringstreet.wording.refusals import refusal_text
from caringstreet.words import LANGUAGES, Words
from ui import problems
from ui.widgets.basics import Note, button, card, icon_label, label, row
from ui.widgets.by_keyboard import ByKeyboard
from ui.widgets.fields import ChoiceField
from ui.widgets.files import STREET, ask_to_open
from ui.widgets.form import Form
from ui.widgets.inputs import kept_in, put_back_in
from ui.widgets.number_field import NumberField
from ui.widgets.text_field import TextField

#: A field of numbers in the style of the window.


class WelcomeWindow(ByKeyboard, QMainWindow):
    """Asks the few things that a street needs and says what comes next."""

    founded = Signal(str)
    opened = Signal(str)
    forced = Signal()
    practice = Signal()
    language_chosen = Signal(str)
    written = Signal()

    def __init__(self, words: Words, path: Path, clock: Clock, said: str = "", trouble: StorageTrouble | None = None) -> None:
        super().__init__()
        self.words, self._path, self._clock, self._trouble = words, path, clock, trouble
        self._asked_name = ""
        self.setWindowTitle(words.say("Caring Street"))
        middle = QWidget()
        outer = QVBoxLayout(middle)
        outer.setContentsMargins(0, 24, 0, 24)
        frame, column = card(margins=30, spacing=12)
        # Of one width, its wrapped texts have one height; a range of widths would be measured at another than it gets.
        frame.setFixedWidth(720)
        head = row(icon_label("heart-handshake", "accent", 38), label(words.say("Welcome to Caring Street"), "title"), None)
        other = "en" if words.language == "zh_HK" else "zh_HK"
        head.addWidget(button("中 / EN", lambda: self.language_chosen.emit(other), kind="quiet", picture="languages"))
        column.addLayout(head)
        column.addWidget(
            label(
                words.say(
                    "Shops of the street give, neighbours receive with dignity, and the voucher is the proof. Try the practice street first: nothing there is real."
                ),
                "dim",
                wrap=True,
            )
        )
        self.note = Note()
        if said:
            self.note.say(said, "warn")
        column.addWidget(self.note)
        self.try_it = button(words.say("Try the practice street"), self.practice.emit, picture="play")
        self.open_other = button(words.say("Open another file…"), self._open, picture="folder-open")
        self.restore = button(words.say("Restore a backup…"), self._restore, picture="history")
        self.again = button(words.say("Try again"), lambda: self.opened.emit(str(path)), kind="primary", picture="refresh-cw")
        self.again.setVisible(False)
        self.anyway = button(words.say("Open anyway…"), self._open_anyway, picture="triangle-alert")
        self.anyway.setVisible(False)
        column.addLayout(row(self.again, self.anyway, self.try_it, self.open_other, self.restore, None))
        self.own_name = TextField()
        self.own_name.setVisible(False)
        self.own_name.returnPressed.connect(self._open_anyway)
        column.addWidget(self.own_name)
        # A street is there, if not in reach: nobody is asked to found it a second time.
        self.founding = QWidget()
        outside, column = column, QVBoxLayout(self.founding)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(12)
        outside.addWidget(self.founding)
        there = trouble not in (None, StorageTrouble.MISSING, StorageTrouble.NO_STREET)
        self.again.setVisible(there)
        self.founding.setVisible(not there)
        column.addWidget(label(words.say("Set up your street"), "heading"))
        warning = Note()
        warning.say(
            words.say(
                "The data file is not encrypted yet. Please practise with it, and enter no real names or addresses until a later version protects them."
            ),
            "warn",
        )
        column.addWidget(warning)
        self._add_form(column)
        outer.addLayout(row(None, frame, None))
        outer.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(middle)
        self.setCentralWidget(scroll)
        (self.again if there else self.name).setFocus()

    def _add_form(self, column: QVBoxLayout) -> None:
        words = self.words
        self.form = Form()
        self.name, self.team, self.phone, self.streets = TextField(), TextField(), TextField(), TextField()
        self.name.setPlaceholderText(words.say("for example 東大街愛心街"))
        self.streets.setPlaceholderText(words.say("東大街、金華街、筲箕灣道"))
        self.caps = [NumberField(0, 99, value) for value in (8, 12, 16)]
        named = []
        for field, name in zip(self.caps, (words.say("1 person"), words.say("2–3 persons"), words.say("4 and more")), strict=True):
            field.setAccessibleName(name)
            named += [label(name, "dim"), field]
        self.language = ChoiceField([("zh_HK", "繁體中文"), ("en", "English")], words.language)
        self.form.add("name", words.say("Name of the street"), self.name)
        self.form.add("team", words.say("Name of the team"), self.team)
        self.form.add("phone", words.say("Telephone on the vouchers"), self.phone)
        self.form.add("streets", words.say("Streets"), self.streets)
        holder = QWidget()
        line = row(*named)
        line.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(line)
        self.form.add("caps", words.say("Most vouchers a month"), holder, words.say("by the size of a household"))
        self.form.add("language", words.say("Language"), self.language)
        column.addWidget(self.form)
        self._fresh: Any = None
        self._fresh = self.kept()
        for text in self.typed():
            text.textChanged.connect(self.written)
        for cap in self.caps:
            cap.valueChanged.connect(self.written)
        self.begin = button(words.say("Begin"), self._found, kind="primary", picture="check")
        column.addLayout(row(None, self.begin))
        column.addWidget(
            label(words.say("Next: register the shops, their offers and the households, or import the lists you have."), "dim", wrap=True)
        )

    def typed(self) -> list[TextField]:
        """The fields in which a person has written."""
        return [self.name, self.team, self.phone, self.streets]

    def kept(self) -> Any:
        """What a person has written, and nothing while that is nothing; the language follows the window's."""
        found = {name: one for name, one in kept_in(self.form).items() if not name.startswith("language")}
        return found if found != self._fresh else {}

    def put_back(self, kept: Any) -> None:
        """Put in what was written before there was a street."""
        put_back_in(self.form, kept)

    def _found(self) -> None:
        self.form.clear_refusals()
        streets = self.streets.text().replace("，", "、").replace(",", "、").split("、")
        settings = StreetSettings(
            name=self.name.text(),
            team=self.team.text(),
            phone=self.phone.text(),
            streets=tuple(streets),
            language=self.language.value() or LANGUAGES[0],
            cap_one=self.caps[0].value(),
            cap_two_or_three=self.caps[1].value(),
            cap_four_or_more=self.caps[2].value(),
        )
        try:
            found_street(self._path, settings, by=settings.team, clock=self._clock).close()
        except RuleRefused as refused:
            text = refusal_text(self.words, refused)
            if not self.form.refuse(refused.field, text):
                self.note.say(text, "warn")
        except StorageProblem as problem:
            self.note.say("\n".join(problems.explained(self.words, problem)), "bad")
        else:
            self.founded.emit(str(self._path))

    def offer_to_open_anyway(self, name: str) -> None:
        """Let a person go past a lock that was left behind; on a share only who types the street's `name`."""
        self._asked_name = name
        self.anyway.setVisible(True)

    def _open_anyway(self) -> None:
        words = self.words
        if self._asked_name and self.own_name.isHidden():
            asked = words.say(
                "This street is on a share. Type its name to confirm that no other computer has it open: {name}", name=self._asked_name
            )
            self.note.say(asked, "warn")
            self.own_name.setAccessibleName(asked)
            self.own_name.show()
            self.own_name.setFocus()
            return
        if self._asked_name and fold(self.own_name.text()) != fold(self._asked_name):
            self.note.say(words.say("That is not the name of the street, so it was not opened."), "warn")
            return
        self.forced.emit()

    def _open(self) -> None:
        chosen = ask_to_open(self, self.words, self.open_other.text(), STREET)
        if chosen:
            self.opened.emit(str(chosen))

    def _restore(self) -> None:
        chosen = ask_to_open(self, self.words, self.restore.text(), STREET, self._path.parent / "backups")
        if chosen:
            self.restore_from(chosen)

    def restore_from(self, chosen: Path) -> None:
        """Take up a backup; a damaged street is set aside for it, any other one is left as it is."""
        own = self._path == paths.default_street()
        damaged = self._trouble in (StorageTrouble.DAMAGED, StorageTrouble.NO_STREET) or (
            own and self._trouble is StorageTrouble.NOT_A_STREET
        )
        try:
            if damaged and self._path.exists():
                backups.restore_beside_damaged(chosen, self._path)
            else:
                backups.restore(chosen, self._path)
        except StorageProblem as problem:
            self.note.say("\n".join(problems.explained(self.words, problem)), "bad")
        else:
            self.opened.emit(str(self._path))
