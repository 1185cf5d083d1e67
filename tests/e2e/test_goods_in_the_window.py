"""Goods clicked through the window in both languages: the sample month, a bread run, a donation's life, a choice day, paper."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton
from pytestqt.qtbot import QtBot

from caringstreet.clock import to_utc
from caringstreet.papers.goods_json import goods_json
from caringstreet.queries import runs
from caringstreet.rules.goods import DisposalReason, MovementKind, Target
from caringstreet.rules.months import Month
from caringstreet.rules.quantities import ONE
from caringstreet.rules.runs import RunState, parse_stop_mark
from caringstreet.wording.labels import label as named
from tests.builders import a_household
from tests.e2e.goods_desk import CTRL, GoodsDesk, in_language, local, pages_of, texts
from tests.e2e.test_month_by_commands import Commands
from tests.e2e.test_month_in_the_window import take_in
from tests.november import AFTER, MONTH
from tests.printing.paper import codes_of, words_of
from tests.ui.desk import in_dialog
from tests.ui.test_goods_choice_day import RETURN, Keys
from tests.ui.test_stock_take_page import put, sit_down_as
from ui.dialogs.goods_give import GiveDialog
from ui.dialogs.goods_throw_away import ThrowAwayDialog
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.plan_run import PlanRunDialog
from ui.pages.goods_intake_page import GoodsIntakePage
from ui.pages.goods_month_page import GoodsMonthPage
from ui.pages.goods_page import GoodsPage
from ui.pages.reports_page import ReportsPage
from ui.pages.runs_page import RunsPage
from ui.pages.stock_take_page import StockTakePage


def test_the_goods_of_november_are_the_same_on_screen_paper_workbook_and_command(
    desk: GoodsDesk, samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.at(to_utc(AFTER))
    take_in(desk, "goods", samples / "物資捐贈.xlsx")
    desk.window.context.month.show(Month(2026, 11))
    page = desk.page("goods_month")
    assert isinstance(page, GoodsMonthPage)
    figures, said = page.figures, texts(page)
    assert figures is not None
    runs_line = in_language(
        desk, "12 次收包：收到 544 = 派發 521 + 棄置 23 + 剩餘 0", "12 runs: Collected 544 = given out 521 + thrown away 23 + left 0"
    )
    assert runs_line in said
    assert in_language(desk, "收到 214 = 不合用 31 + 陳列 183", "received 214 = not fit 31 + displayed 183") in said
    assert in_language(desk, "選走 141，餘 42 = 留存 30 + 回收 12", "chosen 141, left 42 = kept 30 + recycled 12") in said
    assert len(figures.items) == 19
    items = [
        (one.item, named(page.words, one.unit), one.opening, one.taken_in, one.given, one.disposed, one.adjusted, one.on_hand)
        for one in figures.items
    ]
    for item, unit, *numbers in items:
        opening, taken_in, given, disposed, adjusted, on_hand = numbers
        assert on_hand == opening + taken_in - given - disposed + adjusted
        at = said.index(item, said.index(in_language(desk, "按物品", "By item")))
        assert said[at : at + 8] == [item, unit, *(f"{number / ONE:g}" if number else "–" for number in numbers)]
    _paper_and_workbook(desk, page, tmp_path, [(item, unit, *(number / ONE for number in numbers)) for item, unit, *numbers in items])
    reports = desk.page("reports")
    assert isinstance(reports, ReportsPage)
    chose = in_language(desk, "62 人到場，陳列 183 件，選走 141 件", "62 visitors chose 141 of 183 things on display")
    assert runs_line in texts(reports) and chose in "\n".join(texts(reports))
    desk.leave()
    assert Commands(desk.data, capsys, monkeypatch)("report", "goods", MONTH, at=AFTER) == goods_json(figures)


def _paper_and_workbook(desk: GoodsDesk, page: GoodsMonthPage, folder: Path, items: list[tuple[object, ...]]) -> None:
    """Both hold what the screen shows; the paper in both languages, the workbook in that of the window."""
    page.save_to(folder / "goods.pdf")
    page.save_to(folder / "goods.xlsx")
    paper = pages_of(folder / "goods.pdf")
    assert "12 次出隊：收到 544 = 派發 521 + 棄置 23 + 剩餘 0" in paper
    assert "12 runs: 544 collected = 521 given out + 23 thrown away + 0 left over" in paper
    assert "收到 214 = 不合用 31 + 陳列 183；183 = 選走 141 + 留存 30 + 回收 12" in paper
    assert "214 received = 31 not fit + 183 displayed; 183 = 141 chosen + 30 kept + 12 recycled" in paper
    assert "不相符" not in paper and "Does not add up" not in paper
    for item, unit, *numbers in items:
        assert f"{item} {unit} {' '.join(f'{number:g}' for number in numbers)}" in paper
    book = openpyxl.load_workbook(folder / "goods.xlsx")
    assert list(book[desk.say("Goods of the month")].iter_rows(min_row=2, values_only=True)) == items
    runs_sheet = list(book[desk.say("Bread runs")].iter_rows(min_row=2, min_col=2, values_only=True))
    assert [sum(int(str(one)) for one in column) for column in zip(*runs_sheet, strict=True)] == [544, 521, 23, 0]
    (day,) = book[desk.say("Choice days")].iter_rows(min_row=2, min_col=3, values_only=True)
    assert day[:8] == (62, 214, 31, 183, 141, 42, 30, 12)


def test_an_evening_of_bread_from_the_message_to_the_ledger(desk: GoodsDesk, qtbot: QtBot, tmp_path: Path) -> None:
    """44 came, 41 were given, 3 thrown away; 42 given would be one too many."""
    desk.at(local(5, 20))
    page = desk.page("runs")
    assert isinstance(page, RunsPage)
    planned = in_dialog(PlanRunDialog, _tick_the_bakeries)
    desk.press(desk.say("Plan a run"))
    assert len(planned) == 1
    page.announce_field.setText("成記: 包 S04 18 順興：包 Ｓ０５ ３０個")
    qtbot.keyClick(page.announce_field, RETURN)
    said = "\n".join(texts(page))
    assert in_language(desk, "預告約 48 個。", "Announced: about 48 pieces.") in said
    assert in_language(desk, "4 位義工", "4 volunteers") in said
    in_dialog(PaperDialog, lambda dialog: dialog.save_to(tmp_path / "run.pdf"))
    page.print_()
    codes = sorted(codes_of(tmp_path / "run.pdf", 100))
    assert [parse_stop_mark(one) for one in codes] == [(1, 1), (1, 2)]
    assert "48" in words_of(tmp_path / "run.pdf")[0]

    desk.at(local(5, 21, 40))
    desk.come_back()
    desk.page("today")
    for line, (code, figures) in enumerate(zip(codes, (("17", "17", "", ""), ("27", "21", "4", "3")), strict=True)):
        desk.window.take_code(code)
        QApplication.processEvents()
        assert desk.window.page() is page
        assert desk.window.focusWidget() is page.stops.lines[line].figures["collected"]
        Keys().press(*(key for text in figures for key in (text, RETURN)))
    too_many = in_language(desk, "派發 + 棄置 45 > 收到 44", "Given out and thrown away 45 > collected 44")
    assert page.sums.text() == too_many
    qtbot.keyClick(page.stops.lines[1].figures["disposed"], RETURN, CTRL)
    assert page.note.text().startswith(too_many)
    assert _the_run(desk).state is RunState.PLANNED
    page.stops.lines[1].figures["households"].setFocus()
    page.stops.lines[1].figures["households"].selectAll()
    Keys().press("20")
    qtbot.keyClick(page.stops.lines[1].figures["households"], RETURN, CTRL)
    done = _the_run(desk)
    assert (done.state, done.collected, done.handed_out, done.disposed) == (RunState.DONE, 44 * ONE, 41 * ONE, 3 * ONE)
    assert in_language(desk, "逾時", "Kept too long") in "\n".join(texts(page))
    month = desk.page("goods_month")
    assert in_language(
        desk, "1 次收包：收到 44 = 派發 41 + 棄置 3 + 剩餘 0", "1 run: Collected 44 = given out 41 + thrown away 3 + left 0"
    ) in texts(month)


def _tick_the_bakeries(dialog: PlanRunDialog) -> None:
    for place in range(dialog.shops.count()):
        item = dialog.shops.item(place)
        item.setCheckState(Qt.CheckState.Checked if item.text().startswith(("S04 ", "S05 ")) else Qt.CheckState.Unchecked)
    buttons = dialog.findChild(QDialogButtonBox)
    assert buttons is not None
    buttons.button(QDialogButtonBox.StandardButton.Save).click()


def _the_run(desk: GoodsDesk) -> runs.RunRow:
    with desk.street.database.reader() as reader:
        found = runs.row(reader, 1)
    assert found is not None
    return found


def test_the_life_of_thirty_buns(desk: GoodsDesk, qtbot: QtBot, tmp_path: Path) -> None:
    """Taken in on the 1st, given on the 2nd, thrown away on the 3rd, a mistake found on the 4th, counted on the 5th."""
    a_household(desk.street, "H-0012", display_name="李太", members=())
    _take_in_by_keyboard(desk, qtbot, tmp_path)
    desk.at(local(2, 18))
    page = desk.page("goods", 1)
    assert isinstance(page, GoodsPage)

    def give(dialog: GiveDialog) -> None:
        qtbot.keyClicks(dialog.quantity, "6")
        dialog.household.setText("李太")
        qtbot.keyClick(dialog.household, Qt.Key.Key_Tab)
        dialog.yes.click()

    def throw_away(dialog: ThrowAwayDialog) -> None:
        qtbot.keyClicks(dialog.quantity, "4")
        dialog.reason.choose(DisposalReason.CRUSHED)
        dialog.yes.click()

    in_dialog(GiveDialog, give)
    desk.press(desk.say("Give"))
    assert (desk.lot(date(2026, 11, 2)).movements[0].target, desk.lot(date(2026, 11, 2)).movements[0].receiver) == (
        Target.HOUSEHOLD,
        "H-0012",
    )
    desk.at(local(3, 18))
    desk.page("goods", 1)
    in_dialog(ThrowAwayDialog, throw_away)
    desk.press(desk.say("Throw away"))
    _stocks_by_day(desk, page, 30, 24, 20)
    desk.at(local(4, 18))
    desk.page("goods", 1)
    wrong = next(
        one
        for one in page.findChildren(QPushButton)
        if one.accessibleName().startswith(desk.say("Recorded by mistake: {what}", what="")) and "H-0012" in one.accessibleName()
    )
    with desk.answering(in_language(desk, "她沒有來", "she did not come")):
        wrong.click()
    assert [one.kind for one in desk.lot(date(2026, 11, 4)).movements] == [
        MovementKind.CORRECTION,
        MovementKind.DISPOSAL,
        MovementKind.DISTRIBUTION,
        MovementKind.INTAKE,
    ]
    _stocks_by_day(desk, page, 30, 30, 26, 26)
    assert in_language(desk, "H-0012（已更正）", "H-0012, corrected") in "\n".join(texts(page))
    _count_and_sign(desk)
    assert desk.lot(date(2026, 11, 5)).row.stock == 25 * ONE
    households = desk.page("households", 1)
    assert in_language(desk, "暫時沒有。", "Nothing yet.") in texts(households)


def _take_in_by_keyboard(desk: GoodsDesk, qtbot: QtBot, folder: Path) -> None:
    desk.page("goods")
    QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_N, CTRL)
    page, keys = desk.window.page(), Keys()
    assert isinstance(page, GoodsIntakePage)
    qtbot.waitUntil(page.giver.shop.hasFocus)
    keys.press("s05", RETURN)
    if page.giver.shop.hasFocus():
        keys.press(RETURN)
    qtbot.waitUntil(page.lines[0].item.hasFocus)
    keys.press("buns", RETURN, "30")
    QTest.keyClick(page.lines[0].quantity, RETURN, CTRL)
    saved = in_dialog(PaperDialog, lambda dialog: dialog.save_to(folder / "receipt.pdf"))
    desk.press(desk.say("Receipt"))
    assert len(saved) == 1
    receipt = pages_of(folder / "receipt.pdf")
    assert [text for text in ("順興麵包", "buns", "30 個", "30 pieces", "鄰舍隊") if text not in receipt] == []


def _stocks_by_day(desk: GoodsDesk, page: GoodsPage, *numbers: int) -> None:
    """What the panel says was on hand at the end of each of the first days of the month, the last of which is today."""
    for day, number in enumerate(numbers, 1):
        page.day.set_day(date(2026, 11, day))
        assert in_language(desk, f"現有 {number} 個", f"{number} pieces on hand") in texts(page)


def _count_and_sign(desk: GoodsDesk) -> None:
    desk.at(local(5, 18))
    page = desk.page("stock_take")
    assert isinstance(page, StockTakePage)
    put(page, "buns", "25", in_language(desk, "少了一個", "one is missing"))
    page.save_button.click()
    desk.press(desk.say("Sign"))
    assert in_language(desk, "林姑娘 負責點算，須由另一位簽核", "林姑娘 counted; a second person signs") in "\n".join(texts(page))
    assert desk.lot(date(2026, 11, 5)).row.stock == 26 * ONE
    sit_down_as("家俊")
    desk.press(desk.say("Change user and sign"))
    assert desk.window.side.user.text() == "家俊"
