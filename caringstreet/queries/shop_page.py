"""What the shops' page must know: offers with their neutral words, cancelled and extended vouchers, public keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from caringstreet.model.offers import Offer, OfferVersion
from caringstreet.model.shops import Shop
from caringstreet.model.street import SigningKey
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.offers import OPEN_STATES, OfferTerms, last_day_for
from caringstreet.rules.vouchers import OPEN
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class OfferOnPage:
    """An offer whose vouchers may come; empty words, and no amount owed, where papers about differ from each other."""

    number: int
    shop: str
    title_zh: str
    title_en: str
    cents: int | None


@dataclass(frozen=True)
class KeyOnPage:
    """The public half of a signing key, 32 bytes; a retired key has its moment."""

    key_id: int
    public_key: bytes
    retired_at: datetime | None


@dataclass(frozen=True)
class ShopPageRow:
    """All of it; serials only of vouchers that are on paper and whose last day has not passed.

    `later` has the new last day of an offer's vouchers by what their paper says, where all of them have it;
    `extended` that of single ones.
    """

    keys: tuple[KeyOnPage, ...]
    offers: tuple[OfferOnPage, ...]
    cancelled: frozenset[int]
    later: Mapping[tuple[int, date], date]
    extended: Mapping[int, date]


@dataclass(frozen=True)
class _About:
    """An open voucher and the last day that its paper says."""

    serial: int
    offer: int
    version_id: int
    printed: date
    until: date


def facts(reader: Reader, today: date) -> ShopPageRow:
    """What the page must know on a day."""
    versions = {version_id: (offer_id, terms) for version_id, offer_id, terms in _versions(reader)}
    good = _about(reader, versions, today)
    extended = [one for one in good if one.until > one.printed]
    later: dict[tuple[int, date], date] = {}
    if extended:
        # A whole street extended for a typhoon would fill the page with serials; as a rule it takes a few words.
        days: dict[tuple[int, date], set[date]] = {}
        for one in _about(reader, versions, min(one.printed for one in extended)):
            days.setdefault((one.offer, one.printed), set()).add(one.until)
        later = {key: min(until) for key, until in days.items() if len(until) == 1 and min(until) > key[1]}
    return ShopPageRow(
        keys=_keys(reader),
        offers=_offers(reader, versions, {one.version_id for one in good}),
        cancelled=_cancelled(reader, today),
        later={key: until for key, until in later.items() if until >= today},
        extended={one.serial: one.until for one in extended if (one.offer, one.printed) not in later},
    )


def _about(reader: Reader, versions: Mapping[int, tuple[int, OfferTerms]], since: date) -> list[_About]:
    """The open vouchers whose last day is `since` or later."""
    rows = reader.execute(
        select(Voucher.serial, Voucher.offer_version_id, Voucher.valid_from, Voucher.valid_to)
        .where(Voucher.state.in_(OPEN), Voucher.valid_to >= since)
        .order_by(Voucher.serial)
    )
    found = []
    for serial, version_id, valid_from, valid_to in rows:
        offer, terms = versions[version_id]
        found.append(_About(serial, offer, version_id, last_day_for(terms, valid_from), valid_to))
    return found


def _versions(reader: Reader) -> list[tuple[int, int, OfferTerms]]:
    """Version, offer and terms of every version; only what decides the last day and the words is read."""
    wanted = ("title_zh", "title_en", "fund_cents", "kind", "validity", "validity_days", "validity_until")
    rows = reader.execute(select(OfferVersion.id, OfferVersion.offer_id, *(getattr(OfferVersion, name) for name in wanted))).mappings()
    return [(row["id"], row["offer_id"], OfferTerms(**{name: row[name] for name in wanted})) for row in rows]


def _offers(reader: Reader, versions: Mapping[int, tuple[int, OfferTerms]], about: set[int]) -> tuple[OfferOnPage, ...]:
    """Offers in force, and those whose vouchers are about."""
    rows = reader.execute(
        select(Offer.id, Shop.code, Offer.state, OfferVersion.id.label("version_id"))
        .join(Shop, Shop.id == Offer.shop_id)
        .join(OfferVersion, (OfferVersion.offer_id == Offer.id) & (OfferVersion.number == Offer.current_version))
        .order_by(Offer.id)
    )
    found = []
    for offer_id, shop, state, current in rows:
        on_paper = {version for version in about if versions[version][0] == offer_id}
        if state in OPEN_STATES or on_paper:
            terms = [versions[one][1] for one in on_paper or {current}]
            titles = {(one.title_zh, one.title_en) for one in terms}
            owed = {one.fund_cents for one in terms}
            title = titles.pop() if len(titles) == 1 else ("", "")
            found.append(OfferOnPage(offer_id, shop, *title, owed.pop() if len(owed) == 1 else None))
    return tuple(found)


def _cancelled(reader: Reader, today: date) -> frozenset[int]:
    on_paper = or_(Voucher.print_count > 0, Voucher.handed_out_on.is_not(None))
    return frozenset(reader.scalars(select(Voucher.serial).where(Voucher.ended_as.is_not(None), Voucher.valid_to >= today, on_paper)))


def _keys(reader: Reader) -> tuple[KeyOnPage, ...]:
    rows = reader.execute(select(SigningKey.id, SigningKey.public_key, SigningKey.retired_at).order_by(SigningKey.id))
    return tuple(KeyOnPage(*row) for row in rows)
