"""Turns texts into attempts: genuine serials, or why they are none."""

from collections.abc import Iterable

from caringstreet.rules.codes import code_of, is_specimen
from caringstreet.rules.evidence import Attempt, Outcome
from caringstreet.rules.tokens import KIND_SPECIMEN, NotAToken, from_digits
from caringstreet.scanning.reader import Scanned, Seen, read
from caringstreet.scanning.signing import BadSignature, Verifier

_PROBLEMS = {
    Seen.MISTYPED: Outcome.MISTYPED,
    Seen.FOREIGN: Outcome.FOREIGN,
    Seen.NOTHING: Outcome.UNREADABLE,
}


def attempts(texts: Iterable[str], verifier: Verifier, *, practice: bool) -> list[Attempt]:
    """One attempt for each text; a practice voucher is good only in a practice street."""
    return [_attempt(read(text), verifier, practice) for text in texts]


def _attempt(scanned: Scanned, verifier: Verifier, practice: bool) -> Attempt:
    if scanned.kind is Seen.TOKEN:
        return _token(scanned, verifier, practice)
    if scanned.serial is not None:
        if is_specimen(scanned.serial) and not practice:
            return Attempt(scanned.text, problem=Outcome.SPECIMEN)
        return Attempt(scanned.text, serial=scanned.serial)
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
    """What two readings of one sheet share, whether scanned or typed; nothing is verified here."""
    scanned = read(text)
    try:
        serial = from_digits(scanned.digits)[0].serial if scanned.digits else scanned.serial
    except NotAToken:
        serial = None
    return code_of(serial) if serial is not None else text.strip()
