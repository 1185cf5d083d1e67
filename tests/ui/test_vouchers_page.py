"""The vouchers' list: what was acted on stays in view."""

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt
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


def test_after_an_action_in_a_view_the_row_that_took_the_place_is_selected(qtbot: QtBot, tmp_path: Path) -> None:
    street = a_street(tmp_path)
    offer = an_offer(street, a_shop(street))
    ids = [handed_out(street, a_household(street, display_name=f"街坊{number}"), offer)[0] for number in range(5)]
    street.close()
    desk = WindowDesk(tmp_path, NOW, "en")
    desk.sit_down(tmp_path / "street.caringstreet")
    page = desk.page("vouchers", None, "state:handed_out")
    assert isinstance(page, VouchersPage)
    page.table.horizontalHeader().setSortIndicator(1, Qt.SortOrder.AscendingOrder)
    page.find_again()
    shown = list(page.table._model.ids)
    assert sorted(shown) == ids
    page.table.select_id(shown[2])
    with desk.answering("Lost"):
        page.act("withdraw", [shown[2]])
    assert page.table.current_id() == shown[3]
    page.table.select_ids([shown[3], shown[4]])
    page.table.selectionModel().setCurrentIndex(page.table.model().index(3, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    with desk.answering("Lost"):
        page.act("take_back", [shown[3], shown[4]])
    assert page.table.current_id() == shown[1]
    page.search.setText("nobody")
    page.find_again()
    page.search.clear()
    page.find_again()
    assert page.table.current_id() == shown[0]
    desk.leave()
