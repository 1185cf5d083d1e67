"""What a shop is paid apart from its redemptions."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from caringstreet.model.base import Base
from caringstreet.rules.adjustments import AdjustmentKind


class Adjustment(Base):
    """A second stamped sheet paid in goodwill, in cents of its voucher's price; at most one a piece of evidence.

    Like the redemption it follows from evidence and decision; who paid it and why stands with the decision.
    """

    __tablename__ = "adjustment"
    __table_args__ = (
        CheckConstraint("fund_cents >= 0 AND shop_cents >= 0", name="not_negative"),
        Index("ix_adjustment_day", "day", "shop_id"),
        Index("ix_adjustment_voucher", "voucher_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[AdjustmentKind]
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), unique=True)
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id"))
    offer_version_id: Mapped[int] = mapped_column(ForeignKey("offer_version.id"))
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id"))
    day: Mapped[date]
    fund_cents: Mapped[int]  # what the shop is paid
    shop_cents: Mapped[int]  # what the shop gives once more
