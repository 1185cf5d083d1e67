"""Goods are a module: off, no trace of them; on, at once, without losing one's place."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import NOW, a_household, a_shop, a_street, an_offer
from tests.goods_street import some_goods, switch_goods
from tests.ui.desk import WindowDesk
from ui.main_window import MainWindow
from ui.pages.settings_page import SettingsPage
from ui.pages.specs import SPECS

NEEDS_A_SUBJECT = {"offer_form": 1}
GOODS = [spec for spec in SPECS if spec.module == "goods"]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDesk]:
    """A window in Chinese on a street that has goods in its file, and the switch off."""
    street = a_street(tmp_path)
    shop, household = a_shop(street), a_household(street)
    an_offer(street, shop)
    switch_goods(street)
    some_goods(street, shop, household)
    switch_goods(street, on=False)
    street.close()
    found = WindowDesk(tmp_path, NOW, "zh_HK")
    found.sit_down(tmp_path / "street.caringstreet")
    yield found
    found.leave()


def said(root: QWidget) -> list[str]:
    """Every word under a widget, shown or not: texts, hints, choices, menus."""
    found = []
    for one in root.findChildren(QWidget):
        found += [one.toolTip(), one.accessibleName()]
        if isinstance(one, QLabel | QAbstractButton | QLineEdit):
            found.append(one.text())
        if isinstance(one, QComboBox):
            found += [one.itemText(number) for number in range(one.count())]
    return [*found, *(action.text() for action in root.findChildren(QAction))]


def traces(texts: list[str]) -> list[str]:
    return [text for text in texts if "物資" in text or "收包" in text or "盤點" in text]


def switch(desk: WindowDesk, *, on: bool) -> None:
    page = desk.page("settings")
    assert isinstance(page, SettingsPage)
    assert page.goods.isChecked() is not on
    page.goods.click()
    desk.press("儲存")
    QApplication.processEvents()


def test_switched_off_there_is_no_trace_but_the_switch(desk: WindowDesk) -> None:
    for spec in SPECS:
        page = desk.page(spec.name, NEEDS_A_SUBJECT.get(spec.name))
        assert page.name == ("today" if spec in GOODS else spec.name)
        if spec.name != "settings":
            assert traces(said(page)) + traces(said(desk.window.side)) == [], spec.name
        assert traces([desk.window._shortcut_text(), page.help_text(), page.title()]) == []
    settings = desk.page("settings")
    assert isinstance(settings, SettingsPage)
    assert traces(said(settings)) == traces(said(settings.form))
    assert traces(said(settings)) != []


def test_switched_off_no_search_finds_its_pages(desk: WindowDesk) -> None:
    for text in ("物資", "收貨", "盤點", "捐贈"):
        assert desk.window._find(text) == []
    switch(desk, on=True)
    assert [one.target.page for one in desk.window._find("盤點")] == ["stock_take"]


def test_saving_the_switch_builds_the_window_anew_at_once(desk: WindowDesk) -> None:
    assert "goods" not in desk.window.side.entries
    switch(desk, on=True)
    assert "goods" in desk.window.side.entries
    assert desk.window.page().name == "settings"
    assert desk.window.status_text() == "設定已儲存"
    assert list(desk.window.side.entries)[-1] == "settings"
    switch(desk, on=False)
    assert "goods" not in desk.window.side.entries


def test_a_page_that_is_not_there_any_more_is_not_where_one_begins(desk: WindowDesk, tmp_path: Path) -> None:
    switch(desk, on=True)
    desk.page("goods")
    assert desk.house.preferences.text("page") == "goods"
    switch_goods(desk.street, on=False)
    desk.house.preferences.set("page", "goods")
    desk.house.enter(tmp_path / "street.caringstreet")
    window = desk.house.window
    assert isinstance(window, MainWindow)
    assert window.page().name == "today"


def test_the_number_keys_follow_the_navigation(desk: WindowDesk) -> None:
    last = len(desk.window.side.entries) - 1
    desk.window._show_number(last)
    assert desk.window.page().name == "settings"
    switch(desk, on=True)
    desk.window._show_number(last)
    assert desk.window.page().name != "settings"
    desk.window._show_number(last + len([spec for spec in GOODS if spec.picture]))
    assert desk.window.page().name == "settings"


def test_a_low_screen_scrolls_the_navigation_and_shows_all_of_it(desk: WindowDesk) -> None:
    switch(desk, on=True)
    desk.page("goods")
    for width, height in ((1093, 574), (911, 472)):  # 125 % and 150 % of 1366x768, less a taskbar
        desk.window.resize(width, height)
        QApplication.processEvents()
        assert (desk.window.width(), desk.window.height()) == (width, height)
        last = desk.window.side.entries["settings"]
        desk.window.side.entries["today"].parentWidget().parentWidget().parentWidget().ensureWidgetVisible(last)  # type: ignore[union-attr]
        assert not last.visibleRegion().isEmpty()
        assert desk.window.side.language_button.isHidden() or not desk.window.side.language_button.visibleRegion().isEmpty()
