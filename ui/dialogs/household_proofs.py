"""Which proofs were seen, and until when each holds; nothing is copied."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from caringstreet.queries.households import AHEAD
from caringstreet.queries.street import CategoryRow
from caringstreet.services.households import CheckForm
from caringstreet.words import Words
from ui.widgets.basics import clear, label
from ui.widgets.fields import DayField

_ACROSS = 2


def a_year_after(day: date) -> date:
    """The same day of the next year, which is how long most proofs hold."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


class ProofsField(QWidget):
    """A tick for each kind of proof; below, a line for each that is ticked with its last day.

    A known proof keeps the day on which it was seen, unless its last day is changed or, with `reviewing`, it is
    said to be seen again.
    """

    def __init__(
        self, words: Words, categories: Sequence[CategoryRow], known: Sequence[CheckForm], today: date, *, reviewing: bool = False
    ) -> None:
        super().__init__()
        self._words, self._today, self._reviewing = words, today, reviewing
        self._known = {one.category: one for one in known}
        self._names = {one.code: one.name_zh if words.language == "zh_HK" else one.name_en for one in categories}
        self.ticks: dict[str, QCheckBox] = {}
        self.untils: dict[str, DayField] = {}
        self.seen_again: dict[str, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        for number, one in enumerate(categories):
            tick = QCheckBox(self._names[one.code])
            tick.setToolTip(one.proof)
            tick.setChecked(one.code in self._known)
            tick.toggled.connect(self._show_lines)
            self.ticks[one.code] = tick
            grid.addWidget(tick, number // _ACROSS, number % _ACROSS)
        column.addLayout(grid)
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(10)
        self._lines.setVerticalSpacing(4)
        self._lines.setColumnStretch(3, 1)
        column.addLayout(self._lines)
        if categories:
            self.setFocusProxy(self.ticks[categories[0].code])
        self._show_lines()

    def kept(self) -> Any:
        untils = {code: field.kept() for code, field in self.untils.items()}
        return {"untils": untils, "again": {code: tick.isChecked() for code, tick in self.seen_again.items()}}

    def put_back(self, kept: Any) -> None:
        """The proofs that were ticked, with their last days."""
        if not isinstance(kept, dict):
            return
        for code, tick in self.ticks.items():
            tick.setChecked(code in kept["untils"])
        for code, field in self.untils.items():
            field.put_back(kept["untils"].get(code))
        for code, tick in self.seen_again.items():
            tick.setChecked(bool(kept["again"].get(code)))

    def checks(self) -> tuple[CheckForm, ...]:
        """The ticked proofs, each with the day on which it was seen."""
        return tuple(self._check(code) for code, tick in sorted(self.ticks.items()) if tick.isChecked())

    def past(self) -> list[str]:
        """Names of ticked proofs whose last day is over."""
        return [self._names[one.category] for one in self.checks() if one.valid_until is not None and one.valid_until < self._today]

    def _check(self, code: str) -> CheckForm:
        known, until = self._known.get(code), self.untils[code].day()
        again = code in self.seen_again and self.seen_again[code].isChecked()
        if known is not None and known.valid_until == until and not again:
            return known
        return CheckForm(code, self._today, until)

    def _show_lines(self) -> None:
        said = {code: field.kept() for code, field in self.untils.items()}
        again = {code: tick.isChecked() for code, tick in self.seen_again.items()}
        clear(self._lines)
        self.untils, self.seen_again = {}, {}
        chosen = [code for code, tick in self.ticks.items() if tick.isChecked()]
        for number, code in enumerate(chosen):
            self._line(number, code, said, again)

    def _line(self, number: int, code: str, said: dict[str, Any], again: dict[str, bool]) -> None:
        words, known, later = self._words, self._known.get(code), a_year_after(self._today)
        until = known.valid_until if known is not None else later
        ending = known is not None and until is not None and until <= self._today + AHEAD
        if ending and self._reviewing:
            until = later
        field = DayField(until, optional=True, today=later)
        field.put_back(said.get(code))
        field.name_for_readers(words.say("{what} holds until", what=self._names[code]))
        self.untils[code] = field
        self._lines.addWidget(label(words.say("{what} holds until", what=self._names[code])), number, 0)
        self._lines.addWidget(field, number, 1)
        if known is None:
            self._lines.addWidget(label(words.say("seen today"), "dim"), number, 2)
        elif self._reviewing:
            tick = QCheckBox(words.say("seen today"))
            tick.setAccessibleName(f"{self._names[code]} {tick.text()}")
            tick.setChecked(again.get(code, ending))
            self.seen_again[code] = tick
            self._lines.addWidget(tick, number, 2)
        else:
            self._lines.addWidget(label(words.say("seen {day}", day=words.date(known.seen_on)), "dim"), number, 2)
