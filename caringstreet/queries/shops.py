"""Shops as lists and details show them."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import and_, func, or_, select

from caringstreet.model.evidence import Redemption
from caringstreet.model.offers import Offer
from caringstreet.model.shops import Agreement, KindnessMeasure, Shop, ShopContact
from caringstreet.model.street import StreetSegment
from caringstreet.model.vouchers import Voucher
from caringstreet.queries.like import like
from caringstreet.rules.months import Month
from caringstreet.rules.shops import CollectingWay, Kindness, SettlementWay, ShopState
from caringstreet.rules.texts import fold, search_words
from caringstreet.rules.vouchers import NOT_COUNTED
from caringstreet.storage.database import Reader


class ShopView(StrEnum):
    """The chips over the list."""

    ALL = "all"
    ACTIVE = "active"
    ENDING = "ending"
    AWAY = "away"


@dataclass(frozen=True)
class ShopRow:
    """One shop; `issued` and `redeemed` count the month."""

    shop_id: int
    code: str
    name_zh: str
    name_en: str
    kind: str
    street: str
    collecting: CollectingWay
    state: ShopState
    agreement_until: date | None
    offers: int
    issued: int
    redeemed: int


@dataclass(frozen=True)
class ContactRow:
    name: str
    phone: str
    whatsapp: str


@dataclass(frozen=True)
class ShopDetail:
    """All that is kept of a shop."""

    shop_id: int
    code: str
    name_zh: str
    name_en: str
    kind: str
    street: str
    address: str
    landmark: str
    opening: str
    rest_days: int
    collecting: CollectingWay
    settlement: SettlementWay
    state: ShopState
    state_reason: str
    joined_on: date | None
    note: str
    contacts: tuple[ContactRow, ...]
    agreement_from: date | None
    agreement_until: date | None
    kindnesses: tuple[tuple[Kindness, str], ...]


def _ends(today: date):  # type: ignore[no-untyped-def]
    """Shops whose last agreement ends within thirty days."""
    return (
        select(Agreement.shop_id)
        .group_by(Agreement.shop_id)
        .having(
            and_(
                func.max(Agreement.until) <= today + timedelta(days=30),
                func.count(Agreement.id) == func.count(Agreement.until),
            )
        )
    )


def matching_ids(reader: Reader, view: ShopView, search: str, today: date, sort: str = "code", *, descending: bool = False) -> "array[int]":
    """The shops of a view that hold every word of the search."""
    wanted = select(Shop.id).outerjoin(StreetSegment, StreetSegment.id == Shop.segment_id)
    if view is ShopView.ACTIVE:
        wanted = wanted.where(Shop.state == ShopState.ACTIVE)
    elif view is ShopView.ENDING:
        wanted = wanted.where(Shop.state == ShopState.ACTIVE, Shop.id.in_(_ends(today)))
    elif view is ShopView.AWAY:
        wanted = wanted.where(or_(Shop.state == ShopState.PAUSED, Shop.state == ShopState.LEFT))
    for word in search_words(search):
        wanted = wanted.where(Shop.search_text.like(like(fold(word)), escape="\\"))
    columns = {
        "code": Shop.code,
        "name": Shop.name_zh,
        "kind": Shop.kind,
        "street": StreetSegment.position,
        "state": Shop.state,
        "collecting": Shop.collecting,
    }
    order = columns[sort].desc() if descending else columns[sort]
    return array("q", reader.scalars(wanted.order_by(order, Shop.code)))


def rows(reader: Reader, ids: Sequence[int], month: Month) -> dict[int, ShopRow]:
    """The rows of these shops with the month's counts."""
    wanted = list(ids)
    untils: dict[int, date | None] = {}
    for shop_id, until in reader.execute(
        select(Agreement.shop_id, Agreement.until).where(Agreement.shop_id.in_(wanted)).order_by(Agreement.signed_on)
    ):
        untils[shop_id] = until
    offers = dict(reader.execute(select(Offer.shop_id, func.count()).where(Offer.shop_id.in_(wanted)).group_by(Offer.shop_id)).all())
    issued = dict(
        reader.execute(
            select(Offer.shop_id, func.count(Voucher.id))
            .join(Voucher, Voucher.offer_id == Offer.id)
            .where(Offer.shop_id.in_(wanted), Voucher.month == str(month), Voucher.state.not_in(NOT_COUNTED))
            .group_by(Offer.shop_id)
        ).all()
    )
    redeemed = dict(
        reader.execute(
            select(Redemption.shop_id, func.count())
            .where(Redemption.shop_id.in_(wanted), Redemption.day.between(month.first_day, month.last_day))
            .group_by(Redemption.shop_id)
        ).all()
    )
    found = reader.execute(
        select(Shop.id, Shop.code, Shop.name_zh, Shop.name_en, Shop.kind, StreetSegment.name_zh, Shop.collecting, Shop.state)
        .outerjoin(StreetSegment, StreetSegment.id == Shop.segment_id)
        .where(Shop.id.in_(wanted))
    )
    return {
        row[0]: ShopRow(
            *row[:5],
            row[5] or "",
            *row[6:],
            agreement_until=untils.get(row[0]),
            offers=offers.get(row[0], 0),
            issued=issued.get(row[0], 0),
            redeemed=redeemed.get(row[0], 0),
        )
        for row in found
    }


def counts(reader: Reader, today: date) -> dict[ShopView, int]:
    """How many shops each chip shows."""
    return {view: len(matching_ids(reader, view, "", today)) for view in ShopView}


def detail(reader: Reader, shop_id: int) -> ShopDetail:
    """Everything of one shop."""
    row = reader.execute(
        select(Shop.__table__, StreetSegment.name_zh.label("street"))
        .select_from(Shop)
        .outerjoin(StreetSegment, StreetSegment.id == Shop.segment_id)
        .where(Shop.id == shop_id)
    ).one()
    contacts = reader.execute(
        select(ShopContact.name, ShopContact.phone, ShopContact.whatsapp)
        .where(ShopContact.shop_id == shop_id)
        .order_by(ShopContact.position)
    )
    agreement = reader.execute(
        select(Agreement.signed_on, Agreement.until)
        .where(Agreement.shop_id == shop_id)
        .order_by(Agreement.signed_on.desc(), Agreement.id.desc())
        .limit(1)
    ).first()
    kindnesses = reader.execute(select(KindnessMeasure.kind, KindnessMeasure.note).where(KindnessMeasure.shop_id == shop_id))
    plain = {
        name: row._mapping[name]
        for name in ShopDetail.__dataclass_fields__
        if name not in ("shop_id", "street", "contacts", "agreement_from", "agreement_until", "kindnesses")
    }
    return ShopDetail(
        shop_id=shop_id,
        street=row.street or "",
        contacts=tuple(ContactRow(*one) for one in contacts),
        agreement_from=agreement.signed_on if agreement else None,
        agreement_until=agreement.until if agreement else None,
        kindnesses=tuple((one.kind, one.note) for one in kindnesses),
        **plain,
    )


def choices(reader: Reader) -> list[tuple[int, str, str, str]]:
    """Id, code and names of shops that have not left, by code."""
    found = reader.execute(select(Shop.id, Shop.code, Shop.name_zh, Shop.name_en).where(Shop.state != ShopState.LEFT).order_by(Shop.code))
    return [(row.id, row.code, row.name_zh, row.name_en) for row in found]


def of_serials(reader: Reader, serials: Sequence[int]) -> dict[int, tuple[int, str, str, str]]:
    """By the serial of a voucher, the shop that it is good at: id, code and names."""
    found = reader.execute(
        select(Voucher.serial, Shop.id, Shop.code, Shop.name_zh, Shop.name_en)
        .join(Offer, Offer.id == Voucher.offer_id)
        .join(Shop, Shop.id == Offer.shop_id)
        .where(Voucher.serial.in_(list(serials)))
    )
    return {serial: (shop_id, code, zh, en) for serial, shop_id, code, zh, en in found}


def next_code(reader: Reader) -> str:
    """S21 after S20."""
    numbers = [int(code[1:]) for code in reader.scalars(select(Shop.code)) if code[:1] == "S" and code[1:].isdigit()]
    return f"S{max(numbers, default=0) + 1:02d}"
