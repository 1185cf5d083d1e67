"""The first page with goods: a line for each thing to do, each with its way there."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from caringstreet.bootstrap import open_street
from caringstreet.clock import FixedClock
from caringstreet.practice.street import make_demo
from caringstreet.services import street as street_services
from caringstreet.services.street import StreetSettings
from tests.builders import a_household, a_shop, a_street, an_offer, handed_out
from tests.ui.desk import WindowDesk
from ui.context import Target
from ui.widgets.page import Page

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("practice") / "practice.caringstreet"
    make_demo(path, months=1, households_wanted=12, today=date(2026, 11, 21))
    return path


def leads(page: Page) -> list[Target]:
    """Where the lines of the list lead."""
    asked: list[Target] = []
    page.go.disconnect()
    page.go.connect(asked.append)
    for one in page.findChildren(QAbstractButton):
        if ": " in one.accessibleName():
            one.click()
    return asked


@pytest.mark.parametrize("language", ["zh_HK", "en"])
def test_each_line_of_goods_leads_to_its_page(qtbot: QtBot, tmp_path: Path, practice: Path, language: str) -> None:
    desk = WindowDesk(tmp_path, NOW, language)
    desk.sit_down(practice)
    found = {(one.page, one.action) for one in leads(desk.page("today"))}
    assert found >= {
        ("goods", "blocked"),
        ("goods", "first"),
        ("goods", "low"),
        ("runs", ""),
        ("stock_take", ""),
        ("goods_hand_out", "needs"),
        ("goods_month", ""),  # what the last bread runs brought
    }
    desk.leave()


def test_a_street_without_goods_leads_to_none_of_their_pages(qtbot: QtBot, tmp_path: Path) -> None:
    data = tmp_path / "practice.caringstreet"
    make_demo(data, months=1, households_wanted=12, today=date(2026, 11, 21))
    opened = open_street(data, FixedClock(NOW))
    with opened.database.transaction() as tx:
        street_services.change_settings(tx, settings=StreetSettings("街", "隊", goods=False), at=NOW, by="x")
    opened.close()
    desk = WindowDesk(tmp_path, NOW)
    desk.sit_down(data)
    found = {one.page for one in leads(desk.page("today"))}
    assert found and not found & {"goods", "runs", "stock_take", "goods_hand_out"}
    desk.leave()


def words_on(page: Page) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if not one.isHidden())


def test_a_new_street_shows_its_first_steps_with_one_button_each(qtbot: QtBot, tmp_path: Path) -> None:
    a_street(tmp_path).close()
    desk = WindowDesk(tmp_path, NOW, "en")
    desk.sit_down(tmp_path / "street.caringstreet")
    page = desk.page("today")
    assert "0 of 5" in words_on(page) and "All done" not in words_on(page)
    assert {(one.page, one.action) for one in leads(page)} == {("shop_form", "new"), ("household_form", "new"), ("import", "")}
    desk.leave()


def test_a_household_without_a_proof_is_not_ticked_and_its_button_mends_it(qtbot: QtBot, tmp_path: Path) -> None:
    street = a_street(tmp_path)
    shop = a_shop(street)
    an_offer(street, shop)
    household = a_household(street, checks=())
    street.close()
    desk = WindowDesk(tmp_path, NOW, "en")
    desk.sit_down(tmp_path / "street.caringstreet")
    page = desk.page("today")
    assert "2 of 5" in words_on(page) and "No vouchers can be issued for 陳婆婆 yet" in words_on(page)
    desk.press("Add what is missing")
    assert desk.window.page().name == "household_form" and desk.window.page().subject == household  # type: ignore[attr-defined]
    desk.leave()


def test_a_month_without_vouchers_is_not_all_done(qtbot: QtBot, tmp_path: Path) -> None:
    street = a_street(tmp_path)
    offer = an_offer(street, a_shop(street))
    handed_out(street, a_household(street), offer)
    street.close()
    desk = WindowDesk(tmp_path, NOW + timedelta(days=31), "en")
    desk.sit_down(tmp_path / "street.caringstreet")
    page = desk.page("today")
    assert "All done" not in words_on(page) and "No voucher is issued for this month yet." in words_on(page)
    desk.leave()
