"""Columns are found by what their headers and their values say, whatever a centre calls them."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caringstreet.exchange.columns import ColumnMap, FoundBy, RowKind, find_columns
from caringstreet.exchange.fund_rows import read_fund
from caringstreet.exchange.goods_rows import read_goods
from caringstreet.exchange.household_rows import read_households
from caringstreet.exchange.offer_rows import read_offers
from caringstreet.exchange.reading import NoteKind, ReadRows, Why
from caringstreet.exchange.shop_rows import read_shops
from caringstreet.exchange.spreadsheets import SheetTrouble, UnreadableSheet, read_sheet
from caringstreet.importing import OpenedFile, open_file
from caringstreet.rules.eligibility_categories import DEFAULT_CATEGORIES
from caringstreet.rules.texts import fold
from tests import other_layout

TODAY = date(2026, 11, 24)
CATEGORIES = {fold(name): one.code for one in DEFAULT_CATEGORIES for name in (one.code, one.name_zh, one.name_en, *one.aliases)}


def a_sheet(folder: Path, *rows: Sequence[str], kind: RowKind = RowKind.SHOPS) -> OpenedFile:
    path = folder / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return open_file(path, kind)


def named(columns: ColumnMap) -> dict[str, str]:
    return {name: columns.name_of(index) for name, index in columns.columns.items()}


def read(opened: OpenedFile) -> ReadRows[Any]:
    readers = {
        RowKind.SHOPS: lambda: read_shops(opened.sheet, opened.columns),
        RowKind.OFFERS: lambda: read_offers(opened.sheet, opened.columns, CATEGORIES),
        RowKind.HOUSEHOLDS: lambda: read_households(opened.sheet, opened.columns, CATEGORIES, TODAY),
        RowKind.FUND: lambda: read_fund(opened.sheet, opened.columns),
    }
    found: ReadRows[Any] = readers.get(opened.kind, lambda: read_goods(opened.sheet, opened.columns))()
    assert found.read == len(found.rows) + len(found.copies) + len(found.errors) + sum(one.is_row for one in found.left_out)
    return found


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (RowKind.SHOPS, "商戶名單.xlsx"), (RowKind.OFFERS, "優惠.csv"), (RowKind.HOUSEHOLDS, "住戶名單.xlsx"), (RowKind.FUND, "經費.csv"),
        (RowKind.GOODS, "物資捐贈.xlsx"),
    ],
)  # fmt: skip
def test_the_same_list_in_another_layout_says_the_same(tmp_path: Path, samples: Path, kind: RowKind, name: str) -> None:
    ours, other = open_file(samples / name, kind), open_file(other_layout.write(tmp_path, kind, samples / name), kind)
    assert len(other.sheets) == len(ours.sheets)
    for one, another in zip(ours.sheets, other.sheets, strict=True):
        said, again = read(one), read(another)
        assert [row for _, row in again.rows] == [row for _, row in said.rows]
        assert again.errors == []
        assert [(left.why, left.value.split()[0]) for left in again.left_out] == [(Why.TOTAL, "Total")]


def test_values_decide_where_the_name_does_not(tmp_path: Path) -> None:
    opened = a_sheet(
        tmp_path,
        ("甲", "商戶名稱", "乙", "丙", "丁"),
        ("S01", "輝記菜檔", "2555 0001", "星期一", "轉數快"),
        ("S02", "明記", "9555 0002", "星期二、三", "支票"),
    )
    assert named(opened.columns) == {"code": "甲", "name_zh": "商戶名稱", "phone": "乙", "settlement": "丁", "rest_days": "丙"}
    assert opened.columns.found_by == {
        "name_zh": FoundBy.NAME, "code": FoundBy.CONTENT, "phone": FoundBy.CONTENT, "rest_days": FoundBy.CONTENT, "settlement": FoundBy.CONTENT,
    }  # fmt: skip


def test_a_fax_is_no_telephone_and_a_column_of_nobody_is_named(tmp_path: Path) -> None:
    opened = a_sheet(tmp_path, ("編號", "店名", "傳真", "貓"), ("S01", "輝記", "2555 0001", "三隻"), ("S02", "明記", "2555 0002", ""))
    assert "phone" not in opened.columns.columns
    assert read(opened).unread_columns == ("傳真", "貓")


def test_of_two_columns_with_the_same_name_the_filled_one_counts(tmp_path: Path) -> None:
    opened = a_sheet(tmp_path, ("編號", "店名", "電話", "電話"), ("S01", "輝記", "", "2555 0001"), ("S02", "明記", "", "2555 0002"))
    assert [row.phone for _, row in read(opened).rows] == ["25550001", "25550002"]


def test_a_running_number_is_no_code_where_another_column_has_one(tmp_path: Path) -> None:
    rows = [(str(number), f"S{number:02d}", f"店{number}") for number in range(1, 5)]
    assert named(a_sheet(tmp_path, ("No.", "Shop code", "Display name"), *rows).columns) == {"code": "Shop code", "name_zh": "Display name"}


def test_identity_card_numbers_are_never_read_sampled_or_remembered(tmp_path: Path) -> None:
    opened = a_sheet(
        tmp_path, ("編號", "戶主", "證件", "電話"), ("H-1", "陳太", "A123456(3)", "25550001"), ("H-2", "李生", "B654321(A)", "25550002"),
        kind=RowKind.HOUSEHOLDS,
    )  # fmt: skip
    columns, found = opened.columns, read(opened)
    assert columns.id_columns == {2}
    assert columns.samples(2) == ()
    assert "證件" not in columns.mapping()
    assert [(note.kind, note.column, note.example) for note in found.notes] == [(NoteKind.IDENTITY_NUMBERS, "證件", "")]
    assert "A123456" not in repr(found)
    with pytest.raises(UnreadableSheet):
        columns.mapped({"證件": "note"})


def test_samples_are_three_different_values(tmp_path: Path) -> None:
    opened = a_sheet(tmp_path, ("編號", "店名", "街道"), *((f"S{number}", f"店{number}", "東大街") for number in range(5)))
    assert [opened.columns.samples(index) for index in range(3)] == [("S0", "S1", "S2"), ("店0", "店1", "店2"), ("東大街",)]


def test_a_mapping_that_is_given_counts_and_is_given_back_for_the_same_shape(tmp_path: Path) -> None:
    rows = (("X1", "X2", "X3"), ("S01", "輝記", "東大街"))
    path = tmp_path / "list.csv"
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    given = {"X1": "code", "X2": "name_zh"}
    opened = open_file(path, RowKind.SHOPS, mapping=given)
    assert [(row.code, row.name_zh) for _, row in read(opened).rows] == [("S01", "輝記")]
    assert opened.columns.mapping() == {**given, "X3": "-"}
    assert opened.columns.found_by["code"] is FoundBy.GIVEN
    with pytest.raises(UnreadableSheet) as unknown:
        open_file(path, RowKind.SHOPS, mapping={**given, "X9": "phone"})
    assert unknown.value.kind is SheetTrouble.NO_SUCH_COLUMN
    with pytest.raises(UnreadableSheet) as unknown:
        open_file(path, RowKind.SHOPS, mapping={**given, "X3": "moon"})
    assert unknown.value.kind is SheetTrouble.NO_SUCH_FIELD


def test_without_a_column_that_must_be_there_the_list_is_refused_with_its_headers(tmp_path: Path) -> None:
    opened = a_sheet(tmp_path, ("編號", "街道", "電話"), ("S01", "東大街", "25550001"))
    with pytest.raises(UnreadableSheet) as refused:
        read(opened)
    assert (refused.value.kind, refused.value.facts["columns"]) == (SheetTrouble.MISSING_COLUMNS, "商戶名稱")


def test_nothing_vanishes(tmp_path: Path) -> None:
    opened = a_sheet(
        tmp_path,
        ("編號", "店名", "街道", ""),
        ("S01", "輝記", "東大街", "記得追"),
        ("編號", "店名", "街道", ""),
        ("S02", "明記", "#N/A", ""),
        ("合計", "2", "", ""),
        ("資料更新：2026年11月2日 林姑娘", "", "", ""),
    )
    found = read(opened)
    assert [(one.line, one.column, one.value, one.why) for one in found.left_out] == [
        (3, "", "編號 店名 街道", Why.HEADER_AGAIN),
        (5, "", "合計 2", Why.TOTAL),
        (6, "", "資料更新：2026年11月2日 林姑娘", Why.REMARK),
        (2, "D", "記得追", Why.BEYOND_HEADERS),
    ]
    assert [(error.line, error.kind) for error in found.errors] == [(4, "error_value")]
    assert found.read == 5


def test_a_quoted_line_break_is_one_row_and_an_open_quote_is_not(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('編號,店名,備註\nS01,輝記,"一\n二"\nS02,"明記,x\nS03,興記,"好"\n', encoding="utf-8")
    sheet = read_sheet(path)
    found = read_shops(sheet, find_columns(sheet, RowKind.SHOPS))
    assert [(line, row.code, row.note) for line, row in found.rows] == [(2, "S01", "一 二"), (4, "S02", "x"), (5, "S03", "好")]
    path.write_text('編號,店名,備註\nS01,輝記,x\nS02,"明記\nS03,興記,好\n', encoding="utf-8")
    sheet = read_sheet(path)
    found = read_shops(sheet, find_columns(sheet, RowKind.SHOPS))
    assert [row.code for _, row in found.rows] == ["S01", "S03"]
    assert [(error.line, error.kind) for error in found.errors] == [(3, "unclosed_quote")]


@pytest.mark.parametrize("encoding", ["big5hkscs", "gb18030"])
def test_headers_that_are_known_tell_the_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.csv"
    words = "編號,商戶名稱,地址\nS01,輝記菜檔,東大街" if encoding == "big5hkscs" else "编号,商户名称,地址\nS01,辉记菜档,东大街"
    path.write_bytes(words.encode(encoding))
    assert read_sheet(path).rows[1].text(1) in ("輝記菜檔", "辉记菜档")


def test_only_the_row_with_damaged_characters_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("編號,商戶名稱\nS01,輝記菜檔\nS02,明".encode() + b"\xe8\xa8\nS03," + "興記士多".encode())
    sheet = read_sheet(path)
    found = read_shops(sheet, find_columns(sheet, RowKind.SHOPS))
    assert [row.code for _, row in found.rows] == ["S01", "S03"]
    assert [(error.line, error.kind) for error in found.errors] == [(3, "unreadable_characters")]
