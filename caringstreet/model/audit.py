"""Who did what and when; append only."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from caringstreet.model.base import Base


class AuditEntry(Base):
    """One entry for each user action; `command_id` makes a repeated command findable."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    subject_kind: Mapped[str] = mapped_column(default="")
    subject_id: Mapped[int | None]
    facts: Mapped[dict[str, Any]]
    command_id: Mapped[str | None] = mapped_column(unique=True)
