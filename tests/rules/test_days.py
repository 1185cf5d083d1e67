"""Dates, weekdays, hours, money, telephones and months as people write them."""

from datetime import date, time, timedelta

import pytest

from caringstreet.rules.days import NotADay, NotAWindow, parse_day, parse_hours, parse_lunar_days, weekday_mask
from caringstreet.rules.lunar_dates import LunarDate, OutsideTable, lunar_day, new_year_of
from caringstreet.rules.money import NotMoney, parse_money
from caringstreet.rules.months import Month
from caringstreet.rules.phones import NotAPhone, normal_phone
from caringstreet.rules.texts import fold


@pytest.mark.parametrize("text", ["2026-11-30", "30/11/2026", "2026年11月30日", "2026/11/30", "２０２６年１１月３０日", "30.11.2026"])
def test_a_day_is_read_day_first(text: str) -> None:
    assert parse_day(text) == date(2026, 11, 30)


@pytest.mark.parametrize("text", ["2026/13/45", "31/2/2026", "yesterday", "", "11/2026"])
def test_an_impossible_day_is_refused(text: str) -> None:
    with pytest.raises(NotADay):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "mask"), [("", 127), ("每日", 127), ("星期二、三", 0b0000110), ("星期日除外", 0b0111111), ("Tue, Wed", 0b0000110)]
)
def test_weekdays(text: str, mask: int) -> None:
    assert weekday_mask(text) == mask


def test_hours_in_both_manners() -> None:
    assert parse_hours("14:00–17:30") == (time(14), time(17, 30))
    assert parse_hours("下午2:15至5:45") == (time(14, 15), time(17, 45))
    with pytest.raises(NotAWindow):
        parse_hours("when it rains")


def test_lunar_days_in_words() -> None:
    assert parse_lunar_days("農曆初一、十五") == (1, 15)


@pytest.mark.parametrize(
    ("day", "lunar"),
    [
        (date(2026, 9, 25), (8, 15)), (date(2027, 9, 15), (8, 15)), (date(2026, 6, 19), (5, 5)), (date(2027, 6, 9), (5, 5)),
        (date(2026, 10, 18), (9, 9)), (date(2026, 8, 26), (7, 14)), (date(2026, 5, 24), (4, 8)), (date(2027, 5, 13), (4, 8)),
        (date(2026, 11, 9), (10, 1)), (date(2026, 11, 23), (10, 15)),
    ],
)  # fmt: skip
def test_the_lunar_table_knows_the_festivals(day: date, lunar: tuple[int, int]) -> None:
    found = lunar_day(day)
    assert (found.month, found.day) == lunar


def test_the_lunar_table_has_no_gap() -> None:
    day, before = date(2020, 1, 25), LunarDate(12, 30)
    while day < date(2041, 2, 1):
        now = lunar_day(day)
        assert now.day == before.day + 1 or (now.day == 1 and before.day in (29, 30)), day
        day, before = day + timedelta(days=1), now
    assert new_year_of(2027) == date(2027, 2, 6)
    with pytest.raises(OutsideTable):
        lunar_day(date(2019, 12, 31))


@pytest.mark.parametrize(("text", "cents"), [("$40", 4000), ("HK$40", 4000), ("40.00", 4000), ("1,234.5", 123450), ("＄４０", 4000), ("0", 0)])
def test_money(text: str, cents: int) -> None:
    assert parse_money(text) == cents


@pytest.mark.parametrize("text", ["", "forty", "-4", "4.005", "1,23"])
def test_what_is_no_money(text: str) -> None:
    with pytest.raises(NotMoney):
        parse_money(text)


@pytest.mark.parametrize("text", ["2555 0001", "２５５５０００１", "+852 2555-0001", "25550001"])
def test_a_telephone(text: str) -> None:
    assert normal_phone(text) == "25550001"


@pytest.mark.parametrize("text", ["9555031", "15550001", "255500011", "abc"])
def test_what_is_no_telephone(text: str) -> None:
    with pytest.raises(NotAPhone):
        normal_phone(text)


def test_months_follow_each_other() -> None:
    assert Month(2026, 12).next() == Month(2027, 1)
    assert Month(2027, 1).previous() == Month(2026, 12)
    assert str(Month.parse("2026-11")) == "2026-11"
    assert Month(2028, 2).last_day == date(2028, 2, 29)
    with pytest.raises(ValueError, match="not a month"):
        Month.parse("November")


def test_a_search_forgives_width_case_and_variants() -> None:
    assert fold("ＣＳ００１ 裡") == fold("cs001裏")
    assert fold("7KQ4-M2XT") == fold("7kq4m2xt")
    assert fold("衛興樓") == fold("衞興樓")
