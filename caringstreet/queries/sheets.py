"""What stands on the paper of vouchers, household by household."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import select

from caringstreet.model.households import Household
from caringstreet.model.offers import Offer, OfferVersion
from caringstreet.model.shops import Shop
from caringstreet.model.street import StreetSegment
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.households import PrintLanguage
from caringstreet.rules.offers import OfferKind
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class VoucherOnPaper:
    """One voucher as it is to be printed; `pays_cents` None where only the till knows."""

    voucher_id: int
    serial: int
    key_id: int
    offer_number: int
    valid_from: date
    valid_to: date
    shop_zh: str
    shop_en: str
    shop_kind: str
    street: str
    address: str
    landmark: str
    title_zh: str
    title_en: str
    kind: OfferKind
    pays_cents: int | None
    weekdays: int
    time_from: time | None
    time_to: time | None
    lunar_days: tuple[int, ...]


@dataclass(frozen=True)
class SheetOnPaper:
    """The vouchers of one household that are printed together."""

    household_id: int
    number: str
    display_name: str
    language: PrintLanguage
    large_print: bool
    vouchers: tuple[VoucherOnPaper, ...]


def sheets(reader: Reader, voucher_ids: Sequence[int]) -> list[SheetOnPaper]:
    """One sheet for each household, in the order of its number; vouchers in the order of their shops."""
    rows: list[Any] = []
    wanted = list(voucher_ids)
    for start in range(0, len(wanted), 500):
        rows += reader.execute(
            select(Voucher, OfferVersion, Shop, StreetSegment.name_zh.label("street"), Household)
            .join(OfferVersion, OfferVersion.id == Voucher.offer_version_id)
            .join(Offer, Offer.id == Voucher.offer_id)
            .join(Shop, Shop.id == Offer.shop_id)
            .outerjoin(StreetSegment, StreetSegment.id == Shop.segment_id)
            .join(Household, Household.id == Voucher.household_id)
            .where(Voucher.id.in_(wanted[start : start + 500]))
            .with_only_columns(
                Voucher.id.label("voucher_id"),
                Voucher.serial,
                Voucher.key_id,
                Voucher.offer_id,
                Voucher.valid_from,
                Voucher.valid_to,
                Shop.name_zh,
                Shop.name_en,
                Shop.kind.label("shop_kind"),
                Shop.code.label("shop_code"),
                Shop.address,
                Shop.landmark,
                StreetSegment.name_zh.label("street"),
                OfferVersion.title_zh,
                OfferVersion.title_en,
                OfferVersion.kind.label("offer_kind"),
                OfferVersion.household_cents,
                OfferVersion.weekdays,
                OfferVersion.time_from,
                OfferVersion.time_to,
                OfferVersion.lunar_days,
                Household.id.label("household_id"),
                Household.number,
                Household.display_name,
                Household.language,
                Household.large_print,
            )
        ).all()
    rows.sort(key=lambda row: (row.number, row.shop_code, row.voucher_id))
    found: dict[int, tuple[SheetOnPaper, list[VoucherOnPaper]]] = {}
    for row in rows:
        sheet = SheetOnPaper(row.household_id, row.number, row.display_name, row.language, row.large_print, ())
        found.setdefault(row.household_id, (sheet, []))[1].append(_voucher(row))
    return [
        SheetOnPaper(one.household_id, one.number, one.display_name, one.language, one.large_print, tuple(vouchers))
        for one, vouchers in found.values()
    ]


def _voucher(row: Any) -> VoucherOnPaper:
    unpriced = row.offer_kind in (OfferKind.PERCENT, OfferKind.AMOUNT_OFF)
    return VoucherOnPaper(
        voucher_id=row.voucher_id,
        serial=row.serial,
        key_id=row.key_id,
        offer_number=row.offer_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        shop_zh=row.name_zh,
        shop_en=row.name_en,
        shop_kind=row.shop_kind,
        street=row.street or "",
        address=row.address,
        landmark=row.landmark,
        title_zh=row.title_zh,
        title_en=row.title_en,
        kind=row.offer_kind,
        pays_cents=None if unpriced else row.household_cents,
        weekdays=row.weekdays,
        time_from=row.time_from,
        time_to=row.time_to,
        lunar_days=tuple(row.lunar_days),
    )
