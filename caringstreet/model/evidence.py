"""What came back: rounds, claims and slips, and the one redemption that follows from them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caringstreet.model.base import Base
from caringstreet.rules.evidence import Channel, Decision, EvidenceKind, Outcome, Verdict
from caringstreet.rules.questions import QuestionKind, Ruling


class Collection(Base):
    """One round at one shop: the day on which its slips were taken, counted by both."""

    __tablename__ = "collection"
    __table_args__ = (UniqueConstraint("shop_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id"))
    day: Mapped[date]
    counted_by_shop: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")


class Evidence(Base):
    """One claim or slip, kept for ever, refused ones too; taking it back leaves the row."""

    __tablename__ = "evidence"
    __table_args__ = (
        Index("ix_evidence_voucher", "voucher_id"),
        Index("ix_evidence_day", "day", "outcome"),
        Index("ix_evidence_verdict", "verdict", "decision"),
        Index("ix_evidence_shop", "shop_id", "day"),
        Index("ix_evidence_device", "device_id", "seq"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    content_hash: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[EvidenceKind]
    channel: Mapped[Channel]
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("voucher.id"))
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id"))  # said by hand for an unreadable slip
    text: Mapped[str]
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id"))
    collection_id: Mapped[int | None] = mapped_column(ForeignKey("collection.id"))
    day: Mapped[date]
    happened_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    outcome: Mapped[Outcome]
    verdict: Mapped[Verdict]
    flags: Mapped[list[Any]]
    decision: Mapped[Decision | None]
    decided_by: Mapped[str] = mapped_column(default="")
    decided_reason: Mapped[str] = mapped_column(default="")
    taken_back_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[str]
    # What a message says of itself: the phone and its count, the phone's clock, the chat's clock, and how often more
    # it stood in one chat.
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id"))
    seq: Mapped[int | None]
    said_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    repeats: Mapped[int] = mapped_column(default=0)


class DecisionEntry(Base):
    """What a person answered to one question, kept for ever; a reversal is written beside it, with its own reason."""

    __tablename__ = "decision_entry"
    __table_args__ = (Index("ix_decision_entry_evidence", "evidence_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"))
    kind: Mapped[QuestionKind]
    ruling: Mapped[Ruling]
    reason: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("voucher.id"))  # named for an unreadable slip
    reversed_at: Mapped[datetime | None]
    reversed_by: Mapped[str] = mapped_column(default="")
    reversed_reason: Mapped[str] = mapped_column(default="")


class Redemption(Base):
    """The verdict over a voucher's evidence; at most one a voucher."""

    __tablename__ = "redemption"
    __table_args__ = (Index("ix_redemption_day", "day", "shop_id", "offer_version_id", "voucher_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id"), unique=True)
    offer_version_id: Mapped[int] = mapped_column(ForeignKey("offer_version.id"))
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id"))
    day: Mapped[date]
    happened_at: Mapped[datetime | None]
    channel: Mapped[Channel]
    flags: Mapped[list[Any]]
    without_slip: Mapped[bool]
