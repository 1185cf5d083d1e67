"""The people of a household, a line for each: name, birth year, relation."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from caringstreet.services.households import MemberForm
from caringstreet.words import Words
from ui.widgets.basics import button, icon_button, row


class MembersField(QWidget):
    """Lines that were left empty are no members. `changed` tells when their number may have changed."""

    changed = Signal()

    def __init__(self, words: Words, members: Sequence[MemberForm]) -> None:
        super().__init__()
        self._words = words
        self.lines: list[tuple[QLineEdit, QLineEdit, QLineEdit, QPushButton]] = []
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
                born = int(year.text()) if year.text().strip() else None
                found.append(MemberForm(name.text().strip(), born, relation.text().strip()))
        return tuple(found)

    def _add(self, member: MemberForm) -> QLineEdit:
        say = self._words.say
        name, relation = QLineEdit(member.name), QLineEdit(member.relation)
        year = QLineEdit(str(member.birth_year or ""))
        year.setValidator(QIntValidator(0, 9999, year))
        away = icon_button(say("Remove this person"), partial(self._remove, name), picture="x")
        line = (name, year, relation, away)
        for place, (field, said) in enumerate(
            ((name, say("Name")), (year, say("Birth year")), (relation, say("Relation")))
        ):
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

    def _remove(self, which: QLineEdit) -> None:
        kept = [
            MemberForm(name.text(), int(year.text()) if year.text() else None, relation.text())
            for name, year, relation, _ in self.lines
            if name is not which
        ]
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
