"""Settings of the street that the shops' page needs, and making the page from the window."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.builders import a_shop, a_street, an_offer
from tests.ui.desk import WindowDesk
from ui.pages.settings_page import SettingsPage

NOW = datetime(2026, 11, 9, 2, 0, tzinfo=UTC)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDesk]:
    street = a_street(tmp_path, at=NOW, page_host="a.hk")
    an_offer(street, a_shop(street))
    street.close()
    found = WindowDesk(tmp_path, NOW, "en")
    found.sit_down(tmp_path / "street.caringstreet")
    yield found
    found.leave()


def the_page(desk: WindowDesk) -> SettingsPage:
    page = desk.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def test_the_page_carries_the_whatsapp_number_of_the_settings(desk: WindowDesk, tmp_path: Path) -> None:
    the_page(desk).whatsapp.setText("9123 4567")
    desk.press("Save")
    assert desk.street.settings.whatsapp == "91234567"
    the_page(desk).make_page(tmp_path / "upload")
    html = (tmp_path / "upload" / "v" / "index.html").read_text(encoding="utf-8")
    assert '"whatsapp":"85291234567"' in html
    assert "$20 蔬菜券" in html
    assert str(tmp_path / "upload" / "sw.js") in the_page(desk).note.text()


def test_a_number_that_is_none_is_refused_beside_its_field(desk: WindowDesk) -> None:
    page = the_page(desk)
    page.whatsapp.setText("12345")
    desk.press("Save")
    assert desk.street.settings.whatsapp == ""
    assert "12345" in page.form.refusal("whatsapp")


def test_a_folder_that_cannot_be_written_is_said_and_nothing_breaks(desk: WindowDesk, tmp_path: Path) -> None:
    (tmp_path / "upload").write_text("a file")
    page = the_page(desk)
    page.make_page(tmp_path / "upload")
    assert str(tmp_path / "upload") in page.note.text()
