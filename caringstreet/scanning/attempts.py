"""Turns texts into attempts: genuine serials, or why they are none."""

from collections.abc import Iterable
from dataclasses import replace

from caringstreet.rules.codes import code_of, is_specimen
from caringstreet.rules.evidence import Attempt, Outcome
from caringstreet.rules.tokens import DIGITS, KIND_SPECIMEN, NotAToken, from_digits
from caringstreet.scanning.keyboards import undone
from caringstreet.scanning.reader import Scanned, Seen, read
from caringstreet.scanning.signing import BadSignature, Verifier

_PROBLEMS = {
    Seen.MISTYPED: Outcome.MISTYPED,
    Seen.FOREIGN: Outcome.FOREIGN,
    Seen.NOTHING: Outcome.UNREADABLE,
}


def attempts(texts: Iterable[str], verifier: Verifier, *, practice: bool) -> list[Attempt]:
    """One attempt for each text; a practice voucher is good only in a practice street."""
    return [_whatever_keyboard(text, verifier, practice) for text in texts]


def _whatever_keyboard(text: str, verifier: Verifier, practice: bool) -> Attempt:
    """What a text says, or what it would say had the computer the scanner's keyboard; only what then verifies counts."""
    attempt = _attempt(read(text), verifier, practice)
    if attempt.problem is not Outcome.FOREIGN:
        return attempt
    for other in undone(text):
        meant = _attempt(read(other), verifier, practice)
        if meant.serial is not None or meant.problem is Outcome.SPECIMEN:
            return replace(meant, text=text, sure=len(other) >= DIGITS)
    return attempt


def _attempt(scanned: Scanned, verifier: Verifier, practice: bool) -> Attempt:
    if scanned.kind is Seen.TOKEN:
        return _token(scanned, verifier, practice)
    if scanned.serial is not None:
        if is_specimen(scanned.serial) and not practice:
            return Attempt(scanned.text, problem=Outcome.SPECIMEN)
        return Attempt(scanned.text, serial=scanned.serial, sure=scanned.sure)
    return Attempt(scanned.text, problem=_PROBLEMS[scanned.kind])


def _token(scanned: Scanned, verifier: Verifier, practice: bool) -> Attempt:
    try:
        token, _ = from_digits(scanned.digits)
        if token.kind == KIND_SPECIMEN and not practice:
            return Attempt(scanned.text, problem=Outcome.SPECIMEN)
        return Attempt(scanned.text, serial=verifier.check(scanned.digits).serial)
    except (BadSignature, NotAToken):
        return Attempt(scanned.text, problem=Outcome.BAD_SIGNATURE)


def same_sheet(text: str) -> str:
    """What two readings of one sheet share, whether scanned or typed, on any keyboard; nothing is verified here."""
    for one in (text, *undone(text)):
        scanned = read(one)
        try:
            serial = from_digits(scanned.digits)[0].serial if scanned.digits else scanned.serial
        except NotAToken:
            serial = None
        if serial is not None and (one is text or scanned.digits):
            return code_of(serial)
    return text.strip()
