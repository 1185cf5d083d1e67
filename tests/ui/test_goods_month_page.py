"""The goods of a month in the window: its figures, what they open, an empty month, paper."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from caringstreet.rules.months import Month
from caringstreet.rules.quantities import Unit
from caringstreet.services.goods import LotForm
from tests.builders import a_donation, a_street
from tests.choice_day import an_event
from tests.ui.desk import WindowDesk
from ui.pages.goods_hand_out_page import GoodsHandOutPage
from ui.pages.goods_month_page import GoodsMonthPage

AT = datetime(2026, 11, 9, 2, 0, tzinfo=UTC)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDesk]:
    street = a_street(tmp_path, at=AT, goods=True)
    a_donation(street, LotForm("橙", 6_500, Unit.CATTY), LotForm("罐頭", 24_000, Unit.PIECE))
    street.close()
    found = WindowDesk(tmp_path, AT, "en")
    found.sit_down(tmp_path / "street.caringstreet")
    yield found
    found.leave()


def said(page: GoodsMonthPage) -> list[str]:
    QApplication.processEvents()
    shown = [*page.findChildren(QLabel), *page.findChildren(QPushButton)]
    return [one.text() for one in shown if one.isVisibleTo(page)]


def test_the_ledger_is_told_by_item_giver_and_week(desk: WindowDesk) -> None:
    page = desk.page("goods_month")
    assert isinstance(page, GoodsMonthPage)
    shown = said(page)
    assert {"橙", "6.5", "catties", "罐頭", "24", "街坊黃太"} <= set(shown)
    assert shown.count("6.5") >= 3  # in, on hand, by giver


def test_an_empty_month_says_what_to_do_and_prints_nothing(desk: WindowDesk) -> None:
    page = desk.page("goods_month")
    desk.window.context.month.show(Month(2026, 3))
    assert isinstance(page, GoodsMonthPage)
    assert "No goods in this month" in said(page)
    assert not page.pdf_button.isEnabled()


def test_the_month_is_saved_as_paper_and_as_a_workbook(desk: WindowDesk, tmp_path: Path) -> None:
    page = desk.page("goods_month")
    assert isinstance(page, GoodsMonthPage)
    page.save_to(tmp_path / "goods.pdf")
    page.save_to(tmp_path / "goods.xlsx")
    assert (tmp_path / "goods.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "goods.xlsx").read_bytes().startswith(b"PK")


def test_a_choice_day_of_the_month_opens_itself_and_not_the_next_one(desk: WindowDesk) -> None:
    for day in (date(2026, 11, 7), date(2026, 11, 28)):
        an_event(desk.street, day=day)
    desk.page("goods_hand_out", None, "choice")
    desk.page("goods_month")
    desk.press("Show")
    page = desk.window.page()
    assert isinstance(page, GoodsHandOutPage)
    event = page.choice.event_row()
    assert event is not None and event.day == date(2026, 11, 7)
