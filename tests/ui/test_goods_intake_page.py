"""Donations taken in: by keyboard, again in two clicks, refused with a reason, with a photo."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from caringstreet.queries import goods, goods_donations
from caringstreet.queries.goods_donations import DonationRow
from caringstreet.rules.diets import Diet
from caringstreet.rules.goods import GiverKind, StorageClass, Target
from caringstreet.rules.quantities import ONE, Unit
from tests.builders import NOW, TODAY, a_shop, a_street
from tests.goods_street import a_donation, a_lot
from tests.ui.desk import WindowDesk, in_dialog
from ui.dialogs.paper_dialog import PaperDialog
from ui.pages.goods_donations_page import GoodsDonationsPage
from ui.pages.goods_intake_page import GoodsIntakePage
from ui.widgets.ask import AskDialog
from ui.widgets.photo_field import LONGEST, MOST_BYTES, small_photo


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDesk]:
    """A window in English on a street with two shops and no goods yet."""
    street = a_street(tmp_path, goods=True)
    a_shop(street, "S05", name_zh="金華餅家")
    a_shop(street, "S06", name_zh="菜根香")
    street.close()
    found = WindowDesk(tmp_path, NOW, "en")
    found.sit_down(tmp_path / "street.caringstreet")
    yield found
    found.leave()


def the_form(desk: WindowDesk, subject: int | None = None, action: str = "new") -> GoodsIntakePage:
    page = desk.page("goods_intake", subject, action)
    assert isinstance(page, GoodsIntakePage)
    QApplication.processEvents()
    return page


def donation(desk: WindowDesk, donation_id: int = 1) -> DonationRow:
    with desk.street.database.reader() as reader:
        return goods_donations.rows(reader, [donation_id])[donation_id]


def count(desk: WindowDesk) -> int:
    with desk.street.database.reader() as reader:
        return goods_donations.count(reader)


def stock(desk: WindowDesk, lot_id: int) -> int:
    with desk.street.database.reader() as reader:
        return goods.rows(reader, [lot_id], TODAY)[lot_id].stock


def told(page: GoodsIntakePage) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page))


def focused() -> object:
    return QApplication.focusWidget()


def test_thirty_buns_by_keyboard_alone(desk: WindowDesk, qtbot: QtBot) -> None:
    """From the navigation to the receipt: at a slow 0.4 seconds a key this is a sixth of a minute."""
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)
    desk.page("goods")
    begun, keys = time.monotonic(), 0

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        nonlocal keys
        keys += 1
        widget = QApplication.focusWidget()
        assert widget is not None
        qtbot.keyClick(widget, key, modifier)

    def write(text: str) -> None:
        nonlocal keys
        keys += len(text)
        widget = QApplication.focusWidget()
        assert widget is not None
        qtbot.keyClicks(widget, text)

    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    page = desk.window.page()
    assert isinstance(page, GoodsIntakePage)
    qtbot.waitUntil(page.giver.shop.hasFocus)
    write("s05")
    press(Qt.Key.Key_Return)
    if page.giver.shop.hasFocus():
        press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.lines[0].item.hasFocus)
    write("buns")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.lines[0].quantity.hasFocus)
    write("30")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    kept = donation(desk)
    assert (kept.giver, kept.shop, kept.day) == ("金華餅家", "S05", TODAY)
    assert [(one.item, one.quantity, one.unit) for one in kept.lines] == [("buns", 30 * ONE, Unit.PIECE)]
    assert keys <= 20
    assert time.monotonic() - begun < 20


def test_a_neighbour_gives_several_things_with_all_that_is_known_of_them(desk: WindowDesk, qtbot: QtBot) -> None:
    page = the_form(desk)
    page.giver.kind.choose(GiverKind.NEIGHBOUR)
    page.giver.giver.setText("何太")
    first = page.lines[0]
    first.item.setText("冬衣")
    first.quantity.setText("兩件")
    first.quantity.setText("2件")
    first.quantity.editingFinished.emit()
    assert first.unit.value() is Unit.ITEM and first.quantity.text() == "2"
    first.more_button.click()
    first.place.setText("衣櫃")
    first.size_text.setText("女裝中碼")
    first.condition.setText("近乎全新")
    first.value.setText("120.50")
    first.grams.setValue(800)
    first.not_for.ticks[Diet.NO_PORK].click()
    desk.press("Another line")
    second = page.lines[1]
    second.item.setText("白米")
    second.quantity.setText("6.5")
    second.unit.choose(Unit.CATTY)
    second.day_kind.choose("by")
    second.day.set_day(date(2026, 12, 31))
    desk.press("Take in")
    kept = donation(desk)
    assert (kept.giver_kind, kept.giver, kept.shop_id) == (GiverKind.NEIGHBOUR, "何太", None)
    coat, rice = kept.lines
    assert (coat.place, coat.size, coat.condition, coat.value_cents, coat.grams_each, coat.not_for) == (
        "衣櫃", "女裝中碼", "近乎全新", 12050, 800, ("no_pork",),
    )  # fmt: skip
    assert (rice.quantity, rice.unit, rice.use_by, rice.best_before) == (6500, Unit.CATTY, date(2026, 12, 31), None)
    assert "Taken in, receipt no. 1" in told(page)
    assert "冬衣 2 items、白米 6.5 catties" in told(page)


def test_hot_food_gets_the_hour_of_the_rule_and_only_on_the_way_the_four(desk: WindowDesk) -> None:
    page = the_form(desk)
    line = page.lines[0]
    assert line.hand_over.isHidden()
    line.storage.choose(StorageClass.HOT)
    assert line.gather().deliver_by == datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
    line.hand_over.kept.click()
    assert line.gather().deliver_by == datetime(2026, 11, 1, 6, 0, tzinfo=UTC)
    line.hand_over.needed.click()
    assert line.gather().deliver_by is None
    line.storage.choose(StorageClass.AMBIENT)
    assert line.hand_over.isHidden()


def test_an_item_given_before_brings_its_unit(desk: WindowDesk) -> None:
    a_donation(desk.street, a_lot("白米", 3, Unit.PACK, place="A 架"))
    page = the_form(desk)
    line = page.lines[0]
    line.item.setText("白米")
    line.item.editingFinished.emit()
    assert line.unit.value() is Unit.PACK
    completer = line.item.completer()
    completer.setCompletionPrefix("米")
    assert completer.currentCompletion() == "白米"


def test_what_is_missing_is_said_in_its_line_and_nothing_is_kept(desk: WindowDesk, qtbot: QtBot) -> None:
    page = the_form(desk)
    desk.press("Take in")
    assert page.form.refusal("giver") == "Please say who gave it."
    page.giver.shop.setText("s05")
    desk.press("Take in")
    assert page.lines[0].said.text() == "Please say what was given."
    page.lines[0].item.setText("麵包")
    page.lines[0].quantity.setText("幾個")
    desk.press("Take in")
    assert page.lines[0].said.text() == "Write how many as 30, 6.5 or 半."
    page.lines[0].quantity.setText("3")
    page.lines[0].more_button.click()
    page.lines[0].value.setText("好多")
    desk.press("Take in")
    assert page.lines[0].said.text() == "Write amounts as 20 or 20.50."
    assert count(desk) == 0
    page.lines[0].value.setText("")
    desk.press("Take in")
    assert page.lines == [] and count(desk) == 1


def test_a_text_that_fits_two_shops_is_none(desk: WindowDesk) -> None:
    page = the_form(desk)
    page.giver.shop.setText("S0")
    assert page.giver.shop_id() is None
    page.giver.shop.setText("菜根")
    assert page.giver.shop_id() == 2


def test_goods_for_the_team_or_a_shop_are_no_stock(desk: WindowDesk) -> None:
    page = the_form(desk)
    page.giver.shop.setText("s05")
    page.lines[0].item.setText("手套")
    page.lines[0].quantity.setText("30對")
    page.lines[0].quantity.editingFinished.emit()
    page.destination.target.choose(Target.SHOP)
    desk.press("Take in")
    assert page.form.refusal("recipient") == "Please say who receives it."
    page.destination.shop.setText("菜根香")
    desk.press("Take in")
    assert donation(desk).receiver == "S06 菜根香"
    assert stock(desk, 1) == 0
    desk.window._undo()
    assert stock(desk, 1) == 0


def test_taking_in_is_taken_back_from_the_bottom_line(desk: WindowDesk) -> None:
    page = the_form(desk)
    page.giver.shop.setText("s05")
    page.lines[0].item.setText("麵包")
    page.lines[0].quantity.setText("30")
    desk.press("Take in")
    assert stock(desk, 1) == 30 * ONE
    desk.window._undo()
    assert stock(desk, 1) == 0


def test_the_same_again_is_two_clicks(desk: WindowDesk) -> None:
    a_donation(
        desk.street,
        a_lot("麵包", 30, place="雪櫃旁", best_before=TODAY),
        a_lot("湯", 6, Unit.BOX, storage=StorageClass.HOT),
        giver_kind=GiverKind.SHOP,
        shop_id=1,
        giver="",
        day=date(2026, 10, 30),
    )
    listed = desk.page("goods_donations")
    desk.press("Take in again")
    page = desk.window.page()
    assert isinstance(page, GoodsIntakePage)
    assert page.note.text() == "Dates are not carried over: look at the packages."
    desk.press("Take in")
    again = donation(desk, 2)
    assert (again.number, again.day, again.shop) == (2, TODAY, "S05")
    assert [(one.item, one.quantity, one.place, one.best_before) for one in again.lines] == [
        ("麵包", 30 * ONE, "雪櫃旁", None),
        ("湯", 6 * ONE, "", None),
    ]
    desk.press("Take in again")
    desk.press("Take in")
    assert count(desk) == 3
    assert isinstance(listed, GoodsDonationsPage)


def test_goods_that_cannot_be_taken_are_refused_with_a_reason(desk: WindowDesk) -> None:
    page = the_form(desk)
    page.giver.kind.choose(GiverKind.NEIGHBOUR)
    page.giver.giver.setText("李先生")
    page.lines[0].item.setText("冰皮月餅")
    page.lines[0].quantity.setText("12盒")
    page.lines[0].quantity.editingFinished.emit()
    in_dialog(AskDialog, lambda dialog: (dialog.text.setPlainText("已過期"), dialog.yes.click()))
    desk.press("Decline…")
    listed = desk.window.page()
    assert isinstance(listed, GoodsDonationsPage)
    assert donation(desk).refused_reason == "已過期"
    words = "\n".join(one.text() for one in listed.panel.parentWidget().findChildren(QLabel))
    assert "已過期" in words and "declined" in words and "12 boxes" in words
    assert stock(desk, 1) == 0


def test_what_was_begun_is_kept_until_it_is_saved_or_given_up(desk: WindowDesk) -> None:
    page = the_form(desk)
    page.giver.shop.setText("s05")
    page.lines[0].item.setText("麵包")
    page.lines[0].quantity.setText("幾個")
    desk.page("today")
    desk.window.draft_bar.back_button.click()
    assert (page.lines[0].item.text(), page.lines[0].quantity.text()) == ("麵包", "幾個")
    assert page.giver.shop_id() == 1
    desk.press("Cancel")
    desk.window.draft_bar.discard_button.click()
    assert the_form(desk).lines[0].item.text() == ""
    assert desk.window.draft_bar.text() == ""


def test_lines_come_with_return_and_go_with_a_click(desk: WindowDesk, qtbot: QtBot) -> None:
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)
    page = the_form(desk)
    page.lines[0].item.setText("a")
    page.lines[0].quantity.setText("1")
    page.lines[0].quantity.setFocus()
    qtbot.keyClick(page.lines[0].quantity, Qt.Key.Key_Return)
    assert len(page.lines) == 2
    qtbot.waitUntil(page.lines[1].item.hasFocus)
    desk.press("Remove this line", page.lines[0])
    assert len(page.lines) == 1 and page.lines[0].item.text() == ""
    desk.press("Remove this line", page.lines[0])
    assert len(page.lines) == 1


def a_picture(folder: Path, width: int, height: int) -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    for x in range(0, width, 7):
        for y in range(0, height, 7):
            image.setPixelColor(x, y, QColor((x * 37) % 256, (y * 91) % 256, (x * y) % 256))
    path = folder / "photo.png"
    assert image.save(str(path))
    return path


def test_a_large_photo_is_made_small_before_it_is_kept(desk: WindowDesk, tmp_path: Path) -> None:
    path = a_picture(tmp_path, 2400, 1200)
    page = the_form(desk)
    page.giver.shop.setText("s05")
    line = page.lines[0]
    line.item.setText("冬衣")
    line.quantity.setText("1")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(QPointF(QPoint(5, 5)), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    line.dropEvent(event)
    assert not line.details.isHidden()
    desk.press("Take in")
    with desk.street.database.reader() as reader:
        photo = goods.photo(reader, 1)
    assert photo is not None and photo.startswith(b"\xff\xd8\xff") and len(photo) < MOST_BYTES
    kept = QImage.fromData(photo)
    assert (kept.width(), kept.height()) == (LONGEST, LONGEST // 2)


def test_a_photo_is_pasted_and_a_file_that_is_none_is_said_so(desk: WindowDesk, tmp_path: Path) -> None:
    page = the_form(desk)
    field = page.lines[0].photo
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(image)
    page.lines[0].more_button.click()
    desk.press("Paste", field)
    assert field.photo() is not None
    desk.press("Remove the photo", field)
    assert field.photo() is None
    (tmp_path / "x.png").write_bytes(b"no picture")
    field.take([tmp_path / "x.png"])
    assert field.said.text() == "This file is not a picture that can be read." and field.photo() is None
    assert small_photo(tmp_path / "not there.png") is None


def test_the_receipt_comes_right_after(desk: WindowDesk) -> None:
    page = the_form(desk)
    page.giver.shop.setText("s05")
    page.lines[0].item.setText("麵包")
    page.lines[0].quantity.setText("30")
    desk.press("Take in")
    seen: list[bool] = []
    in_dialog(PaperDialog, lambda dialog: seen.append(dialog.pdf.is_file()))
    desk.press("Receipt")
    assert seen == [True]


def test_donations_are_found_by_receipt_giver_and_item(desk: WindowDesk, qtbot: QtBot) -> None:
    a_donation(desk.street, a_lot("白米", 3, Unit.PACK))
    a_donation(desk.street, a_lot("手套", 9, Unit.PAIR), giver="黃伯", allotted_to=Target.TEAM)
    page = desk.page("goods_donations")
    assert isinstance(page, GoodsDonationsPage)
    assert [one[0] for one in page.table.texts()[1]] == ["2", "1"]
    for text, number in (("1", "1"), ("黃伯", "2"), ("手套", "2")):
        page.search.setText(text)
        qtbot.waitUntil(lambda: page.table.count() == 1)
        assert page.table.texts()[1][0][0] == number
        page.search.clear()
        qtbot.waitUntil(lambda: page.table.count() == 2)
    assert page.table.texts()[1][0][4] == "Team"
