"""A whole number within limits; what was typed stays as it is, and what is beyond them is said."""

import re
import unicodedata
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox

from caringstreet.words import Words
from ui.widgets.inputs import show_trouble, words_of
from ui.widgets.text_field import TextField

_STEP = QAbstractSpinBox.StepEnabledFlag


class NumberField(QAbstractSpinBox):
    """`value()` is what was typed, even beyond the limits: `trouble` says so, and a page refuses it.

    With `none` the least stands for an empty field, which says that word. Without `arrows` all its width is the number's.
    """

    valueChanged = Signal(int)  # noqa: N815 (as Qt's own fields call it)

    def __init__(
        self, least: int = 0, most: int = 99, value: int | None = None, *, none: str = "", unit: str = "", arrows: bool = True
    ) -> None:
        super().__init__()
        # Qt's NoButtons leaves the number one pixel under a style sheet.
        self.setProperty("arrows", arrows)
        self._least, self._most, self._none, self._unit = least, most, none, unit
        self._told = least
        self._line = TextField()
        self.setLineEdit(self._line)
        self._line.setPlaceholderText(none)
        self.setValue(least if value is None else value)
        self._line.textChanged.connect(lambda _: self._tell())
        self.editingFinished.connect(self._settle)

    # The number -----------------------------------------------------------------------------------------------

    def value(self) -> int:
        """The number; the least for an empty field or one that holds no number."""
        found = self._read()
        return self._least if found is None else found

    def setValue(self, value: int) -> None:
        """Show a number."""
        text = "" if self._none and value == self._least else f"{value}{self._unit}"
        if text != self._line.text():
            self._line.setText(text)
        self._tell()
        show_trouble(self, "")

    def setRange(self, least: int, most: int) -> None:
        """Both are still within."""
        self._least, self._most = least, most
        self._tell()

    def limits(self) -> tuple[int, int]:
        """The least and the most."""
        return self._least, self._most

    def trouble(self, words: Words) -> str:
        """Not a number, or beyond the limits."""
        found = self._read()
        if found is None and self._none and not self._line.text().strip():
            return ""
        if found is not None and self._least <= found <= self._most:
            return ""
        return words.say("Write a whole number from {least} to {most}.", least=words.number(self._least), most=words.number(self._most))

    def _read(self) -> int | None:
        plain = unicodedata.normalize("NFKC", self._line.text()).strip().removesuffix(self._unit.strip()).strip()
        found = re.fullmatch(r"[-−]?(\d{1,3}(,\d{3})+|\d{1,18})", plain)
        return int(plain.replace(",", "").replace("−", "-")) if found is not None else None

    def _tell(self) -> None:
        value = self.value()
        if value != self._told:
            self._told = value
            self.valueChanged.emit(value)

    def _settle(self) -> None:
        found, said = self._read(), self.trouble(words_of(self))
        if found is not None and not said:
            self.setValue(found)
        show_trouble(self, said)

    # What a draft keeps ---------------------------------------------------------------------------------------

    def kept(self) -> Any:
        return self._line.text()

    def put_back(self, kept: Any) -> None:
        self._line.put_back(kept)

    # Qt's own -------------------------------------------------------------------------------------------------

    def stepBy(self, steps: int) -> None:
        self.setValue(max(self._least, min(self._most, self.value() + steps)))
        self.selectAll()

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        found, value = _STEP.StepNone, self.value()
        if value > self._least:
            found |= _STEP.StepDownEnabled
        if value < self._most:
            found |= _STEP.StepUpEnabled
        return found

    def sizeHint(self) -> QSize:
        # The line inside asks for more height than the style gives to any field.
        return super().sizeHint().boundedTo(self.maximumSize())

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().boundedTo(self.maximumSize())

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._line.setAccessibleName(name)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._line.reached(event.reason())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
