"""Households of neighbours, their members, the proofs seen and the consents given."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caringstreet.model.base import Base
from caringstreet.rules.households import ContactWay, HouseholdState, PrintLanguage


class Household(Base):
    """People living together who receive as one; floor and unit are the restricted part of the address."""

    __tablename__ = "household"
    __table_args__ = (
        CheckConstraint("size >= 1", name="size_positive"),
        Index(None, "display_name"),
        Index(None, "phone"),
        Index(None, "review_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    size: Mapped[int]
    language: Mapped[PrintLanguage]
    large_print: Mapped[bool] = mapped_column(default=False)
    diets: Mapped[list[Any]] = mapped_column(default=list)
    contact_way: Mapped[ContactWay]
    phone: Mapped[str] = mapped_column(default="")
    segment_id: Mapped[int | None] = mapped_column(ForeignKey("street_segment.id"))
    street_address: Mapped[str] = mapped_column(default="")
    building: Mapped[str] = mapped_column(default="")
    floor: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    lift: Mapped[bool | None]
    state: Mapped[HouseholdState]
    joined_on: Mapped[date | None]
    review_on: Mapped[date | None]
    left_on: Mapped[date | None]
    left_reason: Mapped[str] = mapped_column(default="")
    referral: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    search_text: Mapped[str] = mapped_column(default="")

    members: Mapped[list["Member"]] = relationship(order_by="Member.position", cascade="all, delete-orphan", passive_deletes=True)
    checks: Mapped[list["EligibilityCheck"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    consents: Mapped[list["Consent"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class Member(Base):
    """One person of a household; a birth year, never a birth date."""

    __tablename__ = "member"
    __table_args__ = (Index(None, "household_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id", ondelete="CASCADE"))
    name: Mapped[str]
    birth_year: Mapped[int | None]
    relation: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class EligibilityCheck(Base):
    """Who saw which proof, when, and until when it holds; no copy is kept."""

    __tablename__ = "eligibility_check"
    __table_args__ = (Index(None, "household_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id", ondelete="CASCADE"))
    category_code: Mapped[str] = mapped_column(ForeignKey("eligibility_category.code"))
    seen_on: Mapped[date]
    seen_by: Mapped[str] = mapped_column(default="")
    valid_until: Mapped[date | None]


class Consent(Base):
    """A consent for one purpose, with its day and, once taken back, that day too."""

    __tablename__ = "consent"
    __table_args__ = (Index(None, "household_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id", ondelete="CASCADE"))
    purpose: Mapped[str]
    given_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
