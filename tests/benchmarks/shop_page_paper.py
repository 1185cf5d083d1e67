"""How much of bad paper the shops' page reads in Chromium, which has no reader of its own: as an iPhone's browser."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from PIL import Image
from playwright.sync_api import Page, expect

from caringstreet.rules.codes import code_of, pretty
from caringstreet.shop_page.page import write_page
from tests.benchmarks.bad_paper import _PREFIX, DEGRADATIONS, a_photo
from tests.shop_page.host import Host
from tests.shop_page.phone import chromium, digits, some_facts

_PHOTOS = 20


def photos_of(name: str, count: int) -> Iterator[tuple[str, Image.Image]]:
    """Photos of vouchers of the street of `some_facts`, each with its code as the page shows it."""
    chance = Random(f"page {name}")
    for _ in range(count):
        serial = chance.getrandbits(39)
        yield pretty(code_of(serial)), a_photo(_PREFIX + digits(serial), chance, DEGRADATIONS[name])


def read_by_page(page: Page, photo: Image.Image, folder: Path) -> str:
    """The code that the page shows after a photo; empty where it asks for another one."""
    file = folder / "photo.png"
    photo.save(file, compress_level=1)
    page.evaluate("document.getElementById('head').textContent = ''")
    page.locator("#photo").set_input_files(file)
    expect(page.locator("#head")).not_to_be_empty()
    return page.locator("#code").inner_text()


def run() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp())
    write_page(some_facts(), folder / "host")
    host = Host(folder / "host")
    with chromium() as browser:
        page = browser.new_page()
        page.goto(f"{host.origin}/v")
        for name in DEGRADATIONS:
            right, wrong, taken = 0, 0, []
            for code, photo in photos_of(name, _PHOTOS):
                began = time.perf_counter()
                said = read_by_page(page, photo, folder)
                taken.append(time.perf_counter() - began)
                right, wrong = right + (said == code), wrong + (said not in ("", code))
            yield f"{name}: {right} of {_PHOTOS} read, {wrong} wrong; longest {max(taken):.1f} s"
        began = time.perf_counter()
        read_by_page(page, Image.new("L", (1600, 1200), 200), folder)
        yield f"an empty photo: {time.perf_counter() - began:.1f} s"
    host.stop()
