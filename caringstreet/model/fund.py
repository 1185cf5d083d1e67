"""Money of the street's fund, apart from what redeemed vouchers cost."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caringstreet.model.base import Base
from caringstreet.rules.fund import FundKind


class FundEntry(Base):
    """One line of the fund's book, in cents. Spending on vouchers is not here: it follows from redemptions."""

    __tablename__ = "fund_entry"
    __table_args__ = (CheckConstraint("in_cents >= 0 AND out_cents >= 0 AND (in_cents > 0) <> (out_cents > 0)", name="one_amount"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    kind: Mapped[FundKind]
    text: Mapped[str]
    in_cents: Mapped[int]
    out_cents: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    content_hash: Mapped[str] = mapped_column(unique=True)  # a second import of the same line changes nothing
