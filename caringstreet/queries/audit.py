"""Who did what to a subject, and when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from caringstreet.model.audit import AuditEntry
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class AuditRow:
    at: datetime
    actor: str
    action: str


def history(reader: Reader, kind: str, subject_id: int, most: int = 12) -> list[AuditRow]:
    """The last entries about a subject, newest first."""
    found = reader.execute(
        select(AuditEntry.at, AuditEntry.actor, AuditEntry.action)
        .where(AuditEntry.subject_kind == kind, AuditEntry.subject_id == subject_id)
        .order_by(AuditEntry.id.desc())
        .limit(most)
    )
    return [AuditRow(row.at, row.actor, row.action) for row in found]
