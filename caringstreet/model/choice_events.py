"""Choice days: what lay on the tables, who came, and what they took."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caringstreet.model.base import Base


class ChoiceEvent(Base):
    """A street-store day with a limit of picks; `slots` are its times as [["14:00", 20], …] with places each."""

    __tablename__ = "choice_event"
    __table_args__ = (CheckConstraint("pick_limit >= 1", name="limit_positive"), Index(None, "day"))

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    name: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    pick_limit: Mapped[int]
    slots: Mapped[list[Any]]
    visitors_counted: Mapped[int | None]  # where visitors were only counted, not written down
    closed_at: Mapped[datetime | None]
    source: Mapped[str | None] = mapped_column(unique=True)  # the hash of an imported sheet


class ChoiceDisplay(Base):
    """A lot brought to a choice day, in thousandths; what was unfit or chosen stands in the ledger."""

    __tablename__ = "choice_display"
    __table_args__ = (UniqueConstraint("choice_event_id", "lot_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    choice_event_id: Mapped[int] = mapped_column(ForeignKey("choice_event.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("goods_lot.id"))
    brought: Mapped[int] = mapped_column(BigInteger)


class ChoiceVisit(Base):
    """One visitor; no name is needed. A no-thanks is a normal answer."""

    __tablename__ = "choice_visit"
    __table_args__ = (Index(None, "choice_event_id"), Index(None, "household_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    choice_event_id: Mapped[int] = mapped_column(ForeignKey("choice_event.id"))
    number: Mapped[int]  # 1, 2, 3… in the order of coming
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    slot: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    declined: Mapped[bool] = mapped_column(default=False)
    taken_back_at: Mapped[datetime | None]  # recorded by mistake; its picks are countered in the ledger
    recorded_by: Mapped[str]
