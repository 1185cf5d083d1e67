"""One running import: what was read, what became of it, and what is needed to undo it."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Protocol

from caringstreet.model.imports import ImportBatch, SheetColumns
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.inputs import RowError
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services.import_undo import IMPORTS_CHANGE, rows_of
from caringstreet.storage.transaction import Transaction

#: Where a refusal names a field of ours that stands in another column of a sheet.
_COLUMN_OF = {"checks": "eligible_until", "review_on": "eligible_until", "validity_until": "validity", "agreement_from": "joined_on"}


class Made(Protocol):
    """A row that an import made or changed."""

    id: Any


@dataclass(frozen=True)
class Correction:
    """A person's word on the columns of a sheet, {header: field}, for all sheets of its shape."""

    shape: str
    kind: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class FileRows:
    """What was read from a sheet: `fields` are the columns it has, `header` names them as written there.

    `sheet` names it where the file has several that go in together. What reading left out and noted is only handed on.
    """

    file_name: str
    rows: Sequence[tuple[int, object]]
    errors: Sequence[RowError]
    read: int
    copies: int
    fields: Collection[str]
    header: Callable[[str], str]
    sheet: str = ""
    left_out: Sequence[Any] = ()
    unread_columns: Sequence[str] = ()
    notes: Sequence[Any] = ()
    correction: Correction | None = None


@dataclass(frozen=True)
class PossibleDuplicate:
    """A row that may be a household already there under another number."""

    line: int
    household_id: int
    number: str
    display_name: str
    reason: str


@dataclass(frozen=True)
class WrittenRow:
    """What an import writes of a row: the form of what it makes, or of what it changes with what was there before."""

    line: int
    after: object
    before: object | None = None
    sheet: str = ""


@dataclass
class ImportOutcome:
    """Counts of rows, which add up to `read`, and the rows: `errors` hold the file's and the street's, by line.

    `left_out` has beside each thing the sheet it stands in, as have the columns that nothing was read from and the
    notes of what reading decided about a column; `skipped` are rows that a person left out.
    """

    read: int
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    errors: list[RowError] = field(default_factory=list)
    duplicates: list[PossibleDuplicate] = field(default_factory=list)
    written: list[WrittenRow] = field(default_factory=list)
    left_out: list[tuple[str, Any]] = field(default_factory=list)
    unread_columns: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, Any]] = field(default_factory=list)
    batch_id: int | None = None

    @property
    def bad(self) -> int:
        return len({(error.sheet, error.line) for error in self.errors})

    @property
    def rows_left_out(self) -> int:
        """Rows that neither were taken nor are bad."""
        return self.skipped + sum(bool(one.is_row) for _, one in self.left_out)

    @property
    def asked(self) -> Counter[Doubt]:
        """How many rows wait for a person, by what is asked."""
        return Counter(Doubt(error.kind) for error in self.errors if error.kind in list(Doubt))


class Occurrences:
    """Tells equal rows of one file apart: of two equal gifts on one day the second is known by being the second.

    So both count, and the same file again, or one that overlaps it, finds both there already.
    """

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def key(self, content: str) -> str:
        """What this row is known by; the first of its kind by its content alone."""
        self._seen[content] += 1
        number = self._seen[content]
        return content if number == 1 else f"{content}#{number}"


class ImportRun:
    """One running import: counts, and keeps what is needed to undo it."""

    def __init__(self, tx: Transaction, given: FileRows) -> None:
        self.tx = tx
        self.given = given
        self.outcome = ImportOutcome(0)
        self.before: list[dict[str, object]] = []
        self.made: list[tuple[str, Made]] = []
        self.facts: dict[str, object] = {}
        self._corrections: list[Correction] = []
        self._sheets: list[str] = []
        self.begin(given)

    def begin(self, given: FileRows) -> None:
        """Go on with this sheet; what is said of rows from now on is said of its rows."""
        self.given = given
        self._sheets.append(given.sheet)
        self.outcome.read += given.read
        self.outcome.unchanged += given.copies
        self.outcome.errors += [replace(error, sheet=given.sheet) for error in given.errors]
        self.outcome.left_out += [(given.sheet, one) for one in given.left_out]
        self.outcome.unread_columns += [(given.sheet, one) for one in given.unread_columns]
        self.outcome.notes += [(given.sheet, one) for one in given.notes]
        if given.correction is not None:
            self._corrections.append(given.correction)

    def write(self, line: int, after: object, before: object | None = None) -> None:
        """Count a row that is written, as new, or as changed where something was there before."""
        self.outcome.written.append(WrittenRow(line, after, before, self.given.sheet))
        if before is None:
            self.outcome.new += 1
        else:
            self.outcome.changed += 1

    def bad(self, line: int, column: str, value: object, kind: str, **facts: object) -> None:
        error = RowError(line, self.given.header(column), str(value), kind, facts, self.given.sheet)
        self.outcome.errors.append(error)

    def refused(self, line: int, refused: RuleRefused, default: str) -> None:
        """A rule says no to a row, or asks about it: then it waits, refused, until that kind is accepted."""
        field = _COLUMN_OF.get(refused.field, refused.field)
        value = next((str(one) for one in refused.facts.values() if isinstance(one, date)), "")
        self.bad(line, field if field in self.given.fields else default, value, str(refused.reason), **refused.facts)

    def _remember(self, at: datetime, by: str) -> dict[str, int]:
        """Keep what a person said of the columns; what is new of it, for the audit entry."""
        fresh = 0
        for one in self._corrections:
            known = self.tx.session.get(SheetColumns, one.shape)
            if known is not None and known.fields == dict(one.fields):
                continue
            fresh += 1
            kept = known or SheetColumns(shape=one.shape)
            kept.kind, kept.fields, kept.at, kept.by = one.kind, dict(one.fields), at, by
            self.tx.session.add(kept)
        return {"columns_remembered": fresh} if fresh else {}

    def keep_before(self, kind: str, entity: Made) -> None:
        self.before.append({"kind": kind, "id": entity.id, "rows": rows_of(self.tx.session, kind, entity.id)})

    def finish(self, kind: str, *, strict: bool, at: datetime, by: str) -> ImportOutcome:
        """Write the batch and its audit entry. Refuses everything where `strict` and a row is bad."""
        outcome = self.outcome
        outcome.errors.sort(key=lambda error: (self._sheets.index(error.sheet), error.line))
        outcome.written.sort(key=lambda row: (self._sheets.index(row.sheet), row.line))
        if strict and outcome.errors:
            raise RuleRefused(Refusal.IMPORT_HAS_BAD_ROWS, bad=outcome.bad)
        self.tx.session.flush()
        if outcome.new or outcome.changed:
            batch = ImportBatch(
                kind=kind,
                file_name=self.given.file_name,
                at=at,
                actor=by,
                counts={"new": outcome.new, "changed": outcome.changed, "bad": outcome.bad, **self.facts},
                made=[[name, entity.id] for name, entity in self.made],
                before=self.before,
            )
            self.tx.session.add(batch)
            self.tx.session.flush()
            outcome.batch_id = batch.id
        self.tx.audit(
            "import",
            by=by,
            at=at,
            subject=("import", outcome.batch_id),
            changed=IMPORTS_CHANGE,
            kind=kind,
            new=outcome.new,
            changed_rows=outcome.changed,
            bad=outcome.bad,
            left_out=outcome.rows_left_out,
            **self._remember(at, by),
        )
        return outcome
