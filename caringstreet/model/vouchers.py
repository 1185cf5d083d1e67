"""Vouchers and the sheets they are printed on."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from caringstreet.model.base import Base
from caringstreet.rules.vouchers import HandedTo, VoucherState


class VoucherSheet(Base):
    """The vouchers made for one household for one day, handed out together."""

    __tablename__ = "voucher_sheet"
    __table_args__ = (Index(None, "household_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    month: Mapped[str]
    planned_on: Mapped[date]
    created_at: Mapped[datetime]


class Voucher(Base):
    """A household's right to one offer, once, on paper."""

    __tablename__ = "voucher"
    __table_args__ = (
        CheckConstraint("valid_from <= valid_to", name="days_in_order"),
        Index("ix_voucher_month", "month", "offer_id", "state"),
        Index("ix_voucher_household", "household_id", "month"),
        Index("ix_voucher_offer", "offer_id", "month"),
        Index("ix_voucher_valid_to", "valid_to", "state"),
        # A month's list in the order of any of its columns, or searched, is read from one of these alone.
        Index("ix_voucher_month_serial", "month", "serial", "household_id", "offer_id"),
        Index("ix_voucher_month_state", "month", "state", "valid_to", "household_id", "offer_id"),
        Index("ix_voucher_month_valid_from", "month", "valid_from", "household_id", "offer_id"),
        Index("ix_voucher_month_valid_to", "month", "valid_to", "household_id", "offer_id"),
        Index("ix_voucher_month_handed_out_on", "month", "handed_out_on", "household_id", "offer_id"),
        Index("ix_voucher_month_printed_at", "month", "printed_at", "household_id", "offer_id"),
        Index(None, "sheet_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    serial: Mapped[int] = mapped_column(BigInteger, unique=True)  # 40 random bits; printed as the short code
    key_id: Mapped[int] = mapped_column(ForeignKey("signing_key.id"))
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    offer_version_id: Mapped[int] = mapped_column(ForeignKey("offer_version.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    sheet_id: Mapped[int] = mapped_column(ForeignKey("voucher_sheet.id"))
    month: Mapped[str]  # of its first day, as 2026-11
    valid_from: Mapped[date]
    valid_to: Mapped[date]  # the last day counts in full
    state: Mapped[VoucherState]  # cached; follows from history and evidence
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("voucher.id"), unique=True)
    handed_out_on: Mapped[date | None]
    handed_to: Mapped[HandedTo | None]
    hand_out_note: Mapped[str] = mapped_column(default="")
    printed_at: Mapped[datetime | None]
    print_count: Mapped[int] = mapped_column(default=0)
    reprint_due: Mapped[bool] = mapped_column(default=False)  # its paper shows an older last day
    ended_as: Mapped[VoucherState | None]  # void, returned or replaced
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(default="")
