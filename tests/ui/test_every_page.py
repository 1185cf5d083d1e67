"""Every page opens, empty and full, in both languages and looks, within the window, and can be read aloud."""

from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from caringstreet.bootstrap import found_street, open_street
from caringstreet.clock import FixedClock
from caringstreet.practice.street import make_demo
from caringstreet.services.street import StreetSettings
from tests.goods_street import some_goods, switch_goods
from tests.ui.desk import WindowDesk
from ui import theme
from ui.pages.shop_form import ShopFormPage
from ui.pages.specs import SPECS
from ui.widgets.list_page import ListPage

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
#: What a form page is opened with on the practice street.
SUBJECTS = {"shop_form": (1, ""), "offer_form": (1, ""), "household_form": (1, ""), "print": (1, "household"), "issue": (1, "household")}
NEEDS_A_SUBJECT = {"shop_form", "offer_form", "household_form"}


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("practice") / "practice.caringstreet"
    make_demo(path, months=2, households_wanted=30, today=date(2026, 11, 21))
    opened = open_street(path, FixedClock(NOW))
    switch_goods(opened)
    some_goods(opened, 1, 1)
    opened.close()
    return path


def desk_on(data: Path, folder: Path, language: str) -> WindowDesk:
    desk = WindowDesk(folder, NOW, language)
    desk.sit_down(data)
    return desk


def unnamed(root: QWidget) -> list[str]:
    """Fields that a screen reader could only call by nothing."""
    found = []
    for one in root.findChildren(QWidget):
        if not (one.focusPolicy() & Qt.FocusPolicy.TabFocus) or not one.isVisibleTo(root):
            continue
        if one.objectName().startswith("qt_") or one.parentWidget() is None or type(one).__name__ in ("QScrollArea", "QStackedWidget"):
            continue
        described = QAccessible.queryAccessibleInterface(one)
        if described is not None and not described.text(QAccessible.Text.Name) and not one.accessibleName():
            found.append(f"{type(one).__name__} in {type(one.parentWidget()).__name__}")
    return found


@pytest.mark.parametrize("language", ["zh_HK", "en"])
def test_every_page_opens_on_a_street_with_life(qtbot: QtBot, tmp_path: Path, practice: Path, language: str) -> None:
    desk = desk_on(practice, tmp_path, language)
    for spec in SPECS:
        subject, action = SUBJECTS.get(spec.name, (None, ""))
        page = desk.page(spec.name, subject, action)
        assert page.title()
        assert page.name == spec.name
        QApplication.processEvents()
        assert (desk.window.width(), desk.window.height()) == (1366, 768), spec.name
        assert unnamed(page) == [], spec.name
    desk.leave()


class _Windows(QObject):
    """Remembers every window that is shown: a widget shown before it has a parent is one, and takes the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def test_no_page_opens_a_window_of_its_own(qtbot: QtBot, tmp_path: Path, practice: Path) -> None:
    desk = desk_on(practice, tmp_path, "en")
    application = QApplication.instance()
    assert application is not None
    windows = _Windows()
    application.installEventFilter(windows)
    for spec in SPECS:
        subject, action = SUBJECTS.get(spec.name, (None, ""))
        desk.page(spec.name, subject, action)
        QApplication.processEvents()
    application.removeEventFilter(windows)
    assert windows.shown == []
    desk.leave()


@pytest.mark.parametrize("language", ["zh_HK", "en"])
def test_every_page_of_an_empty_street_teaches_the_next_step(qtbot: QtBot, tmp_path: Path, language: str) -> None:
    data = tmp_path / "empty.caringstreet"
    found_street(data, StreetSettings("街", "隊", goods=True), by="x", clock=FixedClock(NOW)).close()
    desk = desk_on(data, tmp_path, language)
    for spec in SPECS:
        if spec.name in NEEDS_A_SUBJECT:
            page = desk.page(spec.name, None, "new") if spec.name != "offer_form" else desk.page("today")
        else:
            page = desk.page(spec.name)
        QApplication.processEvents()
        assert page.title()
        assert desk.window.width() == 1366, spec.name
    desk.leave()


def test_the_language_switches_without_a_restart_and_stays_on_the_page(qtbot: QtBot, tmp_path: Path, practice: Path) -> None:
    desk = desk_on(practice, tmp_path, "zh_HK")
    assert desk.page("households").title() == "住戶"
    desk.window.side.language_button.click()
    qtbot.waitUntil(lambda: desk.window.page().title() == "Households")
    desk.window.side.language_button.click()
    qtbot.waitUntil(lambda: desk.window.page().title() == "住戶")
    desk.leave()


def test_search_everywhere_finds_shops_households_and_codes(qtbot: QtBot, tmp_path: Path, practice: Path) -> None:
    desk = desk_on(practice, tmp_path, "zh_HK")
    for typed, page in (("s06", "shops"), ("菜根", "shops"), ("H-0004", "households"), ("收券", "scan")):
        found = desk.window._find(typed)
        assert found, typed
        assert found[0].target.page == page
    desk.leave()


def test_a_narrow_window_folds_its_navigation(qtbot: QtBot, tmp_path: Path, practice: Path) -> None:
    desk = desk_on(practice, tmp_path, "en")
    desk.page("today")
    desk.window.resize(900, 640)
    QApplication.processEvents()
    assert all(not entry.text() for entry in desk.window.side.entries.values())
    assert all(entry.accessibleName() for entry in desk.window.side.entries.values())
    desk.leave()


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2."""

    def light(name: str) -> float:
        color = QColor(name)
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (color.redF(), color.greenF(), color.blueF())]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colors", [theme.LIGHT, theme.DARK])
def test_text_and_states_can_be_read(colors: theme.Colors) -> None:
    pairs = [
        (colors.text, colors.ground),
        (colors.text, colors.card),
        (colors.dim, colors.card),
        (colors.dim, colors.ground),
        (colors.dim, colors.side),
        (colors.on_accent, colors.accent),
        (colors.accent, colors.card),
        (colors.accent, colors.accent_soft),
        (colors.text, colors.accent_soft),
        (colors.good, colors.card),
        (colors.good, colors.good_soft),
        (colors.warn, colors.card),
        (colors.warn, colors.warn_soft),
        (colors.bad, colors.card),
        (colors.bad, colors.bad_soft),
    ]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@pytest.mark.xvfb
def test_the_window_stands_on_a_real_screen(qtbot: QtBot, tmp_path: Path, practice: Path) -> None:
    desk = desk_on(practice, tmp_path, "zh_HK")
    qtbot.waitExposed(desk.window)
    for spec in SPECS:
        subject, action = SUBJECTS.get(spec.name, (None, ""))
        desk.page(spec.name, subject, action)
        QApplication.processEvents()
        assert not desk.window.grab().isNull()
    desk.leave()


def test_a_form_begins_at_its_first_field_and_keeps_what_was_typed_in_another_language(
    qtbot: QtBot, tmp_path: Path, practice: Path
) -> None:
    desk = desk_on(practice, tmp_path, "zh_HK")
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)
    desk.page("shops").new()
    form = desk.window.page()
    assert isinstance(form, ShopFormPage)
    qtbot.waitUntil(form.name_zh.hasFocus)
    qtbot.keyClicks(form.name_zh, "Fai Kee")
    desk.window.side.language_button.click()
    qtbot.waitUntil(lambda: desk.window.page().title() == "New shop")
    again = desk.window.page()
    assert isinstance(again, ShopFormPage)
    assert again.name_zh.text() == "Fai Kee"
    desk.leave()


def test_the_window_fits_a_laptop_with_its_taskbar_and_frame(qtbot: QtBot, tmp_path: Path, practice: Path) -> None:
    desk = desk_on(practice, tmp_path, "zh_HK")
    desk.window.resize(1366, 690)
    for spec in SPECS:
        subject, action = SUBJECTS.get(spec.name, (None, ""))
        desk.page(spec.name, subject, action)
        QApplication.processEvents()
        area = desk.window.stack.parentWidget().parentWidget()
        assert isinstance(area, QScrollArea)
        assert area.verticalScrollBar().maximum() == 0, spec.name
    desk.leave()


def test_the_shade_covers_the_screen_and_any_key_lifts_it(qtbot: QtBot, tmp_path: Path, practice: Path) -> None:
    desk = desk_on(practice, tmp_path, "zh_HK")
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)
    desk.page("households")
    shade = desk.window.shade
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert shade.covers
    covering = QApplication.focusWidget()
    assert covering is not None
    qtbot.keyClick(covering, Qt.Key.Key_A)
    assert not shade.covers
    desk.leave()


def _no_sideways_scroll(page: ListPage) -> None:
    assert page.table.horizontalScrollBar().maximum() == 0, page.name


@pytest.mark.parametrize("language", ["zh_HK", "en"])
def test_the_columns_of_a_list_fit_the_window_it_is_drawn_for(qtbot: QtBot, tmp_path: Path, practice: Path, language: str) -> None:
    desk = desk_on(practice, tmp_path, language)
    for name in ("shops", "households", "vouchers"):
        page = desk.page(name)
        assert isinstance(page, ListPage)
        qtbot.waitUntil(partial(_no_sideways_scroll, page))
    desk.leave()


@pytest.mark.parametrize("language", ["zh_HK", "en"])
def test_today_can_be_done_on_a_screen_of_150_per_cent(qtbot: QtBot, tmp_path: Path, practice: Path, language: str) -> None:
    """1366 by 768 at 150 % leaves 910 by 512: every button of the list is within the window."""
    desk = desk_on(practice, tmp_path, language)
    desk.window.resize(910, 512)
    page = desk.page("today")
    QApplication.processEvents()
    assert (desk.window.width(), desk.window.height()) == (910, 512)
    for button in page.findChildren(QPushButton):
        right = button.mapTo(desk.window, button.rect().topRight()).x()
        assert right < desk.window.width(), button.accessibleName()
    desk.leave()


@pytest.mark.parametrize(("wide", "high"), [(1093, 574), (910, 472)])
def test_every_page_fits_screens_of_125_and_150_per_cent(qtbot: QtBot, tmp_path: Path, practice: Path, wide: int, high: int) -> None:
    """What 1366 by 768 leaves under a taskbar; a page that needs more height scrolls."""
    desk = desk_on(practice, tmp_path, "en")
    for spec in SPECS:
        subject, action = SUBJECTS.get(spec.name, (None, ""))
        desk.page(spec.name, subject, action)
        desk.window.resize(wide, high)
        QApplication.processEvents()
        assert (desk.window.width(), desk.window.height()) == (wide, high), spec.name
    desk.leave()
