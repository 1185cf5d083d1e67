"""A choice of shops that is typed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter

from caringstreet.rules.texts import fold
from caringstreet.words import Words
from ui.widgets.fields import ChoiceField
from ui.widgets.text_field import TextField


class ShopField(ChoiceField):
    """Typed by code or name; a text that fits only one shop chooses it."""

    entered = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__([])
        self._choices: list[tuple[int, str]] = []
        self.setEditable(True)
        self.setInsertPolicy(self.InsertPolicy.NoInsert)
        self.setMinimumWidth(240)
        text = TextField()
        text.setPlaceholderText(words.say("Shop: type its code or name"))
        for widget in (self, text):
            widget.setAccessibleName(words.say("Shop"))
        self.setLineEdit(text)
        text.returnPressed.connect(self.entered)
        self._text = text

    def select_text(self) -> None:
        """So that typing replaces it."""
        self._text.selectAll()

    def offer(self, choices: Sequence[tuple[int, str]]) -> None:
        """Renew the shops; what is chosen or half typed stays."""
        if list(choices) == self._choices:
            return
        chosen, typed = self.value(), self.currentText()
        self._choices = list(choices)
        self.blockSignals(True)
        self.clear()
        self._values = [value for value, _ in choices]
        self.addItems([name for _, name in choices])
        completer = self.completer()
        if completer is not None:
            # Completed inline, "S" would silently be the first of all shops.
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCurrentIndex(-1)
        if chosen is not None:
            self.choose(chosen)
        else:
            self.setEditText(typed)
        self.blockSignals(False)

    def shop_id(self) -> int | None:
        """The shop that is chosen or typed; None where nothing, or more than one, fits."""
        typed, names = fold(self.currentText()), [fold(name) for _, name in self._choices]
        if not typed:
            return None
        exact = [place for place, name in enumerate(names) if typed in (name, name.split(" ")[0])]
        fitting = exact or [place for place, name in enumerate(names) if typed in name]
        if len(fitting) != 1:
            return None
        if fitting[0] != self.currentIndex() or self.currentText() != self.itemText(fitting[0]):
            self.setCurrentIndex(fitting[0])
            self.setEditText(self.itemText(fitting[0]))
        return self._choices[fitting[0]][0]
