"""The month's summary: every figure opens the rows behind it; paper and XLSX are one click away."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from caringstreet.figures_json import month_json
from caringstreet.fund_words import fund_lines
from caringstreet.goods_json import goods_json
from caringstreet.goods_words import month_lines
from caringstreet.goodwill_words import goodwill_text
from caringstreet.labels import label as named
from caringstreet.queries import evidence as evidence_queries
from caringstreet.queries import fund as fund_queries
from caringstreet.queries import goods_month, month_summary
from caringstreet.queries.fund import FundFigures
from caringstreet.queries.goods_month import GoodsMonth
from caringstreet.queries.month_summary import Counts, Figure, MonthFigures
from caringstreet.rules.changes import Changed
from caringstreet.rules.chart import Bars, Shares
from caringstreet.rules.codes import pretty
from caringstreet.rules.evidence import Outcome
from caringstreet.services import month_summary as month_summary_services
from caringstreet.services.month_summary import KeptSummary
from caringstreet.words import mark
from ui.context import Context
from ui.widgets.basics import EmptyState, badge, button, card, clear, label, row
from ui.widgets.charts import BarChart, ShareBar
from ui.widgets.files import PDF, XLSX, ask_to_save
from ui.widgets.page import Page

_FIGURES = {Figure.ISSUED: mark("Issued"), Figure.REDEEMED: mark("Redeemed"), Figure.EXPIRED: mark("Expired")}


class ReportsPage(Page):
    """Provisional until months can be closed; each summary that leaves the house has a number."""

    name = "reports"
    shows = frozenset({Changed.VOUCHERS, Changed.EVIDENCE, Changed.REPORTS, Changed.OFFERS, Changed.FUND, Changed.GOODS, Changed.RUNS, Changed.CHOICE_EVENTS})
    follows_month = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.words.say
        self.heading = label("", "heading")
        self.pdf_button = button(say("Save PDF…"), self._save_pdf, kind="primary", picture="file-text")
        self.xlsx_button = button(say("Save XLSX…"), self._save_xlsx, picture="download")
        self.column.addLayout(row(self.heading, badge(say("provisional"), "warn"), None, self.xlsx_button, self.pdf_button))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        self._body = QVBoxLayout(holder)
        self._body.setContentsMargins(0, 0, 8, 0)
        self._body.setSpacing(12)
        scroll.setWidget(holder)
        self.column.addWidget(scroll, 1)
        self.figures: MonthFigures | None = None
        self.fund: FundFigures | None = None
        self.goods: GoodsMonth | None = None

    def title(self) -> str:
        return self.words.say("Month and reports")

    def help_text(self) -> str:
        return self.words.say("Click a number to see the vouchers behind it. Until months can be closed every summary is provisional and carries a running number; what it said is kept.")

    def refresh(self) -> None:
        month, today = self.context.month.month, self.context.clock.today()
        with self.context.database.reader() as reader:
            figures = self.figures = month_summary.figures(reader, month, today)
            self.fund = fund_queries.figures(reader, month, today)
            self.goods = goods_month.figures(reader, month) if self.context.street.settings.goods else None
        self.heading.setText(self.words.month(month))
        clear(self._body)
        nothing = not figures.total.issued and not figures.total.redeemed and not figures.total.goodwill
        self.pdf_button.setEnabled(not nothing)
        self.xlsx_button.setEnabled(not nothing)
        if nothing:
            say = self.words.say
            self._body.addWidget(EmptyState("file-text", say("Nothing happened in this month yet"), say("Issue vouchers, or choose another month at the top."), button(say("Issue vouchers"), lambda: self.go_to("issue"))), 1)
            if self.goods is not None and not self.goods.empty:
                self._body.addWidget(self._goods(self.goods))
            return
        self._body.addLayout(self._headline(figures))
        charts = row(self._offers_chart(figures), self._shares(figures), spacing=12)
        self._body.addLayout(charts)
        if figures.total.goodwill:
            self._body.addWidget(self._goodwill(figures.total))
        self._body.addWidget(self._shops(figures))
        streets = [(name or "–", counts, {"street": name}) for name, counts in figures.streets]
        kinds = [(named(self.words, kind), counts, {"kind": kind}) for kind, counts in figures.kinds]
        by_street, by_kind = self._parts(self.words.say("By street"), streets), self._parts(self.words.say("By household"), kinds)
        self._body.addLayout(row(by_street, by_kind, self._exceptions(figures), spacing=12))
        if self.fund is not None:
            self._body.addWidget(self._fund(self.fund))
        if self.goods is not None:
            self._body.addWidget(self._goods(self.goods))
        self._body.addStretch(1)

    def _open_button(self, number: int, then: Any, *names: str) -> QWidget:
        made = button(self.words.number(number), then, kind="quiet")
        made.setAccessibleName(f"{' '.join(names)}: {number}")
        made.setEnabled(bool(number))
        return made

    def _money_button(self, cents: int, then: Any, *names: str) -> QWidget:
        """An amount that opens the redemptions it is the sum of; the keyboard has their number for that."""
        made = button(self.words.money(cents), then, kind="quiet")
        made.setAccessibleName(f"{' '.join(names)}: {self.words.money(cents)}")
        made.setEnabled(bool(cents))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made

    def _headline(self, figures: MonthFigures) -> QGridLayout:
        words, say, total = self.words, self.words.say, figures.total
        grid = QGridLayout()
        grid.setSpacing(10)
        cells = (
            (Figure.ISSUED, total.issued, say("issued"), say("to {n} households", n=figures.households), None),
            (Figure.REDEEMED, total.redeemed, say("redeemed"), say("rate {rate}", rate=words.percent(total.redeemed, total.issued)), None),
            (Figure.EXPIRED, total.expired, say("expired"), say("{n} returned", n=total.returned), Figure.RETURNED if total.returned else None),
            (Figure.OUT, total.out, say("still out"), say("{n} replaced", n=figures.replaced), Figure.REPLACED if figures.replaced else None),
            (Figure.WITHOUT_SLIP, figures.without_slip, say("redeemed without slip"), say("confirm with the shop"), None),
            (Figure.NEW_FACES, figures.new_faces, say("new faces"), say("households for the first time"), None),
        )
        for place, (figure, number, text, more, other) in enumerate(cells):
            frame, column = card(margins=14, spacing=1)
            column.addWidget(label(words.number(number), "number"))
            show = button(text, partial(self._show_behind, figure), kind="quiet")
            show.setAccessibleName(f"{text}: {number}")
            show.setEnabled(bool(number))
            column.addLayout(row(show, None))
            if other is None:
                column.addWidget(label(more, "dim", wrap=True))
            else:
                column.addLayout(row(button(more, partial(self._show_behind, other), kind="quiet"), None))
            grid.addWidget(frame, 0, place)
        return grid

    def _show_behind(self, figure: Figure, **part: Any) -> None:
        """The vouchers behind a figure, of the whole street or the `part` that the query knows."""
        month, today = self.context.month.month, self.context.clock.today()
        with self.context.database.reader() as reader:
            ids = month_summary.voucher_ids_behind(reader, month, today, figure, **part)
        self.go_to("vouchers", tuple(ids), "ids")

    def _offers_chart(self, figures: MonthFigures) -> QFrame:
        frame, column = card(spacing=4)
        title = self.words.say("Redeemed by offer")
        column.addWidget(label(title, "heading"))
        top = sorted((one for one in figures.offers if one.counts.redeemed), key=lambda one: -one.counts.redeemed)[:10]
        chart = BarChart(Bars(title, tuple(one.offer for one in top), tuple(one.counts.redeemed for one in top), 0))
        chart.setMinimumHeight(170)
        column.addWidget(chart)
        return frame

    def _shares(self, figures: MonthFigures) -> QFrame:
        words, total = self.words, figures.total
        frame, column = card(spacing=8)
        frame.setMinimumWidth(340)
        title = words.say("Who carried how much")
        column.addWidget(label(title, "heading"))
        parts = (
            (words.say("Paid by neighbours"), total.household_cents, words.money(total.household_cents)),
            (words.say("Given by shops"), total.shop_cents, words.money(total.shop_cents)),
            (words.say("From the fund"), total.fund_cents, words.money(total.fund_cents)),
        )
        column.addWidget(ShareBar(Shares(title, parts)))
        said = words.say("Value to neighbours {value}", value=words.money(figures.value_cents))
        column.addLayout(row(button(said, partial(self._show_behind, Figure.REDEEMED), kind="quiet"), None))
        column.addStretch(1)
        return frame

    def _shops(self, figures: MonthFigures) -> QFrame:
        words, say = self.words, self.words.say
        frame, column = card()
        goodwill = (say("Goodwill"),) if figures.total.goodwill else ()
        column.addWidget(label(say("By shop"), "heading"))
        grid = QGridLayout()
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        for place, text in enumerate((say("Number"), say("Shop"), say("Issued"), say("Redeemed"), say("Rate"), say("Expired"), say("To pay"), *goodwill, say("Given by shop"))):
            grid.addWidget(label(text, "dim"), 0, place, Qt.AlignmentFlag.AlignLeft if place < 2 else Qt.AlignmentFlag.AlignRight)
        shown = [one for one in figures.shops if one.counts.issued or one.counts.redeemed or one.counts.goodwill]
        for line, one in enumerate(shown, 1):
            name = one.name_zh if words.language == "zh_HK" else one.name_en or one.name_zh
            grid.addWidget(label(one.shop), line, 0)
            grid.addWidget(label(name), line, 1)
            self._counts(grid, line, one.counts, one.shop, shop_id=one.shop_id, goodwill=bool(goodwill))
        grid.addWidget(label(say("Together"), "heading"), len(shown) + 1, 1)
        self._counts(grid, len(shown) + 1, figures.total, say("Together"), goodwill=bool(goodwill))
        column.addLayout(grid)
        return frame

    def _counts(self, grid: QGridLayout, line: int, counts: Counts, name: str, *, goodwill: bool, shop_id: int | None = None) -> None:
        """A line of figures, each opening what is behind it; goodwill stands beside what vouchers cost, never in it."""
        words, say = self.words, self.words.say
        for place, figure, number in ((2, Figure.ISSUED, counts.issued), (3, Figure.REDEEMED, counts.redeemed), (5, Figure.EXPIRED, counts.expired)):
            made = self._open_button(number, partial(self._show_behind, figure, shop_id=shop_id), name, say(_FIGURES[figure]))
            grid.addWidget(made, line, place, Qt.AlignmentFlag.AlignRight)
        self._right(grid, line, ((4, words.percent(counts.redeemed, counts.issued)),))
        beside = [(say("Goodwill"), Figure.GOODWILL, counts.goodwill_cents)] if goodwill else []
        money = [(say("To pay"), Figure.REDEEMED, counts.fund_cents), *beside, (say("Given by shop"), Figure.REDEEMED, counts.shop_cents)]
        for place, (text, figure, cents) in enumerate(money, 6):
            amount = self._money_button(cents, partial(self._show_behind, figure, shop_id=shop_id), name, text)
            grid.addWidget(amount, line, place, Qt.AlignmentFlag.AlignRight)

    def _goodwill(self, total: Counts) -> QFrame:
        say = self.words.say
        frame, column = card()
        show = button(say("Show"), partial(self._show_behind, Figure.GOODWILL), kind="quiet")
        show.setAccessibleName(": ".join((say("Second sheets paid as goodwill"), str(total.goodwill))))
        column.addLayout(row(label(say("Goodwill"), "heading"), label(goodwill_text(self.words, total)), None, show))
        return frame

    def _right(self, grid: QGridLayout, line: int, cells: tuple[tuple[int, str], ...]) -> None:
        for place, text in cells:
            grid.addWidget(label(text), line, place, Qt.AlignmentFlag.AlignRight)

    def _parts(self, title: str, parts: list[tuple[str, Counts, dict[str, Any]]]) -> QFrame:
        """Counts by street or kind of household; each opens its vouchers."""
        say = self.words.say
        frame, column = card()
        column.addWidget(label(title, "heading"))
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        for place, text in enumerate((say("Issued"), say("Redeemed")), 1):
            grid.addWidget(label(text, "dim"), 0, place, Qt.AlignmentFlag.AlignRight)
        for line, (name, counts, part) in enumerate(parts, 1):
            grid.addWidget(label(name), line, 0)
            for place, figure, number in ((1, Figure.ISSUED, counts.issued), (2, Figure.REDEEMED, counts.redeemed)):
                made = self._open_button(number, partial(self._show_behind, figure, **part), name, say(_FIGURES[figure]))
                grid.addWidget(made, line, place, Qt.AlignmentFlag.AlignRight)
        column.addLayout(grid)
        column.addStretch(1)
        return frame

    def _exceptions(self, figures: MonthFigures) -> QFrame:
        frame, column = card()
        column.addWidget(label(self.words.say("Exceptions"), "heading"))
        for outcome, count in figures.exceptions.items():
            text = named(self.words, outcome)
            column.addLayout(row(label(text), None, self._open_button(count, partial(self._show_evidence, outcome), text)))
        if not figures.exceptions:
            column.addWidget(label(self.words.say("None."), "dim"))
        column.addStretch(1)
        return frame

    def _show_evidence(self, outcome: Outcome) -> None:
        """The evidence behind an exception: its vouchers, or what was typed where there is none."""
        with self.context.database.reader() as reader:
            ids = month_summary.evidence_ids_behind(reader, self.context.month.month, outcome)
            rows = evidence_queries.by_ids(reader, ids)
        vouchers = tuple(dict.fromkeys(one.voucher_id for one in rows if one.voucher_id is not None))
        if vouchers:
            self.go_to("vouchers", vouchers, "ids")
            return
        said = "\n".join(f"{self.words.date_short(one.day)} · {one.shop} · {pretty(one.code) if one.code else one.text}" for one in rows[:20])
        self.note.say(f"{named(self.words, outcome)}\n{said}")

    def _fund(self, fund: FundFigures) -> QFrame:
        words = self.words
        frame, column = card()
        column.addWidget(label(words.say("Fund"), "heading"))
        for name, amount in fund_lines(words, fund, words.money):
            column.addLayout(row(label(str(name)), None, label(str(amount))))
        return frame

    def _goods(self, goods: GoodsMonth) -> QFrame:
        say = self.words.say
        frame, column = card()
        show = button(say("Goods of the month"), lambda: self.go_to("goods_month"), picture="package")
        column.addLayout(row(label(say("Goods"), "heading"), None, show))
        for line in month_lines(self.words, goods) or (say("No goods in this month"),):
            column.addWidget(label(line, wrap=True))
        return frame

    # Paper ----------------------------------------------------------------------------------------------------

    def _save_pdf(self) -> None:
        chosen = ask_to_save(self, self.words, self.pdf_button.text(), f"summary-{self.context.month.month}.pdf", PDF)
        if chosen:
            self.save_to(chosen)

    def _save_xlsx(self) -> None:
        chosen = ask_to_save(self, self.words, self.xlsx_button.text(), f"summary-{self.context.month.month}.xlsx", XLSX)
        if chosen:
            self.save_to(chosen)

    def save_to(self, path: Path) -> None:
        """Keep the figures under their number, then write them as PDF or XLSX."""
        figures = self.figures
        assert figures is not None
        self.do(
            month_summary_services.keep,
            month=figures.month,
            figures=month_json(figures, self.fund) | ({} if self.goods is None else {"goods": goods_json(self.goods)}),
            done=lambda kept: self._write(kept, figures, path),
        )

    def _write(self, kept: KeptSummary, figures: MonthFigures, path: Path) -> None:
        # reportlab is slow to load, and needed only to draw.
        from caringstreet.summaries import write_summary_pdf, write_summary_xlsx

        street, words, now, fund = self.context.street, self.words, self.context.clock.now(), self.fund
        if path.suffix.lower() == ".xlsx":
            work = partial(write_summary_xlsx, street, figures, kept.number, path, words, made_at=now, fund=fund, goods=self.goods)
        else:
            work = partial(write_summary_pdf, street, figures, kept, path, made_at=now, goods=self.goods)
        self.context.runner.work(
            lambda progress: work(),
            done=lambda _: self.context.status.say_with(
                words.say("Provisional summary no. {n} saved", n=kept.number),
                words.say("Open"),
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
            ),
            label=words.say("Drawing"),
        )
