"""A code read out on the phone is recorded in two Returns, as of the call, and can be taken back."""

from datetime import date, datetime, time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from caringstreet.clock import to_utc
from caringstreet.model.evidence import Evidence, Redemption
from caringstreet.rules.evidence import Channel, Outcome
from tests.november import rows
from tests.ui.test_scan_page import InDialog, Scanning, press, scanning
from ui.dialogs.phone_call import PhoneCall, spelled

__all__ = ["scanning"]
SAMPLES = Path(__file__).parents[1] / "samples" / "2026-11"


def kept(scanning: Scanning) -> list[tuple[object, ...]]:
    with scanning.desk.street.database.reader() as reader:
        wanted = select(Evidence.channel, Evidence.happened_at, Evidence.outcome, Evidence.recorded_by).where(
            Evidence.taken_back_at.is_(None)
        )
        return [tuple(row) for row in reader.execute(wanted)]


def hear(dialog: PhoneCall, code: str) -> None:
    """Type what is read out, then Return."""
    QTest.keyClicks(dialog.code, code)
    QTest.keyClick(dialog.code, Qt.Key.Key_Return)


def test_two_returns_record_a_code_and_the_next_one_follows(scanning: Scanning) -> None:
    page = scanning.choose_shop()
    page.code.setFocus()
    read_back: list[str] = []

    def call(dialog: PhoneCall) -> None:
        assert dialog.shop.shop_id() == scanning.shop
        for code in scanning.codes[:2]:
            hear(dialog, code)
            assert dialog.record_button.isEnabled()
            read_back.append(dialog.read_back.text())
            assert len(kept(scanning)) == scanning.codes.index(code)
            hear(dialog, "")
            assert dialog.code.text() == ""
        dialog.accept()

    asked = InDialog(PhoneCall, call)
    press("Ctrl+R")
    assert asked.met
    assert [(row[0], row[2]) for row in kept(scanning)] == [(Channel.PHONE, Outcome.VALID)] * 2
    assert read_back == [spelled(code) for code in scanning.codes[:2]]
    assert read_back[0].replace(" ", "") == scanning.codes[0].replace("-", "")
    with scanning.desk.street.database.reader() as reader:
        assert [tuple(row) for row in reader.execute(select(Redemption.channel, Redemption.without_slip))] == [(Channel.PHONE, True)] * 2
    assert page.tray.sheets == []
    scanning.desk.window._undo()
    assert len(kept(scanning)) == 1


def test_a_call_noted_later_keeps_its_hour_and_one_ahead_is_not_recorded(scanning: Scanning) -> None:
    page = scanning.choose_shop()

    def call(dialog: PhoneCall) -> None:
        dialog.day.set_day(date(2026, 11, 12))
        dialog.time.set_time(time(14, 20))
        hear(dialog, scanning.codes[0])
        dialog.record_button.click()
        dialog.day.set_day(date(2026, 11, 30))
        hear(dialog, scanning.codes[1])
        assert not dialog.record_button.isEnabled()
        assert dialog.then.text()
        dialog.reject()

    asked = InDialog(PhoneCall, call)
    page.call_button.click()
    assert asked.met
    assert kept(scanning) == [(Channel.PHONE, to_utc(datetime(2026, 11, 12, 14, 20)), Outcome.VALID, "林姑娘")]


def test_a_mistyped_code_and_a_missing_shop_are_said_so(scanning: Scanning) -> None:
    page = scanning.page
    wrong = scanning.codes[0][:-1] + ("1" if scanning.codes[0].endswith("0") else "0")

    def call(dialog: PhoneCall) -> None:
        hear(dialog, scanning.codes[0])
        assert not dialog.record_button.isEnabled()
        assert dialog.focusWidget() in (dialog.shop, dialog.shop.lineEdit())
        dialog.shop.choose(scanning.shop)
        dialog.code.clear()
        hear(dialog, wrong)
        assert dialog.read_back.text() == wrong
        assert not dialog.record_button.isEnabled()
        dialog.reject()

    asked = InDialog(PhoneCall, call)
    page.call_button.click()
    assert asked.met
    assert kept(scanning) == []


def test_the_phone_events_of_november_are_six(qtbot: QtBot) -> None:
    assert sum(int(row["count"]) for row in rows(SAMPLES, "events.csv") if row["channel"] == "phone") == 6
