"""The list of a month's vouchers: every order holds the same vouchers, in the order that its column shows."""

from dataclasses import replace
from datetime import date

import pytest

from caringstreet.bootstrap import OpenStreet, open_street
from caringstreet.practice.street import make_demo
from caringstreet.queries import vouchers
from caringstreet.queries.vouchers import VoucherFilter, VoucherRow
from caringstreet.rules.months import Month
from caringstreet.rules.vouchers import VoucherState
from caringstreet.words import words_for
from ui.tables.vouchers_table import columns

TODAY = date(2026, 11, 21)
MONTH = VoucherFilter(month=Month(2026, 11))
#: What stands in a row for each column that sorts; empty days come first.
SHOWN = {
    "code": lambda row: row.serial,
    "state": lambda row: list(VoucherState).index(row.state),
    "household": lambda row: row.household,
    "display_name": lambda row: row.display_name,
    "title": lambda row: row.offer,
    "shop": lambda row: row.shop_id,
    "valid_to": lambda row: row.valid_to,
    "valid_from": lambda row: row.valid_from,
    "handed_out_on": lambda row: row.handed_out_on or date.min,
    "printed_at": lambda row: str(row.printed_at or ""),
}


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> OpenStreet:
    path = tmp_path_factory.mktemp("practice") / "practice.caringstreet"
    make_demo(path, months=1, households_wanted=20, today=TODAY)
    return open_street(path)


def listed(street: OpenStreet, wanted: VoucherFilter, sort: str, *, descending: bool = False) -> list[VoucherRow]:
    with street.database.reader() as reader:
        ids = vouchers.matching_ids(reader, wanted, TODAY, sort, descending=descending)
        return list(vouchers.rows(reader, ids, TODAY).values())


def test_every_column_that_sorts_is_known_here() -> None:
    assert {column.sort for column in columns(words_for("en")) if column.sort} == set(SHOWN)


@pytest.mark.parametrize("sort", SHOWN)
def test_a_month_stands_in_the_order_of_any_column(street: OpenStreet, sort: str) -> None:
    up, down = listed(street, MONTH, sort), listed(street, MONTH, sort, descending=True)
    shown = [SHOWN[sort](row) for row in up]
    assert shown == sorted(shown)
    assert [SHOWN[sort](row) for row in down] == shown[::-1]
    assert {row.voucher_id for row in up} == {row.voucher_id for row in down}
    assert len(up) == len({row.voucher_id for row in listed(street, MONTH, "code")}) > 50


@pytest.mark.parametrize("sort", SHOWN)
def test_a_search_and_a_state_hold_in_any_order(street: OpenStreet, sort: str) -> None:
    every = listed(street, MONTH, "code")
    household = every[0].household
    for wanted in (
        replace(MONTH, search=household),
        replace(MONTH, state=VoucherState.REDEEMED),
        VoucherFilter(),
        VoucherFilter(ids=(every[3].voucher_id,)),
    ):
        expected = {row.voucher_id for row in listed(street, wanted, "code")}
        assert expected
        assert {row.voucher_id for row in listed(street, wanted, sort)} == expected
    assert {row.household for row in listed(street, replace(MONTH, search=household), sort)} == {household}
