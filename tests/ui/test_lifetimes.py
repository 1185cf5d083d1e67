"""Nothing outlives its window: what was left hears nothing, and what was begun is told by what is there now."""

import shutil
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from caringstreet import paths
from caringstreet.bootstrap import found_street
from caringstreet.clock import FixedClock
from caringstreet.practice.street import make_demo
from caringstreet.queries import shops as shop_queries
from caringstreet.queries import vouchers as voucher_queries
from caringstreet.queries.vouchers import VoucherFilter
from caringstreet.rules.vouchers import HandedTo, VoucherState
from caringstreet.services import shops
from caringstreet.services import vouchers as services
from caringstreet.services.shops import ShopForm
from caringstreet.services.street import StreetSettings
from tests.ui.desk import WindowDesk
from ui import problems
from ui.house import House
from ui.main_window import MainWindow
from ui.pages.vouchers_page import VouchersPage
from ui.preferences import Preferences

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("practice") / "practice.caringstreet"
    make_demo(path, months=1, households_wanted=8, today=date(2026, 11, 21))
    return path


def window_of(house: House) -> MainWindow:
    assert isinstance(house.window, MainWindow)
    return house.window


def let_go() -> None:
    """What was to be deleted later is deleted now."""
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_after_the_practice_street_the_own_street_works_without_a_word_of_trouble(
    qtbot: QtBot, tmp_path: Path, practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths.practice_street().parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(practice, paths.practice_street())
    own = paths.default_street()
    found_street(own, StreetSettings("街", "隊"), by="x", clock=FixedClock(NOW)).close()
    boxes: list[BaseException] = []
    monkeypatch.setattr(problems, "report", lambda words, error, parent=None: boxes.append(error))
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    house = House(application, Preferences(tmp_path / "window.ini"), "en", clock=FixedClock(NOW))
    left = []
    for _ in range(2):
        house.enter_practice()
        practising = window_of(house)
        practising.show_page(practising._shown)
        practising.leave_practice.click()
        left += [practising, practising.bottom, practising.page(), practising.context.runner, practising.shade]
        let_go()
    assert [one for one in left if isValid(one)] == []
    page = window_of(house).page()
    page.do(shops.register, form=ShopForm("S01", "輝記"), done=lambda _: page.context.status.say("saved"))
    qtbot.waitUntil(lambda: window_of(house).status_text() == "saved")
    with page.context.database.reader() as reader:
        assert [code for _, code, _, _ in shop_queries.choices(reader)] == ["S01"]
    assert boxes == []
    house.close()
    let_go()


def test_the_answer_of_a_job_reaches_no_page_that_has_gone(qtbot: QtBot, tmp_path: Path, practice: Path) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    house = House(application, Preferences(tmp_path / "window.ini"), "en", clock=FixedClock(NOW))
    house.enter(shutil.copyfile(practice, tmp_path / "street.caringstreet"))
    runner, page = window_of(house).context.runner, window_of(house).page()
    go, told = threading.Event(), list[object]()
    ended = list[bool]()
    runner.finished.connect(lambda: ended.append(True))
    runner.work(lambda progress: go.wait(5), owner=page, done=told.append)
    delete(page)
    go.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert told == []
    runner.work(lambda progress: "here", owner=window_of(house), done=told.append)
    runner.finish()
    assert told == ["here"]
    house.close()
    let_go()


def test_leaving_waits_for_work_and_tells_its_answer_while_the_pages_are_there(qtbot: QtBot, tmp_path: Path, practice: Path) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    house = House(application, Preferences(tmp_path / "window.ini"), "en", clock=FixedClock(NOW))
    house.enter(shutil.copyfile(practice, tmp_path / "street.caringstreet"))
    page = window_of(house).page()
    told: list[int] = []

    def done(_: object) -> None:
        with page.context.database.reader() as reader:
            told.append(len(shop_queries.choices(reader)))

    page.context.runner.work(lambda progress: None, owner=page, done=done)
    house.close()
    assert told and told[0] > 0
    let_go()


def bottom_button(desk: WindowDesk) -> QPushButton:
    found = [one for one in desk.window.bottom.findChildren(QPushButton) if not one.isHidden()]
    assert len(found) == 1
    return found[0]


def test_what_just_happened_and_its_undo_survive_another_language_and_look(qtbot: QtBot, tmp_path: Path, practice: Path) -> None:
    desk = WindowDesk(tmp_path, NOW)
    desk.sit_down(shutil.copyfile(practice, tmp_path / "street.caringstreet"))
    page = desk.page("vouchers")
    assert isinstance(page, VouchersPage)
    made = VoucherFilter(state=VoucherState.MADE)
    with desk.street.database.reader() as reader:
        waiting = [row.voucher_id for row in voucher_queries.listed(reader, made, date(2026, 11, 21))]
    page.do(services.hand_out, voucher_ids=waiting[:1], day=date(2026, 11, 21), to=HandedTo.SELF, done=page._handed_out)
    said = desk.window.status_text()
    assert "1" in said
    before = desk.window.bottom
    desk.window.side.language_button.click()
    qtbot.waitUntil(lambda: desk.window.page().title() == "Vouchers")
    assert desk.window.status_text() == "1 voucher handed out"
    assert (bottom_button(desk).text(), bottom_button(desk).icon().isNull()) == ("Undo", False)
    desk.window.side.scheme_button.click()
    let_go()
    assert not isValid(before) and not isValid(page)
    assert desk.window.status_text() == "1 voucher handed out"
    bottom_button(desk).click()
    assert desk.window.status_text() == "The hand-out of 1 voucher is undone"
    with desk.street.database.reader() as reader:
        assert [row.voucher_id for row in voucher_queries.listed(reader, made, date(2026, 11, 21))] == waiting
    desk.window.side.language_button.click()
    qtbot.waitUntil(lambda: desk.window.page().title() != "Vouchers")
    assert "1" in desk.window.status_text() and "hand" not in desk.window.status_text()
    desk.window.side.scheme_button.click()
    desk.leave()


def test_the_arrow_of_undo_stands_on_nothing_else(qtbot: QtBot, tmp_path: Path, practice: Path) -> None:
    desk = WindowDesk(tmp_path, NOW, "en")
    desk.sit_down(practice)
    page = desk.page("vouchers")
    page.offer("Saved", "Open", lambda _: None)
    assert (bottom_button(desk).text(), bottom_button(desk).icon().isNull()) == ("Open", True)
    page.undoable("Done", services.undo_hand_out, voucher_ids=[])
    assert (bottom_button(desk).text(), bottom_button(desk).icon().isNull()) == ("Undo", False)
    desk.leave()
