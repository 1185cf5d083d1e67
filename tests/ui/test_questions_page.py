"""The page of what a person must decide: by keyboard, many at once, and back again."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from caringstreet.model.adjustments import Adjustment
from caringstreet.model.evidence import DecisionEntry, Redemption
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.codes import code_of
from caringstreet.rules.evidence import Attempt, Channel
from caringstreet.services import evidence, vouchers
from caringstreet.words import words_for
from tests.builders import BY, a_household, a_shop, a_street, an_offer, handed_out, issued
from tests.ui.desk import WindowDesk
from tests.ui.test_scan_page import focused, give_reason, press
from ui.pages.questions_page import QuestionsPage
from ui.pages.reports_page import ReportsPage
from ui.pages.vouchers_page import VouchersPage

AT = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
say = words_for("zh_HK").say


class Asking:
    """Two second sheets, three forgotten hand-outs, one slip of another shop, one message without its paper."""

    def __init__(self, folder: Path) -> None:
        street = a_street(folder)
        self.shop, other = a_shop(street, "S07"), a_shop(street, "S18")
        offer = an_offer(street, self.shop)
        self.ids = handed_out(street, a_household(street), offer, count=6)
        self.waiting = issued(street, a_household(street), offer, count=3)
        with street.database.transaction() as tx:
            vouchers.mark_printed(tx, voucher_ids=self.waiting, at=AT, by=BY)
        with street.database.reader() as reader:
            serials = {row.id: row.serial for row in reader.execute(select(Voucher.id, Voucher.serial))}

        def came(ids: list[int], channel: Channel, shop: int, day: date) -> None:
            attempts = [Attempt(code_of(serials[one]), serials[one]) for one in ids]
            with street.database.transaction() as tx:
                evidence.record(tx, attempts=attempts, shop_id=shop, channel=channel, at=AT.replace(day=day.day), by=BY, day=day)

        came([self.ids[4]], Channel.WHATSAPP, self.shop, date(2026, 11, 12))
        came([self.ids[0], self.ids[1]], Channel.SLIP, self.shop, date(2026, 11, 7))
        came([self.ids[0], self.ids[1], *self.waiting], Channel.SLIP, self.shop, date(2026, 11, 14))
        came([self.ids[2]], Channel.SLIP, other, date(2026, 11, 14))
        street.close()
        self.desk = WindowDesk(folder, AT)
        self.desk.sit_down(folder / "street.caringstreet")
        QTest.qWaitForWindowActive(self.desk.window)

    @property
    def page(self) -> QuestionsPage:
        page = self.desk.window.page()
        if not isinstance(page, QuestionsPage):
            page = self.desk.page("questions")
        assert isinstance(page, QuestionsPage)
        return page

    def count(self, table: Any) -> int:
        with self.desk.street.database.reader() as reader:
            found: int = reader.execute(select(func.count()).select_from(table)).scalar_one()
            return found

    def come_back(self) -> None:
        """The platform of the tests leaves a closed dialog the active window."""
        window = self.desk.window
        window.windowHandle().requestActivate()
        for _ in range(50):
            QTest.qWait(10)
            if QApplication.activeWindow() is window:
                break
        self.page.table.setFocus()

    def show(self, chip: str) -> QuestionsPage:
        page = self.page
        page.chips.choose(chip)
        page.chips.chosen.emit(chip)
        return page


@pytest.fixture
def asking(qtbot: QtBot, tmp_path: Path) -> Iterator[Asking]:
    made = Asking(tmp_path)
    yield made
    made.desk.leave()


def texts(page: QuestionsPage) -> str:
    page.refresh_panel()
    QApplication.processEvents()
    return "\n".join(one.text() for one in page.findChildren(QLabel) if not one.isHidden())


def test_today_leads_to_the_one_list_of_all_that_waits(asking: Asking) -> None:
    asking.desk.page("today")
    asking.desk.press(": ".join((say("Decide"), say("{n} questions wait for a decision", n=7))))
    page = asking.page
    assert page.table.count() == 7
    assert focused() is page.table


def test_the_evidence_stands_side_by_side_with_the_suggested_answer(asking: Asking) -> None:
    page = asking.show("second_sheet")
    said = texts(page)
    for part in (
        say("In question"),
        say("Beside it"),
        say("Suggested: {answer}", answer=say("Pay as goodwill")),
        "S07",
        BY,
        say("Rounds at the shop"),
        say("The voucher"),
    ):
        assert part in said, part


def test_many_alike_are_decided_by_keyboard_and_taken_back(asking: Asking) -> None:
    page = asking.show("second_sheet")
    page.table.setFocus()
    press("Ctrl+Shift+A")
    assert len(page.table.selected_ids()) == 2
    asked = give_reason("兩張都已蓋印")
    press("Ctrl+Return")
    assert asked.met
    assert (asking.count(Adjustment), asking.count(Redemption)) == (2, 3)
    assert page.table.count() == 0
    asking.desk.window.activateWindow()
    asking.come_back()
    press("Ctrl+Z")
    assert asking.count(Adjustment) == 0
    assert page.table.count() == 2


def test_return_takes_the_suggestion_and_its_reason_stands_ready(asking: Asking) -> None:
    page = asking.show("without_slip")
    page.table.setFocus()
    asked = give_reason("月結單已簽")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert asked.met
    with asking.desk.street.database.reader() as reader:
        entry = reader.execute(select(DecisionEntry.ruling, DecisionEntry.reason, DecisionEntry.by)).one()
    assert tuple(entry) == ("confirm", "月結單已簽", "林姑娘")
    assert asking.count(Redemption) == 3


def test_a_decision_is_found_with_who_and_why_and_reversed_with_a_reason(asking: Asking) -> None:
    page = asking.show("without_slip")
    asked = give_reason("沒有紙券")
    asking.desk.press(say("Do not accept"))
    assert asked.met
    assert asking.count(Redemption) == 2
    page = asking.show("decided")
    assert "沒有紙券" in texts(page)
    asked = give_reason("找到了")
    asking.desk.press(say("Undo the decision…"))
    assert asked.met
    assert asking.count(Redemption) == 3
    assert asking.show("decided").table.count() == 0
    assert "找到了" in texts(asking.show("without_slip"))


def test_questions_of_two_kinds_share_only_the_answers_that_fit_both(asking: Asking) -> None:
    page = asking.show("open")
    page.table.selectAll()
    page.refresh_panel()
    assert [one.text() for one in page.findChildren(type(page.export_button)) if one.text() == say("Pay as goodwill")] == []
    asked = give_reason("全部重查")
    asking.desk.press(say("Do not accept"))
    assert asked.met
    assert asking.show("open").table.count() == 0
    assert asking.count(Redemption) == 2


def test_search_and_the_way_to_the_voucher(asking: Asking) -> None:
    page = asking.show("open")
    page.search.setText("S18")
    page.refresh()
    assert page.table.count() == 1
    asking.desk.press(say("Open the voucher"))
    found = asking.desk.window.page()
    assert isinstance(found, VouchersPage)
    assert found.table.current_id() == asking.ids[2]


def test_the_months_summary_shows_goodwill_apart(asking: Asking, tmp_path: Path) -> None:
    page = asking.show("second_sheet")
    page.table.setFocus()
    give_reason_once = give_reason("已蓋印")
    press("Ctrl+Return")
    assert give_reason_once.met
    reports = asking.desk.page("reports")
    assert isinstance(reports, ReportsPage)
    said = [one.text() for one in reports.findChildren(QLabel)]
    assert say("Goodwill payment") in said
    assert any("HK$18" in one and "1" in one for one in said)
    for name in ("summary.pdf", "summary.xlsx"):
        reports.save_to(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 4000
    asking.desk.press(": ".join((say("Second vouchers: goodwill payments"), "1")))
    found = asking.desk.window.page()
    assert isinstance(found, VouchersPage)
    assert found.table.count() == 1
