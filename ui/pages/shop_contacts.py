"""Who answers for a shop, a line for each: name, telephone, WhatsApp; the first is asked first."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from caringstreet.services.shops import ContactForm
from caringstreet.words import Words
from ui.widgets.basics import button, icon_button, row
from ui.widgets.text_field import TextField


class ContactsField(QWidget):
    """Lines that were left empty are no contacts."""

    def __init__(self, words: Words, contacts: Sequence[ContactForm]) -> None:
        super().__init__()
        self._words = words
        self._made = 0
        self.lines: list[tuple[TextField, TextField, TextField, QPushButton]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        for place, share in enumerate((3, 2, 2, 0)):
            self._grid.setColumnStretch(place, share)
        column.addLayout(self._grid)
        self.add_button = button(words.say("Add a contact"), self._add_empty, kind="quiet", picture="plus")
        column.addLayout(row(self.add_button, None))
        for one in contacts or (ContactForm(),):
            self._add(one)

    def contacts(self) -> tuple[ContactForm, ...]:
        """Everybody of whom anything is known."""
        typed = (ContactForm(name.text(), phone.text(), whatsapp.text()) for name, phone, whatsapp, _ in self.lines)
        return tuple(one for one in typed if (one.name + one.phone + one.whatsapp).strip())

    def kept(self) -> Any:
        return [[name.text(), phone.text(), whatsapp.text()] for name, phone, whatsapp, _ in self.lines]

    def put_back(self, kept: Any) -> None:
        """As many lines as were kept, with what was typed in them."""
        if not isinstance(kept, list) or not kept:
            return
        while len(self.lines) > len(kept):
            self._remove(self.lines[-1][0])
        while len(self.lines) < len(kept):
            self._add(ContactForm())
        for line, texts in zip(self.lines, kept, strict=True):
            for field, text in zip(line, texts, strict=False):
                if isinstance(field, TextField):
                    field.put_back(text)

    def _add(self, one: ContactForm) -> TextField:
        say = self._words.say
        name, phone, whatsapp = TextField(one.name), TextField(one.phone), TextField(one.whatsapp)
        away = icon_button(say("Remove this contact"), partial(self._remove, name), picture="x")
        for field, said in ((name, say("Name")), (phone, say("Telephone")), (whatsapp, say("WhatsApp"))):
            field.setPlaceholderText(said)
            field.setAccessibleName(said)
        for place, widget in enumerate((name, phone, whatsapp, away)):
            self._grid.addWidget(widget, self._made, place)
        self._made += 1
        self.lines.append((name, phone, whatsapp, away))
        return name

    def _add_empty(self) -> None:
        self._add(ContactForm()).setFocus()

    def _remove(self, which: TextField) -> None:
        away = next(line for line in self.lines if line[0] is which)
        self.lines.remove(away)
        for widget in away:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        if not self.lines:
            self._add_empty()
        self.add_button.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Sent here, the keyboard goes to the first line; a focus proxy that others follow would catch Tab in a circle."""
        self.lines[0][0].setFocus(event.reason())
