"""What goods add to a household on screen: dietary notes, what it received, its card; nothing where they are off."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from caringstreet.queries import households
from caringstreet.rules.cards import household_card
from caringstreet.rules.diets import Diet
from caringstreet.rules.goods import Target
from caringstreet.rules.quantities import ONE
from caringstreet.services import goods
from caringstreet.services.goods_ledger import Recipient
from tests.builders import BY, a_household, a_street
from tests.choice_day import DAY, NOW, a_lot
from tests.ui.desk import WindowDesk, in_dialog
from ui.dialogs.household_cards import HouseholdCardsDialog
from ui.pages.household_form import HouseholdFormPage
from ui.pages.households_page import HouseholdsPage


def a_desk(tmp_path: Path, *, goods_on: bool) -> WindowDesk:
    street = a_street(tmp_path, at=NOW, goods=goods_on)
    a_household(street, "H-0012")
    if goods_on:
        lot = a_lot(street, "米", 5)
        with street.database.transaction() as tx:
            goods.give(tx, lot_id=lot, quantity=ONE, recipient=Recipient(Target.HOUSEHOLD, 1), day=DAY, at=NOW, by=BY)
    street.close()
    found = WindowDesk(tmp_path, NOW, "en")
    found.sit_down(tmp_path / "street.caringstreet")
    return found


def texts(page: HouseholdsPage) -> str:
    page.refresh_panel()
    return "\n".join(one.text() for one in page.findChildren(QLabel))


@pytest.mark.parametrize("goods_on", [True, False])
def test_goods_leave_no_trace_where_they_are_off(qtbot: QtBot, tmp_path: Path, goods_on: bool) -> None:
    desk = a_desk(tmp_path, goods_on=goods_on)
    page = desk.page("households", 1)
    assert isinstance(page, HouseholdsPage)
    assert ("Goods received" in texts(page), "1 item" in texts(page)) == (goods_on, goods_on)
    assert ("Neighbour card…" in [one.text() for one in page.acts.menu.actions()]) is goods_on
    assert page.cards_button.isVisibleTo(page) is goods_on
    form = desk.page("household_form", 1)
    assert isinstance(form, HouseholdFormPage)
    assert ("diets" in form.more._fields) is goods_on
    desk.leave()


def test_dietary_notes_are_kept_and_shown(qtbot: QtBot, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, goods_on=True)
    form = desk.page("household_form", 1)
    assert isinstance(form, HouseholdFormPage)
    form.more_button.click()
    form.diets.ticks[Diet.NO_PORK].click()
    form.save()
    with desk.street.database.reader() as reader:
        assert households.detail(reader, 1).diets == (Diet.NO_PORK,)
    page = desk.window.page()
    assert isinstance(page, HouseholdsPage)
    assert "No pork" in texts(page)
    again = desk.page("household_form", 1)
    assert isinstance(again, HouseholdFormPage)
    assert again.gather().diets == (Diet.NO_PORK,)
    desk.leave()


def test_a_card_scanned_on_any_page_opens_its_household(qtbot: QtBot, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, goods_on=True)
    desk.page("today")
    desk.window.take_code(household_card("H-0012"))
    assert desk.window.page().name == "households"
    desk.page("today")
    desk.window.take_code(household_card("H-0099"))
    assert desk.window.page().name == "today"
    assert desk.window.status_text() == "This street has nothing with the number H-0099."
    desk.leave()


def test_cards_are_for_the_households_in_the_list_and_for_nobody_where_it_is_empty(qtbot: QtBot, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, goods_on=True)
    a_household(desk.street, "H-0013", display_name="李太")
    page = desk.page("households")
    assert isinstance(page, HouseholdsPage)
    seen: list[str] = []
    in_dialog(HouseholdCardsDialog, lambda dialog: (seen.append(dialog.windowTitle()), dialog.names.click()))
    page.cards_button.click()
    page.search.setText("李太")
    qtbot.waitUntil(lambda: page.table.count() == 1)
    again = in_dialog(HouseholdCardsDialog, lambda dialog: seen.append(dialog.windowTitle()))
    page.cards_button.click()
    assert seen == ["2 neighbour cards", "1 neighbour card"]
    assert not again[0].names.isChecked()  # the computer remembers
    page.search.setText("nobody of this name")
    qtbot.waitUntil(lambda: page.table.count() == 0)
    assert not page.cards_button.isEnabled()
    desk.leave()
