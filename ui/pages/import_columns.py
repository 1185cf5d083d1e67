"""Which column of a sheet is which; a wrong guess can be corrected."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from caringstreet.exchange.columns import RowKind, fields_of, title_of
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


class ImportColumns(QScrollArea):
    """One list of fields for each sheet. `corrected` tells the sheet's place, the field, and its column or None."""

    corrected = Signal(int, str, object)

    def __init__(self, words: Words, sheets: Sequence[OpenedFile]) -> None:
        super().__init__()
        self._words = words
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setVerticalSpacing(3)
        for number, one in enumerate(sheets):
            self._add_sheet(grid, number, one, named=len(sheets) > 1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(holder)

    def _add_sheet(self, grid: QGridLayout, number: int, opened: OpenedFile, *, named: bool) -> None:
        columns, line = opened.columns, grid.rowCount()
        if opened.kind in _SHAPES:
            shape = self._words.say(_SHAPES[opened.kind])
            grid.addWidget(label(" · ".join((opened.sheet.name, shape) if named else (shape,))), line, 0, 1, 2)
            line += 1
        options = [(None, "–"), *((place, header) for place, header in enumerate(columns.headers) if header)]
        for name in fields_of(opened.kind):
            title = title_of(opened.kind, name, self._words.language)
            field = ChoiceField(options, columns.columns.get(name))
            field.setAccessibleName(" · ".join((opened.sheet.name, title)) if named else title)
            field.activated.connect(lambda _, name=name, field=field: self.corrected.emit(number, name, field.value()))
            grid.addWidget(label(title, "bad" if name in columns.missing else "dim"), line, 0)
            grid.addWidget(field, line, 1)
            line += 1
