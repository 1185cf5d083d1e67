"""The short code: vectors of the decision, and every single slip of a finger refused."""

import random

import pytest

from caringstreet.rules.codes import (
    ALPHABET,
    Mistyped,
    NotACode,
    check_character,
    code_of,
    is_specimen,
    new_serial,
    one_slip_away,
    pretty,
    serial_of,
)


@pytest.mark.parametrize(
    ("digits", "check"),
    [("00000000", "0"), ("00000001", "2"), ("3Y1TJ33X", "2"), ("7KQ4M2XT", "K"), ("H9TWB3RD", "P"), ("ZZZZZZZZ", "3")],
)
def test_the_check_character_is_that_of_the_decision(digits: str, check: str) -> None:
    assert check_character(digits) == check


@pytest.mark.parametrize(
    "typed",
    [
        "7KQ4-M2XT-K",
        "7kq4m2xtk",
        " 7KQ4 M2XT K ",
        "７ＫＱ４－Ｍ２ＸＴ－Ｋ",
        "7KQ4−M2XT−K",
        "\u200e7KQ4‑M2XT‑K\u200b",
        "7KQ4\u202fM2XT\u00a0K",
    ],
)
def test_a_code_is_read_in_any_habit(typed: str) -> None:
    assert pretty(code_of(serial_of(typed))) == "7KQ4-M2XT-K"


def test_letters_that_look_like_digits_are_read_as_them() -> None:
    assert serial_of("0000 0001 2") == serial_of("OOoo oooI 2") == 1


def test_every_wrong_character_and_every_swap_of_neighbours_is_refused() -> None:
    chance = random.Random(1)
    for _ in range(60):
        code = code_of(chance.getrandbits(40))
        for place in range(9):
            for other in ALPHABET:
                if other != code[place]:
                    with pytest.raises(Mistyped):
                        serial_of(code[:place] + other + code[place + 1 :])
        for place in range(8):
            swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            if swapped != code:
                with pytest.raises(Mistyped):
                    serial_of(swapped)


@pytest.mark.parametrize("text", ["", "7KQ4", "7KQ4-M2XT-KK", "UUUU-UUUU-U", "陳大文"])
def test_other_texts_are_no_code(text: str) -> None:
    with pytest.raises(NotACode):
        serial_of(text)


def test_specimens_and_real_codes_never_meet() -> None:
    chance = random.Random(2)
    assert all(is_specimen(new_serial(chance.getrandbits, specimen=True)) for _ in range(200))
    assert not any(is_specimen(new_serial(chance.getrandbits, specimen=False)) for _ in range(5000))


def test_a_code_with_one_slip_is_near_the_one_that_was_meant() -> None:
    meant = serial_of("3Y1TJ33X2")
    for slip in ("3Y1T-J33X-3", "3Y1T-J3X3-2", "Y31TJ33X2", "3Y1TJ33X", "3Y1TJ333X2"):
        assert meant in one_slip_away(slip)
    assert meant not in one_slip_away("12AB34CD5")
    assert one_slip_away("HELLO WORLD AND MORE") == set()
