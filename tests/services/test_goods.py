"""Donated goods: in, out, thrown away, corrected, allotted, refused; and the ledger over random histories."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caringstreet.bootstrap import OpenStreet
from caringstreet.clock import local_day
from caringstreet.queries import goods as goods_queries
from caringstreet.queries import goods_donations, goods_month
from caringstreet.queries import stock_takes as stock_take_queries
from caringstreet.queries.goods import LotView
from caringstreet.rules.goods import DisposalReason, GiverKind, Target
from caringstreet.rules.months import Month
from caringstreet.rules.quantities import Unit
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import goods, stock_takes
from caringstreet.services.goods import DonationForm, LotForm
from caringstreet.services.goods_ledger import Recipient
from caringstreet.services.stock_takes import CountForm
from caringstreet.storage.transaction import Transaction
from caringstreet.wording.refusals import refusal_text
from caringstreet.words import words_for
from tests.builders import BY, NOW, TODAY, a_donation, a_household, a_shop, a_street

NOVEMBER = Month(2026, 11)
TEAM = Recipient(Target.TEAM)


@pytest.fixture
def street(tmp_path: Path) -> OpenStreet:
    return a_street(tmp_path)


def give(street: OpenStreet, lot: int, quantity: int, recipient: Recipient = TEAM, day: date = TODAY, at: datetime = NOW) -> int:
    with street.database.transaction() as tx:
        return goods.give(tx, lot_id=lot, quantity=quantity, recipient=recipient, day=day, at=at, by=BY).movement_ids[0]


def stock(street: OpenStreet, lot: int, day: date = TODAY) -> int:
    with street.database.reader() as reader:
        return goods_queries.rows(reader, [lot], day)[lot].stock


def test_six_and_a_half_catties_are_six_given_and_a_half_thrown_away(street: OpenStreet) -> None:
    lot = a_donation(street, LotForm("橙", 6_500, Unit.CATTY)).lot_ids[0]
    give(street, lot, 6_000)
    with street.database.transaction() as tx:
        goods.dispose(tx, lot_id=lot, quantity=500, reason=DisposalReason.CRUSHED, day=TODAY, at=NOW, by=BY)
    assert stock(street, lot) == 0
    with street.database.reader() as reader:
        (orange,) = goods_month.items(reader, NOVEMBER)
        figures = goods_month.figures(reader, NOVEMBER)
    assert (orange.taken_in, orange.given, orange.disposed, orange.on_hand) == (6_500, 6_000, 500, 0)
    assert (figures.grams_in, figures.grams_given) == (3931, 3629)


def test_more_than_is_there_is_refused_in_words_that_name_the_figures(street: OpenStreet) -> None:
    lot = a_donation(street).lot_ids[0]
    give(street, lot, 15_000)
    with pytest.raises(RuleRefused) as refused:
        give(street, lot, 10_000)
    assert refusal_text(words_for("zh_HK"), refused.value) == "罐頭：現有 9 個，不足 10 個，請填少些。"
    assert "10 pieces wanted, but only 9 pieces on hand" in refusal_text(words_for("en"), refused.value)
    assert stock(street, lot) == 9_000


def test_stock_is_known_at_any_date(street: OpenStreet) -> None:
    lot = a_donation(street).lot_ids[0]
    give(street, lot, 5_000, day=TODAY + timedelta(days=2), at=NOW + timedelta(days=2))
    give(street, lot, 4_000, day=TODAY + timedelta(days=4), at=NOW + timedelta(days=4))
    days = [TODAY + timedelta(days=after) for after in (-1, 0, 2, 3, 4, 30)]
    assert [stock(street, lot, day) for day in days] == [0, 24_000, 19_000, 19_000, 15_000, 15_000]


def test_a_mistake_is_countered_once_and_both_entries_stay(street: OpenStreet) -> None:
    household = a_household(street, "H-0001")
    lot = a_donation(street).lot_ids[0]
    wrong = give(street, lot, 5_000, Recipient(Target.HOUSEHOLD, household_id=household))
    with street.database.transaction() as tx:
        goods.correct(tx, movement_ids=[wrong], reason="按錯", at=NOW, by=BY)
    assert stock(street, lot) == 24_000
    with street.database.reader() as reader:
        entries = goods_queries.detail(reader, lot, TODAY).movements
        month = goods_month.figures(reader, NOVEMBER)
    assert [(one.quantity, one.corrected) for one in entries] == [(5_000, False), (-5_000, True), (24_000, False)]
    assert (month.items[0].given, month.reached) == (0, 0)
    with pytest.raises(RuleRefused) as refused, street.database.transaction() as tx:
        goods.correct(tx, movement_ids=[wrong], reason="再按", at=NOW, by=BY)
    assert refused.value.reason is Refusal.GOODS_ALREADY_CORRECTED


def test_fifty_kilograms_of_rice_for_a_canteen_are_its_allotment_not_our_stock(street: OpenStreet) -> None:
    canteen = a_shop(street, "S03")
    rice = LotForm("白米", 50_000, Unit.KILOGRAM)
    a_donation(street, rice, giver_kind=GiverKind.PARTNER, giver="東灣貿易", allotted_to=Target.SHOP, allotted_shop_id=canteen)
    with street.database.reader() as reader:
        month = goods_month.figures(reader, NOVEMBER)
        assert goods_queries.counts(reader, TODAY, NOW)[LotView.STOCK] == 0
    assert month.items == ()
    (allotted,) = month.allotted
    assert (allotted.quantity, allotted.target, allotted.receiver) == (50_000, Target.SHOP, "S03 商戶S03")


def test_thirty_pairs_of_gloves_go_to_the_team(street: OpenStreet) -> None:
    hardware = a_shop(street, "S14")
    gloves = LotForm("手套", 30_000, Unit.PAIR)
    a_donation(street, gloves, giver_kind=GiverKind.SHOP, shop_id=hardware, giver="", allotted_to=Target.TEAM)
    with street.database.reader() as reader:
        (allotted,) = goods_month.figures(reader, NOVEMBER).allotted
        (donation,) = goods_donations.rows(reader, [1]).values()
    assert (allotted.quantity, allotted.target, donation.giver) == (30_000, Target.TEAM, "商戶S14")


def test_a_refused_donation_keeps_its_reason_and_quantity_and_moves_nothing(street: OpenStreet) -> None:
    form = DonationForm(TODAY, (LotForm("壽司", 12_000, Unit.BOX),), giver="街坊")
    with pytest.raises(RuleRefused), street.database.transaction() as tx:
        goods.refuse_donation(tx, form=form, reason=" ", at=NOW, by=BY)
    with street.database.transaction() as tx:
        kept = goods.refuse_donation(tx, form=form, reason="已過期", at=NOW, by=BY)
    with street.database.reader() as reader:
        row = goods_donations.rows(reader, [kept.donation_id])[kept.donation_id]
        month = goods_month.figures(reader, NOVEMBER)
    assert (row.refused_reason, row.lines[0].quantity) == ("已過期", 12_000)
    assert (month.refused, month.donations, month.items) == (1, 0, ())


def test_food_past_its_day_blocks_itself_and_the_list_gives_the_oldest_first(street: OpenStreet) -> None:
    taken = a_donation(
        street,
        LotForm("豆腐", 18_000, Unit.ITEM, best_before=TODAY - timedelta(days=1)),
        LotForm("牛奶", 6_000, Unit.BOX, use_by=TODAY + timedelta(days=2), best_before=TODAY + timedelta(days=9)),
        LotForm("餅乾", 6_000, Unit.BOX, best_before=TODAY),
        LotForm("毛毯", 6_000, Unit.SHEET),
    )
    with street.database.reader() as reader:
        first = list(goods_queries.matching_ids(reader, LotView.FIRST, "", TODAY, NOW, "first"))
        blocked = list(goods_queries.matching_ids(reader, LotView.BLOCKED, "", TODAY, NOW, "first"))
    tofu, milk, biscuits, _ = taken.lot_ids
    assert (first, blocked) == ([biscuits, milk], [tofu])
    with pytest.raises(RuleRefused) as refused:
        give(street, tofu, 1_000)
    assert refused.value.reason is Refusal.GOODS_PAST_DATE
    give(street, biscuits, 1_000)


def test_low_stock_is_what_lies_under_its_minimum(street: OpenStreet) -> None:
    lot = a_donation(street).lot_ids[0]
    with street.database.transaction() as tx:
        goods.set_minimum(tx, item="罐頭", unit=Unit.PIECE, minimum=10_000, at=NOW, by=BY)
    with street.database.reader() as reader:
        assert goods_queries.low_items(reader, TODAY) == []
    give(street, lot, 20_000)
    with street.database.reader() as reader:
        assert [(one.stock, one.minimum) for one in goods_queries.low_items(reader, TODAY)] == [(4_000, 10_000)]
        assert list(goods_queries.matching_ids(reader, LotView.LOW, "", TODAY, NOW)) == [lot]
        assert goods_queries.counts(reader, TODAY, NOW)[LotView.LOW] == 1


def test_a_stock_take_moves_nothing_until_a_second_person_signs(street: OpenStreet) -> None:
    lot = a_donation(street).lot_ids[0]
    with pytest.raises(RuleRefused) as refused, street.database.transaction() as tx:
        stock_takes.count(tx, day=TODAY, counts=[CountForm(lot, 22_000)], at=NOW, by="阿明")
    assert refused.value.reason is Refusal.STOCK_TAKE_REASON_MISSING
    with street.database.transaction() as tx:
        kept = stock_takes.count(tx, day=TODAY, counts=[CountForm(lot, 22_000, "兩罐凹了")], at=NOW, by="阿明")
    assert (kept.differences, stock(street, lot)) == (1, 24_000)
    with pytest.raises(RuleRefused) as refused, street.database.transaction() as tx:
        stock_takes.sign(tx, stock_take_id=kept.stock_take_id, at=NOW, by="阿明 ")
    assert refused.value.reason is Refusal.STOCK_TAKE_SAME_PERSON
    with street.database.transaction() as tx:
        stock_takes.sign(tx, stock_take_id=kept.stock_take_id, at=NOW, by=BY)
    assert stock(street, lot) == 22_000
    with street.database.reader() as reader:
        (tins,) = goods_month.items(reader, NOVEMBER)
    assert (tins.opening, tins.taken_in, tins.given, tins.disposed, tins.adjusted, tins.on_hand) == (0, 24_000, 0, 0, -2_000, 22_000)


_ACTIONS = st.lists(
    st.tuples(st.sampled_from(("give", "dispose", "correct", "count", "in")), st.integers(1, 9), st.integers(0, 5)),
    max_size=25,
)


@pytest.fixture(scope="module")
def long_street(tmp_path_factory: pytest.TempPathFactory) -> OpenStreet:
    """One street for all histories, each with lots of its own."""
    return a_street(tmp_path_factory.mktemp("histories"))


def act(tx: Transaction, action: str, lots: list[int], moved: list[int], quantity: int, at: datetime) -> None:
    """One step of a random history, on the newest lot where it needs one."""
    day, lot = local_day(at), lots[-1] if lots else 0
    if action == "in" or not lots:
        form = DonationForm(day, (LotForm("物", quantity),), giver="街坊")
        lots += goods.take_in(tx, form=form, at=at, by=BY).lot_ids
    elif action == "give":
        moved += goods.give(tx, lot_id=lot, quantity=quantity, recipient=TEAM, day=day, at=at, by=BY).movement_ids
    elif action == "dispose":
        moved += goods.dispose(tx, lot_id=lot, quantity=quantity, reason=DisposalReason.CRUSHED, day=day, at=at, by=BY).movement_ids
    elif action == "correct" and moved:
        goods.correct(tx, movement_ids=[moved[quantity % len(moved)]], reason="錯", at=at, by=BY)
    elif action == "count":
        stock_takes.count(tx, day=day, counts=[CountForm(lot, quantity, "點過")], at=at, by="甲")


def sign_last(street: OpenStreet, at: datetime) -> None:
    with street.database.reader() as reader:
        newest = next(iter(stock_take_queries.rows(reader)), None)
    if newest is not None and newest.open:
        with street.database.transaction() as tx:
            stock_takes.sign(tx, stock_take_id=newest.stock_take_id, at=at, by="乙")


@settings(max_examples=40, deadline=None)
@given(history=_ACTIONS)
def test_over_random_histories_stock_is_the_sum_of_its_movements_and_never_negative(
    long_street: OpenStreet, history: list[tuple[str, int, int]]
) -> None:
    lots: list[int] = []
    moved: list[int] = []
    for action, quantity, days in history:
        at = datetime(2026, 11, 1 + days, 2, 0, tzinfo=UTC)
        with suppress(RuleRefused):
            with long_street.database.transaction() as tx:
                act(tx, action, lots, moved, quantity * 500, at)
            if action == "count":
                sign_last(long_street, at)
    with long_street.database.reader() as reader:
        for lot in lots:
            entries = goods_queries.detail(reader, lot, TODAY).movements
            for day in (TODAY + timedelta(days=after) for after in range(-1, 8)):
                summed = sum(one.quantity for one in entries if one.day <= day)
                assert goods_queries.rows(reader, [lot], day)[lot].stock == summed >= 0
        for one in goods_month.items(reader, NOVEMBER):
            assert one.on_hand == one.opening + one.taken_in - one.given - one.disposed + one.adjusted


def give_at_once(street: OpenStreet, lot: int, outcomes: list[str]) -> None:
    for _ in range(20):
        try:
            give(street, lot, 1_000)
            outcomes.append("given")
        except RuleRefused as refused:
            outcomes.append(str(refused.reason))


def test_eight_threads_cannot_give_more_of_a_lot_than_is_there(street: OpenStreet) -> None:
    lot = a_donation(street, LotForm("包", 50_000)).lot_ids[0]
    outcomes: list[str] = []
    threads = [Thread(target=give_at_once, args=(street, lot, outcomes)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (outcomes.count("given"), outcomes.count(Refusal.GOODS_NOT_ENOUGH)) == (50, 110)
    assert stock(street, lot) == 0
