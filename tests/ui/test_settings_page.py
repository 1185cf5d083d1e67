"""Settings of the street that the shops' page needs, and making the page from the window."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from caringstreet.queries import page_checks
from caringstreet.rules.page_checks import OURS, PageFound
from caringstreet.shop_page import host as page_host
from tests.builders import a_household, a_shop, a_street, an_offer, handed_out
from tests.shop_page.host import Host
from tests.ui.desk import WindowDesk
from ui.pages.print_page import PrintPage
from ui.pages.settings_page import SettingsPage
from ui.pages.settings_shop_page import SAID

NOW = datetime(2026, 11, 9, 2, 0, tzinfo=UTC)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDesk]:
    street = a_street(tmp_path, at=NOW, page_host="a.hk")
    handed_out(street, a_household(street), an_offer(street, a_shop(street)))
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
    the_page(desk).shop_page.make(tmp_path / "upload")
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
    page.shop_page.make(tmp_path / "upload")
    assert str(tmp_path / "upload") in page.note.text()


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """A host on this machine in the place of the street's."""
    host, real = Host(tmp_path / "host"), page_host.look_at

    def look(origin: str, made: Sequence[str]) -> PageFound:
        assert origin == "https://a.hk"
        return real(host.origin, made)

    monkeypatch.setattr(page_host, "look_at", look)
    yield host
    host.stop()


def print_note(desk: WindowDesk) -> tuple[str, bool]:
    """What the print page says, and whether it offers to check; it always prints."""
    page = desk.page("print")
    assert isinstance(page, PrintPage)
    assert page.print_button.isEnabled()
    return page.note.text(), not page.page_button.isHidden()


def test_the_page_is_checked_at_its_host_and_printing_warns_until_then(desk: WindowDesk, host: Host) -> None:
    assert "https://a.hk/v" in print_note(desk)[0]
    desk.press("Check the page")
    page = the_page(desk)
    page.team.setText("half a n")
    desk.press("Check the page")
    assert "Make the page and upload it first" in page.note.text()
    page.shop_page.make(host.folder.parent / "upload")
    desk.press("Check the page")
    assert page.note.text().startswith("There is no page at https://a.hk/v")
    assert "it is not ours" in page.shop_page.known.text()
    assert print_note(desk)[1]
    page = the_page(desk)
    page.team.setText("half a n")
    page.shop_page.make(host.folder)
    desk.press("Check the page")
    assert page.note.text().startswith("https://a.hk/v serves the page made last")
    assert "it is ours" in page.shop_page.known.text()
    assert page.team.text() == "half a n", "what was being typed is gone"
    assert print_note(desk) == ("", False)
    assert desk.street.settings.page_host == "a.hk"


def test_without_a_network_what_was_known_of_the_host_stays(desk: WindowDesk, host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    the_page(desk).shop_page.make(host.folder)
    desk.press("Check the page")
    monkeypatch.setattr(page_host, "look_at", lambda origin, made: PageFound.UNREACHABLE)
    desk.press("Check the page")
    assert "cannot be reached from here" in the_page(desk).note.text()
    assert print_note(desk) == ("", False)


def test_another_host_is_a_host_that_nobody_has_checked(desk: WindowDesk, host: Host) -> None:
    the_page(desk).shop_page.make(host.folder)
    desk.press("Check the page")
    the_page(desk).page_host.setText("b.hk")
    desk.press("Save")
    assert "never checked" in the_page(desk).shop_page.known.text()
    assert "https://b.hk/v" in print_note(desk)[0]
    the_page(desk).page_host.setText("")
    desk.press("Save")
    assert not the_page(desk).shop_page.check_button.isEnabled()
    assert print_note(desk) == ("", False)


def test_a_page_that_was_made_again_unchanged_is_the_one_made_last(desk: WindowDesk, host: Host, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        the_page(desk).shop_page.make(tmp_path / folder)
    with desk.street.database.reader() as reader:
        known = page_checks.checks(reader, "a.hk")
    assert (len(known.made), known.found, known.is_ours) == (1, None, False)
    assert set(SAID) == set(PageFound) > OURS
