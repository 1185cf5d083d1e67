"""What a shop's phone says of a voucher."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from caringstreet.rules.codes import code_of, pretty
from caringstreet.rules.tokens import KIND_SPECIMEN
from caringstreet.scanning.signing import Signer, new_private_key, public_key_of
from caringstreet.shop_page.page import PublicKey
from tests.shop_page.conftest import PhoneMaker
from tests.shop_page.phone import DEVICE_KEY, KEY, LAST_DAY, NOW, SERIAL, SHOP_CARD, Phone, digits, some_facts

PAST = date(2026, 11, 21)


def test_a_phone_without_a_shop_holds_the_voucher_until_the_shop_card_comes(phone: Phone) -> None:
    phone.open(digits())
    phone.shows("請先掃店舖牌", "ask")
    phone.says("然後會自動繼續")
    expect(phone.page.locator("#take")).to_be_hidden()
    phone.open(SHOP_CARD)
    phone.shows("真券", "good")
    phone.says("$20 蔬菜券")
    assert "P" not in phone.page.url, "the phone's key stays in the address"
    phone.accept()
    phone.open(SHOP_CARD)
    phone.shows("已登記店舖", "ask")


def test_a_genuine_voucher_is_taken_with_one_tap(paired: Phone) -> None:
    paired.open(digits())
    paired.shows("真券", "good")
    for said in ("Genuine", "$20 蔬菜券", pretty(code_of(SERIAL)), "請收起紙券並蓋印"):
        paired.says(said)
    paired.accept()
    paired.says("憑紙券結算")
    expect(paired.page.locator("#take")).to_be_hidden()


def altered(said: str, place: int) -> str:
    """One digit of a token changed."""
    return said[:place] + str((int(said[place]) + 1) % 10) + said[place + 1 :]


FORGED = [
    *(altered(digits(), place) for place in (3, 20, 90, 180)),
    digits(signer=Signer(1, new_private_key())),
    digits(signer=Signer(99, new_private_key())),
    "9" * 181,
    "0" * 181,
]
FOREIGN = [
    digits()[:-1],
    digits() + "0",
    "12345",
    "4891028164395",
    "HELLO WORLD",
    "3Y1TJ33X3",
    "https://example.org/menu",
    "%F0%28",
    "<img src=x onerror=alert(1)>",
]


def test_a_signature_that_is_not_ours_is_refused(paired: Phone) -> None:
    page = paired.open()
    for said in FORGED:
        paired.scan(digits())
        paired.shows("真券", "good")
        paired.scan(said)
        paired.shows("不是本計劃的券", "stop")
        paired.says("毋須責怪街坊")
        expect(page.locator("#call")).to_have_attribute("href", "tel:+85225550100")
        expect(page.locator("#take")).to_be_hidden()
    paired.open(FORGED[0])
    paired.shows("不是本計劃的券", "stop")


def test_whatever_else_a_code_says_is_another_systems(paired: Phone) -> None:
    page = paired.open()
    for said in FOREIGN:
        paired.scan(digits())
        paired.shows("真券", "good")
        paired.scan(said)
        paired.shows("其他系統的碼", "ask")
        expect(page.locator("#take")).to_be_hidden()
        page.locator("#number").fill("")
    for typed in ("4891028164395", "HELLO WORLD", "https://example.org/menu", "WELLINGTO", "123456788", digits()[:-1]):
        page.locator("#number").fill(typed)
        page.locator("#check").click()
        paired.shows("其他系統的碼", "ask")


def test_a_practice_voucher_is_called_that(paired: Phone) -> None:
    paired.open(digits(kind=KIND_SPECIMEN))
    paired.shows("練習券，不是真券", "stop")
    expect(paired.page.locator("#take")).to_be_hidden()


def test_past_its_date_the_paper_is_kept_and_the_centre_asked(paired: Phone) -> None:
    paired.open(digits(last_day=PAST))
    paired.shows("日期已過：請留下紙券，問中心", "ask")
    paired.says("21/11/2026")
    expect(paired.page.locator("#take")).to_contain_text("已留下紙券")
    paired.accept()
    assert len(paired.lines()) == 1


def test_the_last_day_counts_in_full(paired: Phone) -> None:
    paired.open(digits(last_day=date(2026, 11, 22)))
    paired.shows("真券", "good")


@pytest.mark.parametrize("fields", [{"extended": {SERIAL: LAST_DAY}}, {"later": {(7, PAST): LAST_DAY}}])
def test_a_voucher_that_the_centre_extended_is_genuine(new_phone: PhoneMaker, fields: dict[str, object]) -> None:
    phone = new_phone(some_facts(**fields))
    phone.pair()
    phone.open(digits(last_day=PAST))
    phone.shows("真券", "good")
    phone.open(digits(SERIAL + 1, last_day=PAST, offer=7 if "extended" in fields else 8))
    phone.shows("日期已過：請留下紙券，問中心", "ask")


def test_a_cancelled_voucher_is_not_taken(new_phone: PhoneMaker) -> None:
    phone = new_phone(some_facts(cancelled=frozenset({SERIAL, 5})))
    phone.pair()
    for said in (digits(), code_of(5)):
        phone.open()
        phone.scan(said)
        phone.shows("此券已停用，請留下並致電中心", "stop")
        expect(phone.page.locator("#take")).to_be_hidden()
    phone.open(digits(SERIAL + 1))
    phone.shows("真券", "good")


def test_serials_in_the_lists_are_not_found_across_their_borders(new_phone: PhoneMaker) -> None:
    """Serials stand side by side: the end of one and the start of the next are no third."""
    one, other = 0x0123456789, 0xABCDEF0123
    across = int.from_bytes((one.to_bytes(5, "big") + other.to_bytes(5, "big"))[2:7], "big")
    phone = new_phone(some_facts(cancelled=frozenset({one, other})))
    phone.pair()
    phone.open(digits(across))
    phone.shows("真券", "good")
    phone.open(digits(other))
    phone.shows("此券已停用，請留下並致電中心", "stop")


def test_a_second_scan_on_the_same_phone_says_when_the_first_was(paired: Phone) -> None:
    paired.open(digits())
    paired.accept()
    for hours in (0, 5):
        paired.context.clock.set_fixed_time(NOW + timedelta(hours=hours))
        paired.open(digits())
        paired.shows("剛才已記下", "noted")
        paired.says("22/11 15:04")
        expect(paired.page.locator("#take")).to_be_hidden()
    paired.scan(code_of(SERIAL))
    paired.shows("剛才已記下", "noted")
    assert len(paired.lines()) == 1


def test_what_was_sent_and_comes_again_later_is_asked_about(paired: Phone) -> None:
    paired.open(digits())
    paired.accept()
    paired.press_whatsapp()
    paired.sent()
    paired.open(digits())
    paired.shows("剛才已記下", "noted")
    paired.context.clock.set_fixed_time(NOW + timedelta(minutes=11))
    paired.open(digits())
    paired.shows("本店已收過", "stop")
    paired.says("22/11 15:04")


def test_a_voucher_of_another_shop_never_says_which(paired: Phone) -> None:
    paired.open(digits(offer=3))
    paired.shows("此券只可在指定店舖使用", "stop")
    assert "S03" not in paired.page.locator("body").inner_text()
    expect(paired.page.locator("#take")).to_be_hidden()


def test_an_offer_that_the_page_does_not_know_sends_to_the_paper(paired: Phone) -> None:
    paired.open(digits(offer=12))
    paired.shows("真券", "good")
    paired.says("請看紙券上的文字")
    paired.accept()


def test_a_retired_key_sends_to_the_centre(new_phone: PhoneMaker) -> None:
    old = Signer(2, new_private_key())
    keys = {1: PublicKey(public_key_of(KEY)), 2: PublicKey(old._key.public_key().public_bytes_raw(), PAST)}
    phone = new_phone(some_facts(keys=keys))
    phone.pair()
    phone.open(digits(signer=old))
    phone.shows("日期已過：請留下紙券，問中心", "ask")
    phone.open(digits())
    phone.shows("真券", "good")


def test_a_practice_street_says_so_on_every_card(new_phone: PhoneMaker) -> None:
    phone = new_phone(some_facts(practice=True))
    phone.pair()
    phone.open(digits(kind=KIND_SPECIMEN))
    phone.shows("真券", "good")
    phone.says("練習，不是真券")
    phone.open(digits())
    phone.shows("此頁未更新，未能查核", "old")


def test_a_typed_number_is_checked_for_slips_of_the_finger_only(paired: Phone) -> None:
    page = paired.open()
    for typed in ("3y1t j33x 2", "3YLTJ33X2", "３Ｙ１Ｔ－Ｊ３３Ｘ－２"):
        page.locator("#number").fill(typed)
        page.locator("#check").click()
        paired.shows("券碼正確，未能驗真偽", "ask")
        paired.says("3Y1T-J33X-2")
    for typed in ("3Y1T-J33Y-2", "3Y1T-U33X-2", "3Y1TT-J33X-2"):
        page.locator("#number").fill(typed)
        page.locator("#number").press("Enter")
        paired.shows("券碼有誤，請再核對", "ask")
        expect(page.locator("#number")).to_have_value(typed)
    page.locator("#number").fill("3Y1T-J33X-2")
    page.locator("#number").press("Enter")
    paired.accept()
    assert paired.lines()[0].split()[4] == code_of(SERIAL)


def test_unfinished_typing_says_how_many_are_missing_and_keeps_the_text(paired: Phone) -> None:
    page = paired.open()
    for typed, missing in (("3y1t-j33", 2), ("3Y1T J", 4), ("\u200e３Y1T", 5)):
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.locator("#number").fill(typed)
        page.locator("#check").click()
        paired.shows(f"還差 {missing} 個字", "ask")
        expect(page.locator("#number")).to_have_value(typed)
        expect(page.locator("#head")).to_be_in_viewport()
    page.locator("#number").fill("3Y1T-J33X-2")
    page.locator("#check").click()
    paired.shows("券碼正確，未能驗真偽", "ask")
    expect(page.locator("#number")).to_have_value("")


def test_an_address_that_was_pasted_is_read_whole(paired: Phone) -> None:
    page = paired.open()
    page.locator("#number").fill(f"https://voucher.example.org/v#{digits()}")
    page.locator("#check").click()
    paired.shows("真券", "good")


@pytest.mark.parametrize(
    "card",
    ["PS07~2~0001", SHOP_CARD[:-1], SHOP_CARD.replace("PS07", "P"), "P~~~", SHOP_CARD.replace("0001", "00zz"), f"PS07~2~{DEVICE_KEY}~"],
)
def test_a_damaged_shop_card_is_called_that(phone: Phone, card: str) -> None:
    page = phone.open(card)
    phone.shows("店舖牌不完整", "ask")
    expect(page.locator("#who")).to_have_text("未登記店舖")


def test_another_card_is_asked_about_before_the_phone_changes(paired: Phone) -> None:
    key = "ffeeddccbbaa99887766554433221100"
    for card in (SHOP_CARD.replace("~2~", "~3~"), SHOP_CARD.replace(DEVICE_KEY, key)):
        page = paired.open(card)
        paired.shows("此手機已登記", "ask")
        expect(page.locator("#who")).to_contain_text("S07.2")
    paired.open(SHOP_CARD)
    paired.shows("已登記店舖", "ask")
    other = SHOP_CARD.replace("S07", "S03").replace("~2~", "~1~")
    page = paired.open(other)
    paired.shows("此手機已登記", "ask")
    paired.says("現為 輝記菜檔 (S07.2)。改為 輝記菜檔 (S03.1)？")
    expect(page.locator("#who")).to_contain_text("S07")
    paired.scan(digits())
    paired.shows("真券", "good")
    paired.open(other)
    paired.page.locator("#take").click()
    paired.shows("已登記店舖", "ask")
    expect(paired.page.locator("#who")).to_contain_text("S03")
    expect(paired.page.locator("#take")).to_be_hidden()


def test_plain_http_verifies_by_the_library_and_promises_to_save_nothing(new_phone: PhoneMaker) -> None:
    phone = new_phone(lan=True)
    page = phone.open(digits())
    assert page.evaluate("[isSecureContext, Boolean(crypto.subtle), Boolean(navigator.mediaDevices)]") == [False] * 3
    phone.shows("真券", "good")
    expect(page.locator("#hint")).to_contain_text("只可驗券")
    names_no_button_it_lacks(page)
    phone.scan("3Y1TJ33X2")
    phone.shows("券碼正確，未能驗真偽", "ask")
    phone.scan(SHOP_CARD)
    phone.shows("只可驗券", "ask")
    names_no_button_it_lacks(phone.open())
    for said in (altered(digits(), 90), altered(digits(), 3), digits(signer=Signer(1, new_private_key()))):
        phone.scan(said)
        phone.shows("不是本計劃的券", "stop")


def names_no_button_it_lacks(page: Page) -> None:
    """Whatever stands in 「」 is a button that can be seen."""
    for name in re.findall("「(.+?)」", page.locator("body").inner_text()):
        expect(page.locator("button:visible, .button:visible").filter(has_text=name)).not_to_have_count(0)
    expect(page.locator("#take")).to_be_hidden()
    expect(page.locator("#scan")).to_be_hidden()


def test_a_browser_without_ed25519_verifies_by_the_library(new_phone: PhoneMaker) -> None:
    phone = new_phone()
    phone.context.add_init_script(
        """if (isSecureContext && window.SubtleCrypto) {
          const real = SubtleCrypto.prototype.importKey;
          SubtleCrypto.prototype.importKey = function (format, key, algorithm, ...rest) {
            if (algorithm === "Ed25519") return Promise.reject(new DOMException("", "NotSupportedError"));
            return real.call(this, format, key, algorithm, ...rest);
          };
        }"""
    )
    phone.pair()
    phone.open(digits())
    phone.shows("真券", "good")
    phone.accept()
    phone.scan(altered(digits(), 100))
    phone.shows("不是本計劃的券", "stop")


def test_inside_wechat_the_page_asks_for_a_browser(new_phone: PhoneMaker) -> None:
    phone = new_phone(user_agent="Mozilla/5.0 (Linux; Android 13) Chrome/110 MicroMessenger/8.0.40")
    page = phone.open(digits())
    expect(page.locator("#hint")).to_contain_text("請用手機相機或瀏覽器開啟")


def test_a_browser_that_keeps_nothing_still_checks(new_phone: PhoneMaker) -> None:
    phone = new_phone()
    phone.context.add_init_script("Object.defineProperty(window, 'indexedDB', { value: { open() { throw new Error('no') } } })")
    page = phone.open(digits())
    phone.shows("真券", "good")
    expect(page.locator("#hint")).to_contain_text("只可驗券")
    expect(page.locator("#take")).to_be_hidden()
