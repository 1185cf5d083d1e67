"""Writes the bad rows of an import to a file of their own, to be mended and imported again."""

from collections.abc import Sequence
from pathlib import Path

from caringstreet.exchange.columns import ColumnMap
from caringstreet.exchange.error_words import problem_text
from caringstreet.exchange.export import SheetOut, write_xlsx
from caringstreet.exchange.sheets import Sheet
from caringstreet.rules.inputs import RowError
from caringstreet.words import Words


def write_bad_rows(path: Path, sheets: Sequence[tuple[Sheet, ColumnMap]], errors: Sequence[RowError], words: Words) -> None:
    """Only the rows with an error, under the same headers, with one more column that says what is wrong.

    Of a file with several sheets each that has such a row comes along under its own name.
    """
    several = len(sheets) > 1
    out = []
    for sheet, columns in sheets:
        own = [error for error in errors if not several or error.sheet == sheet.name]
        if own or not several:
            out.append(_bad_sheet(sheet, columns, own, words, sheet.name if several else words.say("To mend")))
    write_xlsx(path, out)


def _bad_sheet(sheet: Sheet, columns: ColumnMap, errors: Sequence[RowError], words: Words, title: str) -> SheetOut:
    wrong: dict[int, list[str]] = {}
    for error in errors:
        wrong.setdefault(error.line, []).append(f"{error.column}: {problem_text(words, error)}")
    width = len(columns.headers)
    rows = [[*row.texts[:width], *[""] * (width - len(row.cells)), "; ".join(wrong[row.line])] for row in sheet.rows if row.line in wrong]
    return SheetOut(title, (*columns.headers, words.say("What is wrong")), rows)
