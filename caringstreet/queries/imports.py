"""The imports that were made."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from caringstreet.model.imports import ImportBatch, SheetColumns
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class ImportRow:
    batch_id: int
    kind: str
    file_name: str
    at: datetime
    new: int
    changed: int
    undone: bool


def recent(reader: Reader, most: int = 8) -> list[ImportRow]:
    """The last imports, newest first."""
    found = reader.execute(
        select(
            ImportBatch.id,
            ImportBatch.kind,
            ImportBatch.file_name,
            ImportBatch.at,
            ImportBatch.counts,
            ImportBatch.undone_at,
        )
        .order_by(ImportBatch.id.desc())
        .limit(most)
    )
    return [
        ImportRow(row.id, row.kind, row.file_name, row.at, row.counts["new"], row.counts["changed"], row.undone_at is not None)
        for row in found
    ]


def remembered_columns(reader: Reader, shapes: Collection[str]) -> dict[str, dict[str, str]]:
    """{header: field} by shape, where a person has corrected the columns of such a sheet."""
    found = reader.execute(select(SheetColumns.shape, SheetColumns.fields).where(SheetColumns.shape.in_(shapes)))
    return {row.shape: dict(row.fields) for row in found}
