"""The month on screen: a click on any figure opens the rows behind it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caringstreet.bootstrap import open_street
from caringstreet.clock import FixedClock
from caringstreet.exchange.columns import RowKind
from caringstreet.importing import open_file, run_import
from caringstreet.practice.street import make_demo
from caringstreet.rules.evidence import Channel
from caringstreet.rules.months import Month
from caringstreet.rules.quantities import plain_quantity
from tests.goods_street import some_goods, switch_goods
from tests.ui.desk import WindowDesk
from ui.pages.goods_month_page import GoodsMonthPage
from ui.pages.reports_page import ReportsPage
from ui.widgets.basics import FigureLabel
from ui.widgets.charts import BarChart
from ui.widgets.list_page import ListPage

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("practice") / "practice.caringstreet"
    make_demo(path, months=1, households_wanted=20, today=TODAY)
    street = open_street(path, FixedClock(NOW))
    switch_goods(street)
    some_goods(street, 1, 1)
    street.close()
    return path


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, practice: Path) -> Iterator[WindowDesk]:
    found = WindowDesk(tmp_path, NOW, "en")
    found.sit_down(practice)
    yield found
    found.leave()


def the_reports(desk: WindowDesk) -> ReportsPage:
    page = desk.page("reports")
    assert isinstance(page, ReportsPage) and page.figures is not None
    return page


def opened(desk: WindowDesk, name: str) -> int:
    """How many rows the page that opened holds."""
    page = desk.window.page()
    assert page.name == name
    assert isinstance(page, ListPage)
    return page.table.count()


def test_to_how_many_households_opens_those_households_and_all_come_back(desk: WindowDesk) -> None:
    page = the_reports(desk)
    assert page.figures is not None
    desk.press(f"to {page.figures.households} households")
    assert opened(desk, "households") == page.figures.households
    desk.press("Show all")
    assert opened(desk, "households") >= page.figures.households


def test_rate_shares_and_channels_open_their_vouchers(desk: WindowDesk) -> None:
    page = the_reports(desk)
    figures = page.figures
    assert figures is not None
    words = desk.window.context.words
    desk.press(f"rate {words.percent(figures.total.redeemed, figures.total.issued)}")
    assert opened(desk, "vouchers") == figures.total.redeemed
    the_reports(desk)
    desk.press(f"From the fund: {words.money(figures.total.fund_cents)}")
    assert 0 < opened(desk, "vouchers") < figures.total.redeemed
    the_reports(desk)
    slips = figures.channels[Channel.SLIP]
    desk.press(f"Collected voucher: {slips}")
    assert opened(desk, "vouchers") == slips


def test_the_large_figure_itself_is_clicked(desk: WindowDesk) -> None:
    page = the_reports(desk)
    QApplication.processEvents()
    QTest.mouseClick(page.findChildren(FigureLabel)[0], Qt.MouseButton.LeftButton)
    assert page.figures is not None
    assert opened(desk, "vouchers") == page.figures.total.issued


def test_a_bar_is_opened_by_arrow_keys_and_return_and_by_a_click(desk: WindowDesk) -> None:
    page = the_reports(desk)
    QApplication.processEvents()
    chart = page.findChildren(BarChart)[0]
    second = chart._bars.values[1]
    QTest.keyClick(chart, Qt.Key.Key_Right)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert opened(desk, "vouchers") == second
    chart = the_reports(desk).findChildren(BarChart)[0]
    QApplication.processEvents()
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.rect().center())
    assert opened(desk, "vouchers") == chart._bars.values[len(chart._bars.values) // 2]


def test_lines_of_the_fund_open_entries_vouchers_and_the_month_before(desk: WindowDesk, tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text("日期,類別,摘要,收入,支出,備註\n2026-10-01,承上結存,結存,3000,,\n2026-11-02,個人,王太,500,,\n", encoding="utf-8")
    with desk.street.database.transaction() as tx:
        run_import(tx, opened=open_file(book, RowKind.FUND), categories={}, at=NOW, today=TODAY, by="x")
    page = the_reports(desk)
    assert page.fund is not None
    desk.press("From individuals: HK$500")
    assert "王太" in page.note.text()
    desk.press(f"Spent on vouchers: {desk.window.context.words.money(-page.fund.vouchers_cents)}")
    assert opened(desk, "vouchers") > 0
    the_reports(desk)
    desk.press(f"Opening balance: {desk.window.context.words.money(page.fund.opening_cents)}")
    assert desk.window.context.month.month == Month(2026, 10)


def test_goods_of_the_month_open_lots_donations_and_households(desk: WindowDesk) -> None:
    page = desk.page("goods_month")
    assert isinstance(page, GoodsMonthPage)
    found = page.figures
    assert found is not None
    desk.press(f"{found.never_reached} never yet")
    assert opened(desk, "households") == found.never_reached
    desk.page("goods_month")
    desk.press(f"donations: {found.donations}")
    assert opened(desk, "goods_donations") == found.donations
    desk.page("goods_month")
    desk.press(found.givers[0].name)
    assert opened(desk, "goods_donations") > 0
    desk.page("goods_month")
    item = next(one for one in found.items if one.on_hand)
    page = desk.page("goods_month")
    desk.press(f"{plain_quantity(item.on_hand)}: {item.item}")
    assert opened(desk, "goods") > 0
    assert not desk.window.page().chips.isVisibleTo(desk.window)  # type: ignore[attr-defined]
