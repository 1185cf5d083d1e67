"""The messages' page and the phones of a shop, as a volunteer uses them."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QTimer
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from caringstreet.clock import to_utc
from caringstreet.model.devices import MessageSender
from caringstreet.model.evidence import Evidence, Redemption
from caringstreet.model.vouchers import Voucher
from caringstreet.queries import devices as device_queries
from caringstreet.queries import shops, today
from caringstreet.queries.today import Task, TaskKind
from caringstreet.rules.claims import sign
from caringstreet.rules.codes import code_of, pretty
from caringstreet.services import devices
from tests.builders import BY, NOW, a_household, a_shop, a_street, an_offer, handed_out
from tests.ui.desk import WindowDesk
from ui.dialogs.pairing import PairingDialog
from ui.pages.message_senders import OWN
from ui.pages.messages_page import MessagesPage
from ui.pages.shops_page import ShopsPage

AT = to_utc(datetime(2026, 11, 21, 14, 30))
NOON = datetime(2026, 11, 20, 12, 0)


class Desk:
    """A window on a street with a shop, its paired phone and five vouchers out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        street = a_street(folder, page_host="voucher.example.org")
        self.shop = a_shop(street, "S07", name_zh="輝記菜檔", name_en="Fai Kee")
        offer = an_offer(street, self.shop)
        ids = handed_out(street, a_household(street), offer, count=5)
        with street.database.transaction() as tx:
            self.device = devices.pair(tx, shop_id=self.shop, random_bits=street.random_bits, at=NOW, by=BY).device_id
        with street.database.reader() as reader:
            serials = dict(reader.execute(select(Voucher.id, Voucher.serial)).all())
            self.pairing = device_queries.pairing(reader, self.device)
        self.codes = [code_of(serials[one]) for one in ids]
        street.close()
        self.window = WindowDesk(folder, AT)
        self.window.sit_down(street.path)

    def line(self, number: int, seq: int) -> str:
        return sign("S07", 1, seq, NOON, self.codes[number], self.pairing.key).line

    @property
    def page(self) -> MessagesPage:
        found = self.window.page("messages")
        assert isinstance(found, MessagesPage)
        return found

    def chips(self, page: MessagesPage) -> dict[str, str]:
        return {key: chip.text().split(" ")[-1] for key, (chip, _) in page.views._chips.items()}

    def count(self, what: type) -> int:
        with self.window.street.database.reader() as reader:
            return reader.scalar(select(func.count(what.id))) or 0  # type: ignore[attr-defined]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    found = Desk(tmp_path)
    yield found
    found.window.leave()


def chat(*said: tuple[str, str]) -> str:
    return "".join(f"20/11/2026 下午12:{n:02d} - {sender}: {body}\n" for n, (sender, body) in enumerate(said))


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if not one.isHidden())


def when_open(dialog: type[QDialog], then: Callable[[QDialog], object]) -> QTimer:
    """Do something with the next dialog of a kind, then close it."""

    def look() -> None:
        found = QApplication.activeModalWidget()
        if isinstance(found, dialog) and found.isVisible():
            timer.stop()
            then(found)
            found.accept()

    timer = QTimer()
    timer.setInterval(10)
    timer.timeout.connect(look)
    timer.start()
    return timer


def test_pasted_messages_are_shown_and_recorded_and_taken_back(desk: Desk) -> None:
    page = desk.page
    QGuiApplication.clipboard().setText(chat(("輝記菜檔", desk.line(0, 1)), ("輝記菜檔", desk.line(0, 1)), ("輝記菜檔", "3Y1T-J33X-3")))
    page.paste()
    assert desk.chips(page) == {"all": "3", "new": "1", "known": "1", "mistyped": "1", "unknown": "0", "ask": "0", "refused": "0"}
    assert desk.count(Evidence) == 0
    desk.window.press("記錄 2 行", page)
    assert (desk.count(Evidence), desk.count(Redemption)) == (2, 1)
    assert "已記錄" in page.note.text()
    assert not page.take.isEnabled()
    page.use_text(chat(("輝記菜檔", desk.line(0, 1))))
    assert not page.take.isEnabled()
    assert "早已記錄" in page.note.text()
    page.take_back((1, 2))
    assert desk.count(Redemption) == 0


def test_an_unknown_sender_is_said_once_and_kept_only_by_recording(desk: Desk) -> None:
    page = desk.page
    text = chat(("輝叔", pretty(desk.codes[0])), ("職員", f"收到 {pretty(desk.codes[0])}"))
    page.use_text(text)
    assert desk.chips(page)["unknown"] == "2"
    for name, value in (("輝叔", desk.shop), ("職員", OWN)):
        field = page.senders.fields[name]
        field.choose(value)
        field.activated.emit(field.currentIndex())
    assert (desk.chips(page)["unknown"], desk.chips(page)["new"]) == ("0", "1")
    assert desk.count(MessageSender) == 0
    page.record()
    assert (desk.count(MessageSender), desk.count(Redemption)) == (2, 1)
    page.use_text(text)
    assert desk.chips(page)["known"] == "1"
    assert "輝叔" in texts(page.senders)
    desk.window.press("移除 輝叔", page)
    assert desk.count(MessageSender) == 1


def test_codes_without_a_sender_ask_for_a_shop_for_this_once(desk: Desk) -> None:
    page = desk.page
    page.use_text(pretty(desk.codes[0]))
    field = page.senders.fields[""]
    field.choose(desk.shop)
    field.activated.emit(field.currentIndex())
    page.record()
    assert (desk.count(MessageSender), desk.count(Redemption)) == (0, 1)


def test_a_file_is_read_and_one_that_is_no_chat_says_why(desk: Desk) -> None:
    page = desk.page
    path = desk.folder / "chat.txt"
    path.write_text(chat(("輝記菜檔", desk.line(0, 1))), encoding="utf-16")
    page.use(path)
    assert desk.chips(page)["new"] == "1"
    path.write_bytes(b"\x89PNG\0\0")
    page.use(path)
    assert "chat.txt" in page.note.text()
    assert desk.chips(page)["all"] == "0"
    assert not page.take.isEnabled()
    page.use_text("早晨\n多謝")
    assert "沒有券碼" in page.note.text()
    QGuiApplication.clipboard().clear()
    page.paste()
    assert "複製" in page.note.text()


def test_where_dates_can_be_read_both_ways_a_person_chooses(desk: Desk) -> None:
    page = desk.page
    page.use_text(f"3/11/2026 12:00 - 輝記菜檔: {pretty(desk.codes[0])}\n")
    assert not page.dates.isHidden()
    assert "兩種讀法" in page.note.text()
    page.dates.setCurrentIndex(1)
    page.dates.activated.emit(1)
    assert page.recorded is not None
    assert page.recorded.rows[0].at == to_utc(datetime(2026, 3, 11, 12, 0))


def test_a_long_reading_can_be_stopped_and_nothing_is_written(desk: Desk) -> None:
    page = desk.page
    runner = desk.window.runner
    stop = runner.started.connect(lambda label, progress: progress.cancel())
    page.use_text(chat(("輝記菜檔", desk.line(0, 1))))
    runner.disconnect(stop)
    assert desk.chips(page)["all"] == "0"
    assert desk.count(Evidence) == 0
    page.use_text(chat(("輝記菜檔", desk.line(0, 1))))
    stop = runner.started.connect(lambda label, progress: progress.cancel())
    page.record()
    runner.disconnect(stop)
    assert desk.count(Evidence) == 0
    page.look()
    page.record()
    assert desk.count(Evidence) == 1


def test_chips_show_one_class(desk: Desk) -> None:
    page = desk.page
    page.use_text(chat(("輝記菜檔", desk.line(0, 1)), ("輝記菜檔", "3Y1T-J33X-3")))
    assert page.table.model().rowCount() == 2
    page.views.choose("mistyped")
    page.views.chosen.emit("mistyped")
    assert page.table.model().rowCount() == 1
    assert page.table.model().index(0, 1).data() == "3Y1T-J33X-3"


# Phones of a shop -------------------------------------------------------------------------------------------------


def shops_page(desk: Desk) -> ShopsPage:
    page = desk.window.page("shops", desk.shop)
    assert isinstance(page, ShopsPage)
    page.refresh_panel()
    return page


def qr_on(widget: QWidget) -> list[str]:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    with Image.open(BytesIO(bytes(data.data()))) as picture:
        return [one.text for one in zxingcpp.read_barcodes(picture.convert("L"))]


def test_a_phone_is_paired_by_a_code_on_the_screen(desk: Desk) -> None:
    page = shops_page(desk)
    seen: list[str] = []
    timer = when_open(PairingDialog, lambda dialog: seen.extend(qr_on(dialog)))
    desk.window.press("配對手機", page)
    timer.stop()
    assert len(seen) == 1
    assert seen[0].startswith("https://voucher.example.org/v#PS07~2~")
    assert "S07.2" in texts(page)


def test_the_panel_shows_gaps_and_revokes_with_a_reason(desk: Desk) -> None:
    desk.page.use_text("\n".join((desk.line(0, 1), desk.line(1, 3), desk.line(2, 6))))
    desk.page.record()
    page = shops_page(desk)
    assert "第 2, 4–5 則" in texts(page)
    with desk.window.answering("電話遺失"):
        desk.window.press("停用 S07.1", page)
    page.refresh_panel()
    assert "S07.1 已停用：電話遺失" in texts(page)
    assert "未配對手機" in texts(page)


def to_do(desk: Desk) -> list[Task]:
    with desk.window.street.database.reader() as reader:
        found = today.tasks(reader, AT.date(), AT)
        counted = sum(one.missing_count for one in device_queries.devices(reader) if one.revoked_at is None)
    messages = [one for one in found if one.kind is TaskKind.MESSAGES]
    assert sum(one.count for one in messages) == counted
    return messages


def test_what_a_phone_sent_and_never_arrived_stands_on_the_first_page_until_it_comes(desk: Desk) -> None:
    assert to_do(desk) == []
    desk.page.use_text("\n".join((desk.line(0, 1), desk.line(1, 3), desk.line(2, 5))))
    desk.page.record()
    (task,) = to_do(desk)
    assert (task.count, task.name_zh, task.subject_id) == (2, "輝記菜檔", desk.shop)
    first = desk.window.page("today")
    assert "輝記菜檔：手機有 2 則訊息未收到" in texts(first)
    desk.window.press("顯示: 輝記菜檔：手機有 2 則訊息未收到", first)
    page = desk.window.window.page()
    assert isinstance(page, MessagesPage)
    assert "第 2, 4 則" in texts(page)
    page.use_text("\n".join((desk.line(3, 2), desk.line(4, 4))))
    page.record()
    assert to_do(desk) == []


def test_of_a_revoked_phone_nothing_is_waited_for(desk: Desk) -> None:
    desk.page.use_text(desk.line(0, 2))
    desk.page.record()
    assert [one.count for one in to_do(desk)] == [1]
    with desk.window.street.database.transaction() as tx:
        devices.revoke(tx, device_id=desk.device, reason="電話遺失", at=AT, by=BY)
    assert to_do(desk) == []


def test_the_slip_with_a_phones_key_is_left_nowhere(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())))
    page = shops_page(desk)
    timer = when_open(PairingDialog, lambda dialog: dialog.slip.click())  # type: ignore[attr-defined]
    desk.window.press("配對手機", page)
    timer.stop()
    (slip,) = opened
    assert slip.exists()
    if os.name == "posix":
        assert slip.parent.stat().st_mode & 0o077 == 0
    desk.window.window.rebuild()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not slip.parent.exists()


def test_a_lost_phone_is_paired_again_at_once(desk: Desk) -> None:
    page = shops_page(desk)
    timer = when_open(PairingDialog, lambda dialog: None)
    with desk.window.answering("換咗電話"):
        desk.window.press("重新配對 S07.1", page)
    timer.stop()
    page.refresh_panel()
    said = texts(page)
    assert "S07.2" in said
    assert "S07.1 已停用：換咗電話" in said


def test_the_card_is_saved_for_the_laminator(desk: Desk) -> None:
    page = shops_page(desk)
    with desk.window.street.database.reader() as reader:
        shop = shops.detail(reader, desk.shop)
    path = desk.folder / "card.pdf"
    page.phones.save_card_to(shop, path)
    assert path.stat().st_size > 5_000
    assert path.read_bytes().startswith(b"%PDF")


def test_the_teams_whatsapp_number_is_a_setting(desk: Desk) -> None:
    page = desk.window.page("settings")
    page.whatsapp.setText("9555 0100")  # type: ignore[attr-defined]
    desk.window.press("儲存", page)
    desk.window.street.reload()
    assert desk.window.street.settings.whatsapp == "95550100"


def test_a_message_of_tomorrow_is_said_to_have_a_wrong_clock(desk: Desk) -> None:
    page = desk.page
    late = sign("S07", 1, 1, NOON + timedelta(days=40), desk.codes[0], desk.pairing.key).line
    page.use_text(chat(("輝記菜檔", late)))
    assert "手機時鐘不準" in page.table.model().index(0, 4).data()


def named(page: MessagesPage, sender: str, shop_id: int) -> None:
    field = page.senders.fields[sender]
    field.choose(shop_id)
    field.activated.emit(field.currentIndex())


def test_whose_the_senders_are_is_offered_back_with_the_file(desk: Desk) -> None:
    path = desk.folder / "chat.txt"
    path.write_text(chat(("輝叔", pretty(desk.codes[0]))), encoding="utf-8")
    page = desk.page
    page.use(path)
    named(page, "輝叔", desk.shop)
    desk.window.leave()
    desk.window.sit_down(desk.folder / "street.caringstreet")
    desk.window.window.draft_bar.back_button.click()
    page = desk.page
    assert page.senders.fields["輝叔"].value() == desk.shop
    page.record()
    assert desk.count(MessageSender) == 1
    desk.window.window.context.drafts.flush()
    assert desk.window.window.context.drafts.offered() == []


def test_of_a_pasted_chat_only_whose_the_senders_are_is_kept(desk: Desk) -> None:
    text = chat(("輝叔", pretty(desk.codes[0])))
    page = desk.page
    page.use_text(text)
    named(page, "輝叔", desk.shop)
    desk.window.leave()
    desk.window.sit_down(desk.folder / "street.caringstreet")
    kept = desk.window.window.context.drafts.offered()[0]
    assert desk.codes[0] not in str(kept.inputs) and pretty(desk.codes[0]) not in str(kept.inputs)
    desk.window.window.draft_bar.back_button.click()
    page = desk.page
    page.use_text(text)
    assert desk.chips(page)["new"] == "1"
    page.record()
    assert desk.count(MessageSender) == 1
