"""Search everywhere: shops, offers, households, vouchers and goods by whatever people remember of them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

from sqlalchemy import and_, select

from caringstreet.model.households import Household
from caringstreet.model.offers import Offer, OfferVersion
from caringstreet.model.shops import Shop
from caringstreet.model.street import CaringStreet
from caringstreet.queries import goods, goods_donations, standing
from caringstreet.queries.goods import LotView
from caringstreet.queries.like import like
from caringstreet.queries.vouchers import VoucherFilter, matching_ids, rows
from caringstreet.rules.codes import plain, pretty
from caringstreet.rules.eligibility import HouseholdStanding
from caringstreet.rules.quantities import Unit
from caringstreet.rules.texts import LONGEST_SEARCH, search_words
from caringstreet.storage.database import Reader

_MOST = 6
_FEW = 3
_SHORTEST_CODE = 4


class HitKind(StrEnum):
    SHOP = "shop"
    OFFER = "offer"
    HOUSEHOLD = "household"
    VOUCHER = "voucher"
    LOT = "lot"
    DONATION = "donation"


@dataclass(frozen=True)
class Hit:
    """Something found: `title` names it, `detail` tells it apart; of a lot what is there, of a donation its receipt, of a household its standing."""

    kind: HitKind
    subject_id: int
    title: str
    detail: str
    stock: tuple[int, Unit] | None = None
    receipt: int | None = None
    standing: HouseholdStanding | None = None


def hits(reader: Reader, text: str, today: date) -> list[Hit]:
    """The first few of each kind; every word must be found, in any width, case or variant."""
    text = text[:LONGEST_SEARCH]
    words = search_words(text)
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
    ).all()
    standings = standing.of_households(reader, [row.id for row in households])
    found += [
        Hit(HitKind.HOUSEHOLD, row.id, f"{row.number} {row.display_name}", row.building, standing=standings[row.id]) for row in households
    ]
    found += _vouchers(reader, text, today)
    return [*found, *_goods(reader, text, today)] if reader.scalar(select(CaringStreet.goods)) else found


def _goods(reader: Reader, text: str, today: date) -> list[Hit]:
    """Lots that are there, then donations: the one with that receipt number, else the newest."""
    end = datetime.combine(today, time.max, UTC)
    ids = goods.matching_ids(reader, LotView.STOCK, text, today, end, "day", descending=True)[:_MOST]
    lots = goods.rows(reader, ids, today)
    found = [
        Hit(HitKind.LOT, one.lot_id, one.item, " · ".join(part for part in (one.giver, one.place) if part), (one.stock, one.unit))
        for one in (lots[lot_id] for lot_id in ids)
    ]
    donations = goods_donations.rows(reader, goods_donations.matching_ids(reader, text)[:_MOST])
    exact = [one for one in donations.values() if text.strip().isdecimal() and one.number == int(text)]
    newest = sorted(donations.values(), key=lambda one: -one.number)[:_FEW]
    return found + [
        Hit(HitKind.DONATION, one.donation_id, one.giver, "、".join(line.item for line in one.lines), receipt=one.number)
        for one in exact or newest
    ]


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
