"""Households on screen: found, read in few words, registered, reviewed, paused and let go."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from caringstreet.queries import households, vouchers
from caringstreet.queries.households import HouseholdDetail
from caringstreet.queries.vouchers import VoucherFilter
from caringstreet.rules.changes import Changed
from caringstreet.rules.diets import Diet
from caringstreet.rules.households import HouseholdState
from caringstreet.rules.vouchers import VoucherState
from caringstreet.services import street
from caringstreet.services.households import CheckForm, MemberForm
from caringstreet.services.street import StreetSettings
from tests.builders import NOW, TODAY, a_household, a_shop, a_street, an_offer, handed_out, issued
from tests.ui.desk import WindowDesk
from ui.context import Target
from ui.dialogs.hand_out_dialog import HandOutDialog
from ui.dialogs.household_duplicates import DuplicatesDialog
from ui.dialogs.household_review import ReviewDialog
from ui.dialogs.household_vouchers import ChooseVouchersDialog
from ui.pages.household_form import HouseholdFormPage
from ui.pages.households_page import HouseholdsPage
from ui.widgets.ask import AskDialog

D = TypeVar("D", bound=QDialog)
LATER = date(2027, 12, 31)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDesk]:
    """A window in English on a street with one household, H-0012, and an offer."""
    street = a_street(tmp_path)
    a_household(
        street, "H-0012", phone="25551234", building="海埗閣", floor="5樓", unit="C室", lift=False, note="耳背", referral="社工",
        large_print=True, members=(MemberForm("陳婆婆", 1948, "戶主"),),
    )  # fmt: skip
    an_offer(street, a_shop(street))
    street.close()
    found = WindowDesk(tmp_path, NOW, "en")
    found.sit_down(tmp_path / "street.caringstreet")
    yield found
    found.leave()


def the_list(desk: WindowDesk, subject: int | None = None, action: str = "") -> HouseholdsPage:
    page = desk.page("households", subject, action)
    assert isinstance(page, HouseholdsPage)
    return page


def the_form(desk: WindowDesk, subject: int | None = None) -> HouseholdFormPage:
    page = desk.page("household_form", subject, "" if subject else "new")
    assert isinstance(page, HouseholdFormPage)
    return page


def said(page: HouseholdsPage) -> str:
    """All words of the panel."""
    QApplication.processEvents()
    place = page.panel.parentWidget()
    return "\n".join(one.text() for one in place.findChildren(QLabel) if not one.isHidden())


def test_what_a_household_lacks_stands_there_with_the_button_that_mends_it(desk: WindowDesk) -> None:
    lacking = a_household(desk.street, "H-0020", display_name="李太", consent_on=None)
    page = the_list(desk, lacking)
    assert "No consent" in said(page) and "Eligible" not in said(page).splitlines()
    issue = next(one for one in page.findChildren(QPushButton) if one.text() == "Issue" and not one.isHidden())
    assert not issue.isEnabled()
    desk.press("Record consent", page)
    form = desk.window.page()
    assert isinstance(form, HouseholdFormPage) and form.subject == lacking


def detail(desk: WindowDesk, household_id: int) -> HouseholdDetail:
    with desk.street.database.reader() as reader:
        return households.detail(reader, household_id)


def states(desk: WindowDesk) -> list[VoucherState]:
    with desk.street.database.reader() as reader:
        return [one.state for one in vouchers.listed(reader, VoucherFilter(), TODAY)]


def in_dialog(kind: type[D], then: Callable[[D], object]) -> list[D]:
    """Do something in the dialog that opens next; the list tells whether it opened."""
    seen: list[D] = []
    waiting = QTimer(QApplication.instance(), interval=5)

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            waiting.stop()
            waiting.deleteLater()
            assert isinstance(dialog, kind)
            seen.append(dialog)
            then(dialog)

    waiting.timeout.connect(act)
    waiting.start()
    return seen


def choose(page: HouseholdsPage, text: str) -> None:
    """Take an entry of the menu More."""
    entry = next(one for one in page.acts.menu.actions() if one.text() == text)
    assert entry.isEnabled()
    entry.trigger()


def possible(page: HouseholdsPage) -> set[str]:
    return {one.text() for one in page.acts.menu.actions() if one.isEnabled() and one.text()}


def test_telephone_floor_and_unit_appear_on_demand_and_go_again(desk: WindowDesk) -> None:
    a_household(desk.street, "H-0013", display_name="李太", phone="25550000")
    page = the_list(desk, 1)
    hidden = ("2555 1234", "5樓", "C室", "耳背", "社工")
    assert "海埗閣" in said(page) and "born 1948" in said(page)
    assert not any(one in said(page) for one in hidden)
    desk.press("Show telephone and unit")
    assert all(one in said(page) for one in hidden)
    page.table.select_id(2)
    page.refresh_panel()
    page.table.select_id(1)
    page.refresh_panel()
    assert not any(one in said(page) for one in hidden)
    desk.press("Show telephone and unit")
    desk.page("today")
    assert not any(one in said(the_list(desk, 1)) for one in hidden)


def test_the_list_itself_shows_nothing_private(desk: WindowDesk) -> None:
    page = the_list(desk)
    for number in range(page.table.model().columnCount()):
        page.table.setColumnHidden(number, False)
    _, rows = page.table.texts()
    assert "25551234" not in str(rows) and "C室" not in str(rows) and "海埗閣" in str(rows)


def test_a_search_and_a_chip_narrow_the_list_and_say_how_many_are_left(desk: WindowDesk, qtbot: QtBot) -> None:
    a_household(desk.street, "H-0013", display_name="李太", phone="91230000")
    page = the_list(desk)
    page.search.setText("0000")
    qtbot.waitUntil(lambda: page.table.count() == 1)
    assert page._found.text() == "1 household"
    the_list(desk, 1)
    assert (page.search.text(), page.table.current_id(), page.table.count()) == ("", 1, 2)
    page.chips.choose("large")
    page.refresh()
    assert page.table.count() == 1


def test_a_household_that_left_is_found_among_those_that_left(desk: WindowDesk) -> None:
    page = the_list(desk, 1)
    in_dialog(AskDialog, lambda dialog: (dialog.text.setPlainText("搬走"), dialog.yes.click()))
    choose(page, "End participation…")
    assert detail(desk, 1).state is HouseholdState.CLOSED
    page = the_list(desk, 1)
    assert page.chips.current() == "closed" and "搬走" in said(page)
    desk.press("Admit again")
    assert detail(desk, 1).state is HouseholdState.ELIGIBLE


def test_leaving_says_what_becomes_of_the_vouchers_and_can_be_undone(desk: WindowDesk) -> None:
    handed_out(desk.street, 1, 1, count=2)
    issued(desk.street, 1, 1)
    page = the_list(desk, 1)
    seen = in_dialog(AskDialog, lambda dialog: (dialog.text.setPlainText("搬走"), dialog.yes.click()))
    choose(page, "End participation…")
    told = "\n".join(one.text() for one in seen[0].findChildren(QLabel))
    assert "2 vouchers in its hands stay good" in told and "1 voucher not handed out yet" in told
    desk.window._undo()
    assert detail(desk, 1).state is HouseholdState.ELIGIBLE


def test_pausing_asks_a_reason_and_resuming_is_one_click(desk: WindowDesk) -> None:
    page = the_list(desk, 1)
    in_dialog(AskDialog, lambda dialog: (dialog.text.setPlainText("住院"), dialog.yes.click()))
    choose(page, "Pause…")
    assert detail(desk, 1).state is HouseholdState.PAUSED
    desk.press("Resume")
    assert detail(desk, 1).state is HouseholdState.ELIGIBLE
    in_dialog(AskDialog, lambda dialog: dialog.reject())
    choose(page, "Pause…")
    assert detail(desk, 1).state is HouseholdState.ELIGIBLE


def test_a_review_takes_a_proof_that_ends_soon_as_seen_again_for_a_year(desk: WindowDesk) -> None:
    soon = (CheckForm("E65", date(2026, 1, 5), date(2026, 11, 20)), CheckForm("EM", date(2026, 1, 5)))
    here = a_household(desk.street, "H-0013", checks=soon)
    page = the_list(desk, None, "review")
    assert page.table.current_id() == here
    in_dialog(ReviewDialog, lambda dialog: dialog.yes.click())
    desk.press("Review")
    one = detail(desk, here)
    assert [(c.category, c.seen_on, c.valid_until) for c in one.checks] == [
        ("E65", TODAY, date(2027, 11, 1)),
        ("EM", date(2026, 1, 5), None),
    ]
    assert one.review_on == date(2027, 11, 1)


def test_a_review_without_a_proof_or_with_one_that_is_over_is_refused_beside_it(desk: WindowDesk) -> None:
    page = the_list(desk, 1)
    told = []

    def try_it(dialog: ReviewDialog) -> None:
        dialog.proofs.ticks["E65"].setChecked(False)
        dialog.yes.click()
        told.append(dialog.form.refusal("checks"))
        dialog.proofs.ticks["E65"].setChecked(True)
        dialog.proofs.untils["E65"].set_day(date(2026, 10, 31))
        dialog.yes.click()
        told.append(dialog.form.refusal("checks"))
        dialog.reject()

    in_dialog(ReviewDialog, try_it)
    desk.press("Review", page)
    assert told[0].startswith("Tick at least one proof") and "is over" in told[1]
    assert detail(desk, 1).checks[0].valid_until == LATER


def test_consent_taken_back_is_said_in_figures_and_shown(desk: WindowDesk) -> None:
    handed_out(desk.street, 1, 1)
    page = the_list(desk, 1)
    seen = in_dialog(AskDialog, lambda dialog: dialog.yes.click())
    choose(page, "Withdraw consent…")
    assert "1 open voucher stays good" in "\n".join(one.text() for one in seen[0].findChildren(QLabel))
    assert detail(desk, 1).consent_on is None
    assert "No consent" in said(page) and "withdrawn on 1 November 2026" in said(page)
    assert "Withdraw consent…" not in possible(page)


def test_made_vouchers_are_handed_out_from_the_panel_and_taken_back_by_undo(desk: WindowDesk) -> None:
    issued(desk.street, 1, 1, count=3)
    the_list(desk, 1)
    in_dialog(HandOutDialog, lambda dialog: dialog.accept())
    desk.press("Hand out")
    assert states(desk) == [VoucherState.HANDED_OUT] * 3
    desk.window._undo()
    assert states(desk) == [VoucherState.MADE] * 3


def test_lost_vouchers_are_replaced_and_their_new_papers_printed_next(desk: WindowDesk) -> None:
    handed_out(desk.street, 1, 1, count=2)
    page = the_list(desk, 1)

    def one_of_two(dialog: ChooseVouchersDialog) -> None:
        assert dialog.said.text().startswith("Replace 2 vouchers")
        next(iter(dialog.ticks.values())).setChecked(False)
        assert dialog.said.text().startswith("Replace 1 voucher:")
        dialog.yes.click()

    in_dialog(ChooseVouchersDialog, one_of_two)
    choose(page, "Replace lost vouchers…")
    assert sorted(states(desk)) == [VoucherState.HANDED_OUT, VoucherState.MADE, VoucherState.REPLACED]
    desk.window.bottom.act()
    assert desk.window.page().name == "print"


@pytest.mark.parametrize(
    ("entry", "state"),
    [("Give back vouchers…", VoucherState.RETURNED), ("Void vouchers…", VoucherState.VOID)],
)
def test_vouchers_end_only_when_ticked_and_with_a_reason(desk: WindowDesk, entry: str, state: VoucherState) -> None:
    handed_out(desk.street, 1, 1, count=2)
    page = the_list(desk, 1)

    def both(dialog: ChooseVouchersDialog) -> None:
        dialog.reason.setText("搬走")
        assert not dialog.yes.isEnabled()
        dialog.all_tick.click()
        dialog.reason.setText(" ")
        assert not dialog.yes.isEnabled()
        dialog.reason.setText("搬走")
        dialog.yes.click()

    in_dialog(ChooseVouchersDialog, both)
    choose(page, entry)
    assert states(desk) == [state] * 2
    assert "0 / 8" in said(page)
    assert not {"Replace lost vouchers…", "Void vouchers…"} & possible(page)


def test_a_newcomer_registers_a_household_with_few_fields(desk: WindowDesk, qtbot: QtBot) -> None:
    the_list(desk).new()
    form = desk.window.page()
    assert isinstance(form, HouseholdFormPage)
    assert not form.more.isVisible()
    qtbot.keyClicks(form.display_name, "Siti Rahayu")
    form.size_field.setValue(2)
    form.proofs.ticks["EM"].setChecked(True)
    form.consent.set_day(TODAY)
    qtbot.keyClick(form.display_name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page = desk.window.page()
    assert isinstance(page, HouseholdsPage)
    kept = page.table.current_id()
    assert kept is not None
    one = detail(desk, kept)
    assert (one.number, one.display_name, one.size, one.consent_on) == ("H-0013", "Siti Rahayu", 2, TODAY)
    assert [(c.category, c.seen_on, c.valid_until) for c in one.checks] == [("EM", TODAY, date(2027, 11, 1))]


def test_a_refusal_stands_beside_its_field_even_under_more(desk: WindowDesk) -> None:
    form = the_form(desk)
    form.save()
    assert form.form.refusal("display_name")
    form.display_name.setText("李太")
    form.number.setText("H-0012")
    form.save()
    assert form.more.isVisible() and "H-0012" in form.more.refusal("number")
    assert form.form.refusal("display_name") == ""


def test_more_people_than_persons_raise_the_number_of_persons(desk: WindowDesk) -> None:
    form = the_form(desk)
    for number in range(3):
        if number:
            form.members.add_button.click()
        form.members.lines[number][0].setText(f"成員{number}")
        form.members.lines[number][1].setText(str(1980 + number))
    assert form.size_field.value() == 3
    form.members.lines[1][3].click()
    assert [one.birth_year for one in form.members.members()] == [1980, 1982]


def test_what_was_begun_is_there_when_one_comes_back_and_cancel_drops_it(desk: WindowDesk) -> None:
    form = the_form(desk)
    form.display_name.setText("余太")
    form.members.lines[0][1].setText("1950")
    form.proofs.ticks["E65"].setChecked(True)
    desk.page("today")
    desk.window.draft_bar.back_button.click()
    assert form.display_name.text() == "余太"
    assert form.members.members()[0].birth_year == 1950
    assert [one.category for one in form.gather().checks] == ["E65"]
    form.leave()
    assert the_form(desk).display_name.text() == ""


def test_the_form_stays_with_its_household_when_the_language_changes(desk: WindowDesk, qtbot: QtBot) -> None:
    the_form(desk, 1).display_name.setText("陳太")
    desk.window.side.language_button.click()
    qtbot.waitUntil(lambda: desk.window.page().title() == "修改住戶")
    form = desk.window.page()
    assert isinstance(form, HouseholdFormPage)
    assert (form.subject, form.display_name.text()) == (1, "陳太")


def test_an_edit_keeps_what_it_did_not_touch(desk: WindowDesk) -> None:
    before = detail(desk, 1)
    form = the_form(desk, 1)
    form.display_name.setText("陳太")
    form.save()
    after = detail(desk, 1)
    changed = {name for name in HouseholdDetail.__dataclass_fields__ if getattr(before, name) != getattr(after, name)}
    assert changed == {"display_name"}


def test_a_likely_duplicate_is_shown_side_by_side_and_can_be_opened(desk: WindowDesk) -> None:
    form = the_form(desk)
    form.display_name.setText("陳婆婆")
    form.phone.setText("2555 1234")
    seen = in_dialog(DuplicatesDialog, lambda dialog: dialog.same_buttons[0].click())
    form.save()
    told = "\n".join(one.text() for one in seen[0].findChildren(QLabel))
    assert "H-0012" in told and "same telephone" in told
    assert "1234" in told and "2555" not in told
    page = desk.window.page()
    assert isinstance(page, HouseholdsPage)
    assert (page.table.current_id(), page.table.count()) == (1, 1)


def test_another_household_with_the_same_telephone_is_saved(desk: WindowDesk) -> None:
    form = the_form(desk)
    form.display_name.setText("林生")
    form.phone.setText("25551234")
    in_dialog(DuplicatesDialog, lambda dialog: dialog.reject())
    form.save()
    assert desk.window.page() is form and form.display_name.text() == "林生"
    in_dialog(DuplicatesDialog, lambda dialog: dialog.new_button.click())
    form.save()
    assert the_list(desk).table.count() == 2


def test_a_household_that_is_gone_is_said_so(desk: WindowDesk) -> None:
    page = the_list(desk)
    page.open(Target("households", 99))
    assert page.note.text() == "This household is no longer there. Choose another."


def test_what_a_household_does_not_eat_is_kept_where_the_street_has_goods(desk: WindowDesk) -> None:
    form = the_form(desk, 1)
    assert "diets" not in form.more._fields
    with desk.street.database.transaction() as tx:
        settings = StreetSettings("愛心街", "鄰舍隊", goods=True)
        street.change_settings(tx, settings=settings, at=NOW, by="x")
    desk.window.context.runner.changed.emit(frozenset({Changed.STREET}))
    form = the_form(desk, 1)
    form.diets.ticks[Diet.NO_PORK].click()
    form.save()
    assert detail(desk, 1).diets == (Diet.NO_PORK,)
    assert "No pork" in said(the_list(desk, 1))
    assert the_form(desk, 1).diets.values() == (Diet.NO_PORK,)
