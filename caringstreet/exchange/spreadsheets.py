"""Reads any sheet that a centre keeps: xlsx, xls, ods, csv, tsv; UTF-8, UTF-16, Big5-HKSCS, GBK and Western texts."""

from collections.abc import Collection
from pathlib import Path

from caringstreet.exchange.encodings import decoded
from caringstreet.exchange.sheets import Sheet, SheetRow, SheetTrouble, UnreadableSheet, cell_text
from caringstreet.exchange.sizes import Extent, refuse_too_large
from caringstreet.exchange.text_tables import table
from caringstreet.exchange.workbooks import names_of, read_workbook
from caringstreet.rules.doubts import Doubt

__all__ = ["Sheet", "SheetRow", "SheetTrouble", "UnreadableSheet", "cell_text", "read_sheet", "sheet_names"]

MOST_BYTES = 20 * 1024 * 1024

_WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}
_TEXTS = {".csv", ".tsv", ".txt"}


def read_sheet(path: Path, name: str | None = None, accepted: Collection[Doubt] = ()) -> Sheet:
    """Read one sheet, the first without `name`. Raises UnreadableSheet; never trusts the size that a file claims.

    Raises Doubted, with a sample line, where only a guess tells the encoding of a text and it is not among `accepted`.
    """
    if not path.is_file():
        raise UnreadableSheet(SheetTrouble.MISSING, file=path.name)
    if path.stat().st_size > MOST_BYTES:
        raise UnreadableSheet(SheetTrouble.TOO_LARGE, file=path.name)
    suffix = path.suffix.lower()
    if suffix in _WORKBOOKS:
        sheet = read_workbook(path, name)
    elif suffix in _TEXTS:
        sheet = table(decoded(path.read_bytes(), path.name, accepted), path)
        refuse_too_large(path, _extent(sheet))
    else:
        raise UnreadableSheet(SheetTrouble.UNKNOWN_KIND, file=path.name)
    if all(row.is_blank for row in sheet.rows):
        raise UnreadableSheet(SheetTrouble.EMPTY, file=path.name)
    return sheet


def _extent(sheet: Sheet) -> Extent:
    extent = Extent()
    for row in sheet.rows:
        last = max((column for column, text in enumerate(row.texts, 1) if text), default=0)
        if last:
            extent.include(row.line, last)
    return extent


def sheet_names(path: Path) -> tuple[str, ...]:
    """The names of a workbook's sheets; one empty name for a text file."""
    return names_of(path) if path.suffix.lower() in _WORKBOOKS else ("",)
