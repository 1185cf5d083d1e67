"""What is not ours is another system's, and a scanner on another country's keyboard still reads what is ours."""

import random
from datetime import date

import pytest

from caringstreet.rules.codes import code_of, pretty, serial_of
from caringstreet.rules.evidence import Outcome
from caringstreet.rules.tokens import KIND_VOUCHER, VoucherToken
from caringstreet.scanned import is_ours
from caringstreet.scanning.attempts import attempts, same_sheet
from caringstreet.scanning.keyboards import undone
from caringstreet.scanning.signing import Signer, Verifier, new_private_key, public_key_of

KEY = new_private_key()
OURS = Verifier({1: public_key_of(KEY)})
SERIAL = serial_of("7KQ4-M2XT-K")
DIGITS = Signer(1, KEY).digits(VoucherToken(KIND_VOUCHER, 1, SERIAL, date(2026, 11, 30), 7))

#: What a computer set to another keyboard writes for the keys of an American one.
AZERTY = str.maketrans("1234567890-qwazm/#:", "&é\"'(-è_çà)azqw,!3M")
AZERTY_CAPITALS = str.maketrans("QWAZM", "AZQW?")
QWERTZ = str.maketrans("yz-/YZ:", "zyß-ZYÖ")
BOPOMOFO = str.maketrans("1234567890-", "ㄅㄉˇˋㄓˊ˙ㄚㄞㄢㄦ")


@pytest.mark.parametrize(
    "text",
    [
        "4891234567890", "96385074", "036000291452", "9789620000001", "HELLO WORLD", "hello world", "WEDNESDAY", "123456789",
        "https://example.org/ABCD-12345", "WIFI:T:WPA;S=CENTRE;P=ABCD12345;;", "https://wa.me/85291234567", "A123456(7)", "2345 6789",
        "K01234567", "ABCD 2026", "HKID A123456", "八折優惠", "BEGIN:VCARD", "12-34-56",
    ],
)  # fmt: skip
def test_another_systems_code_is_called_that(text: str) -> None:
    assert attempts([text], OURS, practice=False)[0].unfound is Outcome.FOREIGN


def test_no_bar_code_of_goods_is_ours_by_luck() -> None:
    chance = random.Random(5)
    for _ in range(3_000):
        number = "".join(chance.choice("0123456789") for _ in range(chance.choice((8, 9, 12, 13, 14))))
        attempt = attempts([number], OURS, practice=False)[0]
        assert attempt.unfound is Outcome.FOREIGN, number
        assert not is_ours(number), number


@pytest.mark.parametrize(
    "text", ["7KQ4-M2XT-J", "7KQ4M2XTJ", "7KQ4 M2XT J", "7KQ4-M2XT", "7KQ4-M2XTT-K", "兌換 7KQ4-M2XT-J 唔該", "7KQ4−M2XT−J"]
)
def test_a_slip_of_the_finger_is_still_a_slip_of_the_finger(text: str) -> None:
    assert attempts([text], OURS, practice=False)[0].problem is Outcome.MISTYPED


@pytest.mark.parametrize("dash", "-‐‑‒–—―−－")
def test_a_code_with_any_dash_is_the_same_code(dash: str) -> None:
    assert attempts([f"7KQ4{dash}M2XT{dash}K"], OURS, practice=False)[0].serial == SERIAL


@pytest.mark.parametrize("keyboard", [AZERTY, BOPOMOFO], ids=["azerty", "bopomofo"])
def test_the_square_is_read_on_another_countrys_keyboard(keyboard: dict[int, int]) -> None:
    typed = DIGITS.translate(keyboard)
    assert typed != DIGITS
    attempt = attempts([typed], OURS, practice=False)[0]
    assert (attempt.serial, attempt.sure) == (SERIAL, True)
    assert is_ours(typed)
    assert same_sheet(typed) == same_sheet(DIGITS)


def test_altered_digits_from_another_keyboard_are_not_genuine() -> None:
    wrong = str((int(DIGITS[0]) + 1) % 10) + DIGITS[1:]
    assert attempts([wrong.translate(AZERTY)], OURS, practice=False)[0].serial is None


def test_a_typed_code_from_another_keyboard_counts_only_where_it_is_a_vouchers() -> None:
    lower = pretty(code_of(SERIAL)).lower()
    attempt = attempts([lower.translate(AZERTY)], OURS, practice=False)[0]
    assert attempt.serial == SERIAL
    assert attempt.unfound is Outcome.FOREIGN
    assert pretty(code_of(SERIAL)) in list(undone(pretty(code_of(SERIAL)).translate(QWERTZ)))
