"""Donations of goods: who gave what and when, with the numbers of their receipts."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from caringstreet.queries import goods_donations
from caringstreet.queries.goods_donations import DonationRow
from caringstreet.rules.changes import Changed
from caringstreet.wording.goods import amount
from caringstreet.wording.labels import label as named
from ui.context import Context, Target
from ui.pages.goods_actions import show_receipt
from ui.tables.goods_table import donation_columns
from ui.tables.id_table import Ids
from ui.widgets.basics import EmptyState, badge, button, icon_button, label, row
from ui.widgets.list_page import ListPage


class GoodsDonationsPage(ListPage):
    """The newest first; what was refused is there with its reason."""

    name = "goods_donations"
    shows = frozenset({Changed.GOODS, Changed.SHOPS})

    def __init__(self, context: Context) -> None:
        say = context.words.say
        super().__init__(
            context,
            search=say("Receipt, giver, item"),
            chips=[],
            columns=donation_columns(context.words),
            panel_width=390,
        )
        # The newest receipt stands first until somebody sorts otherwise.
        self.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
        self._found = label("", "dim")
        self.bar.insertWidget(1, self._found)
        self.bar.insertWidget(2, self.all_again)
        self.search.setMinimumWidth(260)
        self.bar.addWidget(button(say("To the stock"), lambda: self.go_to("goods"), picture="package"))
        self.add = button(say("Take in"), self.new, kind="primary", picture="plus")
        self.bar.addWidget(self.add)

    def title(self) -> str:
        return self.words.say("Donations of goods")

    def help_text(self) -> str:
        return self.words.say("Every donation has a receipt to print or save. “Take in again” takes the same goods in once more, today.")

    def empty_state(self) -> QWidget:
        say = self.words.say
        return EmptyState(
            "package",
            say("No donations yet"),
            say("This page lists each donation of a shop, a neighbour or a partner with the number of its receipt."),
            button(say("Take in"), self.new, kind="primary", picture="plus"),
        )

    def find_ids(self) -> Ids:
        sort, down = self.table.sorting()
        with self.context.database.reader() as reader:
            ids = self.narrowed(goods_donations.matching_ids(reader, self.search.text(), sort, descending=down))
        self._found.setText(self.words.say_count("{n} donation", "{n} donations", len(ids)))
        return ids

    def fetch(self, ids: Ids) -> Mapping[int, Any]:
        with self.context.database.reader() as reader:
            return goods_donations.rows(reader, ids)

    def fill(self, subject_id: int) -> None:
        words, say, panel = self.words, self.words.say, self.panel
        one = self.fetch([subject_id])[subject_id]
        badges = [badge(named(words, one.giver_kind))]
        if one.refused_reason:
            badges.append(badge(say("declined"), "bad"))
        if one.taken_back:
            badges.append(badge(say("undone"), "warn"))
        panel.addLayout(row(label(say("Receipt no. {n}", n=one.number), "dim", selectable=True), *badges, None))
        panel.addWidget(label(f"{one.shop} {one.giver}".strip(), "big", wrap=True, selectable=True))
        self.facts(self._facts(one))
        self.heading(say("Lines"))
        for line in one.lines:
            show = icon_button(say("Show {item}", item=line.item), partial(self.go_to, "goods", line.lot_id), picture="chevron-right")
            show.setFixedWidth(34)
            about = " · ".join(
                part for part in (say("undone") if line.taken_back else "", line.size, line.condition, line.place, line.note) if part
            )
            said = label("\n".join(part for part in (line.item, about) if part), "dim" if line.taken_back else "", wrap=True)
            panel.addLayout(row(said, None, label(amount(words, line.quantity, line.unit)), show))
        self._actions(one)

    def _facts(self, one: DonationRow) -> list[tuple[str, str]]:
        words, say = self.words, self.words.say
        where = one.receiver or (named(words, one.allotted_to) if one.allotted_to is not None else say("our stock"))
        return [
            (say("Day"), words.date(one.day)),
            (say("Went to"), "" if one.refused_reason or one.taken_back else where),
            (say("Declined because"), one.refused_reason),
            (say("Note"), one.note),
            (say("Recorded by"), one.recorded_by),
        ]

    def _actions(self, one: DonationRow) -> None:
        say = self.words.say
        receipt = button(say("Receipt"), lambda: show_receipt(self, one.donation_id, one.number), picture="printer")
        receipt.setEnabled(not one.refused_reason and not one.taken_back)
        again = button(
            say("Take in again"), lambda: self.go_to("goods_intake", one.donation_id, "again"), kind="primary", picture="refresh-cw"
        )
        again.setToolTip(say("Take in the same donation once more, today"))
        self.buttons(again, receipt)

    def new(self) -> None:
        self.go_to("goods_intake", None, "new")

    def activated(self, subject_id: int) -> None:
        self.go_to("goods_intake", subject_id, "again")

    def open(self, target: Target) -> None:
        """A donation's id; chosen ids ("ids")."""
        if target.action == "ids":
            self.show_only(tuple(target.subject or ()))
        elif isinstance(target.subject, int):
            self.only = ()
            self.search.clear()
            self.refresh(target.subject)
