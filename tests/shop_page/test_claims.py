"""What the phone keeps of the vouchers that it took, and how the centre is told: often, and never twice."""

import hashlib
import hmac
import re
from datetime import timedelta

from playwright.sync_api import expect

from caringstreet.rules.codes import ALPHABET, code_of, pretty
from caringstreet.shop_page.page import OfferWords
from tests.shop_page.conftest import PhoneMaker
from tests.shop_page.host import Host
from tests.shop_page.phone import DEVICE_KEY, NOW, OFFERS, SERIAL, SHOP_CARD, Phone, digits, some_facts

_LINE = re.compile(r"CS1 [A-Z][A-Z0-9]{0,7}\.[1-9]\d{0,3} [1-9]\d{0,8} \d{8}T\d{6} [0-9A-HJKMNP-TV-Z]{9} [0-9A-HJKMNP-TV-Z]{8}")


def mac_of(said: str, key: str) -> str:
    """The first 40 bits of the HMAC as 8 characters, by the standard library."""
    bits = int.from_bytes(hmac.new(bytes.fromhex(key), said.encode("ascii"), hashlib.sha256).digest()[:5], "big")
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(35, -1, -5))


def take(phone: Phone, *serials: int) -> None:
    """Take vouchers one after the other in the open tab."""
    for serial in serials:
        phone.scan(digits(serial))
        phone.shows("真券", "good")
        phone.accept()
        phone.look_up()


def change_shop(phone: Phone) -> None:
    """Say yes to the card of another device."""
    phone.shows("此手機已登記", "ask")
    phone.page.locator("#take").click()
    phone.shows("已登記店舖", "ask")


def test_the_line_is_the_one_of_the_rule_to_the_last_character(paired: Phone) -> None:
    take(paired, *range(1, 15), SERIAL)
    lines = paired.lines(15)
    assert lines[-1] == "CS1 S07.2 15 20261122T150405 3Y1TJ33X2 YDMZ2YZT"
    assert [line.split()[2] for line in lines] == [str(number) for number in range(1, 16)]
    for line in lines:
        assert _LINE.fullmatch(line), line
        said, mac = line.rsplit(" ", 1)
        assert mac == mac_of(said, DEVICE_KEY)


def test_each_device_signs_with_its_own_key_and_counts_for_itself(paired: Phone) -> None:
    take(paired, 1, 2)
    key = "ffeeddccbbaa99887766554433221100"
    paired.open(f"PS07~3~{key.upper()}~%E8%BC%9D")
    change_shop(paired)
    take(paired, 3)
    said = f"CS1 S07.3 1 20261122T150405 {code_of(3)}"
    assert f"{said} {mac_of(said, key)}" in paired.lines(3)
    paired.open(SHOP_CARD)
    change_shop(paired)
    take(paired, 4)
    assert sorted(line.split()[1:3] for line in paired.lines(4)) == [["S07.2", "1"], ["S07.2", "2"], ["S07.2", "3"], ["S07.3", "1"]]


def test_hong_kong_time_whatever_zone_the_phone_is_set_to(new_phone: PhoneMaker) -> None:
    phone = new_phone(timezone_id="America/Los_Angeles")
    phone.pair()
    take(phone, SERIAL)
    assert phone.lines()[0].split()[3] == "20261122T150405"


def test_two_tabs_and_two_taps_take_a_voucher_once(paired: Phone) -> None:
    paired.open(digits())
    first = paired.page
    paired.open(digits())
    for page in (first, paired.page):
        page.locator("#take").evaluate("button => { button.click(); button.click() }")
    expect(first.locator("#head")).to_have_text("已記下")
    expect(paired.page.locator("#head")).to_have_text(re.compile("已記下"))
    paired.open(digits())
    paired.shows("剛才已記下", "noted")
    assert len(paired.lines()) == 1


def test_two_tabs_never_give_one_number_to_two_vouchers(paired: Phone) -> None:
    paired.open(digits(1))
    first = paired.page
    paired.open(digits(2))
    for page in (first, paired.page):
        page.evaluate("document.getElementById('take').click()")
    for page in (first, paired.page):
        expect(page.locator("#head")).to_have_text("已記下")
    paired.open()
    expect(paired.page.locator("#open li")).to_have_count(2)
    assert sorted(line.split()[2] for line in paired.lines(2)) == ["1", "2"]


def test_a_phone_without_room_says_so_and_can_try_again(paired: Phone) -> None:
    page = paired.open(digits())
    page.evaluate(
        """() => {
          const real = IDBObjectStore.prototype.add;
          let full = true;
          IDBObjectStore.prototype.add = function (...given) {
            if (!full) return real.apply(this, given);
            full = false;
            throw new DOMException("", "QuotaExceededError");
          };
        }"""
    )
    page.locator("#take").click()
    paired.shows("未能記錄，請保留紙券", "ask")
    paired.accept()
    assert [line.split()[2] for line in paired.lines()] == ["1"]


def test_opening_whatsapp_is_not_sending(paired: Phone) -> None:
    paired.open(digits())
    paired.accept()
    page = paired.page
    expect(page.locator("#toSend")).to_have_text("1 張未通知中心")
    expect(page.locator("#open")).to_contain_text("22/11 15:04 3Y1T-J33X-2")
    expect(page.get_by_role("button", name="已傳送")).to_have_count(0)
    first = paired.press_whatsapp()
    assert first.startswith("愛心券 1 張 輝記菜檔\nCS1 S07.2 1 ")
    expect(page.locator("#batches")).to_contain_text("記得按「傳送」")
    expect(page.locator("#toSend")).to_have_text("1 張未通知中心")
    assert paired.press_whatsapp() == first, "a second message must carry the same line"
    page = paired.open()
    expect(page.locator("#batches .whatsapp")).to_have_text("再傳一次（1）")
    paired.sent()
    expect(page.locator("#toSend")).to_have_text("全部已通知中心")
    expect(page.locator("#batches .whatsapp")).to_have_count(0)


def test_what_was_sent_can_be_sent_again_when_the_centre_misses_a_number(paired: Phone) -> None:
    paired.open(digits())
    paired.accept()
    message = paired.press_whatsapp()
    page = paired.page
    paired.sent()
    page.get_by_text("已傳送的紀錄").click()
    again = page.locator("#beforeBatches .whatsapp")
    expect(again).to_have_text("再傳一次（1）")
    with paired.context.expect_page() as opened:
        again.click()
    opened.value.wait_for_load_state()
    assert paired.messages == [message, message]
    expect(page.locator("#toSend")).to_have_text("全部已通知中心")
    paired.open(digits())
    paired.shows("剛才已記下", "noted")


def test_a_double_tap_on_take_presses_nothing_that_slides_underneath(paired: Phone) -> None:
    """On a small phone the buttons of the list move to where the finger was."""
    take(paired, 1, 2, 3)
    paired.press_whatsapp()
    page = paired.open(digits())
    paired.shows("真券", "good")
    box = page.locator("#take").bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(*middle)
    paired.shows("已記下", "noted")
    for height in range(60, 630, 30):
        page.mouse.click(middle[0], height)
        page.mouse.click(middle[0] + 90, height)
    paired.shows("已記下", "noted")
    expect(page.locator("#toSend")).to_have_text("4 張未通知中心")
    expect(page.get_by_role("button", name="再按一次")).to_have_count(0)
    assert len(paired.messages) == 1
    expect(page.locator("body")).not_to_have_class("still")


def test_sent_needs_two_presses_and_can_be_taken_back(paired: Phone) -> None:
    take(paired, 1, 2)
    paired.press_whatsapp()
    page = paired.page
    page.locator("#batches").get_by_role("button", name="已傳送").dblclick()
    expect(page.locator("#toSend")).to_have_text("2 張未通知中心")
    expect(page.locator("#batches")).to_contain_text("再按一次：2 張已傳送")
    page.get_by_role("button", name="再按一次").click()
    expect(page.locator("#toSend")).to_have_text("全部已通知中心")
    page.get_by_text("已傳送的紀錄").click()
    page.get_by_role("button", name="未傳送，放回").click()
    expect(page.locator("#toSend")).to_have_text("2 張未通知中心")
    assert len(paired.lines(2)) == 2
    expect(page.locator("#before")).to_be_hidden()


def test_what_was_taken_by_mistake_is_undone_and_leaves_no_gap(paired: Phone) -> None:
    take(paired, 1, 2)
    page = paired.page
    page.locator("#undo").click()
    paired.shows("已復原，未收此券", "")
    paired.says(pretty(code_of(2)))
    assert [line.split()[2] for line in paired.lines(1)] == ["1"]
    take(paired, 2)
    expect(page.locator("#undo")).to_contain_text(pretty(code_of(2)))
    page.locator("#undo").click()
    paired.shows("已復原，未收此券", "")
    take(paired, 3)
    assert [line.split()[2::2] for line in paired.lines(2)] == [["1", code_of(1)], ["2", code_of(3)]]


def test_what_anybody_may_have_seen_is_not_undone(new_phone: PhoneMaker) -> None:
    phone = new_phone(permissions=["clipboard-read", "clipboard-write"])
    phone.pair()
    take(phone, 1)
    page = phone.page
    expect(page.locator("#undo")).to_be_visible()
    page.get_by_role("button", name="複製文字").click()
    expect(page.locator("#undo")).to_be_hidden()
    take(phone, 2)
    expect(page.locator("#undo")).to_be_visible()
    other = phone.open()
    expect(other.locator("#undo")).to_be_visible()
    phone.page = page
    phone.press_whatsapp()
    expect(page.locator("#undo")).to_be_hidden()
    other.locator("#undo").click()
    expect(other.locator("#head")).to_have_text("已記下，請問中心")
    assert len(phone.lines(2)) == 2


def counts(phone: Phone) -> dict[str, list[str]]:
    """The table of today and the month: what stands in each row."""
    rows = [row.locator("th, td").all_inner_texts() for row in phone.page.locator("#counts tr").all()]
    return {name: values for name, *values in rows}


def test_today_and_the_month_in_one_glance(new_phone: PhoneMaker) -> None:
    offers = {7: OFFERS[7], 8: OfferWords("S07", "叉燒飯券", "Roast pork rice", 2550), 9: OfferWords("S07", "粥券", "Congee")}
    phone = new_phone(some_facts(offers=offers))
    phone.context.clock.set_fixed_time(NOW - timedelta(days=40))
    phone.pair()
    take(phone, 1)
    for days, said in ((2, digits(2)), (1, digits(3, offer=8)), (0, digits(4, offer=8)), (0, digits(5)), (0, digits(6, offer=9))):
        phone.context.clock.set_fixed_time(NOW - timedelta(days=days))
        phone.scan(said)
        phone.shows("真券", "good")
        phone.accept()
    phone.press_whatsapp()
    phone.sent()
    phone.scan(code_of(7))
    phone.shows("券碼正確，未能驗真偽", "ask")
    phone.accept()
    expect(phone.page.locator("#toSend")).to_have_text("1 張未通知中心")
    assert counts(phone) == {
        "愛心券": ["今天", "本月"],
        "$20 蔬菜券": ["1", "2"],
        "叉燒飯券": ["1", "2"],
        "粥券": ["1", "1"],
        "按紙券": ["1", "1"],
        "合計（張）": ["4", "6"],
        "中心應付 HK$": ["45.50", "91"],
        "未計金額（張）": ["2", "2"],
        "未通知中心（張）": ["1", "1"],
    }
    phone.page.locator("#language").click()
    assert counts(phone)["Centre owes HK$"] == ["45.50", "91"]


def test_more_than_twenty_go_in_several_messages_and_none_in_two(paired: Phone) -> None:
    take(paired, *range(1, 46))
    links = paired.page.locator("#batches .whatsapp")
    expect(links).to_have_text([f"WhatsApp 通知中心（{n}）" for n in (20, 20, 5)])
    for link in links.all():
        assert len(link.get_attribute("href") or "") <= 2_000
    for _ in range(3):
        paired.press_whatsapp(paired.page.locator("#batches .whatsapp").filter(has_text="通知中心").first.evaluate(
            "link => [...document.querySelectorAll('#batches .whatsapp')].indexOf(link)"
        ))  # fmt: skip
        expect(paired.page.locator("#batches .whatsapp").filter(has_text="再傳")).not_to_have_count(0)
    sent = [line for message in paired.messages for line in message.split("\n")[1:]]
    assert [len(message.split("\n")) - 1 for message in paired.messages] == [20, 20, 5]
    assert len(set(sent)) == 45
    take(paired, 100)
    expect(paired.page.locator("#batches .whatsapp").last).to_have_text("WhatsApp 通知中心（1）")


def test_without_a_whatsapp_number_the_lines_can_be_copied(new_phone: PhoneMaker) -> None:
    phone = new_phone(some_facts(whatsapp=""), permissions=["clipboard-read", "clipboard-write"])
    phone.pair()
    take(phone, SERIAL)
    page = phone.page
    expect(page.locator(".whatsapp")).to_have_count(0)
    page.get_by_role("button", name="複製文字").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert _LINE.fullmatch(copied.split("\n")[1])
    expect(page.locator("#batches")).to_contain_text("已複製")
    phone.sent()
    expect(page.locator("#toSend")).to_have_text("全部已通知中心")


def synced(new_phone: PhoneMaker, host: Host) -> Phone:
    """A phone whose street has a sync address."""
    phone = new_phone(some_facts(sync_address=f"{host.origin}/r"))
    phone.pair()
    return phone


def test_only_the_centre_turns_a_card_green(new_phone: PhoneMaker, host: Host) -> None:
    phone = synced(new_phone, host)
    phone.scan(digits())
    phone.shows("真券", "good")
    phone.page.locator("#take").click()
    phone.shows("中心已確認", "sure")
    expect(phone.page.locator("#toSend")).to_have_text("全部已通知中心")
    assert [line.split()[4] for line in host.told] == [code_of(SERIAL)]


def test_another_shops_claim_is_said_without_its_name_and_without_fear(new_phone: PhoneMaker, host: Host) -> None:
    phone = synced(new_phone, host)
    host.answer = lambda line: "conflict"
    phone.scan(digits())
    phone.page.locator("#take").click()
    phone.shows("已記下，中心會跟進", "noted")
    phone.says("你有紙券便照常結算")
    expect(phone.page.locator("#toSend")).to_have_text("全部已通知中心")


def test_a_line_that_the_centre_rejects_stays_open(new_phone: PhoneMaker, host: Host) -> None:
    phone = synced(new_phone, host)
    host.answer = lambda line: "rejected"
    phone.scan(digits())
    phone.page.locator("#take").click()
    phone.shows("已記下，請問中心", "noted")
    expect(phone.page.locator("#toSend")).to_have_text("1 張未通知中心")


def test_a_closed_laptop_is_told_later_by_the_very_same_line(new_phone: PhoneMaker, host: Host) -> None:
    phone = new_phone(some_facts(sync_address=f"{host.origin}/r"), clean=False)
    phone.pair()
    host.answers_sync = False
    with phone.page.expect_event("requestfailed"):
        take(phone, SERIAL)
    phone.shows("已記下", "noted")
    expect(phone.page.locator("#batches .whatsapp")).to_have_text("WhatsApp 通知中心（1）")
    host.answers_sync = True
    phone.open()
    expect(phone.page.locator("#toSend")).to_have_text("全部已通知中心")
    assert len(host.told) >= 2
    assert len(set(host.told)) == 1
    assert all("ERR_EMPTY_RESPONSE" in fault for fault in phone.faults)
