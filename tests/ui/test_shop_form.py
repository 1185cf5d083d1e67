"""The form of a shop: everybody who answers for it is added, changed and removed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caringstreet.queries import shops
from caringstreet.services.shops import ContactForm, KeptShop
from tests.builders import NOW, a_shop, a_street
from tests.ui.desk import WindowDesk
from ui.pages.shop_form import ShopFormPage


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDesk]:
    street = a_street(tmp_path)
    a_shop(street, contacts=(ContactForm("輝叔", "25550007"), ContactForm("阿玲", "", "61234567")))
    street.close()
    found = WindowDesk(tmp_path, NOW, "en")
    found.sit_down(tmp_path / "street.caringstreet")
    yield found
    found.leave()


def the_form(desk: WindowDesk) -> ShopFormPage:
    page = desk.page("shop_form", 1)
    assert isinstance(page, ShopFormPage)
    return page


def kept(desk: WindowDesk) -> list[tuple[str, str, str]]:
    with desk.street.database.reader() as reader:
        return [(one.name, one.phone, one.whatsapp) for one in shops.detail(reader, 1).contacts]


def test_a_contact_is_changed_one_removed_and_one_added(desk: WindowDesk) -> None:
    field = the_form(desk).contacts
    field.lines[0][3].click()
    field.lines[0][1].setText("2555 0009")
    field.add_button.click()
    QApplication.processEvents()
    field.lines[1][0].setText("店長")
    desk.press("Save")
    assert kept(desk) == [("阿玲", "25550009", "61234567"), ("店長", "", "")]


def test_when_the_last_line_goes_an_empty_one_stays(desk: WindowDesk) -> None:
    field = the_form(desk).contacts
    for _ in range(2):
        field.lines[0][3].click()
    assert [line[0].text() for line in field.lines] == [""]
    desk.press("Save")
    assert kept(desk) == []


def test_a_wrong_telephone_of_the_second_is_said_beside_the_contacts(desk: WindowDesk) -> None:
    page = the_form(desk)
    page.contacts.lines[1][1].setText("123")
    desk.press("Save")
    assert "123" in page.form.refusal("contacts")
    assert page.contacts.lines[0][0].hasFocus()
    assert kept(desk)[1] == ("阿玲", "", "61234567")


def test_looking_at_a_form_leaves_no_draft(desk: WindowDesk) -> None:
    the_form(desk)
    desk.page("shop_form", None, "new")
    desk.page("today")
    assert desk.window.context.drafts.offered() == []


def test_who_goes_elsewhere_while_it_is_saved_stays_there_and_loses_nothing(desk: WindowDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = desk.page("shop_form", None, "new")
    assert isinstance(page, ShopFormPage)
    saving: list[dict[str, Any]] = []
    page.name_zh.setText("新記")
    monkeypatch.setattr(page, "do", lambda service, **arguments: saving.append(arguments))
    desk.press("Save")
    desk.page("today")
    again = desk.page("shop_form", None, "new")
    assert again is page
    page.name_zh.setText("另一間")
    desk.page("households")
    saving[0]["done"](KeptShop(2, "S02"))
    assert desk.window.page().name == "households"
    assert desk.window.bottom.text() == "S02 saved"
    assert "New shop" in desk.window.draft_bar.text()


def test_a_saved_form_leads_to_what_was_saved(desk: WindowDesk) -> None:
    page = desk.page("shop_form", None, "new")
    assert isinstance(page, ShopFormPage)
    page.name_zh.setText("新記")
    desk.press("Save")
    assert desk.window.page().name == "shops"
    assert desk.window.draft_bar.text() == ""
