"""Offers and their versions: a version is frozen once a voucher carries it."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caringstreet.model.base import Base
from caringstreet.rules.offers import Funding, OfferKind, OfferState, OfferTerms, Validity


class Offer(Base):
    """A shop's standing promise; its id is the offer number in tokens."""

    __tablename__ = "offer"
    __table_args__ = (Index(None, "shop_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id"))
    state: Mapped[OfferState]
    state_reason: Mapped[str] = mapped_column(default="")
    current_version: Mapped[int] = mapped_column(default=1)

    versions: Mapped[list["OfferVersion"]] = relationship(order_by="OfferVersion.number", cascade="all, delete-orphan")


def terms_from(values: Mapping[str, Any]) -> OfferTerms:
    """Terms from columns; JSON lists become tuples again."""
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return OfferTerms(**fields)


class OfferVersion(Base):
    """The terms of an offer as one voucher keeps them; money in cents."""

    __tablename__ = "offer_version"
    __table_args__ = (
        UniqueConstraint("offer_id", "number"),
        CheckConstraint("list_cents = household_cents + shop_cents + fund_cents", name="split_adds_up"),
        CheckConstraint("household_cents >= 0 AND shop_cents >= 0 AND fund_cents >= 0", name="shares_not_negative"),
        CheckConstraint("kind <> 'percent' OR fund_cents = 0", name="percent_without_fund"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    number: Mapped[int]
    created_at: Mapped[datetime]
    title_zh: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    kind: Mapped[OfferKind]
    list_cents: Mapped[int]
    household_cents: Mapped[int]
    shop_cents: Mapped[int]
    fund_cents: Mapped[int]
    percent: Mapped[int | None]
    min_spend_cents: Mapped[int | None]
    funding: Mapped[Funding]
    categories: Mapped[list[Any]]
    weekdays: Mapped[int]
    time_from: Mapped[time | None]
    time_to: Mapped[time | None]
    lunar_days: Mapped[list[Any]]
    monthly_quota: Mapped[int | None]
    per_household_month: Mapped[int | None]
    per_visit: Mapped[int | None]
    validity: Mapped[Validity]
    validity_days: Mapped[int | None]
    validity_until: Mapped[date | None]
    pilot_until: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    search_text: Mapped[str] = mapped_column(default="")

    def terms(self) -> OfferTerms:
        """The frozen value that rules speak about."""
        return terms_from({name: getattr(self, name) for name in OfferTerms.__dataclass_fields__})

    def take(self, terms: OfferTerms) -> None:
        """Write terms into this version; only before a voucher carries it."""
        for name in OfferTerms.__dataclass_fields__:
            value = getattr(terms, name)
            setattr(self, name, list(value) if isinstance(value, tuple) else value)
