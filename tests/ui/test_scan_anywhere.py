"""A scanner on any page opens what was scanned, and never harms what people type."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDateEdit,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from caringstreet.papers.voucher_sheets import qr_text
from caringstreet.queries import sheets
from caringstreet.rules.cards import household_card
from caringstreet.rules.codes import code_of, pretty
from tests.builders import a_household, a_shop, a_street, an_offer, handed_out
from tests.ui.desk import WindowDesk
from ui.pages.hand_out_page import HandOutPage
from ui.pages.scan_page import ScanPage
from ui.pages.specs import SPECS
from ui.scanning import camera
from ui.scanning.keyboard_wedge import KeyboardWedge
from ui.widgets.ask import AskDialog
from ui.widgets.day_line import DayLine, TimeLine
from ui.widgets.fields import ChoiceField
from ui.widgets.number_field import NumberField
from ui.widgets.pick_field import suggest
from ui.widgets.text_field import TextField

AT = datetime(2026, 11, 14, 8, 0, tzinfo=UTC)
CODE = "7KQ4-M2XT-K"
DAY = date(2026, 11, 14)
KEY = "0123456789abcdef" * 2


# The wedge itself ---------------------------------------------------------------------------------------------


class Typist(QWidget):
    """A form with every kind of field, and a wedge that takes nothing but CODE and long digits."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.fields: list[QWidget] = [
            QLineEdit("輝記"),
            QPlainTextEdit("註"),
            QSpinBox(),
            QDateEdit(),
            QComboBox(),
            QComboBox(),
            QPushButton("1"),
        ]
        self.fields[-1:-1] = [
            TextField("輝記"),
            NumberField(1, 9, 1),
            DayLine(DAY, DAY),
            TimeLine(time(14)),
            ChoiceField([(n, str(n)) for n in range(9)]),
        ]
        column = QVBoxLayout(self)
        for field in self.fields:
            column.addWidget(field)
        for place, combo in enumerate(one for one in self.fields if type(one) is QComboBox):
            combo.addItems(["x", "7", "1"])
            combo.setEditable(bool(place))
        self.scans: list[str] = []
        self.wedge = KeyboardWedge(lambda text: text == CODE or (len(text) > 20 and text.isdigit()))
        self.wedge.scanned.connect(self.scans.append)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self.wedge)
        self.time = 1000
        qtbot.addWidget(self, before_close_func=lambda _: application.removeEventFilter(self.wedge))
        self.show()
        qtbot.waitActive(self)

    def key(self, text: str, gap: int, key: Qt.Key = Qt.Key.Key_unknown, *, repeat: bool = False) -> bool:
        """One key to what has the focus, `gap` ms after the last; whether it was swallowed or taken."""
        self.time += gap
        focused = QApplication.focusWidget()
        assert focused is not None
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text, repeat)
        event.setTimestamp(self.time)
        return QApplication.sendEvent(focused, event)

    def type(self, text: str, gap: int) -> None:
        self.time += 500
        for char in text:
            self.key(char, gap)

    def end(self, gap: int, key: Qt.Key = Qt.Key.Key_Return) -> None:
        self.key("\r" if key is Qt.Key.Key_Return else "\t", gap, key)


def held(field: QWidget) -> object:
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QSpinBox | NumberField):
        return field.value()
    if isinstance(field, QDateEdit):
        return field.date()
    return field.currentText() if isinstance(field, QComboBox) else None


@pytest.fixture
def typist(qtbot: QtBot) -> Typist:
    return Typist(qtbot)


def test_a_key_for_a_widget_that_has_just_gone_does_no_harm(typist: Typist) -> None:
    """A list that opens where one of a closed form lay is known to Python by the one that has gone."""
    gone = QLineEdit()
    delete(gone)
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert not typist.wedge.eventFilter(gone, event)


@pytest.mark.parametrize("gap", [0, 1, 8, 30])
@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_a_burst_is_a_scan_and_leaves_every_kind_of_field_as_it_was(typist: Typist, gap: int, end: Qt.Key) -> None:
    for place, field in enumerate(typist.fields, 1):
        field.setFocus()
        before = held(field)
        typist.type(CODE, gap)
        typist.end(gap, end)
        assert typist.scans == [CODE] * place, field
        assert held(field) == before, field


def test_what_a_person_types_stays_however_it_ends(typist: Typist) -> None:
    field = typist.fields[0]
    field.setFocus()
    assert isinstance(field, QLineEdit)
    field.clear()
    typist.type(CODE, 70)
    typist.end(70)
    assert (field.text(), typist.scans) == (CODE, [])


def test_what_is_fast_but_not_ours_stays_with_the_key_that_ended_it(typist: Typist) -> None:
    field = typist.fields[0]
    field.setFocus()
    assert isinstance(field, QLineEdit)
    field.clear()
    pressed: list[int] = []
    field.returnPressed.connect(lambda: pressed.append(1))
    typist.type("4891234567890", 3)
    typist.end(3)
    assert (field.text(), pressed, typist.scans) == ("4891234567890", [1], [])


def test_a_key_held_down_is_no_scan(typist: Typist) -> None:
    field = typist.fields[0]
    field.setFocus()
    assert isinstance(field, QLineEdit)
    field.clear()
    for _ in range(30):
        typist.key("1", 30, repeat=True)
    typist.end(30)
    assert (field.text(), typist.scans) == ("1" * 30, [])


def press(key: Qt.Key, text: str = "") -> None:
    """A key as the keyboard sends it: to the window that has the keyboard, an open list before all."""
    popup = QApplication.activePopupWidget()
    window = (popup or QApplication.activeWindow()).window().windowHandle()
    assert window is not None
    QTest.keyPress(window, key)
    QTest.qWait(10)


def test_a_key_in_an_open_list_chooses_and_breaks_nothing(typist: Typist, qtbot: QtBot) -> None:
    field = next(one for one in typist.fields if isinstance(one, ChoiceField))
    for wanted, keys in ((1, (Qt.Key.Key_Down,)), (3, (Qt.Key.Key_3,)), (2, (Qt.Key.Key_Up,))):
        field.setFocus()
        field.showPopup()
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
        for key in (*keys, Qt.Key.Key_Return):
            press(key)
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
        assert field.value() == wanted


def test_a_key_in_a_suggestion_chooses_also_where_forms_have_come_and_gone(typist: Typist, qtbot: QtBot) -> None:
    for number in range(12):
        field = TextField()
        suggest(field, ["白米", "白飯", "麵包"] if number % 2 else ["rice", "ribs", "bread"])
        typist.layout().addWidget(field)
        field.show()
        field.setFocus()
        typist.time += 500
        typist.key("白" if number % 2 else "r", 500)
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Return)
        assert field.text() == ("白米" if number % 2 else "rice")
        assert typist.scans == []
        delete(field)


def scan_into_the_list(typist: Typist, text: str) -> None:
    """A scanner types while a list is open: its keys go to what the list has in front."""
    typist.time += 500
    for char in (*text, "\r"):
        popup = QApplication.activePopupWidget()
        target = QApplication.focusWidget() if popup is None else popup.focusWidget() or popup
        assert target is not None, char
        typist.time += 5
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char)), Qt.KeyboardModifier.NoModifier, char
        )
        event.setTimestamp(typist.time)
        QApplication.sendEvent(target, event)


def test_a_scan_while_a_list_is_open_is_recognised_and_chooses_nothing(typist: Typist, qtbot: QtBot) -> None:
    for field in (one for one in typist.fields if isinstance(one, QComboBox)):
        field.setFocus()
        before = field.currentIndex(), field.currentText()
        field.showPopup()
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
        scan_into_the_list(typist, CODE)
        assert typist.scans == [CODE]
        assert (field.currentIndex(), field.currentText()) == before
        assert QApplication.activePopupWidget() is None
        typist.scans.clear()


def test_a_scan_while_suggestions_are_open_leaves_the_field_as_it_was(typist: Typist, qtbot: QtBot) -> None:
    field = TextField()
    suggest(field, ["rice", "ribs"])
    typist.layout().addWidget(field)
    field.show()
    field.setFocus()
    typist.time += 500
    typist.key("r", 500)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    scan_into_the_list(typist, CODE)
    assert (typist.scans, field.text()) == ([CODE], "r")


def test_a_scan_into_a_field_with_a_limit_or_a_rule_is_recognised_whole(typist: Typist) -> None:
    short, digits = QLineEdit("ab"), QLineEdit("12")
    short.setMaxLength(4)
    digits.setValidator(QIntValidator(0, 99, digits))
    for field in (short, digits):
        typist.layout().addWidget(field)
        field.show()
        field.setFocus()
        before = field.text()
        typist.type(CODE, 5)
        typist.end(5)
        assert (typist.scans, field.text()) == ([CODE], before)
        typist.scans.clear()


def test_typing_before_the_burst_stays_and_a_selection_is_put_back(typist: Typist) -> None:
    field = typist.fields[0]
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.setCursorPosition(2)
    typist.type("菜檔", 200)
    field.setSelection(0, 2)
    typist.type(CODE, 2)
    typist.end(2)
    assert (field.text(), field.selectedText(), typist.scans) == ("輝記菜檔", "輝記", [CODE])


def test_a_scanner_that_ends_with_two_keys_or_with_none(typist: Typist, qtbot: QtBot) -> None:
    typist.fields[0].setFocus()
    typist.type(CODE, 2)
    typist.end(2)
    assert typist.key("\n", 2, Qt.Key.Key_Enter)
    typist.type("1" * 181, 1)
    qtbot.waitUntil(lambda: len(typist.scans) == 2)
    assert held(typist.fields[0]) == "輝記"


def test_a_space_in_a_burst_presses_no_button(typist: Typist) -> None:
    button = typist.fields[-1]
    assert isinstance(button, QPushButton)
    pressed: list[bool] = []
    button.clicked.connect(pressed.append)
    button.setFocus()
    typist.type("CSH H-0001", 2)
    for kind in (QEvent.Type.KeyRelease,):
        QApplication.sendEvent(button, QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " "))
    assert pressed == []


# In the window ------------------------------------------------------------------------------------------------


class Anywhere:
    """A street with a voucher in a neighbour's hands."""

    def __init__(self, folder: Path) -> None:
        street = a_street(folder, page_host="voucher.example.org")
        self.shop, self.other = a_shop(street, "S07"), a_shop(street, "S18")
        self.household = a_household(street, "H-0086")
        self.ids = handed_out(street, self.household, an_offer(street, self.shop), count=2)
        with street.database.reader() as reader:
            paper = sheets.sheets(reader, self.ids)[0].vouchers[0]
        self.text, self.voucher = qr_text(street, paper), paper.voucher_id
        self.code = pretty(code_of(paper.serial))
        street.close()
        self.time = 1000
        self.desk = WindowDesk(folder, AT)
        self.desk.sit_down(folder / "street.caringstreet")
        QTest.qWaitForWindowActive(self.desk.window)

    def scan(self, text: str) -> None:
        """As a USB scanner does: keys 5 ms apart to whatever has the focus, then Return."""
        self.time += 500
        for char in text:
            self._key(Qt.Key.Key_unknown, char)
        self._key(Qt.Key.Key_Return, "\r")

    def _key(self, key: Qt.Key, text: str) -> None:
        self.time += 5
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
        event.setTimestamp(self.time)
        QApplication.sendEvent(QApplication.focusWidget() or self.desk.window, event)

    def opened(self) -> tuple[str, object]:
        page = self.desk.window.page()
        return page.name, page.table.current_id() if hasattr(page, "table") else None


@pytest.fixture
def anywhere(qtbot: QtBot, tmp_path: Path) -> Iterator[Anywhere]:
    made = Anywhere(tmp_path)
    yield made
    made.desk.leave()


@pytest.mark.parametrize("page", [spec.name for spec in SPECS if spec.picture and spec.name not in ("scan", "hand_out")])
def test_on_every_page_a_scan_opens_what_was_scanned(anywhere: Anywhere, page: str) -> None:
    shop_card = f"https://voucher.example.org/v#PS18~1~{KEY}~x"
    for text, opened in (
        (anywhere.text, ("vouchers", anywhere.voucher)),
        (anywhere.text.split("#")[1], ("vouchers", anywhere.voucher)),
        (anywhere.code, ("vouchers", anywhere.voucher)),
        (shop_card, ("shops", anywhere.other)),
        (household_card("H-0086"), ("households", anywhere.household)),
        ("CSH H-0086", ("households", anywhere.household)),
    ):
        anywhere.desk.page(page)
        anywhere.scan(text)
        assert anywhere.opened() == opened, text[:40]


def test_a_scan_into_the_search_field_opens_it_and_a_pasted_one_is_found(anywhere: Anywhere) -> None:
    window = anywhere.desk.window
    anywhere.desk.page("today")
    window.search_focus()
    anywhere.scan(anywhere.text)
    assert anywhere.opened() == ("vouchers", anywhere.voucher)
    assert window.search.text() == ""
    for text, page in ((anywhere.text, "vouchers"), (household_card("H-0086"), "households"), (f"x#PS18~1~{KEY}~x", "shops")):
        (found,) = window._find(text)
        assert found.target.page == page


def test_a_card_of_nobody_and_a_forged_voucher_are_said_so(anywhere: Anywhere) -> None:
    window = anywhere.desk.window
    anywhere.desk.page("today")
    window.take_code(household_card("H-9999"))
    assert "H-9999" in window.status_text()
    assert window.page().name == "today"
    last = "1" if anywhere.text[-1] != "1" else "2"
    anywhere.scan(anywhere.text[:-1] + last)
    assert window.page().name == "vouchers"
    assert window.page().note.text()


def test_at_the_scan_desk_a_shops_card_chooses_the_shop_and_vouchers_go_into_the_envelope(anywhere: Anywhere) -> None:
    page = anywhere.desk.page("scan")
    assert isinstance(page, ScanPage)
    page.code.setFocus()
    anywhere.scan(f"https://voucher.example.org/v#PS07~1~{KEY}~x")
    assert page.shop.shop_id() == anywhere.shop
    page.code.setFocus()
    anywhere.scan(anywhere.text)
    assert page.tray.texts == [anywhere.text]
    anywhere.scan(f"https://voucher.example.org/v#PS18~1~{KEY}~x")
    assert page.shop.shop_id() == anywhere.shop
    assert page.note.text()
    anywhere.scan(household_card("H-0086"))
    assert anywhere.opened() == ("households", anywhere.household)
    assert page.tray.texts == [anywhere.text]


def test_at_the_hand_out_a_household_card_that_has_nothing_to_take_opens_the_household(anywhere: Anywhere) -> None:
    page = anywhere.desk.page("hand_out")
    assert isinstance(page, HandOutPage)
    anywhere.scan(household_card("H-0086"))
    assert anywhere.opened() == ("households", anywhere.household)


def test_the_camera_opens_the_first_thing_of_ours_that_it_sees(anywhere: Anywhere, monkeypatch: pytest.MonkeyPatch) -> None:
    window = anywhere.desk.window

    class Seeing(QDialog):
        seen = Signal(str)

        def __init__(self, parent: QWidget, words: object) -> None:
            super().__init__(parent)
            QTimer.singleShot(0, self._look)

        def _look(self) -> None:
            for text in ("https://example.org/menu", household_card("H-0086"), anywhere.text):
                self.seen.emit(text)

    anywhere.desk.page("today")
    monkeypatch.setattr(camera, "is_there", lambda: False)
    window.scans.use_camera()
    assert window.status_text()
    monkeypatch.setattr(camera, "is_there", lambda: True)
    monkeypatch.setattr(camera, "CameraDialog", Seeing)
    window.scans.use_camera()
    assert anywhere.opened() == ("households", anywhere.household)


def test_a_scan_while_a_question_is_open_changes_no_page(anywhere: Anywhere) -> None:
    window = anywhere.desk.window
    anywhere.desk.page("today")
    texts: list[str] = []

    def scan_there() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, AskDialog)
        dialog.text.setFocus()
        dialog.text.insertPlainText("遺失")
        anywhere.scan(anywhere.text)
        texts.append(dialog.given())
        dialog.reject()

    QTimer.singleShot(50, scan_there)
    AskDialog(window, window.context.words, "?", "好", reason=True).exec()
    assert window.page().name == "today"
    assert texts == ["遺失"]
    assert window.status_text()
