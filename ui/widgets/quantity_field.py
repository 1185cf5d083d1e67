"""A quantity as people write it: 6.5, 半, 1,200."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from caringstreet.rules.quantities import NotAQuantity, parse_quantity, plain_quantity


class QuantityField(QLineEdit):
    """`thousandths()` is 0 for an empty field and None while the text is no quantity."""

    def __init__(self, name: str, thousandths: int | None = None) -> None:
        super().__init__("" if thousandths is None else plain_quantity(thousandths))
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setMaximumWidth(90)

    def thousandths(self) -> int | None:
        """The quantity in thousandths of its unit."""
        if not self.text().strip():
            return 0
        try:
            return parse_quantity(self.text())
        except NotAQuantity:
            return None
