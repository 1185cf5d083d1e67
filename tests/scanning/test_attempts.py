"""A text becomes a genuine serial, or says why it is none."""

from datetime import date

import pytest

from caringstreet.rules.codes import SERIAL_BITS, code_of, new_serial
from caringstreet.rules.evidence import Attempt, Outcome
from caringstreet.rules.tokens import KIND_SPECIMEN, KIND_VOUCHER, VoucherToken
from caringstreet.scanning.attempts import attempts, same_sheet
from caringstreet.scanning.signing import Signer, Verifier, new_private_key, public_key_of

SERIAL = 0x1234567890
SPECIMEN = new_serial(lambda bits: 0x1234567890 >> SERIAL_BITS - bits, specimen=True)
KEY, OTHER_KEY = new_private_key(), new_private_key()
OURS = Verifier({1: public_key_of(KEY)})


def digits(serial: int = SERIAL, kind: int = KIND_VOUCHER, *, key: bytes = KEY, key_id: int = 1) -> str:
    return Signer(key_id, key).digits(VoucherToken(kind, key_id, serial, date(2026, 11, 30), 7))


def attempt(text: str, *, practice: bool = False) -> Attempt:
    return attempts([text], OURS, practice=practice)[0]


@pytest.mark.parametrize(
    "text",
    [
        digits(),
        "https://voucher.example.org/v#" + digits(),
        "HTTPS://SOMEWHERE.ELSE/V#" + digits(),
        code_of(SERIAL),
        code_of(SERIAL).lower(),
        f"兌換 {code_of(SERIAL)}",
    ],
)
def test_every_way_to_read_a_voucher_gives_its_serial(text: str) -> None:
    assert attempt(text) == Attempt(text, serial=SERIAL)


def test_one_altered_digit_is_not_genuine() -> None:
    genuine = digits()
    for place in (0, 5, 90, 180):
        altered = genuine[:place] + str((int(genuine[place]) + 1) % 10) + genuine[place + 1 :]
        assert attempt(altered).problem in (Outcome.BAD_SIGNATURE, Outcome.SPECIMEN)


def test_a_voucher_of_another_street_is_not_genuine() -> None:
    assert attempt(digits(key=OTHER_KEY)).problem is Outcome.BAD_SIGNATURE
    assert attempt(digits(key=OTHER_KEY, key_id=9)).problem is Outcome.BAD_SIGNATURE


def test_digits_too_large_for_a_token_are_not_genuine() -> None:
    assert attempt("9" * 181).problem is Outcome.BAD_SIGNATURE


@pytest.mark.parametrize("text", [digits(SPECIMEN, KIND_SPECIMEN), digits(SPECIMEN, KIND_SPECIMEN, key=OTHER_KEY), code_of(SPECIMEN)])
def test_a_real_street_says_kindly_that_it_is_a_practice_voucher(text: str) -> None:
    assert attempt(text) == Attempt(text, problem=Outcome.SPECIMEN)


def test_a_practice_street_takes_its_own_specimens_only() -> None:
    assert attempt(digits(SPECIMEN, KIND_SPECIMEN), practice=True).serial == SPECIMEN
    assert attempt(code_of(SPECIMEN), practice=True).serial == SPECIMEN
    assert attempt(digits(SPECIMEN, KIND_SPECIMEN, key=OTHER_KEY), practice=True).problem is Outcome.BAD_SIGNATURE


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (code_of(SERIAL)[:-1] + "0", Outcome.MISTYPED),
        ("https://example.org/menu", Outcome.FOREIGN),
        ("陳婆婆", Outcome.FOREIGN),
        ("", Outcome.UNREADABLE),
        ("   ", Outcome.UNREADABLE),
    ],
)
def test_what_is_no_voucher_says_why(text: str, problem: Outcome) -> None:
    assert attempt(text) == Attempt(text, problem=problem)


def test_a_sheet_is_the_same_however_it_is_read() -> None:
    assert len({same_sheet(text) for text in (digits(), "https://a.example/v#" + digits(), code_of(SERIAL), code_of(SERIAL).lower())}) == 1
    assert same_sheet(code_of(SERIAL)) != same_sheet(code_of(SERIAL + 1))
    assert same_sheet(" https://example.org/menu ") == same_sheet("https://example.org/menu")
