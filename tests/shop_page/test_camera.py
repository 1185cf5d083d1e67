"""The page's own camera and photos, on vouchers cut from the app's own printed PDF."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import qrcode
from PIL import Image
from playwright.sync_api import Browser, expect

from caringstreet.bootstrap import OpenStreet
from caringstreet.papers.shop_page import page_facts
from caringstreet.papers.voucher_sheets import draw_sheets
from caringstreet.rules.codes import code_of, pretty
from caringstreet.rules.tokens import from_digits
from caringstreet.shop_page.page import write_page
from tests.builders import a_household, a_shop, a_street, an_offer, handed_out
from tests.shop_page.film import film, frame, printed_vouchers
from tests.shop_page.host import Host
from tests.shop_page.phone import DEVICE_KEY, NOW, Phone, chromium

HOST_NAME = "voucher.example.org"


@dataclass
class Studio:
    """A street that printed vouchers, and the film that the camera shows."""

    street: OpenStreet
    vouchers: list[tuple[Image.Image, str]]
    film: Path

    def show(self, *pictures: Image.Image) -> None:
        """What the camera sees from its next start on."""
        film(self.film, list(pictures))


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    folder = tmp_path_factory.mktemp("studio")
    street = a_street(folder, at=NOW, page_host=HOST_NAME, whatsapp="9123 4567")
    offer = an_offer(street, a_shop(street, "S07", name_zh="輝記菜檔"))
    ids = handed_out(street, a_household(street), offer, day=date(2026, 11, 20), count=4)
    draw_sheets(street, ids, folder / "sheet.pdf")
    vouchers = printed_vouchers(folder / "sheet.pdf")
    assert len(vouchers) == 4
    assert all(text.startswith(f"https://{HOST_NAME}/v#") for _, text in vouchers)
    yield Studio(street, vouchers, folder / "camera.y4m")
    street.close()


@pytest.fixture(scope="module")
def browser(studio: Studio) -> Iterator[Browser]:
    """Chromium whose camera shows the studio's film."""
    studio.show(frame(studio.vouchers[0][0]))
    with chromium(studio.film) as running:
        yield running


@pytest.fixture
def phone(browser: Browser, studio: Studio, tmp_path: Path) -> Iterator[Phone]:
    """The paired phone of the shop, with the page that the app makes of this street."""
    write_page(page_facts(studio.street, date(2026, 11, 22)), tmp_path)
    host = Host(tmp_path)
    phone = Phone(browser.new_context(locale="zh-HK", viewport={"width": 360, "height": 640}), host)
    phone.pair(f"PS07~1~{DEVICE_KEY}~%E8%BC%9D")
    yield phone
    phone.is_clean()
    phone.context.close()
    host.stop()


def code_in(text: str) -> str:
    return pretty(code_of(from_digits(text.split("#")[1])[0].serial))


@pytest.mark.parametrize(("turned", "side"), [(0, 420), (33, 420), (180, 300)])
def test_the_camera_reads_a_printed_voucher(phone: Phone, studio: Studio, turned: float, side: int) -> None:
    picture, text = studio.vouchers[0]
    studio.show(frame(picture, turned, side))
    page = phone.page
    page.locator("#scan").click()
    phone.shows("真券", "good")
    phone.says(code_in(text))
    phone.says("$20 蔬菜券")
    expect(page.locator("#video")).to_be_hidden()
    assert page.evaluate("document.getElementById('video').srcObject.getTracks()[0].label") == str(studio.film)
    assert page.evaluate("document.getElementById('video').srcObject.active") is False, "the camera stays on"


def test_the_next_voucher_needs_no_tap_and_the_same_one_is_not_read_twice(phone: Phone, studio: Studio) -> None:
    first, second = studio.vouchers[:2]
    studio.show(*[frame(first[0])] * 2)
    page = phone.page
    page.locator("#scan").click()
    phone.shows("真券", "good")
    # The camera starts again by itself after the tap; it still shows the first voucher for a while.
    studio.show(*[frame(first[0])] * 8, *[frame(second[0])] * 8)
    phone.accept()
    expect(page.locator("#video")).to_be_visible()
    phone.shows("真券", "good")
    phone.says(code_in(second[1]))
    phone.accept()
    assert len(phone.lines(2)) == 2


def test_the_camera_can_be_stopped(phone: Phone, studio: Studio) -> None:
    studio.show(Image.new("RGB", (1280, 720), "grey"))
    page = phone.page
    page.locator("#scan").click()
    phone.shows("對準券上的 QR 碼", "")
    page.locator("#scan").click()
    expect(page.locator("#video")).to_be_hidden()
    phone.shows("掃描愛心券", "")


@pytest.mark.parametrize("before", ["", f"https://{HOST_NAME}/v#"])
def test_the_camera_reads_a_shop_card_and_then_the_voucher_that_waited(phone: Phone, studio: Studio, before: str) -> None:
    """Also the bare digits and the bare card of a street without a page host."""
    held = studio.vouchers[0][1].split("#")[1]
    card = f"PS07~4~{DEVICE_KEY}~%E8%BC%9D%E8%A8%98"
    studio.show(*[frame(qrcode.make(before + card).get_image().convert("RGB"))] * 2)
    page = phone.page
    page.evaluate("digits => new Promise(done => { const open = indexedDB.open('caring-street'); open.onsuccess = () => {"
                  "const work = open.result.transaction('kept', 'readwrite'); work.objectStore('kept').put({ text: digits, at: Date.now() }, 'held');"
                  "work.oncomplete = done } })", held)  # fmt: skip
    page.locator("#scan").click()
    phone.shows("此手機已登記", "ask")
    page.locator("#take").click()
    phone.shows("真券", "good")
    phone.accept()
    assert phone.lines()[0].startswith("CS1 S07.4 1 ")


def test_a_photo_is_read_where_the_camera_cannot(phone: Phone, studio: Studio, tmp_path: Path) -> None:
    picture, text = studio.vouchers[2]
    frame(picture, 17).resize((2560, 1440)).save(tmp_path / "photo.jpg", quality=80)
    phone.page.locator("#photo").set_input_files(tmp_path / "photo.jpg")
    phone.shows("真券", "good")
    phone.says(code_in(text))


@pytest.mark.parametrize("kind", ["empty", "broken"])
def test_a_photo_that_says_nothing_asks_for_another(phone: Phone, tmp_path: Path, kind: str) -> None:
    photo = tmp_path / "photo.png"
    if kind == "empty":
        Image.new("RGB", (800, 600), "white").save(photo)
    else:
        photo.write_bytes(b"no picture")
    phone.page.locator("#photo").set_input_files(photo)
    phone.shows("看不清", "ask")


def test_a_camera_that_is_refused_leads_to_the_other_ways(phone: Phone) -> None:
    phone.page.evaluate("() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError')) }")
    phone.page.locator("#scan").click()
    phone.shows("未能使用鏡頭", "ask")
    phone.says("影相")


def test_the_phones_own_reader_goes_first_and_its_failure_is_survived(phone: Phone, studio: Studio) -> None:
    picture, text = studio.vouchers[3]
    studio.show(frame(picture))
    phone.page.evaluate(
        """text => {
          window.asked = 0;
          window.BarcodeDetector = class {
            async detect() {
              window.asked += 1;
              return [{ rawValue: text }];
            }
          };
        }""",
        studio.vouchers[2][1],
    )
    phone.page.locator("#scan").click()
    phone.shows("真券", "good")
    phone.says(code_in(studio.vouchers[2][1]))
    assert phone.page.evaluate("window.asked") == 1
    phone.page.evaluate("() => { BarcodeDetector.prototype.detect = () => Promise.reject(new Error('no engine')) }")
    phone.page.locator("#scan").click()
    phone.says(code_in(text))


def test_every_printed_voucher_is_genuine_in_the_page_that_the_app_made(phone: Phone, studio: Studio) -> None:
    for _, text in studio.vouchers:
        phone.open(text.split("#")[1])
        phone.shows("真券", "good")
