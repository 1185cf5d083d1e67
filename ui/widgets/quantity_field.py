"""A quantity as people write it."""

from PySide6.QtCore import Signal

from caringstreet.rules.quantities import NotAQuantity, Unit, parse_amount, plain_quantity
from caringstreet.words import Words
from ui.widgets.inputs import show_trouble, words_of
from ui.widgets.text_field import TextField


class QuantityField(TextField):
    """「30」, 「6.5」, 「半」, 「30個」; a unit that was typed with it is told and taken out of the text.

    With `only` another unit than that one is no quantity.
    """

    unit_typed = Signal(object)

    def __init__(self, thousandths: int | None = None, only: Unit | None = None) -> None:
        super().__init__("" if thousandths is None else plain_quantity(thousandths))
        self._only = only
        self.editingFinished.connect(self._tell_unit)

    def quantity(self) -> int | None:
        """Thousandths, 0 for an empty field; None while the text is no quantity."""
        if not self.text().strip():
            return 0
        found = self._read()
        return None if found is None else found[0]

    def trouble(self, words: Words) -> str:
        """Not a quantity."""
        return words.say("Write how many as 30, 6.5 or 半.") if self.quantity() is None else ""

    def show_quantity(self, thousandths: int) -> None:
        """Put a quantity in."""
        self.setText(plain_quantity(thousandths))

    def _read(self) -> tuple[int, Unit | None] | None:
        try:
            quantity, unit = parse_amount(self.text())
        except NotAQuantity:
            return None
        return None if unit is not None and self._only not in (None, unit) else (quantity, unit)

    def _tell_unit(self) -> None:
        found = self._read()
        if found is not None and found[1] is not None:
            self.setText(plain_quantity(found[0]))
            self.unit_typed.emit(found[1])
        show_trouble(self, self.trouble(words_of(self)))
