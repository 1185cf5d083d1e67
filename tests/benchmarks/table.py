"""The list of a hundred thousand vouchers as a person sees it: to the end, sort by each column, search two characters."""

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.street import VOUCHERS, big_street
from tests.benchmarks.timing import said

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


def run() -> Iterator[str]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from tests.ui.desk import WindowDesk
    from ui.pages.vouchers_page import VouchersPage

    application = QApplication.instance() or QApplication([])
    desk = WindowDesk(Path(tempfile.mkdtemp()), NOW)
    desk.sit_down(big_street())
    page = desk.page("vouchers")
    assert isinstance(page, VouchersPage)
    application.processEvents()
    assert page.table.count() == VOUCHERS
    table, header = page.table, page.table.horizontalHeader()

    def to_the_end() -> None:
        table._model._pages.clear()
        table.scrollToTop()
        table.viewport().repaint()
        table.scrollToBottom()
        table.viewport().repaint()

    def sort(section: int, order: Qt.SortOrder) -> None:
        header.setSortIndicator(section, order)
        header.sectionClicked.emit(section)
        table.viewport().repaint()

    def search(text: str) -> None:
        page.search.setText(text)
        page.search.searched.emit(text)
        table.viewport().repaint()

    yield f"{VOUCHERS} rows, until they are painted: to the end {said(to_the_end)}"
    for section, column in enumerate(table._model.columns):
        if column.sort:
            up = said(lambda at=section: sort(at, Qt.SortOrder.AscendingOrder))
            down = said(lambda at=section: sort(at, Qt.SortOrder.DescendingOrder))
            yield f"sort by {column.key} {up} up, {down} down"
    for text in ("麗閣", "婆婆"):
        yield f"search {text} {said(lambda text=text: search(text))}, {page.table.count()} found"
    desk.leave()
