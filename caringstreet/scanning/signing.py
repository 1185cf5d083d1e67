"""Signs and verifies voucher tokens with Ed25519."""

from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from caringstreet.rules.tokens import DOMAIN, VoucherToken, from_digits, payload, to_digits


class BadSignature(Exception):
    """The token was not signed by this street, or was altered."""


class UnknownKey(BadSignature):
    """The token names a key that this street never had."""


def new_private_key() -> bytes:
    """A fresh private key of 32 bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key_of(private_key: bytes) -> bytes:
    """The 32 bytes of the public key."""
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


class Signer:
    """Signs with one key; the same token always gives the same digits."""

    def __init__(self, key_id: int, private_key: bytes) -> None:
        self.key_id = key_id
        self._key = Ed25519PrivateKey.from_private_bytes(private_key)

    def digits(self, token: VoucherToken) -> str:
        """The 181 digits of a token; its key must be this one."""
        if token.key_id != self.key_id:
            raise ValueError(f"token of key {token.key_id}, signer of key {self.key_id}")
        signed = payload(token)
        return to_digits(signed, self._key.sign(DOMAIN + signed))


class Verifier:
    """Knows the public keys of a street by their id."""

    def __init__(self, public_keys: Mapping[int, bytes]) -> None:
        self._keys = {key_id: Ed25519PublicKey.from_public_bytes(raw) for key_id, raw in public_keys.items()}

    def check(self, digits: str) -> VoucherToken:
        """The token of genuine digits. Raises BadSignature, UnknownKey, or NotAToken for another form."""
        token, signature = from_digits(digits)
        key = self._keys.get(token.key_id)
        if key is None:
            raise UnknownKey(digits)
        try:
            key.verify(signature, DOMAIN + payload(token))
        except InvalidSignature as error:
            raise BadSignature(digits) from error
        return token
