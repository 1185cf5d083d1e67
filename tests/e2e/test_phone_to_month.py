"""From the paper to a shop's phone, through the chat into the app, to the slip in the envelope and the month's figures."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from caringstreet.cli import main
from caringstreet.model.evidence import Evidence, Redemption
from caringstreet.papers.month_json import month_json
from caringstreet.rules.codes import code_of, pretty
from caringstreet.rules.evidence import Channel, EvidenceKind, Outcome
from caringstreet.rules.offers import Validity
from caringstreet.rules.tokens import from_digits
from tests.builders import a_household, a_shop, a_street, an_offer, handed_out
from tests.e2e.test_month_by_commands import codes_on_paper
from tests.printing.paper import codes_of
from tests.shop_page.host import Host
from tests.shop_page.phone import NOW, Phone, chromium
from tests.ui.desk import WindowDesk, in_dialog
from ui.dialogs.pairing import PairingDialog
from ui.pages.extend_page import ExtendPage
from ui.pages.messages_page import MessagesPage
from ui.pages.print_page import PrintPage
from ui.pages.reports_page import ReportsPage
from ui.pages.scan_page import ScanPage
from ui.pages.settings_page import SettingsPage
from ui.pages.shops_page import ShopsPage
from ui.pages.vouchers_page import VouchersPage

HOST_NAME = "voucher.example.org"
ADDRESS = f"https://{HOST_NAME}/v#"
START = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


class Story:
    """A founded street whose vouchers are handed out, the window at the centre, and a folder on a static host."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        street = a_street(folder, page_host=HOST_NAME, whatsapp="9123 4567")
        self.shop, other = a_shop(street, "S07", name_zh="輝記菜檔"), a_shop(street, "S03", name_zh="陳記粥店")
        first, second = a_household(street), a_household(street, display_name="李伯")
        short = {"validity": Validity.UNTIL, "title_zh": "豆腐券", "title_en": "Bean curd"}
        self.offers = {
            "plain": an_offer(street, self.shop),
            "extended": an_offer(street, self.shop, code="S07b", validity_until=date(2026, 11, 20), **short),
            "late": an_offer(street, self.shop, code="S07c", validity_until=date(2026, 11, 19), **short),
            "other": an_offer(street, other),
        }
        handed_out(street, first, self.offers["plain"], count=6)
        for name in ("extended", "late", "other"):
            handed_out(street, second, self.offers[name])
        street.close()
        self.data = street.path
        self.desk = WindowDesk(folder, START)
        self.desk.sit_down(self.data)
        self.host = Host(folder / "host")

    def printed(self) -> dict[str, list[str]]:
        """Print what is not on paper yet, and read it back: addresses by the offers' names here."""
        page = self.desk.page("print")
        assert isinstance(page, PrintPage)
        page.save_to(self.folder / "vouchers.pdf")
        names = {number: name for name, number in self.offers.items()}
        found: dict[str, list[str]] = {name: [] for name in self.offers}
        for text in codes_on_paper(self.folder / "vouchers.pdf", 150):
            assert text.startswith(ADDRESS)
            found[names[from_digits(text.removeprefix(ADDRESS))[0].offer_number]].append(text.removeprefix(ADDRESS))
        return found

    def slip(self, monkeypatch: pytest.MonkeyPatch) -> str:
        """Pair a phone in the window and open its slip; what the slip's QR says behind the address."""
        opened: list[str] = []

        def read(url: QUrl) -> bool:
            opened.extend(codes_of(Path(url.toLocalFile()), 150))
            return True

        monkeypatch.setattr(QDesktopServices, "openUrl", read)
        page = self.desk.page("shops", self.shop)
        assert isinstance(page, ShopsPage)
        page.refresh_panel()
        seen = in_dialog(PairingDialog, lambda dialog: dialog.slip.click())
        self.desk.press("配對手機", page)
        assert len(seen) == 1
        (text,) = opened
        assert text.startswith(ADDRESS + "PS07~1~")
        return text.removeprefix(ADDRESS)

    def upload(self) -> None:
        """Make the page and put both files where the host serves them."""
        page = self.desk.page("settings")
        assert isinstance(page, SettingsPage)
        page.shop_page.make(self.host.folder)

    def chips(self, text: str, *, record: bool) -> dict[str, int]:
        """What the messages' page says of a pasted text, by class; zeros left out."""
        page = self.desk.page("messages")
        assert isinstance(page, MessagesPage)
        QApplication.clipboard().setText(text)
        page.paste()
        said = {key: int(chip.text().split(" ")[-1]) for key, (chip, _) in page.views._chips.items()}
        if record:
            page.take.click()
        return {key: count for key, count in said.items() if count and key != "all"}

    def lose(self, code: str) -> None:
        self.desk.window.take_code(code)
        page = self.desk.window.page()
        assert isinstance(page, VouchersPage)
        current = page.table.current_id()
        assert current is not None
        with self.desk.answering("街坊話唔見咗"):
            page.act("replace", [current])

    def extend(self) -> None:
        """Everything due on the 20th is good until the 27th."""
        page = self.desk.page("extend")
        assert isinstance(page, ExtendPage)
        for field, day in ((page.due_from, 20), (page.due_to, 20), (page.until, 27)):
            field.set_day(date(2026, 11, day))
        page.reason.setEditText("颱風")
        page.look()
        page.apply.click()

    def envelope(self, texts: list[str]) -> list[Outcome]:
        """Scan the slips that the shop hands over, and record them as the shop counted them."""
        page = self.desk.page("scan")
        assert isinstance(page, ScanPage)
        page.shop.choose(self.shop)
        page.channel.choose(Channel.SLIP)
        page.day.set_day(date(2026, 11, 24))
        seconds = iter(range(0, 1_000, 10))
        page.tray.clock = lambda: float(next(seconds))
        for text in texts:
            page.take_code(text)
        found = [one.outcome for one in page.answers]
        page.tally.set_counted(len(texts))
        page.record_button.click()
        return found

    def by_command(self, *words: str, status: int = 0) -> dict[str, int]:
        """A verb on the same file, while no window is open; its counts that are not zero."""
        said = StringIO()
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(sys, "stdout", said)
            found = main([*words, "--data", str(self.data), "--json", "--at", "2026-11-23T09:00"])
        assert found == status, said.getvalue()
        counts = json.loads(said.getvalue())
        kinds = ("new", "known", "mistyped", "unknown_sender", "ask", "conflicting", "bad_mac", "refused")
        return {kind: counts[kind] for kind in kinds if counts[kind]}


def code_in(text: str) -> str:
    return pretty(code_of(from_digits(text)[0].serial))


def opened_later(page_text: str, phone: Phone) -> None:
    """Open the page some time later, until it is the one uploaded last."""
    made = page_text.partition('data-made="')[2].partition('"')[0]
    # A phone lets a worker go that nobody needs; until then it asks the host once a minute.
    session = phone.context.new_cdp_session(phone.page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    phone.open()
    expect(phone.page.locator("html")).to_have_attribute("data-made", made)


def test_a_voucher_from_the_phone_to_the_month(qtbot: QtBot, tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story(tmp_path)
    paper = story.printed()
    assert {name: len(texts) for name, texts in paper.items()} == {"plain": 6, "extended": 1, "late": 1, "other": 1}
    lost, *plain = sorted(paper["plain"])
    (extended,), (late,), (other,) = paper["extended"], paper["late"], paper["other"]
    story.desk.at(NOW)
    story.upload()

    phone = Phone(browser.new_context(locale="zh-HK", viewport={"width": 360, "height": 640}), story.host)
    phone.open(plain[0])
    phone.shows("請先掃店舖牌", "ask")
    phone.open(story.slip(monkeypatch))
    phone.shows("真券", "good")  # the voucher that waited for the card continues by itself
    phone.says("$20 蔬菜券")
    phone.accept()
    for text in plain[1:3]:
        phone.open(text)
        phone.shows("真券", "good")
        phone.says(code_in(text))
        phone.accept()
    phone.open(plain[0])
    phone.shows("剛才已記下", "noted")
    phone.open(other)
    phone.shows("此券只可在指定店舖使用", "stop")
    for text in (late, extended):
        phone.open(text)
        phone.shows("日期已過：請留下紙券，問中心", "ask")
    phone.open(lost)
    phone.shows("真券", "good")
    first = phone.press_whatsapp()
    assert len(first.split("\n")) == 4

    assert story.chips(first, record=True) == {"new": 3}
    assert story.chips(first, record=True) == {"known": 3}
    with story.desk.street.database.reader() as reader:
        kept = reader.execute(select(Evidence.device_id, Evidence.seq, Evidence.outcome)).all()
    assert sorted((seq, outcome) for _, seq, outcome in kept) == [(1, "valid"), (2, "valid"), (3, "valid")]
    assert all(device for device, *_ in kept), "a line that no paired phone signed"

    story.lose(code_in(lost))
    story.extend()
    story.upload()
    opened_later((story.host.folder / "v" / "index.html").read_text(encoding="utf-8"), phone)
    phone.open(lost)
    phone.shows("此券已停用，請留下並致電中心", "stop")
    phone.open(late)
    phone.shows("日期已過：請留下紙券，問中心", "ask")
    phone.context.set_offline(True)
    for text in (plain[3], extended):
        phone.open(text)
        phone.shows("真券", "good")
        phone.accept()
    phone.context.set_offline(False)
    phone.open()
    second = phone.press_whatsapp(1)
    again = phone.press_whatsapp()
    assert again.split("\n")[1:] == first.split("\n")[1:] + second.split("\n")[1:], "what was not confirmed is sent again"
    assert not [fault for fault in phone.faults if "ERR_INTERNET_DISCONNECTED" not in fault]
    phone.context.close()
    story.host.stop()

    story.desk.leave()
    chat = tmp_path / "chat.txt"
    altered = second.replace(" 4 20261122", " 14 20261122")
    assert altered != second
    chat.write_text(f"22/11/2026 下午9:00 - 輝記菜檔: {altered}\n{first}\n", encoding="utf-8")
    assert story.by_command("messages", "import", str(chat), status=1) == {"new": 1, "known": 3, "bad_mac": 1}
    chat.write_text(f"22/11/2026 下午9:00 - 輝記菜檔: {second}\n{first}\n", encoding="utf-8")
    assert story.by_command("messages", "import", str(chat), "--record") == {"new": 2, "known": 3}
    assert story.by_command("messages", "import", str(chat), "--record") == {"known": 5}

    desk = story.desk = WindowDesk(tmp_path, NOW)
    desk.sit_down(story.data)
    assert story.chips(again, record=False) == {"known": 5}
    desk.at(datetime.fromisoformat("2026-11-24T10:00+00:00"))
    taken = [*plain[:4], extended]
    outcomes = story.envelope([ADDRESS + text for text in (*taken, plain[4], lost)])
    assert outcomes == [Outcome.RECONCILED] * 5 + [Outcome.VALID, Outcome.VOID]

    reports = desk.page("reports")
    assert isinstance(reports, ReportsPage)
    assert reports.figures is not None
    figures = month_json(reports.figures)
    wanted = {"issued": 9, "redeemed": 6, "replaced": 1, "without_slip": 0, "payable_cents": 6 * 1800, "shop_gift_cents": 6 * 200}
    assert {name: figures[name] for name in wanted} == wanted
    assert figures["channels"] == {"whatsapp": 5, "page": 0, "phone": 0, "slip": 1, "desk": 0}
    with desk.street.database.reader() as reader:
        kinds = Counter(reader.scalars(select(Evidence.kind)))
        assert len(reader.scalars(select(Redemption.id)).all()) == 6
    assert kinds == {EvidenceKind.CLAIM: 5, EvidenceKind.SLIP: 7}
    desk.leave()
