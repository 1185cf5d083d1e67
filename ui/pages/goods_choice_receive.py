"""Takes a donation in, straight onto the tables: giver, item, how many, size and condition."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from caringstreet.queries import goods, goods_donations, shops
from caringstreet.queries.choice_events import EventRow
from caringstreet.rules.goods import GiverKind
from caringstreet.rules.quantities import ONE, Unit
from caringstreet.rules.refusals import RuleRefused
from caringstreet.rules.texts import fold
from caringstreet.services import choice_events as services
from caringstreet.services.choice_events import BroughtGoods
from caringstreet.services.goods import DonationForm, LotForm
from caringstreet.wording.labels import label as named
from caringstreet.wording.refusals import refusal_text
from ui.widgets.basics import button, label, row
from ui.widgets.fields import ChoiceField
from ui.widgets.form import Form
from ui.widgets.inputs import kept_in, put_back_in
from ui.widgets.page import Page
from ui.widgets.quantity_field import QuantityField
from ui.widgets.scrolling import Scrolling
from ui.widgets.text_field import TextField

_ONE = "1"


class ReceiveForm(QWidget):
    """The giver stays for the next line; a text that names a shop makes it the giver."""

    received = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self.words = page, page.words
        self._event: EventRow | None = None
        self._shops: dict[str, int] = {}
        say = self.words.say
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.giver, self.item = TextField(), TextField()
        self.giver.setPlaceholderText(say("a neighbour's name, or a shop"))
        self.quantity = QuantityField(ONE)
        self.unit = ChoiceField([(one, named(self.words, one)) for one in Unit], Unit.ITEM)
        self.how_big, self.condition = TextField(), TextField()
        self.condition.setPlaceholderText(say("new, as good as new, worn…"))
        self.form = Form()
        for key, text, field in (
            ("giver", say("Giver"), self.giver),
            ("item", say("Item"), self.item),
            ("quantity", say("How many"), self.quantity),
            ("unit", say("Counted in"), self.unit),
            ("size", say("Size"), self.how_big),
            ("condition", say("Condition"), self.condition),
        ):
            self.form.add(key, text, field)
        body = QWidget()
        fields = QVBoxLayout(body)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.addWidget(self.form)
        self.save_button = button(say("Receive and put on the table"), self.save, kind="primary", picture="plus")
        fields.addWidget(
            label(say("It is a donation with a receipt of its own; more about it can be told on the donations page."), "dim", wrap=True)
        )
        fields.addStretch(1)
        column.addWidget(Scrolling(body, sideways=False), 1)
        column.addLayout(row(None, self.save_button))
        for field in (self.giver, self.item, self.quantity, self.how_big, self.condition):
            field.returnPressed.connect(self.save)
        self.item.editingFinished.connect(self._suggest_unit)
        self.setFocusProxy(self.giver)

    def show_day(self, event: EventRow) -> None:
        """The day onto whose tables it goes; what is known is suggested."""
        self._event = event
        with self._page.context.database.reader() as reader:
            found, givers = shops.choices(reader), goods_donations.known_givers(reader)
            self._items = goods.known_items(reader)
        self._shops = {f"{code} {self.words.own(name, en)}": shop_id for shop_id, code, name, en in found}
        for field, known in ((self.giver, [*self._shops, *givers]), (self.item, list(self._items))):
            completer = QCompleter(known, field)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            field.setCompleter(completer)

    def typed(self) -> Any:
        """The fields; None while they tell nothing of a gift, as when the giver stays for the next line."""
        told = any(field.text() for field in (self.item, self.how_big, self.condition)) or self.quantity.text() != _ONE
        return kept_in(self.form) if told else None

    def bring_back(self, typed: Any) -> None:
        """Put in what a draft kept."""
        put_back_in(self.form, typed)

    def save(self) -> None:
        """Take it in; the next line of the same giver follows."""
        if self._event is None:
            return
        self.form.clear_refusals()
        line = LotForm(
            self.item.text(),
            self.quantity.quantity() or 0,
            unit=self.unit.value(),
            size=self.how_big.text(),
            condition=self.condition.text(),
        )
        shop_id, giver = self._shop(), self.giver.text()
        form = DonationForm(
            min(self._event.day, self._page.context.clock.today()),
            (line,),
            GiverKind.SHOP if shop_id is not None else GiverKind.NEIGHBOUR,
            "" if shop_id is not None else giver,
            shop_id,
        )
        self._page.do(services.receive, event_id=self._event.event_id, form=form, done=self._done, refused=self._refused)

    def _shop(self) -> int | None:
        """The shop whose code or whole line was typed."""
        typed = fold(self.giver.text())
        fitting = [shop_id for name, shop_id in self._shops.items() if typed and typed in (fold(name), fold(name.split(" ")[0]))]
        return fitting[0] if len(fitting) == 1 else None

    def _suggest_unit(self) -> None:
        known = self._items.get(self.item.text().strip())
        if known is not None:
            self.unit.choose(known)

    def _done(self, brought: BroughtGoods) -> None:
        self._page.context.status.say(self.words.say("Received and on the table: {item}", item=self.item.text().strip()))
        self.received.emit(brought)
        for field in (self.item, self.how_big, self.condition):
            field.clear()
        self.quantity.setText(_ONE)
        self.item.setFocus()

    def _refused(self, refused: RuleRefused) -> None:
        text = refusal_text(self.words, refused)
        if not self.form.refuse(refused.field, text):
            self._page.note.say(text, "warn")
