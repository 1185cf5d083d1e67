"""The form of a household: consent and proof first, the rest under More."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox

from caringstreet.queries import household_duplicates, households
from caringstreet.queries import street as street_queries
from caringstreet.rules.diets import Diet
from caringstreet.rules.households import ContactWay, PrintLanguage
from caringstreet.services import households as household_services
from caringstreet.services.households import CheckForm, HouseholdForm, KeptHousehold, MemberForm
from caringstreet.wording.labels import label as named
from ui.context import Target
from ui.dialogs.household_duplicates import DuplicatesDialog
from ui.dialogs.household_proofs import ProofsField
from ui.pages.household_members import MembersField
from ui.widgets.fields import ChoiceField, DayField, TicksField
from ui.widgets.form_page import FormPage
from ui.widgets.number_field import NumberField
from ui.widgets.text_field import NoteField, TextField

_MOST_PERSONS = 30


class HouseholdFormPage(FormPage):
    """Register or change a household; a possible duplicate is shown before it is saved."""

    name = "household_form"
    back = "households"

    def title(self) -> str:
        return self.words.say("Edit household") if self.subject else self.words.say("New household")

    def help_text(self) -> str:
        return self.words.say(
            "Name, number of persons, language, a proof that you saw and the day of consent are enough to begin. The rest is under More and can be added later."
        )

    # The fields -----------------------------------------------------------------------------------------------

    def values(self, target: Target) -> HouseholdForm:
        with self.context.database.reader() as reader:
            if self.subject is None:
                return HouseholdForm("", 1, number=households.next_number(reader))
            one = households.detail(reader, self.subject)
        apart = ("members", "checks")
        plain = {name: getattr(one, name) for name in HouseholdForm.__dataclass_fields__ if name not in apart}
        return HouseholdForm(
            members=tuple(MemberForm(m.name, m.birth_year, m.relation) for m in one.members),
            checks=tuple(CheckForm(c.category, c.seen_on, c.valid_until) for c in one.checks),
            **plain,
        )

    def build(self, values: HouseholdForm) -> None:
        self._values = values
        self._build_first(values)
        self._build_person_fields(values)
        self._build_address(values)
        self._build_rest(values)

    def _build_first(self, values: HouseholdForm) -> None:
        say, words, today = self.words.say, self.words, self.context.clock.today()
        with self.context.database.reader() as reader:
            categories = street_queries.categories(reader)
            stands = self.subject is not None and households.detail(reader, self.subject).consent_on is not None
        self.display_name = TextField(values.display_name)
        self.display_name.setPlaceholderText("陳婆婆")
        self.size_field = NumberField(1, _MOST_PERSONS, values.size)
        self.language = ChoiceField([(one, named(words, one)) for one in PrintLanguage], values.language)
        self.large = QCheckBox(say("Print in large letters"))
        self.large.setChecked(values.large_print)
        self.proofs = ProofsField(words, categories, values.checks, today)
        # A consent that stands is taken back as an action of its own, never by a lost tick.
        self.consent = DayField(values.consent_on, optional=not stands, today=today)
        for key, text, field, hint in (
            ("display_name", say("Name to call them by"), self.display_name, ""),
            ("size", say("Persons"), self.size_field, ""),
            ("language", say("Language of the vouchers"), self.language, ""),
            ("large", say("Print in large letters"), self.large, ""),
            ("checks", say("Proof seen"), self.proofs, say("Look at it and give it back; nothing is copied.")),
            ("consent", say("Consent given on"), self.consent, say("Without consent no vouchers can be issued.")),
        ):
            self.form.add(key, text, field, hint)

    def _build_person_fields(self, values: HouseholdForm) -> None:
        say, words = self.words.say, self.words
        self.number, self.phone = TextField(values.number), TextField(values.phone)
        self.members = MembersField(words, values.members)
        self.members.changed.connect(self._size_follows)
        self.contact_way = ChoiceField([(one, named(words, one)) for one in ContactWay], values.contact_way)
        self.more.add("number", say("Number"), self.number)
        self.more.add("members", say("Members"), self.members)
        self.more.add("contact_way", say("How to reach them"), self.contact_way)
        self.more.add("phone", say("Telephone"), self.phone)

    def _build_address(self, values: HouseholdForm) -> None:
        say = self.words.say
        with self.context.database.reader() as reader:
            streets = street_queries.street(reader).streets
        self.street = ChoiceField([("", ""), *((one, one) for one in streets)], values.street)
        self.street.setEditable(True)
        self.street.setCurrentText(values.street)
        self.street_address, self.building = TextField(values.street_address), TextField(values.building)
        self.floor, self.unit = TextField(values.floor), TextField(values.unit)
        self.lift = ChoiceField([(None, say("not known")), (True, say("with lift")), (False, say("no lift"))], values.lift)
        self.more.add("street", say("Street"), self.street)
        self.more.add("street_address", say("Street and number"), self.street_address)
        self.more.add("building", say("Building"), self.building)
        self.more.add("floor", say("Floor"), self.floor)
        self.more.add("unit", say("Unit"), self.unit)
        self.more.add("lift", say("Lift"), self.lift)

    def _build_rest(self, values: HouseholdForm) -> None:
        say, today = self.words.say, self.context.clock.today()
        self.review = DayField(values.review_on, optional=True, today=today)
        self.referral = TextField(values.referral)
        self.comment = NoteField(values.note)
        self.diets = TicksField([(one, named(self.words, one)) for one in Diet], values.diets)
        if self.context.street.settings.goods:
            self.more.add("diets", say("What they do not eat"), self.diets, say("Hand-out lists pass over goods that do not suit."))
        self.more.add("review_on", say("Next review"), self.review, say("Without a tick it is the last day of the proofs."))
        self.more.add("referral", say("Referral"), self.referral)
        self.more.add("note", say("Note"), self.comment)

    def _size_follows(self) -> None:
        """More people than persons cannot be; fewer may be, where not all are named."""
        self.size_field.setValue(max(self.size_field.value(), len(self.members.members())))

    def gather(self) -> HouseholdForm:
        return replace(
            self._values,
            display_name=self.display_name.text(),
            number=self.number.text(),
            size=self.size_field.value(),
            members=self.members.members(),
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
            checks=self.proofs.checks(),
            referral=self.referral.text(),
            note=self.comment.toPlainText(),
            diets=self.diets.values(),
        )

    # Saving ---------------------------------------------------------------------------------------------------

    def save(self) -> None:
        self.form.clear_refusals()
        self.more.clear_refusals()
        form, today = self.gather(), self.context.clock.today()
        if self.subject is not None:
            self.do(household_services.change, household_id=self.subject, form=form, today=today, done=self._saved)
        elif not form.display_name.strip() or self._is_somebody_new(form):
            self.do(household_services.register, form=form, today=today, done=self._saved)

    def _is_somebody_new(self, form: HouseholdForm) -> bool:
        """Show likely duplicates side by side; False where the person opens one of them instead, or goes back."""
        with self.context.database.reader() as reader:
            likely = household_duplicates.possible_duplicates(
                reader,
                display_name=form.display_name,
                phone=form.phone,
                street=form.street,
                building=form.building,
                birth_years=[one.birth_year for one in form.members],
            )
        if not likely:
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
        self.go_on("households", kept.household_id)
