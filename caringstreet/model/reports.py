"""Summaries that were made: what each said, so that a later one can show what changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caringstreet.model.base import Base


class MonthSummary(Base):
    """A provisional summary of a month with its running number and its figures."""

    __tablename__ = "month_summary"
    __table_args__ = (UniqueConstraint("month", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str]
    number: Mapped[int]
    made_at: Mapped[datetime]
    actor: Mapped[str]
    figures: Mapped[dict[str, Any]]
