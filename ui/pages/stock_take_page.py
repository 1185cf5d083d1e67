"""Stock-take: count what is there, explain what differs, and let a second person sign."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFrame, QScrollArea, QWidget

from caringstreet.queries import goods
from caringstreet.queries.goods import LotView
from caringstreet.rules.changes import Changed
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import stock_takes
from caringstreet.services.stock_takes import CountedStock
from caringstreet.wording.refusals import refusal_text
from ui.context import Context, Target
from ui.dialogs.paper_dialog import PaperDialog
from ui.pages.stock_take_counts import CountsPanel
from ui.tables.stock_take_table import WHY, CountModel, CountTable, Typed
from ui.widgets.basics import RECORD_KEYS, EmptyState, button, label, row, shortcuts
from ui.widgets.fields import ChoiceField, DayField
from ui.widgets.inputs import passing
from ui.widgets.page import Page
from ui.widgets.scrolling import Scrolling, Stack
from ui.widgets.side_panel import NARROW

_DRAFT = "stock_take"
#: The panel beside the lots; the least height of either where they stand one below the other; no limit of Qt.
_PANEL, _LEAST_HIGH, _UNLIMITED = 330, 200, 16777215


class StockTakePage(Page):
    """What should be there stays hidden until a number is typed, so that people count and do not copy."""

    name = "stock_take"
    shows = frozenset({Changed.GOODS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.words.say
        self.place = ChoiceField([("", say("All places"))])
        self.place.setAccessibleName(say("Place"))
        self.place.setMinimumWidth(150)
        self.place.activated.connect(lambda _: self._show_lots())
        self.day = DayField(context.clock.today())
        self.day.setFixedWidth(140)
        self.day.name_for_readers(say("Counted on"))
        self.day.changed.connect(self._show_lots)
        self.gone = QCheckBox(say("also what should be used up"))
        self.gone.toggled.connect(lambda _: self._show_lots())
        self.figures = QCheckBox(say("show what should be there"))
        for view in (self.place, self.gone, self.figures):
            passing(view)
        self.sheet_button = button(say("Count sheet"), self.print_, picture="printer")
        self.column.addLayout(
            row(
                self.place,
                label(say("Counted on"), "dim"),
                self.day,
                None,
                self.sheet_button,
                button(say("To the stock"), lambda: self.go_to("goods"), picture="package"),
            )
        )
        self.column.addLayout(row(self.gone, self.figures, None, spacing=18))
        self.model = CountModel(self.words)
        self.model.typed_changed.connect(self._show_count)
        self.figures.toggled.connect(self.model.show_figures)
        self.table = CountTable(self.model)
        self.table.setAccessibleName(say("Stock-take"))
        self._places = Stack()
        self._places.addWidget(self.table)
        self._places.addWidget(self._empty_state())
        self.counts = CountsPanel(self, self._user_changed)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.counts)
        self._panel = scroll
        both = QWidget()
        self._line = row(self._places, scroll, spacing=12)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setStretch(0, 1)
        both.setLayout(self._line)
        self.column.addWidget(Scrolling(both, sideways=False), 1)
        self._set_out(narrow=False)
        self.found = label("", "dim")
        self.clear_button = button(say("Clear"), self._clear, kind="quiet")
        self.save_button = button("", self.save, kind="primary", picture="check")
        self.column.addLayout(row(self.found, None, self.clear_button, self.save_button))
        shortcuts(self, self.save, *RECORD_KEYS, "Ctrl+S")
        self._keep = self.keep_typed(self._typed, self._put_back)

    def _set_out(self, *, narrow: bool) -> None:
        """The counts so far stand beside the lots, or below them where a line of the list needs all the room."""
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._panel.setMinimumWidth(0 if narrow else _PANEL)
        self._panel.setMaximumWidth(_UNLIMITED if narrow else _PANEL)
        self._places.setMinimumHeight(_LEAST_HIGH if narrow else 0)
        self._panel.setMinimumHeight(_LEAST_HIGH if narrow else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_out(narrow=self.window().width() < NARROW)

    def _empty_state(self) -> EmptyState:
        say = self.words.say
        return EmptyState(
            "list-checks",
            say("Nothing to count here"),
            say("A stock-take compares what is on the shelves with the ledger. Take something in first, or choose another place."),
            button(say("Take in"), lambda: self.go_to("goods_intake", None, "new"), kind="primary", picture="plus"),
        )

    def title(self) -> str:
        return self.words.say("Stock-take")

    def help_text(self) -> str:
        return self.words.say(
            "Type what you count; Enter goes down. Where it differs, say why in the row. Lots that you leave empty are not part of the count. The stock changes once a second person has signed."
        )

    # What is shown --------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        with self.context.database.reader() as reader:
            places = goods.known_places(reader)
        self.place.offer([("", self.words.say("All places")), *((one, one) for one in places)])
        self._show_lots()
        self.counts.refresh()
        if not self._keep.place:
            self.begin_typing(_DRAFT)

    def _show_lots(self) -> None:
        clock = self.context.clock
        day = self.day.day() or clock.today()
        view = LotView.ALL if self.gone.isChecked() else LotView.STOCK
        with self.context.database.reader() as reader:
            ids = goods.matching_ids(reader, view, "", day, clock.now(), "place")
            rows = goods.rows(reader, ids, day)
        place = self.place.value() or ""
        self.model.show_rows([rows[one] for one in ids if place in ("", rows[one].place)], day)
        self._places.setCurrentIndex(0 if self.model.rows else 1)
        self._show_count()

    def _show_count(self) -> None:
        words, counted = self.words, len(self.model.counts())
        self.found.setText(words.say("{counted} of {n} lots counted", counted=counted, n=len(self.model.rows)))
        differ = words.say_count("{n} differs", "{n} differ", self.model.differing())
        self.save_button.setText(words.say("Save the count: {differ}", differ=differ))
        self.save_button.setEnabled(bool(counted))
        self.clear_button.setVisible(bool(self.model.typed))

    def arrive(self) -> None:
        self.table.setFocus()
        if self.model.rows:
            self.table.go_to(max(0, self.table.currentIndex().row()))

    def open(self, target: Target) -> None:
        """A place by its name; a count by its id."""
        if isinstance(target.subject, int):
            self.counts.choose(target.subject)
        if isinstance(target.subject, str):
            self.place.choose(target.subject)
            self._show_lots()

    def _typed(self) -> Any:
        """The counts, and the day on which they were counted."""
        counts = {str(lot): [one.text, one.reason] for lot, one in self.model.typed.items() if one.text or one.reason}
        return {"counts": counts, "day": self.day.kept()}

    def _put_back(self, typed: Any) -> None:
        self.day.put_back(typed["day"])
        self.restore({int(lot): Typed(*texts) for lot, texts in typed["counts"].items()})

    # Paper ----------------------------------------------------------------------------------------------------

    def print_(self) -> None:
        """The sheet to carry along the shelves: lots with their days, without what should be there."""
        street, now = self.context.street, self.context.clock.now()
        day, place, gone = self.day.day() or self.context.clock.today(), self.place.value() or "", self.gone.isChecked()

        def draw(path: Path) -> None:
            # reportlab is slow to load, and needed only to draw.
            from caringstreet.papers.stock_takes import write_count_sheet

            write_count_sheet(street, day, place, path, made_at=now, gone=gone)

        if self.model.rows:
            PaperDialog(self, self.words.say("Count sheet"), f"stock-take-{day}.pdf", draw).exec()

    # Saving ---------------------------------------------------------------------------------------------------

    def _clear(self) -> None:
        before = dict(self.model.typed)
        self.model.forget()
        self._keep.again()
        self.offer_undo(self.words.say("What was typed is cleared"), lambda page: page.restore(before))

    def restore(self, before: dict[int, Typed]) -> None:
        """Put back what was typed before it was cleared."""
        self.model.typed.update(before)
        self._show_lots()

    def save(self) -> None:
        """Keep the count; what cannot be read, or differs without a word, is gone to first."""
        wrong = next((number for number, lot in enumerate(self.model.rows) if self.model.unreadable(lot)), None)
        if wrong is not None:
            self.note.say(refusal_text(self.words, RuleRefused(Refusal.COUNT_UNUSABLE)), "warn")
            self.table.go_to(wrong)
            self.table.setFocus()
        elif self.model.counts():
            self.do(
                stock_takes.count,
                day=self.day.day() or self.context.clock.today(),
                counts=self.model.counts(),
                place=self.place.value() or "",
                done=self._counted,
            )

    def refused(self, error: RuleRefused) -> None:
        super().refused(error)
        number = self.model.row_of(lot) if isinstance(lot := error.facts.get("lot"), int) else None
        if number is not None:
            self.table.go_to(number, WHY)
            self.table.setFocus()

    def _counted(self, done: CountedStock) -> None:
        self.model.forget()
        self._keep.again()
        self.context.status.say(self.words.say("The count is saved and waits for a second person"))

    def _user_changed(self) -> None:
        window = self.window()
        if hasattr(window, "show_user"):
            window.show_user()
