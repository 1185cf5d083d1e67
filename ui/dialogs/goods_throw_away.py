"""Asks how much of a lot is thrown away, and why."""

from collections.abc import Callable
from datetime import datetime

from caringstreet.queries.goods import LotRow
from caringstreet.rules.goods import DisposalReason, stale_reason
from caringstreet.services import goods
from caringstreet.services.goods import MovedGoods
from caringstreet.wording.goods import amount
from caringstreet.wording.labels import label as named
from ui.dialogs.form_dialog import FormDialog
from ui.widgets.fields import ChoiceField, DayField
from ui.widgets.page import Page
from ui.widgets.quantity_field import QuantityField
from ui.widgets.text_field import TextField


class ThrowAwayDialog(FormDialog):
    """All that is left and the reason that the clock tells, unless said otherwise."""

    def __init__(self, page: Page, row: LotRow, now: datetime, done: Callable[[MovedGoods], None]) -> None:
        words, say, today = page.words, page.words.say, page.context.clock.today()
        there = amount(words, row.stock, row.unit)
        super().__init__(page, say("Throw away {item}: {there} are there", item=row.item, there=there), say("Throw away"))
        self._row, self._done = row, done
        self.quantity = QuantityField(row.stock, row.unit)
        reason = stale_reason(row.freshness, today, now) or DisposalReason.UNFIT
        self.reason = ChoiceField([(one, named(words, one)) for one in DisposalReason], reason)
        self.comment = TextField()
        self.day = DayField(today)
        self.form.add("quantity", say("How many, {unit}", unit=named(words, row.unit)), self.quantity)
        self.form.add("why", say("Reason"), self.reason)
        self.form.add("reason", say("Note"), self.comment, say("Please write the other reason."))
        self.form.add("day", say("Day"), self.day)
        self.quantity.setFocus()
        self.quantity.selectAll()

    def save(self) -> None:
        self.run(
            goods.dispose,
            done=self._done,
            lot_id=self._row.lot_id,
            quantity=self.quantity.quantity() or 0,
            reason=self.reason.value(),
            day=self.day.day() or self._page.context.clock.today(),
            note=self.comment.text(),
        )
