"""Small screens, large letters, both languages, and a screen reader."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from caringstreet.scanning.signing import Signer, new_private_key
from tests.shop_page.conftest import PhoneMaker
from tests.shop_page.phone import Phone, digits, some_facts

LONG_CARD = "PS07~1~000102030405060708090a0b0c0d0e0f~" + "%E8%BC%9D%E8%A8%98" * 8
CARDS = {
    "home": "",
    "genuine": digits(),
    "expired": digits(last_day=date(2026, 11, 1)),
    "other": digits(offer=3),
    "notOurs": "1",
}


def enlarge(page: Page, size: int) -> None:
    """Letters of so many per cent, as the phone's own setting gives them."""
    page.evaluate("size => { document.documentElement.style.fontSize = `${size * 1.125}%` }", size)
    page.evaluate("() => { dispatchEvent(new Event('resize')) }")


def fits(page: Page) -> None:
    """Nothing reaches over the right edge, and nothing is cut off inside a button."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    cut = page.evaluate(
        """[...document.querySelectorAll('button, .button, h1, p, li')]
        .filter(one => one.offsetParent && one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"""
    )
    assert cut == []
    inner = """[...document.querySelectorAll('#card > p, #card h1')].filter(one => one.offsetParent && one.getBoundingClientRect().right
        > document.getElementById('card').getBoundingClientRect().right - 5).map(one => one.textContent)"""
    assert page.evaluate(inner) == []
    broken = page.evaluate("() => document.getElementById('head').offsetWidth < 110")
    assert not broken, "the verdict stands in a column of single letters"
    covered = page.evaluate(
        "() => { const bar = document.getElementById('bar'); return bar.classList.contains('near') && bar.offsetHeight > innerHeight * 0.35 }"
    )
    assert not covered


@pytest.mark.parametrize("language", ["zh-HK", "en-HK"])
@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("size", [100, 200])
def test_nothing_is_cut_off(new_phone: PhoneMaker, language: str, width: int, size: int) -> None:
    phone = new_phone(locale=language, viewport={"width": width, "height": 640})
    phone.open(LONG_CARD)
    for said in CARDS.values():
        page = phone.open(said)
        enlarge(page, size)
        fits(page)
    phone.page.locator("#number").fill("3Y1TJ33X2")
    phone.page.locator("#number").press("Enter")
    phone.page.locator("#take").click()
    expect(phone.page.locator("#card")).to_have_class("noted")
    fits(phone.page)


def test_the_button_to_take_stands_where_the_thumb_is(paired: Phone) -> None:
    page = paired.open(digits())
    box = page.locator("#take").bounding_box()
    assert box is not None
    assert box["height"] >= 48
    assert box["width"] >= 300
    assert 320 < box["y"] < 640 - box["height"]
    for button in page.locator("button:visible, .button:visible, input[type=text]").all():
        size = button.bounding_box()
        assert size is not None
        assert size["height"] >= 44


def test_the_language_is_switched_at_once_and_kept(paired: Phone) -> None:
    page = paired.open(digits())
    expect(page.locator("html")).to_have_attribute("lang", "zh-HK")
    page.locator("#language").click()
    paired.shows("Genuine", "good")
    paired.says("真券")
    paired.says("$20 of vegetables")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#take")).to_contain_text("Accept")
    paired.open(digits())
    paired.shows("Genuine", "good")
    page = paired.page
    page.locator("#language").click()
    paired.shows("真券", "good")


def test_every_word_is_there_in_both_languages(new_phone: PhoneMaker) -> None:
    phone = new_phone(some_facts(practice=False), locale="en-HK")
    phone.open(LONG_CARD)
    for said in (*CARDS.values(), "3Y1TJ33X2", "3Y1TJ33X3"):
        page = phone.open()
        phone.scan(said) if said else None
        page.wait_for_timeout(50)
        text = page.locator("body").inner_text()
        assert not re.search(r"undefined|\{\w+\}|\|", text), text
    own = page.locator("#scan, #check, #numberWords, #more, #head").all_inner_texts()
    assert not [one for one in own if one and not re.search("[A-Za-z]", one)]


def test_a_screen_reader_hears_the_verdict_and_can_do_everything(paired: Phone) -> None:
    page = paired.open(digits())
    paired.shows("真券", "good")
    card = page.get_by_role("alert")
    expect(card).to_have_attribute("aria-atomic", "true")
    expect(card.get_by_role("heading", level=1)).to_have_text("真券")
    expect(page.locator("#mark")).to_have_attribute("aria-hidden", "true")
    for name in ("收券 Accept", "掃券 Scan", "English", "查券"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
    expect(page.get_by_role("textbox", name="輸入券碼")).to_be_visible()
    photo = page.get_by_label("影相")
    expect(photo).to_have_attribute("type", "file")
    expect(page.locator("main")).to_have_count(1)
    expect(page.locator("#other")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="收券").click()
    paired.shows("已記下", "noted")
    expect(page.locator("#head")).to_be_focused()
    expect(page.get_by_role("region", name="1 張未通知中心")).to_be_visible()
    expect(page.get_by_role("link", name="WhatsApp 通知中心（1）")).to_be_visible()
    assert page.locator("button:not([type])").count() == 1, "only the one of the form may submit"


def test_the_keyboard_alone_takes_a_voucher(paired: Phone) -> None:
    page = paired.open()
    page.locator("#number").focus()
    page.keyboard.type("3Y1T-J33X-2")
    page.keyboard.press("Enter")
    paired.shows("券碼正確，未能驗真偽", "ask")
    for _ in range(12):
        if page.evaluate("document.activeElement.id") == "take":
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    paired.shows("已記下", "noted")


def test_colours_are_never_alone(paired: Phone) -> None:
    """Each look has its own mark and words, and enough contrast for old eyes."""
    seen = {}
    for said in ("", digits(), digits(offer=3), "1", digits(signer=Signer(2, new_private_key()))):
        page = paired.open(said)
        page.wait_for_timeout(400)
        look = page.locator("#card").get_attribute("class") or ""
        seen[look] = page.locator("#mark").inner_text()
        colours = page.locator("#card").evaluate("card => [getComputedStyle(card).color, getComputedStyle(card).backgroundColor]")
        assert contrast(*colours) >= 7
    assert seen == {"": "", "good": "✓", "stop": "✗", "ask": "!", "old": "!"}
    paired.open(digits())
    assert paired.page.locator("#card").evaluate("card => getComputedStyle(card).backgroundColor") == "rgb(255, 255, 255)"
    paired.accept()
    colours = paired.page.locator("#card").evaluate("card => [getComputedStyle(card).color, getComputedStyle(card).backgroundColor]")
    assert contrast(*colours) >= 7


def test_nothing_is_solid_green_before_the_centre_has_confirmed(paired: Phone) -> None:
    """Green says that the centre knows; neither a voucher that was taken nor the button to send it does."""
    paired.open(digits())
    paired.accept()
    page = paired.page
    expect(page.locator("#batches .whatsapp")).to_be_visible()
    painted = page.evaluate("[...document.querySelectorAll('body, body *')].map(one => getComputedStyle(one).backgroundColor)")
    assert len(painted) > 20
    for colour in painted:
        red, green, blue, *seen = (float(part) for part in re.findall(r"[\d.]+", colour))
        assert seen == [0.0] or green <= max(red, blue), colour


def contrast(one: str, other: str) -> float:
    """The contrast of two CSS colours by WCAG 2."""

    def light(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)
