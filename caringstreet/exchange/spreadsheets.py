"""Reads any sheet that a centre keeps: xlsx, xls, ods, csv, tsv; UTF-8, UTF-16, Big5-HKSCS."""

import csv
import io
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

from caringstreet.rules.doubts import Doubt

_MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * _MEGABYTE
MOST_UNPACKED = 200 * _MEGABYTE
MOST_RATIO = 100
MOST_MEMBERS = 2_000
MOST_ROWS = 100_000
MOST_COLUMNS = 200

_WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}
_TEXTS = {".csv", ".tsv", ".txt"}

Cell = str | int | float | bool | date | datetime | None


class SheetTrouble(StrEnum):
    """Why a file cannot be read as a sheet."""

    MISSING = "missing"
    UNKNOWN_KIND = "unknown_kind"
    TOO_LARGE = "too_large"
    TOO_WIDE = "too_wide"
    NOT_A_SHEET = "not_a_sheet"
    UNKNOWN_ENCODING = "unknown_encoding"
    NO_SUCH_SHEET = "no_such_sheet"
    EMPTY = "empty"
    NO_HEADERS = "no_headers"
    NO_SUCH_COLUMN = "no_such_column"
    NO_SUCH_FIELD = "no_such_field"


class UnreadableSheet(Exception):
    """The file says no; facts name it."""

    def __init__(self, kind: SheetTrouble, **facts: object) -> None:
        super().__init__(f"{kind} {facts}")
        self.kind = kind
        self.facts = facts


@dataclass(frozen=True)
class SheetRow:
    """A row and its line as people see it, counted from 1."""

    line: int
    cells: tuple[Cell, ...]

    def text(self, index: int) -> str:
        """A cell as text; a whole number without its .0, a date as 2026-11-30."""
        return cell_text(self.cells[index]) if index < len(self.cells) else ""

    @property
    def is_blank(self) -> bool:
        return not any(cell_text(cell) for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    """One sheet of a file and the names of all."""

    name: str
    names: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def cell_text(cell: Cell) -> str:
    """What a person reads in a cell, without spaces around it."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).replace("\u3000", " ").replace("\ufeff", "").strip()


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
        sheet = _read_workbook(path, name)
    elif suffix in _TEXTS:
        sheet = _read_text(path)
    else:
        raise UnreadableSheet(SheetTrouble.UNKNOWN_KIND, file=path.name)
    if not any(not row.is_blank for row in sheet.rows):
        raise UnreadableSheet(SheetTrouble.EMPTY, file=path.name)
    return sheet


def sheet_names(path: Path) -> tuple[str, ...]:
    """The names of a workbook's sheets; one empty name for a text file."""
    if path.suffix.lower() not in _WORKBOOKS:
        return ("",)
    return tuple(_open(path).sheet_names)


def _open(path: Path) -> CalamineWorkbook:
    if zipfile.is_zipfile(path):
        _refuse_bomb(path)
    try:
        return CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableSheet(SheetTrouble.NOT_A_SHEET, file=path.name) from error


def _refuse_bomb(path: Path) -> None:
    """Count what really comes out, since a header may lie."""
    unpacked = 0
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise UnreadableSheet(SheetTrouble.TOO_LARGE, file=path.name)
            limit = min(MOST_UNPACKED, max(MOST_RATIO * path.stat().st_size, 10 * _MEGABYTE))
            for member in members:
                with archive.open(member) as part:
                    while chunk := part.read(_MEGABYTE):
                        unpacked += len(chunk)
                        if unpacked > limit:
                            raise UnreadableSheet(SheetTrouble.TOO_LARGE, file=path.name)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise UnreadableSheet(SheetTrouble.NOT_A_SHEET, file=path.name) from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise UnreadableSheet(SheetTrouble.NOT_A_SHEET, file=path.name) from error
        raise


def _read_workbook(path: Path, name: str | None) -> Sheet:
    workbook = _open(path)
    names = tuple(workbook.sheet_names)
    if not names:
        raise UnreadableSheet(SheetTrouble.EMPTY, file=path.name)
    chosen = name or names[0]
    try:
        table = workbook.get_sheet_by_name(chosen)
        if table.total_height > MOST_ROWS or table.total_width > MOST_COLUMNS:
            raise UnreadableSheet(SheetTrouble.TOO_LARGE, file=path.name)
        rows = table.to_python(skip_empty_area=False)
    except WorksheetNotFound as error:
        raise UnreadableSheet(SheetTrouble.NO_SUCH_SHEET, file=path.name, sheet=chosen) from error
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableSheet(SheetTrouble.NOT_A_SHEET, file=path.name) from error
    return Sheet(chosen, names, tuple(SheetRow(line, tuple(_cell(c) for c in row)) for line, row in enumerate(rows, 1)))


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str | int | float | bool | date):
        return value
    return str(value)


def _read_text(path: Path) -> Sheet:
    text = _decoded(path)
    if "\0" in text:
        raise UnreadableSheet(SheetTrouble.NOT_A_SHEET, file=path.name)
    delimiter = _delimiter(text, path.suffix.lower())
    rows = []
    try:
        # The reader's own line number is that of a record's last line, so quoted line breaks are counted back.
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        line = 1
        for cells in reader:
            rows.append(SheetRow(line, tuple(cells)))
            line = reader.line_num + 1
            if len(rows) > MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise UnreadableSheet(SheetTrouble.TOO_LARGE, file=path.name)
    except csv.Error as error:
        raise UnreadableSheet(SheetTrouble.NOT_A_SHEET, file=path.name) from error
    return Sheet("", ("",), tuple(rows))


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        tried: tuple[str, ...] = ("utf-16",)
    elif b"\0" in data[:200]:
        tried = ("utf-16-le", "utf-16-be") if data[1:2] == b"\0" else ("utf-16-be", "utf-16-le")
    else:
        tried = ("utf-8-sig", "big5hkscs")
    for encoding in tried:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableSheet(SheetTrouble.UNKNOWN_ENCODING, file=path.name)


def _delimiter(text: str, suffix: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    if suffix == ".tsv":
        return "\t"
    return max((",", "\t", ";", "，"), key=first.count) if first else ","
