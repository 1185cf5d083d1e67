"""A cell far away, too many columns: said before anything is loaded, in any kind of workbook."""

import csv
from pathlib import Path

import pytest

from caringstreet.exchange import workbooks
from caringstreet.exchange.columns import RowKind
from caringstreet.exchange.spreadsheets import SheetTrouble, UnreadableSheet, read_sheet
from caringstreet.importing import open_file

ROWS = (("編號", "商戶名稱"), ("S01", "輝記菜檔"))


def an_xlsx(path: Path, row: int, column: int) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for one in ROWS:
        sheet.append(one)
    sheet.cell(row, column, "x")
    book.save(path)
    return path


def an_xls(path: Path, row: int, column: int) -> Path:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("商戶")
    for line, cells in enumerate(ROWS):
        for place, cell in enumerate(cells):
            sheet.write(line, place, cell)
    sheet.write(row - 1, column - 1, "x")
    book.save(str(path))
    return path


def an_ods(path: Path, row: int, column: int) -> Path:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    table = Table(name="商戶")
    for cells in ROWS:
        line = TableRow()
        for cell in cells:
            holder = TableCell(valuetype="string")
            holder.addElement(P(text=cell))
            line.addElement(holder)
        table.addElement(line)
    table.addElement(TableRow(numberrowsrepeated=row - 1 - len(ROWS)))
    far = TableRow()
    far.addElement(TableCell(numbercolumnsrepeated=column - 1))
    holder = TableCell(valuetype="string")
    holder.addElement(P(text="x"))
    far.addElement(holder)
    table.addElement(far)
    document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


def refused(path: Path) -> UnreadableSheet:
    with pytest.raises(UnreadableSheet) as caught:
        read_sheet(path)
    return caught.value


@pytest.mark.parametrize(
    ("make", "name", "row", "column", "cell"),
    [
        (an_xlsx, "far.xlsx", 1_048_576, 16_384, "XFD1048576"),
        (an_xlsx, "low.xlsx", 1_048_576, 1, "A1048576"),
        (an_ods, "far.ods", 1_048_576, 16_384, "XFD1048576"),
    ],
)
def test_a_far_cell_is_named_and_nothing_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: object, name: str, row: int, column: int, cell: str
) -> None:
    path = make(tmp_path / name, row, column)  # type: ignore[operator]
    assert path.stat().st_size < 16_000
    if path.suffix == ".ods":
        monkeypatch.setattr(workbooks, "CalamineWorkbook", None)
    problem = refused(path)
    assert (problem.kind, problem.facts["cell"]) == (SheetTrouble.FAR_CELL, cell)


def test_a_far_cell_of_an_old_workbook_is_refused_before_it_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = an_xls(tmp_path / "far.xls", 65_536, 256)
    monkeypatch.setattr(workbooks, "CalamineWorkbook", None)
    assert refused(path).kind is SheetTrouble.TOO_WIDE


@pytest.mark.parametrize(("make", "name"), [(an_xlsx, "near.xlsx"), (an_xls, "near.xls"), (an_ods, "near.ods")])
def test_a_cell_beside_the_list_does_not_keep_it_out(tmp_path: Path, make: object, name: str) -> None:
    path = make(tmp_path / name, 20, 40)  # type: ignore[operator]
    assert read_sheet(path).rows[1].text(1) == "輝記菜檔"


def test_a_sheet_of_500_columns_says_how_many(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[f"c{number}" for number in range(500)], ["x"] * 500])
    problem = refused(path)
    assert (problem.kind, problem.facts["columns"], problem.facts["most"]) == (SheetTrouble.TOO_WIDE, 500, 200)


def test_headers_that_nobody_knows_are_a_clear_no(tmp_path: Path) -> None:
    path = tmp_path / "strange.csv"
    path.write_text("alpha,beta,gamma\nfoo,bar,baz\n", encoding="utf-8")
    with pytest.raises(UnreadableSheet) as caught:
        open_file(path, RowKind.SHOPS)
    assert caught.value.kind is SheetTrouble.NO_HEADERS
