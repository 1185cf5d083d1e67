"""What becomes of every row of a file: the sum, the rows, and one row in full."""

from collections.abc import Mapping, MutableMapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from caringstreet.exchange.headers import RowKind
from caringstreet.services.import_run import ImportOutcome
from caringstreet.services.imports import Choice
from caringstreet.words import Words
from ui.tables.import_table import FATES, Fate, ImportModel, ImportTable
from ui.widgets.basics import label, scrolled
from ui.widgets.chips import Chips
from ui.widgets.fields import ChoiceField

_ALL = "all"
_TALLEST_CHOICES, _DETAIL_HEIGHT = 120, 150


class ImportRows(QWidget):
    """Shows an outcome. `chosen` tells that a person decided about a row that may be somebody already on the list."""

    chosen = Signal(int, object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        say = words.say
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.sum = label("", "heading", wrap=True)
        self.fates = Chips([(_ALL, say("All rows")), *((str(fate), say(name)) for fate, name in FATES.items())])
        self.fates.chosen.connect(self._filter)
        self.model = ImportModel(words)
        self.table = ImportTable(self.model, say("Rows of the file"))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._tell())
        self.detail = QTreeWidget()
        self.detail.setAccessibleName(say("The chosen row in full"))
        self.detail.setRootIsDecorated(False)
        self.detail.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.detail.setMaximumHeight(_DETAIL_HEIGHT)
        self._choices = QVBoxLayout()
        column.addWidget(self.sum)
        column.addWidget(self.fates)
        column.addLayout(self._choices)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)

    def show_outcome(self, outcome: ImportOutcome, kinds: Mapping[str, RowKind], decided: MutableMapping[int, Choice]) -> None:
        """The sum of all rows, the rows, and what is to be decided."""
        self.sum.setText(self._sum(outcome))
        self.model.show_outcome(outcome, dict(kinds))
        counts = self.model.counts()
        self.fates.count(_ALL, counts.total())
        for fate in Fate:
            self.fates.count(str(fate), counts[fate])
        self.fates.choose(_ALL)
        self._show_choices(outcome, decided)
        if counts:
            self.table.selectRow(0)
        self._tell()

    def _sum(self, outcome: ImportOutcome) -> str:
        """The figures add up to the rows that were read."""
        return self._words.say(
            "{read} rows read = {new} new + {changed} changed + {unchanged} unchanged + {bad} with errors + {left} left out",
            read=outcome.read,
            new=outcome.new,
            changed=outcome.changed,
            unchanged=outcome.unchanged,
            bad=outcome.bad,
            left=outcome.rows_left_out,
        )

    def _filter(self, key: str) -> None:
        self.model.only(None if key == _ALL else Fate(key))
        if self.model.rows:
            self.table.selectRow(0)
        self._tell()

    def _tell(self) -> None:
        """The chosen row in full."""
        say = self._words.say
        self.detail.clear()
        at = self.table.currentIndex().row()
        if not 0 <= at < len(self.model.rows):
            return
        row = self.model.rows[at]
        if row.written is not None:
            headers = (say("Field"), say("Before the import"), say("After the import"))
            told = [(one.title, one.before, one.after) for one in self.model.fields(row)]
        else:
            headers = (say("Where"), "", say("Why"))
            told = [(self.model.text(row, 2), "", self.model.text(row, 3))]
        self.detail.setHeaderLabels(list(headers))
        self.detail.setColumnHidden(1, row.written is None or row.written.before is None)
        for said in told:
            item = QTreeWidgetItem(list(said))
            item.setToolTip(2, said[2])
            self.detail.addTopLevelItem(item)

    def _show_choices(self, outcome: ImportOutcome, decided: MutableMapping[int, Choice]) -> None:
        """Rows that may be somebody already on the list, each with its decision."""
        while (item := self._choices.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if not outcome.duplicates:
            return
        say, holder = self._words.say, QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setColumnStretch(2, 1)
        for place, one in enumerate(outcome.duplicates):
            at = say("Line {n}", n=one.line)
            grid.addWidget(label(at, "dim"), place, 0)
            grid.addWidget(label(f"{one.number} {one.display_name}", wrap=True), place, 1)
            choice = ChoiceField(
                [(Choice.NEW, say("another household: take it")), (Choice.SKIP, say("the same: leave it out"))],
                decided.get(one.line),
            )
            choice.setAccessibleName(at)
            choice.activated.connect(lambda _, here=one.line, choice=choice: self.chosen.emit(here, choice.value()))
            grid.addWidget(choice, place, 2, Qt.AlignmentFlag.AlignLeft)
        area = scrolled(holder)
        area.setFixedHeight(min(_TALLEST_CHOICES, holder.sizeHint().height()))
        self._choices.addWidget(area)
