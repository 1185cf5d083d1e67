"""Shows what is there by item and place, summed over its lots."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from caringstreet.exchange.export import SheetOut, write_xlsx
from caringstreet.queries import goods
from caringstreet.queries.goods import ItemStock
from caringstreet.wording.goods import amount
from ui.tables.id_table import Column, Ids, IdTable
from ui.widgets.basics import button, label, row
from ui.widgets.dialog import Dialog
from ui.widgets.files import XLSX, ask_to_save
from ui.widgets.page import Page


class ByItemDialog(Dialog):
    """The stock at the end of a day; what is low over all places is marked."""

    def __init__(self, page: Page, day: date) -> None:
        super().__init__(page)
        words, say = page.words, page.words.say
        self._page, self._title = page, say("Stock by item and place, {day}", day=words.date(day))
        with page.context.database.reader() as reader:
            self._rows = goods.stock_by_place(reader, day)
            low = {(one.item, one.unit) for one in goods.low_items(reader, day)}
        self.setWindowTitle(self._title)
        self.resize(660, 560)
        column = QVBoxLayout(self)
        column.addWidget(label(self._title, "heading"))
        columns = [
            Column("item", say("Item"), lambda one: one.item, bold=True, name=True),
            Column("place", say("Place"), lambda one: one.place or "–"),
            Column("stock", say("On hand"), lambda one: amount(words, one.stock, one.unit), number=True, tone=lambda one: "warn" if (one.item, one.unit) in low else ""),
            Column("lots", say("Lots"), lambda one: words.number(one.lots), number=True),
        ]  # fmt: skip
        self.table = IdTable("goods_by_item", columns, self._fetch, page.context.preferences)
        self.table.horizontalHeader().setSortIndicatorShown(False)
        self.table.setAccessibleName(self._title)
        self.table.show_ids(range(len(self._rows)))
        column.addWidget(self.table, 1)
        self.export_button = button(say("Export…"), self._export, picture="download")
        close = button(say("Close"), self.reject)
        column.addLayout(
            row(label(say("An item that is low over all its places is coloured."), "dim", wrap=True), None, self.export_button, close)
        )
        self.table.setFocus()

    def _fetch(self, ids: Ids) -> Mapping[int, Any]:
        found: dict[int, ItemStock] = {one: self._rows[one] for one in ids}
        return found

    def _export(self) -> None:
        words = self._page.words
        chosen = ask_to_save(self._page, words, words.say("Export…"), f"{self._title}.xlsx", XLSX)
        if chosen:
            self.export_to(chosen)

    def export_to(self, path: Path) -> None:
        """Write what is shown."""
        words, context = self._page.words, self._page.context
        headers, rows = self.table.texts()
        sheet = SheetOut(words.say("On hand"), headers, rows)
        context.runner.work(
            lambda progress: write_xlsx(path, [sheet]),
            owner=self,
            done=lambda _: context.status.say(words.say("Exported to {path}", path=path)),
            label=words.say("Exporting"),
        )
