"""The keyboard alone: where it begins, and that Tab goes as the eye does."""

from datetime import UTC, date, datetime
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from caringstreet.bootstrap import found_street, open_street
from caringstreet.clock import FixedClock
from caringstreet.practice.street import make_demo
from caringstreet.services import households
from caringstreet.services.households import CheckForm, HouseholdForm
from caringstreet.services.street import StreetSettings
from caringstreet.words import words_for
from tests.goods_street import some_goods, switch_goods
from tests.ui.desk import WindowDesk
from ui.pages.household_form import HouseholdFormPage
from ui.pages.issue_page import IssuePage
from ui.pages.print_page import PrintPage
from ui.pages.reports_page import ReportsPage
from ui.pages.specs import SPECS
from ui.pages.vouchers_page import VouchersPage
from ui.pages.welcome_page import WelcomeWindow
from ui.widgets.ask import AskDialog
from ui.widgets.by_keyboard import keyboard_fields
from ui.widgets.form_page import FormPage
from ui.widgets.list_page import ListPage
from ui.widgets.number_field import NumberField

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
FORMS = {"shop_form": (None, "new"), "offer_form": (1, "new"), "household_form": (None, "new")}


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("practice") / "practice.caringstreet"
    make_demo(path, months=1, households_wanted=12, today=date(2026, 11, 21))
    return path


def desk_on(data: Path, folder: Path) -> WindowDesk:
    desk = WindowDesk(folder, NOW)
    desk.sit_down(data)
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)
    return desk


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def tabs_until(wanted: QWidget, most: int = 40) -> list[QWidget]:
    """Press Tab until it is reached; all that were passed."""
    passed: list[QWidget] = []
    while focused() is not wanted:
        assert len(passed) < most, [type(one).__name__ for one in passed]
        passed.append(focused())
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    return passed


@pytest.mark.parametrize("name", FORMS)
def test_tab_goes_from_the_fields_of_a_form_to_save(qtbot: QtBot, tmp_path: Path, practice: Path, name: str) -> None:
    desk = desk_on(practice, tmp_path)
    page = desk.page(name, *FORMS[name])
    assert isinstance(page, FormPage)
    qtbot.waitUntil(lambda: page.isAncestorOf(focused()))
    QApplication.processEvents()
    passed = tabs_until(page.save_button)
    assert all(page.isAncestorOf(one) for one in passed)
    desk.leave()


def test_the_last_day_of_a_proof_comes_between_the_ticks_and_the_consent(qtbot: QtBot, tmp_path: Path, practice: Path) -> None:
    desk = desk_on(practice, tmp_path)
    page = desk.page("household_form", None, "new")
    assert isinstance(page, HouseholdFormPage)
    qtbot.waitUntil(page.display_name.hasFocus)
    page.proofs.ticks["E65"].click()
    QApplication.processEvents()
    passed = tabs_until(page.consent._tick)
    assert page.proofs.untils["E65"]._edit in passed
    assert len(passed) == len(set(passed))
    desk.leave()


def test_on_an_empty_street_the_keyboard_begins_in_the_page(qtbot: QtBot, tmp_path: Path) -> None:
    data = tmp_path / "empty.caringstreet"
    found_street(data, StreetSettings("街", "隊"), by="x", clock=FixedClock(NOW)).close()
    desk = desk_on(data, tmp_path)
    for spec in SPECS:
        if spec.name != "offer_form":
            page = desk.page(spec.name)
            qtbot.waitUntil(lambda page=page: page.isAncestorOf(focused()))
    desk.page("households")
    qtbot.waitUntil(lambda: isinstance(focused(), QPushButton))
    assert focused().accessibleName() == "匯入名單"
    desk.leave()


def test_no_part_of_a_page_flashes_up_as_a_window_of_its_own(qtbot: QtBot, tmp_path: Path, practice: Path) -> None:
    class Watch(QObject):
        seen: list[str] = []  # noqa: RUF012

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                self.seen.append(type(watched).__name__)
            return False

    desk = desk_on(practice, tmp_path)
    watch = Watch()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(watch)
    for spec in SPECS:
        desk.page(spec.name, *FORMS.get(spec.name, (None, "")))
        QApplication.processEvents()
    application.removeEventFilter(watch)
    assert watch.seen == []
    desk.leave()


def test_a_figure_by_street_opens_its_vouchers(qtbot: QtBot, tmp_path: Path, practice: Path) -> None:
    desk = desk_on(practice, tmp_path)
    page = desk.page("reports")
    assert isinstance(page, ReportsPage) and page.figures is not None
    street, counts = page.figures.streets[0]
    desk.press(f"{street} 已製: {counts.issued}")
    vouchers = desk.window.page()
    assert isinstance(vouchers, VouchersPage)
    assert vouchers.table.count() == counts.issued
    desk.leave()


def test_from_a_household_to_its_paper_by_keyboard(qtbot: QtBot, tmp_path: Path, practice: Path) -> None:
    """The keyboard stands on the first offer, then on Print now; Ctrl+P prints what was just made."""
    desk = desk_on(practice, tmp_path)
    with desk.street.database.transaction() as tx:
        kept = households.register(
            tx,
            form=HouseholdForm("何婆婆", 1, consent_on=date(2026, 11, 21), checks=(CheckForm("E65", date(2026, 11, 21), None),)),
            at=NOW,
            today=date(2026, 11, 21),
            by="x",
        )
    page = desk.page("issue", kept.household_id)
    assert isinstance(page, IssuePage)
    qtbot.waitUntil(lambda: isinstance(focused(), NumberField))
    QTest.keyClick(focused(), Qt.Key.Key_Up)
    QTest.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.print_now.hasFocus())
    QTest.keyClick(focused(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    printing = desk.window.page()
    assert isinstance(printing, PrintPage)
    assert len(printing._ids) == 1
    desk.leave()


def test_a_household_without_consent_is_one_press_away(qtbot: QtBot, tmp_path: Path, practice: Path) -> None:
    desk = desk_on(practice, tmp_path)
    with desk.street.database.transaction() as tx:
        kept = households.register(tx, form=HouseholdForm("李伯", 1), at=NOW, today=date(2026, 11, 21), by="x")
    page = desk.page("issue", kept.household_id)
    assert isinstance(page, IssuePage)
    desk.press("顯示住戶")
    assert desk.window.page().name == "households"
    desk.leave()


def controls(window: QWidget) -> set[QWidget]:
    """All in view that a person can use, counted without the window's own order: what lies within another one is part of it."""
    found = set()
    for one in window.findChildren(QWidget):
        wanted = Qt.FocusPolicy.ClickFocus if isinstance(one, QAbstractButton) else Qt.FocusPolicy.TabFocus
        if one.isVisible() and one.isEnabled() and one.window() is window and one.focusPolicy().value & wanted.value:
            found.add(one)

    def is_part(one: QWidget) -> bool:
        place = one.parentWidget()
        while place is not None and place is not window:
            if place in found and not isinstance(place, QScrollArea | QAbstractItemView):
                return True
            place = place.parentWidget()
        return False

    return {one for one in found if not is_part(one)}


@pytest.fixture(scope="module")
def whole_street(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "whole.caringstreet"
    make_demo(path, months=1, households_wanted=12, today=date(2026, 11, 21))
    opened = open_street(path, FixedClock(NOW))
    switch_goods(opened)
    some_goods(opened, 1, 1)
    opened.close()
    return path


def test_tab_reaches_everything_and_leaves_every_page(qtbot: QtBot, tmp_path: Path, whole_street: Path) -> None:
    desk = desk_on(whole_street, tmp_path)
    subjects = FORMS | {"print": (1, "household"), "issue": (1, "household")}
    for spec in SPECS:
        page = desk.page(spec.name, *subjects.get(spec.name, (None, "")))
        qtbot.waitUntil(lambda page=page: page.isAncestorOf(focused()))
        QApplication.processEvents()
        wanted, first = controls(desk.window), focused()
        passed = [first]
        QTest.keyClick(first, Qt.Key.Key_Tab)
        while focused() is not first:
            assert len(passed) <= len(wanted) + 3, (spec.name, [f"{type(one).__name__} {one.accessibleName()}" for one in passed])
            passed.append(focused())
            QTest.keyClick(focused(), Qt.Key.Key_Tab)
        missed = [f"{type(one).__name__} {one.accessibleName()}" for one in wanted - set(passed)]
        assert (spec.name, missed) == (spec.name, [])
        # One that the first visit switches on, such as at the scan desk, counts too.
        assert len(passed) == len(set(passed)) and set(passed) == controls(desk.window), spec.name
        # Through the page, then what lies below and around it, and back.
        inside = [page.isAncestorOf(one) for one in passed]
        assert sum(now is not following for now, following in pairwise(inside)) <= 2, spec.name
        QTest.keyClick(first, Qt.Key.Key_Backtab)
        assert focused() is passed[-1], spec.name
    desk.leave()


def test_tab_goes_as_the_eye_does(qtbot: QtBot, tmp_path: Path, whole_street: Path) -> None:
    desk = desk_on(whole_street, tmp_path)
    page = desk.page("households")
    qtbot.waitUntil(lambda: page.isAncestorOf(focused()))
    QApplication.processEvents()
    window = desk.window
    stops = [one for one in keyboard_fields(window) if one.isVisible() and one.isEnabled()]
    order = [
        next(
            number
            for number, part in enumerate((window.side, window.search, page, window.bottom, window))
            if part is one or part.isAncestorOf(one)
        )
        for one in stops
    ]
    # The side bar, the top with search and month, the page, the bottom line.
    assert [part for part, _ in groupby(0 if one == 0 else 1 if one in (1, 4) else one for one in order)] in ([0, 1, 2, 3], [0, 1, 2])
    in_page = [one for one in stops if page.isAncestorOf(one)]
    assert isinstance(page, ListPage)
    actions = [one for one in keyboard_fields(page.action_rows) if one.isEnabled()]
    assert in_page.index(page.search) < in_page.index(page.table) < in_page.index(actions[0])
    desk.leave()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_the_button_it_stands_on(qtbot: QtBot, tmp_path: Path, whole_street: Path, key: Qt.Key) -> None:
    desk = desk_on(whole_street, tmp_path)
    page = desk.page("today")
    entry = desk.window.side.entries["households"]
    entry.setFocus()
    QTest.keyClick(entry, key)
    assert desk.window.page().name == "households"
    new = next(one for one in desk.window.page().findChildren(QPushButton) if one.property("kind") == "primary" and one.isVisible())
    new.setFocus()
    QTest.keyClick(new, key)
    assert desk.window.page().name == "household_form"
    asked = AskDialog(page, page.words, "?", "作廢")
    asked.show()
    cancel = next(one for one in asked.findChildren(QPushButton) if one is not asked.yes)
    cancel.setFocus()
    QTest.keyClick(cancel, key)
    assert asked.result() == AskDialog.DialogCode.Rejected and not asked.isVisible()
    desk.leave()


def test_after_an_undo_at_the_bottom_one_goes_on_in_the_page(qtbot: QtBot, tmp_path: Path, whole_street: Path) -> None:
    desk = desk_on(whole_street, tmp_path)
    page = desk.page("households")
    page.offer_undo("何婆婆", lambda _: None)
    button = next(one for one in desk.window.bottom.findChildren(QPushButton) if one.isVisible())
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.isAncestorOf(focused()))
    assert not button.isVisible()
    desk.leave()


def test_the_first_screen_is_done_by_keyboard(qtbot: QtBot, tmp_path: Path) -> None:
    window = WelcomeWindow(words_for("en"), tmp_path / "none.caringstreet", FixedClock(NOW))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    qtbot.waitUntil(window.name.hasFocus)
    wanted, first = controls(window), focused()
    passed = tabs_until(window.begin)
    assert [one for one in passed if one in window.typed()] == window.typed()
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    passed += [window.begin, *tabs_until(first)]
    assert set(passed) == wanted
    founded: list[str] = []
    window.founded.connect(founded.append)
    for field in (window.name, window.team):
        field.setFocus()
        QTest.keyClicks(field, "East Street")
    window.begin.setFocus()
    QTest.keyClick(window.begin, Qt.Key.Key_Return)
    assert founded
