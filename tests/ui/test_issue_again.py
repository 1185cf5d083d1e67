"""A plan that was given before is asked about in the window too, and no row of it vanishes."""

from pathlib import Path

from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from caringstreet.model.vouchers import Voucher
from tests.builders import NOW, a_household, a_shop, a_street, an_offer
from tests.ui.desk import WindowDesk, in_dialog
from ui.pages.issue_page import IssuePage
from ui.widgets.ask import AskDialog


def a_page(folder: Path) -> tuple[WindowDesk, IssuePage]:
    street = a_street(folder)
    a_household(street)
    an_offer(street, a_shop(street))
    street.close()
    desk = WindowDesk(folder, NOW)
    desk.sit_down(street.path)
    page = desk.page("issue")
    assert isinstance(page, IssuePage)
    page.ways.choose("plan")
    page._show_way()
    return desk, page


def vouchers(desk: WindowDesk) -> int:
    with desk.street.database.reader() as reader:
        return reader.scalar(select(func.count()).select_from(Voucher)) or 0


def test_the_same_plan_again_is_one_question(qtbot: QtBot, tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text("date,household,offer,count\n2026-11-02,H-0001,S01,1\ntotal,1,,\n", encoding="utf-8")
    desk, page = a_page(tmp_path)
    page.by_plan.read(plan)
    assert [row.what for row in page.by_plan.unread] == ["total 1"]
    page.issue_plan.click()
    assert vouchers(desk) == 1
    said: list[str] = []
    in_dialog(AskDialog, lambda dialog: said.append(dialog.yes.text()))
    page.by_plan.read(plan)
    assert said and not page.issue_plan.isEnabled() and vouchers(desk) == 1
    in_dialog(AskDialog, lambda dialog: dialog.yes.click())
    page.by_plan.read(plan)
    page.issue_plan.click()
    assert vouchers(desk) == 2
    desk.leave()
