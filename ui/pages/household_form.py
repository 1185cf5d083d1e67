"""The form of a household: consent and proof first, the rest under More."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from caringstreet.labels import label as named
from caringstreet.queries import households
from caringstreet.queries import street as street_queries
from caringstreet.rules.households import ContactWay, PrintLanguage
from caringstreet.rules.phones import NotAPhone, normal_phone
from caringstreet.services import households as household_services
from caringstreet.services.households import CheckForm, HouseholdForm, KeptHousehold, MemberForm
from ui.context import Target
from ui.dialogs.duplicates import DuplicatesDialog
from ui.widgets.fields import ChoiceField, DayField
from ui.widgets.form_page import FormPage

_MEMBER_HINT = "陳婆婆 1948"


class HouseholdFormPage(FormPage):
    """Register or change a household; a possible duplicate is shown before it is saved."""

    name = "household_form"
    back = "households"

    def title(self) -> str:
        return self.words.say("Edit household") if self.subject else self.words.say("New household")

    def begin(self, target: Target) -> None:
        super().begin(target)
        if target.action == "review":
            self.note.say(self.words.say("Review: tick what you have seen today and until when it holds, then save."))

    def values(self, target: Target) -> HouseholdForm:
        with self.context.database.reader() as reader:
            if self.subject is None:
                return HouseholdForm("", 1, number=households.next_number(reader), consent_on=None)
            one = households.detail(reader, self.subject)
        apart = ("members", "checks")
        plain = {name: getattr(one, name) for name in HouseholdForm.__dataclass_fields__ if name not in apart}
        return HouseholdForm(
            members=tuple(MemberForm(m.name, m.birth_year, m.relation) for m in one.members),
            checks=tuple(CheckForm(c.category, c.seen_on, c.valid_until) for c in one.checks),
            **plain,
        )

    def build(self, values: HouseholdForm) -> None:
        say, words, today = self.words.say, self.words, self.context.clock.today()
        self._values = values
        with self.context.database.reader() as reader:
            streets = street_queries.street(reader).streets
        self.display_name, self.number = QLineEdit(values.display_name), QLineEdit(values.number)
        self.display_name.setPlaceholderText("陳婆婆")
        self.size_field = QSpinBox()
        self.size_field.setRange(1, 30)
        self.size_field.setValue(values.size)
        self.language = ChoiceField([(one, named(words, one)) for one in PrintLanguage], values.language)
        self.large = QCheckBox(say("Print in large letters"))
        self.large.setChecked(values.large_print)
        self.consent = DayField(values.consent_on, optional=True, today=today)
        until = max((c.valid_until for c in values.checks if c.valid_until), default=None)
        self.valid_until = DayField(until, optional=True, today=today.replace(year=today.year + 1, day=min(today.day, 28)))
        for key, text, field, hint in (
            ("display_name", say("Name to call them by"), self.display_name, ""),
            ("size", say("Persons"), self.size_field, ""),
            ("language", say("Language of the paper"), self.language, ""),
            ("large", "", self.large, ""),
            ("checks", say("Proof seen"), self._category_ticks(values), say("Look at it and give it back; nothing is copied.")),
            ("valid_until", say("Holds until"), self.valid_until, ""),
            ("consent", say("Consent given on"), self.consent, say("Without consent no vouchers can be issued.")),
        ):
            self.form.add(key, text, field, hint)
        self._build_more(values, streets)
        self.display_name.setFocus()

    def _build_more(self, values: HouseholdForm, streets: tuple[str, ...]) -> None:
        say, words, today = self.words.say, self.words, self.context.clock.today()
        lines = [f"{m.name} {m.birth_year or ''}".strip() for m in values.members]
        self.members = QPlainTextEdit("\n".join(lines))
        self.members.setTabChangesFocus(True)
        self.members.setPlaceholderText(_MEMBER_HINT)
        self.members.setMaximumHeight(92)
        self.contact_way = ChoiceField([(one, named(words, one)) for one in ContactWay], values.contact_way)
        self.phone = QLineEdit(values.phone)
        self.street = ChoiceField([("", ""), *((one, one) for one in streets)], values.street)
        self.street.setEditable(True)
        self.street.setCurrentText(values.street)
        self.street_address, self.building = QLineEdit(values.street_address), QLineEdit(values.building)
        self.floor, self.unit = QLineEdit(values.floor), QLineEdit(values.unit)
        self.lift = ChoiceField([(None, say("not known")), (True, say("with lift")), (False, say("no lift"))], values.lift)
        self.review = DayField(values.review_on, optional=True, today=today)
        self.referral = QLineEdit(values.referral)
        self.comment = QPlainTextEdit(values.note)
        self.comment.setTabChangesFocus(True)
        self.comment.setMaximumHeight(60)
        for key, text, field in (
            ("number", say("Number"), self.number),
            ("members", say("Members, one a line with birth year"), self.members),
            ("contact_way", say("How to reach them"), self.contact_way),
            ("phone", say("Telephone"), self.phone),
            ("street", say("Street"), self.street),
            ("street_address", say("Street and number"), self.street_address),
            ("building", say("Building"), self.building),
            ("floor", say("Floor"), self.floor),
            ("unit", say("Unit"), self.unit),
            ("lift", say("Lift"), self.lift),
            ("review_on", say("Next review"), self.review),
            ("referral", say("Referral"), self.referral),
            ("note", say("Note"), self.comment),
        ):
            self.more.add(key, text, field)

    def _category_ticks(self, values: HouseholdForm) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        with self.context.database.reader() as reader:
            rows = street_queries.categories(reader)
        chosen = {one.category for one in values.checks}
        self.ticks: dict[str, QCheckBox] = {}
        for number, one in enumerate(rows):
            tick = QCheckBox(one.name_zh if self.words.language == "zh_HK" else one.name_en)
            tick.setToolTip(one.proof)
            tick.setChecked(one.code in chosen)
            self.ticks[one.code] = tick
            grid.addWidget(tick, number // 3, number % 3)
        return holder

    def gather(self) -> HouseholdForm:
        return replace(
            self._values,
            display_name=self.display_name.text(),
            number=self.number.text(),
            size=self.size_field.value(),
            members=self._members(),
            language=self.language.value(),
            large_print=self.large.isChecked(),
            contact_way=self.contact_way.value(),
            phone=self.phone.text(),
            street=self.street.currentText(),
            street_address=self.street_address.text(),
            building=self.building.text(),
            floor=self.floor.text(),
            unit=self.unit.text(),
            lift=self.lift.value(),
            review_on=self.review.day(),
            consent_on=self.consent.day(),
            checks=self._checks(),
            referral=self.referral.text(),
            note=self.comment.toPlainText(),
        )

    def _members(self) -> tuple[MemberForm, ...]:
        relations = {(m.name, m.birth_year): m.relation for m in self._values.members}
        found = []
        for line in self.members.toPlainText().splitlines():
            words = line.replace("(", " ").replace(")", " ").replace("（", " ").replace("）", " ").split()
            if not words:
                continue
            year = int(words[-1]) if len(words) > 1 and words[-1].isdigit() and len(words[-1]) == 4 else None
            name = " ".join(words[:-1] if year is not None else words)
            found.append(MemberForm(name, year, relations.get((name, year), "")))
        return tuple(found)

    def _checks(self) -> tuple[CheckForm, ...]:
        before = {one.category: one for one in self._values.checks}
        today, until = self.context.clock.today(), self.valid_until.day()
        found = []
        for code, tick in self.ticks.items():
            if not tick.isChecked():
                continue
            known = before.get(code)
            same = known is not None and known.valid_until == until and self.target.action != "review"
            found.append(known if known is not None and same else CheckForm(code, today, until))
        return tuple(sorted(found, key=lambda one: one.category))

    def save(self) -> None:
        self.form.clear_refusals()
        self.more.clear_refusals()
        form, today = self.gather(), self.context.clock.today()
        if not self._is_somebody_new(form):
            return
        if self.subject is None:
            self.do(household_services.register, form=form, today=today, done=self._saved)
        else:
            self.do(household_services.change, household_id=self.subject, form=form, today=today, done=self._saved)

    def _is_somebody_new(self, form: HouseholdForm) -> bool:
        """Show likely duplicates side by side; False where the person opens one of them instead."""
        try:
            phone = normal_phone(form.phone) if form.phone.strip() else ""
        except NotAPhone:
            phone = ""
        with self.context.database.reader() as reader:
            likely = households.possible_duplicates(
                reader, display_name=form.display_name, phone=phone, building=form.building, own_id=self.subject
            )
        if not likely or self.subject is not None:
            return True
        dialog = DuplicatesDialog(self, self.words, form, likely)
        dialog.exec()
        if dialog.opened is not None:
            self.finished()
            self.go_to("households", dialog.opened)
        return dialog.is_new

    def _saved(self, kept: KeptHousehold) -> None:
        self.finished()
        self.context.status.say(self.words.say("{code} saved", code=kept.number))
        self.go_to("households", kept.household_id)
