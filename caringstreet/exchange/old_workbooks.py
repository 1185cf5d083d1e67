"""How far the values of an ods or xls reach, told without loading it: the library loads all of it at once."""

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from caringstreet.exchange.sizes import Extent

_TABLE, _ROW = "table:table", "table:table-row"
_CELLS = ("table:table-cell", "table:covered-table-cell")
_END_OF_CHAIN = 0xFFFFFFF0
#: Records of an xls that hold a value: formulas, numbers, texts, truths, errors, the last two several in a row.
_VALUES = {0x0006, 0x0203, 0x0204, 0x00D6, 0x00FD, 0x0205, 0x027E, 0x0002, 0x0003, 0x0004, 0x0005, 0x00BD}
_SEVERAL_NUMBERS, _DIMENSIONS, _BEGIN = 0x00BD, 0x0200, 0x0809


class _Ods:
    """Counts rows and columns with their repetitions."""

    def __init__(self) -> None:
        self.extents: list[Extent] = []
        self._row = self._column = self._repeated_rows = 0
        self._open = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _TABLE:
            self.extents.append(Extent())
            self._row = 0
        elif name == _ROW:
            self._repeated_rows = int(attributes.get("table:number-rows-repeated", 1))
            self._column = 0
        elif name in _CELLS and self.extents:
            self._column += int(attributes.get("table:number-columns-repeated", 1))
            if "office:value-type" in attributes or "table:formula" in attributes:
                self._value()
            self._open = True
        elif name == "text:p" and self._open:
            self._value()

    def end(self, name: str) -> None:
        if name == _ROW:
            self._row += self._repeated_rows
        elif name in _CELLS:
            self._open = False

    def _value(self) -> None:
        self.extents[-1].include(self._row + self._repeated_rows, self._column)


def extent_of_ods(path: Path) -> list[Extent]:
    """The extent of every sheet. Raises ValueError, KeyError or OSError where the file is none."""
    found = _Ods()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = found.start, found.end
    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as content:
            parser.ParseFile(content)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return found.extents


def extent_of_xls(path: Path) -> list[Extent]:
    """The extent of every sheet, by its declared size, too. Raises ValueError where the file is none."""
    extents: list[Extent] = []
    try:
        for kind, data in _records(_workbook_stream(path.read_bytes())):
            if kind == _BEGIN:
                extents.append(Extent())
            elif kind in _VALUES and extents and len(data) >= 4:
                row, column = struct.unpack_from("<HH", data)
                last = struct.unpack_from("<H", data, len(data) - 2)[0] if kind == _SEVERAL_NUMBERS else column
                extents[-1].include(row + 1, last + 1)
    except (struct.error, IndexError) as error:
        raise ValueError(str(error)) from error
    return extents


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _workbook_stream(data: bytes) -> bytes:
    """The stream "Workbook" of a compound file, or the whole of a file that is none."""
    if data[:8] != b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return data
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    small_size = 1 << struct.unpack_from("<H", data, 32)[0]
    directory_start, cutoff, small_start = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60))

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    listed = list(struct.unpack_from("<109I", data, 76))
    following = struct.unpack_from("<I", data, 68)[0]
    while following < _END_OF_CHAIN and len(listed) * size <= len(data):
        *more, following = struct.unpack(f"<{size // 4}I", sector(following))
        listed += more
    table = [
        one for number in listed if number < _END_OF_CHAIN for one in struct.unpack(f"<{size // 4}I", sector(number).ljust(size, b"\xff"))
    ]

    directory = b"".join(sector(number) for number in _chain(table, directory_start))
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    root = b"".join(sector(number) for number in _chain(table, struct.unpack_from("<I", entries[0], 116)[0])) if entries else b""
    for entry in entries:
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        if name not in ("Workbook", "Book"):
            continue
        start, length = struct.unpack_from("<II", entry, 116)
        if length >= cutoff:
            return b"".join(sector(number) for number in _chain(table, start))[:length]
        small = b"".join(sector(number) for number in _chain(table, small_start))
        short = list(struct.unpack(f"<{len(small) // 4}I", small))
        return b"".join(root[number * small_size : (number + 1) * small_size] for number in _chain(short, start))[:length]
    raise ValueError("no workbook")


def _chain(table: list[int], start: int) -> Iterator[int]:
    seen = 0
    while start < _END_OF_CHAIN and seen <= len(table):
        yield start
        start, seen = table[start], seen + 1
