"""The keyboard alone: where it begins, and that Tab goes as the eye does."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from caringstreet.bootstrap import found_street
from caringstreet.clock import FixedClock
from caringstreet.practice.street import make_demo
from caringstreet.services import households
from caringstreet.services.households import CheckForm, HouseholdForm
from caringstreet.services.street import StreetSettings
from tests.ui.desk import WindowDesk
from ui.pages.household_form import HouseholdFormPage
from ui.pages.issue_page import IssuePage
from ui.pages.print_page import PrintPage
from ui.pages.reports_page import ReportsPage
from ui.pages.specs import SPECS
from ui.pages.vouchers_page import VouchersPage
from ui.widgets.form_page import FormPage
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
