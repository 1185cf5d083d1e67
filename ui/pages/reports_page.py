"""The month's summary: every figure opens the rows behind it; paper and XLSX are one click away."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from caringstreet.papers.goods_json import goods_json
from caringstreet.papers.month_json import month_json
from caringstreet.queries import fund as fund_queries
from caringstreet.queries import goods_month, month_summary
from caringstreet.queries.fund import FundFigures
from caringstreet.queries.goods_month import GoodsMonth
from caringstreet.queries.month_rows import Figure, Part, Share
from caringstreet.queries.month_summary import MonthFigures
from caringstreet.rules.changes import Changed
from caringstreet.rules.chart import Bars, Shares
from caringstreet.services import month_summary as month_summary_services
from caringstreet.services.month_summary import KeptSummary
from caringstreet.wording.goods import month_lines, run_bars
from caringstreet.wording.handed_out import out_text
from caringstreet.wording.paper import unrecorded_text
from ui.context import Context
from ui.pages.reports_behind import Behind
from ui.pages.reports_tables import ReportTables
from ui.widgets.basics import EmptyState, FigureLabel, badge, button, card, clear, label, row, scrolled
from ui.widgets.charts import BarChart, ShareBar
from ui.widgets.files import PDF, XLSX, ask_to_save
from ui.widgets.flow import Flow, Tiles
from ui.widgets.page import Page

Opens = Callable[[], object]


class ReportsPage(Page):
    """Provisional until months can be closed; each summary that leaves the house has a number."""

    name = "reports"
    shows = frozenset(
        {
            Changed.VOUCHERS,
            Changed.EVIDENCE,
            Changed.REPORTS,
            Changed.OFFERS,
            Changed.FUND,
            Changed.GOODS,
            Changed.RUNS,
            Changed.CHOICE_EVENTS,
        }
    )
    follows_month = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.words.say
        self.heading = label("", "heading")
        self.pdf_button = button(say("Save PDF…"), self._save_pdf, kind="primary", picture="file-text")
        self.xlsx_button = button(say("Save XLSX…"), self._save_xlsx, picture="download")
        self.column.addLayout(row(self.heading, badge(say("provisional"), "warn"), None, self.xlsx_button, self.pdf_button))
        holder = QWidget()
        self._body = QVBoxLayout(holder)
        self._body.setContentsMargins(0, 0, 8, 0)
        self._body.setSpacing(12)
        self.column.addWidget(scrolled(holder), 1)
        self._behind = Behind(self)
        self._tables = ReportTables(self.words, self._behind)
        self.figures: MonthFigures | None = None
        self.fund: FundFigures | None = None
        self.goods: GoodsMonth | None = None

    def title(self) -> str:
        return self.words.say("Month and reports")

    def help_text(self) -> str:
        return self.words.say(
            "Click a figure to see the vouchers, households or entries behind it. Until months can be closed every summary is provisional and carries a running number; what it said is kept."
        )

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
            self._body.addWidget(
                EmptyState(
                    "file-text",
                    say("Nothing happened in this month yet"),
                    say("Issue vouchers, or choose another month at the top."),
                    button(say("Issue vouchers"), lambda: self.go_to("issue")),
                ),
                1,
            )
            if self.goods is not None and not self.goods.empty:
                self._body.addWidget(self._goods(self.goods))
            return
        self._body.addLayout(self._headline(figures))
        self._body.addLayout(self._handed_out(figures))
        self._body.addLayout(Tiles(self._offers_chart(figures), self._shares(figures)))
        tables = self._tables
        if figures.total.goodwill:
            self._body.addWidget(tables.goodwill(figures.total))
        self._body.addWidget(tables.shops(figures))
        self._body.addLayout(Tiles(tables.streets(figures), tables.kinds(figures)))
        self._body.addLayout(Tiles(tables.channels(figures), tables.exceptions(figures)))
        if self.fund is not None:
            self._body.addWidget(tables.fund(self.fund))
        if self.goods is not None:
            self._body.addWidget(self._goods(self.goods))
        self._body.addStretch(1)

    def _headline(self, figures: MonthFigures) -> Tiles:
        words, say, total = self.words, self.words.say, figures.total
        tiles = Tiles(spacing=10)
        vouchers, households = self._behind.vouchers, self._behind.households
        cells: tuple[tuple[Opens, int, str, str, Opens | None, int], ...] = (
            (
                partial(vouchers, Figure.ISSUED),
                total.issued,
                say("issued"),
                words.say_count("to {n} household", "to {n} households", figures.households),
                households,
                figures.households,
            ),
            (
                partial(vouchers, Figure.REDEEMED),
                total.redeemed,
                say("redeemed"),
                say("rate {rate}", rate=words.percent(total.redeemed, total.issued)),
                partial(vouchers, Figure.REDEEMED),
                total.redeemed,
            ),
            (
                partial(vouchers, Figure.EXPIRED),
                total.expired,
                say("expired"),
                say("{n} given back", n=total.returned),
                partial(vouchers, Figure.RETURNED),
                total.returned,
            ),
            (
                partial(vouchers, Figure.OUT),
                figures.handed.out,
                say("out with neighbours"),
                say("{n} replaced", n=figures.replaced),
                partial(vouchers, Figure.REPLACED),
                figures.replaced,
            ),
            (
                partial(vouchers, Figure.WITHOUT_SLIP),
                figures.without_slip,
                say("redeemed without voucher"),
                say("confirm with the shop"),
                None,
                0,
            ),
            (partial(households, new=True), figures.new_faces, say("new faces"), say("households for the first time"), None, 0),
        )
        for then, number, text, more, other, count in cells:
            frame, column = card(margins=14, spacing=1)
            column.addWidget(FigureLabel(words.number(number), then if number else None))
            show = button(text, then, kind="quiet")
            show.setAccessibleName(f"{text}: {number}")
            show.setEnabled(bool(number))
            column.addLayout(row(show, None))
            if other is None or not count:
                column.addWidget(label(more, "dim", wrap=True))
            else:
                column.addLayout(row(button(more, other, kind="quiet"), None))
            column.addStretch(1)
            tiles.addWidget(frame)
        return tiles

    def _handed_out(self, figures: MonthFigures) -> Flow:
        """How many vouchers neighbours hold, as a sum; what it begins with and what waits beside it open their rows."""
        words, waiting = self.words, figures.not_handed_out
        show = button(words.say("Show"), partial(self._behind.vouchers, Figure.HANDED_OUT), kind="quiet")
        show.setAccessibleName(": ".join((words.say("Handed out"), str(figures.handed.handed_out))))
        show.setEnabled(bool(figures.handed.handed_out))
        said = words.say_count("{n} not handed out yet", "{n} not handed out yet", waiting)
        beside = [button(said, partial(self._behind.vouchers, Figure.NOT_HANDED_OUT), kind="quiet")] if waiting else []
        return Flow(label(out_text(words, figures.handed), wrap=True), show, None, *beside)

    def _offers_chart(self, figures: MonthFigures) -> QFrame:
        frame, column = card(spacing=4)
        title = self.words.say("Redeemed by offer")
        column.addWidget(label(title, "heading"))
        top = sorted((one for one in figures.offers if one.counts.redeemed), key=lambda one: -one.counts.redeemed)[:10]
        bars = Bars(title, tuple(one.offer for one in top), tuple(one.counts.redeemed for one in top), 0)
        chart = BarChart(bars, lambda place: self._behind.vouchers(Figure.REDEEMED, Part(offer_id=top[place].offer_id)))
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
        opens = [partial(self._behind.vouchers, Figure.REDEEMED, Part(share=share)) for share in Share]
        column.addWidget(ShareBar(Shares(title, parts), opens))
        said = words.say("Value to neighbours {value}", value=words.money(figures.value_cents))
        column.addLayout(row(button(said, partial(self._behind.vouchers, Figure.REDEEMED), kind="quiet"), None))
        column.addStretch(1)
        return frame

    def _goods(self, goods: GoodsMonth) -> QFrame:
        say = self.words.say
        frame, column = card()
        show = button(say("Goods of the month"), lambda: self.go_to("goods_month"), picture="package")
        column.addLayout(row(label(say("Goods"), "heading"), None, show))
        for line in month_lines(self.words, goods) or (say("No goods in this month"),):
            column.addWidget(label(line, wrap=True))
        if goods.runs:
            chart = BarChart(run_bars(self.words, goods), lambda place: self.go_to("runs", goods.runs[place].run_id))
            chart.setMinimumHeight(150)
            column.addWidget(chart)
        return frame

    # Paper ----------------------------------------------------------------------------------------------------

    def print_(self) -> None:
        if self.pdf_button.isEnabled():
            self._save_pdf()

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
        said = month_json(figures, self.fund) | ({} if self.goods is None else {"goods": goods_json(self.goods)})
        if not self.context.street.read_only:
            self.do(month_summary_services.keep, month=figures.month, figures=said, done=lambda kept: self._write(kept, figures, path))
            return
        # reportlab is slow to load, and needed only to draw.
        from caringstreet.papers.month_summary import unkept

        now, by = self.context.clock.now(), self.context.actor
        self._write(unkept(self.context.street, month=figures.month, figures=said, at=now, by=by), figures, path)

    def _write(self, kept: KeptSummary, figures: MonthFigures, path: Path) -> None:
        # reportlab is slow to load, and needed only to draw.
        from caringstreet.papers.month_summary import write_summary_pdf, write_summary_xlsx

        street, words, now, fund = self.context.street, self.words, self.context.clock.now(), self.fund
        if path.suffix.lower() == ".xlsx":
            work = partial(write_summary_xlsx, street, figures, kept.number, path, words, made_at=now, fund=fund, goods=self.goods)
        else:
            work = partial(write_summary_pdf, street, figures, kept, path, made_at=now, goods=self.goods)
        self.context.runner.work(
            lambda progress: work(),
            owner=self,
            done=lambda _: self.offer(
                unrecorded_text(words) if street.read_only else words.say("Provisional summary no. {n} saved", n=kept.number),
                words.say("Open"),
                lambda _: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
            ),
            label=words.say("Drawing"),
        )
