"""Runs and their stops."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caringstreet.model.base import Base
from caringstreet.rules.quantities import Unit
from caringstreet.rules.runs import RunKind, RunState


class Run(Base):
    """One outing of the team."""

    __tablename__ = "run"
    __table_args__ = (Index(None, "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[RunKind]
    day: Mapped[date]
    state: Mapped[RunState]
    note: Mapped[str] = mapped_column(default="")


class RunStop(Base):
    """One place on a run; what was collected there stands in the goods ledger."""

    __tablename__ = "run_stop"
    __table_args__ = (UniqueConstraint("run_id", "position"), Index(None, "shop_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    position: Mapped[int]
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shop.id"))
    place: Mapped[str] = mapped_column(default="")
    unit: Mapped[Unit]
    estimate: Mapped[int | None] = mapped_column(BigInteger)  # thousandths, as the shop announced it
    collected_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")
