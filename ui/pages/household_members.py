"""The people of a household, a line for each: name, birth year, relation."""

import re
import unicodedata
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from caringstreet.services.households import MemberForm
from caringstreet.words import Words
from ui.widgets.basics import button, icon_button, row
from ui.widgets.inputs import show_trouble, words_of
from ui.widgets.text_field import TextField


class YearField(TextField):
    """A year of birth, or nothing."""

    def __init__(self, year: int | None) -> None:
        super().__init__(str(year or ""))
        self.editingFinished.connect(lambda: show_trouble(self, self.trouble(words_of(self))))

    def year(self) -> int | None:
        """The year; None where there is none, or none that can be read."""
        plain = unicodedata.normalize("NFKC", self.text()).strip()
        return int(plain) if re.fullmatch(r"\d{4}", plain) else None

    def trouble(self, words: Words) -> str:
        """No year."""
        return words.say("Write the year of birth as 1948.") if self.text().strip() and self.year() is None else ""


class MembersField(QWidget):
    """Lines that were left empty are no members. `changed` tells when their number may have changed."""

    changed = Signal()

    def __init__(self, words: Words, members: Sequence[MemberForm]) -> None:
        super().__init__()
        self._words = words
        self.lines: list[tuple[TextField, YearField, TextField, QPushButton]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        for place, share in enumerate((3, 1, 2, 0)):
            self._grid.setColumnStretch(place, share)
        column.addLayout(self._grid)
        self.add_button = button(words.say("Add a person"), self._add_empty, kind="quiet", picture="plus")
        column.addLayout(row(self.add_button, None))
        self.setFocusProxy(self.add_button)
        for member in members or (MemberForm(""),):
            self._add(member)

    def members(self) -> tuple[MemberForm, ...]:
        """Everybody with a name or a birth year."""
        found = []
        for name, year, relation, _ in self.lines:
            if name.text().strip() or year.text().strip():
                found.append(MemberForm(name.text().strip(), year.year(), relation.text().strip()))
        return tuple(found)

    def kept(self) -> Any:
        return [[name.text(), year.text(), relation.text()] for name, year, relation, _ in self.lines]

    def put_back(self, kept: Any) -> None:
        """As many lines as were kept, with what was typed in them."""
        if not isinstance(kept, list) or not kept:
            return
        while len(self.lines) > len(kept):
            self._remove(self.lines[-1][0])
        while len(self.lines) < len(kept):
            self._add(MemberForm(""))
        for line, texts in zip(self.lines, kept, strict=True):
            for field, text in zip(line, texts, strict=False):
                if isinstance(field, TextField):
                    field.put_back(text)

    def _add(self, member: MemberForm) -> TextField:
        say = self._words.say
        name, relation = TextField(member.name), TextField(member.relation)
        year = YearField(member.birth_year)
        away = icon_button(say("Remove this person"), partial(self._remove, name), picture="x")
        line = (name, year, relation, away)
        for place, (field, said) in enumerate(((name, say("Name")), (year, say("Birth year")), (relation, say("Relation")))):
            field.setPlaceholderText(said)
            field.setAccessibleName(said)
            self._grid.addWidget(field, len(self.lines), place)
        self._grid.addWidget(away, len(self.lines), 3)
        name.textChanged.connect(self.changed)
        year.textChanged.connect(self.changed)
        self.lines.append(line)
        return name

    def _add_empty(self) -> None:
        self._add(MemberForm("")).setFocus()
        self.changed.emit()

    def _remove(self, which: TextField) -> None:
        kept = [MemberForm(name.text(), year.year(), relation.text()) for name, year, relation, _ in self.lines if name is not which]
        for line in self.lines:
            for widget in line:
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self.lines = []
        for member in kept or [MemberForm("")]:
            self._add(member)
        self.add_button.setFocus()
        self.changed.emit()
