"""Quantities as people write and read them."""

from PySide6.QtWidgets import QLineEdit

from caringstreet.labels import label as named
from caringstreet.rules.quantities import ONE, NotAQuantity, Unit, parse_quantity, plain_quantity
from caringstreet.words import Words


def amount(words: Words, thousandths: int, unit: Unit) -> str:
    """「6.5 斤」."""
    return f"{plain_quantity(thousandths)} {named(words, unit)}"


class QuantityField(QLineEdit):
    """A quantity as people write it; `thousandths()` is None while it is none."""

    def __init__(self, thousandths: int | None = ONE) -> None:
        super().__init__("" if thousandths is None else plain_quantity(thousandths))
        self.setFixedWidth(84)

    def thousandths(self) -> int | None:
        """Thousandths of the unit, 0 for an empty field."""
        if not self.text().strip():
            return 0
        try:
            return parse_quantity(self.text())
        except NotAQuantity:
            return None

    def show_quantity(self, thousandths: int) -> None:
        """Put a quantity in."""
        self.setText(plain_quantity(thousandths))
