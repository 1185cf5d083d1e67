"""The rows behind the figures of a month are those that the figure counts."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path

from caringstreet.bootstrap import open_street
from caringstreet.papers.month_json import month_json
from caringstreet.practice.street import make_demo
from caringstreet.queries import month_rows, month_summary, vouchers
from caringstreet.queries.month_rows import Figure, Part, Share
from caringstreet.queries.month_summary import HandedOut
from caringstreet.rules.months import Month
from caringstreet.rules.offers import Validity
from caringstreet.services import vouchers as services
from caringstreet.wording.handed_out import out_text
from caringstreet.words import words_for
from tests.builders import BY, NOW, a_household, a_shop, a_street, an_offer, handed_out, issued

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
            for figure, count in (
                (Figure.HANDED_OUT, figures.handed.handed_out),
                (Figure.OUT, figures.handed.out),
                (Figure.NOT_HANDED_OUT, figures.not_handed_out),
            ):
                assert len(month_rows.voucher_ids_behind(reader, month, TODAY, figure)) == count
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


def test_what_neighbours_hold_is_what_was_handed_out_less_what_became_of_it(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    offer = an_offer(street, a_shop(street), validity=Validity.MONTH_END)
    ids = handed_out(street, a_household(street), offer, count=6)
    issued(street, a_household(street), offer, count=2)  # waits to be handed out: with nobody yet
    for one, ends in enumerate((services.take_back, services.withdraw, partial(services.replace, random_bits=street.random_bits))):
        with street.database.transaction() as tx:
            ends(tx, voucher_ids=ids[one : one + 1], reason="遺失", at=NOW, by=BY)
    november, first = Month(2026, 11), NOW.date()
    with street.database.reader() as reader:
        early = month_summary.figures(reader, november, first)
        late = month_summary.figures(reader, november, date(2026, 12, 1))
        behind = month_rows.voucher_ids_behind(reader, november, first, Figure.OUT)
    assert early.handed == HandedOut(handed_out=6, returned=1, void=2)
    assert (early.handed.out, early.total.out, early.not_handed_out, behind) == (3, 3, 3, ids[3:])
    assert late.handed == HandedOut(handed_out=6, expired=3, returned=1, void=2)
    assert (late.handed.out, late.not_handed_out) == (0, 0)
    assert out_text(words_for("zh_HK"), early.handed) == "已派 6 張 – 退券 1 張 – 作廢 2 張 = 街坊手上 3 張"
    document = month_json(early)
    assert (document["out"], document["handed_out"]["void"], document["not_handed_out"]) == (3, 2, 3)
    street.close()
