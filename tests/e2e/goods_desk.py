"""The real window on a street that switches goods on, in both languages, as the stories of goods sit down at it."""

from datetime import date, datetime
from pathlib import Path

import pypdfium2 as pdfium
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from caringstreet.bootstrap import found_street
from caringstreet.clock import FixedClock, to_utc
from caringstreet.queries import goods
from caringstreet.queries.goods import LotDetail
from caringstreet.services.street import StreetSettings
from tests.e2e.test_month_in_the_window import take_in
from tests.ui.desk import WindowDesk
from ui.pages.settings_page import SettingsPage

CTRL = Qt.KeyboardModifier.ControlModifier


class GoodsDesk(WindowDesk):
    """A street without goods at first; they are switched on as a supervisor does it, and the shops of the samples come in."""

    def __init__(self, folder: Path, language: str, shops: Path) -> None:
        super().__init__(folder, local(1, 10), language)
        self.data = folder / "street.caringstreet"
        settings = StreetSettings("愛心街", "鄰舍隊", "25550100", streets=("金華街", "東大街"))
        found_street(self.data, settings, by="林姑娘", clock=FixedClock(local(1, 10))).close()
        self.sit_down(self.data)
        assert "goods" not in self.window.side.entries
        page = self.page("settings")
        assert isinstance(page, SettingsPage)
        page.goods.click()
        self.press(self.say("Save"))
        assert "goods" in self.window.side.entries
        take_in(self, "shops", shops)
        self.come_back()

    def come_back(self) -> None:
        """Give the window the keyboard again; without a window manager a closed dialog keeps it."""
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window)

    def say(self, text: str, **facts: object) -> str:
        return self.window.context.words.say(text, **facts)

    def lot(self, day: date, lot_id: int = 1) -> LotDetail:
        with self.street.database.reader() as reader:
            return goods.detail(reader, lot_id, day)


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November in Hong Kong."""
    return to_utc(datetime(2026, 11, day, hour, minute))


def texts(place: QWidget) -> list[str]:
    """The words in view, in the order in which they were written; a figure may be a button that opens what is behind it."""
    QApplication.processEvents()
    said = [one for one in place.findChildren(QWidget) if isinstance(one, QLabel | QAbstractButton)]
    return [one.text() for one in said if one.isVisibleTo(place)]


def in_language(desk: GoodsDesk, zh: str, en: str) -> str:
    return zh if desk.window.context.words.language == "zh_HK" else en


def pages_of(pdf: Path) -> str:
    """The text of a PDF on one line."""
    document = pdfium.PdfDocument(pdf)
    said = " ".join(document[number].get_textpage().get_text_bounded() for number in range(len(document)))
    document.close()
    return " ".join(said.split())
