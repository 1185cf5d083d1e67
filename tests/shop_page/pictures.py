"""The pictures of docs/shops.md, in both languages. Run by `poe shop-pictures`."""

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from caringstreet.shop_page.page import write_page
from tests.shop_page.host import Host
from tests.shop_page.phone import SHOP_CARD, Phone, chromium, digits, some_facts

_COLOURS = 48


def take(folder: Path) -> None:
    """Write one small PNG for each step and language."""
    folder.mkdir(parents=True, exist_ok=True)
    served = Path(tempfile.mkdtemp())
    write_page(some_facts(), served)
    host = Host(served)
    with chromium() as browser:
        for language, name in (("zh-HK", "zh_HK"), ("en-HK", "en")):
            phone = Phone(browser.new_context(locale=language, viewport={"width": 360, "height": 600}), host)
            for step in ("shop", "genuine", "noted", "sent", "not-ours"):
                _go_to(phone, step)
                _save(phone, folder / f"page-{step}-{name}.png")
    host.stop()


def _go_to(phone: Phone, step: str) -> None:
    page = phone.page
    if step == "shop":
        page = phone.open(SHOP_CARD)
    elif step == "genuine":
        phone.scan(digits())
        expect(page.locator("#take")).to_be_visible()
    elif step == "noted":
        page.locator("#take").click()
        expect(page.locator("#batches .whatsapp")).to_be_visible()
    elif step == "sent":
        phone.press_whatsapp()
    else:
        phone.scan("1")
    page.wait_for_timeout(300)


def _save(phone: Phone, path: Path) -> None:
    phone.page.screenshot(path=path)
    with Image.open(path) as taken:
        small = taken.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs/screenshots"))
