"""Tells a number of a Hong Kong identity card, so that none is ever kept."""

import re

from caringstreet.rules.texts import key

_CARD = re.compile(r"([A-Z]{1,2})(\d{6})(\(?)([0-9A])\)?")
_COVERED = re.compile(r"[A-Z]{1,2}\d{3,5}[X*]{1,4}(?:\([0-9AX*]\))?")


def looks_like_identity(text: str) -> bool:
    """Whether a text is one: with its check digit in brackets, partly covered, or bare with the right check digit.

    The check: letters count from A = 10, a missing first one 36, weighed 9 to 2; with the check digit all is divisible by 11.
    """
    plain = key(text)
    found = _CARD.fullmatch(plain)
    if found is None:
        return _COVERED.fullmatch(plain) is not None
    letters, digits, bracket, check = found.groups()
    if bracket:
        return True
    figures = [36] * (2 - len(letters)) + [ord(letter) - 55 for letter in letters] + [int(digit) for digit in digits]
    summed = sum(weight * figure for weight, figure in zip(range(9, 1, -1), figures, strict=True))
    return (summed + int(check, 16)) % 11 == 0
