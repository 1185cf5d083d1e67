"""The rows behind the figures of a month are those that the figure counts."""

from datetime import date, timedelta
from pathlib import Path

from caringstreet.bootstrap import open_street
from caringstreet.practice.street import make_demo
from caringstreet.queries import month_rows, month_summary, vouchers
from caringstreet.queries.month_rows import Figure, Part, Share
from caringstreet.rules.months import Month

TODAY = date(2026, 11, 21)


def test_the_rows_behind_each_street_and_kind_are_as_many_as_it_says(tmp_path: Path) -> None:
    path = tmp_path / "practice.caringstreet"
    make_demo(path, months=2, households_wanted=30, today=TODAY)
    street = open_street(path)
    for month in (Month.of(TODAY), Month.of(TODAY.replace(day=1) - timedelta(days=1))):
        with street.database.reader() as reader:
            figures = month_summary.figures(reader, month, TODAY)
            for wanted, part in (
                *((counts, Part(street=name)) for name, counts in figures.streets),
                *((counts, Part(kind=kind)) for kind, counts in figures.kinds),
                *((one.counts, Part(shop_id=one.shop_id)) for one in figures.shops),
                *((one.counts, Part(offer_id=one.offer_id)) for one in figures.offers),
                (figures.total, Part()),
            ):
                for figure in (Figure.ISSUED, Figure.REDEEMED, Figure.EXPIRED, Figure.RETURNED, Figure.OUT):
                    ids = month_rows.voucher_ids_behind(reader, month, TODAY, figure, part)
                    assert len(ids) == getattr(wanted, figure.value), (figure, part)
            for channel, count in figures.channels.items():
                assert len(month_rows.voucher_ids_behind(reader, month, TODAY, Figure.REDEEMED, Part(channel=channel))) == count
            assert len(month_rows.household_ids_behind(reader, month)) == figures.households
            assert len(month_rows.household_ids_behind(reader, month, new=True)) == figures.new_faces
        assert figures.total.issued > 0
        assert len(figures.streets) > 1
        assert len(figures.kinds) > 1
    street.close()


def test_a_share_is_the_sum_of_the_vouchers_behind_it(tmp_path: Path) -> None:
    path = tmp_path / "practice.caringstreet"
    make_demo(path, months=1, households_wanted=20, today=TODAY)
    street = open_street(path)
    month = Month.of(TODAY)
    with street.database.reader() as reader:
        total = month_summary.figures(reader, month, TODAY).total
        everything = month_rows.voucher_ids_behind(reader, month, TODAY, Figure.REDEEMED)
        for share, cents in ((Share.SHOP, total.shop_cents), (Share.FUND, total.fund_cents)):
            ids = month_rows.voucher_ids_behind(reader, month, TODAY, Figure.REDEEMED, Part(share=share))
            shown = vouchers.rows(reader, ids, TODAY).values()
            assert sum(getattr(one, f"{share}_cents") for one in shown) == cents
            assert all(getattr(one, f"{share}_cents") for one in shown)
            assert 0 < len(ids) <= len(everything)
    street.close()
