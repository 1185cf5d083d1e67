"""Whom an extension concerns: the shops to tell, and the households that cannot be reached by telephone."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from caringstreet.model.households import Household
from caringstreet.model.offers import Offer
from caringstreet.model.shops import Shop
from caringstreet.model.street import StreetSegment
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.households import ContactWay
from caringstreet.storage.database import Reader

_PART = 500


@dataclass(frozen=True)
class ShopToTell:
    """A shop and how many extended vouchers of its offers are about."""

    shop_id: int
    code: str
    name_zh: str
    name_en: str
    vouchers: int


@dataclass(frozen=True)
class HouseholdToVisit:
    """A household without a telephone; floor and unit stay on the household's own page."""

    household_id: int
    number: str
    display_name: str
    street: str
    building: str
    contact_way: ContactWay
    vouchers: int


def shops(reader: Reader, voucher_ids: Sequence[int]) -> list[ShopToTell]:
    """The shops of these vouchers, by code."""
    found: dict[int, ShopToTell] = {}
    for row in _parts(
        reader,
        voucher_ids,
        select(Shop.id, Shop.code, Shop.name_zh, Shop.name_en, func.count())
        .join(Offer, Offer.shop_id == Shop.id)
        .join(Voucher, Voucher.offer_id == Offer.id)
        .group_by(Shop.id, Shop.code, Shop.name_zh, Shop.name_en),
    ):
        before = found[row[0]].vouchers if row[0] in found else 0
        found[row[0]] = ShopToTell(row[0], row[1], row[2], row[3], row[4] + before)
    return sorted(found.values(), key=lambda one: one.code)


def without_phone(reader: Reader, voucher_ids: Sequence[int]) -> list[HouseholdToVisit]:
    """The households of these vouchers that have no telephone, by street and number."""
    found: dict[int, HouseholdToVisit] = {}
    columns = (
        Household.id,
        Household.number,
        Household.display_name,
        StreetSegment.name_zh,
        Household.building,
        Household.contact_way,
    )
    for row in _parts(
        reader,
        voucher_ids,
        select(*columns, func.count())
        .join(Voucher, Voucher.household_id == Household.id)
        .outerjoin(StreetSegment, StreetSegment.id == Household.segment_id)
        .where(Household.phone == "")
        .group_by(*columns),
    ):
        before = found[row[0]].vouchers if row[0] in found else 0
        found[row[0]] = HouseholdToVisit(row[0], row[1], row[2], row[3] or "", row[4], row[5], row[6] + before)
    return sorted(found.values(), key=lambda one: (one.street, one.building, one.number))


def household_count(reader: Reader, voucher_ids: Sequence[int]) -> int:
    """How many households hold these vouchers."""
    return len({row[0] for row in _parts(reader, voucher_ids, select(Voucher.household_id).distinct())})


def printed_ids(reader: Reader, voucher_ids: Sequence[int]) -> list[int]:
    """Those of these vouchers that are on paper already, so that the paper shows another last day."""
    return [row[0] for row in _parts(reader, voucher_ids, select(Voucher.id).where(Voucher.print_count > 0))]


def _parts(reader: Reader, voucher_ids: Sequence[int], wanted: Select):  # type: ignore[no-untyped-def, type-arg]
    for start in range(0, len(voucher_ids), _PART):
        yield from reader.execute(wanted.where(Voucher.id.in_(voucher_ids[start : start + _PART])))
