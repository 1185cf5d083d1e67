"""One family of inputs: what is typed replaces what stood there, stays as it is, and is never quietly another value."""

from datetime import date, time

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from caringstreet.words import words_for
from ui import theme
from ui.widgets.day_line import DayLine, TimeLine
from ui.widgets.fields import ChoiceField, DayField, MoneyField, SearchField, TimeField
from ui.widgets.form import Form
from ui.widgets.inputs import kept_in, put_back_in
from ui.widgets.number_field import NumberField
from ui.widgets.pick_field import PickField
from ui.widgets.quantity_field import QuantityField
from ui.widgets.text_field import NoteField, TextField

TODAY = date(2026, 11, 21)


class Desk(QWidget):
    """A form of all kinds in a page that scrolls."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.words = words_for("en")
        self.form = Form()
        self.text, self.number, self.money = TextField("1"), NumberField(1, 9, 1), MoneyField(100)
        self.day, self.until = DayField(TODAY, today=TODAY), DayField(None, optional=True, today=TODAY)
        self.hour, self.choice = TimeField(time(14, 0)), ChoiceField([(n, f"name {n}") for n in range(9)])
        self.quantity, self.note = QuantityField(1000), NoteField("1")
        for key in ("text", "number", "money", "day", "until", "hour", "choice", "quantity", "note"):
            self.form.add(key, key, getattr(self, key))
        area = QScrollArea()
        area.setWidgetResizable(True)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.addWidget(self.form)
        tall = QWidget()
        tall.setMinimumHeight(900)
        column.addWidget(tall)
        area.setWidget(holder)
        QVBoxLayout(self).addWidget(area)
        self.area = area
        self.resize(500, 700)
        qtbot.addWidget(self)
        self.show()
        qtbot.waitActive(self)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def click(field: QWidget) -> None:
    """A click of the mouse into the text of a field."""
    line = field.findChild(TextField) if not isinstance(field, TextField) else field
    assert isinstance(line, TextField)
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(6, line.height() // 2))


def typed(text: str) -> None:
    for char in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(QApplication.focusWidget(), QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, char))


def leave(desk: Desk) -> None:
    desk.note.setFocus()


@pytest.mark.parametrize("name", ["text", "number", "money", "quantity"])
@pytest.mark.parametrize("way", ["click", "tab"])
def test_reached_by_click_or_tab_a_three_replaces_the_one(desk: Desk, name: str, way: str) -> None:
    field = getattr(desk, name)
    desk.note.setFocus()
    if way == "click":
        click(field)
    else:
        field.setFocus(Qt.FocusReason.TabFocusReason)
    typed("3")
    assert desk_text(field) == "3"


def desk_text(field: QWidget) -> str:
    line = field if isinstance(field, TextField) else field.findChild(TextField)
    assert isinstance(line, TextField)
    return line.text()


def test_a_second_click_puts_the_cursor_where_it_is(desk: Desk) -> None:
    desk.text.setText("abcdef")
    click(desk.text)
    assert desk.text.selectedText() == "abcdef"
    click(desk.text)
    assert desk.text.selectedText() == ""


@pytest.mark.parametrize("name", ["text", "number", "money", "day", "hour", "choice", "quantity", "note"])
def test_the_wheel_scrolls_the_page_and_changes_nothing(desk: Desk, name: str) -> None:
    field = getattr(desk, name)
    field.setFocus()
    before, place = kept_in(desk.form), desk.area.verticalScrollBar().value()
    at = field.mapTo(desk, field.rect().center())
    for _ in range(3):
        QTest.wheelEvent(desk.windowHandle(), QPointF(at), QPoint(0, -120))
    assert kept_in(desk.form) == before
    assert desk.area.verticalScrollBar().value() > place


@pytest.mark.parametrize("text", ["5/10", "05102026", "10月5日", "2026-10-5", "5 Oct"])
def test_a_typed_day_is_the_one_that_was_meant_and_stays_in_its_field(desk: Desk, text: str) -> None:
    click(desk.day)
    typed(text)
    assert desk.day.day() == date(2026, 10, 5)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert desk_text(desk.day) == "05/10/2026"
    assert kept_in(desk.form)["until"] == [False, "21/11/2026"]


def test_what_is_no_day_stays_and_is_said_beside_the_field(desk: Desk) -> None:
    click(desk.day)
    typed("31/2")
    leave(desk)
    assert desk_text(desk.day) == "31/2"
    assert desk.day.day() is None
    assert "31/2" in desk.form.refusal("day")
    assert desk.form.refuse_unreadable()
    typed("28/2")
    leave(desk)
    assert desk.form.refusal("day") == ""
    assert not desk.form.refuse_unreadable()


def test_arrow_keys_go_a_day_on_and_the_frame_does_not(desk: Desk) -> None:
    line = desk.day.findChild(DayLine)
    assert line is not None
    for place in (QPoint(1, 1), QPoint(line.width() - 2, line.height() - 2), QPoint(line.width() // 2, 1)):
        QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=place)
    assert desk.day.day() == TODAY
    QTest.keyClick(line, Qt.Key.Key_Up)
    assert desk.day.day() == date(2026, 11, 22)


def test_the_calendar_opens_by_key_and_escape_closes_only_it(desk: Desk, qtbot: QtBot) -> None:
    line = desk.day.findChild(DayLine)
    assert line is not None
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    QTest.keyClick(popup.focusWidget() or popup, Qt.Key.Key_Right)
    QTest.keyClick(popup.focusWidget() or popup, Qt.Key.Key_Return)
    assert QApplication.activePopupWidget() is None
    assert desk.day.day() == date(2026, 11, 22)
    QTest.keyClick(line, Qt.Key.Key_F4)
    popup = QApplication.activePopupWidget()
    QTest.keyClick(popup.focusWidget() or popup, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert desk.day.day() == date(2026, 11, 22)


@pytest.mark.parametrize("text", ["99999", "0", "-1", "x", "", "9.5"])
def test_a_number_beyond_its_limits_stays_and_the_limits_are_said(desk: Desk, text: str) -> None:
    click(desk.number)
    if text:
        typed(text)
    else:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    leave(desk)
    assert desk_text(desk.number) == text
    assert desk.form.refusal("number") == "Write a whole number from 1 to 9."
    assert desk.form.refuse_unreadable()


def test_arrows_keep_a_number_within_its_limits(desk: Desk) -> None:
    desk.number.setFocus()
    for _ in range(12):
        QTest.keyClick(desk.number, Qt.Key.Key_Up)
    assert desk.number.value() == 9


def test_an_empty_number_that_may_be_none_is_none(qtbot: QtBot) -> None:
    field = NumberField(0, 9999, 5, none="no limit", unit=" g")
    qtbot.addWidget(field)
    assert desk_text(field) == "5 g"
    field.setValue(0)
    assert desk_text(field) == ""
    assert field.trouble(words_for("en")) == ""
    assert field.value() == 0


def test_an_amount_has_a_ceiling(desk: Desk) -> None:
    click(desk.money)
    typed("99999999999")
    leave(desk)
    assert desk.money.text() == "99999999999"
    assert desk.form.refusal("money") == "An amount can be at most HK$10,000,000."


def test_pasted_line_breaks_become_spaces(desk: Desk) -> None:
    QGuiApplication.clipboard().setText("陳婆婆\r\n筲箕灣\n道")
    click(desk.text)
    desk.text.paste()
    assert desk.text.text() == "陳婆婆 筲箕灣 道"


@pytest.mark.parametrize(("text", "meant"), [("9", time(9)), ("1415", time(14, 15)), ("下午2:15", time(14, 15))])
def test_an_hour_is_read_as_people_write_it(desk: Desk, text: str, meant: time) -> None:
    line = desk.hour.findChild(TimeLine)
    assert line is not None
    click(line)
    typed(text)
    leave(desk)
    assert desk.hour.time() == meant
    assert line.text() == f"{meant:%H:%M}"


def test_all_kinds_have_one_height(qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    before = application.styleSheet()
    theme.apply(application, "light")
    try:
        desk = Desk(qtbot)
        heights = {
            type(one).__name__: one.height()
            for one in (desk.text, desk.number, desk.money, desk.choice, desk.day, desk.hour, desk.quantity)
        }
        assert len(set(heights.values())) == 1, heights
    finally:
        application.setStyleSheet(before)


@pytest.mark.parametrize("arrows", [True, False])
def test_a_number_can_be_read_in_a_narrow_field(qtbot: QtBot, *, arrows: bool) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    before = application.styleSheet()
    theme.apply(application, "light")
    try:
        field = NumberField(0, 30, 12, arrows=arrows)
        field.setFixedWidth(64)
        qtbot.addWidget(field)
        field.show()
        line = field.lineEdit()
        assert line.width() > line.fontMetrics().horizontalAdvance("12")
    finally:
        application.setStyleSheet(before)


def test_a_draft_gives_back_what_was_typed_also_what_cannot_be_read(qtbot: QtBot) -> None:
    first, second = Desk(qtbot), Desk(qtbot)
    first.text.setText("陳")
    first.number.findChild(TextField).setText("99999")  # type: ignore[union-attr]
    first.money.setText("x")
    first.until.set_day(date(2026, 12, 1))
    first.choice.choose(4)
    first.note.setPlainText("一\n二")
    put_back_in(second.form, kept_in(first.form))
    assert kept_in(second.form) == kept_in(first.form)
    assert (second.choice.value(), second.until.day()) == (4, date(2026, 12, 1))


def test_searches_are_no_draft(qtbot: QtBot) -> None:
    place = QWidget()
    column = QVBoxLayout(place)
    column.addWidget(SearchField("x"))
    column.addWidget(PickField(lambda _: [(1, "one")]))
    qtbot.addWidget(place)
    assert list(kept_in(place)) == ["PickField1"]


def test_a_character_that_no_paper_shows_is_told_beside_the_field_while_one_types(qtbot: QtBot) -> None:
    form, field = Form(), TextField()
    qtbot.addWidget(form)
    form.add("name", "名稱", field)
    form.show()

    def told() -> str:
        return "".join(one.text() for one in form.findChildren(QLabel) if one.isVisible() and "〓" in one.text())

    field.setText("㓥魚𨋢陳婆婆")
    assert told() == ""
    field.setText("陳🙂婆")
    assert "🙂" in told()
    field.setText("陳婆")
    assert told() == ""
