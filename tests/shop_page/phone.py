"""A shop's phone: real Chromium with a page of the street, and what must never happen on it."""

import atexit
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route, expect, sync_playwright

from caringstreet.rules.tokens import KIND_VOUCHER, VoucherToken
from caringstreet.scanning.signing import Signer, public_key_of
from caringstreet.shop_page.page import OfferWords, PageFacts, PublicKey
from tests.shop_page.host import LAN_NAME, Host

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
    f"--host-resolver-rules=MAP {LAN_NAME} 127.0.0.1",
]  # fmt: skip

#: A machine that does other work besides is slow, not wrong.
expect.set_options(timeout=20_000)

KEY = bytes(range(32))
SIGNER = Signer(1, KEY)
#: 22 November 2026, 15:04:05 in Hong Kong.
NOW = datetime(2026, 11, 22, 7, 4, 5, tzinfo=UTC)
LAST_DAY = date(2026, 11, 30)
DEVICE_KEY = "000102030405060708090a0b0c0d0e0f"
SHOP_CARD = f"PS07~2~{DEVICE_KEY}~{quote('輝記菜檔')}"
SERIAL = 0x1F83A90C7D
OFFERS = {7: OfferWords("S07", "$20 蔬菜券", "$20 of vegetables", 2000), 3: OfferWords("S03", "叉燒飯券", "Roast pork rice", 2550)}


def some_facts(**fields: object) -> PageFacts:
    """The facts of a street with two offers."""
    known: dict[str, object] = {
        "street": "愛心街",
        "team": "鄰舍隊",
        "keys": {1: PublicKey(public_key_of(KEY))},
        "phone": "25550100",
        "whatsapp": "91234567",
        "offers": OFFERS,
    }
    return PageFacts(**(known | fields))  # type: ignore[arg-type]


def digits(serial: int = SERIAL, *, offer: int = 7, last_day: date = LAST_DAY, signer: Signer = SIGNER, kind: int = KIND_VOUCHER) -> str:
    """What the QR of a voucher says behind the address."""
    return signer.digits(VoucherToken(kind, signer.key_id, serial, last_day, offer))


class Phone:
    """One phone with its own storage. Every fault of a page and every request is kept."""

    def __init__(self, context: BrowserContext, host: Host, *, lan: bool = False) -> None:
        self.context, self.host = context, host
        self.origin = host.lan_origin if lan else host.origin
        self.faults: list[str] = []
        self.requests: list[str] = []
        self.messages: list[str] = []
        context.clock.set_fixed_time(NOW)
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("weberror", lambda fault: self.faults.append(str(fault.error)))
        context.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        context.route("https://wa.me/**", self._whatsapp)
        self.page = context.new_page()

    def _whatsapp(self, route: Route) -> None:
        """WhatsApp opened; nobody pressed Send yet."""
        self.messages.append(parse_qs(urlsplit(route.request.url).query)["text"][0])
        route.fulfill(status=200, body="WhatsApp")

    def open(self, text: str = "") -> Page:
        """Open the address of a QR in a new tab, as the phone's camera does."""
        if self.page.url != "about:blank":
            self.page = self.context.new_page()
        self.page.goto(f"{self.origin}/v#{text}")
        expect(self.page.locator("#who")).not_to_be_empty()
        return self.page

    def scan(self, text: str) -> Page:
        """Open a voucher in the tab that is open."""
        self.page.evaluate("text => { location.hash = text }", text)
        return self.page

    def shows(self, head: str, look: str) -> None:
        """The card says this, in this look."""
        expect(self.page.locator("#head")).to_have_text(head)
        expect(self.page.locator("#card")).to_have_class(look)

    def says(self, text: str) -> None:
        """The card holds this text."""
        expect(self.page.locator("#card")).to_contain_text(text)

    def pair(self, card: str = SHOP_CARD) -> None:
        """Open a shop card, once."""
        self.open(card)
        self.shows("已登記店舖", "ask")

    def accept(self) -> None:
        """Take what is shown. The page hears no other tap for a moment; the next one here waits for it."""
        self.page.locator("#take").click()
        self.shows("已記下", "noted")

    def look_up(self) -> None:
        """The moment is over in which no tap is heard."""
        self.page.evaluate("document.body.classList.remove('still')")

    def sent(self) -> None:
        """Say that the first message was sent: two presses."""
        self.page.locator("#batches").get_by_role("button", name="已傳送").first.click()
        self.page.get_by_role("button", name="再按一次").click()

    def press_whatsapp(self, place: int = 0) -> str:
        """Tap the WhatsApp button of a message; the text that WhatsApp is opened with."""
        before = len(self.messages)
        with self.context.expect_page() as opened:
            self.page.locator("#batches .whatsapp").nth(place).click()
        opened.value.wait_for_load_state()
        opened.value.close()
        assert len(self.messages) == before + 1
        return self.messages[-1]

    def lines(self, count: int = 1) -> list[str]:
        """The claim lines that wait to be sent, as the page would send them, once it shows that many claims."""
        # The page draws its list after its card.
        expect(self.page.locator("#open li")).to_have_count(count)
        found = []
        for link in self.page.locator("#batches .whatsapp").all():
            text = parse_qs(urlsplit(link.get_attribute("href") or "").query)["text"][0]
            found += text.split("\n")[1:]
        return found

    def is_clean(self) -> None:
        """No fault, nothing against the policy, no request to anybody else."""
        assert not self.faults, self.faults
        others = [url for url in self.requests if not url.startswith((self.origin, "blob:", "data:"))]
        asked = [url for url in others if not url.startswith("https://wa.me/")]
        assert not asked, asked


@cache
def _driver() -> Playwright:
    """One for all browsers of a process: it cannot be started twice."""
    started = sync_playwright().start()
    atexit.register(started.stop)
    return started


@contextmanager
def chromium(video: Path | None = None) -> Iterator[Browser]:
    """A running Chromium, whose camera shows a film where one is given."""
    assert Path(CHROMIUM).exists(), "The shop's page is tested in Chromium: sudo apt install chromium"
    flags = [*FLAGS, *([f"--use-file-for-fake-video-capture={video}"] if video else [])]
    browser = _driver().chromium.launch(executable_path=CHROMIUM, headless=True, args=flags)
    yield browser
    browser.close()
