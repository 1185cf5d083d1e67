"""Tokens that nobody of the street signed: altered, patched together, signed by others, or made up."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from caringstreet.rules.tokens import (
    DIGITS,
    DOMAIN,
    KIND_VOUCHER,
    PAYLOAD_BYTES,
    VoucherToken,
    from_digits,
    payload,
    to_digits,
)
from caringstreet.scanning.attempts import attempts
from caringstreet.scanning.signing import BadSignature, Signer, Verifier, new_private_key, public_key_of

#: The order of the curve's group: a lax reader takes s + L for s.
_ORDER = 2**252 + 27742317777372353535851937790883648493
_BYTES = 75
#: Points of small order, for which some readers take any message as signed.
_SMALL = (b"\x00" * 32, b"\x01" + b"\x00" * 31, b"\xec" + b"\xff" * 30 + b"\x7f", b"\xed" + b"\xff" * 30 + b"\x7f")
BASE = "https://voucher.example.org/v#"


class Mint:
    """A street's key with genuine tokens, and a forger who has everything but the key."""

    def __init__(self, tokens: int = 200, seed: int = 20261101) -> None:
        self.random = Random(seed)
        self._key = new_private_key()
        self._own, self._other = Signer(1, self._key), Signer(1, new_private_key())
        self._raw = Ed25519PrivateKey.from_private_bytes(self._key)
        self.verifier = Verifier({1: public_key_of(self._key)})
        self.tokens = [
            VoucherToken(KIND_VOUCHER, 1, self.random.getrandbits(40), date(2026, 11, 30) - timedelta(days=place % 30), 1 + place % 20)
            for place in range(tokens)
        ]
        self.genuine = [self._own.digits(token) for token in self.tokens]
        self.serials = {token.serial for token in self.tokens}
        self._known = set(self.genuine)

    def forged(self, count: int) -> Iterator[tuple[str, str]]:
        """So many forgeries with the name of their kind, in turn; none of them is a genuine one."""
        kinds = [name for name in dir(self) if name.startswith("_by_")]
        made = 0
        while made < count:
            name = kinds[made % len(kinds)]
            digits = getattr(self, name)(self.random.choice(self.genuine))
            if digits not in self._known:
                made += 1
                yield name.removeprefix("_by_"), digits

    def _by_digits(self, digits: str) -> str:
        found = list(digits)
        for _ in range(self.random.randint(1, 4)):
            found[self.random.randrange(DIGITS)] = self.random.choice("0123456789")
        return "".join(found)

    def _by_swap(self, digits: str) -> str:
        one = self.random.randrange(DIGITS - 2)
        other = one + self.random.randint(1, 2)
        found = list(digits)
        found[one], found[other] = found[other], found[one]
        return "".join(found)

    def _by_bit_of_payload(self, digits: str) -> str:
        return self._bit(digits, 0, PAYLOAD_BYTES)

    def _by_bit_of_signature(self, digits: str) -> str:
        return self._bit(digits, PAYLOAD_BYTES, _BYTES)

    def _bit(self, digits: str, start: int, end: int) -> str:
        raw = bytearray(int(digits).to_bytes(_BYTES, "big"))
        raw[self.random.randrange(start, end)] ^= 1 << self.random.randrange(8)
        return str(int.from_bytes(raw, "big")).zfill(DIGITS)

    def _by_signature_of_another(self, digits: str) -> str:
        token, _ = from_digits(digits)
        return to_digits(payload(token), from_digits(self.random.choice(self.genuine))[1])

    def _by_better_terms(self, digits: str) -> str:
        """A later day, another offer, the next serial, another kind or key, under the old signature."""
        token, signature = from_digits(digits)
        better = (
            replace(token, last_day=token.last_day + timedelta(days=self.random.randint(1, 400))),
            replace(token, offer_number=token.offer_number + self.random.randint(1, 50)),
            replace(token, serial=(token.serial + self.random.randint(1, 2**39)) % 2**40),
            replace(token, kind=self.random.randint(2, 255)),
            replace(token, key_id=self.random.randint(2, 255)),
        )
        return to_digits(payload(self.random.choice(better)), signature)

    def _by_another_key(self, digits: str) -> str:
        return self._other.digits(replace(from_digits(digits)[0], serial=self.random.getrandbits(40)))

    def _by_our_key_on_something_else(self, digits: str) -> str:
        """What the key signed for another purpose is no voucher."""
        signed = payload(from_digits(digits)[0])
        other = self.random.choice((b"", b"caring-street/voucher/2\0", b"caring-street/shop/1\0", DOMAIN[:-1]))
        return to_digits(signed, self._raw.sign(other + signed))

    def _by_lax_arithmetic(self, digits: str) -> str:
        token, signature = from_digits(digits)
        s = int.from_bytes(signature[32:], "little") + _ORDER * self.random.randint(1, 7)
        return to_digits(payload(token), signature[:32] + (s % 2**256).to_bytes(32, "little"))

    def _by_small_points(self, digits: str) -> str:
        token, signature = from_digits(digits)
        s = self.random.choice((b"\x00" * 32, b"\x01" + b"\x00" * 31, signature[32:]))
        return to_digits(payload(replace(token, serial=self.random.getrandbits(40))), self.random.choice(_SMALL) + s)

    def _by_chance(self, digits: str) -> str:
        return "".join(self.random.choices("0123456789", k=DIGITS))

    def _by_other_length(self, digits: str) -> str:
        cut = self.random.randint(1, DIGITS - 1)
        return self.random.choice((digits[:cut], digits[cut:], digits + self.random.choice("0123456789"), digits + digits))


def accepted(mint: Mint, texts: Sequence[str], verifier: Verifier | None = None) -> list[str]:
    """The texts that a scan would take for a voucher: signed, or by any other way that a text is read one of the street.

    A piece of a token can be nine digits with a right check, which is a code like any that was never issued.
    """
    verifier = verifier or mint.verifier
    taken = []
    for text, attempt in zip(texts, attempts(texts, verifier, practice=False), strict=True):
        if attempt.serial in mint.serials:
            taken.append(text)
            continue
        try:
            verifier.check(text.removeprefix(BASE))
        except (BadSignature, ValueError):
            continue
        taken.append(text)
    return taken


def run(count: int, seed: int = 20261101) -> tuple[int, Counter[str], list[str]]:
    """How many were tried, how many of each kind, and those that were taken."""
    mint = Mint(seed=seed)
    tried: Counter[str] = Counter()
    taken: list[str] = []
    batch: list[str] = []
    for name, digits in mint.forged(count):
        tried[name] += 1
        batch.append(BASE + digits if mint.random.random() < 0.5 else digits)
        if len(batch) == 5000:
            taken += accepted(mint, batch)
            batch.clear()
    taken += accepted(mint, batch)
    return sum(tried.values()), tried, taken
