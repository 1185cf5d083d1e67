"""Labelled fields; a refusal is said beside the field that it concerns."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from caringstreet.wording.paper import unprinted_text
from ui.widgets.basics import label
from ui.widgets.inputs import Readable, first_unreadable, name_input, words_of

#: A field that is narrower has a width of its own.
_WHOLE = 1000


class Form(QWidget):
    """Rows of a label and a field, found by their key."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(16)
        self._rows.setVerticalSpacing(8)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._said: dict[str, QLabel] = {}
        self._fields: dict[str, QWidget] = {}
        self._holders: dict[str, QWidget] = {}
        self._unreadable: dict[str, str] = {}

    def add(self, key: str, name: str, field: QWidget, hint: str = "") -> None:
        """Add a field under its name, with a hint below where it helps."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        # What is short stands at the left edge that all fields share; left to the layout it would stand in the middle.
        short = field.maximumWidth() < _WHOLE
        column.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft if short else Qt.AlignmentFlag(0))
        if hint:
            column.addWidget(label(hint, "dim", wrap=True))
        said = label("", "bad", wrap=True)
        said.hide()
        column.addWidget(said)
        named = label("" if isinstance(field, QCheckBox) else name)
        named.setBuddy(field)
        name_input(field, key)
        if not field.accessibleName():
            field.setAccessibleName(name)
        if hasattr(field, "name_for_readers"):
            field.name_for_readers(name)
        if isinstance(field, Readable):
            self._say_when_left(key, field)
        if isinstance(field, QLineEdit):
            column.addWidget(self._warned_of_paper(field))
        self._rows.addRow(named, holder)
        self._said[key] = said
        self._fields[key] = field
        self._holders[key] = holder

    def _warned_of_paper(self, field: QLineEdit) -> QLabel:
        """A line that says, while one still types, which characters no paper will show."""
        warned = label("", "warn", wrap=True)
        warned.hide()

        def typed(text: str) -> None:
            said = unprinted_text(words_of(self), text)
            warned.setText(said)
            warned.setVisible(bool(said))

        field.textChanged.connect(typed)
        return warned

    def _say_when_left(self, key: str, field: QWidget) -> None:
        """What cannot be read is said as soon as one leaves the field, and no longer once it can be."""

        def left() -> None:
            said = field.trouble(words_of(self)) if isinstance(field, Readable) else ""
            if said:
                self._say(key, said)
            elif self._unreadable.get(key) == self._said[key].text():
                self._say(key, "")
            self._unreadable[key] = said

        for one in (field, *field.findChildren(QWidget)):
            finished = getattr(one, "editingFinished", None)
            if finished is not None:
                finished.connect(left)

    def _say(self, key: str, text: str) -> None:
        self._said[key].setText(text)
        self._said[key].setVisible(bool(text))

    def refuse_unreadable(self) -> bool:
        """Go to the first field that cannot be read, and say why; False where all can."""
        found = first_unreadable(self, folded=True)
        if found is None:
            return False
        for key, field in self._fields.items():
            if field is found or field.isAncestorOf(found):
                assert isinstance(found, Readable)
                self._unreadable[key] = found.trouble(words_of(self))
                self._say(key, self._unreadable[key])
                found.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False

    def show_row(self, key: str, shown: bool) -> None:
        """Show or hide a field with its name."""
        self._rows.setRowVisible(self._holders[key], shown)

    def field(self, key: str) -> QWidget:
        return self._fields[key]

    def begin(self) -> None:
        """Go to the first field that takes the keyboard."""
        for field in self._fields.values():
            if field.focusPolicy() & Qt.FocusPolicy.TabFocus or field.focusProxy() is not None:
                field.setFocus()
                return

    def refuse(self, key: str, text: str) -> bool:
        """Say a refusal beside its field and go there; False where there is no such field."""
        if key not in self._said:
            return False
        self._said[key].setText(text)
        self._said[key].show()
        self._fields[key].setFocus()
        return True

    def refusal(self, key: str) -> str:
        """What is said beside a field."""
        return self._said[key].text()

    def clear_refusals(self) -> None:
        for said in self._said.values():
            said.hide()
            said.setText("")
        self._unreadable.clear()
