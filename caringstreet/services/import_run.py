"""One running import: what was read, what became of it, and what is needed to undo it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from caringstreet.model.imports import ImportBatch
from caringstreet.rules.changes import Changed
from caringstreet.rules.inputs import RowError
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services.import_undo import rows_of
from caringstreet.storage.transaction import Transaction

_CHANGED = (Changed.IMPORTS, Changed.SHOPS, Changed.OFFERS, Changed.HOUSEHOLDS, Changed.FUND)


class Made(Protocol):
    """A row that an import made or changed."""

    id: Any


@dataclass(frozen=True)
class FileRows:
    """What was read from a file: `fields` are the columns it has, `header` names them as written there."""

    file_name: str
    rows: Sequence[tuple[int, object]]
    errors: Sequence[RowError]
    read: int
    copies: int
    fields: Collection[str]
    header: Callable[[str], str]


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
        return len({error.line for error in self.errors})


class ImportRun:
    """One running import: counts, and keeps what is needed to undo it."""

    def __init__(self, tx: Transaction, given: FileRows) -> None:
        self.tx = tx
        self.given = given
        self.outcome = ImportOutcome(given.read, unchanged=given.copies, errors=list(given.errors))
        self.before: list[dict[str, object]] = []
        self.made: list[tuple[str, Made]] = []

    def bad(self, line: int, column: str, value: object, kind: str, **facts: object) -> None:
        self.outcome.errors.append(RowError(line, self.given.header(column), str(value), kind, facts))

    def refused(self, line: int, refused: RuleRefused, default: str) -> None:
        column = refused.field if refused.field in self.given.fields else default
        self.bad(line, column, "", str(refused.reason), **refused.facts)

    def keep_before(self, kind: str, entity: Made) -> None:
        self.before.append({"kind": kind, "id": entity.id, "rows": rows_of(self.tx.session, kind, entity.id)})

    def finish(self, kind: str, *, strict: bool, at: datetime, by: str) -> ImportOutcome:
        """Write the batch and its audit entry. Refuses everything where `strict` and a row is bad."""
        outcome = self.outcome
        outcome.errors.sort(key=lambda error: error.line)
        if strict and outcome.errors:
            raise RuleRefused(Refusal.IMPORT_HAS_BAD_ROWS, bad=outcome.bad)
        self.tx.session.flush()
        if outcome.new or outcome.changed:
            batch = ImportBatch(
                kind=kind,
                file_name=self.given.file_name,
                at=at,
                actor=by,
                counts={"new": outcome.new, "changed": outcome.changed, "bad": outcome.bad},
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
            changed=_CHANGED,
            kind=kind,
            new=outcome.new,
            changed_rows=outcome.changed,
            bad=outcome.bad,
        )
        return outcome
