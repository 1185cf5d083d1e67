"""Labelled fields; a refusal is said beside the field that it concerns."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from ui.widgets.basics import label


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

    def add(self, key: str, name: str, field: QWidget, hint: str = "") -> None:
        """Add a field under its name, with a hint below where it helps."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(field)
        if hint:
            column.addWidget(label(hint, "dim", wrap=True))
        said = label("", "bad", wrap=True)
        said.hide()
        column.addWidget(said)
        named = label("" if isinstance(field, QCheckBox) else name)
        named.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(name)
        if hasattr(field, "name_for_readers"):
            field.name_for_readers(name)
        self._rows.addRow(named, holder)
        self._said[key] = said
        self._fields[key] = field
        self._holders[key] = holder

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
