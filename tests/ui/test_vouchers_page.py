"""The vouchers' list: what was acted on stays in view."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import NOW, a_household, a_shop, a_street, an_offer, handed_out
from tests.ui.desk import WindowDesk
from ui.pages.vouchers_page import VouchersPage


def test_a_replaced_voucher_leaves_its_household_selected_in_any_view(qtbot: QtBot, tmp_path: Path) -> None:
    street = a_street(tmp_path)
    offer = an_offer(street, a_shop(street))
    others = [handed_out(street, a_household(street, display_name=name), offer)[0] for name in ("陳婆婆", "何伯", "黃太")]
    street.close()
    desk = WindowDesk(tmp_path, NOW, "en")
    desk.sit_down(tmp_path / "street.caringstreet")
    page = desk.page("vouchers", None, "state:handed_out")
    assert isinstance(page, VouchersPage)
    page.table.select_id(others[1])
    QApplication.processEvents()
    with desk.answering("Lost"):
        page.act("replace", [others[1]])
    QApplication.processEvents()
    current = page.table.current_id()
    assert current not in others
    assert page.fetch([current or 0])[current or 0].household == "H-0002"
    desk.leave()
