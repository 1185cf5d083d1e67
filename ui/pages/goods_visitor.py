"""Finds a household by number, name, voucher or card; shows nothing of where it lives."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from caringstreet.queries import visitors
from caringstreet.queries.visitors import Visitor
from caringstreet.rules.households import PrintLanguage
from caringstreet.scanning.attempts import attempts
from caringstreet.wording.labels import label as named
from caringstreet.words import Words
from ui.context import Context
from ui.scanning.scan_field import ScanField

_VISITOR = Qt.ItemDataRole.UserRole
_LINE = 24


def said_of(words: Words, one: Visitor) -> str:
    """Number, name, how many they are, and their language where it is not Chinese."""
    persons = words.say_count("{n} person", "{n} persons", one.size)
    language = "" if one.language is PrintLanguage.ZH_HK else named(words, one.language)
    return " · ".join(part for part in (f"{one.number}  {one.display_name}", persons, language) if part)


def find(context: Context, text: str) -> list[Visitor]:
    """Who fits a text: a card, a number, the code of a voucher, or words of a name."""
    street = context.street
    with context.database.reader() as reader:
        serial = attempts([text], street.verifier, practice=street.practice)[0].serial
        found = visitors.by_voucher(reader, serial) if serial is not None else []
        return found or visitors.by_text(reader, text)


class VisitorField(ScanField):
    """The scan field, in which names are typed too; Space in the empty field says that nobody is named."""

    nobody = Signal()

    def __init__(self, words: Words, placeholder: str) -> None:
        super().__init__(placeholder, words.say("Household"))
        # Names are Chinese: without an input method nobody could type them.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not self.text():
            self.nobody.emit()
        else:
            super().keyPressEvent(event)


class VisitorFinder(QWidget):
    """A field, and under it those who fit where they are several. `missed` tells a text that fits nobody."""

    found = Signal(object)
    nobody = Signal()
    missed = Signal(str)

    def __init__(self, context: Context, placeholder: str) -> None:
        super().__init__()
        self._context, self._words = context, context.words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.field = VisitorField(self._words, placeholder)
        self.field.entered.connect(self.look_for)
        self.field.nobody.connect(self.nobody)
        column.addWidget(self.field)
        self.list = QListWidget()
        self.list.setAccessibleName(self._words.say("Households that fit"))
        self.list.itemActivated.connect(self._chosen)
        self.list.itemClicked.connect(self._chosen)
        self.list.hide()
        column.addWidget(self.list)
        column.addStretch(1)
        self.setFocusProxy(self.field)

    def look_for(self, text: str) -> None:
        """One that fits is found at once; of several a person chooses."""
        found = find(self._context, text)
        if len(found) == 1:
            self._offer(())
            self.found.emit(found[0])
        elif not found:
            self._offer(())
            self.field.setText(text)
            self.field.selectAll()
            self.missed.emit(text)
        else:
            self._offer(found)

    def begin(self) -> None:
        """Ready for the next."""
        self._offer(())
        self.field.clear()
        self.field.setFocus()

    def _offer(self, found: Sequence[Visitor]) -> None:
        self.list.clear()
        for one in found:
            item = QListWidgetItem(said_of(self._words, one))
            item.setData(_VISITOR, one)
            self.list.addItem(item)
        self.list.setVisible(bool(found))
        if found:
            self.list.setFixedHeight(min(6, len(found)) * _LINE + 6)
            self.list.setCurrentRow(0)
            self.list.setFocus()

    def _chosen(self, item: QListWidgetItem) -> None:
        one = item.data(_VISITOR)
        self._offer(())
        self.found.emit(one)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.list.isVisible():
            self.begin()
        else:
            super().keyPressEvent(event)
