"""A table of a hundred thousand vouchers: to the end, sort, search two Chinese characters."""

import os
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from caringstreet.bootstrap import open_street
from caringstreet.queries import vouchers
from caringstreet.queries.vouchers import VoucherFilter
from caringstreet.rules.months import Month
from tests.benchmarks.street import VOUCHERS, big_street
from tests.benchmarks.timing import median_ms

TODAY = date(2026, 11, 21)


def run() -> Iterator[str]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from ui.preferences import Preferences
    from ui.tables.id_table import Column, IdTable

    application = QApplication.instance() or QApplication([])
    street = open_street(big_street())

    def fetch(ids):  # type: ignore[no-untyped-def]
        with street.database.reader() as reader:
            return vouchers.rows(reader, ids, TODAY)

    def find(search: str = "", sort: str = "code"):  # type: ignore[no-untyped-def]
        with street.database.reader() as reader:
            return vouchers.matching_ids(reader, VoucherFilter(month=Month(2026, 11), search=search), TODAY, sort)

    columns = [
        Column("code", "Code", lambda r: r.code, sort="code"),
        Column("household", "Household", lambda r: r.household, sort="household"),
        Column("name", "Name", lambda r: r.display_name, sort="display_name"),
        Column("title", "What", lambda r: r.title_zh, sort="title"),
        Column("to", "To", lambda r: r.valid_to.isoformat(), sort="valid_to"),
    ]
    table = IdTable("bench", columns, fetch, Preferences(Path(tempfile.mkdtemp()) / "w.ini"))
    table.resize(900, 560)
    table.show()
    table.show_ids(find())
    application.processEvents()

    def to_the_end() -> None:
        table._model._pages.clear()
        table.scrollToTop()
        table.viewport().repaint()
        table.scrollToBottom()
        table.viewport().repaint()

    yield f"{VOUCHERS} rows: to the end {median_ms(to_the_end):.0f} ms"
    for sort in ("code", "household", "title", "valid_to", "state"):
        yield f"sort by {sort} {median_ms(lambda sort=sort: find(sort=sort)):.0f} ms"
    yield f"search 麗閣 {median_ms(lambda: find('麗閣')):.0f} ms, search 婆婆 {median_ms(lambda: find('婆婆')):.0f} ms"
    street.close()
