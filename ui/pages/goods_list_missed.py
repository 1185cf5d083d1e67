"""Who did not come to a hand-out: copied, or written as a sheet, so that somebody can ask after them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from caringstreet.exchange.export import SheetOut, write_xlsx
from caringstreet.queries.distributions import LineRow, ListRow
from caringstreet.rules.distributions import LineState
from ui.tables.goods_list_table import GoodsListModel
from ui.widgets.files import XLSX, ask_to_save
from ui.widgets.page import Page


class MissedLines:
    """The no-shows of the list in view, with the columns of its table."""

    def __init__(self, page: Page, model: GoodsListModel, lines: Callable[[], Sequence[LineRow]]) -> None:
        self._page, self._words, self._model, self._lines = page, page.words, model, lines

    def _cells(self) -> tuple[tuple[str, ...], list[list[str]]]:
        return self._model.sheet([one for one in self._lines() if one.state is LineState.NO_SHOW])

    def copy(self) -> None:
        """Put them on the clipboard."""
        headers, cells = self._cells()
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in (headers, *cells)))
        self._page.context.status.say(self._words.say_count("{n} line copied", "{n} lines copied", len(cells)))

    def export(self, shown: ListRow) -> None:
        """Choose a place, then write them there."""
        suggested = f"{shown.name}-{shown.day.isoformat()}.xlsx"
        chosen = ask_to_save(self._page, self._words, self._words.say("Export…"), suggested, XLSX)
        if chosen:
            self.export_to(chosen)

    def export_to(self, path: Path) -> None:
        """Write them as a sheet."""
        headers, cells = self._cells()
        title = self._words.say("Who did not come")
        self._page.context.runner.work(
            lambda _: write_xlsx(path, [SheetOut(title, headers, cells)]),
            owner=self._page,
            done=lambda _: self._page.context.status.say(self._words.say("Exported to {path}", path=path)),
            label=self._words.say("Exporting"),
        )
