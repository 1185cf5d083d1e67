"""Bread runs: who announced what, where the team goes, what came home. One run is typed in under two minutes."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QScrollArea, QVBoxLayout, QWidget

from caringstreet.queries import runs as run_queries
from caringstreet.queries.runs import LastGift, RunRow, StopRow
from caringstreet.rules.changes import Changed
from caringstreet.rules.months import Month
from caringstreet.rules.quantities import plain_quantity
from caringstreet.rules.runs import RunState, parse_stop_mark
from caringstreet.services import runs as run_services
from caringstreet.services.runs import PlannedRun, RecordedRun
from caringstreet.wording.labels import label as named
from caringstreet.wording.runs import group_of
from ui.context import Context, Target
from ui.dialogs.paper_dialog import PaperDialog
from ui.pages.run_outcome import RunOutcome
from ui.pages.run_plan import RunPlan
from ui.pages.run_stops import RunStops
from ui.widgets.ask import ask_reason
from ui.widgets.basics import RECORD_KEYS, EmptyState, badge, button, card, clear, label, row, shortcuts
from ui.widgets.flow import Flow
from ui.widgets.page import Page
from ui.widgets.scrolling import Stack
from ui.widgets.text_field import TextField

_TONES = {RunState.PLANNED: "warn", RunState.DONE: "good", RunState.CANCELLED: "neutral"}


class RunsPage(Page):
    """The runs of the month beside the one that is looked at."""

    name = "runs"
    shows = frozenset({Changed.RUNS, Changed.GOODS, Changed.SHOPS})
    follows_month = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._keep = self.keep_typed(self._typed, self._put_back)
        self._run: RunRow | None = None
        self._places = Stack()
        self._places.addWidget(self._make_both())
        self._places.addWidget(self._empty_state())
        self.column.addWidget(self._places, 1)
        shortcuts(self, self.record, *RECORD_KEYS)

    # The parts ------------------------------------------------------------------------------------------------

    def _make_both(self) -> QWidget:
        say = self.words.say
        both = QWidget()
        self.runs = QListWidget()
        self.runs.setMinimumWidth(148)
        self.runs.setMaximumWidth(236)
        self.runs.setAccessibleName(say("Bread runs"))
        self.runs.currentItemChanged.connect(lambda item, _: self._choose(item))
        self.add = button(say("Plan a run"), self.new, kind="primary", picture="plus")
        left = QVBoxLayout()
        left.addWidget(self.add)
        left.addWidget(self.runs, 1)
        frame, self._body = card(margins=12)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(frame)
        line = row(spacing=14)
        line.addLayout(left)
        line.addWidget(area, 1)
        line.setContentsMargins(0, 0, 0, 0)
        both.setLayout(line)
        self._make_body()
        return both

    def _make_body(self) -> None:
        say = self.words.say
        self._head = QVBoxLayout()
        self._body.addLayout(self._head)
        self.announce_field = TextField()
        self.announce_field.setPlaceholderText(say("Tonight's estimates: type or paste what shops write, such as 包 S05 30, then Enter"))
        self.announce_field.setAccessibleName(say("Tonight's estimates"))
        self.announce_field.returnPressed.connect(lambda: self.plan.announce_text(self.announce_field))
        self._body.addWidget(self.announce_field)
        self.group = TextField()
        self.group.setAccessibleName(say("Group that receives, too"))
        self.group.setMaximumWidth(220)
        self.more = button(say("More: storage, time, best before, weight"), self._toggle_more, kind="quiet")
        self.more.setCheckable(True)
        self._group_row = QWidget()
        group_row = Flow(label(say("Group that receives, too"), "dim"), self.group, None, self.more)
        group_row.setContentsMargins(0, 0, 0, 0)
        self._group_row.setLayout(group_row)
        self._body.addWidget(self._group_row)
        self.stops = RunStops(self.words)
        self.stops.typed.connect(self._show_sums)
        self.plan: RunPlan = RunPlan(self, self.stops, lambda: self._run)
        self.stops.moved.connect(self.plan.change)
        self.stops.announced.connect(lambda shop, quantity: self.plan.announce({shop: quantity}))
        self._body.addWidget(self.stops)
        self.outcome = RunOutcome(self.words)
        self._body.addWidget(self.outcome)
        self.sums = label("", "heading", wrap=True)
        self.record_button = button(say("Record the run"), self.record, kind="primary", picture="check")
        self._foot = QWidget()
        foot = row(self.sums, self.record_button)
        foot.setStretch(0, 1)
        foot.setContentsMargins(0, 0, 0, 0)
        self._foot.setLayout(foot)
        self._body.addWidget(self._foot)
        self._body.addStretch(1)

    def _empty_state(self) -> EmptyState:
        say = self.words.say
        return EmptyState(
            "package",
            say("No bread run in this month"),
            say(
                "Bakeries have bread left at closing time. Plan a run, note what they announce, print the sheet for the team, and type afterwards what came in and where it went."
            ),
            button(say("Plan a run"), self.new, kind="primary", picture="plus"),
            button(say("Import a list"), lambda: self.go_to("import", "goods"), picture="file-up"),
        )

    def title(self) -> str:
        return self.words.say("Bread runs")

    def help_text(self) -> str:
        return self.words.say(
            "Type for each stop what was collected, what households and the group took, and what was thrown away; what is left stays in stock. Enter goes on, Ctrl+Enter records. Scanning a stop's code on the run sheet goes to its line."
        )

    # What is shown --------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        with self.context.database.reader() as reader:
            rows = run_queries.rows(reader, self.context.month.month)
        self._places.setCurrentIndex(0 if rows else 1)
        wanted = self._run.run_id if self._run else None
        self.runs.blockSignals(True)
        self.runs.clear()
        for one in rows:
            item = QListWidgetItem(self._line(one))
            item.setData(Qt.ItemDataRole.UserRole, one.run_id)
            self.runs.addItem(item)
        place = next((place for place, one in enumerate(rows) if one.run_id == wanted), 0)
        self.runs.setCurrentRow(place)
        self.runs.blockSignals(False)
        self._run = rows[place] if rows else None
        self._show()

    def _line(self, one: RunRow) -> str:
        words = self.words
        if one.state is RunState.DONE:
            said = words.say(
                "{collected} in, {handed_out} given", collected=plain_quantity(one.collected), handed_out=plain_quantity(one.handed_out)
            )
        elif one.state is RunState.PLANNED and one.estimate is not None:
            said = words.say("about {n}", n=plain_quantity(one.estimate))
        else:
            said = named(words, one.state)
        return f"{words.date(one.day)}\n{said}"

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        with self.context.database.reader() as reader:
            self._run = run_queries.row(reader, item.data(Qt.ItemDataRole.UserRole))
        self._show()

    def _show(self) -> None:
        run = self._run
        if run is None:
            return
        with self.context.database.reader() as reader:
            stops = run_queries.stops(reader, run.run_id)
            gifts = run_queries.last_gifts(reader)
            group = run_queries.last_group(reader)
        planned = run.state is RunState.PLANNED
        self._show_head(run)
        for widget in (self.announce_field, self._group_row, self.stops, self._foot):
            widget.setVisible(planned)
        self.outcome.setVisible(not planned)
        if planned:
            if not self.group.text():
                self.group.setText(group_of(self.words, group))
            self._show_planned(run, stops, gifts)
            self._show_sums()
        else:
            self._keep.end()
            self.outcome.show_stops(stops)

    def _show_head(self, run: RunRow) -> None:
        clear(self._head)
        words, say = self.words, self.words.say
        line: list[QWidget | None] = [label(words.date(run.day), "big"), badge(named(words, run.state), _TONES[run.state]), None]
        if run.state is RunState.PLANNED:
            self.sheet_button = button(say("Run sheet"), self.print_, picture="printer")
            line += [
                self.sheet_button,
                button(say("Add a stop"), self.plan.add_stop, picture="plus"),
                button(say("Cancel the run"), self.plan.cancel, kind="quiet", picture="x"),
            ]
        elif run.state is RunState.DONE:
            line += [button(say("Undo and type again"), self._ask_take_back, picture="undo-2")]
        self._head.addLayout(Flow(*line))
        said = []
        if run.estimate is not None:
            said.append(words.say_count("Announced: about {n} piece.", "Announced: about {n} pieces.", run.estimate // 1000))
        if run.state is RunState.PLANNED and run.volunteers is not None:
            people = words.say_count("{n} volunteer is enough.", "{n} volunteers are enough.", run.volunteers)
            said.append(people)
        if run.note:
            said.append(run.note)
        if said:
            self._head.addWidget(label(" ".join(said), "dim", wrap=True))

    def _show_sums(self) -> None:
        collected, handed_out, disposed = self.stops.sums()
        left = collected - handed_out - disposed
        facts = {
            "collected": plain_quantity(collected),
            "handed_out": plain_quantity(handed_out),
            "disposed": plain_quantity(disposed),
            "left": plain_quantity(left),
        }
        if left < 0:
            self.sums.setText(
                self.words.say(
                    "Given out and thrown away {gone} > collected {collected}",
                    gone=plain_quantity(handed_out + disposed),
                    collected=facts["collected"],
                )
            )
        else:
            self.sums.setText(
                self.words.say("Collected {collected} = given out {handed_out} + thrown away {disposed} + left {left}", **facts)
            )
        self.sums.setProperty("role", "bad" if left < 0 else "heading")
        self.sums.style().unpolish(self.sums)
        self.sums.style().polish(self.sums)
        self.record_button.setEnabled(bool(collected or handed_out or disposed))

    def _toggle_more(self) -> None:
        self.stops.show_more(self.more.isChecked())

    # What is typed --------------------------------------------------------------------------------------------

    def _show_planned(self, run: RunRow, stops: Sequence[StopRow], gifts: Mapping[int, LastGift]) -> None:
        """The fields of a run; what was typed for it stands in them again."""
        place, typed = f"{self.name}/{run.run_id}", None
        if self._keep.place == place:
            typed = self._typed()
        else:
            self._keep.end()
            found = self.context.drafts.get(place)
            typed = found.inputs if found is not None else None
        self.stops.show_stops(stops, gifts, run.day, self.group.text())
        if self._keep.place != place:
            self._keep.begin(place, f"{self.title()} {self.words.date(run.day)}", (self.name, run.run_id, ""))
        if typed is not None:
            self._put_back(typed)

    def _typed(self) -> Any:
        return {"stops": self.stops.typed_texts(), "group": self.group.text(), "announced": self.announce_field.text()}

    def _put_back(self, typed: Any) -> None:
        self.group.setText(typed["group"])
        self.announce_field.put_back(typed.get("announced"))
        self.stops.put_back(typed["stops"])
        self._show_sums()

    # Where one comes from -------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """A run by its id."""
        if not isinstance(target.subject, int):
            return
        with self.context.database.reader() as reader:
            found = run_queries.row(reader, target.subject)
        if found is not None:
            self._run = found
            self.context.month.show(Month.of(found.day))
            self.refresh()

    def arrive(self) -> None:
        if self.stops.isVisible() and self.stops.lines:
            self.stops.lines[0].figures["collected"].setFocus()
        else:
            self.runs.setFocus()

    def new(self) -> None:
        self.plan.new()

    # Recording ------------------------------------------------------------------------------------------------

    def record(self) -> None:
        """Record all stops at once."""
        run = self._run
        if run is None or run.state is not RunState.PLANNED or not self.record_button.isEnabled():
            return
        results = self.stops.results(self.group.text().strip())
        if results is None:
            self.note.say(self.words.say("Please give a quantity above zero, such as 3 or 6.5."), "warn")
            return
        self.do(run_services.record, run_id=run.run_id, results=results, done=self._recorded)

    def _recorded(self, done: RecordedRun) -> None:
        self._keep.end()
        self.context.drafts.discard(f"{self.name}/{done.run_id}")
        said = self.words.say(
            "Recorded: {collected} collected, {handed_out} given out, {disposed} thrown away, {left} left",
            collected=plain_quantity(done.collected),
            handed_out=plain_quantity(done.handed_out),
            disposed=plain_quantity(done.disposed),
            left=plain_quantity(done.left),
        )
        undone = self.words.say("Undone at once")
        self.offer_undo(said, lambda page: page.take_back(done.run_id, undone))

    def _ask_take_back(self) -> None:
        run = self._run
        if run is None:
            return
        question = self.words.say("Undo what the run of {day} recorded, and type it again?", day=self.words.date(run.day))
        reason = ask_reason(self, self.words, question, self.words.say("Undo"))
        if reason:
            self.take_back(run.run_id, reason)

    def take_back(self, run_id: int, reason: str) -> None:
        """Take back what a run recorded."""
        self.do(run_services.take_back, run_id=run_id, reason=reason, done=self._when_taken_back(run_id))

    def _when_taken_back(self, run_id: int) -> Callable[[PlannedRun], None]:
        """Once it is taken back, what was recorded stands in the fields again, to be mended."""
        with self.context.database.reader() as reader:
            outcomes = {one.stop_id: one.outcome for one in run_queries.stops(reader, run_id)}
        typed = {
            stop_id: [plain_quantity(figure) if figure else "" for figure in (one.collected, one.to_households, one.to_group, one.disposed)]
            for stop_id, one in outcomes.items()
        }

        def done(run: PlannedRun) -> None:
            run_now = self._run
            if run_now is not None and run_now.run_id == run.run_id:
                self._show()
                self.stops.put_back({str(stop_id): {"figures": figures} for stop_id, figures in typed.items()})
                self._show_sums()
            self.context.status.say(self.words.say("Undone: mend the figures and record the run again"))

        return done

    def take_code(self, text: str) -> bool:
        """The code of a stop on the run sheet begins its line."""
        found = parse_stop_mark(text)
        if found is None:
            return False
        run_id, position = found
        if self._run is None or self._run.run_id != run_id:
            self.open(Target(self.name, run_id))
        return self._run is not None and self._run.run_id == run_id and self.stops.go_to_stop(position)

    # Paper ----------------------------------------------------------------------------------------------------

    def print_(self) -> None:
        run = self._run
        if run is None or run.state is not RunState.PLANNED:
            return
        street, now = self.context.street, self.context.clock.now()

        def draw(path: Path) -> None:
            # reportlab is slow to load, and needed only to draw.
            from caringstreet.papers.goods import write_run_sheet

            write_run_sheet(street, run.run_id, path, made_at=now)

        PaperDialog(self, self.words.say("Run sheet"), f"run-{run.day}.pdf", draw).exec()
