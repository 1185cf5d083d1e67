"""A typed day or hour is the one that was meant, or none."""

from datetime import date, time

import pytest

from caringstreet.rules.days import NotADay, NotAWindow
from caringstreet.rules.typed import read_day, read_time

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "text",
    [
        "5/10", "5/10/26", "05/10/2026", "5-10-2026", "5.10", "5 10 2026", "0510", "051026", "05102026", "20261005",
        "2026-10-5", "2026/10/05", "2026年10月5日", "10月5日", "10月5號", "十月五日", "5 Oct", "5 oct 2026", "Oct 5", "October 5, 2026",
        "5th October", "５／１０", " 5/10 ", "2026年10月5日(星期一)", "5Oct",
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert read_day(text, TODAY) == date(2026, 10, 5)


def test_without_a_year_the_nearest_is_meant() -> None:
    assert read_day("5/1", TODAY) == date(2027, 1, 5)
    assert read_day("30/6", TODAY) == date(2026, 6, 30)
    assert read_day("31/12", date(2027, 1, 2)) == date(2026, 12, 31)


@pytest.mark.parametrize(
    "text",
    ["", "3", "31/2", "31/2/2026", "32/10", "5/13", "99999999", "5/10/1026", "5/10/20266", "abc", "5 Foo", "5/10 6/10", "十十月五日", "0"],
)
def test_what_is_no_day_is_never_another_day(text: str) -> None:
    with pytest.raises(NotADay):
        read_day(text, TODAY)


@pytest.mark.parametrize(
    ("text", "meant"),
    [("9", time(9)), ("930", time(9, 30)), ("0930", time(9, 30)), ("9:30", time(9, 30)), ("9.30", time(9, 30)), ("2pm", time(14)),
     ("2:15 pm", time(14, 15)), ("下午2:15", time(14, 15)), ("12am", time(0)), ("12pm", time(12)), ("９：３０", time(9, 30)), ("9時半", time(9, 30)), ("14時", time(14)), ("2359", time(23, 59))],
)  # fmt: skip
def test_an_hour_is_read_as_people_write_it(text: str, meant: time) -> None:
    assert read_time(text) == meant


@pytest.mark.parametrize("text", ["", "25", "2560", "9:75", "x", "99999", "13am"])
def test_what_is_no_hour_is_none(text: str) -> None:
    with pytest.raises(NotAWindow):
        read_time(text)
