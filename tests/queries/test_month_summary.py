"""The rows behind the figures of a month are those that the figure counts."""

from datetime import date, timedelta
from pathlib import Path

from caringstreet.bootstrap import open_street
from caringstreet.demo import make_demo
from caringstreet.queries import month_summary
from caringstreet.queries.month_summary import Figure
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
                *((counts, {"street": name}) for name, counts in figures.streets),
                *((counts, {"kind": kind}) for kind, counts in figures.kinds),
                *((one.counts, {"shop_id": one.shop_id}) for one in figures.shops),
                *((one.counts, {"offer_id": one.offer_id}) for one in figures.offers),
                (figures.total, {}),
            ):
                for figure in (Figure.ISSUED, Figure.REDEEMED, Figure.EXPIRED, Figure.RETURNED, Figure.OUT):
                    ids = month_summary.voucher_ids_behind(reader, month, TODAY, figure, **part)  # type: ignore[arg-type]
                    assert len(ids) == getattr(wanted, figure.value), (figure, part)
        assert figures.total.issued > 0
        assert len(figures.streets) > 1
        assert len(figures.kinds) > 1
    street.close()
