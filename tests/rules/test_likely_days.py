"""Which days can be, which are asked about, which are refused."""

from datetime import date

import pytest

from caringstreet.rules.likely_days import DayOf, check_born, is_far
from caringstreet.rules.refusals import Refusal, RuleRefused

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("day", "what"),
    [
        (date(2026, 11, 30), DayOf.HAPPENED),
        (date(2019, 3, 1), DayOf.HAPPENED),
        (date(2026, 9, 1), DayOf.PLANNED),
        (date(2027, 1, 2), DayOf.PLANNED),
        (date(2031, 12, 31), DayOf.END),
    ],
)
def test_an_ordinary_day_is_taken_unasked(day: date, what: DayOf) -> None:
    assert not is_far(day, what, TODAY)


@pytest.mark.parametrize(
    ("day", "what"),
    [
        (date(2028, 11, 28), DayOf.HAPPENED),
        (date(2009, 11, 28), DayOf.HAPPENED),
        (date(2023, 11, 28), DayOf.PLANNED),
        (date(2028, 2, 1), DayOf.PLANNED),
        (date(2099, 12, 31), DayOf.END),
    ],
)
def test_a_far_day_is_asked_about(day: date, what: DayOf) -> None:
    assert is_far(day, what, TODAY)


@pytest.mark.parametrize("what", DayOf)
@pytest.mark.parametrize("day", [date(1, 1, 1), date(1926, 11, 5), date(1999, 12, 31), date(9999, 12, 31)])
def test_a_day_that_cannot_be_is_refused(day: date, what: DayOf) -> None:
    with pytest.raises(RuleRefused) as refused:
        is_far(day, what, TODAY, "consent_on")
    assert (refused.value.reason, refused.value.field) == (Refusal.DAY_CANNOT_BE, "consent_on")


@pytest.mark.parametrize("what", [DayOf.HAPPENED, DayOf.PLANNED])
def test_nothing_happens_or_is_planned_in_2099(what: DayOf) -> None:
    with pytest.raises(RuleRefused):
        is_far(date(2099, 11, 5), what, TODAY)


def test_on_29_february_the_year_before_and_after_count_too() -> None:
    assert not is_far(date(2029, 2, 28), DayOf.HAPPENED, date(2028, 2, 29))
    assert is_far(date(2029, 3, 2), DayOf.HAPPENED, date(2028, 2, 29))


def test_nobody_consents_before_anybody_was_born() -> None:
    check_born(date(2026, 8, 1), (1948, None), "consent_on")
    check_born(date(2001, 8, 1), (None,), "consent_on")
    with pytest.raises(RuleRefused):
        check_born(date(2001, 8, 1), (2004, 2012), "consent_on")
