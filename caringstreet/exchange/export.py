"""The one way out to spreadsheets: text stays text, so that no name ever becomes a formula."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from caringstreet import files

OutCell = str | int | float | bool | date | datetime | None


@dataclass(frozen=True)
class SheetOut:
    """A sheet to write; `money_columns` hold cents and are written as dollars."""

    title: str
    headers: tuple[str, ...]
    rows: Sequence[Sequence[OutCell]]
    money_columns: frozenset[int] = frozenset()


def write_xlsx(path: Path, sheets: Sequence[SheetOut]) -> None:
    """Write a workbook beside its place and move it there when it is whole. Raises OSError."""
    # Needed only when something is exported.
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    # Put together in memory: a zip file that a full disk cuts short complains once more when it is thrown away.
    made = BytesIO()
    with xlsxwriter.Workbook(made, options) as book:
        heading = book.add_format({"bold": True, "bottom": 1})
        formats = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            int: book.add_format({"num_format": "#,##0.00"}),
        }
        for one in sheets:
            _write_sheet(book.add_worksheet(_title(one.title)), one, heading, formats)
    with files.written(path) as unfinished:
        unfinished.write_bytes(made.getvalue())


def _title(text: str) -> str:
    """A sheet's name: at most 31 characters, none of those that Excel refuses."""
    return "".join("-" if char in "[]:*?/\\" else char for char in text)[:31] or "1"


def _write_sheet(sheet, one: SheetOut, heading, formats) -> None:  # type: ignore[no-untyped-def]
    for column, header in enumerate(one.headers):
        sheet.write_string(0, column, header, heading)
        longest = max((_width(row[column]) for row in one.rows if column < len(row)), default=0)
        sheet.set_column(column, column, min(48, max(_width(header), longest) + 2))
    for line, row in enumerate(one.rows, 1):
        for column, cell in enumerate(row):
            _write_cell(sheet, line, column, cell, column in one.money_columns, formats)
    sheet.freeze_panes(1, 0)
    if one.rows:
        sheet.autofilter(0, 0, len(one.rows), len(one.headers) - 1)


def _write_cell(sheet, line: int, column: int, cell: OutCell, money: bool, formats) -> None:  # type: ignore[no-untyped-def]
    if cell is None:
        return
    if isinstance(cell, bool):
        sheet.write_boolean(line, column, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(line, column, cell / 100 if money else cell, formats[int] if money else None)
    elif isinstance(cell, date):
        sheet.write_datetime(line, column, cell, formats[date])
    else:
        sheet.write_string(line, column, cell)


def _width(cell: object) -> int:
    """Columns that a text takes; a Chinese character takes two."""
    return sum(2 if ord(char) > 0x2E80 else 1 for char in str(cell if cell is not None else ""))
