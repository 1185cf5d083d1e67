"""Planned hand-outs of goods to households or groups."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from caringstreet.model.base import Base
from caringstreet.rules.distributions import LineState


class Distribution(Base):
    """A list of who shall receive what on a day."""

    __tablename__ = "distribution"
    __table_args__ = (Index(None, "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    name: Mapped[str]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class DistributionLine(Base):
    """One household or group on the list, in thousandths of the lot's unit."""

    __tablename__ = "distribution_line"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        Index(None, "distribution_id"),
        Index(None, "household_id"),
        Index(None, "lot_id", "state"),
        Index(None, "movement_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    distribution_id: Mapped[int] = mapped_column(ForeignKey("distribution.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("goods_lot.id"))
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    group_name: Mapped[str] = mapped_column(default="")
    quantity: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[LineState]
    movement_id: Mapped[int | None] = mapped_column(ForeignKey("goods_movement.id"))
    walk_in: Mapped[bool] = mapped_column(default=False)
