"""The signed content of a voucher's QR: 11 bytes and their signature, written as 181 decimal digits."""

from dataclasses import dataclass
from datetime import date, timedelta

KIND_VOUCHER = 1
KIND_SPECIMEN = 2

PAYLOAD_BYTES = 11
SIGNATURE_BYTES = 64
DIGITS = 181
#: What is signed begins with it, so that no other signature of the key can pass for a voucher's.
DOMAIN = b"caring-street/voucher/1\0"

_FIRST_DAY = date(2024, 1, 1)


class NotAToken(ValueError):
    """The digits are no token of ours."""


@dataclass(frozen=True)
class VoucherToken:
    """What a QR says: no person, no need, no age. `last_day` is the one printed; the database's day decides."""

    kind: int
    key_id: int
    serial: int
    last_day: date
    offer_number: int


def payload(token: VoucherToken) -> bytes:
    """The 11 bytes: kind 1, key 1, serial 5, last day 2, offer 2. Raises OverflowError where a field has no room."""
    return (
        token.kind.to_bytes(1, "big")
        + token.key_id.to_bytes(1, "big")
        + token.serial.to_bytes(5, "big")
        + (token.last_day - _FIRST_DAY).days.to_bytes(2, "big")
        + token.offer_number.to_bytes(2, "big")
    )


def to_digits(signed: bytes, signature: bytes) -> str:
    """The 181 digits of a payload and its signature."""
    return str(int.from_bytes(signed + signature, "big")).zfill(DIGITS)


def from_digits(text: str) -> tuple[VoucherToken, bytes]:
    """The token and its signature, which is not checked here. Raises NotAToken."""
    if len(text) != DIGITS or not text.isascii() or not text.isdigit():
        raise NotAToken(text)
    try:
        raw = int(text).to_bytes(PAYLOAD_BYTES + SIGNATURE_BYTES, "big")
    except OverflowError as error:
        raise NotAToken(text) from error
    token = VoucherToken(
        kind=raw[0],
        key_id=raw[1],
        serial=int.from_bytes(raw[2:7], "big"),
        last_day=_FIRST_DAY + timedelta(days=int.from_bytes(raw[7:9], "big")),
        offer_number=int.from_bytes(raw[9:11], "big"),
    )
    return token, raw[PAYLOAD_BYTES:]
