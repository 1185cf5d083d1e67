"""The goods ledger by hand: what may leave, what is too old, how quantities are written."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caringstreet.rules.goods import (
    Freshness,
    Movement,
    StorageClass,
    deliver_by,
    lowest_from,
    refuse_overdraft,
    refuse_stale,
    stock_on,
)
from caringstreet.rules.quantities import (
    NotAQuantity,
    Unit,
    grams,
    parse_amount,
    parse_quantity,
    parse_unit,
    plain_quantity,
)
from caringstreet.rules.refusals import Refusal, RuleRefused

DAY = date(2026, 11, 10)
AT = datetime(2026, 11, 10, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "thousandths"),
    [
        ("6.5", 6500),
        ("12", 12000),
        ("１２", 12000),
        ("1,200", 1200000),
        ("半", 500),
        ("2半", 2500),
        ("0.125", 125),
        (" 3 ", 3000),
        ("½", 500),
        ("1½", 1500),
        ("1 1/2", 1500),
        ("1.1999999999999997", 1200),
    ],
)
def test_quantities_are_read_as_people_write_them(text: str, thousandths: int) -> None:
    assert parse_quantity(text) == thousandths


@pytest.mark.parametrize("text", ["", "-1", "1.2345", "三", "1,2", "1.5半", "abc", "1e3", "nan"])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(NotAQuantity):
        parse_quantity(text)


@given(st.integers(0, 10**12 - 1))
def test_a_quantity_written_is_read_back(thousandths: int) -> None:
    assert parse_quantity(plain_quantity(thousandths)) == thousandths


def test_units_of_weight_are_weighed_and_others_only_where_told() -> None:
    assert grams(6500, Unit.CATTY, None) == 3931
    assert grams(2000, Unit.KILOGRAM, None) == 2000
    assert grams(3000, Unit.PIECE, None) is None
    assert grams(3000, Unit.PIECE, 80) == 240
    assert (parse_unit("兩"), parse_unit("KG")) == (Unit.TAEL, Unit.KILOGRAM)
    with pytest.raises(NotAQuantity):
        parse_unit("車")


def test_more_than_is_there_is_refused_with_the_figures() -> None:
    with pytest.raises(RuleRefused) as refused:
        refuse_overdraft([Movement(DAY, 44000)], Movement(DAY, -45000), item="麵包", unit=Unit.PIECE)
    assert refused.value.reason is Refusal.GOODS_NOT_ENOUGH
    assert (refused.value.facts["have"], refused.value.facts["wanted"]) == ("44", "45")


def test_a_late_entry_cannot_take_what_was_given_afterwards() -> None:
    ledger = [Movement(DAY, 10000), Movement(DAY + timedelta(days=3), -8000)]
    refuse_overdraft(ledger, Movement(DAY, -2000))
    with pytest.raises(RuleRefused):
        refuse_overdraft(ledger, Movement(DAY, -3000))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(-40, 40)), max_size=30))
def test_stock_is_never_negative_at_any_date_and_always_the_sum(history: list[tuple[int, int]]) -> None:
    ledger: list[Movement] = []
    for days, quantity in history:
        fresh = Movement(DAY + timedelta(days=days), quantity)
        try:
            refuse_overdraft(ledger, fresh)
        except RuleRefused:
            assert lowest_from(ledger, fresh.day) < -quantity
            continue
        ledger.append(fresh)
    for days in range(12):
        assert stock_on(ledger, DAY + timedelta(days=days)) >= 0
    assert stock_on(ledger, DAY + timedelta(days=99)) == sum(one.quantity for one in ledger)


def test_food_past_its_day_or_its_hour_is_not_given() -> None:
    refuse_stale(Freshness(best_before=DAY), DAY, AT)
    for freshness, reason in (
        (Freshness(best_before=DAY - timedelta(days=1)), Refusal.GOODS_PAST_DATE),
        (Freshness(best_before=DAY + timedelta(days=5), use_by=DAY - timedelta(days=1)), Refusal.GOODS_PAST_DATE),
        (Freshness(deliver_by=AT - timedelta(minutes=1)), Refusal.GOODS_OVER_TIME),
    ):
        with pytest.raises(RuleRefused) as refused:
            refuse_stale(freshness, DAY, AT)
        assert refused.value.reason is reason


def test_cooked_food_has_one_hour_without_a_heater_and_four_with_one() -> None:
    assert deliver_by(StorageClass.HOT, AT, kept_so=False) == AT + timedelta(hours=1)
    assert deliver_by(StorageClass.CHILLED, AT, kept_so=True) == AT + timedelta(hours=4)
    assert deliver_by(StorageClass.AMBIENT, AT, kept_so=False) is None


@pytest.mark.parametrize(
    ("text", "quantity", "unit"),
    [
        ("30個", 30_000, Unit.PIECE),
        ("半斤", 500, Unit.CATTY),
        ("2斤半", 2_500, Unit.CATTY),
        ("6.5 kg", 6_500, Unit.KILOGRAM),
        ("３０個", 30_000, Unit.PIECE),
        ("1,200件", 1_200_000, Unit.ITEM),
        ("個半", 1_500, None),
        ("1/2 包", 500, Unit.PACK),
        ("半打", 6_000, Unit.ITEM),
        ("2箱", 2_000, Unit.CASE),
        ("3個半", 3_500, Unit.PIECE),
        ("12 pcs", 12_000, Unit.ITEM),
        ("30", 30_000, None),
    ],
)
def test_an_amount_is_read_with_or_without_its_unit(text: str, quantity: int, unit: Unit | None) -> None:
    assert parse_amount(text) == (quantity, unit)


@pytest.mark.parametrize("text", ["", "個", "幾個", "30 個x", "-3個", "3.5.1斤", "三十個"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(NotAQuantity):
        parse_amount(text)
