"""Needs of households: what somebody wants and has not received yet."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from caringstreet.model.base import Base
from caringstreet.rules.needs import NeedKind, NeedState


class Need(Base):
    """One want, in the person's own words; a choice day may leave it without a household."""

    __tablename__ = "need"
    __table_args__ = (Index(None, "state", "kind"), Index(None, "household_id"), Index(None, "choice_event_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[NeedKind]
    subject: Mapped[str]
    day: Mapped[date]
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    choice_event_id: Mapped[int | None] = mapped_column(ForeignKey("choice_event.id"))
    state: Mapped[NeedState]
    note: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[str]
