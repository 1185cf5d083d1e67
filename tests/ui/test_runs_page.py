"""Bread runs in the window: announced by message, typed by keyboard, refused with the figures, taken back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caringstreet.queries import runs as run_queries
from caringstreet.rules.runs import RunState, stop_mark
from caringstreet.services import runs
from caringstreet.services.runs import RunForm, StopForm
from tests.builders import BY, a_shop, a_street
from tests.ui.desk import WindowDesk, in_dialog
from ui.context import Target
from ui.dialogs.paper_dialog import PaperDialog
from ui.pages.runs_page import RunsPage

EVENING = datetime(2026, 11, 5, 13, 40, tzinfo=UTC)
DAY = date(2026, 11, 5)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDesk]:
    """Tonight's run passes S04, then S05."""
    street = a_street(tmp_path, at=EVENING, goods=True)
    shops = [a_shop(street, code) for code in ("S04", "S05")]
    with street.database.transaction() as tx:
        runs.plan(tx, form=RunForm(DAY, tuple(StopForm(shop_id=one) for one in shops)), at=EVENING, by=BY)
    street.close()
    found = WindowDesk(tmp_path, EVENING, "en")
    found.sit_down(tmp_path / "street.caringstreet")
    yield found
    found.leave()


def the_page(desk: WindowDesk) -> RunsPage:
    page = desk.page("runs")
    assert isinstance(page, RunsPage)
    QApplication.processEvents()
    return page


def the_run(desk: WindowDesk) -> run_queries.RunRow:
    with desk.street.database.reader() as reader:
        found = run_queries.row(reader, 1)
    assert found is not None
    return found


def type_run(page: RunsPage, qtbot: QtBot, *lines: tuple[str, str, str, str]) -> None:
    """Figures as a volunteer types them: Return goes on, from what was collected to what was thrown away."""
    for line, texts in zip(page.stops.lines, lines, strict=True):
        line.figures["collected"].setFocus()
        for text in texts:
            field = page.window().focusWidget()
            assert field in line.figures.values()
            qtbot.keyClicks(field, text)
            qtbot.keyClick(field, Qt.Key.Key_Return)


def test_estimates_are_pasted_as_shops_write_them(desk: WindowDesk, qtbot: QtBot) -> None:
    page = the_page(desk)
    page.announce_field.setText("順興：包 S05 30  金華: 包 S04 18個 包 S99 5")
    qtbot.keyClick(page.announce_field, Qt.Key.Key_Return)
    assert the_run(desk).estimate == 48_000
    assert "S99" in page.note.text()
    assert [line.estimate.text() for line in page.stops.lines] == ["18", "30"]
    QApplication.processEvents()
    said = " ".join(one.text() for one in page.findChildren(type(page.sums)) if one.isVisibleTo(page))
    assert "48 pieces" in said and "4 volunteers" in said


def test_a_run_is_typed_by_keyboard_and_one_bun_too_many_is_refused(desk: WindowDesk, qtbot: QtBot) -> None:
    page = the_page(desk)
    type_run(page, qtbot, ("17", "17", "", ""), ("27", "21", "4", "3"))
    assert page.sums.text() == "Given out and thrown away 45 > collected 44"
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.record()
    assert "45 > collected 44" in page.note.text()
    assert the_run(desk).state is RunState.PLANNED
    page.stops.lines[1].figures["households"].setText("20")
    assert page.sums.text() == "Collected 44 = given out 41 + thrown away 3 + left 0"
    page.record()
    done = the_run(desk)
    assert (done.state, done.collected, done.handed_out, done.disposed) == (RunState.DONE, 44_000, 41_000, 3_000)
    assert not page.stops.isVisibleTo(page) and page.outcome.isVisibleTo(page)


def test_undo_of_a_recorded_run_brings_it_back_to_be_typed(desk: WindowDesk, qtbot: QtBot) -> None:
    page = the_page(desk)
    type_run(page, qtbot, ("17", "17", "", ""), ("27", "20", "4", "3"))
    page.record()
    with desk.answering("wrong figures"):
        desk.press("Undo and type again")
    assert (the_run(desk).state, the_run(desk).collected) == (RunState.PLANNED, 0)
    assert page.stops.isVisibleTo(page)
    assert [one.text() for one in page.stops.lines[1].figures.values()] == ["27", "20", "4", "3"]
    page.record()
    desk.window._undo()
    assert [one.text() for one in page.stops.lines[0].figures.values()] == ["17", "17", "", ""]
    assert desk.window.status_text() == "Undone: mend the figures and record the run again"


def test_estimates_are_taken_without_their_word_where_nothing_else_is_asked_for(desk: WindowDesk) -> None:
    page = the_page(desk)
    page.announce_field.setText("S04 18, s05：30")
    page.announce_field.returnPressed.emit()
    assert [line.estimate.text() for line in page.stops.lines] == ["18", "30"]
    assert desk.window.status_text() == "The estimates of 2 shops are noted"


def test_a_stop_taken_off_comes_back_with_undo(desk: WindowDesk) -> None:
    page = the_page(desk)
    desk.press("Remove S05 Shop S05 from the run")
    assert [line.stop.shop for line in page.stops.lines] == ["S04"]
    desk.window._undo()
    assert [line.stop.shop for line in page.stops.lines] == ["S04", "S05"]


def test_half_typed_figures_are_there_again_after_a_look_elsewhere(desk: WindowDesk, qtbot: QtBot) -> None:
    page = the_page(desk)
    type_run(page, qtbot, ("17", "", "", ""), ("27", "", "", ""))
    desk.page("shops")
    page = the_page(desk)
    assert [line.figures["collected"].text() for line in page.stops.lines] == ["17", "27"]


def test_stops_change_their_order_and_a_scanned_stop_begins_its_line(desk: WindowDesk, qtbot: QtBot) -> None:
    page = the_page(desk)
    desk.press("Move S05 Shop S05 up")
    assert [line.stop.shop for line in page.stops.lines] == ["S05", "S04"]
    QApplication.processEvents()
    assert page.take_code(stop_mark(1, 2))
    assert desk.window.focusWidget() is page.stops.lines[1].figures["collected"]
    assert not page.take_code("7KQ4-M2XT-J")


def test_a_stop_scanned_on_another_page_opens_its_run(desk: WindowDesk) -> None:
    desk.page("today")
    desk.window.take_code(stop_mark(1, 2))
    QApplication.processEvents()
    page = desk.window.page()
    assert isinstance(page, RunsPage)
    assert desk.window.focusWidget() is page.stops.lines[1].figures["collected"]
    desk.page("today")
    desk.window.take_code(stop_mark(9, 1))
    assert desk.window.page().name == "today"


def test_what_is_no_number_is_said_and_nothing_is_recorded(desk: WindowDesk, qtbot: QtBot) -> None:
    page = the_page(desk)
    type_run(page, qtbot, ("17", "x", "", ""), ("27", "", "", ""))
    page.record()
    assert "quantity" in page.note.text()
    assert the_run(desk).state is RunState.PLANNED


def test_the_run_sheet_is_seen_and_saved(desk: WindowDesk, tmp_path: Path) -> None:
    page = the_page(desk)
    in_dialog(PaperDialog, lambda dialog: dialog.save_to(tmp_path / "sheet.pdf"))
    page.print_()
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_a_month_without_runs_teaches(desk: WindowDesk) -> None:
    page = the_page(desk)
    desk.window.show_page(Target("runs"))
    with desk.answering("no bread tonight"):
        desk.press("Cancel the run")
    assert the_run(desk).state is RunState.CANCELLED
    assert page.outcome.isVisibleTo(page)


def test_a_recorded_run_leaves_no_draft(desk: WindowDesk, qtbot: QtBot) -> None:
    page = the_page(desk)
    page.stops.lines[0].figures["collected"].setText("10")
    desk.window.context.drafts.flush()
    assert desk.window.context.drafts.get(f"runs/{the_run(desk).run_id}") is not None
    page.record_button.click()
    assert desk.window.context.drafts.get(f"runs/{the_run(desk).run_id}") is None
    desk.page("today")
    assert desk.window.draft_bar.text() == ""
