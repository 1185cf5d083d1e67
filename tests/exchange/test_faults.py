"""Lists with the faults that lists have: each goes in as a person would read it, or says what is wrong where."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from caringstreet.exchange.columns import RowKind
from caringstreet.exchange.goods_rows import read_goods
from caringstreet.exchange.offer_rows import read_offers
from caringstreet.exchange.reading import NoteKind, ReadRows
from caringstreet.exchange.shop_rows import read_shops
from caringstreet.importing import open_file
from caringstreet.rules.doubts import Doubt, Doubted

FAULTS = Path(__file__).parent.parent / "samples" / "faults"
AN_END_OF_NOVEMBER = date(2026, 11, 30)


def shops(name: str, sheet: str | None = None, accepted: tuple[Doubt, ...] = ()) -> ReadRows[Any]:
    opened = open_file(FAULTS / name, RowKind.SHOPS, sheet, accepted=accepted)
    return all_counted(read_shops(opened.sheet, opened.columns))


def all_counted(read: ReadRows[Any]) -> ReadRows[Any]:
    assert read.read == len(read.rows) + len(read.copies) + len(read.errors) + sum(one.is_row for one in read.left_out)
    return read


def wrong(read: ReadRows[Any]) -> list[tuple[int, str, str]]:
    return [(error.line, error.column, error.kind) for error in read.errors]


def test_telephones_with_marks_that_nobody_sees() -> None:
    read = shops("b01-phone-marks.csv")
    assert [row.phone for _, row in read.rows] == [f"912345{end}" for end in range(67, 74)]
    assert read.errors == []


def test_a_code_with_marks_that_nobody_sees_is_the_same_shop() -> None:
    first, again = shops("b02-code-zwsp.csv"), shops("b02b-code-zwsp.csv")
    assert [row for _, row in again.rows] == [row for _, row in first.rows]
    assert (len(again.copies), again.errors) == (3, [])


def test_a_quote_that_is_never_closed_costs_no_other_row() -> None:
    read = shops("b03-unclosed-quote.csv")
    assert [(row.code, row.note) for _, row in read.rows] == [("S71", ""), ("S72", "長期關門"), ("S73", ""), ("S74", ""), ("S75", "")]


def test_a_title_above_a_table_with_another_delimiter() -> None:
    assert [row.code for _, row in shops("b04b-title-semicolon.csv").rows] == ["S77"]


def test_where_only_a_guess_tells_the_characters_a_person_is_asked_with_a_line() -> None:
    with pytest.raises(Doubted) as asked:
        shops("b05j-gbk-english-head.csv")
    assert asked.value.reason is Doubt.GUESSED_ENCODING
    assert (asked.value.facts["encoding"], "肥仔餐厅" in str(asked.value.facts["sample"])) == ("GBK", True)
    read = shops("b05j-gbk-english-head.csv", accepted=(Doubt.GUESSED_ENCODING,))
    assert [row.name_zh for _, row in read.rows] == ["肥仔餐厅"]


def test_a_row_that_somebody_began_does_not_vanish() -> None:
    read = shops("b07-lonecell.csv")
    assert [row.code for _, row in read.rows] == ["S86", "S88"]
    assert wrong(read) == [(3, "商戶名稱", "missing_name"), (4, "編號", "missing_number")]


def test_only_days_that_cannot_be_are_refused() -> None:
    read = shops("b08-dates.csv")
    assert wrong(read) == [(21, "參與日期", "impossible_date")]
    days = {row.code: row.joined_on for _, row in read.rows}
    assert days.pop("S207") == date(2026, 4, 3)
    assert days.pop("S216") == date(2026, 11, 1)
    assert set(days.values()) == {AN_END_OF_NOVEMBER}
    assert len(days) == 18
    assert [(note.kind, note.example) for note in read.notes] == [(NoteKind.DAY_FIRST, "3/4/2026"), (NoteKind.FIRST_OF_MONTH, "2026/11")]


def test_amounts_of_formulas_and_discounts_in_any_spelling() -> None:
    opened = open_file(FAULTS / "b11-money.xlsx", RowKind.OFFERS)
    read = all_counted(read_offers(opened.sheet, opened.columns, {}))
    assert read.errors == []
    offers = {row.code: row for _, row in read.rows}
    assert offers["S01"].fund_cents == 1830
    assert {offers[code].percent for code in ("S01a", "S01b", "S01d")} == {20}
    assert (offers["S01e"].time_from, offers["S01e"].time_to, offers["S01e"].validity_days) == (time(14), time(17), 30)


def test_errors_of_other_programs_and_formulas_without_a_value_are_named() -> None:
    read = shops("b12-formulas.xlsx")
    assert wrong(read) == [(2, "電話", "no_stored_value"), (3, "電話", "error_value"), (5, "商戶名稱", "error_value")]
    assert [(row.code, row.agreement_until) for _, row in read.rows] == [("S95", AN_END_OF_NOVEMBER)]


def test_date_cells_of_any_format() -> None:
    read = shops("b14-dates.xlsx")
    assert {row.agreement_until for _, row in read.rows} == {AN_END_OF_NOVEMBER}
    assert (len(read.rows), read.errors) == (8, [])


@pytest.mark.parametrize("sheet", ["商戶", None])
def test_headers_in_two_merged_rows_behind_a_sheet_of_explanations(sheet: str | None) -> None:
    read = shops("b15-merged.xlsx", sheet)
    assert [(row.code, row.name_zh, row.phone) for _, row in read.rows] == [("S401", "合併店", "91230401"), ("S402", "隱藏店", "91230402")]
    assert (read.left_out, read.unread_columns) == ([], ())


def test_quantities_and_months_as_people_write_them() -> None:
    opened = open_file(FAULTS / "goods-food.csv", RowKind.GOODS)
    read = all_counted(read_goods(opened.sheet, opened.columns))
    gifts = {row.item: row for _, row in read.rows}
    shown = {item: (gifts[item].quantity, gifts[item].unit) for item in ("分數罐", "半打", "箱裝", "單位錯", "逗號", "浮點")}
    assert shown == {
        "分數罐": (500, "包"), "半打": (6000, "件"), "箱裝": (2000, "箱"), "單位錯": (2000, "罐"), "逗號": (1_200_000, "件"), "浮點": (3000, "件"),
    }  # fmt: skip
    assert gifts["月份日期"].best_before == gifts["年月"].best_before == date(2027, 11, 30)
    assert [(line, kind) for line, _, kind in wrong(read)] == [
        (4, "not_a_quantity"), (12, "not_a_quantity"), (15, "missing_item"), (16, "missing_date"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["h1-unknown-headers.csv", "h2-star-headers.csv"])
def test_headers_in_other_words(name: str) -> None:
    (found,) = [row for _, row in shops(name).rows]
    assert (found.phone[:6], found.address) == ("912306", "東大街1號")


def test_a_nul_costs_its_row() -> None:
    read = shops("h9-nul.csv")
    assert [row.code for _, row in read.rows] == ["S610", "S612"]
    assert wrong(read) == [(3, "", "unreadable_characters")]
