"""Codes on cards and run sheets: what is written is read back, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caringstreet.rules.cards import household_card, household_number
from caringstreet.rules.runs import parse_stop_mark, stop_mark


@pytest.mark.parametrize("number", ["H-0001", "H-0086", "A12", "𨋢 7"])
def test_a_card_says_the_number(number: str) -> None:
    assert household_card(number).startswith("CARINGSTREET:H:")
    assert household_number(household_card(number)) == number


@pytest.mark.parametrize(("text", "number"), [(" caringstreet:h:H-0001\r\n", "H-0001"), ("ＣＡＲＩＮＧＳＴＲＥＥＴ:Ｈ:H-0001", "H-0001")])
def test_a_scanner_may_write_otherwise(text: str, number: str) -> None:
    assert household_number(text) == number


@pytest.mark.parametrize("text", ["", "H-0001", "CARINGSTREET:H:", "CARINGSTREET:H:  ", "CARINGSTREET:S:S01", "CSRUN:1:1"])
def test_what_is_no_card_is_not_taken_for_one(text: str) -> None:
    assert household_number(text) is None


@given(st.integers(1, 999_999_999), st.integers(1, 9999))
def test_a_stop_mark_reads_back(run_id: int, position: int) -> None:
    assert parse_stop_mark(stop_mark(run_id, position)) == (run_id, position)
    assert parse_stop_mark(f" {stop_mark(run_id, position).lower()}\n") == (run_id, position)


@pytest.mark.parametrize("text", ["", "CSRUN:12", "CSRUN:12:", "CSRUN:x:1", "CSRUN:12:3:4", "XCSRUN:12:3", "CARINGSTREET:H:H-0001"])
def test_what_is_no_stop_mark_is_not_taken_for_one(text: str) -> None:
    assert parse_stop_mark(text) is None
