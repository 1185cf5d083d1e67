"""The goods of a month: in, out, thrown away, on hand; by item, giver and week. Paper and XLSX are one click away."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from caringstreet.queries import goods_month
from caringstreet.queries.goods_month import GoodsMonth, ItemFigures, PartFigures
from caringstreet.queries.goods_month_rows import GoodsFigure, GoodsPart
from caringstreet.rules.changes import Changed
from caringstreet.rules.quantities import plain_quantity
from caringstreet.wording.goods import month_titles, run_bars, runs_line
from caringstreet.wording.labels import label as named
from ui.context import Context
from ui.pages.goods_month_behind import GoodsBehind
from ui.widgets.basics import EmptyState, FigureLabel, button, card, clear, label, row, scrolled
from ui.widgets.charts import BarChart
from ui.widgets.files import PDF, XLSX, ask_to_save
from ui.widgets.flow import Tiles
from ui.widgets.page import Page

_MOVED = (GoodsFigure.TAKEN_IN, GoodsFigure.GIVEN, GoodsFigure.DISPOSED)
_RIGHT = Qt.AlignmentFlag.AlignRight


class GoodsMonthPage(Page):
    """Every figure is the sum of the ledger, and opens what is behind it: lots, donations, households, runs, choice days."""

    name = "goods_month"
    shows = frozenset({Changed.GOODS, Changed.RUNS, Changed.CHOICE_EVENTS, Changed.HOUSEHOLDS, Changed.NEEDS})
    follows_month = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.words.say
        self.heading = label("", "heading")
        self.pdf_button = button(say("Save PDF…"), self.print_, kind="primary", picture="file-text")
        self.xlsx_button = button(say("Save XLSX…"), self._save_xlsx, picture="download")
        self.column.addLayout(row(self.heading, None, self.xlsx_button, self.pdf_button))
        holder = QWidget()
        self._body = QVBoxLayout(holder)
        self._body.setContentsMargins(0, 0, 8, 0)
        self._body.setSpacing(12)
        self.column.addWidget(scrolled(holder), 1)
        self._behind = GoodsBehind(self)
        self.figures: GoodsMonth | None = None

    def title(self) -> str:
        return self.words.say("Goods of the month")

    def help_text(self) -> str:
        return self.words.say(
            "All figures are sums of the goods ledger, and a click on one opens what is behind it; a mistake that was undone counts nowhere. What a shop or the team was given for itself is listed apart and is no stock."
        )

    def refresh(self) -> None:
        month = self.context.month.month
        with self.context.database.reader() as reader:
            found = self.figures = goods_month.figures(reader, month)
        self.heading.setText(self.words.month(month))
        clear(self._body)
        self.pdf_button.setEnabled(not found.empty)
        self.xlsx_button.setEnabled(not found.empty)
        if found.empty:
            self._body.addWidget(self._empty_state(), 1)
            return
        self._body.addLayout(self._headline(found))
        if found.runs or found.choice_days:
            parts = [self._runs(found)] if found.runs else []
            parts += [self._choice_days(found)] if found.choice_days else []
            self._body.addLayout(Tiles(*parts))
        self._body.addWidget(self._items(found))
        self._body.addLayout(Tiles(self._givers(found), self._weeks(found)))
        if found.allotted:
            self._body.addWidget(self._allotted(found))
        self._body.addStretch(1)

    def _empty_state(self) -> EmptyState:
        say = self.words.say
        return EmptyState(
            "package",
            say("No goods in this month"),
            say("What shops and neighbours give appears here once it is taken in. Choose another month at the top, or take something in."),
            button(say("Take in"), lambda: self.go_to("goods_intake", None, "new"), kind="primary", picture="plus"),
        )

    # The parts ------------------------------------------------------------------------------------------------

    def _headline(self, found: GoodsMonth) -> Tiles:
        words, say = self.words, self.words.say
        thrown = sum(found.disposed_by_reason.values())
        why = " · ".join(f"{named(words, reason)} {count}" for reason, count in found.disposed_by_reason.items())
        unweighed = (
            words.say_count("{n} hand-out without a weight", "{n} hand-outs without a weight", found.unweighed) if found.unweighed else ""
        )
        behind = self._behind
        refused = self._open(
            words.say_count("{n} declined", "{n} declined", found.refused), found.refused, partial(behind.donations, refused=True)
        )
        never = self._open(
            words.say_count("{n} never yet", "{n} never yet", found.never_reached),
            found.never_reached,
            partial(behind.households, never=True),
        )
        cells: tuple[tuple[str, int, str, Callable[[], object], QWidget], ...] = (
            (words.number(found.donations), found.donations, say("donations"), behind.donations, refused),
            (
                words.number(round(found.grams_given / 1000, 1)),
                found.grams_given,
                say("kilograms given"),
                partial(behind.lots, GoodsFigure.GIVEN),
                label(unweighed, "dim", wrap=True),
            ),
            (words.number(found.reached), found.reached, say("households reached by name"), behind.households, never),
            (words.number(thrown), thrown, say("times thrown away"), behind.thrown_away, label(why or say("None."), "dim", wrap=True)),
        )
        tiles = Tiles(spacing=10)
        for figure, number, text, then, more in cells:
            frame, column = card(margins=14, spacing=1)
            column.addWidget(FigureLabel(figure, then if number else None))
            column.addLayout(row(self._open(text, number, then, figure), None))
            column.addLayout(row(more, None) if isinstance(more, QPushButton) else row(more))
            column.addStretch(1)
            tiles.addWidget(frame)
        return tiles

    def _open(self, text: str, number: int, then: Callable[[], object], *names: str) -> QPushButton:
        """Words or a figure that open what is behind them, where there is anything."""
        made = button(text, then, kind="quiet")
        made.setAccessibleName(": ".join((text, *names)))
        made.setEnabled(bool(number))
        return made

    def _runs(self, found: GoodsMonth) -> QFrame:
        words, say = self.words, self.words.say
        frame, column = card(spacing=4)
        column.addWidget(label(say("Bread runs"), "heading"))
        chart = BarChart(run_bars(words, found), lambda place: self.go_to("runs", found.runs[place].run_id))
        chart.setMinimumHeight(150)
        column.addWidget(chart)
        show = button(say("Show the runs"), lambda: self.go_to("runs", found.runs[-1].run_id), kind="quiet")
        column.addLayout(row(label(runs_line(words, found), wrap=True), show))
        return frame

    def _choice_days(self, found: GoodsMonth) -> QFrame:
        words, say = self.words, self.words.say
        frame, column = card(spacing=6)
        column.addWidget(label(say("Choice days"), "heading"))
        for day in found.choice_days:
            column.addWidget(label(f"{words.date(day.day)} {day.name}", wrap=True))
            facts = {
                name: plain_quantity(getattr(day, name))
                for name in ("received", "unfit", "displayed", "chosen", "left", "kept", "recycled")
            }
            column.addWidget(label(say("received {received} = not fit {unfit} + displayed {displayed}", **facts), "dim", wrap=True))
            column.addWidget(label(say("chosen {chosen}, left {left} = kept {kept} + recycled {recycled}", **facts), "dim", wrap=True))
            visitors = words.say_count("{n} visitor", "{n} visitors", day.visitors)
            wishes = words.say_count("{n} open need", "{n} open needs", day.wishes)
            show = button(say("Show"), partial(self.go_to, "goods_hand_out", day.event_id, "choice"), kind="quiet")
            column.addLayout(row(label(f"{visitors} · {wishes}", "dim"), None, show))
        column.addStretch(1)
        return frame

    def _items(self, found: GoodsMonth) -> QFrame:
        words, say = self.words, self.words.say
        frame, column = card()
        column.addWidget(label(say("By item"), "heading"))
        grid = self._grid(
            column,
            month_titles(words),
            texts=2,
        )
        for line, one in enumerate(found.items, 1):
            grid.addWidget(label(one.item), line, 0)
            grid.addWidget(label(named(words, one.unit), "dim"), line, 1)
            self._numbers(grid, line, one, tuple(GoodsFigure), GoodsPart(one.item, one.unit))
        return frame

    def _givers(self, found: GoodsMonth) -> QFrame:
        say = self.words.say
        frame, column = card()
        column.addWidget(label(say("By giver"), "heading"))
        self._part_rows(column, say("Giver"), [(one.name, one, GoodsPart(unit=one.unit, giver=one.name)) for one in found.givers])
        return frame

    def _weeks(self, found: GoodsMonth) -> QFrame:
        words, say = self.words, self.words.say
        frame, column = card()
        column.addWidget(label(say("By week"), "heading"))
        parts = [
            (
                say("{first} to {last}", first=words.date_short(week.first), last=words.date_short(week.last)),
                part,
                GoodsPart(unit=part.unit, days=(week.first, week.last)),
            )
            for week in found.weeks
            for part in week.parts
        ]
        self._part_rows(column, say("Week"), parts)
        return frame

    def _part_rows(self, column: QVBoxLayout, title: str, parts: list[tuple[str, PartFigures, GoodsPart]]) -> None:
        words, say = self.words, self.words.say
        grid = self._grid(column, (title, say("Unit"), say("Taken in"), say("Given"), say("Thrown away")), texts=2)
        former = ""
        for line, (name, one, part) in enumerate(parts, 1):
            if name != former and part.giver is not None:
                grid.addWidget(self._open(name, 1, partial(self._behind.giver, name)), line, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                grid.addWidget(label(name if name != former else "", wrap=True), line, 0)
            grid.addWidget(label(named(words, one.unit), "dim"), line, 1)
            self._numbers(grid, line, one, _MOVED, part)
            former = name
        column.addStretch(1)

    def _allotted(self, found: GoodsMonth) -> QFrame:
        words, say = self.words, self.words.say
        frame, column = card()
        column.addWidget(label(say("Given on to shops and the team"), "heading"))
        grid = self._grid(column, (say("Day"), say("Giver"), say("Item"), say("For"), say("Quantity")), texts=4)
        for line, one in enumerate(found.allotted, 1):
            receiver = one.receiver or named(words, one.target)
            for place, text in enumerate((words.date_short(one.day), one.giver, one.item, receiver)):
                grid.addWidget(label(text), line, place)
            quantity = f"{plain_quantity(one.quantity)} {named(words, one.unit)}"
            grid.addWidget(self._open(quantity, 1, partial(self.go_to, "goods_donations", one.donation_id), one.item), line, 4, _RIGHT)
        return frame

    def _grid(self, column: QVBoxLayout, titles: tuple[str, ...], *, texts: int) -> QGridLayout:
        """A grid whose first `texts` columns are words, the others numbers."""
        grid = QGridLayout()
        grid.setVerticalSpacing(3)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(0, 1)
        for place, text in enumerate(titles):
            where = Qt.AlignmentFlag.AlignLeft if place < texts else _RIGHT
            grid.addWidget(label(text, "dim"), 0, place, where)
        column.addLayout(grid)
        return grid

    def _numbers(
        self, grid: QGridLayout, line: int, one: ItemFigures | PartFigures, shown: tuple[GoodsFigure, ...], part: GoodsPart
    ) -> None:
        """Quantities after the two words of a line; each opens its lots."""
        for place, figure in enumerate(shown, 2):
            number = getattr(one, figure)
            if number:
                name = part.item or part.giver or ""
                made = self._open(plain_quantity(number), number, partial(self._behind.lots, figure, part), name)
                grid.addWidget(made, line, place, _RIGHT)
            else:
                grid.addWidget(label("–"), line, place, _RIGHT)

    # Paper ----------------------------------------------------------------------------------------------------

    def print_(self) -> None:
        if not self.pdf_button.isEnabled():
            return
        self._ask(self.pdf_button.text(), "pdf", PDF)

    def _save_xlsx(self) -> None:
        self._ask(self.xlsx_button.text(), "xlsx", XLSX)

    def _ask(self, title: str, ending: str, kind: str) -> None:
        chosen = ask_to_save(self, self.words, title, f"goods-{self.context.month.month}.{ending}", kind)
        if chosen:
            self.save_to(chosen)

    def save_to(self, path: Path) -> None:
        """Write the month as PDF or XLSX, and offer to open it."""
        # reportlab and the workbook's writer are slow to load, and needed only to write.
        from caringstreet.papers.goods import write_goods_month, write_goods_xlsx

        figures, street, words = self.figures, self.context.street, self.words
        assert figures is not None
        work: Callable[[], object]
        if path.suffix.lower() == ".xlsx":
            work = partial(write_goods_xlsx, street, figures.month, path, words)
        else:
            work = partial(write_goods_month, street, figures, None, path, made_at=self.context.clock.now())
        self.context.runner.work(
            lambda progress: work(),
            owner=self,
            done=lambda _: self.offer(
                words.say("{file} saved", file=path.name),
                words.say("Open"),
                lambda _: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
            ),
            label=words.say("Drawing"),
        )
