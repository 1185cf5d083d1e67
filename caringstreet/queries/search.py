"""Search everywhere: shops, offers, households and vouchers by whatever people remember of them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import and_, select

from caringstreet.model.households import Household
from caringstreet.model.offers import Offer, OfferVersion
from caringstreet.model.shops import Shop
from caringstreet.queries.like import like
from caringstreet.queries.vouchers import VoucherFilter, matching_ids, rows
from caringstreet.rules.codes import plain, pretty
from caringstreet.rules.texts import fold
from caringstreet.storage.database import Reader

_MOST = 6
_SHORTEST_CODE = 4


class HitKind(StrEnum):
    SHOP = "shop"
    OFFER = "offer"
    HOUSEHOLD = "household"
    VOUCHER = "voucher"


@dataclass(frozen=True)
class Hit:
    """Something found: `title` names it, `detail` tells it apart."""

    kind: HitKind
    subject_id: int
    title: str
    detail: str


def hits(reader: Reader, text: str, today: date) -> list[Hit]:
    """The first few of each kind; every word must be found, in any width, case or variant."""
    words = [fold(word) for word in text.split() if fold(word)]
    if not words:
        return []
    shops = reader.execute(
        select(Shop.id, Shop.code, Shop.name_zh, Shop.name_en)
        .where(*(Shop.search_text.like(like(word), escape="\\") for word in words))
        .order_by(Shop.code)
        .limit(_MOST)
    )
    found = [Hit(HitKind.SHOP, row.id, f"{row.code} {row.name_zh}", row.name_en) for row in shops]
    offers = reader.execute(
        select(Offer.id, Offer.code, OfferVersion.title_zh, OfferVersion.title_en)
        .join(OfferVersion, and_(OfferVersion.offer_id == Offer.id, OfferVersion.number == Offer.current_version))
        .where(*(OfferVersion.search_text.like(like(word), escape="\\") for word in words))
        .order_by(Offer.code)
        .limit(_MOST)
    )
    found += [Hit(HitKind.OFFER, row.id, f"{row.code} {row.title_zh}", row.title_en) for row in offers]
    households = reader.execute(
        select(Household.id, Household.number, Household.display_name, Household.building)
        .where(*(Household.search_text.like(like(word), escape="\\") for word in words))
        .order_by(Household.number)
        .limit(_MOST)
    )
    found += [Hit(HitKind.HOUSEHOLD, row.id, f"{row.number} {row.display_name}", row.building) for row in households]
    return found + _vouchers(reader, text, today)


def _vouchers(reader: Reader, text: str, today: date) -> list[Hit]:
    typed = plain(text)
    if len(typed) < _SHORTEST_CODE or not typed.isascii() or not typed.isalnum():
        return []
    ids = matching_ids(reader, VoucherFilter(search=text.replace(" ", "-")), today)[:_MOST]
    return [
        Hit(HitKind.VOUCHER, row.voucher_id, pretty(row.code), f"{row.title_zh} · {row.household}")
        for row in rows(reader, ids, today).values()
        if row.code.startswith(typed[:8])
    ]
