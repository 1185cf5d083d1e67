"""The lots, donations and households behind the figures of a month's goods add up to them."""

from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from caringstreet.bootstrap import open_street
from caringstreet.model.goods import GoodsMovement
from caringstreet.practice.street import make_demo
from caringstreet.queries import goods_month, goods_month_rows
from caringstreet.queries.goods_month_rows import GoodsFigure, GoodsPart
from caringstreet.rules.months import Month
from caringstreet.storage.database import Reader
from tests.goods_street import some_goods, switch_goods

TODAY = date(2026, 11, 21)
NOVEMBER = Month.of(TODAY)


def on_hand(reader: Reader, lot_id: int) -> int:
    wanted = select(func.sum(GoodsMovement.quantity)).where(GoodsMovement.lot_id == lot_id, GoodsMovement.day <= NOVEMBER.last_day)
    return reader.scalar(wanted) or 0


def test_the_lots_behind_an_item_sum_to_what_is_on_hand_of_it(tmp_path: Path) -> None:
    path = tmp_path / "practice.caringstreet"
    make_demo(path, months=1, households_wanted=12, today=TODAY)
    street = open_street(path)
    switch_goods(street)
    some_goods(street, 1, 1)
    with street.database.reader() as reader:
        figures = goods_month.figures(reader, NOVEMBER)
        assert figures.items and figures.givers and figures.reached and figures.never_reached
        for one in figures.items:
            part = GoodsPart(one.item, one.unit)
            for figure in GoodsFigure:
                ids = goods_month_rows.lot_ids_behind(reader, NOVEMBER, figure, part)
                assert bool(ids) >= bool(getattr(one, figure)), (one, figure)
                if figure is GoodsFigure.ON_HAND:
                    assert sum(on_hand(reader, lot_id) for lot_id in ids) == one.on_hand
        for giver in figures.givers:
            assert goods_month_rows.donation_ids_of_giver(reader, NOVEMBER, giver.name)
        for week in figures.weeks:
            for moved in week.parts:
                part = GoodsPart(unit=moved.unit, days=(week.first, week.last))
                assert bool(goods_month_rows.lot_ids_behind(reader, NOVEMBER, GoodsFigure.TAKEN_IN, part)) == bool(moved.taken_in)
        assert len(goods_month_rows.household_ids_behind(reader, NOVEMBER)) == figures.reached
        assert len(goods_month_rows.household_ids_behind(reader, NOVEMBER, never=True)) == figures.never_reached
        assert len(goods_month_rows.donation_ids_behind(reader, NOVEMBER, refused=False)) == figures.donations
        assert bool(goods_month_rows.lot_ids_thrown_away(reader, NOVEMBER)) == bool(figures.disposed_by_reason)
    street.close()
