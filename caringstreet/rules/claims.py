"""The claim line: what a shop's phone says of a voucher that it took, signed with the phone's own key.

`CS1 S07.2 15 20261122T150405 3Y1TJ33X2 YDMZ2YZT` - shop and device, the device's count, the phone's local time, the
voucher's code, and 40 bits of HMAC-SHA256 over everything before the space that stands in front of them.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from caringstreet.rules.codes import ALPHABET, Mistyped, serial_of
from caringstreet.rules.texts import clean

KEY_BYTES = 16
_MAC_BYTES = 5
_TIME = "%Y%m%dT%H%M%S"

#: A phone's clock further than this from the time of its message is remarked on.
CLOCK_APART = timedelta(hours=72)
#: Clocks of two phones differ by a little; a claim this much after its own message is no claim of the future.
CLOCK_SLACK = timedelta(minutes=10)

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
#: A mail's quotation marks and line breaks may stand between the fields.
_LINE = re.compile(
    r"(?<![0-9A-Z])CS1[\s>]+([A-Z][0-9A-Z]{0,7})\.([1-9][0-9]{0,3})[\s>]+([1-9][0-9]{0,8})[\s>]+"
    r"([0-9]{8}T[0-9]{6})[\s>]+([0-9A-Z]{9})[\s>]+([0-9A-Z]{8})(?![0-9A-Z])"
)
_SHOP = re.compile(r"[A-Z][0-9A-Z]{0,7}")


@dataclass(frozen=True)
class Claim:
    """One line; `said_at` is the local time of the phone, which may be wrong. Nothing is verified here."""

    shop: str
    device: int
    seq: int
    said_at: datetime
    code: str
    mac: str

    @property
    def signed_part(self) -> str:
        """What the phone signed: everything before the space and the mac."""
        return f"CS1 {self.shop}.{self.device} {self.seq} {self.said_at:{_TIME}} {self.code}"

    @property
    def line(self) -> str:
        """The line in its one canonical form."""
        return f"{self.signed_part} {self.mac}"

    @property
    def identity(self) -> str:
        """The same line by whatever way it came is one piece of evidence."""
        return hashlib.sha256(self.line.encode("ascii")).hexdigest()

    @property
    def serial(self) -> int | None:
        """The voucher's serial; None where the code is mistyped, which no genuine line can be."""
        try:
            return serial_of(self.code)
        except Mistyped:
            return None


@dataclass(frozen=True)
class FoundClaim:
    """A claim and where it stands in the text that was searched."""

    claim: Claim
    start: int
    end: int


def plain(text: str) -> str:
    """Clean and in upper case, as claims and codes are searched for; positions in it are its own."""
    return clean(text).upper()


def find(text: str) -> list[FoundClaim]:
    """The claim lines in a text that went through `plain`, anywhere in it and any number of them."""
    found = []
    for match in _LINE.finditer(text) if "CS1" in text else ():
        shop, device, seq, time, code, mac = match.groups()
        code, mac = code.translate(_READ_AS), mac.translate(_READ_AS)
        try:
            said_at = datetime.fromisoformat(time)
        except ValueError:
            continue
        if all(char in ALPHABET for char in code + mac):
            found.append(FoundClaim(Claim(shop, int(device), int(seq), said_at, code, mac), match.start(), match.end()))
    return found


def mac_of(signed_part: str, key: bytes) -> str:
    """The eight characters under which the phone with this key vouches for a line."""
    digest = hmac.new(key, signed_part.encode("ascii"), hashlib.sha256).digest()
    number = int.from_bytes(digest[:_MAC_BYTES], "big")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(8 * _MAC_BYTES - 5, -1, -5))


def sign(shop: str, device: int, seq: int, said_at: datetime, code: str, key: bytes) -> Claim:
    """The claim as the phone with this key writes it."""
    unsigned = Claim(shop, device, seq, said_at.replace(microsecond=0), code, "")
    return Claim(shop, device, seq, unsigned.said_at, code, mac_of(unsigned.signed_part, key))


def genuine(claim: Claim, key: bytes) -> bool:
    """Whether the phone with this key wrote the line, unaltered."""
    return hmac.compare_digest(mac_of(claim.signed_part, key), claim.mac)


def can_be_named(shop: str) -> bool:
    """Whether a shop's code can stand in a claim line: a letter, then up to seven letters or digits."""
    return _SHOP.fullmatch(shop) is not None


def gaps(seen: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """The counts that a device must have used and that never arrived, as first and last of each run.

    A phone counts from 1 and sends oldest first, so what is missing before the highest seen is still on the phone.
    """
    missing, expected = [], 1
    for number in sorted(set(seen)):
        if number > expected:
            missing.append((expected, number - 1))
        expected = number + 1
    return tuple(missing)


def clock_is_off(said_at: datetime, sent_at: datetime) -> bool:
    """Whether a phone's clock is far from the time at which its message was sent."""
    return abs(said_at - sent_at) > CLOCK_APART


def clock_doubtful(said_at: datetime, used_at: datetime | None, sent_at: datetime | None) -> bool:
    """Whether a phone's time was not used because it was impossible, or is far from the time of its message."""
    return said_at != used_at or (sent_at is not None and clock_is_off(said_at, sent_at))


def cannot_be(said_at: datetime, known_at: datetime, first_day: datetime) -> bool:
    """Whether a phone's time is impossible: after the claim was known, or before its voucher was made."""
    return said_at > known_at + CLOCK_SLACK or said_at < first_day
