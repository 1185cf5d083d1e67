"""The window on a street that nothing can be written to: papers are made, and it says that nothing was recorded."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.builders import NOW
from tests.printing.paper import words_of
from tests.ui.desk import WindowDesk, in_dialog
from ui.dialogs.paper_dialog import PaperDialog
from ui.pages.goods_recall_page import GoodsRecallPage
from ui.pages.household_form import HouseholdFormPage
from ui.pages.print_page import PrintPage
from ui.pages.reports_page import ReportsPage


@pytest.fixture
def desk(qtbot: QtBot, locked_street: Path, tmp_path: Path) -> Iterator[WindowDesk]:
    found = WindowDesk(tmp_path, NOW, "en")
    found.sit_down(locked_street)
    yield found
    found.leave()


def test_vouchers_a_summary_and_a_recall_go_to_paper(desk: WindowDesk, tmp_path: Path) -> None:
    page = desk.page("print")
    assert isinstance(page, PrintPage)
    page.save_to(tmp_path / "vouchers.pdf")
    assert "nothing was recorded" in desk.window.bottom.text()
    assert len(words_of(tmp_path / "vouchers.pdf")) == 1
    reports = desk.page("reports")
    assert isinstance(reports, ReportsPage)
    for name in ("summary.pdf", "summary.xlsx"):
        desk.window.context.status.say("")
        reports.save_to(tmp_path / name)
        assert "nothing was recorded" in desk.window.bottom.text()
        assert (tmp_path / name).exists()
    assert "without a number" in words_of(tmp_path / "summary.pdf")[1]
    recall = desk.page("goods_recall", 1)
    assert isinstance(recall, GoodsRecallPage)
    seen = in_dialog(PaperDialog, lambda dialog: dialog.save_to(tmp_path / "recall.pdf"))
    recall.print_()
    assert seen and "陳婆婆" in words_of(tmp_path / "recall.pdf")[0]
    assert desk.failures == []


def test_what_is_typed_there_troubles_nobody(desk: WindowDesk) -> None:
    page = desk.page("household_form", None, "new")
    assert isinstance(page, HouseholdFormPage)
    desk.window.context.drafts.failed.connect(desk.failures.append)
    page.display_name.setText("王伯")
    desk.page("today")
    assert desk.failures == [], "what is typed is not said to be lost where nothing could ever be saved"
