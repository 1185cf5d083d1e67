"""Offers with what a month has used of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select

from caringstreet.model.evidence import Redemption
from caringstreet.model.offers import Offer, OfferVersion, terms_from
from caringstreet.model.shops import Shop
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.months import Month
from caringstreet.rules.offers import OPEN_STATES, OfferState, OfferTerms
from caringstreet.rules.vouchers import NOT_COUNTED
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class OfferRow:
    """One offer; `used` counts against the quota, `redeemed` by the day of redemption."""

    offer_id: int
    code: str
    shop_id: int
    shop: str
    shop_zh: str
    shop_en: str
    state: OfferState
    state_reason: str
    version: int
    terms: OfferTerms
    used: int
    redeemed: int

    @property
    def left(self) -> int | None:
        """What the quota still allows; None without a quota."""
        return None if self.terms.monthly_quota is None else max(0, self.terms.monthly_quota - self.used)


def rows(reader: Reader, month: Month, *, shop_id: int | None = None, open_only: bool = False) -> list[OfferRow]:
    """The offers of one shop or of all, by code."""
    used = dict(
        reader.execute(
            select(Voucher.offer_id, func.count())
            .where(Voucher.month == str(month), Voucher.state.not_in(NOT_COUNTED))
            .group_by(Voucher.offer_id)
        ).all()
    )
    redeemed = dict(
        reader.execute(
            select(OfferVersion.offer_id, func.count(Redemption.id))
            .join(Redemption, Redemption.offer_version_id == OfferVersion.id)
            .where(Redemption.day.between(month.first_day, month.last_day))
            .group_by(OfferVersion.offer_id)
        ).all()
    )
    wanted = (
        select(
            Offer.id, Offer.code, Offer.shop_id, Shop.code, Shop.name_zh, Shop.name_en, Offer.state, Offer.state_reason, OfferVersion.number
        )
        .add_columns(*_terms_columns())
        .join(Shop, Shop.id == Offer.shop_id)
        .join(OfferVersion, and_(OfferVersion.offer_id == Offer.id, OfferVersion.number == Offer.current_version))
        .order_by(Offer.code)
    )
    if shop_id is not None:
        wanted = wanted.where(Offer.shop_id == shop_id)
    if open_only:
        wanted = wanted.where(Offer.state.in_(OPEN_STATES))
    return [_offer(tuple(row), used, redeemed) for row in reader.execute(wanted)]


def _offer(row: tuple[Any, ...], used: Mapping[int, int], redeemed: Mapping[int, int]) -> OfferRow:
    return OfferRow(*row[:9], terms=_terms(row[9:]), used=used.get(row[0], 0), redeemed=redeemed.get(row[0], 0))  # type: ignore[misc]


def issued_on_version(reader: Reader, offer_id: int) -> int:
    """How many vouchers carry the present terms of an offer and keep them."""
    return (
        reader.scalar(
            select(func.count(Voucher.id))
            .join(OfferVersion, OfferVersion.id == Voucher.offer_version_id)
            .join(Offer, and_(Offer.id == OfferVersion.offer_id, Offer.current_version == OfferVersion.number))
            .where(Offer.id == offer_id)
        )
        or 0
    )


def versions(reader: Reader, offer_id: int) -> list[tuple[int, date, OfferTerms]]:
    """All versions of an offer, newest first: number, UTC day of making, terms."""
    found = reader.execute(
        select(OfferVersion.number, OfferVersion.created_at, *_terms_columns())
        .where(OfferVersion.offer_id == offer_id)
        .order_by(OfferVersion.number.desc())
    )
    return [(row[0], row[1].date(), _terms(row[2:])) for row in found]


def _terms_columns() -> list[Any]:
    return [getattr(OfferVersion, name) for name in OfferTerms.__dataclass_fields__]


def _terms(values: Sequence[Any]) -> OfferTerms:
    return terms_from(dict(zip(OfferTerms.__dataclass_fields__, values, strict=True)))
