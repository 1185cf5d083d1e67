"""Imports of files, each with what is needed to undo it as a whole."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from caringstreet.model.base import Base


class ImportBatch(Base):
    """One import: `made` lists new rows, `before` the former values of changed ones."""

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    file_name: Mapped[str]
    at: Mapped[datetime]
    actor: Mapped[str]
    counts: Mapped[dict[str, Any]]
    made: Mapped[list[Any]]
    before: Mapped[list[Any]]
    undone_at: Mapped[datetime | None]


class SheetColumns(Base):
    """How a person corrected the columns of sheets of one shape: `fields` by header, never a value of the sheet."""

    __tablename__ = "sheet_columns"

    shape: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    fields: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    by: Mapped[str]
