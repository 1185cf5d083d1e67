"""On a small or enlarged screen nothing is cut, nothing scrolls sideways and the main button is in sight, in every state."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QTableView
from pytestqt.qtbot import QtBot

from caringstreet.practice.street import make_demo
from caringstreet.queries import devices as device_queries
from caringstreet.queries import goods as goods_queries
from caringstreet.queries import household_duplicates
from caringstreet.queries import households as household_queries
from caringstreet.queries import vouchers as voucher_queries
from caringstreet.queries.vouchers import VoucherFilter
from caringstreet.rules.vouchers import VoucherState
from caringstreet.services.households import HouseholdForm
from tests.ui.desk import WindowDesk
from tests.ui.fitting import misfits, settle, short_cells
from tests.ui.states import SAMPLES, STATES, an_envelope, reach
from ui import theme
from ui.dialogs.change_user import ask_user
from ui.dialogs.household_duplicates import DuplicatesDialog
from ui.dialogs.import_question import ImportQuestion
from ui.tables.widths import Widths
from ui.widgets.basics import button
from ui.widgets.dialog import Dialog

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
#: A window of 1000 pixels, and what 1366 by 768 leaves at 150 and 125 %.
SIZES = ((910, 512), (1000, 600), (1093, 574))
LANGUAGES = ["zh_HK", "en"]


@pytest.fixture(scope="module", autouse=True)
def _as_people_see_it(qapp: QApplication) -> Iterator[None]:
    """In the fonts and the style of the program; other tests go on without."""
    font, sheet, palette = qapp.font(), qapp.styleSheet(), qapp.palette()
    theme.load_fonts(qapp)
    theme.apply(qapp, "light")
    yield
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("practice") / "practice.caringstreet"
    make_demo(path, months=2, households_wanted=30, today=date(2026, 11, 21))
    return path


@pytest.fixture
def sat_down(qtbot: QtBot, tmp_path: Path, practice: Path) -> Iterator[Callable[[str], WindowDesk]]:
    def at(language: str) -> WindowDesk:
        data = shutil.copy(practice, tmp_path / "practice.caringstreet")
        desk = WindowDesk(tmp_path, NOW, language)
        desk.sit_down(Path(data))
        return desk

    yield at
    for desk in list(WindowDesk.still_open):
        desk.leave()


def _days_states_and_amounts(table: QTableView) -> list[int]:
    """The columns that are cut never: all that neither name somebody or something nor hold a text that anybody wrote."""
    widths = table.findChild(Widths)
    return [one for one in range(table.model().columnCount()) if widths is None or one not in widths.names]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_of_every_page_fits_a_small_window_and_lists_are_whole_on_a_laptop(
    sat_down: Callable[[str], WindowDesk], language: str
) -> None:
    desk, found = sat_down(language), []
    # Where things stand is asked of layouts; nobody looks at the pictures.
    desk.window.setUpdatesEnabled(False)
    for name in STATES:
        reach(desk, name)
        for size in SIZES:
            desk.window.resize(*size)
            settle()
            if (desk.window.width(), desk.window.height()) != size:
                found.append(f"{size} {name}: the window is {desk.window.width()} by {desk.window.height()}")
            found += [f"{size} {name}: {one}" for one in misfits(desk.window)]
        desk.window.resize(1366, 768)
        settle()
        for table in (one for one in desk.window.page().findChildren(QTableView) if one.isVisible()):
            found += [f"{name}: {one}" for one in short_cells(table, _days_states_and_amounts(table))]
            if table.horizontalScrollBar().maximum():
                found.append(f"{name}: {table.accessibleName()} scrolls sideways")
    assert not found, "\n".join(found)


# What is looked for is found ----------------------------------------------------------------------------------


def test_a_text_too_long_for_its_place_is_noticed(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    said, press = QLabel("Neighbours who came twice", dialog), button("Record this envelope", dialog.accept, kind="primary")
    press.setParent(dialog)
    dialog.resize(300, 200)
    dialog.show()
    said.setGeometry(10, 10, 250, 30)
    press.setGeometry(20, 100, 200, 40)
    assert misfits(dialog) == []
    said.setGeometry(10, 10, 40, 30)
    assert [one.split(":")[0] for one in misfits(dialog)] == ["cut"]
    said.setGeometry(200, 10, 250, 30)
    assert [one.split(":")[0] for one in misfits(dialog)] == ["beyond its place"]
    said.setGeometry(10, 10, 250, 30)
    press.setGeometry(20, 180, 200, 40)
    assert {one.split(":")[0] for one in misfits(dialog)} == {"beyond its place", "out of sight"}


# Dialogs ------------------------------------------------------------------------------------------------------


class Looked:
    """Shows each dialog instead of waiting for its answer, and notes what does not fit."""

    #: Under the frame of the window and over the task bar.
    ROOM = (910, 480)

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: set[str] = set()
        self.found: list[str] = []
        looked = self

        def look(dialog: QDialog) -> int:
            looked.look(dialog)
            return int(QDialog.DialogCode.Rejected)

        monkeypatch.setattr(QDialog, "exec", look)

    def look(self, dialog: QDialog) -> None:
        name = type(dialog).__name__
        self.seen.add(name)
        dialog.show()
        settle()
        wide, high = dialog.width(), dialog.height()
        if wide > self.ROOM[0] or high > self.ROOM[1]:
            dialog.resize(min(wide, self.ROOM[0]), min(high, self.ROOM[1]))
            settle()
            if dialog.width() > self.ROOM[0] or dialog.height() > self.ROOM[1]:
                self.found.append(f"{name}: {dialog.width()} by {dialog.height()}")
        self.found += [f"{name}: {one}" for one in misfits(dialog)]
        dialog.reject()


def _every_dialog(desk: WindowDesk) -> None:
    """Come to each by the button or the menu that people come by."""
    shops: Any = desk.page("shops")
    shops.refresh(shops.table._model.ids[2])
    desk.press(shops.words.say("Renew agreement"))
    desk.press(shops.words.say("Pause"))
    with desk.street.database.reader() as reader:
        phone = device_queries.devices(reader)[0].device_id
    shops.phones.show_code(phone)
    households: Any = desk.page("households")
    households.refresh(households.table._model.ids[0])
    with desk.street.database.reader() as reader:
        one = household_queries.detail(reader, households.table._model.ids[0])
        held = voucher_queries.listed(reader, VoucherFilter(state=VoucherState.HANDED_OUT), desk.clock.today())[:12]
        likely = household_duplicates.possible_duplicates(
            reader, display_name=one.display_name, phone=one.phone, street=one.street, building=one.building, birth_years=[]
        )
    actions = households.acts
    actions.replace(held)
    actions.hand_out(held)
    actions.review(one)
    actions.leave(one, held)
    actions.cards([one.household_id])
    DuplicatesDialog(households, households.words, HouseholdForm(one.display_name, 2, phone=one.phone), likely[:3]).exec()
    scan: Any = desk.page("scan")
    an_envelope(desk)
    scan._phone_call()
    scan._torn()
    goods: Any = desk.page("goods", None, "first")
    goods.refresh(goods.table._model.ids[0])
    with desk.street.database.reader() as reader:
        lot = goods_queries.rows(reader, [goods.table._model.ids[0]], desk.clock.today())[goods.table._model.ids[0]]
    goods._show_by_item()
    goods.acts.give(lot)
    goods.acts.throw_away(lot)
    goods.acts.set_minimum(lot)
    desk.page("runs").new()
    imports: Any = desk.page("import", "goods")
    imports.use(SAMPLES / "faults" / "goods-food.csv")
    ImportQuestion(imports, imports.words, imports.outcome).exec()
    ask_user(desk.window, desk.window.context.words, "林姑娘")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_dialog_fits_a_small_screen(sat_down: Callable[[str], WindowDesk], monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    desk, looked = sat_down(language), Looked(monkeypatch)
    desk.window.resize(910, 512)
    _every_dialog(desk)
    assert not looked.found, "\n".join(looked.found)
    # A camera is not to be had here.
    ours = {one.__name__ for one in _kinds_of(Dialog) if one.__module__.startswith("ui.")}
    assert looked.seen >= ours - {"FormDialog", "PaperDialog", "CameraDialog"}


def _kinds_of(kind: type[Dialog]) -> set[type[Dialog]]:
    kinds: set[type[Dialog]] = set()
    for one in kind.__subclasses__():
        kinds |= {one} | _kinds_of(one)
    return kinds
