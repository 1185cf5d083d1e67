"""Lists in the layouts of centres: what a person would read of a cell is taken, the rest is named."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from caringstreet.exchange.columns import RowKind
from caringstreet.exchange.fund_rows import read_fund
from caringstreet.exchange.goods_rows import read_goods
from caringstreet.exchange.reading import NoteKind, ReadRows, Why
from caringstreet.exchange.shop_rows import read_shops
from caringstreet.importing import open_file
from caringstreet.rules.money import BelowNought, NotMoney, parse_money
from caringstreet.rules.numerals import to_number
from caringstreet.rules.phones import NotAPhone, phone_within


def a_list(folder: Path, *lines: str) -> Path:
    path = folder / "list.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def shops(path: Path) -> ReadRows[Any]:
    opened = open_file(path, RowKind.SHOPS)
    return read_shops(opened.sheet, opened.columns)


def book(path: Path) -> ReadRows[Any]:
    opened = open_file(path, RowKind.FUND)
    return read_fund(opened.sheet, opened.columns)


@pytest.mark.parametrize(
    ("cell", "number", "beside"),
    [
        ("9123 4567 / 2345 6789", "91234567", "2345 6789"),
        ("91234567、23456789", "91234567", "23456789"),
        ("陳太 9123-4567", "91234567", "陳太"),
        ("2345 6789 ext 12", "23456789", "ext 12"),
        ("(M) 9123 4567", "91234567", ""),
        ("9123 4567*", "91234567", ""),
    ],
)
def test_of_a_cell_with_more_than_a_number_the_first_number_counts(cell: str, number: str, beside: str) -> None:
    assert phone_within(cell) == (number, beside)


@pytest.mark.parametrize("cell", ["+853 6612 3456", "+86 138 0013 8000", "9123 4567 8", "9123 456", "1823", "陳太"])
def test_no_number_is_cut_out_of_another(cell: str) -> None:
    with pytest.raises(NotAPhone):
        phone_within(cell)


def test_what_stands_beside_a_telephone_number_is_named(tmp_path: Path) -> None:
    read = shops(a_list(tmp_path, "編號,店名,電話", "S1,甲店,9123 4567 / 2345 6789", "S2,乙店,不詳"))
    assert [(row.code, row.phone) for _, row in read.rows] == [("S1", "91234567"), ("S2", "")]
    assert [(one.line, one.column, one.value, one.why) for one in read.left_out] == [(2, "電話", "2345 6789", Why.BESIDE_PHONE)]


def test_a_shop_that_never_rests_is_not_always_closed(tmp_path: Path) -> None:
    read = shops(a_list(tmp_path, "編號,店名,公休", "S1,甲,全年無休", "S2,乙,無", "S3,丙,逢星期日"))
    assert ([row.rest_days for _, row in read.rows], read.errors) == ([0, 0, 0b1000000], [])


@pytest.mark.parametrize(
    ("text", "cents"), [("十元", 1000), ("兩元", 200), ("一百二十元", 12000), ("百二蚊", 12000), ("港元120", 12000), ("$20.-", 2000)]
)
def test_amounts_in_words_and_with_our_own_names_of_money(text: str, cents: int) -> None:
    assert parse_money(text) == cents


def test_the_last_figure_behind_a_hundred_counts_tens() -> None:
    assert [to_number(one) for one in ("一百二", "兩萬三", "一百零二", "二十一")] == [120, 23_000, 102, 21]


@pytest.mark.parametrize("text", ["（120）", "-120", "-$120.50", "120-"])
def test_an_amount_below_nought_is_called_that(text: str) -> None:
    with pytest.raises(BelowNought):
        parse_money(text)


def test_a_foreign_amount_is_no_amount() -> None:
    with pytest.raises(NotMoney) as refused:
        parse_money("NT$120")
    assert refused.value.kind == "not_an_amount"


def test_a_date_without_its_year_says_what_is_missing(tmp_path: Path) -> None:
    read = shops(a_list(tmp_path, "編號,店名,參與日期", "S1,甲,11月30日", "S2,乙,30/11", "S3,丙,31/6/2026"))
    assert [error.kind for error in read.errors] == ["date_without_year", "date_without_year", "impossible_date"]


def test_a_book_without_kinds_tells_what_only_one_kind_can_be(tmp_path: Path) -> None:
    lines = (
        "日期,摘要,收入,支出,結餘",
        "2026-11-01,承上結存,,,1000",
        "2026-11-02,買紙,,50,950",
        "2026-11-03,陳生,70,,1020",
        "2026-11-30,本月合計,70,50,",
    )
    read = book(a_list(tmp_path, *lines))
    assert [(row.kind, row.in_cents, row.out_cents) for _, row in read.rows] == [("opening", 100_000, 0), ("outgo", 0, 5000)]
    assert [(error.line, error.kind) for error in read.errors] == [(4, "unknown_fund_kind")]
    assert [(one.line, one.why) for one in read.left_out] == [(5, Why.TOTAL)]
    assert [note.kind for note in read.notes] == [NoteKind.BALANCES]


def test_goods_in_and_out_in_one_character(tmp_path: Path) -> None:
    opened = open_file(a_list(tmp_path, "日期,捐贈者,品名,入,出,棄,存,效期", "2026-11-02,樂善堂,米,10包,4,1,5,2027年5月"), RowKind.GOODS)
    ((_, row),) = read_goods(opened.sheet, opened.columns).rows
    assert (row.quantity, row.given, row.disposed, row.best_before) == (10_000, 4000, 1000, date(2027, 5, 31))


def test_a_first_cell_of_two_lines_is_one_cell(tmp_path: Path) -> None:
    read = shops(a_list(tmp_path, '"編號', 'No.","店名', 'Name",電話', '"S1', '",甲,91234567', "S2,乙,91234568"))
    assert [(row.code, row.name_zh, row.phone) for _, row in read.rows] == [("S1", "甲", "91234567"), ("S2", "乙", "91234568")]


def test_a_figure_that_was_kept_as_a_text_is_that_figure(tmp_path: Path) -> None:
    read = shops(a_list(tmp_path, "編號,店名,電話", 'S1,甲,="91234567"', "S2,乙,'91234568"))
    assert ([row.phone for _, row in read.rows], read.errors) == (["91234567", "91234568"], [])


def test_sheets_that_were_not_read_are_named(tmp_path: Path) -> None:
    workbook = Workbook()
    for name in ("東大街", "工廠街", "空"):
        sheet = workbook.create_sheet(name)
        for row in [("編號", "店名"), ("S" + name, name)] if name != "空" else []:
            sheet.append(row)
    workbook["Sheet"].append(["說明"])
    workbook["Sheet"].append(["請勿外傳"])
    path = tmp_path / "streets.xlsx"
    workbook.save(path)
    opened = open_file(path, RowKind.SHOPS)
    assert (opened.sheet.name, opened.left_out, opened.unread) == ("東大街", ("Sheet",), ("工廠街",))
    assert open_file(path, RowKind.SHOPS, "工廠街").unread == ("Sheet", "東大街")


def test_the_rows_over_merged_headers_belong_to_them(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (
        ("商戶資料", "", "", "聯絡資料", "", "協議"),
        ("編號", "名稱", "", "電話", "", "開始"),
        ("", "中文", "英文", "店舖", "手機", ""),
        ("A-01", "甲店", "Shop A", "2345 6789", "9123 4567", "1/4/2026"),
    ):
        sheet.append(row)
    for merged in ("A1:C1", "D1:E1", "A2:A3", "B2:C2", "D2:E2", "F2:F3"):
        sheet.merge_cells(merged)
    path = tmp_path / "three.xlsx"
    workbook.save(path)
    read = shops(path)
    (row,) = [row for _, row in read.rows]
    assert (row.code, row.name_zh, row.name_en, row.phone, row.joined_on) == ("A-01", "甲店", "Shop A", "23456789", date(2026, 4, 1))


def test_a_column_of_figures_is_never_a_name(tmp_path: Path) -> None:
    path = a_list(tmp_path, "編號,店舖,招牌字", "S1,2345 6789,甲店", "S2,2345 6780,乙店")
    assert "name_zh" not in {name for name, at in open_file(path, RowKind.SHOPS).columns.columns.items() if at == 1}


def test_a_mark_for_the_same_as_above_is_what_stands_above(tmp_path: Path) -> None:
    read = book(a_list(tmp_path, "日期,類別,摘要,收入", "2026-11-02,個人,甲,10", "〃,同上,乙,20", "〃,〃,丙,30"))
    assert [(row.day, row.kind, row.text) for _, row in read.rows] == [(date(2026, 11, 2), "individual", one) for one in "甲乙丙"]


def test_one_column_of_amounts_goes_the_way_of_its_kind_or_sign(tmp_path: Path) -> None:
    lines = (
        "日期,類別,摘要,金額",
        "2026-11-02,個人,甲,500",
        "2026-11-03,支出,紙,20",
        "2026-11-03,支出,印刷,-120.50",
        "2026-11-04,,郵費,(8)",
        "2026-11-05,,丁,9",
    )
    read = book(a_list(tmp_path, *lines))
    assert [(row.kind, row.in_cents, row.out_cents) for _, row in read.rows] == [
        ("individual", 50_000, 0),
        ("outgo", 0, 2000),
        ("outgo", 0, 12_050),
        ("outgo", 0, 800),
    ]
    assert [(error.line, error.kind) for error in read.errors] == [(6, "unknown_fund_kind")]


def test_of_debit_and_credit_nobody_guesses_which_is_spending(tmp_path: Path) -> None:
    read = book(a_list(tmp_path, "Date,Particulars,Debit,Credit", "2026-11-02,Stamps,20,", "2026-11-03,Mr Chan,,50"))
    assert (read.rows, [error.kind for error in read.errors]) == ([], ["unknown_fund_kind"] * 2)


def test_how_many_live_there_is_known_by_its_longer_name(tmp_path: Path) -> None:
    path = a_list(tmp_path, "No.,Head of Household,No. of Family Members", "H1,Chan,3", "H2,Lee,4")
    assert open_file(path, RowKind.HOUSEHOLDS).columns.columns["size"] == 2
