"""The street itself: its one row of settings, its street segments and its signing keys."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caringstreet.model.base import Base


class CaringStreet(Base):
    """Settings of the scheme; one row, id 1. `practice` marks a street whose vouchers are specimens."""

    __tablename__ = "caring_street"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    team: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="zh_HK")
    page_host: Mapped[str] = mapped_column(default="")
    practice: Mapped[bool] = mapped_column(default=False)
    cap_one: Mapped[int] = mapped_column(default=8)
    cap_two_or_three: Mapped[int] = mapped_column(default=12)
    cap_four_or_more: Mapped[int] = mapped_column(default=16)
    grace_days: Mapped[int] = mapped_column(default=3)
    backup_folder: Mapped[str] = mapped_column(default="")
    whatsapp: Mapped[str] = mapped_column(default="")  # eight digits; where shops send their messages
    goods: Mapped[bool] = mapped_column(default=False)  # whether the street keeps donated goods
    created_at: Mapped[datetime]


class StreetSegment(Base):
    """One real street or estate of the scheme."""

    __tablename__ = "street_segment"

    id: Mapped[int] = mapped_column(primary_key=True)
    name_zh: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class SigningKey(Base):
    """An Ed25519 key pair; its id (1 to 255) stands in each token."""

    __tablename__ = "signing_key"
    __table_args__ = (CheckConstraint("id BETWEEN 1 AND 255", name="one_byte"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    private_key: Mapped[bytes]
    public_key: Mapped[bytes]
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class EligibilityCategory(Base):
    """A configurable ground on which a household may take part."""

    __tablename__ = "eligibility_category"

    code: Mapped[str] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    proof: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
