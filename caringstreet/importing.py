"""From a file to an import: reading, columns, the street's categories, and the service of the kind."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from caringstreet.bootstrap import OpenStreet
from caringstreet.exchange.columns import GOODS_SHAPES, ColumnMap, RowKind, find_columns, find_goods_columns
from caringstreet.exchange.fund_rows import read_fund
from caringstreet.exchange.goods_rows import read_goods
from caringstreet.exchange.household_rows import read_households, read_members
from caringstreet.exchange.offer_rows import read_offers
from caringstreet.exchange.plan_rows import read_plan
from caringstreet.exchange.reading import ReadRows
from caringstreet.exchange.shop_rows import read_shops
from caringstreet.exchange.spreadsheets import Sheet, SheetTrouble, UnreadableSheet, read_sheet, sheet_names
from caringstreet.queries import imports as import_queries
from caringstreet.queries import street as street_queries
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.eligibility_categories import DEFAULT_CATEGORIES
from caringstreet.rules.inputs import PlanInput
from caringstreet.rules.texts import fold
from caringstreet.services import fund, goods_import, imports
from caringstreet.services.import_run import Correction, FileRows, ImportOutcome
from caringstreet.services.imports import Choice
from caringstreet.storage.transaction import Transaction

_SERVICES: Mapping[RowKind, Any] = {
    RowKind.SHOPS: imports.import_shops,
    RowKind.OFFERS: imports.import_offers,
    RowKind.HOUSEHOLDS: imports.import_households,
    RowKind.MEMBERS: imports.import_members,
    RowKind.FUND: fund.import_fund,
}


@dataclass(frozen=True)
class OpenedFile:
    """A sheet of a file under its headers; `columns` may be corrected before it is read.

    `more` are the further sheets that go in together with it, `left_out` names those that hold nothing of the kind.
    `unread` names further sheets that hold something and go in only by themselves.
    `by_person` tells that somebody said now what a column is: that is remembered with the import.
    """

    path: Path
    sheet: Sheet
    columns: ColumnMap
    more: tuple["OpenedFile", ...] = ()
    left_out: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    by_person: bool = False

    @property
    def kind(self) -> RowKind:
        return self.columns.kind

    @property
    def sheets(self) -> tuple["OpenedFile", ...]:
        """This sheet and the further ones."""
        return (self, *self.more)

    def corrected(self, number: int, columns: ColumnMap) -> "OpenedFile":
        """The same file with other columns for one of its `sheets`, as a person said."""
        return self._with({number: replace(self.sheets[number], columns=columns, by_person=True)})

    def mapped(self, given: Mapping[str, str]) -> "OpenedFile":
        """The same file with these {header: field}, in every sheet that has such a header.

        Raises UnreadableSheet where no sheet has it, or the kind no such field.
        """
        found: dict[int, OpenedFile] = {}
        for header, name in given.items():
            holders = [at for at, one in enumerate(self.sheets) if fold(header) in _keys(one.columns)]
            for at in holders or [0]:
                one = found.get(at, self.sheets[at])
                found[at] = replace(one, columns=one.columns.mapped({header: name}), by_person=True)
        return self._with(found)

    def _with(self, changed: Mapping[int, "OpenedFile"]) -> "OpenedFile":
        more = tuple(changed.get(at, one) for at, one in enumerate(self.more, 1))
        return replace(changed.get(0, self), more=more)


def open_file(
    path: Path,
    kind: RowKind,
    sheet: str | None = None,
    *,
    accepted: Collection[Doubt] = (),
    mapping: Mapping[str, str] | None = None,
) -> OpenedFile:
    """Read a sheet and find its columns; of goods all sheets where none is named.

    `mapping` gives {header: field} where the names and the contents do not tell. Raises UnreadableSheet, and Doubted
    where only a guess tells the encoding of a text.
    """
    names = sheet_names(path) if kind is RowKind.GOODS and sheet is None and path.is_file() else ()
    if len(names) > 1:
        return _open_all(path, names, mapping or {})
    found = read_sheet(path, sheet, accepted)
    try:
        opened = OpenedFile(path, found, _columns_of(found, kind, mapping or {}))
        return replace(opened, unread=_holding(path, [name for name in found.names if name != found.name]))
    except UnreadableSheet as problem:
        if problem.kind is not SheetTrouble.NO_HEADERS or sheet is not None or len(found.names) < 2:
            raise
        return _open_later(path, kind, found, mapping or {}, problem)


def _open_later(path: Path, kind: RowKind, first: Sheet, mapping: Mapping[str, str], problem: UnreadableSheet) -> OpenedFile:
    """The first sheet behind one of explanations that holds the kind; raises what is wrong with the first where none does."""
    left_out = [first.name]
    for name in first.names[1:]:
        try:
            sheet = read_sheet(path, name)
            opened = OpenedFile(path, sheet, _columns_of(sheet, kind, mapping), left_out=tuple(left_out))
            return replace(opened, unread=_holding(path, first.names[first.names.index(name) + 1 :]))
        except UnreadableSheet as other:
            if other.kind is not SheetTrouble.EMPTY:
                left_out.append(name)
    raise problem


def _holding(path: Path, names: Collection[str]) -> tuple[str, ...]:
    """Those of the sheets in which anything stands, readable or not."""
    return tuple(name for name in names if not _is_empty(path, name))


def _is_empty(path: Path, name: str) -> bool:
    try:
        read_sheet(path, name)
    except UnreadableSheet as problem:
        return problem.kind is SheetTrouble.EMPTY
    return False


def _columns_of(sheet: Sheet, kind: RowKind, mapping: Mapping[str, str]) -> ColumnMap:
    return find_goods_columns(sheet, mapping) if kind is RowKind.GOODS else find_columns(sheet, kind, mapping)


def _open_all(path: Path, names: tuple[str, ...], mapping: Mapping[str, str]) -> OpenedFile:
    """Every sheet that holds goods; raises UnreadableSheet where none does, with what is wrong with the last."""
    opened: list[OpenedFile] = []
    left_out: list[str] = []
    trouble: UnreadableSheet | None = None
    for name in names:
        try:
            sheet = read_sheet(path, name)
            opened.append(OpenedFile(path, sheet, find_goods_columns(sheet, mapping)))
        except UnreadableSheet as problem:
            if problem.kind not in (SheetTrouble.EMPTY, SheetTrouble.NO_HEADERS):
                raise
            trouble = problem
            if problem.kind is SheetTrouble.NO_HEADERS:
                left_out.append(name)
    if not opened:
        assert trouble is not None
        raise trouble
    return replace(opened[0], more=tuple(opened[1:]), left_out=tuple(left_out))


def recall(street: OpenStreet, opened: OpenedFile) -> OpenedFile:
    """The same file with the columns as a person once corrected them for sheets of this shape."""
    with street.database.reader() as reader:
        kept = import_queries.remembered_columns(reader, {one.columns.shape for one in opened.sheets})
    found = {}
    for at, one in enumerate(opened.sheets):
        fields, keys = kept.get(one.columns.shape, {}), _keys(one.columns)
        usable = {header: name for header, name in fields.items() if fold(header) in keys}
        found[at] = replace(one, columns=one.columns.mapped(usable))
    return opened._with(found)


def _keys(columns: ColumnMap) -> set[str]:
    """By what a mapping may name the columns of a sheet."""
    return {fold(columns.key(at)) for at in range(len(columns.headers)) if at not in columns.id_columns}


def category_names(street: OpenStreet) -> dict[str, str]:
    """Codes of the street's categories by every name under which people write them, folded."""
    with street.database.reader() as reader:
        rows = street_queries.categories(reader)
    names = {fold(name): row.code for row in rows for name in (row.code, row.name_zh, row.name_en) if name}
    codes = {row.code for row in rows}
    for category in DEFAULT_CATEGORIES:
        if category.code in codes:
            names |= {fold(alias): category.code for alias in category.aliases}
    return names


def read_plan_file(path: Path, sheet: str | None = None) -> ReadRows[PlanInput]:
    """The lines of an issue plan. Raises UnreadableSheet."""
    opened = open_file(path, RowKind.PLAN, sheet)
    return read_plan(opened.sheet, opened.columns)


def fingerprint(plan: ReadRows[PlanInput]) -> str:
    """The same for the same lines, whatever their file is called."""
    said = (f"{line.day} {line.household} {line.offer} {line.count}" for _, line in plan.rows)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def run_import(
    tx: Transaction,
    *,
    opened: OpenedFile,
    categories: Mapping[str, str],
    at: datetime,
    today: date,
    by: str,
    strict: bool = False,
    choices: Mapping[int, Choice] | None = None,
) -> ImportOutcome:
    """Import all good rows; in a rehearsal this is the preview, with the very same checks."""
    given = [_given(one, categories, today, named=len(opened.sheets) > 1) for one in opened.sheets]
    if opened.kind in GOODS_SHAPES:
        return goods_import.import_goods(tx, given=given, at=at, today=today, by=by, strict=strict)
    service = partial(_SERVICES[opened.kind], tx, given=given[0], at=at, today=today, by=by, strict=strict)
    outcome: ImportOutcome = service(choices=choices) if opened.kind is RowKind.HOUSEHOLDS else service()
    return outcome


def _given(opened: OpenedFile, categories: Mapping[str, str], today: date, *, named: bool) -> FileRows:
    read = _read(opened, categories, today)
    return FileRows(
        file_name=opened.path.name,
        rows=read.rows,
        errors=read.errors,
        read=read.read,
        copies=len(read.copies),
        fields=tuple(opened.columns.columns),
        header=opened.columns.header,
        sheet=opened.sheet.name if named else "",
        left_out=read.left_out,
        unread_columns=read.unread_columns,
        notes=read.notes,
        correction=_correction(opened) if opened.by_person else None,
    )


def _correction(opened: OpenedFile) -> Correction:
    columns = opened.columns
    return Correction(columns.shape, str(columns.kind), columns.mapping())


def _read(opened: OpenedFile, categories: Mapping[str, str], today: date) -> ReadRows[Any]:
    sheet, columns = opened.sheet, opened.columns
    if opened.kind is RowKind.SHOPS:
        return read_shops(sheet, columns)
    if opened.kind is RowKind.OFFERS:
        return read_offers(sheet, columns, categories)
    if opened.kind is RowKind.MEMBERS:
        return read_members(sheet, columns, today)
    if opened.kind is RowKind.FUND:
        return read_fund(sheet, columns)
    if opened.kind in GOODS_SHAPES:
        return read_goods(sheet, columns)
    return read_households(sheet, columns, categories, today)
