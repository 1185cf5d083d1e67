"""Reads tables that are kept as text: csv, tsv, with any delimiter, quotes as they come."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from caringstreet.exchange.sheets import Cell, CellFault, Sheet, SheetRow

_DELIMITERS = (",", "\t", ";", "，", "|")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_MONTH_AND_DAY = re.compile(r"(?:[A-Za-z]{3,9}\.? \d{1,2}|\d{1,2} [A-Za-z]{3,9}|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*)(?:st|nd|rd|th)?")
#: How programs mark a figure that shall stay a text: ="0123", '0123.
_MARKED = re.compile(r"""^\s*(?:="([^"]*)"|'(?=[\d+])([^']*))\s*$""")
_LOOK_AT_LINES = 60
#: A note of more lines than this is none: its quote was never closed.
_LONGEST_CELL = 60


def table(text: str, path: Path) -> Sheet:
    """The rows of a text. A quote that is never closed and characters that are none cost their row, not the file."""
    lines = re.split(r"\r\n|\r|\n", text)
    delimiter, first = _told(lines)
    delimiter = delimiter or ("\t" if path.suffix.lower() == ".tsv" else _delimiter(lines))
    width = _width(lines, delimiter)
    return Sheet("", ("",), tuple(_rows(lines, first, delimiter, width)))


def _told(lines: list[str]) -> tuple[str, int]:
    """The delimiter that a first line "sep=;" names, and where the table begins."""
    found = re.fullmatch(r'"?sep=(.)"?', lines[0].strip(" \ufeff"), re.IGNORECASE)
    return (found[1], 1) if found else ("", 0)


def _counts(lines: list[str], delimiter: str) -> Counter[int]:
    bare = (_QUOTED.sub("", line) for line in lines[:_LOOK_AT_LINES] if line.strip())
    return Counter(count for line in bare if (count := line.count(delimiter)))


def _delimiter(lines: list[str]) -> str:
    """The one that cuts the most lines into equally many pieces; titles above the table do not matter."""

    def weight(delimiter: str) -> int:
        return max((count * often for count, often in _counts(lines, delimiter).items()), default=0)

    return max(_DELIMITERS, key=weight)


def _width(lines: list[str], delimiter: str) -> int:
    """How many cells a usual row has."""
    counts = _counts(lines, delimiter)
    return max(counts, key=lambda count: (counts[count], count)) + 1 if counts else 1


def _rows(lines: list[str], first: int, delimiter: str, width: int) -> Iterator[SheetRow]:
    at = first
    while at < len(lines):
        line, taken, fault = lines[at], 1, None
        if '"' not in line:
            cells = line.split(delimiter)
        else:
            record, taken = _record(lines, at, delimiter, width)
            cells = _cells(record, delimiter) if record is not None else []
            if not cells:
                # Without the quote the row may be whole; where it is not, nobody can tell.
                cells = [cell.replace('"', "") for cell in line.split(delimiter)]
                fault = None if len(cells) == width else CellFault.UNCLOSED_QUOTE
        cells = [_MARKED.sub(r"\1\2", cell) for cell in _with_commas(cells, width, delimiter)]
        if any("\0" in cell or "\ufffd" in cell for cell in cells):
            fault = CellFault.UNREADABLE_CHARACTERS
        yield SheetRow(at + 1, tuple[Cell, ...](cells), fault)
        at += taken


def _with_commas(cells: list[str], width: int, delimiter: str) -> list[str]:
    """A row of too many cells in which a date was cut at its comma: Nov 30, 2026."""
    if delimiter != "," or len(cells) <= width:
        return cells
    for at in range(len(cells) - 1):
        if _MONTH_AND_DAY.fullmatch(cells[at].strip()) and re.fullmatch(r"\s*(?:19|20)\d\d", cells[at + 1]):
            return [*cells[:at], f"{cells[at]},{cells[at + 1]}", *cells[at + 2 :]]
    return cells


def _record(lines: list[str], at: int, delimiter: str, width: int) -> tuple[str | None, int]:
    """The lines of one record, joined; None where its quote is not closed before the next record."""
    record = lines[at]
    for taken in range(1, _LONGEST_CELL + 1):
        if record.count('"') % 2 == 0:
            return record, taken
        if at + taken >= len(lines):
            return None, 1
        longer = record + "\n" + lines[at + taken]
        looks_whole = width > 2 and _QUOTED.sub("", lines[at + taken]).count(delimiter) == width - 1
        if looks_whole and not _is_closed(longer, delimiter, width):
            return None, 1
        record = longer
    return None, 1


def _is_closed(record: str, delimiter: str, width: int) -> bool:
    """Whether a record of several lines is one by the strict rules: every quote ends its cell."""
    try:
        cells = next(csv.reader([record], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return False
    return record.count('"') % 2 == 0 and len(cells) >= width


def _cells(record: str, delimiter: str) -> list[str]:
    """The cells of a record; none where it is longer than any record can be."""
    try:
        return next(csv.reader([record], delimiter=delimiter), [])
    except csv.Error:
        return []
