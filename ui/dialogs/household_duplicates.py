"""Shows a new household side by side with those that it may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from caringstreet.queries.household_duplicates import Alike, DuplicateRow
from caringstreet.services.households import HouseholdForm
from caringstreet.wording.labels import label as named
from caringstreet.words import Words, mark
from ui.widgets.basics import button, label, row
from ui.widgets.dialog import Dialog

_BESIDE = 3
_ALIKE = {
    Alike.PHONE: mark("same telephone"),
    Alike.HOME: mark("same name and building"),
    Alike.YEARS: mark("same street and birth years"),
}


@dataclass(frozen=True)
class _Line:
    """One thing to compare: its name, what the new one says, what each of the others says."""

    name: str
    mine: str
    theirs: tuple[str, ...]


class DuplicatesDialog(Dialog):
    """`opened` is the household that the person recognised; `is_new` that it is another one."""

    def __init__(self, parent: QWidget, words: Words, form: HouseholdForm, likely: Sequence[DuplicateRow]) -> None:
        super().__init__(parent)
        self.opened: int | None = None
        self.is_new = False
        self._words = words
        self.setWindowTitle(words.say("On the list already?"))
        self.setMinimumWidth(680)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(label(words.say("This household may be on the list already"), "heading"))
        shown = likely[:_BESIDE]
        grid = QGridLayout()
        for place in range(len(shown) + 1):
            grid.setColumnStretch(place + 1, 1)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(7)
        for number, line in enumerate(self._lines(form, shown)):
            grid.addWidget(label(line.name, "dim"), number, 0)
            grid.addWidget(self._cell(line.mine, ""), number, 1)
            for place, text in enumerate(line.theirs, 2):
                same = bool(text) and text == line.mine
                grid.addWidget(self._cell(text, "accent" if same else ""), number, place)
        last = grid.rowCount()
        self.same_buttons = []
        for place, one in enumerate(shown, 2):
            why = "\n".join(words.say(_ALIKE[reason]) for reason in one.reasons)
            grid.addWidget(self._cell(why, "accent"), last, place)
            same_one = button(words.say("Same household: open it"), partial(self._open, one.household_id))
            same_one.setAccessibleName(f"{same_one.text()} {one.number}")
            grid.addWidget(same_one, last + 1, place)
            self.same_buttons.append(same_one)
        column.addLayout(grid)
        if len(likely) > _BESIDE:
            more = words.say_count("{n} more is alike.", "{n} more are alike.", len(likely) - _BESIDE)
            column.addWidget(label(more, "dim"))
        self.new_button = button(words.say("Another household: save"), self._save, kind="primary")
        column.addLayout(row(None, button(words.say("Back"), self.reject), self.new_button))

    def _cell(self, text: str, role: str) -> QLabel:
        made = label(text or "–", role, wrap=True)
        made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        made.setMinimumWidth(130)
        return made

    def _lines(self, form: HouseholdForm, likely: Sequence[DuplicateRow]) -> list[_Line]:
        words, say = self._words, self._words.say
        mine = sorted(one.birth_year for one in form.members if one.birth_year)
        return [
            _Line(say("Number"), say("new"), tuple(one.number for one in likely)),
            _Line(say("Name"), form.display_name, tuple(one.display_name for one in likely)),
            _Line(say("Persons"), words.number(form.size), tuple(words.number(one.size) for one in likely)),
            _Line(say("Birth years"), _years(mine), tuple(_years(one.birth_years) for one in likely)),
            _Line(say("Street"), form.street, tuple(one.street for one in likely)),
            _Line(say("Building"), form.building, tuple(one.building for one in likely)),
            _Line(say("Telephone"), _ending(form.phone), tuple(_ending(one.phone) for one in likely)),
            _Line(say("State"), "", tuple(named(words, one.state) for one in likely)),
        ]

    def _open(self, household_id: int) -> None:
        self.opened = household_id
        self.reject()

    def _save(self) -> None:
        self.is_new = True
        self.accept()


def _years(found: Sequence[int]) -> str:
    return ", ".join(str(year) for year in found)


def _ending(phone: str) -> str:
    """The last four digits are enough to compare, and all that others at the desk should see."""
    digits = "".join(char for char in phone if char.isdecimal())
    return f"… {digits[-4:]}" if digits else ""
