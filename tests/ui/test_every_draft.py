"""Every page and dialog with inputs: what was typed in any of them is there again after leaving and a new start."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from shutil import copyfile
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPlainTextEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

import ui.dialogs
from caringstreet.bootstrap import open_street
from caringstreet.clock import FixedClock
from caringstreet.practice.street import make_demo
from caringstreet.queries import goods, households, vouchers
from caringstreet.queries import street as street_queries
from caringstreet.services import distributions
from caringstreet.services.distributions import ListForm
from tests.choice_day import DAY, NOW, an_event, brought
from tests.goods_street import some_goods, switch_goods
from tests.ui.desk import WindowDesk
from ui.dialogs.agreement import AgreementDialog
from ui.dialogs.change_user import ChangeUserDialog
from ui.dialogs.goods_give import GiveDialog
from ui.dialogs.goods_minimum import MinimumDialog
from ui.dialogs.goods_throw_away import ThrowAwayDialog
from ui.dialogs.hand_out_dialog import HandOutDialog
from ui.dialogs.household_review import ReviewDialog
from ui.dialogs.household_vouchers import Asked, ChooseVouchersDialog
from ui.dialogs.phone_call import PhoneCall
from ui.dialogs.plan_run import PlanRunDialog
from ui.dialogs.unreadable_dialog import UnreadableDialog
from ui.pages.goods_hand_out_page import GoodsHandOutPage
from ui.pages.issue_page import IssuePage
from ui.pages.specs import SPECS
from ui.scanning.scan_field import ScanField
from ui.widgets.dialog import Dialog
from ui.widgets.fields import ChoiceField
from ui.widgets.inputs import Keeping, named_inputs
from ui.widgets.page import Page

TODAY = DAY

Opener = Callable[[WindowDesk], Page]


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A street with something of everything, today's choice day and hand-out list among it."""
    path = tmp_path_factory.mktemp("practice") / "practice.caringstreet"
    make_demo(path, months=2, households_wanted=12, today=TODAY)
    opened = open_street(path, FixedClock(NOW))
    switch_goods(opened)
    some_goods(opened, 1, 1)
    brought(opened, an_event(opened, day=TODAY), 外套=4)
    with opened.database.transaction() as tx:
        distributions.plan(tx, form=ListForm(TODAY, "米"), at=NOW, by="x")
    opened.close()
    return path


@pytest.fixture
def data(tmp_path: Path, practice: Path) -> Path:
    path = tmp_path / "street.caringstreet"
    copyfile(practice, path)
    return path


def sitting(data: Path) -> WindowDesk:
    desk = WindowDesk(data.parent, NOW, "en")
    desk.sit_down(data)
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)
    return desk


# Where something can be typed ---------------------------------------------------------------------------------


def _opened(name: str, subject: object = None, action: str = "") -> Opener:
    return lambda desk: desk.page(name, subject, action)


def _goods(*words: str, action: str = "choice") -> Opener:
    """The page where goods are given out, in one of its modes, after these presses."""

    def open_there(desk: WindowDesk) -> Page:
        page = desk.page("goods_hand_out", None, action)
        for one in words:
            desk.press(one)
        return page

    return open_there


def _visitor(desk: WindowDesk) -> Page:
    page = desk.page("goods_hand_out", None, "choice")
    assert isinstance(page, GoodsHandOutPage)
    page.choice.open_step("visitors")
    page.choice.visits.come(None)
    return page


def _for_all(desk: WindowDesk) -> Page:
    page = desk.page("issue", None, "all")
    assert isinstance(page, IssuePage)
    return page


#: Pages whose inputs are kept as one thing, which tests of their own look at, and why.
TESTED_APART = {"scan": "shop, day, way and count belong to the envelope that is on the desk, and are kept with its vouchers"}
#: Pages in the states in which they have inputs; every page is here once at least.
PLACES: dict[str, Opener] = {
    **{spec.name: _opened(spec.name) for spec in SPECS if spec.name not in TESTED_APART},
    "shop_form": _opened("shop_form", 1),
    "new shop": _opened("shop_form", None, "new"),
    "offer_form": _opened("offer_form", 1),
    "household_form": _opened("household_form", 1),
    "new household": _opened("household_form", None, "new"),
    "issue": _opened("issue", 1, "household"),
    "issue for all": _for_all,
    "goods_intake": _opened("goods_intake", None, "new"),
    "goods_hand_out": _goods("Plan a choice day"),
    "change of a choice day": _goods("Change the plan of this day"),
    "tables from stock": _goods("Tables", "From stock"),
    "tables received": _goods("Tables", "Received today"),
    "tables sorted": _goods("Tables", "Sort out"),
    "a visitor": _visitor,
    "closing": _goods("Closing"),
    "new list": _goods("Make a hand-out list", action="list"),
    "list by rule": _goods("By rule", action="list"),
    "list by hand": _goods("One by hand", action="list"),
    "needs": _goods(action="needs"),
}
#: Pages without an input that a draft could keep, and why.
WITHOUT_INPUTS = {
    "today": "a list of what is to be done",
    "shops": "a list; its forms are pages of their own",
    "households": "a list; its forms are pages of their own",
    "vouchers": "a list; its questions are dialogs",
    "messages": "a chat that is chosen or pasted; what is said of it has tests of its own",
    "questions": "buttons, with reasons in dialogs",
    "goods": "a list; its questions are dialogs",
    "reports": "figures of a month",
    "goods_month": "figures of a month",
    "import": "a file that is chosen; what is said of it has tests of its own",
    "print": "papers that are looked at",
    "goods_donations": "a list; its form is a page of its own",
    "goods_recall": "a list",
}


def inputs_in(place: QWidget) -> dict[str, QWidget]:
    """What can be typed into now, by its name within the place; searches, and on pages the fields for scans, are none."""
    found = {name: one for name, one in named_inputs(place) if not (isinstance(place, Page) and isinstance(one, ScanField))}
    return {name: one for name, one in found.items() if one.isVisible() and one.isEnabled()}


def stands(widget: QWidget) -> Any:
    if isinstance(widget, QCheckBox | QRadioButton):
        return widget.isChecked()
    assert isinstance(widget, Keeping)
    return widget.kept()


def type_into(widget: QWidget) -> bool:
    """Change an input as a person would; False where there is nothing to change."""
    before = stands(widget)
    for one in (widget, *widget.findChildren(QWidget)):
        if isinstance(one, QLineEdit) and not one.isReadOnly():
            one.selectAll()
            QTest.keyClicks(one, "7")
        elif isinstance(one, QPlainTextEdit):
            QTest.keyClicks(one, "typed")
        elif isinstance(one, ChoiceField) and one.count() > 1:
            one.setCurrentIndex((one.currentIndex() + 1) % one.count())
            one.activated.emit(one.currentIndex())
        elif isinstance(one, QCheckBox | QRadioButton) and one.isVisible():
            one.click()
        if stands(widget) != before:
            return True
    return False


@dataclass(frozen=True)
class Typed:
    """What stood in an input when the page was left."""

    label: str
    value: Any


def typed_in(place: QWidget) -> dict[str, Typed]:
    """Type into every input of a place; what then stands there."""
    done = [name for name, widget in inputs_in(place).items() if type_into(widget)]
    QApplication.processEvents()
    there = inputs_in(place)
    return {name: Typed(there[name].accessibleName() or name, stands(there[name])) for name in done if name in there}


@pytest.mark.parametrize("place", PLACES)
def test_what_is_typed_in_a_page_is_offered_back_after_a_new_start(qtbot: QtBot, data: Path, place: str) -> None:
    desk = sitting(data)
    page = PLACES[place](desk)
    QApplication.processEvents()
    typed = typed_in(page)
    name = page.name
    desk.leave()
    assert bool(typed) is (place not in WITHOUT_INPUTS), typed
    if not typed:
        return
    desk = sitting(data)
    here = dict(named_inputs(desk.page(name)))
    lost = {key: one for key, one in typed.items() if key not in here or stands(here[key]) != one.value}
    for draft in [one for one in desk.window.context.drafts.offered() if one.target[0] == name]:
        desk.window.bring_back(draft)
        QApplication.processEvents()
        here = dict(named_inputs(desk.window.page()))
        lost = {key: one for key, one in lost.items() if key not in here or stands(here[key]) != one.value}
    assert {one.label: one.value for one in lost.values()} == {}
    desk.leave()


# Dialogs ------------------------------------------------------------------------------------------------------


def _detail(desk: WindowDesk) -> Any:
    with desk.street.database.reader() as reader:
        return households.detail(reader, 1)


def _categories(desk: WindowDesk) -> Any:
    with desk.street.database.reader() as reader:
        return street_queries.categories(reader)


def _lot(desk: WindowDesk) -> Any:
    with desk.street.database.reader() as reader:
        return goods.rows(reader, [1], TODAY)[1]


def _vouchers(desk: WindowDesk) -> Any:
    with desk.street.database.reader() as reader:
        return list(vouchers.rows(reader, [1, 2], TODAY).values())


DIALOGS: dict[type[Dialog], Callable[[WindowDesk, Page], Dialog]] = {
    AgreementDialog: lambda desk, page: AgreementDialog(page, page.words, TODAY),
    ChangeUserDialog: lambda desk, page: ChangeUserDialog(page, page.words, "x"),
    GiveDialog: lambda desk, page: GiveDialog(page, _lot(desk), print),
    HandOutDialog: lambda desk, page: HandOutDialog(page, page.words, 2, TODAY),
    MinimumDialog: lambda desk, page: MinimumDialog(page, _lot(desk), None),
    PhoneCall: lambda desk, page: PhoneCall(page, page.context, 1, print),
    PlanRunDialog: lambda desk, page: PlanRunDialog(page, page.words, TODAY, [(1, "S01"), (2, "S02")], [1]),
    ReviewDialog: lambda desk, page: ReviewDialog(page, page.words, _detail(desk), _categories(desk), TODAY),
    ChooseVouchersDialog: lambda desk, page: ChooseVouchersDialog(page, page.words, Asked(str, "Void"), _vouchers(desk)),
    ThrowAwayDialog: lambda desk, page: ThrowAwayDialog(page, _lot(desk), NOW, print),
    UnreadableDialog: lambda desk, page: UnreadableDialog(page, page.context, 1, TODAY),
}
#: Dialogs that keep nothing, and why.
NO_DRAFT = {
    "ByItemDialog": "a list that is looked at",
    "DuplicatesDialog": "one of some buttons is pressed",
    "FormDialog": "what others are made of",
    "HouseholdCardsDialog": "a paper that is looked at; the computer remembers whether names are wanted",
    "ImportQuestion": "one of some buttons is pressed",
    "PairingDialog": "a key that is shown",
    "PaperDialog": "a paper that is looked at",
}


def dialogs() -> Iterator[type[Dialog]]:
    for found in iter_modules(ui.dialogs.__path__, "ui.dialogs."):
        for one in vars(import_module(found.name)).values():
            if isinstance(one, type) and issubclass(one, Dialog) and one.__module__ == found.name:
                yield one


def test_every_dialog_keeps_what_is_typed_or_has_a_reason() -> None:
    assert {one.__name__ for one in dialogs()} == {one.__name__ for one in DIALOGS} | set(NO_DRAFT)


@pytest.mark.parametrize("kind", DIALOGS, ids=lambda kind: kind.__name__)
def test_a_dialog_that_was_given_up_with_escape_is_offered_and_stands_there_again(qtbot: QtBot, data: Path, kind: type[Dialog]) -> None:
    desk = sitting(data)
    page = desk.page("today")
    dialog = DIALOGS[kind](desk, page)
    dialog.show()
    QApplication.processEvents()
    typed = typed_in(dialog)
    assert typed
    for _ in range(2 if QApplication.activePopupWidget() is not None else 1):
        # The first closes what is suggested.
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert desk.window.draft_bar.text()
    again = DIALOGS[kind](desk, page)
    again.show()
    QApplication.processEvents()
    here = dict(named_inputs(again))
    lost = {key: one for key, one in typed.items() if key not in here or stands(here[key]) != one.value}
    assert {one.label: one.value for one in lost.values()} == {}
    again.reject()
    desk.leave()
