"""Finds what an action speaks of, or refuses with the reason that names it."""

from collections.abc import Sequence

from sqlalchemy import select

from caringstreet.model.devices import Device
from caringstreet.model.evidence import Evidence
from caringstreet.model.households import Household
from caringstreet.model.offers import Offer
from caringstreet.model.shops import Shop
from caringstreet.model.street import CaringStreet, StreetSegment
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.phones import normal_phone
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.storage.transaction import Transaction

_AT_ONCE = 500


def the_street(tx: Transaction) -> CaringStreet:
    """The one row of settings."""
    return tx.session.get_one(CaringStreet, 1)


def shop(tx: Transaction, shop_id: int) -> Shop:
    found = tx.session.get(Shop, shop_id)
    if found is None:
        raise RuleRefused(Refusal.SHOP_UNKNOWN, shop=shop_id)
    return found


def offer(tx: Transaction, offer_id: int) -> Offer:
    found = tx.session.get(Offer, offer_id)
    if found is None:
        raise RuleRefused(Refusal.OFFER_UNKNOWN, offer=offer_id)
    return found


def household(tx: Transaction, household_id: int) -> Household:
    found = tx.session.get(Household, household_id)
    if found is None:
        raise RuleRefused(Refusal.HOUSEHOLD_UNKNOWN, household=household_id)
    return found


def voucher(tx: Transaction, voucher_id: int) -> Voucher:
    found = tx.session.get(Voucher, voucher_id)
    if found is None:
        raise RuleRefused(Refusal.VOUCHER_UNKNOWN, voucher=voucher_id)
    return found


def vouchers(tx: Transaction, voucher_ids: Sequence[int]) -> list[Voucher]:
    """The vouchers in the order given. Refuses an unknown id and an empty list."""
    if not voucher_ids:
        raise RuleRefused(Refusal.NOTHING_TO_DO)
    found: dict[int, Voucher] = {}
    wanted = list(dict.fromkeys(voucher_ids))
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        for one in tx.session.scalars(select(Voucher).where(Voucher.id.in_(part)).with_for_update()):
            found[one.id] = one
    missing = next((one for one in wanted if one not in found), None)
    if missing is not None:
        raise RuleRefused(Refusal.VOUCHER_UNKNOWN, voucher=missing)
    return [found[one] for one in wanted]


def evidence(tx: Transaction, evidence_id: int) -> Evidence:
    found = tx.session.get(Evidence, evidence_id)
    if found is None:
        raise RuleRefused(Refusal.EVIDENCE_UNKNOWN, evidence=evidence_id)
    return found


def device(tx: Transaction, device_id: int) -> Device:
    found = tx.session.get(Device, device_id)
    if found is None:
        raise RuleRefused(Refusal.DEVICE_UNKNOWN)
    return found


def segment_id(tx: Transaction, name: str) -> int | None:
    """The id of a street by its Chinese name; an unknown one is added, so that no import stops for it."""
    wanted = name.strip()
    if not wanted:
        return None
    known: dict[str, int] = tx.session.info.setdefault("street segments", {})
    if wanted in known:
        return known[wanted]
    found = tx.session.scalar(select(StreetSegment.id).where(StreetSegment.name_zh == wanted))
    if found is not None:
        known[wanted] = found
        return found
    segment = StreetSegment(name_zh=wanted, name_en="", position=999)
    tx.session.add(segment)
    tx.session.flush()
    known[wanted] = segment.id
    return segment.id


def a_reason(text: str) -> str:
    """The given reason; refuses an empty one."""
    if not text.strip():
        raise RuleRefused(Refusal.REASON_MISSING, "reason")
    return text.strip()


def usable_phone(text: str, field_name: str) -> str:
    """Eight digits, or empty. Refuses anything else."""
    if not text.strip():
        return ""
    try:
        return normal_phone(text)
    except ValueError as error:
        raise RuleRefused(Refusal.PHONE_UNUSABLE, field_name, phone=text) from error
