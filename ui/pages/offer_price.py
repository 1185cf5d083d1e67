"""The price of an offer as a sum of four short boxes: what the household pays, the shop bears and the fund bears make it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caringstreet.rules.offers import OfferTerms
from caringstreet.words import Words
from ui.widgets.basics import button, label
from ui.widgets.fields import MoneyField
from ui.widgets.inputs import name_input

_WIDTH = 112


class PriceSum(QWidget):
    """Says in words what is missing, with one button that lets the fund bear the rest."""

    changed = Signal()

    def __init__(self, words: Words, terms: OfferTerms) -> None:
        super().__init__()
        self._words = words
        say = words.say
        self.listed, self.household = MoneyField(terms.list_cents), MoneyField(terms.household_cents)
        self.by_shop, self.fund = MoneyField(terms.shop_cents), MoneyField(terms.fund_cents)
        self.fields = {"list_cents": self.listed, "household_cents": self.household, "shop_cents": self.by_shop, "fund_cents": self.fund}
        boxes = QHBoxLayout()
        boxes.setContentsMargins(0, 0, 0, 0)
        boxes.setSpacing(6)
        names = (say("Price"), say("Household pays"), say("Shop bears"), say("Fund bears"))
        for sign, name, (key, field) in zip(("", "=", "+", "+"), names, self.fields.items(), strict=True):
            if sign:
                between = label(sign, "heading")
                between.setContentsMargins(0, 0, 0, 6)
                boxes.addWidget(between, 0, Qt.AlignmentFlag.AlignBottom)
            field.setFixedWidth(_WIDTH)
            field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            field.setAccessibleName(name)
            name_input(field, key)
            field.textChanged.connect(lambda: self._show())
            one = QVBoxLayout()
            one.setSpacing(2)
            over = label(name, "dim")
            over.setBuddy(field)
            one.addWidget(over)
            one.addWidget(field)
            boxes.addLayout(one)
        boxes.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(boxes)
        self.said = label("", wrap=True)
        self.rest = button("", self._let_the_fund_bear_the_rest)
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(self.rest)
        column.addLayout(foot)
        self.setFocusProxy(self.listed)
        self._show()

    def cents(self, key: str) -> int:
        """What stands in a box; nothing where it cannot be read."""
        return self.fields[key].cents() or 0

    def _show(self) -> None:
        say, money = self._words.say, self._words.money
        listed, *shares = (field.cents() for field in self.fields.values())
        known = [one for one in shares if one is not None]
        fund = None if listed is None or len(known) < 3 else self.cents("fund_cents") + listed - sum(known)
        if listed is None or fund is None:
            self._say(say("Write amounts as 20 or 20.50."), "warn")
        elif not listed and not sum(known):
            self._say(say("The price is what the household, the shop and the fund bear together."), "dim")
        elif sum(known) == listed:
            self._say(say("{shares} of {listed}: it adds up", shares=money(sum(known)), listed=money(listed)), "good")
        else:
            facts = {"sum": " + ".join(money(one) for one in known), "shares": money(sum(known)), "listed": money(listed)}
            lacks = listed - sum(known)
            said = (
                say("{lacks} is missing: {sum} = {shares}, the price is {listed}", lacks=money(lacks), **facts)
                if lacks > 0
                else say("{more} too much: {sum} = {shares}, the price is {listed}", more=money(-lacks), **facts)
            )
            self._say(said, "warn")
        offered = fund is not None and fund >= 0 and fund != self.cents("fund_cents")
        self.rest.setVisible(offered)
        if offered and fund is not None:
            self.rest.setText(say("Fund bears {cents}", cents=money(fund)))
        self.changed.emit()

    def _say(self, text: str, role: str) -> None:
        self.said.setText(text)
        self.said.setProperty("role", role)
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)

    def _let_the_fund_bear_the_rest(self) -> None:
        rest = self.cents("list_cents") - self.cents("household_cents") - self.cents("shop_cents")
        self.fund.set_cents(max(0, rest))
        self.fund.setFocus()
