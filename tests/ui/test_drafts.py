"""What was typed survives Escape, another page, another language, closing and a new start; one bar offers it back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from caringstreet.bootstrap import found_street, open_street
from caringstreet.clock import FixedClock
from caringstreet.model.audit import AuditEntry
from caringstreet.model.drafts import Draft
from caringstreet.model.shops import Shop
from caringstreet.services import stock_takes
from caringstreet.services.street import StreetSettings
from tests.ui.desk import WindowDesk, in_dialog
from ui.context import Target
from ui.dialogs.hand_out_dialog import HandOutDialog, ask_hand_out
from ui.pages.household_form import HouseholdFormPage
from ui.pages.settings_page import SettingsPage
from ui.pages.shop_form import ShopFormPage
from ui.widgets.ask import AskDialog, ask_reason
from ui.widgets.form import Form

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "street.caringstreet"
    found_street(path, StreetSettings("街", "隊", goods=True, streets=("東大街",)), by="x", clock=FixedClock(NOW)).close()
    return path


def sitting(data: Path, folder: Path, language: str = "zh_HK") -> WindowDesk:
    desk = WindowDesk(folder, NOW, language)
    desk.sit_down(data)
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)
    return desk


def shop_form(desk: WindowDesk) -> ShopFormPage:
    page = desk.page("shop_form", None, "new")
    assert isinstance(page, ShopFormPage)
    return page


def drafts_of(data: Path) -> list[tuple[str, str]]:
    """Place and title as they stand in the file."""
    street = open_street(data, FixedClock(NOW))
    with street.database.reader() as reader:
        found = [(place, title) for place, title in reader.execute(select(Draft.place, Draft.title))]
    street.close()
    return found


def test_escape_leaves_a_changed_form_with_a_way_back(qtbot: QtBot, tmp_path: Path, data: Path) -> None:
    desk = sitting(data, tmp_path)
    page = shop_form(desk)
    page.name_zh.setText("輝記")
    page.contacts.lines[0][1].setText("2555 01")
    page.comment.setPlainText("一\n二")
    QTest.keyClick(page.name_zh, Qt.Key.Key_Escape)
    assert desk.window.page().name == "shops"
    assert "新增商戶" in desk.window.draft_bar.text()
    assert "14:30" in desk.window.draft_bar.text()
    desk.window.draft_bar.back_button.click()
    page = desk.window.page()  # type: ignore[assignment]
    assert (page.name_zh.text(), page.contacts.lines[0][1].text(), page.comment.toPlainText()) == ("輝記", "2555 01", "一\n二")
    assert desk.window.draft_bar.text() == ""
    desk.leave()


def test_an_unchanged_form_leaves_nothing(qtbot: QtBot, tmp_path: Path, data: Path) -> None:
    desk = sitting(data, tmp_path)
    page = shop_form(desk)
    QTest.keyClick(page.name_zh, Qt.Key.Key_Escape)
    assert desk.window.draft_bar.text() == ""
    desk.leave()
    assert drafts_of(data) == []


def test_what_was_typed_is_written_a_moment_after_the_typing_pauses(qtbot: QtBot, tmp_path: Path, data: Path) -> None:
    desk = sitting(data, tmp_path)
    page = shop_form(desk)
    QTest.keyClicks(page.name_zh, "Fai Kee")
    qtbot.waitUntil(lambda: drafts_now(desk) == ["shop_form/new/None"], timeout=4000)
    page.name_zh.clear()
    qtbot.waitUntil(lambda: drafts_now(desk) == [], timeout=4000)
    desk.leave()


def drafts_now(desk: WindowDesk) -> list[str]:
    with desk.street.database.reader() as reader:
        return list(reader.execute(select(Draft.place)).scalars())


def test_closing_asks_nothing_and_a_new_start_offers_it_back(qtbot: QtBot, tmp_path: Path, data: Path) -> None:
    desk = sitting(data, tmp_path)
    page = desk.page("household_form", None, "new")
    assert isinstance(page, HouseholdFormPage)
    page.display_name.setText("陳婆婆")
    page.members.lines[0][0].setText("陳大文")
    page.members.add_button.click()
    page.members.lines[1][1].setText("19x")
    page.size_field.put_back("99999")
    desk.leave()
    assert drafts_of(data) == [("household_form/new/None", "新增住戶")]
    assert "陳" not in (tmp_path / "window.ini").read_text(encoding="utf-8")
    desk = sitting(data, tmp_path, "en")
    assert "新增住戶" in desk.window.draft_bar.text()
    desk.window.draft_bar.back_button.click()
    page = desk.window.page()  # type: ignore[assignment]
    assert isinstance(page, HouseholdFormPage)
    assert page.display_name.text() == "陳婆婆"
    assert [line[0].text() for line in page.members.lines] == ["陳大文", ""]
    assert page.members.lines[1][1].text() == "19x"
    assert page.size_field.kept() == "99999"
    page.save_button.click()
    assert "from 1 to 60" in page.form.refusal("size") or "to" in page.form.refusal("size")
    desk.leave()
    assert len(drafts_of(data)) == 1


def test_a_new_form_does_not_write_over_an_older_draft(qtbot: QtBot, tmp_path: Path, data: Path) -> None:
    desk = sitting(data, tmp_path)
    shop_form(desk).name_zh.setText("輝記")
    desk.page("today")
    page = shop_form(desk)
    assert page.name_zh.text() == ""
    page.name_zh.setText("大德")
    desk.window.draft_bar.back_button.click()
    page = desk.window.page()  # type: ignore[assignment]
    assert page.name_zh.text() == "輝記"
    assert "新增商戶" in desk.window.draft_bar.text()
    desk.leave()
    assert len(drafts_of(data)) == 2


def test_another_language_keeps_what_is_being_typed(qtbot: QtBot, tmp_path: Path, data: Path) -> None:
    desk = sitting(data, tmp_path)
    shop_form(desk).name_zh.setText("輝記")
    desk.window.side.language_button.click()
    qtbot.waitUntil(lambda: desk.window.context.words.language == "en")
    QApplication.processEvents()
    page = desk.window.page()
    assert isinstance(page, ShopFormPage)
    assert page.name_zh.text() == "輝記"
    assert desk.window.draft_bar.text() == ""
    desk.leave()


def test_a_saved_form_leaves_no_draft_and_is_saved_once(qtbot: QtBot, tmp_path: Path, data: Path) -> None:
    desk = sitting(data, tmp_path)
    page = shop_form(desk)
    page.name_zh.setText("輝記")
    desk.window.context.drafts.flush()
    assert drafts_now(desk) == ["shop_form/new/None"]
    for _ in range(2):
        QTest.keyClick(page.name_zh, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert drafts_now(desk) == []
    with desk.street.database.reader() as reader:
        assert reader.execute(select(func.count()).select_from(Shop)).scalar() == 1
    desk.leave()


def test_with_the_real_thread_a_double_press_saves_once(qtbot: QtBot, tmp_path: Path, data: Path) -> None:
    desk = sitting(data, tmp_path)
    desk.runner._inline = False
    page = shop_form(desk)
    page.name_zh.setText("輝記")
    page.save_button.click()
    page.save_button.click()
    qtbot.waitUntil(lambda: desk.window.page().name == "shops")
    desk.runner.finish()
    QApplication.processEvents()
    with desk.street.database.reader() as reader:
        assert reader.execute(select(func.count()).select_from(Shop)).scalar() == 1
    desk.runner._inline = True
    desk.leave()


def test_discarding_can_be_taken_back_and_is_no_entry_of_the_book(qtbot: QtBot, tmp_path: Path, data: Path) -> None:
    desk = sitting(data, tmp_path)
    with desk.street.database.reader() as reader:
        before = reader.execute(select(func.count()).select_from(AuditEntry)).scalar()
    shop_form(desk).name_zh.setText("輝記")
    desk.window.show_page(Target("today"))
    desk.window.draft_bar.discard_button.click()
    assert drafts_now(desk) == []
    assert desk.window.draft_bar.text() == ""
    desk.window.bottom.take_back()
    assert drafts_now(desk) == ["shop_form/new/None"]
    with desk.street.database.reader() as reader:
        assert reader.execute(select(func.count()).select_from(AuditEntry)).scalar() == before
    desk.leave()


def test_escape_closes_an_open_list_before_the_form(qtbot: QtBot, tmp_path: Path, data: Path) -> None:
    desk = sitting(data, tmp_path)
    page = shop_form(desk)
    page.settlement.setFocus()
    page.settlement.showPopup()
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    QTest.keyClick(popup.focusWidget() or popup, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert desk.window.page() is page
    desk.leave()


def test_a_reason_that_was_begun_stands_there_again_when_the_same_is_asked(qtbot: QtBot, tmp_path: Path, data: Path) -> None:
    desk = sitting(data, tmp_path)
    page = desk.page("today")
    seen = in_dialog(AskDialog, lambda dialog: (dialog.text.setPlainText("因為"), dialog.reject()))
    assert ask_reason(page, page.words, "作廢這張券？", "作廢") is None
    assert seen
    assert "作廢這張券？" in desk.window.draft_bar.text()
    found: list[str] = []
    in_dialog(
        AskDialog,
        lambda dialog: (
            found.append(dialog.text.toPlainText()),
            desk.press("從頭開始", dialog),
            found.append(dialog.text.toPlainText()),
            dialog.text.setPlainText("重複"),
            dialog.yes.click(),
        ),
    )
    assert ask_reason(page, page.words, "作廢這張券？", "作廢") == "重複"
    assert found == ["因為", ""]
    assert drafts_now(desk) == []
    desk.leave()


def test_a_dialog_does_not_close_over_a_day_that_cannot_be_read(qtbot: QtBot, tmp_path: Path, data: Path) -> None:
    desk = sitting(data, tmp_path)
    page = desk.page("today")
    said: list[str] = []

    def answer(dialog: HandOutDialog) -> None:
        dialog.day.put_back([True, "31/2"])
        dialog.accept()
        assert dialog.isVisible()
        form = dialog.findChild(Form)
        assert form is not None
        said.append(form.refusal("day"))

    in_dialog(HandOutDialog, answer)
    assert ask_hand_out(page, page.words, 1, NOW.date()) is None
    assert "31/2" in said[0]
    desk.leave()


def test_settings_that_were_typed_and_left_are_offered(qtbot: QtBot, tmp_path: Path, data: Path) -> None:
    desk = sitting(data, tmp_path)
    page = desk.page("settings")
    assert isinstance(page, SettingsPage)
    page.team.setText("新隊")
    desk.page("today")
    assert "設定" in desk.window.draft_bar.text()
    desk.window.draft_bar.back_button.click()
    assert page.team.text() == "新隊"
    page._save()
    assert desk.street.settings.team == "新隊"
    assert drafts_now(desk) == []
    desk.leave()


def test_an_unreadable_day_stops_every_action_of_its_page(qtbot: QtBot, tmp_path: Path, data: Path) -> None:
    desk = sitting(data, tmp_path)
    page = desk.page("stock_take")
    day = page.day  # type: ignore[attr-defined]
    day.put_back([True, "31/2"])
    page.do(stock_takes.count, day=NOW.date(), counts=(), place="")
    assert "31/2" in page.note.text()
    desk.leave()
