"""Whatever a browser lacks: a text that says what to do, and never a blank page."""

import re

import pytest
from playwright.sync_api import Page, expect

from caringstreet.shop_page.page import PAGE_FILE
from tests.shop_page.conftest import PhoneMaker
from tests.shop_page.host import Host
from tests.shop_page.phone import SHOP_CARD, Phone, digits

HANGS = """
Object.defineProperty(window, 'indexedDB', { value: { open: () => ({}) } });
"""
HANGS_LATER = """
window.hang = () => {
  IDBDatabase.prototype.transaction = () => ({ objectStore: () => ({ get: () => ({}), put: () => ({}) }) });
};
"""
FULL = """
for (const name of ['put', 'add']) IDBObjectStore.prototype[name] = () => { throw new DOMException('', 'QuotaExceededError'); };
"""


def says_what_to_do(page: Page) -> None:
    """Street and team, what to do in both languages, and whom to call."""
    expect(page.locator("#street")).to_have_text("愛心街 · 鄰舍隊")
    card = page.locator("#card")
    expect(card).to_contain_text("請收起紙券、蓋印，放入信封，一樣計數。")
    expect(card).to_contain_text("put it in the envelope: it counts all the same")
    expect(card.get_by_role("link", include_hidden=True)).to_have_attribute("href", "tel:+85225550100")
    expect(card).to_be_visible()  # after a moment, so that it does not flash up before a verdict
    for button in page.locator("button").all():
        expect(button).to_be_hidden()


def test_without_script(new_phone: PhoneMaker) -> None:
    phone = new_phone(java_script_enabled=False, clean=False)
    phone.page.goto(f"{phone.origin}/v#{digits()}")
    says_what_to_do(phone.page)


@pytest.mark.parametrize("missing", ["BigInt", "Promise", "TextEncoder"])
def test_a_browser_that_is_too_old(new_phone: PhoneMaker, missing: str) -> None:
    phone = new_phone(clean=False)
    phone.context.add_init_script(f"delete window.{missing}")
    phone.page.goto(f"{phone.origin}/v#{digits()}")
    page = phone.page
    expect(page.locator("#card")).to_contain_text("放入信封")
    expect(page.locator("#card")).to_be_visible()
    expect(page.locator("#take")).to_be_hidden()


def test_a_script_that_a_browser_cannot_even_read(new_phone: PhoneMaker, host: Host) -> None:
    file = host.folder / PAGE_FILE
    html = file.read_text(encoding="utf-8")
    start = html.rindex("<script>") + len("<script>")
    file.write_text(html[:start] + "let 1n" + html[start:], encoding="utf-8")
    phone = new_phone(clean=False)
    phone.page.goto(f"{phone.origin}/v#{digits()}")
    says_what_to_do(phone.page)


@pytest.mark.parametrize("language", ["undefined", "null", "''"])
def test_a_browser_that_names_no_language_is_spoken_to_in_chinese(new_phone: PhoneMaker, language: str) -> None:
    phone = new_phone()
    phone.context.add_init_script(f"Object.defineProperty(navigator, 'language', {{ value: {language} }})")
    phone.pair()
    phone.open(digits())
    phone.shows("真券", "good")


def test_a_storage_that_hangs_is_waited_for_a_moment_and_then_done_without(new_phone: PhoneMaker) -> None:
    phone = new_phone()
    phone.context.add_init_script(HANGS)
    phone.page.goto(f"{phone.origin}/v#{digits()}")
    expect(phone.page.locator("#card")).to_contain_text("放入信封")
    phone.shows("真券", "good")
    expect(phone.page.locator("#hint")).to_contain_text("只可驗券")
    expect(phone.page.locator("#take")).to_be_hidden()
    assert "「收券」" not in phone.page.locator("body").inner_text()


def test_a_storage_that_hangs_while_a_voucher_is_taken_says_that_it_is_not_saved(paired: Phone) -> None:
    paired.context.add_init_script(HANGS_LATER)
    page = paired.open(digits())
    paired.shows("真券", "good")
    page.evaluate("window.hang()")
    page.locator("#take").click()
    paired.shows("未能記錄，請保留紙券", "ask")
    paired.says("放入信封")
    expect(page.locator("#take")).to_be_enabled()


def test_a_full_storage_still_checks(new_phone: PhoneMaker) -> None:
    phone = new_phone()
    phone.context.add_init_script(FULL)
    page = phone.open(digits())
    phone.shows("真券", "good")
    expect(page.locator("#hint")).to_contain_text("只可驗券")
    phone.scan(SHOP_CARD)
    phone.shows("只可驗券", "ask")
    phone.scan(digits())
    phone.shows("真券", "good")
    expect(page.locator("#take")).to_be_hidden()


def test_a_fault_of_ours_while_checking_says_what_to_do(new_phone: PhoneMaker) -> None:
    phone = new_phone()
    phone.pair()
    phone.page.evaluate("() => { window.Uint8Array = undefined }")
    phone.scan(digits())
    phone.shows("未能查核", "ask")
    phone.says("放入信封，一樣計數")


def test_no_flash_of_the_fixed_text_before_a_verdict(new_phone: PhoneMaker) -> None:
    phone = new_phone()
    html = phone.page.request.get(f"{phone.origin}/v/").text()
    style = re.search(r"<style>(.*?)</style>", html, re.S)
    assert style
    assert "#card.late{animation:late 0s .7s backwards}" in style[1]
    assert '<section id="card" class="late"' in html
