"""The form of an offer: the three shares must make the price."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from caringstreet.queries import fund as fund_queries
from caringstreet.queries import offers, shops
from caringstreet.queries import street as street_queries
from caringstreet.rules.offers import Funding, OfferKind, OfferTerms, Validity
from caringstreet.rules.refusals import RuleRefused
from caringstreet.services import offers as offer_services
from caringstreet.services.offers import KeptOffer
from caringstreet.wording.labels import label as named
from caringstreet.wording.refusals import refusal_text
from ui.context import Context, Target
from ui.pages.offer_aside import OfferAside
from ui.pages.offer_price import PriceSum
from ui.widgets.basics import label
from ui.widgets.fields import ChoiceField, DayField, MoneyField, TimeField, WeekdaysField
from ui.widgets.form_page import FormPage
from ui.widgets.number_field import NumberField
from ui.widgets.text_field import NoteField, TextField

_NO_LIMIT = 0
_SHORT, _MIDDLE = 150, 240


class OfferFormPage(FormPage):
    """Register an offer of a shop, or change one: a new price begins a new version."""

    name = "offer_form"
    _shop: int | None = None
    _offer: int | None = None
    back = "shops"

    def title(self) -> str:
        return self.words.say("New offer") if self._shop is not None else self.words.say("Edit offer")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.aside = OfferAside(self.words)
        self.put_beside(self.aside)
        # A line typed changes it as soon as the typing pauses.
        self._soon = QTimer(self, singleShot=True, interval=80)
        self._soon.timeout.connect(self._show_aside)

    def begin(self, target: Target) -> None:
        self._shop = target.subject if target.action == "new" else None
        self._offer = None if target.action == "new" else target.subject
        with self.context.database.reader() as reader:
            if self._offer is not None:
                row = next(one for one in offers.rows(reader, self.context.month.month) if one.offer_id == self._offer)
                self._row, self.subject = row, row.shop_id
                carried = offers.issued_on_version(reader, row.offer_id)
                self._about = f"{row.code} · {row.shop_zh}"
            else:
                shop = shops.detail(reader, target.subject)
                self._row, self.subject, carried = None, target.subject, 0  # type: ignore[assignment]
                self._about = f"{shop.code} {shop.name_zh}"
            assert self.subject is not None
            self._detail = shops.detail(reader, self.subject)
            self._fund = fund_queries.figures(reader, self.context.month.month, self.context.clock.today())
        if carried:
            self.note.say(
                self.words.say_count(
                    "{n} voucher carries the present terms and keeps them; a change begins a new version.",
                    "{n} vouchers carry the present terms and keep them; a change begins a new version.",
                    carried,
                )
            )

    def refresh(self) -> None:
        """An offer is a shop's, and is opened from there."""

    def values(self, target: Target) -> OfferTerms:
        return self._row.terms if self._row is not None else OfferTerms("", OfferKind.SPECIAL_PRICE)

    def build(self, values: OfferTerms) -> None:
        say, words = self.words.say, self.words
        self.form.add("about", say("Shop"), label(self._about))
        self.title_zh, self.title_en = TextField(values.title_zh), TextField(values.title_en)
        self.kind = ChoiceField([(kind, named(words, kind)) for kind in OfferKind], values.kind)
        self.price = PriceSum(words, values)
        self.quota = _limit(values.monthly_quota, say("no limit"))
        self.per_household = _limit(values.per_household_month, say("no limit"))
        self.validity = ChoiceField([(one, named(words, one)) for one in Validity], values.validity)
        self.days = _limit(values.validity_days, "–")
        for short in (self.kind, self.validity):
            short.setFixedWidth(_MIDDLE)
        self.until = DayField(values.validity_until, optional=True, today=self.context.clock.today())
        self.until.setFixedWidth(_MIDDLE)
        for key, text, field in (
            ("title_zh", say("Offer in Chinese"), self.title_zh),
            ("title_en", say("Offer in English"), self.title_en),
            ("kind", say("Kind"), self.kind),
            ("price", say("How a voucher is shared"), self.price),
            ("monthly_quota", say("Most a month"), self.quota),
            ("per_household_month", say("Most a household a month"), self.per_household),
            ("validity", say("Good until"), self.validity),
            ("validity_days", say("Number of days"), self.days),
            ("validity_until", say("Last day"), self.until),
        ):
            self.form.add(key, text, field)
        self._build_more(values)
        self.validity.currentIndexChanged.connect(lambda _: self._show_validity())
        self._show_validity()
        self._follow_typing()
        self._show_aside()

    def _follow_typing(self) -> None:
        for form in (self.form, self.more):
            for line in form.findChildren(QLineEdit):
                line.textChanged.connect(self._soon.start)
            for choice in form.findChildren(QComboBox):
                choice.currentIndexChanged.connect(self._soon.start)
            for tick in form.findChildren(QCheckBox):
                tick.toggled.connect(self._soon.start)

    def _show_aside(self) -> None:
        """What the form says now, as paper and as money."""
        terms, settings = self.gather(), self.context.street.settings
        issuer = " · ".join(part for part in (settings.name, settings.team) if part)
        self.aside.show_offer(self._detail, terms, issuer, self.context.clock.today())
        self.aside.show_most(terms, self._fund)

    def _show_validity(self) -> None:
        """Only the field that the chosen way asks for."""
        self.days.setEnabled(self.validity.value() is Validity.DAYS)
        self.until.setEnabled(self.validity.value() is Validity.UNTIL)

    def _build_more(self, values: OfferTerms) -> None:
        say, words = self.words.say, self.words
        self.percent = _limit(values.percent, "–")
        self.min_spend = MoneyField(values.min_spend_cents or 0)
        self.weekdays = WeekdaysField(values.weekdays, words)
        self.time_from, self.time_to = TimeField(values.time_from), TimeField(values.time_to)
        self.lunar = {1: QCheckBox(say("lunar first")), 15: QCheckBox(say("lunar fifteenth"))}
        self.per_visit = _limit(values.per_visit, say("no limit"))
        self.pilot = DayField(values.pilot_until, optional=True, today=self.context.clock.today())
        self.funding = ChoiceField([(one, named(words, one)) for one in Funding], values.funding)
        self.comment = NoteField(values.note)
        lunar = QWidget()
        grid = QGridLayout(lunar)
        grid.setContentsMargins(0, 0, 0, 0)
        for number, (day, tick) in enumerate(self.lunar.items()):
            tick.setChecked(day in values.lunar_days)
            grid.addWidget(tick, 0, number)
        for key, text, field in (
            ("categories", say("For whom"), self._category_ticks(values)),
            ("weekdays", say("Weekdays"), self.weekdays),
            ("time_from", say("From"), self.time_from),
            ("time_to", say("To"), self.time_to),
            ("lunar_days", say("Lunar days"), lunar),
            ("percent", say("Per cent off"), self.percent),
            ("min_spend", say("Least to spend"), self.min_spend),
            ("per_visit", say("Most a visit"), self.per_visit),
            ("pilot_until", say("Pilot until"), self.pilot),
            ("funding", say("Paid by"), self.funding),
            ("note", say("Note"), self.comment),
        ):
            self.more.add(key, text, field)

    def _category_ticks(self, values: OfferTerms) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        ticks = QGridLayout()
        column.addLayout(ticks)
        with self.context.database.reader() as reader:
            rows = street_queries.categories(reader)
        self.categories: dict[str, QCheckBox] = {}
        for number, one in enumerate(rows):
            tick = QCheckBox(one.name_zh if self.words.language == "zh_HK" else one.name_en)
            tick.setChecked(one.code in values.categories)
            self.categories[one.code] = tick
            ticks.addWidget(tick, number // 2, number % 2)
        column.addWidget(label(self.words.say("Without a tick it is for every household."), "dim", wrap=True))
        return holder

    def gather(self) -> OfferTerms:
        return OfferTerms(
            title_zh=self.title_zh.text().strip(),
            title_en=self.title_en.text().strip(),
            kind=self.kind.value(),
            list_cents=self.price.cents("list_cents"),
            household_cents=self.price.cents("household_cents"),
            shop_cents=self.price.cents("shop_cents"),
            fund_cents=self.price.cents("fund_cents"),
            percent=self.percent.value() or None,
            min_spend_cents=_cents(self.min_spend) or None,
            funding=self.funding.value(),
            categories=tuple(code for code, tick in self.categories.items() if tick.isChecked()),
            weekdays=self.weekdays.days_mask(),
            time_from=self.time_from.time(),
            time_to=self.time_to.time(),
            lunar_days=tuple(day for day, tick in self.lunar.items() if tick.isChecked()),
            monthly_quota=self.quota.value() or None,
            per_household_month=self.per_household.value() or None,
            per_visit=self.per_visit.value() or None,
            validity=self.validity.value(),
            validity_days=self.days.value() or None,
            validity_until=self.until.day(),
            pilot_until=self.pilot.day(),
            note=self.comment.toPlainText(),
        )

    def save(self) -> None:
        self.form.clear_refusals()
        self.more.clear_refusals()
        if self._offer is None:
            self.do(offer_services.register, shop_id=self._shop, terms=self.gather(), done=self._saved)
        else:
            self.do(offer_services.change, offer_id=self._offer, terms=self.gather(), done=self._saved)

    def refused(self, error: RuleRefused) -> None:
        """A refusal of one of the four boxes is said below all of them."""
        box = self.price.fields.get(error.field)
        if box is None:
            super().refused(error)
            return
        self.form.refuse("price", refusal_text(self.words, error))
        box.setFocus()

    def _saved(self, kept: KeptOffer) -> None:
        self.finished()
        said = (
            self.words.say("{code} saved; version {n} begins", code=kept.code, n=kept.version)
            if kept.new_version
            else self.words.say("{code} saved", code=kept.code)
        )
        self.context.status.say(said)
        self.go_on("shops", self.subject)


def _limit(value: int | None, none: str) -> NumberField:
    """A number whose 0 means none."""
    made = NumberField(_NO_LIMIT, 9999, value, none=none)
    made.setFixedWidth(_SHORT)
    return made


def _cents(field: MoneyField) -> int:
    return field.cents() or 0
