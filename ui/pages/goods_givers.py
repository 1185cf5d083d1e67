"""Who gave goods, and where they go: fields of the form of a donation."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from caringstreet.queries import goods_donations
from caringstreet.rules.goods import GiverKind, Target
from caringstreet.services.goods import DonationForm
from caringstreet.wording.labels import label as named
from ui.context import Context
from ui.dialogs.goods_give import all_shops, shop_field
from ui.widgets.fields import ChoiceField
from ui.widgets.pick_field import suggest
from ui.widgets.text_field import TextField


class GiverField(QWidget):
    """A shop is found by number or name; neighbours and partners by the names that were thanked before."""

    changed = Signal()

    def __init__(self, context: Context, values: DonationForm) -> None:
        super().__init__()
        words, say = context.words, context.words.say
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        self.kind = ChoiceField([(one, named(words, one)) for one in GiverKind], values.giver_kind)
        self.kind.setFixedWidth(140)
        self.shop = shop_field(context, say("Number or name of the shop"))
        self.giver = TextField()
        self.giver.setPlaceholderText(say("Name, as it is thanked"))
        with context.database.reader() as reader:
            suggest(self.giver, goods_donations.known_givers(reader))
        if values.giver_kind is GiverKind.SHOP:
            self._known_giver = values.giver
            name = dict(all_shops(context)).get(values.shop_id or 0)
            if name is not None:
                self.shop.pick(values.shop_id, name)
        else:
            self.giver.setText(values.giver)
        for widget in (self.kind, self.shop, self.giver):
            line.addWidget(widget)
        self.kind.currentIndexChanged.connect(lambda _: self._show())
        self._show()

    def _show(self) -> None:
        shop = self.kind.value() is GiverKind.SHOP
        self.shop.setVisible(shop)
        self.giver.setVisible(not shop)
        self.setFocusProxy(self.shop if shop else self.giver)

    def shop_id(self) -> int | None:
        found = self.shop.value() if self.kind.value() is GiverKind.SHOP else None
        return found if isinstance(found, int) else None

    def name(self) -> str:
        """The name of a neighbour or partner; a shop is thanked by its own."""
        return "" if self.kind.value() is GiverKind.SHOP else self.giver.text()

    def name_for_readers(self, name: str) -> None:
        """What a screen reader calls the fields."""
        for field in (self.kind, self.shop, self.giver):
            field.setAccessibleName(name)


class DestinationField(QWidget):
    """The street's own stock, unless the goods go to a shop or to the team at once."""

    def __init__(self, context: Context, values: DonationForm) -> None:
        super().__init__()
        say = context.words.say
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        self.target = ChoiceField(
            [(None, say("Our stock")), (Target.SHOP, say("A shop")), (Target.TEAM, say("The team itself"))], values.allotted_to
        )
        self.target.setFixedWidth(140)
        self.shop = shop_field(context, say("Number or name of the shop"))
        name = dict(all_shops(context)).get(values.allotted_shop_id or 0)
        if name is not None:
            self.shop.pick(values.allotted_shop_id, name)
        line.addWidget(self.target)
        line.addWidget(self.shop)
        line.addStretch(1)
        self.target.currentIndexChanged.connect(lambda _: self._show())
        self.setFocusProxy(self.target)
        self._show()

    def _show(self) -> None:
        self.shop.setVisible(self.target.value() is Target.SHOP)

    def shop_id(self) -> int | None:
        found = self.shop.value() if self.target.value() is Target.SHOP else None
        return found if isinstance(found, int) else None

    def name_for_readers(self, name: str) -> None:
        """What a screen reader calls the fields."""
        for field in (self.target, self.shop):
            field.setAccessibleName(name)
