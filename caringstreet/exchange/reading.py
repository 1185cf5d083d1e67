"""Reads rows into inputs, keeping every error with its line, column and value."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from caringstreet.exchange.columns import ColumnMap, needed, title_of
from caringstreet.exchange.contents import share_that_fits
from caringstreet.exchange.headers import in_cents
from caringstreet.exchange.sheets import Sheet, SheetRow, SheetTrouble, UnreadableSheet
from caringstreet.exchange.vocabulary import NOTHING, TOTALS
from caringstreet.rules.days import DayOrder, WholeMonth, day_order, parse_day, says_no_day
from caringstreet.rules.inputs import RowError
from caringstreet.rules.money import parse_cents, parse_money
from caringstreet.rules.phones import phone_within
from caringstreet.rules.texts import clean, fold, key

T = TypeVar("T")
R = TypeVar("R")
C = TypeVar("C")

DAYS = frozenset({"day", "joined_on", "agreement_until", "best_before", "consent_on", "eligible_until", "validity"})
#: Days of which a month alone says enough, and which of its days it means.
WHOLE_MONTHS = {
    "joined_on": WholeMonth.FIRST, "agreement_until": WholeMonth.LAST, "best_before": WholeMonth.LAST,
    "eligible_until": WholeMonth.LAST, "validity": WholeMonth.LAST,
}  # fmt: skip
#: Cells right of the headers are named one by one up to this many; more are a column.
_FEW = 20
_LONGEST_NAME = 20
#: Marks for "the same as above".
_DITTOS = frozenset(("〃", "″", "〞", "''", '"', "”", "同上", "ditto", "Ditto", "do."))
_SUM = re.compile(
    r"(?:本頁|本月|本日|是日|今日|全年|當日|每日|累計|[\d年月日\s]*)(?:[小合總共]計|[小合总共]计|總數|合共)[::]?|(?:grand |sub-?|monthly |page )?totals?:?"
)


class Why(StrEnum):
    """Why a row or a cell that holds something was not taken."""

    TOTAL = "total"
    REMARK = "remark"
    BEYOND_HEADERS = "beyond_headers"
    HEADER_AGAIN = "header_again"
    ABOVE_HEADERS = "above_headers"
    BESIDE_PHONE = "beside_phone"


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
    YEAR_FIRST = "year_first"
    FIRST_OF_MONTH = "first_of_month"
    LAST_OF_MONTH = "last_of_month"
    IDENTITY_NUMBERS = "identity_numbers"
    BALANCES = "balances"


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

    def __init__(self, row: SheetRow, columns: ColumnMap, orders: Mapping[str, DayOrder] | None = None) -> None:
        self._row = row
        self._columns = columns
        self._orders = orders or {}
        self.beside: list[LeftOut] = []

    @property
    def line(self) -> int:
        return self._row.line

    def text(self, name: str) -> str:
        """The cell of a field; empty where the column is absent. A cell that shows an error is one."""
        index = self._columns.columns.get(name)
        if index is None:
            return ""
        fault = self._row.fault_at(index)
        if fault is not None:
            raise Noted(self.error(name, str(fault)))
        return self._row.text(index)

    def header(self, name: str) -> str:
        """The header of a field as it is written."""
        return self._columns.header(name)

    def error(self, name: str, kind: str, value: str | None = None, **facts: object) -> RowError:
        """An error of this row at a field's cell."""
        index = self._columns.columns.get(name)
        written = self._row.text(index) if index is not None else ""
        return RowError(self.line, self.header(name), written if value is None else value, kind, facts)

    def must(self, name: str, kind: str) -> str:
        """The text of a field that may not be empty."""
        found = self.text(name)
        if not found:
            raise Noted(self.error(name, kind))
        return found

    def code(self, name: str) -> str:
        """A key that may not be missing, in the one way it is written: whatever its width, case, spaces and unseen marks."""
        found = key(self.text(name))
        if not found:
            raise Noted(self.error(name, "missing_number"))
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

    def filled(self, name: str, parse: Callable[[str], R], default: R) -> R:
        """As `parsed`; a dash or "n/a" is no value."""
        return default if self.text(name).casefold() in NOTHING else self.parsed(name, parse, default)

    def day(self, name: str) -> date | None:
        """A day in its column's order; of some a month alone says enough."""
        return self.filled(name, lambda text: self.day_of(name, text), None)

    def day_of(self, name: str, text: str) -> date:
        """A text of a field as a day. Raises NotADay."""
        return parse_day(text, self._orders.get(name, DayOrder.DAY_FIRST), WHOLE_MONTHS.get(name))

    def money(self, name: str) -> int:
        """Cents of an amount, or of a column whose header says that it holds cents."""
        return self.filled(name, parse_cents if in_cents(self.header(name)) else parse_money, 0)

    def phone(self, name: str) -> str:
        """The first number of a cell; what else stands there is kept in `beside`, to be named."""
        number, rest = self.filled(name, phone_within, ("", ""))
        if rest:
            self.beside.append(LeftOut(self.line, self.header(name), rest, Why.BESIDE_PHONE))
        return number

    def number(self, name: str) -> int | None:
        """A whole number that is not negative, or None for an empty cell."""
        return self.filled(name, whole_number, None)

    def choice(self, name: str, choices: Mapping[str, C], default: C, kind: str) -> C:
        """One of the words under which people keep a choice, also where it stands in two languages."""
        found = self.text(name)
        if not found:
            return default
        chosen = looked_up(choices, found)
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
    """A whole number of at most nine digits, with or without what is counted behind it."""
    found = re.fullmatch(
        r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.0+)?\s*(?:人|位|名|口|個|張|份|次|persons?|people|ppl|vouchers?)?",
        clean(text).strip().casefold(),
    )
    if found is None:
        raise NotANumber(text)
    return int(found[1].replace(",", ""))


def looked_up(choices: Mapping[str, C], text: str) -> C | None:
    """The choice that a text says as a whole, without its brackets, or in each of its words that is known."""
    whole = choices.get(fold(text))
    if whole is not None:
        return whole
    bare = fold(re.sub(r"[(\[].*?[)\]]", " ", clean(text)))
    if bare in choices:
        return choices[bare]
    said = {choices[fold(part)] for part in re.split(r"[/|\s]+", clean(text).strip()) if fold(part) in choices}
    return said.pop() if len(said) == 1 else None


def read_rows(sheet: Sheet, columns: ColumnMap, make: Callable[[RowReader], T], key_field: str = "") -> ReadRows[T]:
    """Read all data rows; a row that says the same as an earlier one of its key is a copy, another is an error.

    Raises UnreadableSheet where a column that must be there is not.
    """
    if columns.missing:
        names = ", ".join(title_of(columns.kind, name) for name in columns.missing)
        raise UnreadableSheet(SheetTrouble.MISSING_COLUMNS, columns=names, headers=", ".join(filter(None, columns.headers)))
    result: ReadRows[T] = ReadRows()
    orders = _orders(sheet, columns, result)
    seen: dict[str, T] = {}
    data: list[SheetRow] = []
    for row in sheet.rows:
        if row.is_blank or columns.is_header(row.line):
            continue
        why = _why_no_data(row, columns)
        if why is Why.ABOVE_HEADERS and len(_filled(row)) == 1:
            continue  # A title.
        result.read += 1
        if why is not None:
            result.left_out.append(LeftOut(row.line, "", " ".join(_filled(row)), why))
            continue
        row = _as_above(row, data[-1] if data else None)
        data.append(row)
        _take(RowReader(row, columns, orders), row, make, key_field, seen, result)
    _name_unread(data, columns, result)
    return result


def _take(
    reader: RowReader, row: SheetRow, make: Callable[[RowReader], T], key_field: str, seen: dict[str, T], result: ReadRows[T]
) -> None:
    """Take a row, or note what is wrong with it."""
    try:
        if row.fault is not None:
            raise Noted(RowError(row.line, "", " ".join(_filled(row))[:80], str(row.fault)))
        made = make(reader)
        name = reader.code(key_field) if key_field else ""
        if name in seen and seen[name] != made:
            raise Noted(reader.error(key_field, "duplicate_number_in_file"))
    except Noted as noted:
        result.errors.append(noted.error)
        return
    result.left_out += reader.beside
    if name and name in seen:
        result.copies.append(row.line)
        return
    if name:
        seen[name] = made
    result.rows.append((row.line, made))


def _as_above(row: SheetRow, above: SheetRow | None) -> SheetRow:
    """A row with what stands above in place of each mark that says so."""
    if above is None or _DITTOS.isdisjoint(row.texts):
        return row
    cells = tuple(
        above.cells[at] if text in _DITTOS and at < len(above.cells) else cell
        for at, (cell, text) in enumerate(zip(row.cells, row.texts, strict=True))
    )
    return replace(row, cells=cells)


def _filled(row: SheetRow) -> list[str]:
    return [text for text in row.texts if text]


def _why_no_data(row: SheetRow, columns: ColumnMap) -> Why | None:
    """Why a row holds no data: it stands above the headers or says them again, sums up, or is a remark in one cell."""
    if row.line < columns.header_line:
        return Why.ABOVE_HEADERS
    filled = _filled(row)
    if not filled:
        return None
    if fold(filled[0]).rstrip(":") in TOTALS or any(map(_sums_up, filled)):
        return Why.TOTAL
    if len(filled) > 1 and all(text in columns.headers for text in filled):
        return Why.HEADER_AGAIN
    if len(filled) == 1 and len(columns.headers) > 2 and not _is_begun(row, columns, filled[0]):
        return Why.REMARK
    return None


def _sums_up(text: str) -> bool:
    """Whether a cell anywhere in a row says no more than that it is a sum: 合計, 本月小計, "Grand total"."""
    return len(text) <= _LONGEST_NAME and _SUM.fullmatch(clean(text).casefold().strip()) is not None


def _is_begun(row: SheetRow, columns: ColumnMap, text: str) -> bool:
    """Whether the one cell of a row is a field of a row that somebody began: a key, a day or a short name in its own column."""
    name = next((name for name in needed(columns.kind) if row.text(columns.columns[name]) == text), None)
    if name is None:
        return False
    fits = share_that_fits(columns.kind, name, (text,))
    if name in ("name_zh", "title_zh") or fits is None:
        return len(text) <= _LONGEST_NAME and not re.search("[::。，,；;]", text)
    return bool(fits)


def _orders(sheet: Sheet, columns: ColumnMap, result: ReadRows[T]) -> dict[str, DayOrder]:
    """The order of each column of dates, and what is said of it where a date could be read either way."""
    result.notes += [ReadingNote(NoteKind.IDENTITY_NUMBERS, columns.name_of(index)) for index in sorted(columns.id_columns)]
    written = {name: _written(sheet, columns, index) for name, index in columns.columns.items() if name in DAYS}
    orders = {}
    for name, texts in written.items():
        orders[name], unsure = day_order(texts, (text for others in written.values() for text in others))
        if unsure:
            result.notes.append(ReadingNote(NoteKind(str(orders[name])), columns.header(name), unsure))
        if name in WHOLE_MONTHS and (month := next((text for text in texts if says_no_day(text)), "")):
            kind = NoteKind.FIRST_OF_MONTH if WHOLE_MONTHS[name] is WholeMonth.FIRST else NoteKind.LAST_OF_MONTH
            result.notes.append(ReadingNote(kind, columns.header(name), month))
    return orders


def _written(sheet: Sheet, columns: ColumnMap, index: int) -> list[str]:
    """The dates of a column that are kept as texts; real date cells leave no question."""
    rows = (row for row in sheet.rows if row.line > columns.header_line and index < len(row.cells))
    return [row.texts[index] for row in rows if isinstance(row.cells[index], str) and row.texts[index]]


def _name_unread(data: Sequence[SheetRow], columns: ColumnMap, result: ReadRows[T]) -> None:
    """Name the columns that hold something and that no field takes; of those without a header each cell, where they are few."""
    unread = set(range(len(columns.headers))) - set(columns.columns.values())
    holding: dict[int, list[LeftOut]] = {}
    for row in data:
        for index, text in enumerate(row.texts):
            if (text or index in row.faults) and (index in unread or index >= len(columns.headers)):
                holding.setdefault(index, []).append(LeftOut(row.line, columns.name_of(index), text, Why.BEYOND_HEADERS))
    named = []
    for index in sorted(holding):
        if columns.has_header(index) or index in columns.id_columns or len(holding[index]) > _FEW:
            named.append(columns.name_of(index))
        else:
            result.left_out += holding[index]
    result.unread_columns = tuple(named)
