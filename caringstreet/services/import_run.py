"""One running import: what was read, what became of it, and what is needed to undo it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from caringstreet.model.imports import ImportBatch
from caringstreet.rules.inputs import RowError
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services.import_undo import IMPORTS_CHANGE, rows_of
from caringstreet.storage.transaction import Transaction


class Made(Protocol):
    """A row that an import made or changed."""

    id: Any


@dataclass(frozen=True)
class FileRows:
    """What was read from a sheet: `fields` are the columns it has, `header` names them as written there.

    `sheet` names it where the file has several that go in together.
    """

    file_name: str
    rows: Sequence[tuple[int, object]]
    errors: Sequence[RowError]
    read: int
    copies: int
    fields: Collection[str]
    header: Callable[[str], str]
    sheet: str = ""


@dataclass(frozen=True)
class PossibleDuplicate:
    """A row that may be a household already there under another number."""

    line: int
    household_id: int
    number: str
    display_name: str
    reason: str


@dataclass
class ImportOutcome:
    """Counts of rows; `errors` hold the file's and the street's, by line."""

    read: int
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    errors: list[RowError] = field(default_factory=list)
    duplicates: list[PossibleDuplicate] = field(default_factory=list)
    batch_id: int | None = None

    @property
    def bad(self) -> int:
        return len({(error.sheet, error.line) for error in self.errors})


class ImportRun:
    """One running import: counts, and keeps what is needed to undo it."""

    def __init__(self, tx: Transaction, given: FileRows) -> None:
        self.tx = tx
        self.given = given
        self.outcome = ImportOutcome(0)
        self.before: list[dict[str, object]] = []
        self.made: list[tuple[str, Made]] = []
        self.facts: dict[str, object] = {}
        self._sheets: list[str] = []
        self.begin(given)

    def begin(self, given: FileRows) -> None:
        """Go on with this sheet; what is said of rows from now on is said of its rows."""
        self.given = given
        self._sheets.append(given.sheet)
        self.outcome.read += given.read
        self.outcome.unchanged += given.copies
        self.outcome.errors += [replace(error, sheet=given.sheet) for error in given.errors]

    def bad(self, line: int, column: str, value: object, kind: str, **facts: object) -> None:
        error = RowError(line, self.given.header(column), str(value), kind, facts, self.given.sheet)
        self.outcome.errors.append(error)

    def refused(self, line: int, refused: RuleRefused, default: str) -> None:
        column = refused.field if refused.field in self.given.fields else default
        self.bad(line, column, "", str(refused.reason), **refused.facts)

    def keep_before(self, kind: str, entity: Made) -> None:
        self.before.append({"kind": kind, "id": entity.id, "rows": rows_of(self.tx.session, kind, entity.id)})

    def finish(self, kind: str, *, strict: bool, at: datetime, by: str) -> ImportOutcome:
        """Write the batch and its audit entry. Refuses everything where `strict` and a row is bad."""
        outcome = self.outcome
        outcome.errors.sort(key=lambda error: (self._sheets.index(error.sheet), error.line))
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
        )
        return outcome
