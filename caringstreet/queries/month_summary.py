"""The figures of a month; month_rows.py finds the rows behind each of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select

from caringstreet.model.adjustments import Adjustment
from caringstreet.model.evidence import Evidence, Redemption
from caringstreet.model.offers import Offer, OfferVersion
from caringstreet.model.shops import Shop
from caringstreet.model.street import StreetSegment
from caringstreet.model.vouchers import Voucher
from caringstreet.queries.month_rows import (
    STREET,
    Figure,
    evidence_of,
    expired,
    handed_out,
    households_reached,
    how_many,
    issued,
    kinds_of,
    new_faces,
    out,
    paid_in,
    redeemed_in,
    vouchers,
    week_of,
)
from caringstreet.rules.evidence import UNREMARKABLE, Channel, Outcome
from caringstreet.rules.households import HouseholdKind
from caringstreet.rules.months import Month
from caringstreet.rules.vouchers import VoucherState, shown_state
from caringstreet.storage.database import Reader


@dataclass
class Counts:
    """Counts of vouchers and cents of redemptions of one part of the street.

    `goodwill` counts second sheets that were paid though their code was redeemed; their cents are in no other figure.
    """

    issued: int = 0
    redeemed: int = 0
    expired: int = 0
    returned: int = 0
    out: int = 0
    household_cents: int = 0
    shop_cents: int = 0
    fund_cents: int = 0
    goodwill: int = 0
    goodwill_cents: int = 0
    goodwill_gift_cents: int = 0

    @property
    def to_pay_cents(self) -> int:
        """What the shops receive: vouchers and goodwill."""
        return self.fund_cents + self.goodwill_cents

    def add(self, other: "Counts") -> None:
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True)
class HandedOut:
    """The vouchers of a month that were handed out, and what became of them; `void` holds those replaced, too."""

    handed_out: int = 0
    redeemed: int = 0
    expired: int = 0
    returned: int = 0
    void: int = 0

    @property
    def out(self) -> int:
        """With neighbours, and still good."""
        return self.handed_out - self.redeemed - self.expired - self.returned - self.void


@dataclass(frozen=True)
class OfferFigures:
    offer_id: int
    offer: str
    title_zh: str
    title_en: str
    shop_id: int
    quota: int | None
    counts: Counts


@dataclass(frozen=True)
class ShopFigures:
    shop_id: int
    shop: str
    name_zh: str
    name_en: str
    street: str
    counts: Counts


@dataclass(frozen=True)
class MonthFigures:
    """All figures of a month; cents are those of redemptions by their day."""

    month: Month
    total: Counts
    handed: HandedOut
    not_handed_out: int
    replaced: int
    void: int
    without_slip: int
    new_faces: int
    households: int
    offers: tuple[OfferFigures, ...]
    shops: tuple[ShopFigures, ...]
    streets: tuple[tuple[str, Counts], ...]
    kinds: tuple[tuple[HouseholdKind, Counts], ...]
    channels: Mapping[Channel, int]
    exceptions: Mapping[Outcome, int]
    weeks: tuple[tuple[date, date, int], ...] = field(default=())

    @property
    def value_cents(self) -> int:
        """What neighbours were given: the shops' gift and the fund's part."""
        return self.total.shop_cents + self.total.fund_cents


def figures(reader: Reader, month: Month, today: date) -> MonthFigures:
    """Count a month as it stands; a voucher is expired once its last day lies before `today`."""
    by_offer = _by(reader, month, today, Voucher.offer_id)
    offers = _offers(reader, by_offer)
    shops = _shops(reader, offers)
    streets: dict[str, Counts] = {}
    total = Counts()
    for shop in shops:
        streets.setdefault(shop.street, Counts()).add(shop.counts)
        total.add(shop.counts)
    kinds = _by_kind(reader, month, today)
    replaced = how_many(reader, vouchers(Figure.REPLACED, month, today))
    return MonthFigures(
        month=month,
        total=total,
        handed=_handed_out(reader, month, today),
        not_handed_out=how_many(reader, vouchers(Figure.NOT_HANDED_OUT, month, today)),
        replaced=replaced,
        void=how_many(reader, vouchers(Figure.VOID, month, today)),
        without_slip=how_many(reader, vouchers(Figure.WITHOUT_SLIP, month, today)),
        new_faces=how_many(reader, new_faces(month)),
        households=how_many(reader, households_reached(month)),
        offers=offers,
        shops=shops,
        streets=tuple((name, counts) for name, counts in streets.items() if counts.issued or counts.redeemed or counts.goodwill),
        kinds=tuple((kind, kinds[kind]) for kind in HouseholdKind if kind in kinds),
        channels=_channels(reader, month),
        exceptions=_exceptions(reader, month),
        weeks=_weeks(reader, month),
    )


def of_shop(reader: Reader, month: Month, today: date, shop_id: int) -> Counts:
    """The counts of one shop, as the summary of the month has them."""
    by_offer = _by(reader, month, today, Voucher.offer_id)
    found = Counts()
    for offer_id in reader.scalars(select(Offer.id).where(Offer.shop_id == shop_id)):
        found.add(by_offer.get(offer_id, Counts()))
    return found


def _handed_out(reader: Reader, month: Month, today: date) -> HandedOut:
    rows = reader.execute(
        select(Voucher.state, Voucher.valid_to, func.count()).where(handed_out(month)).group_by(Voucher.state, Voucher.valid_to)
    )
    counts: dict[VoucherState, int] = {}
    for stored, last_day, count in rows:
        shown = shown_state(stored, last_day, today)
        counts[shown] = counts.get(shown, 0) + count
    return HandedOut(
        handed_out=sum(counts.values()),
        redeemed=counts.get(VoucherState.REDEEMED, 0),
        expired=counts.get(VoucherState.EXPIRED, 0),
        returned=counts.get(VoucherState.RETURNED, 0),
        void=counts.get(VoucherState.VOID, 0) + counts.get(VoucherState.REPLACED, 0),
    )


def _by(reader: Reader, month: Month, today: date, key: Any, source: Any = None) -> dict[Any, Counts]:
    """Counts by a column of the voucher, or of what `source` joins to it."""
    found: dict[Any, Counts] = {}

    def joined(wanted: Select[Any]) -> Select[Any]:
        return wanted if source is None else wanted.join(source, source.c.household_id == Voucher.household_id)

    for name, condition in (
        ("issued", issued(month)),
        ("expired", expired(month, today)),
        ("returned", and_(Voucher.month == str(month), Voucher.state == VoucherState.RETURNED)),
        ("out", out(month, today)),
    ):
        counted = joined(select(key, func.count(Voucher.id)).select_from(Voucher)).where(condition).group_by(key)
        for value, count in reader.execute(counted):
            setattr(found.setdefault(value, Counts()), name, count)
    redeemed = joined(
        select(
            key,
            func.count(Voucher.id),
            func.sum(OfferVersion.household_cents),
            func.sum(OfferVersion.shop_cents),
            func.sum(OfferVersion.fund_cents),
        )
        .select_from(Redemption)
        .join(Voucher, Voucher.id == Redemption.voucher_id)
        .join(OfferVersion, OfferVersion.id == Redemption.offer_version_id)
    )
    for value, count, household, shop, fund in reader.execute(redeemed.where(redeemed_in(month)).group_by(key)):
        counts = found.setdefault(value, Counts())
        counts.redeemed, counts.household_cents, counts.shop_cents, counts.fund_cents = count, household, shop, fund
    goodwill = joined(
        select(key, func.count(Adjustment.id), func.sum(Adjustment.fund_cents), func.sum(Adjustment.shop_cents))
        .select_from(Adjustment)
        .join(Voucher, Voucher.id == Adjustment.voucher_id)
    )
    for value, count, fund, shop in reader.execute(goodwill.where(paid_in(month)).group_by(key)):
        counts = found.setdefault(value, Counts())
        counts.goodwill, counts.goodwill_cents, counts.goodwill_gift_cents = count, fund, shop
    return found


def _offers(reader: Reader, by_offer: Mapping[int, Counts]) -> tuple[OfferFigures, ...]:
    rows = reader.execute(
        select(Offer.id, Offer.code, OfferVersion.title_zh, OfferVersion.title_en, Offer.shop_id, OfferVersion.monthly_quota)
        .join(OfferVersion, and_(OfferVersion.offer_id == Offer.id, OfferVersion.number == Offer.current_version))
        .order_by(Offer.code)
    )
    return tuple(OfferFigures(*row, by_offer.get(row[0], Counts())) for row in rows)


def _shops(reader: Reader, offers: tuple[OfferFigures, ...]) -> tuple[ShopFigures, ...]:
    counts: dict[int, Counts] = {}
    for offer in offers:
        counts.setdefault(offer.shop_id, Counts()).add(offer.counts)
    rows = reader.execute(
        select(Shop.id, Shop.code, Shop.name_zh, Shop.name_en, STREET)
        .outerjoin(StreetSegment, StreetSegment.id == Shop.segment_id)
        .order_by(Shop.code)
    )
    return tuple(ShopFigures(*row, counts.get(row[0], Counts())) for row in rows)


def _by_kind(reader: Reader, month: Month, today: date) -> dict[HouseholdKind, Counts]:
    kinds = kinds_of(month)
    found = _by(reader, month, today, kinds.c.kind, kinds)
    return {HouseholdKind(kind): counts for kind, counts in found.items()}


def _channels(reader: Reader, month: Month) -> dict[Channel, int]:
    rows = reader.execute(select(Redemption.channel, func.count()).where(redeemed_in(month)).group_by(Redemption.channel))
    counts = {channel: count for channel, count in rows}
    return {channel: counts.get(channel, 0) for channel in Channel}


def _exceptions(reader: Reader, month: Month) -> dict[Outcome, int]:
    rows = reader.execute(
        select(Evidence.outcome, func.count()).where(evidence_of(month), Evidence.outcome.not_in(UNREMARKABLE)).group_by(Evidence.outcome)
    )
    counts = {outcome: count for outcome, count in rows}
    # A message sent twice is one piece of evidence that says how often more it came.
    repeats = reader.scalar(select(func.sum(Evidence.repeats)).where(evidence_of(month))) or 0
    counts[Outcome.ALREADY_KNOWN] = counts.get(Outcome.ALREADY_KNOWN, 0) + repeats
    return {outcome: counts[outcome] for outcome in Outcome if counts.get(outcome)}


def _weeks(reader: Reader, month: Month) -> tuple[tuple[date, date, int], ...]:
    """Redemptions of days 1-7, 8-14, 15-21 and 22 to the end."""
    week = week_of(Redemption.day).label("week")
    rows = reader.execute(select(week, func.count()).where(redeemed_in(month)).group_by(week))
    counts = {number: redeemed for number, redeemed in rows}
    return tuple((first, last, counts.get(number, 0)) for number, (first, last) in enumerate(month.weeks))
