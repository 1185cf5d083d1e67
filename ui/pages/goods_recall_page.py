"""A recall: everybody who got of a lot, on what day and how much, to be told one after another."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from caringstreet.queries import recalls
from caringstreet.queries.recalls import Recall, RecallRow
from caringstreet.rules.changes import Changed
from caringstreet.services import recalls as services
from caringstreet.wording.goods import amount
from caringstreet.wording.recalls import head_lines, occasion_text, reach_text, who_text
from caringstreet.words import Words
from ui.context import Context, Target
from ui.dialogs.paper_dialog import PaperDialog
from ui.tables.id_table import Column, Ids, IdTable
from ui.widgets.basics import EmptyState, button, label, row
from ui.widgets.page import Page
from ui.widgets.scrolling import Stack


def _columns(words: Words, amount_of: Any) -> list[Column]:
    say = words.say
    return [
        Column("who", say("Who"), lambda row: who_text(words, row), bold=True, name=True),
        Column("day", say("Day"), lambda row: words.date_short(row.day)),
        Column("quantity", say("Quantity"), amount_of, number=True),
        Column(
            "occasion",
            say("Occasion"),
            lambda row: occasion_text(words, row),
            tone=lambda row: "warn" if row.promised else "",
            name=True,
            spare=2,
        ),
        Column("reach", say("How to reach"), lambda row: reach_text(words, row), name=True, spare=1),
    ]


class GoodsRecallPage(Page):
    """Opened from a lot; Enter or a double click on a line opens whom it names."""

    name = "goods_recall"
    shows = frozenset({Changed.GOODS, Changed.DISTRIBUTIONS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.words.say
        self._lot_id: int | None = None
        self.recall: Recall | None = None
        self._rows: dict[int, RecallRow] = {}
        self._item = label("", "big", wrap=True, selectable=True)
        self._said = label("", "dim", wrap=True, selectable=True)
        self.print_button = button(say("Print the list"), self.print_, kind="primary", picture="printer")
        back = button(say("To the lot"), lambda: self.go_to("goods", self._lot_id), picture="package")
        self.column.addLayout(row(self._item, None, back, self.print_button))
        self.column.addWidget(self._said)
        columns = _columns(self.words, self._amount)
        self.table = IdTable("goods_recall", columns, self._fetch, context.preferences)
        self.table.setAccessibleName(say("Who got of it"))
        self.table.activated_id.connect(self._open)
        self._places = Stack()
        self._places.addWidget(self.table)
        self._places.addWidget(self._nobody())
        self.column.addWidget(self._places, 1)

    def _nobody(self) -> QWidget:
        say = self.words.say
        return EmptyState(
            "package", say("Nobody got of this lot"), say("Whoever receives of it is listed here at once, with day and quantity.")
        )

    def title(self) -> str:
        return self.words.say("Recall")

    def help_text(self) -> str:
        return self.words.say(
            "This page lists everybody who got of this lot, and whoever still is to get of it. Enter opens a household, a shop or a run. The printed list names neighbours and is noted in the log."
        )

    def open(self, target: Target) -> None:
        """A lot by its id."""
        if isinstance(target.subject, int):
            self._lot_id = target.subject
            self.refresh()
            self.table.setFocus()

    def refresh(self) -> None:
        if self._lot_id is None:
            return
        with self.context.database.reader() as reader:
            found = recalls.of_lot(reader, self._lot_id, self.context.clock.today())
        if found is None:
            return
        self.recall = found
        self._rows = {one.row_id: one for one in found.rows}
        self._item.setText(found.lot.item)
        self._said.setText("\n".join(head_lines(self.words, found)))
        self.table.show_ids(list(self._rows))
        self._places.setCurrentIndex(0 if found.rows else 1)
        self.print_button.setEnabled(bool(found.rows))

    def _amount(self, row: RecallRow) -> str:
        return amount(self.words, row.quantity, self.recall.unit) if self.recall is not None else ""

    def _fetch(self, ids: Ids) -> Mapping[int, RecallRow]:
        return {one: self._rows[one] for one in ids if one in self._rows}

    def _open(self, row_id: int) -> None:
        one = self._rows[row_id]
        if one.household_id is not None:
            self.go_to("households", one.household_id)
        elif one.shop_id is not None:
            self.go_to("shops", one.shop_id)
        elif one.run_id is not None:
            self.go_to("runs", one.run_id)

    def print_(self) -> None:
        """The list on paper; that it names households is noted before it can be printed."""
        found, street, now = self.recall, self.context.street, self.context.clock.now()
        if found is None or not found.rows:
            return

        def draw(path: Path) -> None:
            # reportlab is slow to load, and needed only to draw.
            from caringstreet.papers.recalls import write_recall

            write_recall(street, found, path, made_at=now)

        def noted() -> None:
            PaperDialog(self, self.words.say("Recall"), f"recall-{found.lot.lot_id}.pdf", draw).exec()

        self.record_paper(services.note_print, lot_id=found.lot.lot_id, households=found.households, done=noted)
