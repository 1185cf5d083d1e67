"""Reads rows into inputs, keeping every error with its line, column and value."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from caringstreet.exchange.columns import ColumnMap
from caringstreet.exchange.spreadsheets import Sheet, SheetRow, cell_text
from caringstreet.rules.days import parse_day
from caringstreet.rules.inputs import RowError
from caringstreet.rules.money import parse_money
from caringstreet.rules.phones import normal_phone
from caringstreet.rules.texts import fold

T = TypeVar("T")
R = TypeVar("R")


class Why(StrEnum):
    """Why a row or a cell that holds something was not taken."""

    TOTAL = "total"
    REMARK = "remark"
    BEYOND_HEADERS = "beyond_headers"
    UNREAD_COLUMN = "unread_column"
    ERROR_VALUE = "error_value"
    NO_STORED_VALUE = "no_stored_value"
    HEADER_AGAIN = "header_again"
    ABOVE_HEADERS = "above_headers"


@dataclass(frozen=True)
class LeftOut:
    """Something that a sheet holds and that was not taken: a whole row where `column` is empty, else one cell.

    `line` is None for what is said of a column as a whole.
    """

    line: int | None
    column: str
    value: str
    why: Why

    @property
    def is_row(self) -> bool:
        return self.line is not None and not self.column


class NoteKind(StrEnum):
    """What was decided while reading, and is said."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    IDENTITY_NUMBERS = "identity_numbers"


@dataclass(frozen=True)
class ReadingNote:
    """What reading decided about a column as a whole; `example` is one of its cells, empty for identity numbers."""

    kind: NoteKind
    column: str
    example: str = ""


@dataclass
class ReadRows(Generic[T]):
    """Good rows with their lines, errors, and how many rows held data; exact copies of a row are counted apart.

    Nothing vanishes: `read` is the sum of `rows`, `copies`, `errors` and the rows among `left_out`; `unread_columns`
    are the headers of columns that hold something which no field takes.
    """

    rows: list[tuple[int, T]] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    read: int = 0
    copies: list[int] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unread_columns: tuple[str, ...] = ()
    notes: list[ReadingNote] = field(default_factory=list)


class RowReader:
    """One row under its headers; a cell that cannot be raises Noted."""

    def __init__(self, row: SheetRow, columns: ColumnMap) -> None:
        self._row = row
        self._columns = columns

    @property
    def line(self) -> int:
        return self._row.line

    def text(self, name: str) -> str:
        """The cell of a field; empty where the column is absent."""
        index = self._columns.columns.get(name)
        return self._row.text(index) if index is not None else ""

    def header(self, name: str) -> str:
        """The header of a field as it is written."""
        return self._columns.header(name)

    def error(self, name: str, kind: str, value: str | None = None, **facts: object) -> RowError:
        """An error of this row at a field's cell."""
        return RowError(self.line, self.header(name), self.text(name) if value is None else value, kind, facts)

    def must(self, name: str, kind: str) -> str:
        """The text of a field that may not be empty."""
        found = self.text(name)
        if not found:
            raise Noted(self.error(name, kind))
        return found

    def parsed(self, name: str, parse: Callable[[str], R], default: R) -> R:
        """The cell through a parser of the rules; their errors name their kind."""
        found = self.text(name)
        if not found:
            return default
        try:
            return parse(found)
        except ValueError as error:
            raise Noted(self.error(name, getattr(error, "kind", "unusable_value"))) from error

    def day(self, name: str) -> date | None:
        return self.parsed(name, parse_day, None)

    def money(self, name: str) -> int:
        return self.parsed(name, parse_money, 0)

    def phone(self, name: str) -> str:
        return self.parsed(name, normal_phone, "")

    def number(self, name: str) -> int | None:
        """A whole number that is not negative, or None for an empty cell."""
        return self.parsed(name, whole_number, None)

    def choice(self, name: str, choices: Mapping[str, str], default: str, kind: str) -> str:
        """One of the words under which people keep a choice."""
        found = self.text(name)
        if not found:
            return default
        chosen = choices.get(fold(found))
        if chosen is None:
            raise Noted(self.error(name, kind))
        return chosen


class Noted(Exception):
    """Carries the error of a row to the list of errors."""

    def __init__(self, error: RowError) -> None:
        super().__init__(error.kind)
        self.error = error


class NotANumber(ValueError):
    kind = "not_a_number"


def whole_number(text: str) -> int:
    """A whole number of at most nine digits."""
    if not re.fullmatch(r"\d{1,9}", text):
        raise NotANumber(text)
    return int(text)


def _why_no_data(row: SheetRow) -> tuple[Why, str] | None:
    """Why a row holds no data: a remark in one cell, a total."""
    filled = [cell_text(cell) for cell in row.cells if cell_text(cell)]
    if fold(filled[0]) in {"合計", "總計", "total", "小計"}:
        return Why.TOTAL, " ".join(filled)
    return (Why.REMARK, filled[0]) if len(filled) == 1 and len(row.cells) > 2 else None


def read_rows(sheet: Sheet, columns: ColumnMap, make: Callable[[RowReader], T], key: str = "") -> ReadRows[T]:
    """Read all data rows; a row equal to an earlier one is a copy, another row with its key is an error."""
    result: ReadRows[T] = ReadRows()
    seen: dict[str, bytes] = {}
    for row in sheet.rows:
        if row.line <= columns.header_line or row.is_blank:
            continue
        result.read += 1
        if (why := _why_no_data(row)) is not None:
            result.left_out.append(LeftOut(row.line, "", why[1], why[0]))
            continue
        reader = RowReader(row, columns)
        digest = hashlib.sha256("\x1f".join(cell_text(cell) for cell in row.cells).encode()).digest()
        name = reader.text(key).upper() if key else ""
        if name and seen.get(name) == digest:
            result.copies.append(row.line)
            continue
        try:
            if name and name in seen:
                raise Noted(reader.error(key, "duplicate_number_in_file"))
            made = make(reader)
        except Noted as noted:
            result.errors.append(noted.error)
            continue
        if name:
            seen[name] = digest
        result.rows.append((row.line, made))
    return result
