"""Writes the bad rows of an import to a file of their own, to be mended and imported again."""

from collections.abc import Sequence
from pathlib import Path

from caringstreet.exchange.columns import ColumnMap
from caringstreet.exchange.error_words import problem_text
from caringstreet.exchange.export import SheetOut, write_xlsx
from caringstreet.exchange.spreadsheets import Sheet, cell_text
from caringstreet.rules.inputs import RowError
from caringstreet.words import Words


def write_bad_rows(path: Path, sheet: Sheet, columns: ColumnMap, errors: Sequence[RowError], words: Words) -> None:
    """Only the rows with an error, under the same headers, with one more column that says what is wrong."""
    wrong: dict[int, list[str]] = {}
    for error in errors:
        wrong.setdefault(error.line, []).append(f"{error.column}: {problem_text(words, error)}")
    width = len(columns.headers)
    rows = [
        [*(cell_text(cell) for cell in row.cells[:width]), *[""] * (width - len(row.cells)), "; ".join(wrong[row.line])]
        for row in sheet.rows
        if row.line in wrong
    ]
    write_xlsx(path, [SheetOut(words.say("To mend"), (*columns.headers, words.say("What is wrong")), rows)])
