"""What a click on a figure of the month opens: vouchers, households, or the lines themselves where they have no list."""

from collections.abc import Sequence

from caringstreet.queries import evidence as evidence_queries
from caringstreet.queries import fund as fund_queries
from caringstreet.queries import month_rows
from caringstreet.queries.month_rows import Figure, Part, Share
from caringstreet.rules.codes import pretty
from caringstreet.rules.evidence import Outcome
from caringstreet.rules.fund import FundKind
from caringstreet.wording.labels import label as named
from ui.widgets.page import Page

_MOST_LINES = 20
_ALL = Part()


class Behind:
    """Shows the rows behind the figures of the month in view."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._context, self._words = page.context, page.words

    def vouchers(self, figure: Figure, part: Part = _ALL) -> None:
        """The vouchers that it counts, of the whole street or of a part."""
        month, today = self._context.month.month, self._context.clock.today()
        with self._context.database.reader() as reader:
            ids = month_rows.voucher_ids_behind(reader, month, today, figure, part)
        self._page.go_to("vouchers", tuple(ids), "ids")

    def households(self, *, new: bool = False) -> None:
        """Those for whom vouchers were made, or those for whom it was the first time."""
        with self._context.database.reader() as reader:
            ids = month_rows.household_ids_behind(reader, self._context.month.month, new=new)
        self._page.go_to("households", tuple(ids), "ids")

    def evidence(self, outcome: Outcome) -> None:
        """The vouchers of an exception, or what was typed where there is none."""
        with self._context.database.reader() as reader:
            ids = month_rows.evidence_ids_behind(reader, self._context.month.month, outcome)
            rows = evidence_queries.by_ids(reader, ids)
        vouchers = tuple(dict.fromkeys(one.voucher_id for one in rows if one.voucher_id is not None))
        if vouchers:
            self._page.go_to("vouchers", vouchers, "ids")
            return
        said = [f"{self._words.date_short(one.day)} · {one.shop} · {pretty(one.code) if one.code else one.text}" for one in rows]
        self._say(named(self._words, outcome), said)

    def fund(self, source: FundKind | Figure) -> None:
        """The vouchers or the entries of the fund's book; an opening balance is the closing one of the month before."""
        if isinstance(source, Figure):
            self.vouchers(source, _ALL if source is Figure.GOODWILL else Part(share=Share.FUND))
            return
        month = self._context.month.month
        with self._context.database.reader() as reader:
            found = fund_queries.entries(reader, month.first_day, month.last_day, source)
        if found or source is not FundKind.OPENING:
            said = (f"{self._words.date_short(one.day)} · {one.text} · {self._words.money(one.cents)}" for one in found)
            self._say(named(self._words, source), list(said))
        else:
            self._context.month.show(month.previous())

    def _say(self, title: str, lines: Sequence[str]) -> None:
        more = len(lines) - _MOST_LINES
        rest = [self._words.say_count("and {n} more", "and {n} more", more)] if more > 0 else []
        self._page.note.say("\n".join((title, *lines[:_MOST_LINES], *rest)))
