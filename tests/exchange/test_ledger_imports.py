"""Ledger rows: two equal gifts are two, a second import of the same changes nothing, impossible days stay out."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from caringstreet.bootstrap import OpenStreet
from caringstreet.exchange.columns import RowKind
from caringstreet.importing import open_file, run_import
from caringstreet.model.fund import FundEntry
from caringstreet.model.goods import GoodsLot
from caringstreet.rules.doubts import Doubt
from caringstreet.services import fund, import_undo
from caringstreet.services.import_run import ImportOutcome
from tests.builders import BY, a_shop, a_street

#: Lists are brought in at the end of their month.
END, LAST_DAY = datetime(2026, 11, 30, 10, 0, tzinfo=UTC), date(2026, 11, 30)
FAULTS = Path(__file__).parents[1] / "samples" / "faults"


@pytest.fixture
def street(tmp_path: Path) -> OpenStreet:
    return a_street(tmp_path, goods=True)


def take(street: OpenStreet, path: Path, kind: RowKind, accepted: Sequence[Doubt] = ()) -> ImportOutcome:
    with street.database.transaction(accepted=accepted) as tx:
        return run_import(tx, opened=open_file(path, kind), categories={}, at=END, today=LAST_DAY, by=BY)


def a_book(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(("日期,類別,摘要,收入,支出,備註", *lines)) + "\n", encoding="utf-8")
    return path


def a_list(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(("日期,捐贈者,物品,數量,單位,最佳食用日期", *lines)) + "\n", encoding="utf-8")
    return path


def totals(street: OpenStreet) -> tuple[int, int]:
    with street.database.reader() as reader:
        found = reader.execute(select(func.sum(FundEntry.in_cents), func.sum(FundEntry.out_cents))).one()
        return found[0] or 0, found[1] or 0


def free(street: OpenStreet) -> int:
    with street.database.transaction() as tx:
        purse = fund.purse(tx.session, LAST_DAY)
        assert purse is not None
        return purse.free_cents


def lots(street: OpenStreet) -> int:
    with street.database.reader() as reader:
        return reader.scalar(select(func.count()).select_from(GoodsLot)) or 0


GIFT, COSTS = "2026-11-05,個人,陳太捐款,100,,", "2026-11-06,支出,印刷,,40,"


def test_the_same_gift_twice_on_a_day_is_200_and_the_file_again_changes_nothing(street: OpenStreet) -> None:
    first = take(street, FAULTS / "fund.csv", RowKind.FUND)
    assert (first.read, first.new, first.unchanged) == (3, 3, 0)
    assert totals(street) == (20_000, 4_000)
    again = take(street, FAULTS / "fund.csv", RowKind.FUND)
    assert (again.new, again.unchanged, again.bad) == (0, 3, 0)
    assert totals(street) == (20_000, 4_000)


def test_files_that_overlap_add_only_what_is_new(street: OpenStreet, tmp_path: Path) -> None:
    take(street, a_book(tmp_path / "1.csv", GIFT), RowKind.FUND)
    more = take(street, a_book(tmp_path / "2.csv", "2026-11-07,支出,膠水,,9,", GIFT, COSTS, GIFT), RowKind.FUND)
    assert (more.new, more.unchanged) == (3, 1)
    edited = take(street, a_book(tmp_path / "3.csv", GIFT, GIFT, "2026-11-06,支出,印刷及釘裝,,40,"), RowKind.FUND)
    assert (edited.new, edited.unchanged) == (1, 2)
    assert totals(street) == (20_000, 8_900)


def test_after_an_undo_the_second_gift_goes_in_again(street: OpenStreet, tmp_path: Path) -> None:
    one, two = a_book(tmp_path / "1.csv", GIFT), a_book(tmp_path / "2.csv", GIFT, GIFT)
    take(street, one, RowKind.FUND)
    batch = take(street, two, RowKind.FUND).batch_id
    assert batch is not None
    with street.database.transaction() as tx:
        import_undo.undo(tx, batch_id=batch, at=END, by=BY)
    assert totals(street) == (10_000, 0)
    assert take(street, two, RowKind.FUND).new == 1


def test_a_balance_stated_again_changes_nothing_and_another_one_is_refused(street: OpenStreet, tmp_path: Path) -> None:
    opening = "2026-11-01,承上結存,承上,500,,"
    take(street, a_book(tmp_path / "1.csv", opening, GIFT, COSTS), RowKind.FUND)
    assert free(street) == 56_000
    again = take(street, a_book(tmp_path / "2.csv", "2026-11-01,承上結存,上月,500,,見舊簿", GIFT, COSTS), RowKind.FUND)
    assert (again.new, again.unchanged, again.bad) == (0, 3, 0)
    other = take(street, a_book(tmp_path / "3.csv", "2026-11-01,承上結存,承上,700,,"), RowKind.FUND)
    assert [error.kind for error in other.errors] == ["balance_stated_already"]
    running = take(street, a_book(tmp_path / "4.csv", "2026-11-08,承上結存,承上,560,,"), RowKind.FUND)
    assert running.new == 1
    assert free(street) == 56_000


def test_a_gift_of_1926_or_2099_is_refused_with_its_line(street: OpenStreet) -> None:
    outcome = take(street, FAULTS / "fund-future.csv", RowKind.FUND, tuple(Doubt))
    assert (outcome.read, outcome.new, outcome.bad) == (2, 0, 2)
    said = [(error.line, error.column, error.value, error.kind) for error in outcome.errors]
    assert said == [(2, "日期", "2099-11-05", "day.cannot_be"), (3, "日期", "1926-11-05", "day.cannot_be")]
    assert totals(street) == (0, 0)


def test_a_gift_two_years_ahead_waits_until_its_kind_is_accepted(street: OpenStreet, tmp_path: Path) -> None:
    book = a_book(tmp_path / "1.csv", "2028-11-05,個人,陳太捐款,100,,", GIFT)
    asked = take(street, book, RowKind.FUND)
    assert (asked.new, [(error.line, error.kind) for error in asked.errors]) == (1, [(2, "far_day")])
    assert take(street, book, RowKind.FUND, (Doubt.FAR_DAY,)).new == 1


@pytest.mark.parametrize(
    "line",
    ["2026-11-03,街坊黃太,橙,3,件,", "3/11/2026,S04 金華餅店,麵粉,2,包,31/12/2026"],
)
def test_two_equal_donations_of_a_day_are_two(street: OpenStreet, tmp_path: Path, line: str) -> None:
    a_shop(street, "S04")
    both = a_list(tmp_path / "1.csv", line, line)
    assert take(street, both, RowKind.GOODS).new == 2
    again = take(street, both, RowKind.GOODS)
    assert (again.new, again.unchanged) == (0, 2)
    third = take(street, a_list(tmp_path / "2.csv", line, "2026-11-04,街坊,米,1,包,", line, line), RowKind.GOODS)
    assert (third.new, third.unchanged) == (2, 2)
    assert lots(street) == 4


def test_food_that_comes_in_past_its_day_is_asked_about(street: OpenStreet, tmp_path: Path) -> None:
    listed = a_list(tmp_path / "1.csv", "2026-11-10,街坊黃太,過期罐,12,件,2026-11-01", "2026-11-10,街坊黃太,明日罐,5,件,2026-11-20")
    asked = take(street, listed, RowKind.GOODS)
    assert (asked.new, [(error.line, error.column, error.kind) for error in asked.errors]) == (
        1,
        [(2, "最佳食用日期", "past_best_before")],
    )
    assert lots(street) == 1
    accepted = take(street, listed, RowKind.GOODS, (Doubt.PAST_BEST_BEFORE,))
    assert (accepted.new, accepted.unchanged, lots(street)) == (1, 1, 2)


def test_of_the_food_list_only_sense_goes_in(street: OpenStreet) -> None:
    outcome = take(street, FAULTS / "goods-food.csv", RowKind.GOODS)
    found = {error.line: error.kind for error in outcome.errors}
    assert found[2] == "past_best_before"
    assert found[4] == "not_a_quantity"
    assert found[11] == "day.cannot_be"
    assert (found[15], found[16]) == ("missing_item", "missing_date")
    assert outcome.read == outcome.new + outcome.unchanged + outcome.bad == 15
