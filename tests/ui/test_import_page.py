"""The import page with goods: offered where the street keeps them, all sheets at once, columns of each."""

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from caringstreet.bootstrap import found_street
from caringstreet.clock import FixedClock
from caringstreet.exchange.columns import RowKind
from caringstreet.services.street import StreetSettings
from tests.ui.desk import WindowDesk
from ui.pages.import_columns import ImportColumns
from ui.pages.import_page import ImportPage

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)


def a_page(folder: Path, *, goods: bool, language: str = "zh_HK") -> tuple[WindowDesk, ImportPage]:
    data = folder / "street.caringstreet"
    found_street(data, StreetSettings("街", "隊", goods=goods), by="x", clock=FixedClock(NOW)).close()
    desk = WindowDesk(folder, NOW, language)
    desk.sit_down(data)
    page = desk.page("import")
    assert isinstance(page, ImportPage)
    return desk, page


def offered(page: ImportPage, kind: RowKind) -> bool:
    return str(kind) in page.kinds._chips


@pytest.mark.parametrize("goods", [True, False])
def test_goods_are_offered_only_where_the_street_keeps_them(qtbot: QtBot, tmp_path: Path, goods: bool) -> None:
    desk, page = a_page(tmp_path, goods=goods)
    assert offered(page, RowKind.FUND)
    assert offered(page, RowKind.GOODS) is goods
    desk.leave()


def test_all_sheets_are_looked_at_imported_and_undone_together(qtbot: QtBot, tmp_path: Path, samples: Path) -> None:
    desk, page = a_page(tmp_path, goods=True)
    page.kinds.choose(str(RowKind.SHOPS))
    page.use(samples / "商戶名單.xlsx")
    page.take.click()
    page.kinds._chips[str(RowKind.GOODS)][0].click()
    page.use(samples / "物資捐贈.xlsx")
    assert page.sheet.isVisibleTo(page) and page.sheet.count() == 4 and page.sheet.value() is None
    assert page.outcome is not None and (page.outcome.new, page.outcome.bad) == (41, 0)
    page.take.click()
    assert page.outcome.batch_id is not None
    page._reopen()
    assert (page.outcome.new, page.outcome.unchanged) == (0, 41)
    page._undo_batch(2)
    assert page.outcome.new == 41
    page.sheet.setCurrentIndex(1)
    assert page.outcome.new == 24
    desk.leave()


def test_a_wrong_guess_in_one_of_several_sheets_is_corrected(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.append(["日期", "捐贈者", "物品", "數量"])
    first.append(["3/11/2026", "街坊", "橙", 3])
    second = book.create_sheet("士多")
    second.append(["日期", "捐贈者", "物品", "收到", "擺出", "取走", "保留"])
    second.append(["28/11/2026", "街坊", "書", 3, 3, 2, 1])
    book.save(path)
    desk, page = a_page(tmp_path, goods=True)
    page.kinds.choose(str(RowKind.GOODS))
    page.use(path)
    assert "陳列" in page.note.text() and not page.take.isEnabled()
    columns = page.findChild(ImportColumns)
    assert columns is not None
    columns.corrected.emit(1, "displayed", 4)
    assert page.outcome is not None and (page.outcome.new, page.outcome.bad) == (2, 0)
    desk.leave()


def test_an_import_is_taken_by_keyboard_and_the_next_file_is_at_hand(qtbot: QtBot, tmp_path: Path, samples: Path) -> None:
    desk, page = a_page(tmp_path, goods=False, language="en")
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)
    page.kinds.choose(str(RowKind.SHOPS))
    page.use(samples / "商戶名單.xlsx")
    columns = page.findChild(ImportColumns)
    assert columns is not None
    said = [one.text() for one in columns.findChildren(QLabel)]
    assert said[:3] == ["Code", "Name", "English name"] and all(one.isascii() for one in said)
    page.choose.setFocus()
    QTest.keyClick(page.choose, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.note.text().startswith("Imported: ")
    assert page.choose.hasFocus()
    page.use(tmp_path / "none.csv")
    assert page.take.text() == "Import"
    desk.leave()


def test_on_the_import_no_other_page_is_marked_at_the_side(qtbot: QtBot, tmp_path: Path) -> None:
    desk, _ = a_page(tmp_path, goods=False)
    side = desk.window.side
    desk.page("settings")
    assert side.entries["settings"].isChecked()
    desk.page("import")
    assert not any(one.isChecked() for one in side.entries.values())
    desk.page("print")
    assert side.entries["vouchers"].isChecked()
    desk.leave()


def test_bad_rows_are_named_with_their_sheet_and_saved(qtbot: QtBot, tmp_path: Path, samples: Path) -> None:
    desk, page = a_page(tmp_path, goods=True)
    page.kinds.choose(str(RowKind.GOODS))
    page.use(samples / "物資捐贈.xlsx")
    assert page.outcome is not None and page.outcome.bad == 24 + 6
    page.save_bad_to(tmp_path / "bad.xlsx")
    book = openpyxl.load_workbook(tmp_path / "bad.xlsx")
    assert [(sheet.title, sheet.max_row) for sheet in book] == [("麵包", 25), ("週街士多28-11", 2), ("其他", 6)]
    desk.leave()
