"""Pairs phones with shops, so that what they send can be believed, and takes that back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from caringstreet.model.devices import Device
from caringstreet.model.shops import Shop
from caringstreet.rules.changes import Changed
from caringstreet.rules.claims import KEY_BYTES, can_be_named
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.shops import ShopState
from caringstreet.services import finding
from caringstreet.storage.transaction import Transaction

_CHANGED = (Changed.SHOPS,)


@dataclass(frozen=True)
class PairedDevice:
    """A pairing made now; its key is read by the query that draws the slip."""

    device_id: int
    shop: str
    number: int


def pair(tx: Transaction, *, shop_id: int, random_bits: Callable[[int], int], at: datetime, by: str) -> PairedDevice:
    """Make a fresh key for one more phone of a shop. A shop's phones are numbered, and no number is used twice.

    Refuses a shop that has left, and one whose code no claim line can name.
    """
    made = _new_device(tx, finding.shop(tx, shop_id), random_bits, at=at, by=by)
    tx.audit("device.pair", by=by, at=at, subject=("shop", shop_id), changed=_CHANGED, device=made.number)
    return PairedDevice(made.id, made.shop_code, made.number)


def revoke(tx: Transaction, *, device_id: int, reason: str, at: datetime, by: str) -> None:
    """Believe a phone no longer: lines sent from now on are set aside. What it sent before stands. Asks a reason."""
    row = _revoke(tx, device_id, reason, at=at, by=by)
    tx.audit(
        "device.revoke",
        by=by,
        at=at,
        subject=("shop", row.shop_id),
        changed=_CHANGED,
        device=row.number,
        reason=row.revoked_reason,
    )


def pair_again(tx: Transaction, *, device_id: int, reason: str, random_bits: Callable[[int], int], at: datetime, by: str) -> PairedDevice:
    """Revoke a phone's card and make a new one in its place, for a phone lost or replaced. Refuses as both do."""
    old = _revoke(tx, device_id, reason, at=at, by=by)
    made = _new_device(tx, finding.shop(tx, old.shop_id), random_bits, at=at, by=by)
    tx.audit(
        "device.pair_again",
        by=by,
        at=at,
        subject=("shop", old.shop_id),
        changed=_CHANGED,
        device=made.number,
        instead_of=old.number,
        reason=old.revoked_reason,
    )
    return PairedDevice(made.id, made.shop_code, made.number)


def _new_device(tx: Transaction, shop: Shop, random_bits: Callable[[int], int], *, at: datetime, by: str) -> Device:
    if shop.state is ShopState.LEFT:
        raise RuleRefused(Refusal.SHOP_NOT_ACTIVE, state=shop.state)
    if not can_be_named(shop.code):
        raise RuleRefused(Refusal.SHOP_CODE_UNFIT, code=shop.code)
    last = tx.session.scalar(select(func.max(Device.number)).where(Device.shop_code == shop.code))
    made = Device(
        shop_id=shop.id,
        shop_code=shop.code,
        number=(last or 0) + 1,
        key=random_bits(8 * KEY_BYTES).to_bytes(KEY_BYTES, "big"),
        paired_at=at,
        paired_by=by,
    )
    tx.session.add(made)
    tx.session.flush()
    return made


def _revoke(tx: Transaction, device_id: int, reason: str, *, at: datetime, by: str) -> Device:
    row = finding.device(tx, device_id)
    given = finding.a_reason(reason)
    if row.revoked_at is not None:
        raise RuleRefused(Refusal.DEVICE_ALREADY_REVOKED)
    row.revoked_at, row.revoked_by, row.revoked_reason = at, by, given
    return row
