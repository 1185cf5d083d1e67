"""Shops of the street, the people who answer for them, what they agreed to."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caringstreet.model.base import Base
from caringstreet.rules.shops import CollectingWay, Kindness, SettlementWay, ShopState


class Shop(Base):
    """A business on the street; `rest_days` has bit 0 for Monday."""

    __tablename__ = "shop"
    __table_args__ = (CheckConstraint("rest_days BETWEEN 0 AND 127", name="rest_days_week"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name_zh: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="")
    segment_id: Mapped[int | None] = mapped_column(ForeignKey("street_segment.id"))
    address: Mapped[str] = mapped_column(default="")
    landmark: Mapped[str] = mapped_column(default="")
    opening: Mapped[str] = mapped_column(default="")
    rest_days: Mapped[int] = mapped_column(default=0)
    collecting: Mapped[CollectingWay]
    settlement: Mapped[SettlementWay]
    state: Mapped[ShopState]
    joined_on: Mapped[date | None]
    state_reason: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    search_text: Mapped[str] = mapped_column(default="")

    contacts: Mapped[list["ShopContact"]] = relationship(
        order_by="ShopContact.position", cascade="all, delete-orphan", passive_deletes=True
    )
    agreements: Mapped[list["Agreement"]] = relationship(order_by="Agreement.signed_on", cascade="all, delete-orphan", passive_deletes=True)
    kindnesses: Mapped[list["KindnessMeasure"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class ShopContact(Base):
    """Who answers WhatsApp or the telephone for a shop."""

    __tablename__ = "shop_contact"
    __table_args__ = (Index(None, "shop_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    whatsapp: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class Agreement(Base):
    """A shop's signed promise; without `until` it has no end."""

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= signed_on", name="days_in_order"),
        Index(None, "shop_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"))
    signed_on: Mapped[date]
    until: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")


class KindnessMeasure(Base):
    """Help a shop offers that is not money."""

    __tablename__ = "kindness_measure"
    __table_args__ = (Index(None, "shop_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"))
    kind: Mapped[Kindness]
    note: Mapped[str] = mapped_column(default="")
