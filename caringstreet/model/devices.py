"""Phones of shops that sign what they send, and whom a chat's senders are."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caringstreet.model.base import Base


class Device(Base):
    """One pairing of a phone with a shop; `shop_code` is the one that its lines say, whatever the shop is called later."""

    __tablename__ = "device"
    __table_args__ = (
        UniqueConstraint("shop_code", "number"),
        CheckConstraint("length(key) = 16", name="key_length"),
        Index(None, "shop_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id"))
    shop_code: Mapped[str]
    number: Mapped[int]
    key: Mapped[bytes]
    paired_at: Mapped[datetime]
    paired_by: Mapped[str]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str] = mapped_column(default="")
    revoked_reason: Mapped[str] = mapped_column(default="")


class MessageSender(Base):
    """A name or number in chats that a person has said to be a shop's; without a shop it is the centre's own."""

    __tablename__ = "message_sender"
    __table_args__ = (Index(None, "shop_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)  # as rules/messages.py folds it
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shop.id"))
    added_at: Mapped[datetime]
    added_by: Mapped[str]
