"""Shows a new household beside those that it may be."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from caringstreet.queries.households import DuplicateRow
from caringstreet.services.households import HouseholdForm
from caringstreet.words import Words
from ui.widgets.basics import button, label, row


class DuplicatesDialog(QDialog):
    """`opened` is the household that the person recognised; `is_new` that it is another one."""

    def __init__(self, parent: QWidget, words: Words, form: HouseholdForm, likely: Sequence[DuplicateRow]) -> None:
        super().__init__(parent)
        self.opened: int | None = None
        self.is_new = False
        self.setWindowTitle(words.say("On the list already?"))
        self.setMinimumWidth(620)
        column = QVBoxLayout(self)
        column.addWidget(label(words.say("This household may be on the list already"), "heading"))
        grid = QGridLayout()
        heads = (words.say("Number"), words.say("Name"), words.say("Persons"), words.say("Building"), words.say("Alike in"), "")
        for place, text in enumerate(heads):
            grid.addWidget(label(text, "dim"), 0, place)
        mine = (words.say("new"), form.display_name, str(form.size), form.building, "", "")
        for place, text in enumerate(mine):
            grid.addWidget(label(text, "accent"), 1, place)
        reasons = {"phone": words.say("same telephone"), "home": words.say("same name and building")}
        for line, one in enumerate(likely, 2):
            for place, text in enumerate((one.number, one.display_name, str(one.size), one.building, reasons[one.reason])):
                grid.addWidget(label(text), line, place)
            same = button(words.say("The same: open it"), partial(self._open, one.household_id))
            same.setAccessibleName(" ".join((words.say("The same: open it"), one.number)))
            grid.addWidget(same, line, 5)
        column.addLayout(grid)
        column.addLayout(row(None, button(words.say("Back"), self.reject), button(words.say("Another household: save"), self._save, kind="primary")))

    def _open(self, household_id: int) -> None:
        self.opened = household_id
        self.reject()

    def _save(self) -> None:
        self.is_new = True
        self.accept()
