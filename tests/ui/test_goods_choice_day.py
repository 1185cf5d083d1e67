"""A choice day on screen, as volunteers work it: plan, set up, visitors by keyboard, closing."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from caringstreet.bootstrap import OpenStreet
from caringstreet.queries import choice_events, distributions, goods, goods_donations, needs, vouchers
from caringstreet.queries.choice_events import ChoiceDayFigures, VisitRow
from caringstreet.rules.cards import household_card
from caringstreet.rules.codes import pretty
from caringstreet.rules.goods import GiverKind
from caringstreet.rules.quantities import ONE
from caringstreet.services.choice_events import VisitForm
from tests.builders import a_household, a_shop, a_street, an_offer, issued
from tests.choice_day import DAY, NOW, WISHES, a_lot, an_event, picks_of, the_tables, visited
from tests.ui.desk import WindowDesk
from ui.pages.goods_choice_day import ChoiceDay
from ui.pages.goods_choice_visit import VisitDesk
from ui.pages.goods_hand_out_page import GoodsHandOutPage
from ui.widgets.ask import AskDialog

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def sit_down(folder: Path, street: OpenStreet, language: str = "en") -> WindowDesk:
    street.close()
    found = WindowDesk(folder, NOW, language)
    found.sit_down(folder / "street.caringstreet")
    found.window.activateWindow()
    assert QTest.qWaitForWindowActive(found.window)
    return found


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDesk]:
    """H-0001 陳婆婆, H-0012 李太 and H-0027 Siti; the tables of 28 November stand."""
    street = a_street(tmp_path, at=NOW, goods=True)
    for number, name in (("H-0001", "陳婆婆"), ("H-0012", "李太"), ("H-0027", "Siti"), ("H-0028", "Siti")):
        a_household(street, number, display_name=name, members=())
    event = an_event(street, slots=(("14:00", 2), ("14:30", 20)))
    the_tables(street, event)
    found = sit_down(tmp_path, street)
    yield found
    found.leave()


def the_day(desk: WindowDesk) -> ChoiceDay:
    page = desk.page("goods_hand_out", None, "choice")
    assert isinstance(page, GoodsHandOutPage)
    return page.choice


def visits(desk: WindowDesk) -> list[VisitRow]:
    with desk.street.database.reader() as reader:
        return choice_events.visits(reader, 1)


def figures(desk: WindowDesk) -> ChoiceDayFigures:
    with desk.street.database.reader() as reader:
        return choice_events.figures(reader, 1)


class Keys:
    """Presses keys where the keyboard is, and counts them."""

    def __init__(self) -> None:
        self.pressed = 0

    def press(self, *keys: str | Qt.Key) -> None:
        for key in keys:
            place = QApplication.focusWidget()
            assert isinstance(place, QWidget)
            if isinstance(key, str):
                QTest.keyClicks(place, key)
                self.pressed += len(key)
            else:
                QTest.keyClick(place, key)
                self.pressed += 1
            QApplication.processEvents()


RETURN, SPACE, BACKSPACE, ESCAPE, DOWN, F4 = (
    Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Backspace, Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_F4,
)  # fmt: skip


def test_a_visitor_takes_six_keys_and_the_desk_is_ready_for_the_next(desk: WindowDesk) -> None:
    day, keys = the_day(desk), Keys()
    keys.press("27", RETURN, "1", "3", RETURN)
    assert keys.pressed == 6  # at 1.3 seconds a key that is under ten seconds
    assert [(one.number, one.household, [pick.item for pick in one.picks]) for one in visits(desk)] == [(1, "H-0027", ["圍巾", "女裝鞋"])]
    assert day.visits.finder.field.hasFocus()
    assert day.figures.numbers["visitors"].text() == "1"
    assert day.figures.numbers["left"].text() == "181"
    keys.press("12", RETURN, "2", RETURN)
    assert [one.household for one in visits(desk)] == ["H-0012", "H-0027"]
    assert desk.window.status_text() == "Visitor 2 recorded: H-0012 李太, 1 picked"


def test_a_fourth_pick_is_refused_in_words_and_nothing_of_it_is_recorded(desk: WindowDesk) -> None:
    day, keys = the_day(desk), Keys()
    keys.press("12", RETURN, "1", "1", "2", "3")
    assert day.visits.said.text() == "Each visitor takes at most 3; 3 are taken and 1 more would be too many."
    assert (day.visits.dots.before, day.visits.dots.now, day.visits.dots.limit) == (0, 3, 3)
    assert day.visits.count.text() == "3 of 3"
    keys.press(RETURN)
    assert visits(desk)[0].picked == 3 * ONE
    keys.press("12", RETURN)
    assert "took 3 today already" in day.visits.said.text()
    keys.press("1")
    assert day.visits.said.text().startswith("Each visitor takes at most 3; 3 are taken")
    keys.press(RETURN)
    assert len(visits(desk)) == 1
    keys.press(ESCAPE)
    assert day.visits.finder.field.hasFocus()


def test_not_needed_is_one_key_and_takes_nothing_away(desk: WindowDesk) -> None:
    the_day(desk)
    keys = Keys()
    keys.press("1", RETURN, F4)
    assert [(one.household, one.declined, one.picks) for one in visits(desk)] == [("H-0001", True, ())]
    with desk.street.database.reader() as reader:
        assert distributions.candidates(reader, DAY)[0].lately == 0
    keys.press("1", RETURN, "1", RETURN)
    assert visits(desk)[0].picked == ONE


def test_nobody_need_be_named(desk: WindowDesk) -> None:
    the_day(desk)
    keys = Keys()
    keys.press(SPACE, "1", RETURN)
    assert keys.pressed == 3
    assert [(one.household_id, one.picked) for one in visits(desk)] == [(None, ONE)]


def test_return_without_picks_says_which_key_means_not_needed(desk: WindowDesk) -> None:
    day, keys = the_day(desk), Keys()
    keys.press("12", RETURN, RETURN)
    assert "F4: not needed this time" in day.visits.said.text()
    assert visits(desk) == []
    keys.press("1", F4)
    assert "Put it back with Backspace first" in day.visits.said.text()
    keys.press(BACKSPACE, F4)
    assert visits(desk)[0].declined


def test_wishes_become_needs(desk: WindowDesk) -> None:
    day, keys = the_day(desk), Keys()
    keys.press("12", RETURN, "4")
    day.visits.wish.setFocus()
    for wish in ("shoes 38", "a pram"):
        keys.press(wish)
        QTest.qWait(80)  # faster, it would be a scanner's burst
        keys.press(RETURN)
    assert day.visits.wishes.text() == "shoes 38, a pram"
    keys.press(RETURN)
    with desk.street.database.reader() as reader:
        assert {(one.subject, one.household) for one in needs.rows(reader, open_only=True)} == {
            ("shoes 38", "H-0012"),
            ("a pram", "H-0012"),
        }
    assert visits(desk)[0].picked == ONE


def test_a_name_that_fits_several_is_chosen_from_them(desk: WindowDesk) -> None:
    day, keys = the_day(desk), Keys()
    keys.press("siti", RETURN)
    assert day.visits.finder.list.count() == 2
    keys.press(DOWN, RETURN)
    assert day.visits.who.text().startswith("H-0028  Siti")
    keys.press("1", RETURN)
    assert visits(desk)[0].household == "H-0028"


def test_what_fits_nobody_says_so_and_keeps_what_was_typed(desk: WindowDesk) -> None:
    day, keys = the_day(desk), Keys()
    keys.press("99", RETURN)
    assert day.visits.said.text().startswith("“99” fits no household.")
    assert day.visits.finder.field.text() == "99"
    keys.press("12", RETURN)
    assert day.visits.who.text().startswith("H-0012")


def test_a_pick_before_anybody_came_asks_who_it_is(desk: WindowDesk) -> None:
    day = the_day(desk)
    QTest.keyClicks(day.visits.board, "1")
    assert day.visits.said.text().startswith("Who is it?")
    assert day.visits.finder.field.hasFocus()


def test_a_card_scanned_between_picks_neither_picks_nor_loses_anything(desk: WindowDesk) -> None:
    day, keys = the_day(desk), Keys()
    keys.press(household_card("H-0012"), RETURN)
    assert day.visits.who.text().startswith("H-0012")
    keys.press("2")
    assert day.visits.basket.counted.total() == 1
    QTest.qWait(80)
    keys.press(household_card("H-0027"), RETURN)
    assert visits(desk) == []
    assert day.visits.basket.counted.total() == 1
    assert "not recorded yet" in day.visits.said.text()
    keys.press(BACKSPACE)
    QTest.qWait(80)
    keys.press(household_card("H-0027"), RETURN)
    assert day.visits.who.text().startswith("H-0027")
    assert day.visits.basket.counted.total() == 0


def test_a_voucher_finds_its_household(qtbot: QtBot, tmp_path: Path) -> None:
    street = a_street(tmp_path, at=NOW, goods=True)
    household = a_household(street, "H-0005")
    voucher = issued(street, household, an_offer(street, a_shop(street)), day=DAY)[0]
    the_tables(street, an_event(street))
    with street.database.reader() as reader:
        code = pretty(vouchers.rows(reader, [voucher], DAY)[voucher].code)
    desk = sit_down(tmp_path, street)
    day = the_day(desk)
    desk.window.take_code(code)
    assert day.visits.who.text().startswith("H-0005")
    desk.leave()


def test_slots_show_their_fill_and_the_running_one_goes_with_the_visit(desk: WindowDesk) -> None:
    day, keys = the_day(desk), Keys()
    assert [one.text() for one in day.visits.slots.buttons.values()] == ["14:00: 0 of 2", "14:30: 0 of 20"]
    keys.press(SPACE, "1", RETURN)
    day.visits.slots.buttons["14:00"].click()
    day.visits.finder.field.setFocus()
    keys.press(SPACE, "1", RETURN, SPACE, "1", RETURN)
    assert [one.slot for one in visits(desk)] == ["14:00", "14:00", "14:30"]
    assert day.visits.slots.buttons["14:00"].text() == "14:00: 2 of 2, full"
    assert day.visits.slots.buttons["14:30"].text() == "14:30: 1 of 20"


def test_undo_and_take_back_lay_the_picks_on_the_tables_again(desk: WindowDesk) -> None:
    day, keys = the_day(desk), Keys()
    keys.press("12", RETURN, "1", "2", RETURN, "27", RETURN, "1", RETURN)
    desk.window._undo()
    assert [one.household for one in visits(desk)] == ["H-0012"]
    with desk.answering("wrong household"):
        day.visits.last.take_back.click()
    assert (visits(desk), figures(desk).left) == ([], 183 * ONE)
    assert desk.window.status_text() == "Visitor 1 undone"


def test_ctrl_z_puts_the_last_pick_back_while_a_visitor_stands_there(desk: WindowDesk) -> None:
    day, keys = the_day(desk), Keys()
    keys.press("12", RETURN, "1", "2")
    desk.window._undo()
    assert day.visits.basket.counted.total() == 1
    assert visits(desk) == []


def test_arrows_and_space_pick_too_and_tiles_can_be_read_aloud(desk: WindowDesk) -> None:
    day, keys = the_day(desk), Keys()
    keys.press("12", RETURN, Qt.Key.Key_Right, SPACE, RETURN)
    assert [pick.item for pick in visits(desk)[0].picks] == ["外套"]
    assert day.visits.board.texts()[1] == "2 · 外套 · M · 九成新 · 何太 · 33 items left"


def test_the_last_piece_is_not_taken_twice(qtbot: QtBot, tmp_path: Path) -> None:
    street = a_street(tmp_path, at=NOW, goods=True)
    event, lot = an_event(street), a_lot(street, "棉被", 1, photo=PICTURE)
    desk = sit_down(tmp_path, street)
    day, keys = the_day(desk), Keys()
    day.tables.bring()
    assert figures(desk).received == ONE
    day.open_step("visitors")
    keys.press(SPACE, "1", "1")
    assert day.visits.said.text() == "棉被: 2 items wanted, but only 1 item on the table. Write 1 item or less."
    keys.press(RETURN, SPACE, "1")
    assert "1 item wanted, but only 0 items" in day.visits.said.text()
    assert (event, lot, len(visits(desk))) == (1, 1, 1)
    desk.leave()


# Setting up, and the end -------------------------------------------------------------------------------------------


def test_a_day_is_planned_by_keyboard_with_its_slots(qtbot: QtBot, tmp_path: Path) -> None:
    desk = sit_down(tmp_path, a_street(tmp_path, at=NOW, goods=True))
    day, keys = the_day(desk), Keys()
    assert day.begin_button.hasFocus()
    keys.press(SPACE)
    assert day.plan_card.day_name.hasFocus()
    day.plan_card.day_name.setText("")
    day.plan_card.save()
    assert day.plan_card.form.refusal("name") == "Please fill in a name."
    keys.press("Winter store")
    day.plan_card.slots.add_button.click()
    day.plan_card.slots.add_button.click()
    day.plan_card.picks.setValue(4)
    QTest.keyClick(day.plan_card.day_name, RETURN, Qt.KeyboardModifier.ControlModifier)
    with desk.street.database.reader() as reader:
        event = choice_events.rows(reader)[0]
    assert (event.name, event.pick_limit, event.slots) == ("Winter store", 4, (("14:00", 20), ("14:30", 20)))
    assert day.places.currentWidget() is day.tables
    day.change.click()
    assert day.plan_card.day_name.text() == "Winter store"
    day.plan_card.slots._remove(day.plan_card.slots.fields[0][0])
    day.plan_card.save()
    with desk.street.database.reader() as reader:
        assert choice_events.rows(reader)[0].slots == (("14:30", 20),)
    desk.leave()


def test_lots_are_brought_from_the_stock_up_to_what_is_there(qtbot: QtBot, tmp_path: Path) -> None:
    street = a_street(tmp_path, at=NOW, goods=True)
    an_event(street)
    a_lot(street, "毛衣", 10)
    a_lot(street, "過期罐頭", 3, best_before=DAY - timedelta(days=1))
    desk = sit_down(tmp_path, street)
    day, keys = the_day(desk), Keys()
    assert day.tables.stock.list.count() == 1  # what is past its date is not offered
    day.tables.stock.search.setText("毛衣")
    keys.press(RETURN)
    assert day.tables.quantity.hasFocus()
    assert day.tables.quantity.text() == "10"
    keys.press("12", RETURN)
    assert desk.window.page().note.text() == "毛衣: 12 items wanted, but only 10 items on hand. Write 10 items or less."
    day.tables.quantity.selectAll()
    keys.press("8", RETURN)
    assert day.figures.numbers["received"].text() == "8"
    assert day.tables.stock.search.hasFocus()
    desk.window._undo()
    assert day.figures.numbers["received"].text() == "0"
    desk.leave()


def test_a_donation_goes_straight_onto_the_tables_and_the_giver_stays(qtbot: QtBot, tmp_path: Path) -> None:
    street = a_street(tmp_path, at=NOW, goods=True)
    a_shop(street, "S14", name_en="Hing Fat")
    an_event(street)
    desk = sit_down(tmp_path, street)
    day = the_day(desk)
    desk.press("Received today", day.tables)
    given, keys = day.tables.given, Keys()
    given.save()
    assert given.form.refusal("giver") == "Please say who gave it."
    given.giver.setText("何太")
    given.save()
    assert given.form.refusal("item") == "Please say what was given."
    given.item.setText("外套")
    given.quantity.setText("none")
    given.save()
    assert given.form.refusal("quantity").startswith("Write how many")
    given.quantity.setText("40")
    given.how_big.setText("M")
    keys.press(RETURN)
    assert (given.giver.text(), given.item.text(), given.quantity.text()) == ("何太", "", "1")
    assert given.item.hasFocus()
    given.giver.setText("S14")
    given.item.setText("手套")
    given.save()
    with desk.street.database.reader() as reader:
        rows = goods_donations.rows(reader, [1, 2])
        assert [(one.giver_kind, one.giver, one.day) for one in rows.values()] == [
            (GiverKind.NEIGHBOUR, "何太", DAY),
            (GiverKind.SHOP, "商戶S14", DAY),
        ]
    assert day.figures.numbers["received"].text() == "41"
    desk.leave()


def test_what_is_not_fit_is_sorted_out_and_may_come_back(desk: WindowDesk) -> None:
    day = the_day(desk)
    day.open_step("tables")
    desk.press("Sort out", day.tables)
    day.tables.list.selectRow(0)
    day.tables.unfit.setText("100")
    day.tables.sort_out()
    assert "100 items wanted, but only 72 items on the table" in desk.window.page().note.text()
    day.tables.unfit.setText("2")
    day.tables.sort_out()
    assert day.figures.numbers["unfit"].text() == "33"
    desk.window._undo()
    assert day.figures.numbers["unfit"].text() == "31"
    with desk.answering("looked at it again"):
        day.tables.list.selectRow(1)
        day.tables.take_back_sorting()
    assert day.figures.numbers["unfit"].text() == "25"


def test_what_lies_there_goes_back_into_the_stock(desk: WindowDesk) -> None:
    day = the_day(desk)
    day.open_step("tables")
    day.tables.list.selectRow(0)
    day.tables.put_away()
    assert day.figures.numbers["left"].text() == "111"
    desk.window._undo()
    assert day.figures.numbers["left"].text() == "183"


def test_closing_asks_in_figures_and_can_be_opened_again_with_a_reason(desk: WindowDesk) -> None:
    day, keys = the_day(desk), Keys()
    keys.press("12", RETURN, "1", "2", "3", RETURN)
    day.open_step("closing")
    first = next(iter(day.closing.fields.values()))
    assert first.hasFocus()
    keys.press("12")
    assert day.closing.said.text() == "1 visitors took 3 of 183. 180 are left: 168 kept in stock, 12 recycled."
    first.setText("some")
    assert not day.closing.close_button.isEnabled()
    first.setText("12")
    asked: list[str] = []

    def say_yes() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, AskDialog)
        asked.append(dialog.yes.text())
        dialog.yes.click()

    QTimer.singleShot(0, say_yes)
    QTest.keyClick(first, RETURN, Qt.KeyboardModifier.ControlModifier)
    assert asked == ["Close the choice day"]
    assert (figures(desk).kept, figures(desk).recycled) == (168 * ONE, 12 * ONE)
    with desk.street.database.reader() as reader:
        assert choice_events.rows(reader)[0].closed
        assert sum(one.stock for one in goods.rows(reader, [1, 2, 3, 4], DAY).values()) == 168 * ONE
    day.open_step("visitors")
    assert not day.visits.isEnabled()
    day.open_step("closing")
    with desk.answering("somebody came late"):
        day.closing.reopen_button.click()
    day.open_step("visitors")
    assert day.visits.isEnabled()
    assert figures(desk).recycled == 0


def test_the_story_of_28_november_ends_with_42_left(desk: WindowDesk) -> None:
    """The first fifty by the service, as another window would; the last twelve through this one."""
    lots, left = [1, 2, 3, 4], [34, 55, 22, 72]
    for number in range(1, 51):
        taken = []
        for _ in range(picks_of(number)):
            at = max(range(4), key=left.__getitem__)
            left[at] -= 1
            taken.append((lots[at], ONE))
        wishes = (WISHES[number - 1],) if number <= 6 else ()
        visited(desk.street, 1, VisitForm(picks=tuple(taken), wishes=wishes))
    day, keys = the_day(desk), Keys()
    for _ in range(51, 62):
        keys.press(SPACE, "1")
        if _ == 51:
            day.visits.wish.setText(WISHES[6])
        keys.press(RETURN)
    keys.press("1", RETURN, F4)
    found = figures(desk)
    assert (found.received, found.unfit, found.displayed) == (214 * ONE, 31 * ONE, 183 * ONE)
    assert (found.visitors, found.chosen, found.left, found.wishes) == (62, 141 * ONE, 42 * ONE, 7)
    day.open_step("closing")
    for field in day.closing.fields.values():
        field.setText("3")
    assert day.closing.said.text() == "62 visitors took 141 of 183. 42 are left: 30 kept in stock, 12 recycled."


def test_a_visitor_half_served_stays_in_another_language(desk: WindowDesk, qtbot: QtBot) -> None:
    the_day(desk)
    Keys().press("12", RETURN, "1")
    desk.window.side.language_button.click()
    qtbot.waitUntil(lambda: desk.window.page().title() == "派發物資")
    page = desk.window.page()
    assert isinstance(page, GoodsHandOutPage)
    assert page.choice.visits.who.text() == "H-0012  李太 · 1 人"
    assert page.choice.visits.board.hasFocus()
    Keys().press(RETURN)
    assert [(one.household, one.picked) for one in visits(desk)] == [("H-0012", ONE)]


def test_the_mode_is_remembered_and_no_telephone_or_address_is_shown(desk: WindowDesk) -> None:
    page = desk.page("goods_hand_out")
    assert isinstance(page, GoodsHandOutPage)
    page._mode_chosen("needs")
    assert desk.house.preferences.text("goods_hand_out/mode") == "needs"
    again = GoodsHandOutPage(page.context)
    assert again.modes.current() == "needs"
    again.deleteLater()
    assert isinstance(page.choice.visits, VisitDesk)
    page._mode_chosen("choice")
    Keys().press("12", RETURN)
    assert page.choice.visits.who.text() == "H-0012  李太 · 1 person"
