"""Asks from how little of an item on it counts as low."""

from caringstreet.queries.goods import LotRow
from caringstreet.services import goods
from caringstreet.wording.labels import label as named
from ui.dialogs.form_dialog import FormDialog
from ui.widgets.page import Page
from ui.widgets.quantity_field import QuantityField


class MinimumDialog(FormDialog):
    """An empty field takes the mark away."""

    def __init__(self, page: Page, row: LotRow, minimum: int | None) -> None:
        say = page.words.say
        super().__init__(page, say("{item}: tell me when there is less than", item=row.item), say("Save"))
        self._row = row
        self.minimum = QuantityField(minimum, row.unit)
        name = say("How many, {unit}", unit=named(page.words, row.unit))
        self.form.add("quantity", name, self.minimum, say("Counted over all lots of this item. Empty takes the mark away."))
        self.minimum.setFocus()

    def save(self) -> None:
        words, row = self.words, self._row
        wanted = self.minimum.quantity()
        said = words.say("{item} changed", item=row.item)
        self.run(
            goods.set_minimum,
            done=lambda _: self._page.context.status.say(said),
            item=row.item,
            unit=row.unit,
            minimum=None if not self.minimum.text().strip() else wanted or 0,
        )
