"""A field in which one finds one of many by typing a part of it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit

from ui.widgets.text_field import TextField


class PickField(TextField):
    """Suggests what `find` finds for the text; a text that fits only one is that one."""

    picked = Signal()

    def __init__(self, find: Callable[[str], Sequence[tuple[Any, str]]], placeholder: str = "") -> None:
        super().__init__()
        self._find = find
        self.setPlaceholderText(placeholder)
        self.setClearButtonEnabled(True)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCompleter(completer)
        self._value: Any = None
        self.textEdited.connect(self._suggest)
        self.textChanged.connect(self._changed)
        self.editingFinished.connect(self._settle)

    def value(self) -> Any:
        """What was picked; None while the text fits none or several."""
        return self._value

    def pick(self, value: Any, name: str) -> None:
        """Show one as picked."""
        self.setText(name)
        self._value = value
        self.picked.emit()

    def _suggest(self, text: str) -> None:
        found = self._find(text) if text.strip() else []
        self._names.setStringList([name for _, name in found])

    def _changed(self, text: str) -> None:
        found = self._find(text) if text.strip() else []
        exact = [value for value, name in found if name == text]
        only = exact or [value for value, _ in found]
        self._value = only[0] if len(only) == 1 else None

    def _settle(self) -> None:
        """Leaving the field writes the one that was meant in full."""
        if self._value is None:
            return
        name = next((name for value, name in self._find(self.text()) if value == self._value), self.text())
        if name != self.text():
            self.pick(self._value, name)
        else:
            self.picked.emit()


def suggest(field: QLineEdit, names: Sequence[str]) -> QCompleter:
    """Suggest known texts that hold what is typed; any other text is as good."""
    completer = QCompleter(list(names), field)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    field.setCompleter(completer)
    return completer
