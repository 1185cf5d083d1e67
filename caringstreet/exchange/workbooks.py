"""Reads workbooks: xlsx, xlsm, xls, ods. Looks at the real size before any of it is loaded."""

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, WorksheetNotFound

from caringstreet.exchange.old_workbooks import extent_of_ods, extent_of_xls
from caringstreet.exchange.sheets import Cell, CellFault, Sheet, SheetRow, SheetTrouble, UnreadableSheet
from caringstreet.exchange.sizes import Extent, refuse_too_large

_MEGABYTE = 1024 * 1024
MOST_UNPACKED = 200 * _MEGABYTE
MOST_RATIO = 100
MOST_MEMBERS = 2_000

_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
#: Most of a list at one look: plain values side by side, of which the last one's place is told. Else a row, or any cell
#: with what is in it; cells that are only formatted hold nothing.
_PIECE = re.compile(
    rb"""(?:<c r="(?P<letters>[A-Z]{1,3})(?P<line>\d{1,7})"(?: s="\d+")?(?: t="(?:s|n|b|str|inlineStr)")?>"""
    rb"""(?:<v>[^<]+</v>|<is><t(?: [^<>]*)?>[^<]*</t></is>)</c>)+"""
    rb"""|<(?:\w+:)?row\b(?P<row>[^>]*)>|<(?:\w+:)?c\b(?P<cell>[^>]*?)(?:/>|>(?P<inside>.*?)</(?:\w+:)?c>)""",
    re.DOTALL,
)
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,3})(\d{1,7})["']""")
_TYPE = re.compile(rb"""\st\s*=\s*["'](\w+)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>[^<]|<(?:\w+:)?is\b")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")


@dataclass
class _Looked:
    """What the file itself says of a sheet: how far its values reach, and which of them nobody can read."""

    extent: Extent = field(default_factory=Extent)
    faults: dict[tuple[int, int], CellFault] = field(default_factory=dict)


def names_of(path: Path) -> tuple[str, ...]:
    """The names of a workbook's sheets. Raises UnreadableSheet."""
    return tuple(_open(path).sheet_names)


def read_workbook(path: Path, name: str | None) -> Sheet:
    """One sheet of a workbook, the first without `name`. Raises UnreadableSheet."""
    workbook = _open(path)
    names = tuple(workbook.sheet_names)
    if not names:
        raise UnreadableSheet(SheetTrouble.EMPTY, file=path.name)
    chosen = name or names[0]
    if chosen not in names:
        raise UnreadableSheet(SheetTrouble.NO_SUCH_SHEET, file=path.name, sheet=chosen)
    try:
        looked = _look(path, chosen)
        refuse_too_large(path, looked.extent)
        table = workbook.get_sheet_by_name(chosen)
        rows = [tuple(_cell(cell) for cell in row) for row in table.to_python(skip_empty_area=False)]
    except WorksheetNotFound as error:
        raise UnreadableSheet(SheetTrouble.NO_SUCH_SHEET, file=path.name, sheet=chosen) from error
    except (CalamineError, OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise UnreadableSheet(SheetTrouble.NOT_A_SHEET, file=path.name) from error
    return Sheet(chosen, names, tuple(_filled_down(_rows(rows, looked), table)))


def _open(path: Path) -> CalamineWorkbook:
    try:
        if zipfile.is_zipfile(path):
            _refuse_bomb(path)
        suffix = path.suffix.lower()
        # These two are loaded whole when they are opened.
        if suffix == ".ods":
            refuse_too_large(path, *extent_of_ods(path))
        elif suffix == ".xls" and not zipfile.is_zipfile(path):
            refuse_too_large(path, *extent_of_xls(path))
        return CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
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


# What the file itself says -----------------------------------------------------------------------------------


def _look(path: Path, name: str) -> _Looked:
    """The extent and the faults of a sheet of an xlsx; of other kinds the extent was looked at when they were opened."""
    if not zipfile.is_zipfile(path):
        return _Looked()
    with zipfile.ZipFile(path) as archive:
        part = _part_of(archive, name)
        if part is None:
            return _Looked()
        with archive.open(part) as stream:
            return _looked_through(stream)


def _part_of(archive: zipfile.ZipFile, name: str) -> str | None:
    """Where in the archive a sheet stands."""
    members = set(archive.namelist())
    book, relations = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    if book not in members or relations not in members:
        return None
    targets = {}
    for relation in _RELATION.findall(archive.read(relations).decode("utf-8", "replace")):
        said = _attributes(relation)
        targets[said.get("Id", "")] = posixpath.normpath(posixpath.join("xl", said.get("Target", ""))).lstrip("/")
    for sheet in _SHEET.findall(archive.read(book).decode("utf-8", "replace")):
        said = _attributes(sheet)
        if said.get("name") == name:
            part = next((targets.get(value, "") for key, value in said.items() if key.endswith(":id")), "")
            return part if part in members else None
    return None


def _attributes(tag: str) -> dict[str, str]:
    return {name: html.unescape(one or other) for name, one, other in _ATTRIBUTE.findall(tag)}


def _looked_through(stream: IO[bytes]) -> _Looked:
    looked, row, column = _Looked(), 0, 0
    for piece in _pieces(stream):
        letters, line, of_row, of_cell, inside = piece.groups()
        if letters is not None:
            column = _number(letters)
            looked.extent.include(int(line), column)
            continue
        if of_row is not None:
            place = _PLACE.search(of_row)
            row, column = int(place[2]) if place else row + 1, 0
            continue
        place = _PLACE.search(of_cell)
        column = _number(place[1]) if place and place[1] else column + 1
        if inside is None:
            continue
        fault, has_value = _fault(of_cell, inside), _VALUE.search(inside) is not None
        if fault is not None:
            looked.faults[row, column] = fault
        if has_value or fault is not None:
            looked.extent.include(int(place[2]) if place else row, column)
    return looked


def _pieces(stream: IO[bytes]) -> Iterator[re.Match[bytes]]:
    """The rows and cells of a sheet, read in parts so that a large one needs little memory."""
    left = b""
    while chunk := stream.read(_MEGABYTE):
        left += chunk
        end = max(left.rfind(b"<c "), left.rfind(b":c "), left.rfind(b"<row"), left.rfind(b":row"))
        end = left.rfind(b"<", 0, end + 1) if end > 0 else 0
        yield from _PIECE.finditer(left, 0, end)
        left = left[end:]
        if len(left) > 8 * _MEGABYTE:
            return
    yield from _PIECE.finditer(left)


def _fault(attributes: bytes, inside: bytes) -> CellFault | None:
    kind = _TYPE.search(attributes)
    if kind is not None and kind[1] == b"e":
        return CellFault.ERROR_VALUE
    # A text formula may well have stored that its result is empty.
    empty_text = kind is not None and kind[1] in (b"str", b"s", b"inlineStr")
    if _FORMULA.search(inside) and not _VALUE.search(inside) and not empty_text:
        return CellFault.NO_STORED_VALUE
    return None


def _number(letters: bytes) -> int:
    """3 of C, 16384 of XFD."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


# Rows --------------------------------------------------------------------------------------------------------


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, Cell):
        return value
    return str(value)


def _rows(rows: list[tuple[Cell, ...]], looked: _Looked) -> list[SheetRow]:
    by_row: dict[int, dict[int, CellFault]] = {}
    for (line, column), fault in looked.faults.items():
        by_row.setdefault(line, {})[column - 1] = fault
    return [SheetRow(line, cells, None, by_row.get(line, {})) for line, cells in enumerate(rows, 1)]


def _filled_down(rows: list[SheetRow], table: CalamineSheet) -> list[SheetRow]:
    """A text in cells that are merged over several lines counts for each of them; a figure only once."""
    for (top, left), (bottom, _) in table.merged_cell_ranges or ():
        value = rows[top].cells[left] if top < len(rows) and left < len(rows[top].cells) else None
        for at in range(top + 1, min(bottom + 1, len(rows)) if isinstance(value, str) and value else 0):
            cells = list(rows[at].cells)
            if left < len(cells) and not cells[left]:
                cells[left] = value
                rows[at] = replace(rows[at], cells=tuple(cells))
    return rows
