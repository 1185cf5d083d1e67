"""Asks to whom goods go, how much, and on which day."""

from collections.abc import Callable, Sequence

from caringstreet.queries import households, shops
from caringstreet.queries.goods import LotRow
from caringstreet.queries.households import HouseholdView
from caringstreet.queries.shops import ShopView
from caringstreet.rules.goods import Target
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.texts import fold
from caringstreet.services import goods
from caringstreet.services.goods import MovedGoods
from caringstreet.services.goods_ledger import Recipient
from caringstreet.wording.goods import amount
from caringstreet.wording.labels import label as named
from ui.context import Context
from ui.dialogs.form_dialog import FormDialog
from ui.widgets.fields import ChoiceField, DayField
from ui.widgets.number_field import NumberField
from ui.widgets.page import Page
from ui.widgets.pick_field import PickField
from ui.widgets.quantity_field import QuantityField
from ui.widgets.text_field import TextField

_SUGGESTED = 8
_NAMED = (Target.GROUP, Target.PARTNER)


def find_households(context: Context, text: str) -> Sequence[tuple[int, str]]:
    """The first few households that fit a text, by number and name."""
    today, month = context.clock.today(), context.month.month
    with context.database.reader() as reader:
        ids = households.matching_ids(reader, HouseholdView.ALL, text, today, month, "number")[:_SUGGESTED]
        rows = households.rows(reader, ids, month)
    return [(one, f"{rows[one].number} {rows[one].display_name}") for one in ids]


def all_shops(context: Context) -> list[tuple[int, str]]:
    """All shops by code and name."""
    with context.database.reader() as reader:
        ids = shops.matching_ids(reader, ShopView.ALL, "", context.clock.today(), "code")
        rows = shops.rows(reader, ids, context.month.month)
    return [(one, f"{rows[one].code} {rows[one].name_zh}") for one in ids]


def shop_field(context: Context, placeholder: str) -> PickField:
    """Finds a shop by its number or any part of its name."""
    known = all_shops(context)

    def find(text: str) -> Sequence[tuple[int, str]]:
        return [(one, name) for one, name in known if fold(text) in fold(name)]

    return PickField(find, placeholder)


class GiveDialog(FormDialog):
    """One household unless said otherwise; only the fields of the chosen kind of receiver are shown."""

    def __init__(self, page: Page, row: LotRow, done: Callable[[MovedGoods], None]) -> None:
        words, say, context = page.words, page.words.say, page.context
        there = amount(words, row.stock, row.unit)
        super().__init__(page, say("Give {item}: {there} are there", item=row.item, there=there), say("Give"))
        self._row, self._done = row, done
        self.quantity = QuantityField(only=row.unit)
        self.target = ChoiceField([(one, named(words, one)) for one in Target], Target.HOUSEHOLD)
        self.household = PickField(lambda text: find_households(context, text), say("Number or name"))
        self.shop = shop_field(context, say("Number or name"))
        self.group = TextField()
        self.people = NumberField(0, 9999, none=say("not counted"))
        self.day = DayField(context.clock.today())
        self.comment = TextField()
        self.form.add("quantity", say("How many, {unit}", unit=named(words, row.unit)), self.quantity)
        self.form.add("target", say("To whom"), self.target)
        self.form.add("household", say("Household"), self.household)
        self.form.add("shop", say("Shop"), self.shop)
        self.form.add("group", say("Name"), self.group)
        self.form.add("people", say("How many persons or households"), self.people)
        self.form.add("day", say("Day"), self.day)
        self.form.add("note", say("Note"), self.comment)
        self.target.currentIndexChanged.connect(lambda _: self._show_receiver())
        self._show_receiver()
        self.quantity.setFocus()

    def _show_receiver(self) -> None:
        target = self.target.value()
        self.form.show_row("household", target is Target.HOUSEHOLD)
        self.form.show_row("shop", target is Target.SHOP)
        self.form.show_row("group", target in (*_NAMED, Target.HOUSEHOLDS))
        self.form.show_row("people", target in (*_NAMED, Target.HOUSEHOLDS))
        self.adjustSize()

    def _recipient(self) -> Recipient:
        target = self.target.value()
        return Recipient(
            target,
            household_id=self.household.value() if target is Target.HOUSEHOLD else None,
            shop_id=self.shop.value() if target is Target.SHOP else None,
            group_name=self.group.text() if target in (*_NAMED, Target.HOUSEHOLDS) else "",
            people=self.people.value() or None if target in (*_NAMED, Target.HOUSEHOLDS) else None,
        )

    def save(self) -> None:
        self.run(
            goods.give,
            done=self._done,
            lot_id=self._row.lot_id,
            quantity=self.quantity.quantity() or 0,
            recipient=self._recipient(),
            day=self.day.day() or self._page.context.clock.today(),
            note=self.comment.text(),
        )

    def refused(self, error: RuleRefused) -> None:
        if error.reason is Refusal.GOODS_TARGET_MISSING:
            target = self.target.value()
            error.field = {Target.HOUSEHOLD: "household", Target.SHOP: "shop"}.get(target, "group")
        super().refused(error)
