"""Import the lists a centre keeps: look, mend, decide, then take them in; one undo for all of it."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from caringstreet.exchange.bad_rows import write_bad_rows
from caringstreet.exchange.columns import RowKind, title_of
from caringstreet.exchange.error_words import problem_text, sheet_trouble_text
from caringstreet.exchange.spreadsheets import UnreadableSheet, sheet_names
from caringstreet.importing import OpenedFile, category_names, open_file, run_import
from caringstreet.queries import imports as import_queries
from caringstreet.rules.changes import Changed
from caringstreet.services import import_undo
from caringstreet.services.import_run import ImportOutcome
from caringstreet.services.imports import Choice
from caringstreet.words import mark
from ui.context import Context, Target
from ui.pages.import_columns import ImportColumns
from ui.runner import JobProgress
from ui.widgets.basics import RECORD_KEYS, EmptyState, badge, button, card, clear, label, row, shortcuts
from ui.widgets.chips import Chips
from ui.widgets.fields import ChoiceField
from ui.widgets.files import XLSX, ask_to_open, ask_to_save
from ui.widgets.page import Page

KINDS = {
    RowKind.SHOPS: mark("Shops"),
    RowKind.OFFERS: mark("Offers"),
    RowKind.HOUSEHOLDS: mark("Households"),
    RowKind.MEMBERS: mark("Members"),
    RowKind.FUND: mark("Fund"),
    RowKind.GOODS: mark("Goods"),
}
_MOST_ERRORS = 60


class ImportPage(Page):
    """The preview runs the very checks of the import and is rolled back."""

    name = "import"
    shows = frozenset({Changed.IMPORTS, Changed.STREET})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.words.say
        self.setAcceptDrops(True)
        kinds = [kind for kind in KINDS if kind is not RowKind.GOODS or context.street.settings.goods]
        self.kinds = Chips([(str(kind), say(KINDS[kind])) for kind in kinds])
        self.kinds.chosen.connect(lambda _: self._chosen_kind())
        self.choose = button(say("Choose a file…"), self._choose, kind="primary", picture="file-up")
        self.file_name = label("", "dim")
        self.sheet = ChoiceField([])
        self.sheet.setAccessibleName(say("Sheet"))
        self.sheet.hide()
        self.sheet.currentIndexChanged.connect(lambda _: self._reopen())
        self.column.addLayout(row(self.kinds, self.choose, self.file_name, self.sheet, None))
        frame, self._left = card()
        self._left.setSpacing(8)
        right, self._right = card()
        right.setFixedWidth(380)
        self.column.addLayout(row(frame, right, spacing=12), 1)
        self.take = button(say("Import"), self._import, kind="primary", picture="check")
        self.bad_file = button(say("Save error rows…"), self._save_bad, picture="save")
        self.column.addLayout(row(None, self.bad_file, self.take))
        shortcuts(self, self.take.click, *RECORD_KEYS)
        self._sheet_names: tuple[str, ...] = ()
        self.path: Path | None = None
        self.opened: OpenedFile | None = None
        self.outcome: ImportOutcome | None = None
        self._choices: dict[int, Choice] = {}

    def title(self) -> str:
        return self.words.say("Import")

    def help_text(self) -> str:
        return self.words.say("Begin with the shops, then their offers, then the households. A second import of the same file changes nothing. Rows with errors can be saved, mended and imported again.")

    def open(self, target: Target) -> None:
        if isinstance(target.subject, str):
            self.kinds.choose(target.subject)
        self._chosen_kind()

    def refresh(self) -> None:
        if self.outcome is None:
            self._show_nothing()

    # The file -------------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        chosen = ask_to_open(self, self.words, self.choose.text(), "xlsx, xls, ods, csv, tsv (*.xlsx *.xls *.ods *.csv *.tsv *.txt)")
        if chosen:
            self.use(chosen)

    def use(self, path: Path) -> None:
        """Take a file and show what it holds."""
        self.path = path
        self.file_name.setText(path.name)
        try:
            self._sheet_names = sheet_names(path)
        except (UnreadableSheet, OSError):
            self._sheet_names = ()
        self._chosen_kind()

    def _chosen_kind(self) -> None:
        """Goods stand in all sheets of a workbook, other rows in one."""
        several = len(self._sheet_names) > 1
        together = several and self.kinds.current() == RowKind.GOODS
        every: list[tuple[str | None, str]] = [(None, self.words.say("All sheets"))] if together else []
        self.sheet.set_choices([*every, *((name, name) for name in self._sheet_names)], self.sheet.value())
        self.sheet.setVisible(several)
        self._reopen()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = next((url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()), "")
        if path:
            self.use(Path(path))

    def _reopen(self) -> None:
        self.outcome, self.opened, self._choices = None, None, {}
        self.note.silence()
        if self.path is None:
            self._show_nothing()
            return
        try:
            self.opened = open_file(self.path, RowKind(self.kinds.current()), self.sheet.value() or None)
        except UnreadableSheet as problem:
            self._show_nothing()
            self.note.say(sheet_trouble_text(self.words, problem), "warn")
            return
        self._preview()

    def _correct(self, number: int, name: str, index: int | None) -> None:
        """The person says which column of a sheet a field is."""
        assert self.opened is not None
        self.opened = self.opened.corrected(number, self.opened.sheets[number].columns.corrected(name, index))
        self._preview()

    # Looking and taking ---------------------------------------------------------------------------------------

    def _run(self, done: Any, *, rehearse: bool, text: str) -> None:
        opened, context = self.opened, self.context
        assert opened is not None
        categories, choices = category_names(context.street), dict(self._choices)
        now, today, by = context.clock.now(), context.clock.today(), context.actor

        def work(tx: Any, progress: JobProgress) -> ImportOutcome:
            return run_import(tx, opened=opened, categories=categories, at=now, today=today, by=by, choices=choices)

        context.runner.command_with_progress(work, done=done, refused=self.refused, label=text, rehearse=rehearse)

    def _preview(self) -> None:
        assert self.opened is not None
        if any(one.columns.missing for one in self.opened.sheets):
            self._show_columns_only()
            return
        self._run(self._show, rehearse=True, text=self.words.say("Checking"))

    def _import(self) -> None:
        self._run(self._imported, rehearse=False, text=self.words.say("Importing"))

    def _show_nothing(self) -> None:
        say = self.words.say
        clear(self._left)
        clear(self._right)
        self.take.setText(say("Import"))
        self.take.setEnabled(False)
        self.bad_file.setEnabled(False)
        self._left.addWidget(
            EmptyState(
                "file-up",
                say("Import what you keep today"),
                say("Any xlsx, xls, ods, csv or tsv. Choose what the rows are, then choose the file or drop it here. You see everything before anything is written."),
            ),
            1,
        )
        self._show_history()

    def _show_history(self) -> None:
        words, say = self.words, self.words.say
        self._right.addWidget(label(say("Imports so far"), "heading"))
        with self.context.database.reader() as reader:
            batches = import_queries.recent(reader)
        if not self.context.street.settings.goods:
            batches = [one for one in batches if one.kind != RowKind.GOODS]
        for one in batches:
            text = say("{kind}: {new} new, {changed} changed", kind=say(KINDS[RowKind(one.kind)]), new=one.new, changed=one.changed)
            self._right.addWidget(label(f"{words.moment(one.at)} · {one.file_name}", "dim", wrap=True))
            if one.undone:
                self._right.addLayout(row(label(text), badge(say("undone")), None))
            else:
                undo = button(say("Undo"), partial(self._undo_batch, one.batch_id), kind="quiet", picture="undo-2")
                undo.setAccessibleName(" ".join((say("Undo"), one.file_name)))
                self._right.addLayout(row(label(text), None, undo))
        if not batches:
            self._right.addWidget(label(say("None yet."), "dim"))
        self._right.addStretch(1)

    def _show_columns_only(self) -> None:
        say = self.words.say
        clear(self._left)
        clear(self._right)
        assert self.opened is not None
        wanting = [(one.kind, name) for one in self.opened.sheets for name in one.columns.missing]
        missing = "、".join(dict.fromkeys(title_of(kind, name, self.words.language) for kind, name in wanting))
        self.note.say(say("These columns were not found: {columns}. Choose them on the right, or choose other rows above.", columns=missing), "warn")
        self.take.setEnabled(False)
        self._add_columns()

    def _show(self, outcome: ImportOutcome) -> None:
        words, say = self.words, self.words.say
        self.outcome = outcome
        self.note.silence()
        assert self.opened is not None
        if self.opened.left_out:
            self.note.say(" ".join(say("Sheet “{sheet}” holds nothing of this kind and was left out.", sheet=name) for name in self.opened.left_out))
        clear(self._left)
        clear(self._right)
        self._left.addWidget(label(words.say_count("{n} row read", "{n} rows read", outcome.read), "heading"))
        self._left.addLayout(
            row(
                badge(say("{n} new", n=outcome.new), "good"),
                badge(say("{n} changed", n=outcome.changed), "good" if outcome.changed else "neutral"),
                badge(say("{n} unchanged", n=outcome.unchanged)),
                badge(say("{n} with errors", n=outcome.bad), "bad" if outcome.bad else "neutral"),
                None,
            )
        )
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setColumnStretch(3, 1)
        line = self._add_duplicates(grid, outcome)
        for error in outcome.errors[:_MOST_ERRORS]:
            at = say("Line {n}", n=error.line)
            grid.addWidget(label(" · ".join(part for part in (error.sheet, at) if part), "dim"), line, 0)
            grid.addWidget(label(error.column), line, 1)
            grid.addWidget(label(error.value or "–", "bad", selectable=True), line, 2)
            grid.addWidget(label(problem_text(words, error), wrap=True), line, 3)
            line += 1
        if not outcome.errors and not outcome.duplicates:
            grid.addWidget(label(say("Every row can be taken."), "good"), line, 0, 1, 4)
        grid.setRowStretch(line + 1, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(holder)
        self._left.addWidget(scroll, 1)
        self._add_columns()
        count = outcome.new + outcome.changed
        self.take.setText(words.say_count("Import {n} row", "Import {n} rows", count))
        self.take.setEnabled(bool(count))
        self.bad_file.setEnabled(bool(outcome.errors))
        if not count and not outcome.errors:
            self.note.say(say("Everything in this file is here already; there is nothing to do."))

    def _add_duplicates(self, grid: QGridLayout, outcome: ImportOutcome) -> int:
        say, line = self.words.say, 0
        for one in outcome.duplicates:
            grid.addWidget(label(say("Line {n}", n=one.line), "dim"), line, 0)
            grid.addWidget(label(f"{one.number} {one.display_name}", wrap=True), line, 1, 1, 2)
            choice = ChoiceField([(Choice.NEW, say("another household: take it")), (Choice.SKIP, say("the same: leave it out"))], self._choices.get(one.line))
            choice.setAccessibleName(say("Line {n}", n=one.line))
            choice.currentIndexChanged.connect(lambda _, here=one.line, choice=choice: self._choices.__setitem__(here, choice.value()))
            grid.addWidget(choice, line, 3, Qt.AlignmentFlag.AlignLeft)
            line += 1
        return line

    def _add_columns(self) -> None:
        """Which column is which."""
        assert self.opened is not None
        self._right.addWidget(label(self.words.say("Columns"), "heading"))
        columns = ImportColumns(self.words, self.opened.sheets)
        columns.corrected.connect(self._correct)
        self._right.addWidget(columns, 1)

    def _imported(self, outcome: ImportOutcome) -> None:
        words = self.words
        self._show(outcome)
        self.take.setEnabled(False)
        # A button that is switched off gives the keyboard away; what comes next is another file.
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        bad = words.say_count("{n} row with errors left out", "{n} rows with errors left out", outcome.bad)
        said = words.say("{new} new, {changed} changed, {bad}", new=outcome.new, changed=outcome.changed, bad=bad)
        self.note.say(words.say("Imported: {what}.", what=said), "good")
        if outcome.batch_id is not None:
            batch = outcome.batch_id
            self.context.status.say_with(words.say("Imported"), words.say("Undo"), lambda: self._undo_batch(batch))

    def _undo_batch(self, batch_id: int) -> None:
        self.do(import_undo.undo, batch_id=batch_id, done=self._undone)

    def _undone(self, counts: dict[str, int]) -> None:
        said = self.words.say("Import undone: {removed} removed, {restored} as they were", removed=counts["removed"], restored=counts["restored"])
        self._reopen()
        self.note.say(said, "good")
        self.context.status.say(said)

    def _save_bad(self) -> None:
        assert self.path is not None
        chosen = ask_to_save(self, self.words, self.bad_file.text(), f"{self.path.stem}-bad.xlsx", XLSX)
        if chosen:
            self.save_bad_to(chosen)

    def save_bad_to(self, path: Path) -> None:
        """Write the bad rows with what is wrong with each."""
        assert self.opened is not None and self.outcome is not None
        opened, errors, words = self.opened, self.outcome.errors, self.words
        self.context.runner.work(
            lambda progress: write_bad_rows(path, [(one.sheet, one.columns) for one in opened.sheets], errors, words),
            done=lambda _: self.context.status.say(words.say("Rows with errors saved to {path}", path=path)),
            label=words.say("Saving"),
        )
