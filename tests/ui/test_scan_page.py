"""The scan desk as a volunteer uses it: an envelope, its questions, and nothing lost."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import qrcode
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from caringstreet.model.evidence import Collection, Evidence, Redemption
from caringstreet.model.vouchers import Voucher
from caringstreet.queries import questions as question_queries
from caringstreet.queries.collections import recorded_round
from caringstreet.rules.codes import code_of, pretty
from caringstreet.rules.evidence import Channel, Outcome, Verdict
from caringstreet.services.evidence_answers import ScanAnswer
from caringstreet.wording.answers import answer_text
from caringstreet.words import words_for
from tests.builders import a_household, a_shop, a_street, an_offer, handed_out, issued
from tests.ui.desk import WindowDesk
from ui.dialogs.unreadable_dialog import UnreadableDialog
from ui.pages.questions_page import QuestionsPage
from ui.pages.scan_answer import LOOKS, AnswerCard
from ui.pages.scan_page import ScanPage
from ui.preferences import Preferences
from ui.scanning.camera import FrameReader
from ui.scanning.sound import Sounder
from ui.scanning.tray import Sheet, Tray
from ui.widgets.ask import AskDialog

AT = datetime(2026, 11, 14, 7, 0, tzinfo=UTC)
DAY = date(2026, 11, 14)


class Scanning:
    """A window on a street with two shops, at the scan desk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        street = a_street(folder)
        self.shop, self.other = a_shop(street, "S07", name_zh="輝記菜檔", name_en="Fai Kee"), a_shop(street, "S18", name_zh="家寶糖水")
        self.offer = an_offer(street, self.shop)
        household = a_household(street)
        self.ids = handed_out(street, household, self.offer, count=5)
        self.waiting = issued(street, household, self.offer, count=2)
        with street.database.reader() as reader:
            serials = {row.id: row.serial for row in reader.execute(select(Voucher.id, Voucher.serial))}
        self.codes = [pretty(code_of(serials[one])) for one in self.ids]
        self.waiting_codes = [pretty(code_of(serials[one])) for one in self.waiting]
        street.close()
        self.seconds = 0.0
        self.open()

    def open(self) -> None:
        self.desk = WindowDesk(self.folder, AT)
        self.desk.sit_down(self.folder / "street.caringstreet")
        QTest.qWaitForWindowActive(self.desk.window)

    @property
    def page(self) -> ScanPage:
        page = self.desk.window.page()
        if not isinstance(page, ScanPage):
            page = self.desk.page("scan")
        assert isinstance(page, ScanPage)
        page.tray.clock = self.tick
        return page

    def tick(self) -> float:
        self.seconds += 10
        return self.seconds

    def choose_shop(self) -> ScanPage:
        page = self.page
        page.shop.choose(self.shop)
        return page

    def count(self, table: Any) -> int:
        with self.desk.street.database.reader() as reader:
            found: int = reader.execute(select(func.count()).select_from(table)).scalar_one()
            return found

    def outcomes(self) -> list[Outcome]:
        return [one.outcome for one in self.page.answers]


@pytest.fixture
def scanning(qtbot: QtBot, tmp_path: Path) -> Iterator[Scanning]:
    made = Scanning(tmp_path)
    yield made
    made.desk.leave()


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def type_(text: str, *, enter: bool = True) -> None:
    QTest.keyClicks(focused(), text)
    if enter:
        QTest.keyClick(focused(), Qt.Key.Key_Return)


def press(keys: str) -> None:
    combination = QKeySequence(keys)[0]
    QTest.keyClick(focused(), combination.key(), combination.keyboardModifiers())


class InDialog:
    """Does something in the dialog of a kind that opens next, whenever that is; closes any other."""

    def __init__(self, kind: type[QDialog], act: Callable[[Any], None]) -> None:
        self._kind, self._act = kind, act
        self._timer = QTimer(interval=10)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self.met = False

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            return
        self._timer.stop()
        try:
            assert isinstance(dialog, self._kind)
            self._act(dialog)
            self.met = True
        finally:
            if not self.met:
                dialog.reject()


def give_reason(reason: str) -> InDialog:
    def give(dialog: AskDialog) -> None:
        dialog.text.setPlainText(reason)
        dialog.yes.click()

    return InDialog(AskDialog, give)


def photo(*texts: str) -> bytes:
    """A table with vouchers, four in a line, taken from above."""
    side = 260
    picture = Image.new("L", (4 * side, side * ((len(texts) + 3) // 4)), 255)
    for place, text in enumerate(texts):
        code = qrcode.make(text, border=4).get_image().convert("L").resize((side - 20, side - 20))
        picture.paste(code, (place % 4 * side + 10, place // 4 * side + 10))
    raw = BytesIO()
    picture.save(raw, "PNG")
    return raw.getvalue()


# An envelope --------------------------------------------------------------------------------------------------


def test_a_whole_envelope_by_keyboard_only(scanning: Scanning) -> None:
    page = scanning.page
    type_("S07")
    assert focused() is page.code
    type_(scanning.codes[0])
    type_(scanning.codes[1].lower().replace("-", ""))
    type_(scanning.codes[2])
    wrong = scanning.codes[0][:-1] + ("1" if scanning.codes[0].endswith("0") else "0")
    type_(wrong)
    # It stays to be mended, and is no voucher of the envelope; whatever is scanned next takes its place.
    assert page.code.text() == page.code.selectedText() == wrong
    assert page.tally.numbers["bad"].text() == "0"
    assert answer_text(page.words, Outcome.MISTYPED, {})[0] in page.card.title.text()
    press("Escape")
    assert page.code.text() == ""
    assert [one.verdict for one in page.answers] == [Verdict.REDEEMS] * 3
    while focused() is not page.counted:
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    press("Ctrl+A")
    type_("4", enter=False)
    assert "少 1 張" in page.tally.difference.text()
    assert scanning.count(Evidence) == scanning.count(Collection) == 0
    press("Ctrl+Return")
    assert scanning.count(Redemption) == 3
    with scanning.desk.street.database.reader() as reader:
        found = recorded_round(reader, scanning.shop, DAY)
    assert found is not None
    assert (found.slips, found.counted_by_shop) == (3, 4)
    assert "S07 輝記菜檔" in scanning.desk.window.status_text()
    assert page.tray.sheets == []
    type_("S18")
    assert (page.shop.shop_id(), focused()) == (scanning.other, page.code)


def test_the_ready_card_gives_its_texts_the_whole_width(scanning: Scanning) -> None:
    QApplication.processEvents()
    assert scanning.page.card.title.width() > 400


def test_the_tally_says_what_the_envelope_is_worth(scanning: Scanning) -> None:
    page = scanning.choose_shop()
    for code in (*scanning.codes[:2], scanning.codes[0], pretty(code_of(77))):
        page.take_code(code)
    assert [page.tally.numbers[key].text() for key in ("good", "warn", "bad")] == ["2", "1", "1"]
    assert (page.tally.payable.text(), page.tally.gift.text()) == ("HK$36", "HK$4")
    page.counted.setValue(4)
    assert page.tally.difference.text() == "與商戶數得的一樣。" or "same" in page.tally.difference.text()


def test_undo_of_a_recorded_envelope_lays_its_slips_on_the_desk_again(scanning: Scanning) -> None:
    page = scanning.choose_shop()
    for code in scanning.codes[:2]:
        page.take_code(code)
    page.counted.setValue(3)
    page.record()
    assert scanning.count(Redemption) == 2
    page.code.setFocus()
    press("Ctrl+Z")
    assert scanning.count(Redemption) == 0
    assert page.tray.texts == scanning.codes[:2]
    assert page.counted.value() == 3
    page.record()
    assert scanning.count(Redemption) == 2


def test_an_envelope_recorded_twice_counts_once_and_says_so(scanning: Scanning) -> None:
    page = scanning.choose_shop()
    for _ in range(2):
        for code in scanning.codes[:2]:
            page.take_code(code)
        page.record()
    assert scanning.count(Evidence) == 2
    assert page.note.text() == words_for("zh_HK").say("This list was recorded before; nothing was counted twice.")


def test_without_a_shop_a_voucher_names_its_own_and_enter_takes_it(scanning: Scanning) -> None:
    page = scanning.page
    page.code.setFocus()
    assert "未有商戶" in page.code.placeholderText()
    type_(scanning.codes[0])
    assert page.tray.texts == [scanning.codes[0]] and page.answers == ()
    assert "S07 輝記菜檔" in page.card.title.text()
    type_(scanning.codes[1])
    type_("")
    assert page.shop.shop_id() == scanning.shop
    assert [one.verdict for one in page.answers] == [Verdict.REDEEMS] * 2
    assert focused() is page.code and "未有商戶" not in page.code.placeholderText()
    page.record()
    assert scanning.count(Redemption) == 2


def test_what_waits_for_its_shop_can_be_of_another_than_the_one_that_is_chosen(scanning: Scanning) -> None:
    page = scanning.page
    page.take_code(scanning.codes[0])
    page.shop.choose(scanning.other)
    page.shop.entered.emit()
    assert scanning.outcomes() == [Outcome.WRONG_SHOP]


def test_a_text_that_fits_two_shops_says_so(scanning: Scanning) -> None:
    page = scanning.page
    type_("S")
    assert "S" in page.note.text()
    page.shop.setEditText("輝記")
    type_("")
    assert page.shop.shop_id() == scanning.shop


def test_pasted_lines_that_are_no_codes_are_named_and_not_counted(scanning: Scanning) -> None:
    page = scanning.choose_shop()
    QApplication.clipboard().setText("\n".join((scanning.codes[0], "HELLO WORLD", scanning.codes[1], "4891028164395")))
    page.photos.paste()
    assert page.tray.texts == scanning.codes[:2]
    assert "HELLO WORLD" in page.note.text() and "4891028164395" in page.note.text()
    assert page.code.text() == "HELLO WORLD"


def test_a_day_ahead_cannot_be_recorded(scanning: Scanning) -> None:
    page = scanning.choose_shop()
    page.take_code(scanning.codes[0])
    page.day.set_day(date(2026, 11, 15))
    page.record()
    assert scanning.count(Evidence) == 0
    assert page.note.text()


def test_delete_takes_a_chosen_sheet_out(scanning: Scanning) -> None:
    page = scanning.choose_shop()
    for code in scanning.codes[:3]:
        page.take_code(code)
    page.list.setFocus()
    page.list.selectRow(1)
    press("Del")
    assert page.tray.texts == [scanning.codes[0], scanning.codes[2]]


def test_typed_codes_of_a_telephone_call_are_claims_of_their_day(scanning: Scanning) -> None:
    page = scanning.choose_shop()
    page.channel.choose(Channel.PHONE)
    page.day.set_day(date(2026, 11, 12))
    page.take_code(scanning.codes[0])
    page.record()
    with scanning.desk.street.database.reader() as reader:
        row = reader.execute(select(Redemption.day, Redemption.channel, Redemption.without_slip)).one()
    assert tuple(row) == (date(2026, 11, 12), Channel.PHONE, True)
    assert scanning.count(Collection) == 0


# Nothing is lost ----------------------------------------------------------------------------------------------


def test_the_tray_survives_a_crash_a_page_and_a_language(scanning: Scanning) -> None:
    page = scanning.choose_shop()
    for code in scanning.codes[:2]:
        page.take_code(code)
    page.counted.setValue(2)
    page.day.set_day(date(2026, 11, 13))
    scanning.desk.page("today")
    assert scanning.desk.page("scan") is page
    scanning.desk.window.rebuild()
    assert scanning.page is not page
    scanning.desk.leave()
    scanning.open()
    page = scanning.page
    assert page.tray.texts == scanning.codes[:2]
    assert (page.shop.shop_id(), page.round.chosen_day(), page.counted.value()) == (scanning.shop, date(2026, 11, 13), 2)
    assert [one.verdict for one in page.answers] == [Verdict.REDEEMS] * 2
    assert page.note.text()


def test_another_street_never_gets_the_tray(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "window.ini")
    tray = Tray(1, DAY, "slip", None, [Sheet("7KQ4M2XTK")])
    preferences.set(f"scan/tray-{hashlib.sha256(str((tmp_path / 'one').resolve()).encode()).hexdigest()[:12]}", tray.kept())
    assert Tray.moved_from(preferences, tmp_path / "two").sheets == []
    assert Tray.moved_from(preferences, tmp_path / "one").sheets == tray.sheets
    assert Tray.moved_from(preferences, tmp_path / "one").sheets == []


def test_a_tray_that_cannot_be_read_is_empty() -> None:
    for kept in ("", "{", "[1]", '{"shop": 1}', '{"shop":1,"day":"x","channel":"slip","counted":null,"sheets":[]}'):
        assert Tray.of(kept).sheets == []


def test_the_same_sheet_under_the_scanner_is_one_and_later_it_is_a_second_paper() -> None:
    now = 0.0
    tray = Tray(clock=lambda: now)
    assert tray.add("7KQ4-M2XT-K")
    now = 4.0
    assert not tray.add("7kq4m2xtk")
    now = 8.0
    assert not tray.add("7KQ4-M2XT-K")
    now = 13.5
    assert tray.add("7KQ4-M2XT-K")
    assert len(tray.sheets) == 2


# Photos and cameras -------------------------------------------------------------------------------------------


def test_one_photo_reads_many_vouchers_and_the_same_photo_again_adds_none(scanning: Scanning) -> None:
    page = scanning.choose_shop()
    page.take_code(scanning.codes[0])
    page.photos.read([photo(*scanning.codes)])
    assert sorted(page.tray.texts) == sorted(scanning.codes)
    page.photos.read([photo(*scanning.codes), photo(*scanning.codes[:2])])
    assert len(page.tray.sheets) == 5
    page.photos.read([photo(scanning.codes[0], scanning.codes[0])])
    assert scanning.outcomes()[-1] is Outcome.SECOND_SHEET


def test_what_is_no_picture_says_so_and_the_other_photos_are_read(scanning: Scanning, tmp_path: Path) -> None:
    page = scanning.choose_shop()
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    page.photos.read([broken, tmp_path / "missing.jpg", photo(scanning.codes[0])])
    assert page.tray.texts == [scanning.codes[0]]
    assert page.note.text()


def test_ctrl_v_takes_pictures_and_lists_of_codes_from_the_ready_field(scanning: Scanning) -> None:
    page = scanning.choose_shop()
    page.code.setFocus()
    QApplication.clipboard().setText("\n".join(scanning.codes[:2]))
    press("Ctrl+V")
    assert page.tray.texts == scanning.codes[:2]
    data = QMimeData()
    data.setImageData(QImage.fromData(photo(scanning.codes[2])))
    QApplication.clipboard().setMimeData(data)
    press("Ctrl+V")
    assert page.tray.texts == scanning.codes[:3]
    QApplication.clipboard().setText(scanning.codes[3])
    press("Ctrl+V")
    assert page.code.text() == scanning.codes[3]


def test_a_camera_tells_a_sheet_once_until_it_was_away() -> None:
    now = 0.0
    reader = FrameReader(clock=lambda: now)
    told: list[str] = []
    reader.seen.connect(told.append)

    class Frame:
        def __init__(self, *texts: str) -> None:
            self._image = QImage.fromData(photo(*texts))

        def toImage(self) -> QImage:
            return self._image

    sheet = Frame("7KQ4M2XTK")
    for now in (0.0, 3.0, 7.0, 11.0):  # noqa: B007 (the reader's clock reads it)
        for _ in range(3):
            reader.take(sheet)
    assert told == ["7KQ4M2XTK"]
    now = 17.0
    for _ in range(3):
        reader.take(sheet)
    assert told == ["7KQ4M2XTK"] * 2


# What a person does about an answer ---------------------------------------------------------------------------


def test_a_forgotten_hand_out_is_recorded_from_the_desk_for_one_or_the_whole_sheet(scanning: Scanning) -> None:
    page = scanning.choose_shop()
    page.code.setFocus()
    page.take_code(scanning.waiting_codes[0])
    assert scanning.outcomes() == [Outcome.NOT_HANDED_OUT]
    asked = give_reason("漏記")
    press("Ctrl+H")
    assert asked.met
    assert scanning.outcomes() == [Outcome.VALID]
    page.take_code(scanning.waiting_codes[1])
    assert scanning.outcomes()[-1] is Outcome.NOT_HANDED_OUT
    asked = give_reason("漏記")
    scanning.desk.press(words_for("zh_HK").say("The whole sheet"))
    assert asked.met
    assert scanning.outcomes() == [Outcome.VALID] * 2


def test_a_slip_in_the_wrong_envelope_is_booked_to_its_own_shop(scanning: Scanning) -> None:
    page = scanning.page
    page.shop.choose(scanning.other)
    page.take_code(scanning.codes[0])
    page.record()
    assert scanning.count(Redemption) == 0
    with scanning.desk.street.database.reader() as reader:
        assert [(one.evidence.shop, one.evidence.own_shop) for one in question_queries.open_questions(reader, DAY)] == [("S18", "S07")]
    assert page.to_decide.text().endswith("1")
    scanning.desk.press(words_for("zh_HK").say_count("Record {n} voucher for its own shop", "Record {n} vouchers for their own shops", 1))
    assert scanning.count(Redemption) == 1
    page.code.setFocus()
    press("Ctrl+Z")
    assert scanning.count(Redemption) == 0


def test_a_torn_slip_is_part_of_the_envelope_and_decided_with_its_voucher(scanning: Scanning) -> None:
    page = scanning.choose_shop()
    page.code.setFocus()

    def tell(dialog: UnreadableDialog) -> None:
        dialog.voucher.choose(scanning.ids[1])
        dialog.comment.setText("濕透")
        dialog.accept()

    asked = InDialog(UnreadableDialog, tell)
    press("Ctrl+T")
    assert asked.met
    assert [(one.outcome, one.verdict, one.title_zh) for one in page.answers] == [(Outcome.UNREADABLE, Verdict.ASK, "$20 蔬菜券")]
    assert scanning.count(Evidence) == 0
    page.record()
    page.to_decide.click()
    with scanning.desk.street.database.reader() as reader:
        question = question_queries.open_questions(reader, DAY)[0].evidence
    assert (question.note, question.title_zh) == ("濕透", "$20 蔬菜券")

    reasons: list[InDialog] = []

    def agree(dialog: UnreadableDialog) -> None:
        assert dialog.voucher_id() == scanning.ids[1]
        dialog.accept()
        reasons.append(give_reason("認得"))

    asked = InDialog(UnreadableDialog, agree)
    scanning.desk.press(words_for("zh_HK").say("Accept"))
    assert asked.met
    assert reasons[0].met
    with scanning.desk.street.database.reader() as reader:
        assert reader.execute(select(Redemption.voucher_id)).scalars().all() == [scanning.ids[1]]


def test_refused_attempts_that_come_again_stand_first(scanning: Scanning) -> None:
    page = scanning.choose_shop()
    for code in ("7KQ4-M2XT-K", "H9TW-B3RD-P", "H9TWB3RDP", "H9TW-B3RD-P"):
        page.take_code(code)
    page.record()
    page.to_decide.click()
    desk_page = scanning.desk.window.page()
    assert isinstance(desk_page, QuestionsPage)
    desk_page.chips.choose("refused")
    desk_page.refresh()
    said = [one.text() for one in desk_page.findChildren(QLabel)]
    assert "3 次" in said
    _, rows = desk_page.table.texts()
    assert [row[1] for row in rows] == ["H9TW-B3RD-P", "7KQ4-M2XT-K"]


# Colour, icon, words, sound -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh_HK", "en"])
def test_every_outcome_has_icon_colour_sentence_and_next_step(qtbot: QtBot, language: str) -> None:
    words = words_for(language)
    card = AnswerCard(words)
    qtbot.addWidget(card)
    told = set()
    for outcome in Outcome:
        for verdict in Verdict:
            facts = {
                "day": DAY,
                "shop": "S07",
                "shop_zh": "輝記",
                "by": "林姑娘",
                "first_day": DAY,
                "last_day": DAY,
                "reason": "遺失",
                "new_code": "7KQ4M2XTK",
            }
            card.show_answer(
                ScanAnswer("x", outcome, verdict, title_zh="$20 蔬菜券", title_en="$20 of vegetables", valid_to=DAY, facts=facts)
            )
            told.add((card.title.text(), card.next.text()))
            assert card.title.text()
            assert card.next.text()
            assert card.accessibleName()
    assert len(told) == len(Outcome)
    assert {picture for picture, _ in LOOKS.values()} == {"circle-check", "info", "circle-question-mark", "circle-x"}


def test_good_a_question_and_no_sound_differently_and_can_be_silenced(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beeps: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(1))
    owner = QLabel()
    qtbot.addWidget(owner)
    sounder = Sounder(owner, Preferences(tmp_path / "window.ini"))
    for verdict, times in ((Verdict.REDEEMS, 1), (Verdict.ASK, 2), (Verdict.REFUSED, 3)):
        beeps.clear()
        sounder.tell(verdict)
        QTest.qWait(800)
        assert len(beeps) == times
    sounder.switch()
    beeps.clear()
    sounder.tell(Verdict.REFUSED)
    assert beeps == []


def test_the_ready_desk_has_room_for_its_words(qtbot: QtBot, tmp_path: Path) -> None:
    street = a_street(tmp_path)
    a_shop(street)
    street.close()
    desk = WindowDesk(tmp_path, AT)
    desk.sit_down(street.path)
    page = desk.page("scan")
    assert isinstance(page, ScanPage)
    QApplication.processEvents()
    assert page.card.title.width() > 300
    assert page.card.height() < 220
    desk.leave()


def test_the_only_shop_is_chosen_without_asking(qtbot: QtBot, tmp_path: Path) -> None:
    street = a_street(tmp_path)
    only = a_shop(street, "S07", name_zh="輝記菜檔")
    street.close()
    desk = WindowDesk(tmp_path, AT)
    desk.sit_down(tmp_path / "street.caringstreet")
    page = desk.page("scan")
    assert isinstance(page, ScanPage)
    QApplication.processEvents()
    assert page.shop.shop_id() == only and page.code.hasFocus()
    desk.leave()
