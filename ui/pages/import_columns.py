"""What each column of a sheet is, with three of its values; a wrong guess can be corrected."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from caringstreet.exchange.columns import FoundBy, fields_of, title_of
from caringstreet.exchange.headers import RowKind
from caringstreet.importing import OpenedFile
from caringstreet.words import Words, mark
from ui.widgets.basics import label
from ui.widgets.fields import ChoiceField

#: What the shapes of sheets of goods are called.
_SHAPES = {
    RowKind.GOODS: mark("Donations"),
    RowKind.BREAD_RUNS: mark("Bread runs"),
    RowKind.CHOICE_DAY: mark("Choice day"),
}
_FOUND = {
    FoundBy.NAME: mark("found by its header"),
    FoundBy.CONTENT: mark("found by its values"),
    FoundBy.GIVEN: mark("as a person said"),
}
_FIELD_WIDTH = 150


class _WhatField(ChoiceField):
    """What a column is; keys open the list, since each field that they pass would be taken from its column."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        walks = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)
        if walks or (event.text().isprintable() and event.text().strip()):
            self.showPopup()
        else:
            super().keyPressEvent(event)


class ImportColumns(QScrollArea):
    """One list of columns for each sheet. `corrected` tells the sheet's place, the field, and its column or None."""

    corrected = Signal(int, str, object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._sheets: Sequence[OpenedFile] = ()
        self.fields: dict[tuple[int, int], _WhatField] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_sheets(self, sheets: Sequence[OpenedFile]) -> None:
        """Show the columns; of the same sheets only what changed, so that the keyboard stays where it is."""
        same = [(one.path, one.sheet.name, one.columns.shape) for one in sheets] == [
            (one.path, one.sheet.name, one.columns.shape) for one in self._sheets
        ]
        self._sheets = sheets
        if not same:
            self._build()
        for (number, index), field in self.fields.items():
            columns = sheets[number].columns
            field.blockSignals(True)
            field.choose(next((name for name, at in columns.columns.items() if at == index), None))
            field.blockSignals(False)
            name = field.value()
            said = _FOUND.get(columns.found_by.get(name, FoundBy.NAME)) if name else None
            field.setToolTip(self._words.say(said) if said else "")

    def _build(self) -> None:
        self.fields = {}
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for number, one in enumerate(self._sheets):
            self._add_sheet(grid, number, one, named=len(self._sheets) > 1)
        grid.setRowStretch(grid.rowCount(), 1)
        self.setWidget(holder)

    def _add_sheet(self, grid: QGridLayout, number: int, opened: OpenedFile, *, named: bool) -> None:
        words, columns, line = self._words, opened.columns, grid.rowCount()
        if opened.kind in _SHAPES:
            shape = words.say(_SHAPES[opened.kind])
            grid.addWidget(label(" · ".join((opened.sheet.name, shape) if named else (shape,))), line, 0, 1, 2)
            line += 1
        options = [(None, words.say("not read")), *((name, title_of(opened.kind, name, words.language)) for name in fields_of(opened.kind))]
        for index, header in enumerate(columns.headers):
            if not header and not columns.samples(index):
                continue
            shown = header or words.say("Column {n}", n=index + 1)
            if index in columns.id_columns:
                grid.addWidget(label(shown, wrap=True), line, 0)
                grid.addWidget(label(words.say("identity card numbers: not read"), "warn", wrap=True), line, 1)
                line += 1
                continue
            field = _WhatField(options)
            field.setFixedWidth(_FIELD_WIDTH)
            field.setAccessibleName(" · ".join((opened.sheet.name, shown)) if named else shown)
            field.activated.connect(lambda _, number=number, index=index, field=field: self._choose(number, index, field))
            self.fields[number, index] = field
            grid.addWidget(label(shown, wrap=True), line, 0)
            grid.addWidget(field, line, 1, Qt.AlignmentFlag.AlignTop)
            samples = label(" · ".join(columns.samples(index)) or "–", "dim", wrap=True)
            grid.addWidget(samples, line + 1, 0, 1, 2)
            line += 2

    def _choose(self, number: int, index: int, field: _WhatField) -> None:
        """A column is this field now, or none."""
        name = field.value()
        before = next((one for one, at in self._sheets[number].columns.columns.items() if at == index), None)
        if name is not None:
            self.corrected.emit(number, name, index)
        elif before is not None:
            self.corrected.emit(number, before, None)
