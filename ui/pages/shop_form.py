"""The form of a shop."""

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from caringstreet.queries import shops
from caringstreet.queries import street as street_queries
from caringstreet.rules.refusals import RuleRefused
from caringstreet.rules.shops import CollectingWay, Kindness, SettlementWay, ShopState
from caringstreet.services import shops as shop_services
from caringstreet.services.shops import ContactForm, KeptShop, ShopForm
from caringstreet.wording.labels import label as named
from ui.context import Target
from ui.pages.shop_contacts import ContactsField
from ui.widgets.fields import ChoiceField, DayField, WeekdaysField
from ui.widgets.form_page import FormPage
from ui.widgets.text_field import NoteField, TextField


class ShopFormPage(FormPage):
    """Register or change a shop."""

    name = "shop_form"
    back = "shops"

    def title(self) -> str:
        return self.words.say("Edit shop") if self.subject else self.words.say("New shop")

    def values(self, target: Target) -> ShopForm:
        today = self.context.clock.today()
        with self.context.database.reader() as reader:
            if self.subject is None:
                return ShopForm(shops.next_code(reader), "", joined_on=today, agreement_from=today)
            shop = shops.detail(reader, self.subject)
        plain = (
            "code", "name_zh", "name_en", "kind", "street", "address", "landmark", "opening", "rest_days", "collecting",
            "settlement", "state", "joined_on", "agreement_from", "agreement_until", "kindnesses", "note",
        )  # fmt: skip
        contacts = tuple(ContactForm(one.name, one.phone, one.whatsapp) for one in shop.contacts)
        return ShopForm(contacts=contacts, **{name: getattr(shop, name) for name in plain})

    def build(self, values: ShopForm) -> None:
        say, words = self.words.say, self.words
        with self.context.database.reader() as reader:
            streets = street_queries.street(reader).streets
        self._state = values.state
        self.code, self.name_zh, self.name_en = TextField(values.code), TextField(values.name_zh), TextField(values.name_en)
        self.kind = TextField(values.kind)
        self.street = ChoiceField([("", ""), *((one, one) for one in streets)], values.street)
        self.street.setEditable(True)
        self.street.setCurrentText(values.street)
        self.address, self.landmark = TextField(values.address), TextField(values.landmark)
        self.contacts = ContactsField(words, values.contacts)
        self.collecting = ChoiceField([(way, named(words, way)) for way in CollectingWay], values.collecting)
        self.settlement = ChoiceField([(way, named(words, way)) for way in SettlementWay], values.settlement)
        self.signed = DayField(values.agreement_from, optional=True, today=self.context.clock.today())
        self.until = DayField(values.agreement_until, optional=True, today=self.context.clock.today())
        self.joined = DayField(values.joined_on, optional=True, today=self.context.clock.today())
        self.opening = TextField(values.opening)
        self.rest_days = WeekdaysField(values.rest_days, words)
        self.comment = NoteField(values.note, height=70)
        for key, text, field in (
            ("name_zh", say("Chinese name"), self.name_zh),
            ("name_en", say("English name"), self.name_en),
            ("code", say("Number"), self.code),
            ("kind", say("Trade"), self.kind),
            ("street", say("Street"), self.street),
            ("address", say("Address or pitch"), self.address),
            ("contacts", say("Contacts"), self.contacts),
            ("collecting", say("Tells us by"), self.collecting),
            ("settlement", say("Settled by"), self.settlement),
            ("agreement_from", say("Agreement signed on"), self.signed),
            ("agreement_until", say("Agreement until"), self.until),
        ):
            self.form.add(key, text, field)
        self.more.add("landmark", say("Landmark on the voucher"), self.landmark)
        self.more.add("opening", say("Opening"), self.opening)
        self.more.add("rest_days", say("Rest days"), self.rest_days)
        self.more.add("kindness", say("Kindness"), self._kindness_ticks(values))
        self.more.add("joined", say("Taking part since"), self.joined)
        self.more.add("note", say("Note"), self.comment)

    def _kindness_ticks(self, values: ShopForm) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        self._notes = dict(values.kindnesses)
        self.ticks: dict[Kindness, QCheckBox] = {}
        for number, kind in enumerate(Kindness):
            tick = QCheckBox(named(self.words, kind))
            tick.setChecked(kind in self._notes)
            self.ticks[kind] = tick
            grid.addWidget(tick, number // 3, number % 3)
        return holder

    def gather(self) -> ShopForm:
        return ShopForm(
            code=self.code.text(),
            name_zh=self.name_zh.text(),
            name_en=self.name_en.text(),
            kind=self.kind.text(),
            street=self.street.currentText(),
            address=self.address.text(),
            landmark=self.landmark.text(),
            opening=self.opening.text(),
            rest_days=self.rest_days.days_mask(),
            collecting=self.collecting.value() or CollectingWay.SLIPS,
            settlement=self.settlement.value() or SettlementWay.NONE,
            state=self._state or ShopState.ACTIVE,
            joined_on=self.joined.day(),
            agreement_from=self.signed.day(),
            agreement_until=self.until.day(),
            contacts=self.contacts.contacts(),
            kindnesses=tuple((kind, self._notes.get(kind, "")) for kind, tick in self.ticks.items() if tick.isChecked()),
            note=self.comment.toPlainText(),
        )

    def save(self) -> None:
        self.form.clear_refusals()
        self.more.clear_refusals()
        if self.subject is None:
            self.do(shop_services.register, form=self.gather(), done=self._saved)
        else:
            self.do(shop_services.change, shop_id=self.subject, form=self.gather(), done=self._saved)

    def refused(self, error: RuleRefused) -> None:
        """A telephone is named in its refusal, which stands under all contacts."""
        if error.field in ("phone", "whatsapp"):
            error.field = "contacts"
        super().refused(error)

    def _saved(self, kept: KeptShop) -> None:
        self.finished()
        self.context.status.say(self.words.say("{code} saved", code=kept.code))
        self.go_on("shops", kept.shop_id)
