"""The import page with goods: offered where the street keeps them, all sheets at once, columns of each."""

from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from caringstreet.bootstrap import found_street
from caringstreet.clock import FixedClock
from caringstreet.exchange.columns import RowKind
from caringstreet.model.audit import AuditEntry
from caringstreet.model.imports import SheetColumns
from caringstreet.services.import_run import ImportOutcome, WrittenRow
from caringstreet.services.shops import ShopForm
from caringstreet.services.street import StreetSettings
from caringstreet.words import words_for
from tests.ui.desk import WindowDesk, in_dialog
from ui.dialogs.import_question import ImportQuestion
from ui.pages.import_columns import ImportColumns
from ui.pages.import_page import ImportPage
from ui.pages.import_rows import ImportRows

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
    page.undo_batch(2)
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
    second.append(["日期", "捐贈者", "物品", "收到", "陳列", "取走", "保留"])
    second.append(["28/11/2026", "街坊", "書", 3, 3, 2, 1])
    book.save(path)
    desk, page = a_page(tmp_path, goods=True)
    page.kinds.choose(str(RowKind.GOODS))
    page.use(path)
    columns = page.findChild(ImportColumns)
    assert columns is not None
    columns.corrected.emit(1, "displayed", None)
    assert "陳列" in page.note.text() and not page.take.isEnabled()
    columns.corrected.emit(1, "displayed", 4)
    assert page.outcome is not None and (page.outcome.new, page.outcome.bad) == (2, 0)
    desk.leave()


def test_an_import_is_taken_by_keyboard_and_the_next_file_is_at_hand(qtbot: QtBot, tmp_path: Path, samples: Path) -> None:
    desk, page = a_page(tmp_path, goods=False, language="en")
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)
    page.kinds.choose(str(RowKind.SHOPS))
    page.use(samples / "商戶名單.xlsx")
    columns = page.columns
    assert columns is not None
    fields = [columns.fields[0, index].currentText() for index in range(3)]
    assert fields == ["Code", "Name", "English name"]
    assert [one.text() for one in columns.findChildren(QLabel)][:2] == ["編號", "S01 · S02 · S03"]
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


def a_book(path: Path, header: str, *lines: str) -> Path:
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return path


def said_of_rows(page: ImportPage) -> list[tuple[str, str, str]]:
    """What each row of the preview says: what happens, what it is, and its words."""
    assert page.rows is not None
    model = page.rows.model
    return [(model.text(row, 1), model.text(row, 2), model.text(row, 3)) for row in model.rows]


SHOPS = "編號,商戶名稱,街道,地址,電話"


def test_the_preview_shows_each_row_with_what_it_changes(qtbot: QtBot, tmp_path: Path) -> None:
    desk, page = a_page(tmp_path, goods=False)
    page.kinds.choose(str(RowKind.SHOPS))
    page.use(a_book(tmp_path / "1.csv", SHOPS, "S01,好店,東大街,東大街1號,25550001", "S02,尾店,東大街,東大街2號,25550002"))
    page.take.click()
    page.use(
        a_book(
            tmp_path / "2.csv",
            SHOPS,
            "S01,好店,東大街,東大街1號,25550009",
            "S02,尾店,東大街,東大街2號,25550002",
            "S03,新店,東大街,東大街3號,",
            "S04,錯店,東大街,,123",
            "合計,3,,,",
        )
    )
    assert said_of_rows(page) == [
        ("更改", "S01 好店", "電話 25550001 → 25550009"),
        ("新增", "S03 新店", "街道 東大街 · 地址 東大街3號 · 收券方式 紙券 · 結算方式 不需結算 · 狀態 參與中"),
        ("有錯", "電話 123", "香港電話號碼有 8 位數字。"),
        ("略過", "合計 3", "合計，不重複計算"),
    ]
    assert page.rows is not None
    assert page.rows.sum.text() == "讀到 5 行 = 新增 1 + 更改 1 + 不變 1 + 有錯 1 + 略過 1"
    page.rows.fates._chips["changed"][0].click()
    assert [one for _, one, _ in said_of_rows(page)] == ["S01 好店"]
    told = page.rows.detail.topLevelItem(0)
    assert told is not None
    assert [told.text(place) for place in range(3)] == ["電話", "25550001", "25550009"]
    desk.leave()


def test_a_column_corrected_by_keyboard_is_remembered_for_such_sheets(qtbot: QtBot, tmp_path: Path) -> None:
    desk, page = a_page(tmp_path, goods=False, language="en")
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)
    header = "編號,商戶名稱,xyz,備註"
    page.kinds.choose(str(RowKind.SHOPS))
    page.use(a_book(tmp_path / "1.csv", header, "S01,好店,near the lift,", "S02,尾店,by the stairs,"))
    assert page.columns is not None
    field = page.columns.fields[0, 2]
    assert field.value() is None and "xyz" in page.note.text()
    field.setFocus()
    place = [field.itemText(at) for at in range(field.count())].index("Landmark")
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.view().isVisible() and field.value() is None, "a key in the closed list moved a column"
    field.hidePopup()
    field.setCurrentIndex(place)
    field.activated.emit(place)
    assert field.hasFocus() and field.currentText() == "Landmark"
    assert any("near the lift" in said for _, _, said in said_of_rows(page))
    page.take.click()
    page.use(a_book(tmp_path / "2.csv", header, "S03,新店,in the lane,"))
    assert page.columns.fields[0, 2].currentText() == "Landmark"
    assert any("in the lane" in said for _, _, said in said_of_rows(page))
    with desk.street.database.reader() as reader:
        kept = reader.execute(select(SheetColumns.fields)).scalars().all()
        noted = [one.facts for one in reader.execute(select(AuditEntry.facts).where(AuditEntry.action == "import"))]
    assert kept == [{"編號": "code", "商戶名稱": "name_zh", "xyz": "landmark", "備註": "note"}]
    assert [one.get("columns_remembered") for one in noted] == [1]
    desk.leave()


def test_unusual_rows_are_one_question_and_one_key(qtbot: QtBot, tmp_path: Path) -> None:
    desk, page = a_page(tmp_path, goods=False)
    page.kinds.choose(str(RowKind.FUND))
    book = a_book(
        tmp_path / "1.csv", "日期,類別,摘要,收入,支出", "2029-11-05,個人,陳太,100,", "2029-11-06,個人,李太,200,", "2026-11-05,個人,黃太,50,"
    )
    page.use(book)
    assert page.outcome is not None and (page.outcome.new, page.outcome.bad) == (1, 2)
    in_dialog(ImportQuestion, lambda dialog: None)
    page.take.click()
    assert page.take.isEnabled() and "已匯入" not in page.note.text()
    seen: list[str] = []

    def without(dialog: ImportQuestion) -> None:
        seen.extend(one.text() for one in dialog.findChildren(QLabel))
        dialog.without.click()

    in_dialog(ImportQuestion, without)
    page.take.click()
    assert "有 2 行不尋常" in seen[0] and "2 行，例如第 2 行" in seen[0]
    assert (page.outcome.new, page.outcome.bad) == (1, 2)
    page.use(book)
    in_dialog(ImportQuestion, lambda dialog: QTest.keyClick(dialog.yes, Qt.Key.Key_Return))
    page.take.click()
    assert (page.outcome.new, page.outcome.unchanged, page.outcome.bad) == (2, 1, 0)
    desk.leave()


def test_numbers_of_identity_cards_are_neither_shown_nor_kept(qtbot: QtBot, tmp_path: Path) -> None:
    desk, page = a_page(tmp_path, goods=False)
    page.kinds.choose(str(RowKind.HOUSEHOLDS))
    cards = ("A123456(3)", "B234567(2)", "C345678(8)")
    rows = (f"H-000{n},陳太{n},1,{card}," for n, card in enumerate(cards, 1))
    page.use(a_book(tmp_path / "1.csv", "編號,稱呼,人數,證件,xyz", *rows))
    assert page.columns is not None and (0, 3) not in page.columns.fields
    page.columns.corrected.emit(0, "note", 4)
    shown = " ".join(one.text() for one in page.findChildren(QLabel)) + str(said_of_rows(page))
    assert "證件" in page.note.text() and not any(card in shown for card in cards)
    page.take.click()
    with desk.street.database.reader() as reader:
        kept = str(reader.execute(select(SheetColumns.fields)).scalars().all())
    assert "xyz" in kept and "證件" not in kept
    desk.leave()


def test_ten_thousand_rows_are_shown_at_once(qtbot: QtBot) -> None:
    outcome = ImportOutcome(10_000, new=10_000)
    outcome.written = [WrittenRow(line, ShopForm(f"S{line}", f"商戶{line}", address="東大街")) for line in range(10_000)]
    rows = ImportRows(words_for("zh_HK"))
    qtbot.addWidget(rows)
    rows.resize(800, 600)
    begun = perf_counter()
    rows.show_outcome(outcome, {"": RowKind.SHOPS}, {})
    rows.show()
    rows.table.scrollToBottom()
    rows.grab()
    assert perf_counter() - begun < 2
    assert rows.model.rowCount() == 10_000


def test_corrected_columns_are_offered_back_after_a_new_start(qtbot: QtBot, tmp_path: Path, samples: Path) -> None:
    desk, page = a_page(tmp_path, goods=False, language="en")
    page.kinds.choose(str(RowKind.SHOPS))
    page.use(samples / "商戶名單.xlsx")
    assert page.columns is not None
    page.columns.corrected.emit(0, "name_en", None)
    page.columns.corrected.emit(0, "kind", 2)
    desk.leave()
    desk.sit_down(tmp_path / "street.caringstreet")
    assert "Import" in desk.window.draft_bar.text()
    desk.window.draft_bar.back_button.click()
    page = desk.window.page()  # type: ignore[assignment]
    assert isinstance(page, ImportPage) and page.columns is not None
    assert page.columns.fields[0, 2].value() == "kind"
    page.take.click()
    desk.window.context.drafts.flush()
    assert desk.window.context.drafts.get("import/file") is None
    desk.leave()


def test_a_file_that_has_gone_is_said_and_its_columns_stay_kept(qtbot: QtBot, tmp_path: Path, samples: Path) -> None:
    path = tmp_path / "shops.xlsx"
    path.write_bytes((samples / "商戶名單.xlsx").read_bytes())
    desk, page = a_page(tmp_path, goods=False, language="en")
    page.kinds.choose(str(RowKind.SHOPS))
    page.use(path)
    assert page.columns is not None
    page.columns.corrected.emit(0, "name_en", None)
    desk.leave()
    path.unlink()
    desk.sit_down(tmp_path / "street.caringstreet")
    desk.window.draft_bar.back_button.click()
    assert "shops.xlsx is no longer there" in desk.window.page().note.text()
    assert desk.window.context.drafts.get("import/file") is not None
    desk.leave()
