"""The short code of a voucher: 8 characters of Crockford's base 32 and a check character (Damm over GF(32))."""

import re
from collections.abc import Callable

from caringstreet.rules.texts import key

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SERIAL_BITS = 40

#: Codes of practice vouchers begin with it and real ones never do, so that even a typed one is told apart.
SPECIMEN_PREFIX = "YY"

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1
_PLACE = {char: place for place, char in enumerate(ALPHABET)}
_DOUBLED = tuple(n << 1 ^ (_POLYNOMIAL if n & 0b10000 else 0) for n in range(32))


class NotACode(ValueError):
    """The text has not the form of a code."""


class Mistyped(NotACode):
    """Nine characters whose check character is wrong."""


def check_character(digits: str) -> str:
    """The Damm check of Crockford digits: c = 2 * (c xor d) in GF(32), from 0."""
    check = 0
    for digit in digits:
        check = _DOUBLED[check ^ _PLACE[digit]]
    return ALPHABET[check]


def code_of(serial: int) -> str:
    """The nine characters of a serial of 40 bits."""
    digits = "".join(ALPHABET[serial >> shift & 31] for shift in range(SERIAL_BITS - 5, -1, -5))
    return digits + check_character(digits)


def pretty(code: str) -> str:
    """As printed: 7KQ4-M2XT-K."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def plain(text: str) -> str:
    """A typed code without its habits: full width, case, dashes, spaces, unseen marks; O as 0, I and L as 1."""
    return key(text).replace("-", "").translate(_READ_AS)


def serial_of(text: str) -> int:
    """The serial of a typed code. Raises Mistyped where the check is wrong, NotACode for anything else."""
    typed = plain(text)
    if len(typed) != 9 or not _PLACE.keys() >= set(typed):
        raise NotACode(text)
    if check_character(typed[:8]) != typed[8]:
        raise Mistyped(text)
    serial = 0
    for char in typed[:8]:
        serial = serial << 5 | _PLACE[char]
    return serial


def one_slip_away(text: str) -> set[int]:
    """The serials that a typed code may mean: a character is another, missing or too many, or two neighbours changed places."""
    typed = re.sub("[^0-9A-Z]", "", plain(text))
    size = len(typed)
    if size == 9:
        meant = {typed[:at] + char + typed[at + 1 :] for at in range(size) for char in ALPHABET}
        meant |= {typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :] for at in range(size - 1)}
    elif size == 8:
        meant = {typed[:at] + char + typed[at:] for at in range(9) for char in ALPHABET}
    else:
        meant = {typed[:at] + typed[at + 1 :] for at in range(size)} if size == 10 else set()
    return {serial_of(one) for one in meant if _PLACE.keys() >= set(one) and check_character(one[:8]) == one[8]}


def is_specimen(serial: int) -> bool:
    """Whether a serial is of a practice voucher."""
    return code_of(serial).startswith(SPECIMEN_PREFIX)


def new_serial(random_bits: Callable[[int], int], *, specimen: bool) -> int:
    """A random serial, within the specimens' range or outside it. `random_bits(n)` gives n random bits."""
    if specimen:
        prefix = ALPHABET.index(SPECIMEN_PREFIX[0]) << 5 | ALPHABET.index(SPECIMEN_PREFIX[1])
        return prefix << SERIAL_BITS - 10 | random_bits(SERIAL_BITS - 10)
    while True:
        serial = random_bits(SERIAL_BITS)
        if not is_specimen(serial):
            return serial
