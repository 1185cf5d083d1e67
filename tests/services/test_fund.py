"""The fund: what its book says, what is left to promise, and that nothing is refused where no book is kept."""

from datetime import date
from pathlib import Path

import pytest

from caringstreet.bootstrap import OpenStreet
from caringstreet.exchange.columns import RowKind
from caringstreet.importing import open_file, run_import
from caringstreet.queries import fund as fund_queries
from caringstreet.rules.fund import FundKind
from caringstreet.rules.months import Month
from caringstreet.rules.refusals import Refusal
from caringstreet.services import import_undo, vouchers
from caringstreet.services.import_run import ImportOutcome
from caringstreet.services.vouchers import IssuedVouchers, IssueLine
from tests.builders import NOW, TODAY, a_household, a_shop, a_street, an_offer

NOVEMBER = Month(2026, 11)


def a_book(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "book.csv"
    path.write_text("\n".join(("日期,類別,摘要,收入,支出,備註", *lines)) + "\n", encoding="utf-8")
    return path


def take(street: OpenStreet, path: Path) -> ImportOutcome:
    opened = open_file(path, RowKind.FUND)
    with street.database.transaction() as tx:
        return run_import(tx, opened=opened, categories={}, at=NOW, today=TODAY, by="test")


def issue(street: OpenStreet, household: int, offer: int, count: int) -> IssuedVouchers:
    with street.database.transaction() as tx:
        line = IssueLine(household, offer, TODAY, count)
        return vouchers.issue(tx, lines=[line], random_bits=street.random_bits, at=NOW, by="test")


def test_the_sample_book_goes_in_once(tmp_path: Path, samples: Path) -> None:
    street = a_street(tmp_path)
    first = take(street, samples / "經費.csv")
    assert (first.read, first.new, first.bad) == (9, 9, 0)
    again = take(street, samples / "經費.csv")
    assert (again.new, again.unchanged, again.bad) == (0, 9, 0)
    with street.database.reader() as reader:
        found = fund_queries.figures(reader, NOVEMBER, date(2026, 12, 4))
    assert found is not None
    assert (found.opening_cents, found.income_cents, found.other_out_cents) == (2_240_000, 1_085_000, 18_600)
    assert found.income_by_kind == {
        FundKind.INDIVIDUAL: 185_000,
        FundKind.PUBLIC: 500_000,
        FundKind.CHARITY: 400_000,
    }
    assert found.closing_cents == found.free_cents == 2_240_000 + 1_085_000 - 18_600


def test_a_vouchers_promise_is_refused_beyond_what_is_free(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    household = a_household(street)
    offer = an_offer(street, a_shop(street), list_cents=4000, household_cents=2000, shop_cents=800, fund_cents=1200)
    take(street, a_book(tmp_path, f"{TODAY},承上結存,上月,$30,,"))
    assert len(issue(street, household, offer, 2).voucher_ids) == 2
    refused = issue(street, household, offer, 1).refused[0].refusal
    assert refused.reason is Refusal.FUND_USED_UP
    assert refused.facts == {"free_cents": 600, "needed_cents": 1200}


def test_a_returned_voucher_frees_its_promise(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    household = a_household(street)
    offer = an_offer(street, a_shop(street), list_cents=4000, household_cents=2000, shop_cents=800, fund_cents=1200)
    take(street, a_book(tmp_path, f"{TODAY},承上結存,上月,$24,,"))
    ids = issue(street, household, offer, 2).voucher_ids
    assert issue(street, household, offer, 1).refused
    with street.database.transaction() as tx:
        vouchers.take_back(tx, voucher_ids=ids[:1], reason="去旅行", at=NOW, by="test")
    assert issue(street, household, offer, 1).voucher_ids


def test_without_a_book_nothing_is_refused(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    offer = an_offer(street, a_shop(street), list_cents=4000, household_cents=2000, shop_cents=800, fund_cents=1200)
    assert issue(street, a_household(street), offer, 5).voucher_ids
    with street.database.reader() as reader:
        assert fund_queries.figures(reader, Month.of(TODAY), TODAY) is None


def test_a_stated_balance_holds_what_lies_before_it(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    take(street, a_book(tmp_path, "2026-09-02,個人,九月,$900,,", "2026-10-01,承上結存,九月結餘,$500,,", "2026-10-05,支出,紙,,$100,"))
    with street.database.reader() as reader:
        september = fund_queries.figures(reader, Month(2026, 9), TODAY)
        october = fund_queries.figures(reader, Month(2026, 10), TODAY)
        november = fund_queries.figures(reader, NOVEMBER, TODAY)
    assert september and october and november
    assert (september.opening_cents, september.closing_cents) == (0, 90_000)
    assert (october.opening_cents, october.closing_cents) == (50_000, 40_000)
    assert november.opening_cents == november.closing_cents == 40_000


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (",個人,無日期,100,,", "missing_date"),
        ("2026-11-31,個人,日期,100,,", "impossible_date"),
        ("2026-11-01,樂捐,類別,100,,", "unknown_fund_kind"),
        ("2026-11-01,個人,金額,百多,,", "not_an_amount"),
        ("2026-11-01,個人,金額,,,", "one_amount"),
        ("2026-11-01,個人,金額,100,100,", "one_amount"),
        ("2026-11-01,支出,方向,100,,", "one_amount"),
    ],
)
def test_a_bad_line_is_named_with_its_line_and_kind(tmp_path: Path, line: str, kind: str) -> None:
    street = a_street(tmp_path)
    outcome = take(street, a_book(tmp_path, "2026-11-01,個人,好行,$100,,", line))
    assert [(one.line, one.kind) for one in outcome.errors] == [(3, kind)]
    assert outcome.new == 1


def test_one_undo_takes_the_whole_book_back(tmp_path: Path, samples: Path) -> None:
    street = a_street(tmp_path)
    batch = take(street, samples / "經費.csv").batch_id
    assert batch is not None
    with street.database.transaction() as tx:
        assert import_undo.undo(tx, batch_id=batch, at=NOW, by="test") == {"removed": 9, "restored": 0}
    assert take(street, samples / "經費.csv").new == 9
