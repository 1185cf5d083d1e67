"""From a lot one click lists who got of it; the printed list is noted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caringstreet.queries import audit
from caringstreet.rules.goods import Target
from caringstreet.services.goods_ledger import Recipient
from tests.builders import NOW, a_household, a_street
from tests.goods_street import a_donation, a_lot, given
from tests.ui.desk import WindowDesk
from ui.dialogs.paper_dialog import PaperDialog
from ui.pages.goods_recall_page import GoodsRecallPage


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDesk]:
    """A window in English on a street whose first lot went to a household and to a group."""
    street = a_street(tmp_path, goods=True)
    household = a_household(street, display_name="陳婆婆", phone="25559876")
    a_donation(street, a_lot("豆腐", 20))
    a_donation(street, a_lot("白米", 5))
    given(street, 1, 2, Recipient(Target.HOUSEHOLD, household))
    given(street, 1, 6)
    street.close()
    found = WindowDesk(tmp_path, NOW, "en")
    found.sit_down(tmp_path / "street.caringstreet")
    yield found
    found.leave()


def recall_of(desk: WindowDesk, lot_id: int) -> GoodsRecallPage:
    """One click from the lot."""
    goods = desk.page("goods")
    goods.refresh(lot_id)  # type: ignore[call-arg]
    QApplication.processEvents()
    desk.press("Who got of it")
    page = desk.window.page()
    assert isinstance(page, GoodsRecallPage)
    return page


def test_one_click_from_the_lot_lists_who_got_of_it(desk: WindowDesk) -> None:
    page = recall_of(desk, 1)
    _, lines = page.table.texts()
    assert [line[0] for line in lines] == ["H-0001 陳婆婆", "清潔工友 (8)"]
    assert [line[2] for line in lines] == ["2 pieces", "6 pieces"]
    # A neighbour's telephone stands on their own page alone.
    assert not any("9876" in text for line in lines for text in line)
    page.table.activated_id.emit(page.table.current_id() or page.recall.rows[0].row_id)  # type: ignore[union-attr]
    assert desk.window.page().name == "households"


def test_the_printed_list_is_noted_before_it_can_leave(desk: WindowDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(PaperDialog, "exec", lambda dialog: shown.append(dialog.pdf))
    page = recall_of(desk, 1)
    desk.press("Print the list")
    QApplication.processEvents()
    with desk.street.database.reader() as reader:
        assert audit.history(reader, "goods_lot", 1)[0].action == "recalls.note_print"
    assert [one.name for one in shown] == ["recall-1.pdf"] and page.recall is not None


def test_a_lot_of_which_nobody_got_says_so(desk: WindowDesk) -> None:
    page = recall_of(desk, 2)
    assert not page.print_button.isEnabled() and page.table.count() == 0
