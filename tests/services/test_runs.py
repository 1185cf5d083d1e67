"""Bread runs: one evening by hand, what is refused, and that a mistake leaves no trace in the figures."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from caringstreet.bootstrap import OpenStreet
from caringstreet.queries import goods_month
from caringstreet.queries import runs as run_queries
from caringstreet.rules.goods import DisposalReason, StorageClass
from caringstreet.rules.months import Month
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.runs import Announcement, RunState, announcements, volunteers_for
from caringstreet.services import goods, goods_ledger, runs
from caringstreet.services.runs import RecordedRun, RunForm, StopForm, StopResult
from caringstreet.wording.refusals import refusal_text
from caringstreet.words import words_for
from tests.builders import BY, a_shop, a_street

EVENING = datetime(2026, 11, 5, 13, 40, tzinfo=UTC)  # 21:40 on the street
DAY = date(2026, 11, 5)


@pytest.fixture
def street(tmp_path: Path) -> OpenStreet:
    return a_street(tmp_path, at=EVENING)


def a_run(street: OpenStreet) -> tuple[int, dict[str, int]]:
    """The evening of the seeds: S04 announced 18, S05 30."""
    shops = {code: a_shop(street, code) for code in ("S04", "S05")}
    with street.database.transaction() as tx:
        run = runs.announce(tx, day=DAY, estimates={shops["S04"]: 18_000, shops["S05"]: 30_000}, at=EVENING, by=BY)
    with street.database.reader() as reader:
        stops = {one.shop: one.stop_id for one in run_queries.stops(reader, run.run_id)}
    return run.run_id, stops


def record(street: OpenStreet, run_id: int, *results: StopResult) -> RecordedRun:
    with street.database.transaction() as tx:
        return runs.record(tx, run_id=run_id, results=results, at=EVENING, by=BY)


def the_evening(stops: dict[str, int], handed: int = 24_000) -> tuple[StopResult, StopResult]:
    return (
        StopResult(stops["S04"], "麵包", 17_000, to_households=17_000),
        StopResult(stops["S05"], "忌廉包", 27_000, to_households=handed - 4_000, to_group=4_000, group_name="清潔工友", disposed=3_000),
    )


def test_forty_four_in_is_forty_one_out_and_three_thrown_away(street: OpenStreet) -> None:
    run_id, stops = a_run(street)
    done = record(street, run_id, *the_evening(stops))
    assert (done.collected, done.handed_out, done.disposed, done.left) == (44_000, 41_000, 3_000, 0)
    with street.database.reader() as reader:
        row = run_queries.row(reader, run_id)
        shown = {one.shop: one.outcome for one in run_queries.stops(reader, run_id)}
        month = goods_month.figures(reader, Month(2026, 11))
    assert row is not None and (row.state, row.estimate, row.collected) == (RunState.DONE, 48_000, 44_000)
    assert (shown["S05"].to_households, shown["S05"].to_group, shown["S05"].reason) == (20_000, 4_000, DisposalReason.OVER_TIME)
    assert [(one.collected, one.handed_out, one.disposed) for one in month.runs] == [(44_000, 41_000, 3_000)]
    assert sum(one.on_hand for one in month.items) == 0


def test_one_bun_too_many_is_refused_with_the_figures_and_nothing_is_saved(street: OpenStreet) -> None:
    run_id, stops = a_run(street)
    with pytest.raises(RuleRefused) as refused:
        record(street, run_id, *the_evening(stops, handed=25_000))
    assert refused.value.reason is Refusal.RUN_OVER_COLLECTED
    assert "派發 + 棄置 45 > 收到 44" in refusal_text(words_for("zh_HK"), refused.value)
    assert "45 > collected 44" in refusal_text(words_for("en"), refused.value)
    with street.database.reader() as reader:
        row = run_queries.row(reader, run_id)
        assert row is not None and (row.state, row.collected) == (RunState.PLANNED, 0)
        assert goods_month.figures(reader, Month(2026, 11)).donations == 0


def test_a_stop_cannot_give_what_another_brought(street: OpenStreet) -> None:
    run_id, stops = a_run(street)
    with pytest.raises(RuleRefused) as refused:
        record(
            street,
            run_id,
            StopResult(stops["S04"], "麵包", 17_000),
            StopResult(stops["S05"], "麵包", 10_000, to_households=12_000),
        )
    assert (refused.value.facts["gone"], refused.value.facts["collected"]) == ("12", "10")


def test_what_is_left_stays_as_stock(street: OpenStreet) -> None:
    run_id, stops = a_run(street)
    assert record(street, run_id, StopResult(stops["S04"], "麵包", 17_000, to_households=10_000)).left == 7_000
    with street.database.reader() as reader:
        assert [one.on_hand for one in goods_month.items(reader, Month(2026, 11))] == [7_000]


def test_a_run_taken_back_can_be_recorded_anew_and_the_month_counts_it_once(street: OpenStreet) -> None:
    run_id, stops = a_run(street)
    record(street, run_id, *the_evening(stops))
    with street.database.transaction() as tx:
        runs.take_back(tx, run_id=run_id, reason="寫錯數", at=EVENING, by=BY)
    with street.database.reader() as reader:
        emptied = goods_month.figures(reader, Month(2026, 11))
    assert (emptied.runs, emptied.items) == ((), ())
    with street.database.transaction() as tx:
        form = RunForm(DAY, tuple(StopForm(shop_id=one.shop_id) for one in reversed(stops_of(street, run_id))))
        runs.change_plan(tx, run_id=run_id, form=form, at=EVENING, by=BY)
    record(street, run_id, *the_evening({one.shop: one.stop_id for one in stops_of(street, run_id)}))
    with street.database.reader() as reader:
        assert [one.collected for one in goods_month.figures(reader, Month(2026, 11)).runs] == [44_000]


def stops_of(street: OpenStreet, run_id: int) -> list[run_queries.StopRow]:
    with street.database.reader() as reader:
        return run_queries.stops(reader, run_id)


def test_a_run_is_not_taken_back_once_its_bread_was_given_from_stock(street: OpenStreet) -> None:
    run_id, stops = a_run(street)
    record(street, run_id, StopResult(stops["S04"], "麵包", 17_000, to_households=10_000))
    with street.database.reader() as reader:
        lot = goods_month.items(reader, Month(2026, 11))[0]
    assert lot.on_hand == 7_000
    with street.database.transaction() as tx:
        goods.give(tx, lot_id=1, quantity=2_000, recipient=goods_ledger.Recipient(goods.Target.TEAM), day=DAY, at=EVENING, by=BY)
    with pytest.raises(RuleRefused) as refused, street.database.transaction() as tx:
        runs.take_back(tx, run_id=run_id, reason="寫錯數", at=EVENING, by=BY)
    assert refused.value.reason is Refusal.GOODS_NOT_ENOUGH


def test_hot_food_without_a_heater_is_refused_after_an_hour(street: OpenStreet) -> None:
    run_id, stops = a_run(street)
    hot = StopResult(stops["S04"], "飯", 5_000, storage=StorageClass.HOT, collected_at=EVENING - timedelta(hours=2))
    record(street, run_id, hot)
    with pytest.raises(RuleRefused) as refused, street.database.transaction() as tx:
        goods.give(tx, lot_id=1, quantity=1_000, recipient=goods_ledger.Recipient(goods.Target.HOUSEHOLDS), day=DAY, at=EVENING, by=BY)
    assert refused.value.reason is Refusal.GOODS_OVER_TIME
    with street.database.transaction() as tx:
        thrown = goods.throw_away_stale(tx, lot_ids=[1], day=DAY, at=EVENING, by=BY)
    assert len(thrown.movement_ids) == 1
    with street.database.reader() as reader:
        assert goods_month.figures(reader, Month(2026, 11)).disposed_by_reason == {DisposalReason.OVER_TIME: 1}


def test_a_second_run_of_the_day_and_one_without_stops_are_refused(street: OpenStreet) -> None:
    run_id, _ = a_run(street)
    for form, reason in (
        (RunForm(DAY, (StopForm(place="街市"),)), Refusal.RUN_DAY_TAKEN),
        (RunForm(date(2026, 11, 6), ()), Refusal.RUN_WITHOUT_STOPS),
    ):
        with pytest.raises(RuleRefused) as refused, street.database.transaction() as tx:
            runs.plan(tx, form=form, at=EVENING, by=BY)
        assert refused.value.reason is reason
    with street.database.transaction() as tx:
        runs.cancel(tx, run_id=run_id, reason="八號風球", at=EVENING, by=BY)
    with street.database.transaction() as tx:
        runs.plan(tx, form=RunForm(DAY, (StopForm(place="街市"),)), at=EVENING, by=BY)


def test_estimates_are_read_from_what_shops_write() -> None:
    text = "[20:12] 順興: 包 S05 30\n好呀\n金華：包Ｓ０４ １８個\n包 s05 28 啱啱賣咗兩個\n麵包好好味 2026"
    assert announcements(text) == [Announcement("S05", 28_000), Announcement("S04", 18_000)]


@pytest.mark.parametrize(("estimate", "people"), [(0, 2), (8_000, 2), (8_001, 4), (48_000, 4)])
def test_a_small_estimate_asks_two_volunteers_not_four(estimate: int, people: int) -> None:
    assert volunteers_for(estimate) == people
