"""Dates, weekdays, hours, money, telephones and months as people write them."""

from datetime import date, datetime, time, timedelta

import pytest

from caringstreet.rules.days import (
    DayOrder,
    NotADay,
    NotAWindow,
    WholeMonth,
    day_order,
    parse_day,
    parse_hours,
    parse_lunar_days,
    weekday_mask,
)
from caringstreet.rules.lunar_dates import LunarDate, OutsideTable, lunar_day, new_year_of
from caringstreet.rules.money import NotMoney, parse_cents, parse_money, parse_percent
from caringstreet.rules.months import Month
from caringstreet.rules.phones import NotAPhone, normal_phone
from caringstreet.rules.texts import fold, key, tidy


@pytest.mark.parametrize("text", ["2026-11-30", "30/11/2026", "2026年11月30日", "2026/11/30", "２０２６年１１月３０日", "30.11.2026"])
def test_a_day_is_read_day_first(text: str) -> None:
    assert parse_day(text) == date(2026, 11, 30)


@pytest.mark.parametrize(
    "text",
    [
        "30/11/26", "2026-11-30 14:30:00", "2026-11-30T14:30:00", "2026-11-30 00:00:00.000", "30 Nov 2026", "30-Nov-26", "Nov 30, 2026",
        "Monday, 30th November 2026", "11/30/2026", "20261130", "30112026", "46356", "46356.0", "30 / 11 / 2026", "2026年11月30日（星期一）",
        "二〇二六年十一月三十日", "民國115年11月30日", "115/11/30", "2026-11-30 下午2:30", "\u200e30\u200f/11/2026\u202c", "30‑11‑2026", "30−11−2026",
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert parse_day(text) == date(2026, 11, 30)


def test_a_time_that_a_spreadsheet_rounded_stays_on_its_day() -> None:
    assert parse_day(datetime(2026, 11, 29, 23, 59, 59, 999_999)) == date(2026, 11, 30)
    assert parse_day(datetime(2026, 11, 30, 14, 29, 59, 942_000)) == date(2026, 11, 30)


@pytest.mark.parametrize("text", ["11/2027", "2027年11月", "Nov 2027", "2027-11", "Nov-27"])
def test_a_month_alone_is_a_day_only_where_it_may_be(text: str) -> None:
    assert parse_day(text, month=WholeMonth.LAST) == date(2027, 11, 30)
    assert parse_day(text, month=WholeMonth.FIRST) == date(2027, 11, 1)
    with pytest.raises(NotADay):
        parse_day(text)


@pytest.mark.parametrize(
    ("column", "order", "day"),
    [
        (["3/4/2026", "30/11/2026"], DayOrder.DAY_FIRST, date(2026, 4, 3)),
        (["3/4/2026", "11/30/2026"], DayOrder.MONTH_FIRST, date(2026, 3, 4)),
        (["3/4/2026"], DayOrder.DAY_FIRST, date(2026, 4, 3)),
        (["3/4/2026", "30/11/2026", "28/2/2026", "11/30/2026"], DayOrder.DAY_FIRST, date(2026, 4, 3)),
    ],
)
def test_the_whole_column_tells_day_from_month(column: list[str], order: DayOrder, day: date) -> None:
    assert day_order(column) == (order, "3/4/2026")
    assert parse_day("3/4/2026", order) == day


@pytest.mark.parametrize(
    "text", ["2026/13/45", "31/2/2026", "yesterday", "", "11/2026", "29/2/2026", "1/1/0001", "25550001", "Sunday", "2/3"]
)
def test_an_impossible_day_is_refused(text: str) -> None:
    with pytest.raises(NotADay):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("", 127),
        ("每日", 127),
        ("星期二、三", 0b0000110),
        ("星期日除外", 0b0111111),
        ("Tue, Wed", 0b0000110),
        ("星期一至五", 0b0011111),
        ("Mon-Fri", 0b0011111),
        ("逢星期三休息", 0b0000100),
        ("Sat to Mon", 0b1100001),
        ("weekends", 0b1100000),
    ],
)
def test_weekdays(text: str, mask: int) -> None:
    assert weekday_mask(text) == mask


def test_hours_in_both_manners() -> None:
    assert parse_hours("14:00–17:30") == (time(14), time(17, 30))
    assert parse_hours("下午2:15至5:45") == (time(14, 15), time(17, 45))
    assert parse_hours("2pm-5pm") == parse_hours("2-5pm") == parse_hours("1400-1700") == parse_hours("下午2時至5時") == (time(14), time(17))
    assert parse_hours("11am to 1:30 pm") == (time(11), time(13, 30))
    for text in ("when it rains", "2-5"):
        with pytest.raises(NotAWindow):
            parse_hours(text)


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


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("$40", 4000),
        ("HK$40", 4000),
        ("40.00", 4000),
        ("1,234.5", 123450),
        ("＄４０", 4000),
        ("0", 0),
        ("18.299999999999997", 1830),
        ("40元", 4000),
        ("免費", 0),
        ("HK$ 1,234.50", 123450),
    ],
)
def test_money(text: str, cents: int) -> None:
    assert parse_money(text) == cents


@pytest.mark.parametrize("text", ["", "forty", "-4", "4.005", "1,23"])
def test_what_is_no_money(text: str) -> None:
    with pytest.raises(NotMoney):
        parse_money(text)


@pytest.mark.parametrize(
    ("text", "percent"), [("20%", 20), ("20", 20), ("0.2", 20), ("8折", 20), ("八五折", 15), ("半價", 50), ("20% off", 20)]
)
def test_a_discount(text: str, percent: int) -> None:
    assert parse_percent(text) == percent


def test_a_column_of_cents_holds_whole_cents() -> None:
    assert parse_cents("4000") == parse_cents("4,000.0") == 4000
    with pytest.raises(NotMoney):
        parse_cents("40.50")


@pytest.mark.parametrize(
    "text",
    [
        "25550001.0",
        "2.5550001E7",
        "Tel: 2555 0001",
        "\u202a2555 0001\u202c",
        "2555\u20110001",
        "2555–0001",
        "+852\u00a02555\u202f0001",
        "2555\u200b0001",
    ],
)
def test_a_telephone_with_marks_of_other_programs(text: str) -> None:
    assert normal_phone(text) == "25550001"


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
    assert fold("A−B‑C\u200b") == "abc"


@pytest.mark.parametrize("text", ["S70\u200b", "\u200eS70", "Ｓ７０", "s70 ", "S\u00ad70", "\u202aS 70\u202c", "S70\ufeff"])
def test_a_code_with_marks_that_nobody_sees_is_the_same_code(text: str) -> None:
    assert key(text) == "S70"


def test_a_name_keeps_the_joiners_of_its_script() -> None:
    assert tidy("\u200e می‌خواهم\u00a0 \u200b") == "می‌خواهم"
