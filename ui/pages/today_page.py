"""Today: three numbers, the list that empties itself, two charts."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from caringstreet.queries import first_steps, month_summary, runs, today
from caringstreet.queries.month_rows import Figure
from caringstreet.queries.runs import RunFigures
from caringstreet.queries.today import Task, TaskKind, TodayFigures
from caringstreet.rules.changes import Changed
from caringstreet.rules.chart import Bars, Shares
from caringstreet.rules.lunar_dates import OutsideTable, lunar_day
from caringstreet.rules.months import Month
from caringstreet.rules.quantities import ONE
from caringstreet.wording.handed_out import out_text
from caringstreet.words import mark
from ui.context import Context
from ui.pages.reports_behind import Behind
from ui.pages.today_first_steps import step_cards
from ui.widgets.basics import badge, button, card, clear, icon_label, label, row
from ui.widgets.charts import BarChart, ShareBar
from ui.widgets.flow import Tiles
from ui.widgets.page import Page

#: As many bars as can be read in a card.
_LAST_RUNS = 5
_LUNAR_DAYS = [
    "初一",
    "初二",
    "初三",
    "初四",
    "初五",
    "初六",
    "初七",
    "初八",
    "初九",
    "初十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
    "十七",
    "十八",
    "十九",
    "二十",
    "廿一",
    "廿二",
    "廿三",
    "廿四",
    "廿五",
    "廿六",
    "廿七",
    "廿八",
    "廿九",
    "三十",
]
_LUNAR_MONTHS = ["正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]

#: picture, sentence for one and for many, where the button leads, and its word
_TASKS = {
    TaskKind.DECIDE: ("circle-question-mark", mark("{n} question waits for a decision"), mark("{n} questions wait for a decision"), "questions", mark("Decide")),
    TaskKind.HAND_OUT: ("hand-helping", mark("{n} voucher to hand out"), mark("{n} vouchers to hand out"), "hand_out", mark("Hand out")),
    TaskKind.PRINT: ("printer", mark("{n} voucher to print"), mark("{n} vouchers to print"), "print", mark("Print")),
    TaskKind.REPRINT: ("printer", mark("{n} voucher shows an old last day"), mark("{n} vouchers show an old last day"), "print", mark("Reprint")),
    TaskKind.RUNNING_OUT: ("clock", mark("{n} voucher ends within three days"), mark("{n} vouchers end within three days"), "vouchers", mark("Show")),
    TaskKind.MESSAGES: ("message-square", mark("{name}: its phone sent more than arrived ({n} missing)"), mark("{n} messages of shops' phones never arrived"), "messages", mark("Show")),
    TaskKind.AGREEMENT: ("store", mark("{name}: the agreement ends soon"), mark("{name}: the agreement ends soon"), "shops", mark("Renew")),
    TaskKind.REVIEW: ("calendar-clock", mark("{name}: review due"), mark("{n} households to review"), "households", mark("Review")),
    TaskKind.LACKING: ("users", mark("{name}: no valid proof or consent"), mark("{n} households have no valid proof or consent"), "households", mark("Show")),
    TaskKind.QUOTA: ("ticket", mark("{name}: {n} left of this month's quota"), mark("{n} offers have little of their quota left"), "shops", mark("Show")),
    TaskKind.GOODS_BLOCKED: ("trash-2", mark("{name}: past its time, to be thrown away"), mark("{n} lots are past their time, to be thrown away"), "goods", mark("Show")),
    TaskKind.GOODS_FIRST: ("package", mark("{name}: to be given first"), mark("{n} lots to be given first"), "goods", mark("Show")),
    TaskKind.GOODS_LOW: ("package", mark("{name}: little is left"), mark("{n} items of which little is left"), "goods", mark("Show")),
    TaskKind.RUN_ESTIMATE: ("phone", mark("{n} shop has not announced tonight's bread"), mark("{n} shops have not announced tonight's bread"), "runs", mark("Note")),
    TaskKind.RUN_RECORD: ("package", mark("{n} bread run to record"), mark("{n} bread runs to record"), "runs", mark("Record")),
    TaskKind.STOCK_TAKE: ("pencil", mark("{n} stock-take waits for a second signature"), mark("{n} stock-takes wait for a second signature"), "stock_take", mark("Sign")),
    TaskKind.NEEDS: ("heart-handshake", mark("{n} need of a neighbour is open"), mark("{n} needs of neighbours are open"), "goods_hand_out", mark("Show")),
    TaskKind.COLLECT: ("clipboard-list", mark("Collect vouchers at {n} shop"), mark("Collect vouchers at {n} shops"), "scan", mark("Begin")),
}  # fmt: skip


class TodayPage(Page):
    """What needs doing, and how the month goes."""

    name = "today"
    shows = frozenset(Changed)
    follows_month = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._behind = Behind(self)
        self._date = label("", "dim")
        self.column.addWidget(self._date)
        self._body = QVBoxLayout()
        self._body.setSpacing(12)
        self.column.addLayout(self._body, 1)

    def title(self) -> str:
        return self.words.say("Today")

    def help_text(self) -> str:
        return self.words.say(
            "The list shows what needs doing; each line leads to where it is done and leaves the list by itself. Click a number to see the vouchers behind it."
        )

    def refresh(self) -> None:
        day = self.context.clock.today()
        self._date.setText(self._date_line())
        with self.context.database.reader() as reader:
            steps = () if first_steps.begun(reader) else first_steps.steps(reader, day)
            numbers = today.figures(reader, day)
            tasks = today.tasks(reader, day, self.context.clock.now())
            figures = month_summary.figures(reader, self.context.month.month, day)
            collected = runs.month_figures(reader, self.context.month.month) if self.context.street.settings.goods else ()
        clear(self._body)
        if not self.context.street.practice:
            self.note.say(
                self.words.say(
                    "The data file is not encrypted yet: practise with it, and enter no real names or addresses until a later version protects them."
                ),
                "warn",
            )
        if steps:
            self._body.addLayout(step_cards(self.words, steps, self.go.emit), 1)
            return
        top = self._numbers(numbers, figures)
        if collected:
            top.addWidget(self._bread(collected[-_LAST_RUNS:]))
        self._body.addLayout(top)
        lower = QHBoxLayout()
        lower.setSpacing(12)
        lower.addWidget(self._to_do(tasks, issued=numbers.issued), 2)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self._weeks(figures), 1)
        right.addWidget(self._shares(figures), 1)
        lower.addLayout(right, 1)
        self._body.addLayout(lower, 1)

    def _date_line(self) -> str:
        day, words = self.context.clock.today(), self.words
        try:
            lunar = lunar_day(day)
        except OutsideTable:
            return words.date_short(day)
        leap = "閏" if lunar.leap else ""
        said = f"{leap}{_LUNAR_MONTHS[lunar.month - 1]}月{_LUNAR_DAYS[lunar.day - 1]}"
        lunar_said = words.say("lunar {day}", day=said)
        weekday = words.weekdays(1 << day.weekday())
        parts = (words.date(day), weekday) if words.language == "zh_HK" else (weekday, words.date(day))
        return f"{' '.join(parts)} · {lunar_said}"

    def _numbers(self, numbers: TodayFigures, figures: month_summary.MonthFigures) -> Tiles:
        words, total, handed = self.words, figures.total, figures.handed
        month_end = Month.of(self.context.clock.today()).last_day
        line = Tiles()
        for picture, number, unit, what, more, then in (
            ("ticket", handed.out, words.say("vouchers"), words.say("in neighbours' hands"), out_text(words, handed), Figure.OUT),
            ("circle-check", total.redeemed, words.say("vouchers"), words.say("redeemed this month"), words.say("rate {rate}", rate=words.percent(total.redeemed, total.issued)), Figure.REDEEMED),
            ("calendar", numbers.days_left, words.say("days"), words.say("to the end of the month"), words.say("last day {day}", day=words.date_short(month_end)), None),
        ):  # fmt: skip
            frame, column = card(spacing=2)
            top = row(label(words.number(number), "number"), label(unit, "dim"), None, icon_label(picture, "accent", 24))
            column.addLayout(top)
            line_two = row(label(what, wrap=True))
            line_two.setStretch(0, 1)
            if then is not None:
                show = button(words.say("Show"), partial(self._behind.vouchers, then), kind="quiet")
                show.setAccessibleName(": ".join((what, words.say("Show"))))
                line_two.addWidget(show)
            column.addLayout(line_two)
            column.addWidget(label(more, "dim", wrap=True))
            if then is Figure.OUT and numbers.out_of_others:
                ids = numbers.out_of_others
                said = words.say_count("{n} more of other months", "{n} more of other months", len(ids))
                column.addLayout(row(button(said, partial(self.go_to, "vouchers", ids, "ids"), kind="quiet"), None))
            line.addWidget(frame)
        return line

    def _bread(self, collected: Sequence[RunFigures]) -> QFrame:
        """What the last bread runs brought."""
        words = self.words
        frame, column = card(spacing=0)
        title = words.say("Bread collected")
        show = button(words.say("Show"), lambda: self.go_to("goods_month"), kind="quiet")
        show.setAccessibleName(": ".join((title, words.say("Show"))))
        column.addLayout(row(label(title), None, show))
        days = tuple(f"{one.day.day}/{one.day.month}" for one in collected)
        chart = BarChart(Bars(title, days, tuple(one.collected // ONE for one in collected), len(collected) - 1))
        chart.setMaximumHeight(100)
        column.addWidget(chart)
        return frame

    def _to_do(self, tasks: list[Task], *, issued: bool) -> QFrame:
        words = self.words
        frame, column = card(spacing=4)
        column.addLayout(
            row(
                label(words.say("To do"), "heading"),
                badge(str(len(tasks) or (0 if issued else 1)), "good" if issued and not tasks else "warn"),
                None,
            )
        )
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for number, task in enumerate(tasks):
            self._task_line(grid, number, task)
        if not tasks:
            said = (
                words.say("All done. The next thing comes from the shops.")
                if issued
                else words.say("No voucher is issued for this month yet.")
            )
            grid.addWidget(icon_label("circle-check" if issued else "ticket", "good" if issued else "accent", 22), 0, 0)
            grid.addWidget(label(said, "dim" if issued else "", wrap=True), 0, 1)
            grid.addWidget(button(words.say("Issue vouchers"), lambda: self.go_to("issue"), kind="" if issued else "primary"), 0, 2)
        grid.setRowStretch(len(tasks) + 1, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        column.addWidget(scroll, 1)
        return frame

    def _task_line(self, grid: QGridLayout, number: int, task: Task) -> None:
        words = self.words
        picture, one, many, page, verb = _TASKS[task.kind]
        name = words.own(task.name_zh, task.name_en)
        named = bool(task.name_zh)
        sentence = words.say(one if named or task.count == 1 else many, n=task.count, name=name)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(label(sentence, wrap=True))
        if task.day is not None:
            texts.addWidget(label(words.date_short(task.day), "dim"))
        grid.addWidget(icon_label(picture, "accent", 22), number, 0)
        grid.addLayout(texts, number, 1)
        kind = "primary" if number == 0 else ""
        go = button(words.say(verb), lambda: self._begin(task, page), kind=kind)
        go.setMinimumWidth(92)
        go.setAccessibleName(": ".join((words.say(verb), sentence)))
        grid.addWidget(go, number, 2)

    def _begin(self, task: Task, page: str) -> None:
        actions = {
            TaskKind.RUNNING_OUT: "ids",
            TaskKind.PRINT: "ids",
            TaskKind.REPRINT: "ids",
            TaskKind.QUOTA: "offer",
            TaskKind.REVIEW: "review",
            TaskKind.LACKING: "ids" if task.subject_id is None else "",
            TaskKind.GOODS_BLOCKED: "blocked",
            TaskKind.GOODS_FIRST: "first",
            TaskKind.GOODS_LOW: "low",
            TaskKind.NEEDS: "needs",
        }
        subject: int | tuple[int, ...] | None = task.subject_id if task.subject_id is not None else task.ids
        if task.kind in (TaskKind.HAND_OUT, TaskKind.COLLECT, TaskKind.DECIDE) or (not subject):
            subject = None
        self.go_to(page, subject, actions.get(task.kind, ""))

    def _weeks(self, figures: month_summary.MonthFigures) -> QFrame:
        words = self.words
        frame, column = card(spacing=4)
        column.addLayout(row(label(words.say("Redeemed by week"), "heading"), None, label(words.say("vouchers"), "dim")))
        day = self.context.clock.today()
        highlight = next((n for n, (start, end, _) in enumerate(figures.weeks) if start <= day <= end), None)
        names = tuple(f"{start.day}–{end.day}" for start, end, _ in figures.weeks)
        column.addWidget(BarChart(Bars(words.say("Redeemed by week"), names, tuple(n for _, _, n in figures.weeks), highlight)), 1)
        return frame

    def _shares(self, figures: month_summary.MonthFigures) -> QFrame:
        words, total = self.words, figures.total
        frame, column = card(spacing=8)
        column.addWidget(label(words.say("Who carried how much"), "heading"))
        parts = (
            (words.say("Paid by neighbours"), total.household_cents, words.money(total.household_cents)),
            (words.say("Given by shops"), total.shop_cents, words.money(total.shop_cents)),
            (words.say("From the fund"), total.fund_cents, words.money(total.fund_cents)),
        )
        column.addWidget(ShareBar(Shares(words.say("Who carried how much"), parts)))
        column.addStretch(1)
        return frame
