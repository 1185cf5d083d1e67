"""The tables of the month: by shop, street, kind of household and channel, exceptions, goodwill, the fund."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton

from caringstreet.queries.fund import FundFigures
from caringstreet.queries.month_rows import Figure, Part, Share
from caringstreet.queries.month_summary import Counts, MonthFigures
from caringstreet.rules.households import HouseholdKind
from caringstreet.wording.fund import fund_sources
from caringstreet.wording.goodwill import goodwill_text
from caringstreet.wording.labels import label as named
from caringstreet.words import Words, mark
from ui.pages.reports_behind import Behind
from ui.widgets.basics import button, card, label, row

_FIGURES = {Figure.ISSUED: mark("Issued"), Figure.REDEEMED: mark("Redeemed"), Figure.EXPIRED: mark("Expired")}
_RIGHT = Qt.AlignmentFlag.AlignRight
_ALL = Part()


class ReportTables:
    """Cards for the page; each figure in them opens what is behind it."""

    def __init__(self, words: Words, behind: Behind) -> None:
        self._words, self._behind = words, behind

    def _figure(self, text: str, count: int, then: Callable[[], object], *names: str) -> QPushButton:
        """A figure that opens its rows, where it has any."""
        made = button(text, then, kind="quiet")
        made.setAccessibleName(f"{' '.join(names)}: {text}")
        made.setEnabled(bool(count))
        return made

    def _beside(self, *arguments: object) -> QPushButton:
        """One that opens the same rows as the number beside it: the keyboard has that one."""
        made = self._figure(*arguments)  # type: ignore[arg-type]
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made

    def shops(self, figures: MonthFigures) -> QFrame:
        """A line for each shop with something in the month, and all together."""
        words, say = self._words, self._words.say
        frame, column = card()
        goodwill = (say("Of it goodwill payment"),) if figures.total.goodwill else ()
        column.addWidget(label(say("By shop"), "heading"))
        grid = QGridLayout()
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        for place, text in enumerate(
            (
                say("Number"),
                say("Shop"),
                say("Issued"),
                say("Redeemed"),
                say("Rate"),
                say("Expired"),
                say("To pay"),
                *goodwill,
                say("Given by shop"),
            )
        ):
            grid.addWidget(label(text, "dim"), 0, place, Qt.AlignmentFlag.AlignLeft if place < 2 else _RIGHT)
        shown = [one for one in figures.shops if one.counts.issued or one.counts.redeemed or one.counts.goodwill]
        for line, one in enumerate(shown, 1):
            name = words.own(one.name_zh, one.name_en)
            grid.addWidget(label(one.shop), line, 0)
            grid.addWidget(label(name), line, 1)
            self._counts(grid, line, one.counts, one.shop, shop_id=one.shop_id, goodwill=bool(goodwill))
        grid.addWidget(label(say("Together"), "heading"), len(shown) + 1, 1)
        self._counts(grid, len(shown) + 1, figures.total, say("Together"), goodwill=bool(goodwill))
        column.addLayout(grid)
        return frame

    def _counts(self, grid: QGridLayout, line: int, counts: Counts, name: str, *, goodwill: bool, shop_id: int | None = None) -> None:
        """A line of figures; "to pay" holds goodwill, too, which the column beside it names."""
        words, say = self._words, self._words.say
        part = Part(shop_id=shop_id)
        for place, figure, number in (
            (2, Figure.ISSUED, counts.issued),
            (3, Figure.REDEEMED, counts.redeemed),
            (5, Figure.EXPIRED, counts.expired),
        ):
            made = self._figure(words.number(number), number, partial(self._behind.vouchers, figure, part), name, say(_FIGURES[figure]))
            grid.addWidget(made, line, place, _RIGHT)
        rate = words.percent(counts.redeemed, counts.issued)
        grid.addWidget(
            self._beside(rate, counts.redeemed, partial(self._behind.vouchers, Figure.REDEEMED, part), name, say("Rate")), line, 4, _RIGHT
        )
        beside = [(say("Of it goodwill payment"), Figure.GOODWILL, None, counts.goodwill_cents)] if goodwill else []
        money = [
            (say("To pay"), Figure.TO_PAY, Share.FUND, counts.to_pay_cents),
            *beside,
            (say("Given by shop"), Figure.REDEEMED, Share.SHOP, counts.shop_cents),
        ]
        for place, (text, figure, share, cents) in enumerate(money, 6):
            then = partial(self._behind.vouchers, figure, Part(shop_id=shop_id, share=share))
            grid.addWidget(self._beside(words.money(cents), cents, then, name, text), line, place, _RIGHT)

    def streets(self, figures: MonthFigures) -> QFrame:
        """By the street of the shop."""
        return self._parts(self._words.say("By street"), [(name or "–", counts, Part(street=name)) for name, counts in figures.streets])

    def kinds(self, figures: MonthFigures) -> QFrame:
        """By the kind of household."""

        def said(kind: HouseholdKind) -> str:
            return named(self._words, kind)

        return self._parts(self._words.say("By household"), [(said(kind), counts, Part(kind=kind)) for kind, counts in figures.kinds])

    def _parts(self, title: str, parts: Sequence[tuple[str, Counts, Part]]) -> QFrame:
        words, say = self._words, self._words.say
        frame, column = card()
        column.addWidget(label(title, "heading"))
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        for place, text in enumerate((say("Issued"), say("Redeemed")), 1):
            grid.addWidget(label(text, "dim"), 0, place, _RIGHT)
        for line, (name, counts, part) in enumerate(parts, 1):
            grid.addWidget(label(name), line, 0)
            for place, figure, number in ((1, Figure.ISSUED, counts.issued), (2, Figure.REDEEMED, counts.redeemed)):
                made = self._figure(words.number(number), number, partial(self._behind.vouchers, figure, part), name, say(_FIGURES[figure]))
                grid.addWidget(made, line, place, _RIGHT)
        column.addLayout(grid)
        column.addStretch(1)
        return frame

    def exceptions(self, figures: MonthFigures) -> QFrame:
        """What was not as it should be."""
        lines = [
            (named(self._words, outcome), count, partial(self._behind.evidence, outcome)) for outcome, count in figures.exceptions.items()
        ]
        return self._numbers(self._words.say("Exceptions"), lines)

    def channels(self, figures: MonthFigures) -> QFrame:
        """How the redemptions were told of."""
        return self._numbers(
            self._words.say("Channels"),
            [
                (named(self._words, channel), count, partial(self._behind.vouchers, Figure.REDEEMED, Part(channel=channel)))
                for channel, count in figures.channels.items()
                if count
            ],
        )

    def _numbers(self, title: str, lines: Sequence[tuple[str, int, Callable[[], object]]]) -> QFrame:
        frame, column = card()
        column.addWidget(label(title, "heading"))
        for text, count, then in lines:
            column.addLayout(row(label(text), None, self._figure(self._words.number(count), count, then, text)))
        if not lines:
            column.addWidget(label(self._words.say("None."), "dim"))
        column.addStretch(1)
        return frame

    def goodwill(self, total: Counts) -> QFrame:
        """Second sheets that were paid in good faith."""
        say = self._words.say
        frame, column = card()
        show = button(say("Show"), partial(self._behind.vouchers, Figure.GOODWILL), kind="quiet")
        show.setAccessibleName(": ".join((say("Second vouchers: goodwill payments"), str(total.goodwill))))
        column.addLayout(row(label(say("Goodwill payment"), "heading"), label(goodwill_text(self._words, total)), None, show))
        return frame

    def fund(self, fund: FundFigures) -> QFrame:
        """Lines that add up, each opening its entries or vouchers."""
        words = self._words
        frame, column = card(spacing=2)
        column.addWidget(label(words.say("Fund"), "heading"))
        for source, name, cents in fund_sources(words, fund):
            amount = words.money(cents)
            if source is None:
                column.addLayout(row(label(name), None, label(amount)))
            else:
                count = fund.committed_cents if source is Figure.PROMISED else cents
                column.addLayout(row(label(name), None, self._figure(amount, count, partial(self._behind.fund, source), name)))
        return frame
