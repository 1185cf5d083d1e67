"""What needs doing with goods: each line comes when it is due and leaves when it is done."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from caringstreet.bootstrap import OpenStreet
from caringstreet.queries import today
from caringstreet.queries.today import Task, TaskKind
from caringstreet.rules.goods import DisposalReason, Target
from caringstreet.rules.needs import NeedState
from caringstreet.rules.quantities import Unit
from caringstreet.services import goods, needs, runs, stock_takes
from caringstreet.services.goods import DonationForm, LotForm
from caringstreet.services.goods_ledger import Recipient
from caringstreet.services.runs import RunForm, StopForm, StopResult
from caringstreet.services.stock_takes import CountForm
from tests.builders import BY, NOW, TODAY, a_shop, a_street

BY_TWO = "阿謙"


@pytest.fixture
def street(tmp_path: Path) -> OpenStreet:
    return a_street(tmp_path, goods=True)


def tasks(street: OpenStreet, at: datetime = NOW) -> dict[TaskKind, Task]:
    with street.database.reader() as reader:
        return {task.kind: task for task in today.tasks(reader, TODAY, at)}


def a_lot(street: OpenStreet, item: str = "罐頭", **fields: object) -> int:
    with street.database.transaction() as tx:
        lot = LotForm(item, 5000, **fields)  # type: ignore[arg-type]
        form = DonationForm(TODAY - timedelta(days=9), (lot,), giver="街坊")
        return goods.take_in(tx, form=form, at=NOW, by=BY).lot_ids[0]


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        (TODAY - timedelta(days=1), TaskKind.GOODS_BLOCKED),
        (TODAY, TaskKind.GOODS_FIRST),
        (TODAY + timedelta(days=2), TaskKind.GOODS_FIRST),
        (TODAY + timedelta(days=3), None),
        (None, None),
    ],
)
def test_goods_are_named_by_how_long_they_are_good(street: OpenStreet, last: date | None, kind: TaskKind | None) -> None:
    lot = a_lot(street, best_before=last)
    found = tasks(street)
    assert found == ({} if kind is None else {kind: Task(kind, 1, "罐頭", day=last, subject_id=lot)})


def test_what_was_thrown_away_or_given_leaves_the_list(street: OpenStreet) -> None:
    old, near = a_lot(street, "舊", best_before=TODAY - timedelta(days=1)), a_lot(street, "近", best_before=TODAY)
    assert set(tasks(street)) == {TaskKind.GOODS_BLOCKED, TaskKind.GOODS_FIRST}
    with street.database.transaction() as tx:
        goods.dispose(tx, lot_id=old, quantity=5000, reason=DisposalReason.PAST_DATE, day=TODAY, at=NOW, by=BY)
    with street.database.transaction() as tx:
        goods.give(tx, lot_id=near, quantity=5000, recipient=Recipient(Target.TEAM), day=TODAY, at=NOW, by=BY)
    assert tasks(street) == {}


def test_food_with_an_hour_is_first_and_then_blocked(street: OpenStreet) -> None:
    a_lot(street, "飯", deliver_by=NOW + timedelta(hours=1))
    a_lot(street, "湯", deliver_by=NOW + timedelta(hours=2))
    assert tasks(street)[TaskKind.GOODS_FIRST].count == 2
    assert set(tasks(street, NOW + timedelta(hours=3))) == {TaskKind.GOODS_BLOCKED}


def test_an_item_below_its_minimum_is_named(street: OpenStreet) -> None:
    a_lot(street)
    for minimum, expected in ((6000, {TaskKind.GOODS_LOW: Task(TaskKind.GOODS_LOW, 1, "罐頭")}), (5000, {})):
        with street.database.transaction() as tx:
            goods.set_minimum(tx, item="罐頭", unit=Unit.ITEM, minimum=minimum, at=NOW, by=BY)
        assert tasks(street) == expected


def test_tonights_run_asks_for_estimates_and_then_for_its_record(street: OpenStreet) -> None:
    stops = (StopForm(shop_id=a_shop(street, "S04"), estimate=5000), StopForm(shop_id=a_shop(street, "S05")), StopForm(place="街市"))
    with street.database.transaction() as tx:
        run = runs.plan(tx, form=RunForm(TODAY, stops), at=NOW, by=BY).run_id
    found = tasks(street)
    assert found[TaskKind.RUN_ESTIMATE] == Task(TaskKind.RUN_ESTIMATE, 1, day=TODAY, subject_id=run)
    assert found[TaskKind.RUN_RECORD] == Task(TaskKind.RUN_RECORD, 1, day=TODAY, subject_id=run)
    with street.database.transaction() as tx:
        runs.announce(tx, day=TODAY, estimates={2: 3000}, at=NOW, by=BY)
    assert set(tasks(street)) == {TaskKind.RUN_RECORD}
    with street.database.transaction() as tx:
        runs.record(tx, run_id=run, results=[StopResult(1, "麵包", 4000, to_households=4000)], at=NOW, by=BY)
    assert tasks(street) == {}


def test_a_run_of_tomorrow_is_not_due(street: OpenStreet) -> None:
    with street.database.transaction() as tx:
        runs.plan(tx, form=RunForm(TODAY + timedelta(days=1), (StopForm(place="街市"),)), at=NOW, by=BY)
    assert tasks(street) == {}


def test_a_count_waits_for_its_second_signature(street: OpenStreet) -> None:
    lot = a_lot(street)
    with street.database.transaction() as tx:
        kept = stock_takes.count(tx, day=TODAY, counts=[CountForm(lot, 4000, "爛咗")], at=NOW, by=BY).stock_take_id
    assert tasks(street) == {TaskKind.STOCK_TAKE: Task(TaskKind.STOCK_TAKE, 1, day=TODAY, subject_id=kept)}
    with street.database.transaction() as tx:
        stock_takes.sign(tx, stock_take_id=kept, at=NOW, by=BY_TWO)
    assert tasks(street) == {}


def test_open_wishes_are_counted_until_they_are_settled(street: OpenStreet) -> None:
    with street.database.transaction() as tx:
        need = needs.note(tx, subject="38 號女裝鞋", day=TODAY, at=NOW, by=BY)
    assert tasks(street) == {TaskKind.NEEDS: Task(TaskKind.NEEDS, 1, day=TODAY)}
    with street.database.transaction() as tx:
        needs.settle(tx, need_id=need, state=NeedState.DONE, at=NOW, by=BY)
    assert tasks(street) == {}


def test_a_street_that_keeps_no_goods_hears_nothing_of_them(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    lot = a_lot(street, best_before=TODAY - timedelta(days=1))
    a_lot(street, "近", best_before=TODAY)
    with street.database.transaction() as tx:
        goods.set_minimum(tx, item="近", unit=Unit.ITEM, minimum=9000, at=NOW, by=BY)
    with street.database.transaction() as tx:
        stock_takes.count(tx, day=TODAY, counts=[CountForm(lot, 5000)], at=NOW, by=BY)
    with street.database.transaction() as tx:
        needs.note(tx, subject="鞋", day=TODAY, at=NOW, by=BY)
    with street.database.transaction() as tx:
        runs.plan(tx, form=RunForm(TODAY, (StopForm(place="街市"),)), at=NOW, by=BY)
    assert tasks(street) == {}
