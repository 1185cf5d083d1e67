"""Needs on screen: noted, met, not to be met, withdrawn."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from caringstreet.queries import needs
from caringstreet.rules.needs import NeedState
from tests.builders import a_household, a_street
from tests.choice_day import NOW
from tests.ui.desk import WindowDesk
from ui.pages.goods_hand_out_page import GoodsHandOutPage
from ui.pages.goods_needs import NeedsList


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDesk]:
    """H-0012, and no wish yet."""
    street = a_street(tmp_path, at=NOW, goods=True)
    a_household(street, "H-0012", display_name="李太")
    street.close()
    found = WindowDesk(tmp_path, NOW, "en")
    found.sit_down(tmp_path / "street.caringstreet")
    found.window.activateWindow()
    assert QTest.qWaitForWindowActive(found.window)
    yield found
    found.leave()


def the_needs(desk: WindowDesk) -> NeedsList:
    page = desk.page("goods_hand_out", None, "needs")
    assert isinstance(page, GoodsHandOutPage)
    return page.needs


def kept(desk: WindowDesk) -> list[tuple[str, str, NeedState, str]]:
    with desk.street.database.reader() as reader:
        return [(one.subject, one.household, one.state, one.note) for one in needs.rows(reader)]


def noted(desk: WindowDesk, *subjects: str) -> NeedsList:
    found = the_needs(desk)
    for subject in subjects:
        found.subject.setText(subject)
        found.note()
    return found


def test_a_wish_is_noted_for_a_household_by_keyboard(desk: WindowDesk) -> None:
    found = the_needs(desk)
    assert found.subject.hasFocus()
    QTest.keyClick(found.subject, Qt.Key.Key_Return)
    assert desk.window.page().note.text() == "Please write what is needed."
    QTest.keyClicks(found.subject, "a pram")
    QTest.qWait(80)  # faster, it would be a scanner's burst
    found.finder.setFocus()
    QTest.keyClicks(found.finder.field, "12")
    QTest.keyClick(found.finder.field, Qt.Key.Key_Return)
    assert found.whose.text() == "H-0012 李太"
    QTest.keyClick(found.note_button, Qt.Key.Key_Space)
    assert kept(desk) == [("a pram", "H-0012", NeedState.NEW, "")]
    page = desk.window.page()
    assert isinstance(page, GoodsHandOutPage)
    assert page.modes._chips["needs"][0].text() == "Needs 1"


def test_met_leaves_the_open_ones_and_undo_brings_it_back(desk: WindowDesk) -> None:
    found = noted(desk, "shoes 38", "a pram")
    found.table.selectRow(1)
    QTest.keyClick(found.table, Qt.Key.Key_Return)
    assert ("shoes 38", "", NeedState.DONE, "") in kept(desk)
    assert found.table.rowCount() == 1
    desk.window._undo()
    assert found.table.rowCount() == 2


def test_could_not_be_met_says_why(desk: WindowDesk) -> None:
    found = noted(desk, "a rice cooker")
    with desk.answering("nobody gives one"):
        found.unmet.click()
    assert kept(desk) == [("a rice cooker", "", NeedState.UNMET, "nobody gives one")]
    found.chips._chips["all"][0].click()
    assert found.table.rowCount() == 1
    assert not found.met.isEnabled()
    found.again.click()
    assert kept(desk)[0][2] is NeedState.NEW


def test_a_wish_is_withdrawn(desk: WindowDesk) -> None:
    found = noted(desk, "a fan")
    found.withdrawn.click()
    assert kept(desk)[0][2] is NeedState.WITHDRAWN
    assert found._places.currentIndex() == 1
