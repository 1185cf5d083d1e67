"""Finds the headers of a sheet below its titles, and each field's column by its name and by what stands in it."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from caringstreet.exchange.contents import NEEDS_NAME, TELLING, TWINS, are_identity_numbers, share_that_fits
from caringstreet.exchange.headers import (
    GOODS_SHAPES,
    HEADERS,
    IMPORTED,
    RowKind,
    fields_of,
    is_of_nobody,
    name_scores,
    says_identity,
    title_of,
)
from caringstreet.exchange.sheets import Sheet, SheetRow, SheetTrouble, UnreadableSheet
from caringstreet.exchange.sizes import cell_name
from caringstreet.rules.texts import fold

__all__ = [
    "GOODS_SHAPES",
    "IMPORTED",
    "UNREAD",
    "ColumnMap",
    "FoundBy",
    "RowKind",
    "fields_of",
    "find_columns",
    "find_goods_columns",
    "needed",
    "title_of",
]

_LOOK_AT_ROWS = 30
_HIGHEST_HEADER = 3
_LOOK_AT_VALUES = 200
_SAMPLES = 3
#: A name must say this much; what stands in the column can add or take away.
_ENOUGH = 45
_CONTENT_ADDS, _CONTENT_TAKES = 12, 30
#: Without a name nearly all values must look like the field.
_FITS = 0.9
#: Rows that are merged with the one above them say less without it.
_PART_OF_HEADERS = 200
_KEYS = frozenset({"code", "number"})
_LAST_CHOICE = 20.0
#: Fields that are words: a column of figures alone is none of them.
_WORDS = frozenset({"name_zh", "name_en", "title_zh", "title_en", "display_name", "name", "contact", "item", "giver"})


class FoundBy(StrEnum):
    """How a field's column was found."""

    NAME = "name"
    CONTENT = "content"
    GIVEN = "given"  # by a person, now or remembered


#: In a mapping: a column that no field shall take.
UNREAD = "-"


@dataclass(frozen=True)
class ColumnMap:
    """Where each field stands: `columns` by field, `headers` as written in `header_line`, the last line of them.

    `found_by` tells of each field how its column was found; `id_columns` look like identity card numbers: they are
    never read, sampled or remembered. `values` are some of the first values of each column.
    """

    kind: RowKind
    header_line: int
    headers: tuple[str, ...]
    columns: Mapping[str, int]
    found_by: Mapping[str, FoundBy] = field(default_factory=dict)
    id_columns: frozenset[int] = frozenset()
    values: tuple[tuple[str, ...], ...] = ()
    header_lines: int = 1

    def is_header(self, line: int) -> bool:
        """Whether the headers stand in this line."""
        return self.header_line - self.header_lines < line <= self.header_line

    def has_header(self, index: int) -> bool:
        """Whether anything stands above a column."""
        return index < len(self.headers) and bool(self.headers[index])

    def samples(self, index: int) -> tuple[str, ...]:
        """Up to three different values of a column; none of identity card numbers."""
        return self.values[index] if index < len(self.values) and index not in self.id_columns else ()

    @property
    def shape(self) -> str:
        """The same for every sheet of this kind with the same headers: by it a corrected mapping is remembered."""
        said = "\x1f".join((str(self.kind), *(fold(header) for header in self.headers)))
        return hashlib.sha256(said.encode()).hexdigest()

    def key(self, index: int) -> str:
        """The name by which a mapping means a column: its header, numbered where it stands twice or is empty."""
        header = self.headers[index]
        same = [at for at, one in enumerate(self.headers) if fold(one) == fold(header)]
        return header if header and same[0] == index else f"{header}#{same.index(index) + 1 if header else index + 1}"

    def mapping(self) -> dict[str, str]:
        """{header: field} of every column with a field, "-" for the others: what is remembered for sheets of this shape."""
        fields = {index: name for name, index in self.columns.items()}
        return {
            self.key(index): fields.get(index, UNREAD)
            for index in range(len(self.headers))
            if index not in self.id_columns and (self.headers[index] or index in fields)
        }

    def mapped(self, given: Mapping[str, str]) -> "ColumnMap":
        """The same map with these {header: field}; the field "-" leaves a column unread.

        Raises UnreadableSheet where the sheet has no such column, or the kind no such field.
        """
        found, by_key = self, {fold(self.key(index)): index for index in reversed(range(len(self.headers)))}
        for header, name in given.items():
            index = by_key.get(fold(header))
            if index is None or index in self.id_columns:
                raise UnreadableSheet(SheetTrouble.NO_SUCH_COLUMN, column=header, headers=", ".join(filter(None, self.headers)))
            if name != UNREAD and name not in fields_of(self.kind):
                raise UnreadableSheet(SheetTrouble.NO_SUCH_FIELD, field=name, fields=", ".join(fields_of(self.kind)))
            found = found.unread(index) if name == UNREAD else found.corrected(name, index)
        return found

    def unread(self, index: int) -> "ColumnMap":
        """The same map with no field for a column."""
        return replace(self, columns={name: at for name, at in self.columns.items() if at != index})

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields that must be there and are not."""
        return tuple(name for name in needed(self.kind) if name not in self.columns)

    def header(self, name: str) -> str:
        """The header of a field as it is written, its letter where nothing is; our own name for it where the column is absent."""
        index = self.columns.get(name)
        return self.name_of(index) if index is not None else title_of(self.kind, name)

    def name_of(self, index: int) -> str:
        """What a column is called: its header, or its letter where it has none."""
        return (self.headers[index] if index < len(self.headers) else "") or cell_name(0, index + 1).rstrip("0")

    def corrected(self, name: str, index: int | None) -> "ColumnMap":
        """The same map with one field moved to another column, or to none."""
        columns = {field: at for field, at in self.columns.items() if field != name and at != index}
        if index is not None:
            columns[name] = index
        return replace(self, columns=columns, found_by={**self.found_by, name: FoundBy.GIVEN})


def needed(kind: RowKind) -> tuple[str, ...]:
    """The fields that must be there."""
    return tuple(name[:-1] for name in HEADERS[kind] if name.endswith("*"))


def find_columns(sheet: Sheet, kind: RowKind, mapping: Mapping[str, str] | None = None) -> ColumnMap:
    """Take as headers the rows among the first thirty in which most names are known, then look at what stands below.

    `mapping` is {header: field}, for headers that nobody could know. Raises UnreadableSheet where no row has two headers.
    """
    found = max(_candidates(sheet, kind, mapping or {}), key=lambda one: one.weight, default=None)
    if found is None or found.weight <= 0:
        raise _no_headers(kind)
    columns = _assigned(sheet, kind, found).mapped(mapping or {})
    if len(columns.columns) < 2:
        raise _no_headers(kind)
    return columns


def _no_headers(kind: RowKind) -> UnreadableSheet:
    return UnreadableSheet(SheetTrouble.NO_HEADERS, expected=", ".join(title_of(kind, n) for n in fields_of(kind)))


def find_goods_columns(sheet: Sheet, mapping: Mapping[str, str] | None = None) -> ColumnMap:
    """The columns of the shape of goods whose headers the sheet has most of. Raises UnreadableSheet where it has none."""
    found = [columns for columns in (_found_or_none(sheet, shape, mapping) for shape in GOODS_SHAPES) if columns is not None]
    if not found:
        return find_columns(sheet, RowKind.GOODS, mapping)
    return max(found, key=lambda columns: (-len(columns.missing), len(columns.columns)))


def _found_or_none(sheet: Sheet, kind: RowKind, mapping: Mapping[str, str] | None) -> ColumnMap | None:
    try:
        return find_columns(sheet, kind, mapping)
    except UnreadableSheet as problem:
        if problem.kind is not SheetTrouble.NO_HEADERS:
            raise
        return None


# Where the headers stand -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Headers:
    """Rows that may be the headers, and how much they say."""

    line: int
    texts: tuple[str, ...]
    below: int
    height: int
    weight: float


def _candidates(sheet: Sheet, kind: RowKind, mapping: Mapping[str, str]) -> Iterator[_Headers]:
    rows = sheet.rows
    for at in range(min(len(rows), _LOOK_AT_ROWS)):
        if rows[at].is_blank:
            continue
        for height in range(1, _HIGHEST_HEADER + 1):
            block = rows[at : at + height]
            if len(block) < height or any(_looks_like_data(row) for row in block[1:]):
                break
            texts = _joined(block)
            scores = [name_scores(kind, text) for text in texts]
            fields = {name: max(one.get(name, 0) for one in scores) for one in scores for name in one}
            given = sum(fold(text) in {fold(header) for header in mapping} for text in texts if text)
            over = _lines_over(rows, at, texts)
            said = [score for score in fields.values() if score >= _ENOUGH]
            # A further row of headers must say something that the first alone does not.
            weight = sum(said) + 100 * given - (height - 1) * 40 - (_PART_OF_HEADERS if over else 0)
            if len(said) + given >= 2 or (height == 1 and _may_be_headers(rows[at])):
                yield _Headers(block[-1].line, texts, at + height, height + over, weight + 1)


def _joined(block: Sequence[SheetRow]) -> tuple[str, ...]:
    """The headers of several rows, each below the one that is merged over it: 聯絡 / 電話."""
    width = max(len(row.cells) for row in block)
    parts: list[dict[str, str]] = [{} for _ in range(width)]
    for number, row in enumerate(block, 1):
        over = ""
        for index in range(width):
            text = " ".join(row.text(index).split())
            is_merged = not text and any(lower.text(index) for lower in block[number:])
            over = text or (over if is_merged else "")
            if over:
                parts[index].setdefault(fold(over), over)
    return tuple(" / ".join(one.values()) for one in parts)


def _lines_over(rows: Sequence[SheetRow], at: int, texts: Sequence[str]) -> int:
    """How many rows above are headers, too: those that are merged with the row below say the same there."""
    lines = 0
    while at - lines > 0 and any(text and text == " ".join(rows[at - lines - 1].text(index).split()) for index, text in enumerate(texts)):
        lines += 1
    return lines


def _looks_like_data(row: SheetRow) -> bool:
    """Figures, dates and codes stand in rows, not in headers."""
    return row.is_blank or any(
        (not isinstance(cell, str) and cell is not None) or any(char.isdigit() for char in text)
        for cell, text in zip(row.cells, row.texts, strict=True)
        if text
    )


def _may_be_headers(row: SheetRow) -> bool:
    return sum(bool(text) for text in row.texts) >= 2 and not _looks_like_data(row)


# Which column is which ---------------------------------------------------------------------------------------


def _assigned(sheet: Sheet, kind: RowKind, found: _Headers) -> ColumnMap:
    width = max((len(row.cells) for row in sheet.rows[found.below - 1 :]), default=0)
    headers = (*found.texts, *[""] * (width - len(found.texts)))
    last = max((index for index, text in enumerate(headers) if text), default=-1) + 1
    values = _values(sheet, found.below, width)
    identity = frozenset(index for index in range(width) if says_identity(headers[index]) or are_identity_numbers(values[index]))
    columns = _by_name(kind, headers, values, identity)
    by = dict.fromkeys(columns, FoundBy.NAME)
    for name, index in _by_content(kind, headers, values, columns, identity):
        columns[name], by[name] = index, FoundBy.CONTENT
    used = max(last, *(index + 1 for index in columns.values()), 0) if columns else last
    samples = tuple(tuple(dict.fromkeys(one))[:_SAMPLES] for one in values)
    ordered = {name: columns[name] for name in fields_of(kind) if name in columns}
    return ColumnMap(kind, found.line, headers[:used], ordered, by, identity, samples[:used], found.height)


def _values(sheet: Sheet, below: int, width: int) -> list[list[str]]:
    values: list[list[str]] = [[] for _ in range(width)]
    for row in sheet.rows[below : below + _LOOK_AT_VALUES]:
        for index, text in enumerate(row.texts):
            if text:
                values[index].append(text)
    return values


def _by_name(kind: RowKind, headers: Sequence[str], values: Sequence[Sequence[str]], identity: frozenset[int]) -> dict[str, int]:
    """The best pairs first; a column that is filled goes before an empty one of the same name."""
    order = {name: at for at, name in enumerate(fields_of(kind))}
    filled = max((len(one) for one in values), default=0)
    pairs = []
    for index, header in enumerate(headers):
        if not header or index in identity:
            continue
        for name, score in name_scores(kind, header).items():
            full = 3 * len(values[index]) / filled if filled else 0
            pairs.append((_with_content(kind, name, score, values[index]) + full, name, index))
    pairs.sort(key=lambda one: (-one[0], order[one[1]], one[2]))
    columns: dict[str, int] = {}
    for score, name, index in pairs:
        if score >= _ENOUGH and name not in columns and index not in columns.values():
            columns[name] = index
    return _needed_first(kind, pairs, columns)


def _with_content(kind: RowKind, name: str, score: float, values: Sequence[str]) -> float:
    """What a name says, with what its values add or take; a running number or a code that repeats is the last choice for a key."""
    if name in _KEYS and len(values) > 2:
        if values == [str(number) for number in range(1, len(values) + 1)]:
            return _LAST_CHOICE + 5
        if len(set(values)) < 0.8 * len(values):
            return _LAST_CHOICE
    if name in _WORDS and values and not any(char.isalpha() for text in values for char in text):
        return 0
    fits = share_that_fits(kind, name, values)
    return score if fits is None else score + _CONTENT_ADDS * fits - _CONTENT_TAKES * (1 - fits)


def _needed_first(kind: RowKind, pairs: Sequence[tuple[float, str, int]], columns: dict[str, int]) -> dict[str, int]:
    """A field that must be there takes a column of its name from one that need not."""
    must = needed(kind)
    for name in must:
        for score, other, index in pairs:
            if name in columns or other != name or score < _LAST_CHOICE:
                continue
            holder = next((one for one, at in columns.items() if at == index), None)
            if holder is None or holder not in must:
                columns.pop(holder or "", None)
                columns[name] = index
    return columns


def _by_content(
    kind: RowKind,
    headers: Sequence[str],
    values: Sequence[Sequence[str]],
    columns: Mapping[str, int],
    identity: frozenset[int],
) -> Iterator[tuple[str, int]]:
    """Fields without a column take one that no name claims and whose values can be nothing else."""
    taken = dict(columns)
    free = [
        index
        for index, header in enumerate(headers)
        if index not in {*taken.values(), *identity} and values[index] and not is_of_nobody(header)
        and max(name_scores(kind, header).values(), default=0) < _ENOUGH
    ]  # fmt: skip
    for name in TELLING[kind]:
        if name in taken or name in NEEDS_NAME:
            continue
        fitting = [
            index for index in free if (share_that_fits(kind, name, values[index]) or 0) >= _FITS and _is_clear(kind, name, values[index])
        ]
        if not fitting or (len(fitting) > 1 and name not in needed(kind) and name != "phone"):
            continue
        twins = next((group for group in TWINS[kind] if name in group), ())
        if any(twin != name and twin not in taken for twin in twins) and not (name in needed(kind) and len(fitting) == 1):
            continue
        taken[name] = fitting[0]
        free.remove(fitting[0])
        yield name, fitting[0]


def _is_clear(kind: RowKind, name: str, values: Sequence[str]) -> bool:
    """A key names each row differently; a choice repeats; one value alone says little of a choice."""
    if name in ("code", "number"):
        return len(set(values)) == len(values)
    return (
        name in ("phone", "whatsapp", "members", "day", "giver")
        or kind is RowKind.PLAN
        or len(values) >= 2
        or name.endswith(("_on", "_until"))
    )
