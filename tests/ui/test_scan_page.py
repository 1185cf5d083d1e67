"""The scan desk by keyboard alone; nothing is posted before Record, nothing is lost."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from caringstreet.bootstrap import open_street
from caringstreet.clock import FixedClock
from caringstreet.queries import evidence
from caringstreet.queries.vouchers import VoucherFilter, listed
from caringstreet.rules.codes import pretty
from caringstreet.rules.vouchers import VoucherState
from tests.builders import a_household, a_shop, a_street, an_offer, handed_out, issued
from tests.ui.desk import WindowDesk
from ui.pages.scan_page import ScanPage

NOW = datetime(2026, 11, 14, 7, 0, tzinfo=UTC)


class Envelope:
    """A street with three vouchers of S07 out, one made but not handed out, one of S18."""

    def __init__(self, folder: Path) -> None:
        street = a_street(folder)
        own, other = a_shop(street, "S07"), a_shop(street, "S18")
        home = a_household(street, size=5)
        offer, foreign = an_offer(street, own), an_offer(street, other)
        good = handed_out(street, home, offer, count=3)
        forgotten = issued(street, home, offer)
        misplaced = handed_out(street, home, foreign)
        with street.database.reader() as reader:
            rows = {row.voucher_id: pretty(row.code) for row in listed(reader, VoucherFilter(), date(2026, 11, 14))}
        self.good = [rows[one] for one in good]
        self.forgotten, self.misplaced = rows[forgotten[0]], rows[misplaced[0]]
        self.path = street.path
        street.close()

    def states(self) -> dict[str, VoucherState]:
        street = open_street(self.path, FixedClock(NOW))
        with street.database.reader() as reader:
            found = {pretty(row.code): row.state for row in listed(reader, VoucherFilter(), date(2026, 11, 14))}
        street.close()
        return found


@pytest.fixture
def envelope(tmp_path: Path) -> Envelope:
    return Envelope(tmp_path)


def sit(qtbot: QtBot, envelope: Envelope, folder: Path, language: str = "zh_HK") -> tuple[WindowDesk, ScanPage]:
    desk = WindowDesk(folder, NOW, language)
    desk.sit_down(envelope.path)
    page = desk.page("scan")
    assert isinstance(page, ScanPage)
    return desk, page


def typed(field: object, text: str) -> None:
    QTest.keyClicks(field, text)  # type: ignore[call-overload]
    QTest.keyClick(field, Qt.Key.Key_Return)  # type: ignore[call-overload]


def test_a_whole_envelope_by_keyboard(qtbot: QtBot, tmp_path: Path, envelope: Envelope) -> None:
    desk, page = sit(qtbot, envelope, tmp_path)
    typed(page.shop.lineEdit(), "s07")
    for code in (*envelope.good, envelope.misplaced, "7KQ4-M2XT-J", envelope.forgotten):
        typed(page.code, code)
    assert [page.tally[key].text() for key in ("good", "ask", "bad")] == ["3", "1", "2"]
    assert page.payable.text() == "HK$54"
    assert envelope.states()[envelope.good[0]] is VoucherState.HANDED_OUT, "nothing is posted before Record"
    QTest.keyClick(page.code, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.record()
    states = envelope.states()
    assert [states[code] for code in envelope.good] == [VoucherState.REDEEMED] * 3
    assert states[envelope.forgotten] is VoucherState.MADE
    with desk.street.database.reader() as reader:
        assert [pretty(one.code) for one in evidence.open_questions(reader)] == [envelope.forgotten]
    desk.leave()


def test_the_last_scan_is_taken_back(qtbot: QtBot, tmp_path: Path, envelope: Envelope) -> None:
    desk, page = sit(qtbot, envelope, tmp_path)
    typed(page.shop.lineEdit(), "S07")
    typed(page.code, envelope.good[0])
    typed(page.code, envelope.good[1])
    assert page.undo()
    assert page.tray.texts == [envelope.good[0]]
    desk.leave()


def test_the_same_sheet_under_the_scanner_counts_once_and_a_second_paper_is_asked(qtbot: QtBot, tmp_path: Path, envelope: Envelope) -> None:
    desk, page = sit(qtbot, envelope, tmp_path, "en")
    typed(page.shop.lineEdit(), "S07")
    now = 100.0
    page.tray.clock = lambda: now
    typed(page.code, envelope.good[0])
    now += 2
    typed(page.code, envelope.good[0])
    assert len(page.answers) == 1
    now += 9
    typed(page.code, envelope.good[0])
    assert page.answer_title.text().startswith("A second paper with this code")
    assert page.tally["ask"].text() == "1"
    desk.leave()


def test_what_was_scanned_outlives_the_window(qtbot: QtBot, tmp_path: Path, envelope: Envelope) -> None:
    desk, page = sit(qtbot, envelope, tmp_path)
    typed(page.shop.lineEdit(), "S07")
    typed(page.code, envelope.good[0])
    desk.leave()
    again, page = sit(qtbot, envelope, tmp_path)
    assert page.tray.texts == [envelope.good[0]]
    assert "沒有遺失" in page.note.text()
    again.leave()


def test_the_forgotten_hand_out_is_recorded_from_the_desk(qtbot: QtBot, tmp_path: Path, envelope: Envelope) -> None:
    desk, page = sit(qtbot, envelope, tmp_path)
    typed(page.shop.lineEdit(), "S07")
    typed(page.code, envelope.forgotten)
    assert page.tally["ask"].text() == "1"
    with desk.answering("派出時忘記"):
        desk.press("即時補記派出，並註明原因")
    assert page.tally["good"].text() == "1"
    desk.leave()


def test_a_slip_of_another_shop_is_booked_to_its_own(qtbot: QtBot, tmp_path: Path, envelope: Envelope) -> None:
    desk, page = sit(qtbot, envelope, tmp_path)
    typed(page.shop.lineEdit(), "S07")
    typed(page.code, envelope.misplaced)
    page.record()
    assert envelope.states()[envelope.misplaced] is VoucherState.HANDED_OUT
    desk.press(f"將 {envelope.misplaced} 轉記到所屬商戶")
    assert envelope.states()[envelope.misplaced] is VoucherState.REDEEMED
    desk.leave()


def test_an_undo_after_record_takes_it_back(qtbot: QtBot, tmp_path: Path, envelope: Envelope) -> None:
    desk, page = sit(qtbot, envelope, tmp_path)
    typed(page.shop.lineEdit(), "S07")
    typed(page.code, envelope.good[0])
    page.record()
    assert envelope.states()[envelope.good[0]] is VoucherState.REDEEMED
    desk.window._do_action()
    assert envelope.states()[envelope.good[0]] is VoucherState.HANDED_OUT
    desk.leave()


def test_without_a_shop_the_desk_asks_for_it_and_keeps_nothing(qtbot: QtBot, tmp_path: Path, envelope: Envelope) -> None:
    desk, page = sit(qtbot, envelope, tmp_path)
    typed(page.code, envelope.good[0])
    assert page.tray.texts == []
    assert "請先選商戶" in page.note.text()
    desk.leave()
