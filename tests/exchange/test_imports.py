"""Files as centres keep them: what goes in, what is refused, and one undo for all of it."""

import csv
import random
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from caringstreet.bootstrap import OpenStreet
from caringstreet.exchange.bad_rows import write_bad_rows
from caringstreet.exchange.columns import RowKind, find_columns
from caringstreet.exchange.export import SheetOut, write_xlsx
from caringstreet.exchange.spreadsheets import SheetTrouble, UnreadableSheet, read_sheet
from caringstreet.importing import OpenedFile, category_names, open_file, run_import
from caringstreet.queries import households, shops
from caringstreet.queries.households import HouseholdView
from caringstreet.queries.shops import ShopView
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import import_undo
from caringstreet.services.import_run import ImportOutcome
from caringstreet.services.imports import Choice
from caringstreet.storage.transaction import Transaction
from caringstreet.words import words_for
from tests.builders import BY, a_street, handed_out

TODAY = date(2026, 11, 24)


@pytest.fixture
def street(tmp_path: Path) -> OpenStreet:
    return a_street(tmp_path)


def take(street: OpenStreet, opened: OpenedFile, *, strict: bool = False, choices: dict[int, Choice] | None = None) -> ImportOutcome:
    with street.database.transaction() as tx:
        return run(tx, street, opened, strict=strict, choices=choices)


def run(tx: Transaction, street: OpenStreet, opened: OpenedFile, **more: object) -> ImportOutcome:
    return run_import(tx, opened=opened, categories=category_names(street), at=street.clock.now(), today=TODAY, by=BY, **more)  # type: ignore[arg-type]


def all_shops(street: OpenStreet) -> dict[int, object]:
    with street.database.reader() as reader:
        return {one: shops.detail(reader, one) for one in shops.matching_ids(reader, ShopView.ALL, "", TODAY)}


def a_csv(path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8-sig", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


SHOP_ROWS = (("編號", "商戶名稱", "街道", "電話", "約定到期"), ("S01", "輝記菜檔", "金華街", "2555 0007", "31/3/2027"))


@pytest.mark.parametrize(
    ("encoding", "delimiter", "suffix"),
    [("utf-8-sig", ",", "csv"), ("utf-8", ";", "csv"), ("utf-16", "\t", "tsv"), ("big5hkscs", ",", "csv"), ("utf-16-le", ",", "csv")],
)
def test_text_files_of_every_encoding_go_in(street: OpenStreet, tmp_path: Path, encoding: str, delimiter: str, suffix: str) -> None:
    path = a_csv(tmp_path / f"shops.{suffix}", SHOP_ROWS, encoding, delimiter)
    assert take(street, open_file(path, RowKind.SHOPS)).new == 1


def test_xls_and_ods_go_in(street: OpenStreet, tmp_path: Path) -> None:
    import xlwt
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = xlwt.Workbook()
    sheet = book.add_sheet("商戶")
    document = OpenDocumentSpreadsheet()
    table = Table(name="商戶")
    for line, cells in enumerate(SHOP_ROWS):
        row = TableRow()
        for place, cell in enumerate(cells):
            sheet.write(line, place, cell)
            holder = TableCell(valuetype="string")
            holder.addElement(P(text=cell))
            row.addElement(holder)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    book.save(str(tmp_path / "a.xls"))
    document.save(str(tmp_path / "a.ods"))
    assert take(street, open_file(tmp_path / "a.xls", RowKind.SHOPS)).new == 1
    assert take(street, open_file(tmp_path / "a.ods", RowKind.SHOPS)).unchanged == 1


def test_the_shops_of_the_sample_go_in_once(street: OpenStreet, samples: Path) -> None:
    opened = open_file(samples / "商戶名單.xlsx", RowKind.SHOPS)
    assert opened.columns.header_line == 3
    first = take(street, opened)
    assert (first.read, first.new, first.unchanged, first.bad) == (22, 20, 1, 0)
    before = all_shops(street)
    again = take(street, opened)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 21)
    assert all_shops(street) == before


def test_the_preview_says_what_the_import_does(street: OpenStreet, samples: Path) -> None:
    opened = open_file(samples / "住戶名單.xlsx", RowKind.HOUSEHOLDS)
    with street.database.rehearsal() as tx:
        shown = run(tx, street, opened)
    with street.database.reader() as reader:
        assert not households.counts(reader, TODAY)[HouseholdView.ALL]
    done = take(street, opened)
    assert (done.new, done.errors) == (shown.new, shown.errors) == (86, [])


def test_strict_takes_all_rows_or_none(street: OpenStreet, samples: Path) -> None:
    opened = open_file(samples / "住戶名單_有錯.csv", RowKind.HOUSEHOLDS)
    with pytest.raises(RuleRefused) as refused:
        take(street, opened, strict=True)
    assert refused.value.reason is Refusal.IMPORT_HAS_BAD_ROWS
    with street.database.reader() as reader:
        assert not households.counts(reader, TODAY)[HouseholdView.ALL]


def test_the_bad_rows_alone_can_be_mended_and_imported(street: OpenStreet, samples: Path, tmp_path: Path) -> None:
    take(street, open_file(samples / "住戶名單.xlsx", RowKind.HOUSEHOLDS))
    opened = open_file(samples / "住戶名單_有錯.csv", RowKind.HOUSEHOLDS)
    outcome = take(street, opened)
    assert (outcome.new, outcome.bad) == (31, 9)
    bad = tmp_path / "bad.xlsx"
    write_bad_rows(bad, [(opened.sheet, opened.columns)], outcome.errors, words_for("zh_HK"))
    book = openpyxl.load_workbook(bad)
    sheet = book.active
    assert sheet is not None
    assert sheet.max_row == 10
    assert "8 位" in str(sheet.cell(4, sheet.max_column).value)
    sheet.cell(4, 8).value = "9555 0312"
    book.save(bad)
    again = take(street, open_file(bad, RowKind.HOUSEHOLDS))
    assert again.new == 1


def test_one_undo_takes_the_whole_import_back(street: OpenStreet, samples: Path, tmp_path: Path) -> None:
    path = a_csv(tmp_path / "one.csv", SHOP_ROWS)
    take(street, open_file(path, RowKind.SHOPS))
    before = all_shops(street)
    outcome = take(street, open_file(samples / "商戶名單.xlsx", RowKind.SHOPS))
    assert outcome.new == 19 or outcome.bad
    assert outcome.batch_id is not None
    with street.database.transaction() as tx:
        import_undo.undo(tx, batch_id=outcome.batch_id, at=street.clock.now(), by=BY)
    assert all_shops(street) == before
    with pytest.raises(RuleRefused) as refused, street.database.transaction() as tx:
        import_undo.undo(tx, batch_id=outcome.batch_id, at=street.clock.now(), by=BY)
    assert refused.value.reason is Refusal.IMPORT_ALREADY_UNDONE


def test_an_import_in_use_is_not_undone(street: OpenStreet, samples: Path) -> None:
    take(street, open_file(samples / "商戶名單.xlsx", RowKind.SHOPS))
    take(street, open_file(samples / "優惠.csv", RowKind.OFFERS))
    outcome = take(street, open_file(samples / "住戶名單.xlsx", RowKind.HOUSEHOLDS))
    handed_out(street, 1, 1)
    assert outcome.batch_id is not None
    with pytest.raises(RuleRefused) as refused, street.database.transaction() as tx:
        import_undo.undo(tx, batch_id=outcome.batch_id, at=street.clock.now(), by=BY)
    assert refused.value.reason is Refusal.IMPORT_IN_USE


def test_a_changed_row_is_restored_by_the_undo(street: OpenStreet, tmp_path: Path) -> None:
    take(street, open_file(a_csv(tmp_path / "a.csv", SHOP_ROWS), RowKind.SHOPS))
    before = all_shops(street)
    changed = [SHOP_ROWS[0], ("S01", "輝記菜檔", "東大街", "2555 0008", "31/3/2028")]
    outcome = take(street, open_file(a_csv(tmp_path / "b.csv", changed), RowKind.SHOPS))
    assert outcome.changed == 1
    assert all_shops(street) != before
    assert outcome.batch_id is not None
    with street.database.transaction() as tx:
        import_undo.undo(tx, batch_id=outcome.batch_id, at=street.clock.now(), by=BY)
    assert all_shops(street) == before


def test_members_may_stand_in_a_sheet_of_their_own(street: OpenStreet, tmp_path: Path) -> None:
    take(
        street,
        open_file(
            a_csv(tmp_path / "h.csv", [("編號", "戶主稱呼", "人數", "資格類別"), ("H-0001", "陳太", "1", "綜援")]), RowKind.HOUSEHOLDS
        ),
    )
    members = a_csv(
        tmp_path / "m.csv",
        [("住戶編號", "姓名", "出生年份"), ("H-0001", "陳太", "1980"), ("H-0001", "仔", "2015"), ("H-0009", "誰", "1990")],
    )
    outcome = take(street, open_file(members, RowKind.MEMBERS))
    assert (outcome.new, outcome.bad) == (2, 1)
    assert take(street, open_file(members, RowKind.MEMBERS)).unchanged == 2


def test_a_row_that_may_be_somebody_known_is_named_and_can_be_left_out(street: OpenStreet, tmp_path: Path) -> None:
    head = ("編號", "戶主稱呼", "人數", "資格類別", "電話")
    take(street, open_file(a_csv(tmp_path / "a.csv", [head, ("H-0001", "陳太", "1", "綜援", "25550001")]), RowKind.HOUSEHOLDS))
    opened = open_file(a_csv(tmp_path / "b.csv", [head, ("H-0050", "陳太", "1", "綜援", "25550001")]), RowKind.HOUSEHOLDS)
    with street.database.rehearsal() as tx:
        assert [one.number for one in run(tx, street, opened).duplicates] == ["H-0001"]
    outcome = take(street, opened, choices={2: Choice.SKIP})
    assert (outcome.new, outcome.skipped) == (0, 1)


def test_an_offer_finds_its_shop_by_name_where_its_code_does_not_tell(street: OpenStreet, tmp_path: Path) -> None:
    take(street, open_file(a_csv(tmp_path / "s.csv", SHOP_ROWS), RowKind.SHOPS))
    rows = [
        ("Offer code", "Shop", "Offer", "Price", "Household pays", "Shop bears"),
        ("A-7", "輝記 菜檔", "菜", "$10", "$5", "$5"),
        ("A-8", "誰", "菜", "$10", "$5", "$5"),
    ]
    outcome = take(street, open_file(a_csv(tmp_path / "o.csv", rows), RowKind.OFFERS))
    assert (outcome.new, [(error.line, error.kind) for error in outcome.errors]) == (1, [(3, "unknown_shop")])


def test_a_wrong_guess_of_a_column_can_be_corrected(street: OpenStreet, tmp_path: Path) -> None:
    path = a_csv(tmp_path / "a.csv", [("編號", "舖頭", "街道"), ("S01", "輝記", "金華街")])
    columns = find_columns(read_sheet(path), RowKind.SHOPS)
    assert columns.missing == ("name_zh",)
    opened = OpenedFile(path, read_sheet(path), columns.corrected("name_zh", 1))
    assert take(street, opened).new == 1


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods", "csv"])
def test_rubbish_under_any_name_is_a_clear_no(tmp_path: Path, suffix: str) -> None:
    chance = random.Random(suffix)
    path = tmp_path / f"rubbish.{suffix}"
    path.write_bytes(bytes(chance.randrange(256) for _ in range(5000)))
    with pytest.raises(UnreadableSheet):
        find_columns(read_sheet(path), RowKind.SHOPS)


def test_truncated_workbooks_are_a_clear_no(samples: Path, tmp_path: Path) -> None:
    whole = (samples / "商戶名單.xlsx").read_bytes()
    for length in range(0, len(whole), 397):
        path = tmp_path / "cut.xlsx"
        path.write_bytes(whole[:length])
        with pytest.raises(UnreadableSheet):
            find_columns(read_sheet(path), RowKind.SHOPS)


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 250_000_000)
    with pytest.raises(UnreadableSheet) as refused:
        read_sheet(path)
    assert refused.value.kind is SheetTrouble.TOO_LARGE


def test_what_goes_out_holds_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_xlsx(path, [SheetOut("[a]:*?/\\", ("名", "錢"), [("=1+1", 1050), ("@SUM(A1)", None), ("+852", 20)], frozenset({1}))])
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert [cell.value for cell in sheet["A"]] == ["名", "=1+1", "@SUM(A1)", "+852"]
    assert all(cell.data_type == "s" for cell in sheet["A"])
    assert sheet["B2"].value == 10.5
