"""Goods: what is there, on any day, and what is to be given first."""

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from caringstreet.clock import to_utc
from caringstreet.queries import goods
from caringstreet.queries.goods import LotView
from caringstreet.rules.changes import Changed
from caringstreet.words import mark
from ui.context import Context, Target
from ui.dialogs.goods_by_item import ByItemDialog
from ui.pages.goods_actions import GoodsActions
from ui.pages.goods_panel import GoodsPanel
from ui.tables.goods_table import columns
from ui.tables.id_table import Ids
from ui.widgets.basics import EmptyState, Note, button, label, row
from ui.widgets.fields import DayField
from ui.widgets.inputs import passing
from ui.widgets.list_page import ListPage

_CHIPS = (
    (LotView.STOCK, mark("In stock")),
    (LotView.FIRST, mark("Give first")),
    (LotView.BLOCKED, mark("Blocked")),
    (LotView.LOW, mark("Low")),
    (LotView.ALL, mark("All")),
)


class GoodsPage(ListPage):
    """Lots with what is left of them at the end of a day; today unless another day is chosen."""

    name = "goods"
    shows = frozenset({Changed.GOODS, Changed.SHOPS})

    def __init__(self, context: Context) -> None:
        say = context.words.say
        self.day = DayField(context.clock.today())
        passing(self.day)
        self.day.name_for_readers(say("Stock at the end of"))
        super().__init__(
            context,
            search=say("Item, giver, place"),
            chips=[(view, say(name)) for view, name in _CHIPS],
            columns=columns(context.words, self.when),
            panel_width=390,
        )
        self.acts = GoodsActions(self)
        self._found = label("", "dim")
        self.other_day = Note()
        self.today_button = button(say("Today"), self._show_today, kind="quiet", picture="calendar")
        self.away_button = button(say("Throw away blocked…"), self._throw_away_blocked, picture="trash-2")
        self.by_item_button = button(say("By item…"), self._show_by_item, picture="list-checks")
        self._seen_today = context.clock.today()
        self._arrange()
        self.day.changed.connect(self.refresh)

    def _arrange(self) -> None:
        say = self.words.say
        # Five chips and four buttons do not fit on one line in English.
        self.bar.removeWidget(self.chips)
        self.bar.insertWidget(1, self._found)
        self.day.setFixedWidth(126)
        self.column.insertLayout(
            2,
            row(
                self.chips,
                self.all_again,
                None,
                self.away_button,
                self.by_item_button,
                label(say("Stock on"), "dim"),
                self.day,
                self.today_button,
            ),
        )
        self.column.insertWidget(3, self.other_day)
        self.search.setMinimumWidth(160)
        self.search.setMaximumWidth(260)
        for text, page, picture in (
            (say("Donations"), "goods_donations", "file-text"),
            (say("Stock-take"), "stock_take", "list-checks"),
            (say("Give out"), "goods_hand_out", "hand-helping"),
        ):
            self.bar.addWidget(button(text, partial(self.go_to, page), picture=picture))
        self.add = button(say("Take in"), self.new, kind="primary", picture="plus")
        self.bar.addWidget(self.add)

    # What is shown --------------------------------------------------------------------------------------------

    def title(self) -> str:
        return self.words.say("Goods")

    def help_text(self) -> str:
        return self.words.say(
            "Each line is one lot with what is left of it: always the sum of its ledger. Give first what ends first. Food past its day or hour is blocked by itself and can only be thrown away. Choose a day to see what was there then."
        )

    def empty_state(self) -> QWidget:
        say = self.words.say
        return EmptyState(
            "package",
            say("No goods yet"),
            say(
                "This page lists what shops and neighbours gave: bread, rice, clothes, gloves. Take in the first donation, or import the list you keep."
            ),
            button(say("Take in"), self.new, kind="primary", picture="plus"),
            button(say("Import a list"), lambda: self.go_to("import", "goods"), picture="file-up"),
        )

    def when(self) -> tuple[date, datetime]:
        """The day that is looked at and its last moment: now where it is today."""
        clock = self.context.clock
        day = self.day.day() or clock.today()
        return day, clock.now() if day == clock.today() else to_utc(datetime.combine(day, time(23, 59)))

    def is_today(self) -> bool:
        return self.when()[0] == self.context.clock.today()

    def _show_today(self) -> None:
        self.day.set_day(self.context.clock.today())

    def refresh(self, keep: int | None = None) -> None:
        today = self.context.clock.today()
        if today != self._seen_today:
            # Left open over midnight, "today" moves on with the clock.
            was_today = self.day.day() == self._seen_today
            self._seen_today = today
            if was_today:
                self._show_today()
                return
        self._say_day()
        super().refresh(keep)

    def _say_day(self) -> None:
        day, words = self.when()[0], self.words
        self.today_button.setVisible(not self.is_today())
        if self.is_today():
            self.other_day.silence()
        else:
            self.other_day.say(words.say("This is the stock at the end of {day}, not of today.", day=words.date(day)), "warn")

    def counts(self) -> Mapping[str, int]:
        with self.context.database.reader() as reader:
            found = goods.counts(reader, *self.when())
        self.away_button.setVisible(self.is_today() and bool(found[LotView.BLOCKED]))
        return {str(view): number for view, number in found.items()}

    def find_ids(self) -> Ids:
        sort, down = self.table.sorting()
        view = LotView.ALL if self.only else LotView(self.chips.current())
        # What is given first stands first there, whatever the header says.
        self.table.horizontalHeader().setSortIndicatorShown(view is not LotView.FIRST)
        if view is LotView.FIRST:
            sort, down = "first", False
        with self.context.database.reader() as reader:
            ids = self.narrowed(goods.matching_ids(reader, view, self.search.text(), *self.when(), sort, descending=down))
        self._found.setText(self.words.say_count("{n} lot", "{n} lots", len(ids)))
        return ids

    def fetch(self, ids: Ids) -> Mapping[int, Any]:
        with self.context.database.reader() as reader:
            return goods.rows(reader, ids, self.when()[0])

    def fill(self, subject_id: int) -> None:
        when = self.when()
        with self.context.database.reader() as reader:
            shown = goods.detail(reader, subject_id, when[0])
            photo = goods.photo(reader, subject_id) if shown.has_photo else None
            minimum = goods.minimum(reader, shown.row.item, shown.row.unit)
            together = goods.stock_by_place(reader, when[0], shown.row.item, shown.row.unit)
            low = any((one.item, one.unit) == (shown.row.item, shown.row.unit) for one in goods.low_items(reader, when[0]))
        panel = GoodsPanel(self, shown, when, lambda entry: self.acts.correct(shown.row, entry))
        panel.write(photo, minimum, together, low=low)
        self.acts.offer(shown, when, now=self.is_today())

    # Where one comes from and goes to -------------------------------------------------------------------------

    def new(self) -> None:
        self.go_to("goods_intake", None, "new")

    def open(self, target: Target) -> None:
        """A lot's id; "first", "blocked" or "low" shows that view; chosen ids ("ids")."""
        self.only = tuple(target.subject or ()) if target.action == "ids" else ()
        self.search.clear()
        views = {str(view) for view in LotView}
        self.chips.choose(target.action if target.action in views else LotView.ALL)
        self.day.set_day(self.context.clock.today())
        self.refresh(target.subject if isinstance(target.subject, int) else None)

    def _show_by_item(self) -> None:
        ByItemDialog(self, self.when()[0]).exec()

    def _throw_away_blocked(self) -> None:
        when = self.when()
        with self.context.database.reader() as reader:
            ids = goods.matching_ids(reader, LotView.BLOCKED, "", *when)
            lots = goods.rows(reader, ids, when[0])
        self.acts.throw_away_stale([lots[one] for one in ids])
