"""Import the lists a centre keeps: look, mend, decide, then take them in; one undo for all of it."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from caringstreet.exchange.bad_rows import write_bad_rows
from caringstreet.exchange.columns import RowKind, title_of
from caringstreet.exchange.error_words import note_text, sheet_trouble_text
from caringstreet.exchange.reading import NoteKind
from caringstreet.exchange.spreadsheets import UnreadableSheet, sheet_names
from caringstreet.importing import OpenedFile, category_names, open_file, recall, run_import
from caringstreet.queries import imports as import_queries
from caringstreet.rules.changes import Changed
from caringstreet.rules.doubts import Doubt, Doubted
from caringstreet.services import import_undo
from caringstreet.services.import_run import ImportOutcome
from caringstreet.services.imports import Choice
from caringstreet.wording.refusals import refusal_text
from caringstreet.words import mark
from ui.context import Context, Target
from ui.dialogs.import_question import Answer, ImportQuestion
from ui.pages.import_columns import ImportColumns
from ui.pages.import_rows import ImportRows
from ui.runner import JobProgress
from ui.widgets.ask import ask
from ui.widgets.basics import RECORD_KEYS, EmptyState, badge, button, card, clear, label, row, shortcuts
from ui.widgets.chips import Chips
from ui.widgets.fields import ChoiceField
from ui.widgets.files import XLSX, ask_to_open, ask_to_save
from ui.widgets.flow import Flow
from ui.widgets.inputs import passing
from ui.widgets.page import Page
from ui.widgets.scrolling import Scrolling

KINDS = {
    RowKind.SHOPS: mark("Shops"),
    RowKind.OFFERS: mark("Offers"),
    RowKind.HOUSEHOLDS: mark("Households"),
    RowKind.MEMBERS: mark("Members"),
    RowKind.FUND: mark("Fund"),
    RowKind.GOODS: mark("Goods"),
}


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
        passing(self.sheet)
        self.sheet.setAccessibleName(say("Sheet"))
        self.sheet.hide()
        self.sheet.currentIndexChanged.connect(lambda _: self._reopen())
        self.column.addLayout(Flow(self.kinds, self.choose, self.file_name, self.sheet, None))
        frame, self._left = card()
        self._left.setSpacing(8)
        right, self._right = card()
        right.setMinimumWidth(292)
        right.setMaximumWidth(400)
        both = QWidget()
        line = row(frame, right, spacing=12)
        line.setContentsMargins(0, 0, 0, 0)
        both.setLayout(line)
        self.column.addWidget(Scrolling(both, sideways=False), 1)
        self.take = button(say("Import"), self._import, kind="primary", picture="check")
        self.bad_file = button(say("Save error rows…"), self._save_bad, picture="save")
        self.column.addLayout(row(None, self.bad_file, self.take))
        shortcuts(self, self.take.click, *RECORD_KEYS)
        self._sheet_names: tuple[str, ...] = ()
        self.path: Path | None = None
        self.opened: OpenedFile | None = None
        self.outcome: ImportOutcome | None = None
        self.rows: ImportRows | None = None
        self.columns: ImportColumns | None = None
        self._choices: dict[int, Choice] = {}
        self._accepted: set[Doubt] = set()
        self._asked = 0
        self._corrections: list[list[Any]] = []
        self._kept_for_file: Any = None
        self.keep_part("file", self.title(), self._typed, self._put_back)

    def title(self) -> str:
        return self.words.say("Import")

    def help_text(self) -> str:
        return self.words.say(
            "Begin with the shops, then their offers, then the households. A second import of the same file changes nothing. Rows with errors can be saved, mended and imported again."
        )

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
        self._kept_for_file = None
        self._take(path)
        self._chosen_kind()

    def _take(self, path: Path) -> None:
        self.path = path
        self.file_name.setText(path.name)
        try:
            self._sheet_names = sheet_names(path)
        except (UnreadableSheet, OSError):
            self._sheet_names = ()

    def _chosen_kind(self) -> None:
        self._offer_sheets(self.sheet.value())
        self._reopen()

    def _offer_sheets(self, chosen: Any) -> None:
        """Goods stand in all sheets of a workbook, other rows in one."""
        several = len(self._sheet_names) > 1
        together = several and self.kinds.current() == RowKind.GOODS
        every: list[tuple[str | None, str]] = [(None, self.words.say("All sheets"))] if together else []
        self.sheet.set_choices([*every, *((name, name) for name in self._sheet_names)], chosen)
        self.sheet.setVisible(several)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = next((url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()), "")
        if path:
            self.use(Path(path))

    def _reopen(self) -> None:
        """Look at the file anew; what was accepted of another look does not count."""
        self._accepted = set()
        self._open_again()

    def _open_again(self) -> None:
        self.outcome, self.opened, self._choices, self._corrections = None, None, {}, []
        self.note.silence()
        self._asked += 1
        if self.path is None:
            self._show_nothing()
            return
        asked, path, kind, sheet = self._asked, self.path, RowKind(self.kinds.current()), self.sheet.value() or None
        street, accepted = self.context.street, frozenset(self._accepted)

        def opened(found: OpenedFile) -> None:
            if asked == self._asked:
                self.opened = found
                self._decide_again()
                self._preview()

        self.context.runner.work(
            lambda _: recall(street, open_file(path, kind, sheet, accepted=accepted)),
            owner=self,
            done=opened,
            failed=self._not_opened,
            label=self.words.say("Reading {file}", file=path.name),
        )

    def _not_opened(self, problem: Exception) -> bool:
        """A file that cannot be read says why; one that can only be guessed at is asked about."""
        if isinstance(problem, UnreadableSheet):
            self._show_nothing()
            self.note.say(sheet_trouble_text(self.words, problem), "warn")
        elif isinstance(problem, Doubted):
            self._show_nothing()
            said = refusal_text(self.words, problem)
            if ask(self, self.words, said, self.words.say("Go on")):
                self._accepted.add(problem.reason)
                self._open_again()
            else:
                self.note.say(said, "warn")
        else:
            return False
        return True

    def _correct(self, number: int, name: str, index: int | None) -> None:
        """The person says which column of a sheet a field is."""
        self._move(number, name, index)
        self._preview()

    def _move(self, number: int, name: str, index: int | None) -> None:
        assert self.opened is not None
        self.opened = self.opened.corrected(number, self.opened.sheets[number].columns.corrected(name, index))
        self._corrections.append([number, name, index])

    # What a person said of the file -----------------------------------------------------------------------------

    def _typed(self) -> Any:
        """Corrected columns and decided rows, with the file that they are of; nothing of what stands in it."""
        if self._kept_for_file is not None:
            return self._kept_for_file
        if self.path is None or not (self._corrections or self._choices):
            return None
        return {
            "file": str(self.path),
            "kind": self.kinds.current(),
            "sheet": self.sheet.value(),
            "columns": self._corrections,
            "rows": [[line, str(choice)] for line, choice in self._choices.items()],
        }

    def _put_back(self, typed: Any) -> None:
        path = Path(typed["file"])
        if not path.exists():
            self.note.say(self.words.say("{file} is no longer there, so its columns cannot be shown as they were.", file=path.name), "warn")
            return
        self.kinds.choose(typed["kind"])
        self._kept_for_file = typed
        self._take(path)
        self._offer_sheets(typed["sheet"])
        self._reopen()

    def _decide_again(self) -> None:
        """What was said of this file before; a file that has other sheets or columns now is looked at as a new one."""
        typed, self._kept_for_file = self._kept_for_file, None
        if typed is None or self.opened is None:
            return
        for number, name, index in typed["columns"]:
            if number < len(self.opened.sheets) and (index or 0) < len(self.opened.sheets[number].columns.headers):
                self._move(number, name, index)
        self._choices = {int(line): Choice(choice) for line, choice in typed["rows"]}

    def _decide(self, line: int, choice: Choice) -> None:
        """The person says whether a row is somebody already on the list."""
        self._choices[line] = choice
        self._preview()

    # Looking and taking ---------------------------------------------------------------------------------------

    def _run(self, done: Any, *, rehearse: bool, text: str) -> None:
        opened, context = self.opened, self.context
        assert opened is not None
        categories, choices = category_names(context.street), dict(self._choices)
        now, today, by = context.clock.now(), context.clock.today(), context.actor
        self._asked += 1
        asked = self._asked

        def work(tx: Any, progress: JobProgress) -> ImportOutcome:
            return run_import(tx, opened=opened, categories=categories, at=now, today=today, by=by, choices=choices)

        def ended(outcome: ImportOutcome) -> None:
            # While a large file was looked at, the person may have gone on to another.
            if asked == self._asked or not rehearse:
                done(outcome)

        context.runner.command_with_progress(
            work, owner=self, done=ended, refused=self.refused, label=text, rehearse=rehearse, accepted=self._accepted
        )

    def _preview(self) -> None:
        assert self.opened is not None
        if any(one.columns.missing for one in self.opened.sheets):
            self._show_columns_only()
            return
        self._run(self._show, rehearse=True, text=self.words.say("Checking"))

    def _import(self) -> None:
        """Take the rows; unusual ones after one question for all of them."""
        if self.outcome is not None and self.outcome.asked:
            answer = ImportQuestion(self, self.words, self.outcome).exec()
            if answer == Answer.TAKE:
                self._accepted |= set(self.outcome.asked)
            elif answer != Answer.WITHOUT:
                return
        self._run(self._imported, rehearse=False, text=self.words.say("Importing"))

    def _show_nothing(self) -> None:
        say = self.words.say
        self._clear()
        self.take.setText(say("Import"))
        self.take.setEnabled(False)
        self.bad_file.setEnabled(False)
        self._left.addWidget(
            EmptyState(
                "file-up",
                say("Import what you keep today"),
                say(
                    "Any xlsx, xls, ods, csv or tsv. Choose what the rows are, then choose the file or drop it here. You see everything before anything is written."
                ),
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
                undo = button(say("Undo"), partial(self.undo_batch, one.batch_id), kind="quiet", picture="undo-2")
                undo.setAccessibleName(" ".join((say("Undo"), one.file_name)))
                self._right.addLayout(row(label(text), None, undo))
        if not batches:
            self._right.addWidget(label(say("None yet."), "dim"))
        self._right.addStretch(1)

    def _clear(self) -> None:
        clear(self._left)
        clear(self._right)
        self.rows, self.columns = None, None

    def _show_columns_only(self) -> None:
        say = self.words.say
        clear(self._left)
        self.rows = None
        assert self.opened is not None
        wanting = [(one.kind, name) for one in self.opened.sheets for name in one.columns.missing]
        missing = "、".join(dict.fromkeys(title_of(kind, name, self.words.language) for kind, name in wanting))
        self.note.say(
            say("These columns were not found: {columns}. Choose them on the right, or choose other rows above.", columns=missing), "warn"
        )
        self.take.setEnabled(False)
        self._show_columns()

    def _show(self, outcome: ImportOutcome) -> None:
        self.outcome = outcome
        assert self.opened is not None
        self._say_what_was_left(outcome)
        if self.rows is None:
            clear(self._left)
            self.rows = ImportRows(self.words)
            self.rows.chosen.connect(self._decide)
            self._left.addWidget(self.rows, 1)
        named = len(self.opened.sheets) > 1
        kinds = {one.sheet.name if named else "": one.kind for one in self.opened.sheets}
        self.rows.show_outcome(outcome, kinds, self._choices)
        self._show_columns()
        count = outcome.new + outcome.changed
        self.take.setText(self.words.say_count("Import {n} row", "Import {n} rows", count))
        self.take.setEnabled(bool(count or outcome.asked))
        self.bad_file.setEnabled(bool(outcome.errors))

    def _say_what_was_left(self, outcome: ImportOutcome) -> None:
        """Sheets and columns that were not read, and what reading decided."""
        say, opened = self.words.say, self.opened
        assert opened is not None
        said = [say("Sheet “{sheet}” holds nothing of this kind and was left out.", sheet=name) for name in opened.left_out]
        said += [say("Sheet “{sheet}” was not read. Import it by itself.", sheet=name) for name in opened.unread]
        if outcome.unread_columns:
            said.append(say("Columns that were not read: {columns}", columns=", ".join(column for _, column in outcome.unread_columns)))
        said += [note_text(self.words, note) for _, note in outcome.notes]
        if not (outcome.new or outcome.changed or outcome.errors):
            said.insert(0, say("Everything in this file is here already; there is nothing to do."))
        warned = any(note.kind is NoteKind.IDENTITY_NUMBERS for _, note in outcome.notes)
        self.note.say("\n".join(said), "warn" if warned else "info")

    def _show_columns(self) -> None:
        """Which column is which."""
        assert self.opened is not None
        if self.columns is None:
            clear(self._right)
            self._right.addWidget(label(self.words.say("Columns"), "heading"))
            self.columns = ImportColumns(self.words)
            self.columns.corrected.connect(self._correct)
            self._right.addWidget(self.columns, 1)
        self.columns.show_sheets(self.opened.sheets)

    def _imported(self, outcome: ImportOutcome) -> None:
        words = self.words
        self._show(outcome)
        self._choices, self._corrections = {}, []
        self.take.setEnabled(False)
        # A button that is switched off gives the keyboard away; what comes next is another file.
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        said = words.say(
            "{read} rows read: {new} new, {changed} changed, {unchanged} unchanged, {bad} with errors, {left} left out",
            read=outcome.read,
            new=outcome.new,
            changed=outcome.changed,
            unchanged=outcome.unchanged,
            bad=outcome.bad,
            left=outcome.rows_left_out,
        )
        self.note.say("\n".join(part for part in (words.say("Imported: {what}.", what=said), self.note.text()) if part), "good")
        if outcome.batch_id is not None:
            batch = outcome.batch_id
            self.offer_undo(words.say("Imported"), lambda page: page.undo_batch(batch))

    def undo_batch(self, batch_id: int) -> None:
        """Take an import back."""
        self.do(import_undo.undo, batch_id=batch_id, done=self._undone)

    def _undone(self, counts: dict[str, int]) -> None:
        said = self.words.say(
            "Import undone: {removed} removed, {restored} as they were", removed=counts["removed"], restored=counts["restored"]
        )
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
            owner=self,
            done=lambda _: self.context.status.say(words.say("Rows with errors saved to {path}", path=path)),
            label=words.say("Saving"),
        )
