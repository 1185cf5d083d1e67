"""The practice street's goods: something to do on every page, and a ledger that adds up."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from caringstreet.bootstrap import OpenStreet, open_street
from caringstreet.clock import FixedClock
from caringstreet.papers.goods_json import goods_json
from caringstreet.practice.street import make_demo
from caringstreet.queries import choice_events, distributions, goods, goods_month, needs, runs, stock_takes, today
from caringstreet.queries.goods import LotView
from caringstreet.queries.today import TaskKind
from caringstreet.rules.months import Month
from caringstreet.rules.runs import RunState

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
OF_GOODS = {
    TaskKind.GOODS_BLOCKED, TaskKind.GOODS_FIRST, TaskKind.GOODS_LOW, TaskKind.RUN_RECORD, TaskKind.STOCK_TAKE, TaskKind.NEEDS,
}  # fmt: skip


def a_demo(folder: Path, months: int = 2, day: date = TODAY) -> OpenStreet:
    path = folder / "demo.caringstreet"
    make_demo(path, months=months, households_wanted=12, today=day)
    return open_street(path, FixedClock(NOW))


def test_every_page_of_goods_has_something_to_do(tmp_path: Path) -> None:
    street = a_demo(tmp_path)
    assert street.settings.goods
    with street.database.reader() as reader:
        assert {task.kind for task in today.tasks(reader, TODAY, NOW)} >= OF_GOODS
        counts = goods.counts(reader, TODAY, NOW)
        assert all(counts[view] for view in LotView) and counts[LotView.BLOCKED] == 1
        tonight = runs.of_day(reader, TODAY)
        assert tonight is not None and (tonight.state, tonight.estimate) == (RunState.PLANNED, 30_000)
        (event,) = choice_events.rows(reader)
        figures = choice_events.figures(reader, event.event_id)
        assert (event.closed, figures.visitors, figures.unfit, figures.wishes) == (False, 11, 8_000, 3)
        assert [one.open for one in stock_takes.rows(reader)] == [True]
        assert [one.closed for one in distributions.rows(reader)] == [False, True, True]
        assert len(needs.rows(reader, open_only=True)) == 4


def test_the_ledger_of_the_practice_street_adds_up_and_is_the_same_every_time(tmp_path: Path) -> None:
    told = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        street = a_demo(tmp_path / name)
        with street.database.reader() as reader:
            figures = [goods_month.figures(reader, Month(2026, month)) for month in (10, 11)]
        street.close()
        for one in (item for month in figures for item in month.items):
            assert one.on_hand == one.opening + one.taken_in - one.given - one.disposed + one.adjusted >= 0
        assert len(figures[0].runs) == 14 and all(not run.left for month in figures for run in month.runs)
        assert (figures[0].refused, len(figures[0].allotted)) == (1, 2)
        told.append([goods_json(one) for one in figures])
    assert told[0] == told[1]


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2027, 2, 28), date(2026, 12, 2)])
def test_the_practice_street_can_be_made_on_any_day(tmp_path: Path, day: date) -> None:
    street = a_demo(tmp_path, 1, day)
    with street.database.reader() as reader:
        tonight = runs.of_day(reader, day)
    assert tonight is not None and tonight.state is RunState.PLANNED
