"""A volunteer's first day by mouse and keyboard alone: from the first screen to the first voucher that comes back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from caringstreet.clock import FixedClock
from caringstreet.queries import vouchers
from caringstreet.queries.vouchers import VoucherFilter
from caringstreet.rules.vouchers import VoucherState
from caringstreet.words import words_for
from tests.e2e.goods_desk import local
from tests.e2e.hand import Hand
from ui import theme
from ui.desktop import set_language
from ui.house import House
from ui.main_window import MainWindow
from ui.pages.print_page import PrintPage
from ui.preferences import Preferences

ENTER, CTRL, TAB = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Tab
DAY = date(2026, 11, 21)


@pytest.fixture(params=["zh_HK", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def house(language: str, qtbot: QtBot, tmp_path: Path) -> Iterator[House]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.load_fonts(application)
    theme.apply(application, "light")
    set_language(application, language)
    preferences = Preferences(tmp_path / "window.ini")
    preferences.set("language", language)
    preferences.set("scan/sound", False)
    found = House(application, preferences, language, clock=FixedClock(local(21, 14)))
    found.enter(tmp_path / "street.caringstreet")
    front(found)
    yield found
    found.close()


def front(house: House) -> None:
    assert house.window is not None
    house.window.showNormal()
    house.window.resize(1366, 768)
    house.window.activateWindow()


def test_from_the_first_screen_to_the_first_voucher_that_comes_back(house: House, language: str) -> None:
    say = words_for(language).say
    hand = Hand()

    def on(page: str) -> None:
        hand.until(lambda: isinstance(house.window, MainWindow) and house.window.page().name == page, page)

    hand.until(lambda: isinstance(QApplication.focusWidget(), QLineEdit), "the first field has the keyboard")
    hand.write("金華街")
    hand.key(TAB)
    hand.write("鄰舍隊")
    hand.press(say("Begin"))
    on("today")
    front(house)
    hand.press(": ".join((say("A shop"), say("Register a shop"))))
    on("shop_form")
    hand.write("輝記菜檔")
    hand.press(say("Save"))
    on("shops")
    hand.press(say("New offer"))
    on("offer_form")
    hand.write("菜心")
    hand.click(hand.find(say("Price"), QLineEdit))
    hand.write("12")
    hand.key(TAB)
    hand.write("8")
    hand.key(TAB)
    hand.write("4")
    hand.press(say("Save"))
    on("shops")
    hand.press(say("Today"))
    hand.press(": ".join((say("A household"), say("New household"))))
    on("household_form")
    hand.write("陳婆婆")
    hand.press("60 歲或以上" if language == "zh_HK" else "60 or over")
    hand.click(hand.find(say("Consent given on"), QCheckBox))
    hand.press(say("Save"))
    on("households")
    hand.press(say("Issue"))
    on("issue")
    hand.write("2")
    hand.key(ENTER, CTRL)
    hand.press(say("Print now"))
    on("print")
    page = house.window.page() if isinstance(house.window, MainWindow) else None
    assert isinstance(page, PrintPage)
    hand.until(page.print_button.isEnabled)
    assert page.pdf.stat().st_size > 4000
    hand.press(say("Hand out"))
    on("hand_out")
    hand.press(say("Tick all"))
    hand.press(say("Record hand-out"))
    hand.until(lambda: states(house) == [VoucherState.HANDED_OUT] * 2)
    hand.press(say("Scan desk"))
    on("scan")
    hand.write(codes(house)[0])
    hand.key(ENTER)
    hand.press(say("Record this envelope"))
    hand.until(lambda: VoucherState.REDEEMED in states(house))
    assert sorted(states(house)) == sorted([VoucherState.REDEEMED, VoucherState.HANDED_OUT])
    assert hand.clicks <= 20, "a first day took more clicks than before"
    assert hand.keys <= 40, "a first day took more keys than before"


def listed(house: House) -> list[vouchers.VoucherRow]:
    assert house.street is not None
    with house.street.database.reader() as reader:
        return list(vouchers.listed(reader, VoucherFilter(), DAY, "offer"))


def states(house: House) -> list[VoucherState]:
    return [one.state for one in listed(house)]


def codes(house: House) -> list[str]:
    return [one.code for one in listed(house)]
