"""Cards are known again however a scanner writes them, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caringstreet.rules.cards import Card, CardKind, household_card, read_card
from caringstreet.rules.codes import code_of, pretty

KEY = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("CARINGSTREET:H:H-0001", Card(CardKind.HOUSEHOLD, "H-0001")),
        ("caringstreet:h:h-0001\r", Card(CardKind.HOUSEHOLD, "H-0001")),
        ("CSH H-0001", Card(CardKind.HOUSEHOLD, "H-0001")),
        ("ＣＳＨ　Ｈ－００８６", Card(CardKind.HOUSEHOLD, "H-0086")),
        ("https://voucher.example.org/v#HH-0001", Card(CardKind.HOUSEHOLD, "H-0001")),
        (f"https://voucher.example.org/v#PS07~2~{KEY}~輝記菜檔", Card(CardKind.SHOP, "S07")),
        (f"HTTPS://VOUCHER.EXAMPLE.ORG/V#ps07~2~{KEY}~x", Card(CardKind.SHOP, "S07")),
        (f"PS07~2~{KEY}~%E8%BC%9D", Card(CardKind.SHOP, "S07")),
    ],
)
def test_a_card_is_known_however_it_is_written(text: str, card: Card) -> None:
    assert read_card(text) == card


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7KQ4-M2XT-K",
        "1" * 181,
        f"https://voucher.example.org/v#{'1' * 181}",
        "CSH",
        "CARINGSTREET:H:",
        "PS07",
        "P~1~",
        "H-0001",
        "陳婆婆",
        "CS1 S07.2 15 20261122T150405 3Y1TJ33X2 2H51XQ7J",
    ],
)
def test_nothing_else_is_a_card(text: str) -> None:
    assert read_card(text) is None


@given(st.from_regex(r"[A-Z][A-Z0-9-]{0,10}", fullmatch=True))
def test_what_is_written_on_a_card_is_read_back(number: str) -> None:
    assert read_card(household_card(number)) == Card(CardKind.HOUSEHOLD, number)


@given(st.integers(0, 2**40 - 1))
def test_no_voucher_code_is_a_card(serial: int) -> None:
    assert read_card(code_of(serial)) is None
    assert read_card(pretty(code_of(serial))) is None
