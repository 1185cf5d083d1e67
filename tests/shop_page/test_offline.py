"""The page without a network, and a page that the team uploaded anew."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from caringstreet.rules.codes import code_of
from caringstreet.scanning.signing import Signer, new_private_key, public_key_of
from caringstreet.shop_page.page import PAGE_FILE, WORKER_FILE, PublicKey, write_page
from tests.shop_page.conftest import PhoneMaker
from tests.shop_page.host import Host
from tests.shop_page.phone import KEY, LAST_DAY, NOW, SERIAL, Phone, digits, some_facts

OTHER_KEY = bytes(range(32, 64))
PAST = date(2026, 11, 21)


def visited(phone: Phone) -> Page:
    """Wait until a first visit has left everything on the phone."""
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.page.wait_for_function("navigator.serviceWorker.controller")
    phone.page.wait_for_timeout(1300)  # a host that was asked just now is not asked again
    return phone.page


def without_network(new_phone: PhoneMaker) -> Phone:
    """A paired phone that visited once and then lost its network."""
    phone = new_phone(clean=False)
    phone.pair()
    visited(phone)
    phone.context.set_offline(True)
    return phone


def test_after_the_first_visit_the_page_opens_verifies_and_takes_without_a_network(new_phone: PhoneMaker) -> None:
    phone = without_network(new_phone)
    phone.open(digits())
    phone.shows("真券", "good")
    phone.accept()
    phone.open(digits())
    phone.shows("剛才已記下", "noted")
    phone.open(digits(SERIAL + 1)[:-1] + "0")
    phone.shows("不是本計劃的券", "stop")
    assert [line.split()[4] for line in phone.lines()] == [code_of(SERIAL)]
    phone.context.set_offline(False)
    phone.open()
    assert len(phone.lines()) == 1
    assert not [fault for fault in phone.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


def test_a_host_that_is_gone_is_not_noticed(new_phone: PhoneMaker, host: Host) -> None:
    phone = new_phone(clean=False)
    phone.pair()
    visited(phone)
    for name in (PAGE_FILE, WORKER_FILE):
        (host.folder / name).unlink()
    phone.open(digits())
    phone.shows("真券", "good")
    phone.accept()


def test_a_page_uploaded_anew_is_used_at_the_next_opening(new_phone: PhoneMaker, host: Host) -> None:
    phone = new_phone()
    phone.pair()
    visited(phone)
    write_page(some_facts(team="另一隊", cancelled=frozenset({SERIAL})), host.folder)
    phone.open()
    expect(phone.page.locator("#street")).to_contain_text("另一隊")
    phone.open(digits())
    phone.shows("此券已停用，請留下並致電中心", "stop")


def test_a_newer_page_answers_again_about_the_voucher_that_is_shown(new_phone: PhoneMaker, host: Host) -> None:
    phone = new_phone()
    phone.pair()
    visited(phone)
    write_page(some_facts(team="另一隊"), host.folder)
    phone.open(digits())
    expect(phone.page.locator("#street")).to_contain_text("另一隊")
    phone.shows("真券", "good")
    phone.accept()
    write_page(some_facts(team="鄰舍隊", cancelled=frozenset({5})), host.folder)
    phone.page.wait_for_timeout(1100)  # a host that was asked just now is not asked again
    phone.scan(digits(5))
    phone.shows("此券已停用，請留下並致電中心", "stop")


def test_a_newer_page_takes_nothing_away_that_was_noted_or_typed(new_phone: PhoneMaker, host: Host) -> None:
    phone = new_phone()
    phone.pair()
    visited(phone)
    phone.scan(digits())
    phone.shows("真券", "good")
    phone.accept()
    page = phone.page
    page.locator("#number").fill("3Y1T")
    write_page(some_facts(team="另一隊"), host.folder)
    page.evaluate("document.onvisibilitychange()")
    page.wait_for_timeout(1500)
    expect(page.locator("#street")).to_contain_text("鄰舍隊")
    phone.shows("已記下", "noted")
    expect(page.locator("#number")).to_have_value("3Y1T")


OLDER: dict[str, tuple[dict[str, object], dict[str, object], str]] = {
    "a key was added": (
        {},
        {"keys": {1: PublicKey(public_key_of(KEY)), 2: PublicKey(public_key_of(OTHER_KEY))}},
        digits(signer=Signer(2, OTHER_KEY)),
    ),
    "practice came before the real street": ({"practice": True, "keys": {1: PublicKey(public_key_of(OTHER_KEY))}}, {}, digits()),
    "the street was founded again": ({"keys": {1: PublicKey(public_key_of(OTHER_KEY))}}, {}, digits()),
    "the voucher was extended": ({}, {"extended": {SERIAL: LAST_DAY}}, digits(last_day=PAST)),
    "a cancelled voucher was given back to its neighbour": ({"cancelled": frozenset({SERIAL})}, {}, digits()),
    "a key is not retired after all": ({"keys": {1: PublicKey(public_key_of(KEY), PAST)}}, {}, digits()),
}


@pytest.mark.parametrize("why", OLDER)
def test_a_page_older_than_the_voucher_fetches_the_newer_one_and_answers_again(new_phone: PhoneMaker, host: Host, why: str) -> None:
    before, after, said = OLDER[why]
    phone = new_phone(some_facts(**before))
    phone.pair()
    visited(phone)
    write_page(some_facts(**after), host.folder)
    accused = "() => { new MutationObserver(() => { if (document.getElementById('card').className === 'stop') console.error('accused') }).observe(document.body, { subtree: true, attributes: true, childList: true }) }"
    phone.page.evaluate(accused)
    phone.scan(said)
    phone.shows("真券", "good")
    assert said in phone.page.url, "the voucher is kept while the page is fetched"
    phone.accept()


@pytest.mark.parametrize("why", list(OLDER)[:2])
def test_without_a_network_an_older_page_says_that_the_desk_will_decide(new_phone: PhoneMaker, why: str) -> None:
    before, _, said = OLDER[why]
    phone = new_phone(some_facts(**before), clean=False)
    phone.pair()
    visited(phone)
    phone.context.set_offline(True)
    phone.open(said)
    phone.shows("此頁未更新，未能查核", "old")
    phone.says("中心對券時決定")
    take = phone.page.locator("#take")
    if "practice" in why:
        expect(take).to_be_hidden()  # a practice phone's line is nothing to the real street
    else:
        expect(take).to_contain_text("已留下紙券，記下")
        phone.accept()


def test_a_key_that_no_page_knows_is_not_called_a_forgery(paired: Phone) -> None:
    visited(paired)
    paired.open(digits(signer=Signer(2, new_private_key())))
    paired.shows("此頁未更新，未能查核", "old")
    expect(paired.page.locator("#call")).to_be_visible()
    paired.open(digits(signer=Signer(200, new_private_key())))
    paired.shows("不是本計劃的券", "stop")


def test_a_page_of_a_former_version_is_still_told(new_phone: PhoneMaker) -> None:
    """It sends no port, and is told by a plain message that a newer page is there; else by nothing at all."""
    phone = new_phone()
    phone.pair()
    page = visited(phone)
    heard = """made => new Promise(done => {
      navigator.serviceWorker.onmessage = event => done(event.data);
      navigator.serviceWorker.controller.postMessage(made);
      setTimeout(() => done("nothing"), 700);
    })"""
    assert page.evaluate(heard, "0123456789ab") == "newer"
    assert page.evaluate(heard, page.evaluate("document.documentElement.dataset.made")) == "nothing"


@pytest.mark.parametrize(("apart", "said"), [(timedelta(days=1), True), (timedelta(days=-365), True), (timedelta(hours=2), False)])
def test_a_clock_that_is_off_is_said_with_the_phones_own_date(new_phone: PhoneMaker, host: Host, apart: timedelta, said: bool) -> None:
    host.now = NOW + apart
    phone = new_phone()
    phone.pair()
    page = visited(phone)
    page = phone.open(digits())
    phone.shows("真券", "good") if apart.days < 9 else None
    hint = page.locator("#hint")
    if said:
        expect(hint).to_contain_text("22/11/2026")
        phone.context.set_offline(True)
        expect(phone.open().locator("#hint")).to_contain_text("22/11/2026")
        phone.context.set_offline(False)
        host.now = NOW
        phone.page.wait_for_timeout(1300)  # a host that was asked just now is not asked again
        expect(phone.open().locator("#hint")).to_be_hidden()
    else:
        page.wait_for_timeout(300)
        expect(hint).to_be_hidden()


def test_a_clock_a_year_ahead_makes_no_voucher_expired(new_phone: PhoneMaker, host: Host) -> None:
    host.now = NOW
    phone = new_phone()
    phone.context.clock.set_fixed_time(NOW + timedelta(days=365))
    phone.pair()
    expect(visited(phone).locator("#hint")).to_contain_text("22/11/2027")
    phone.open(digits())
    phone.shows("真券", "good")


def test_another_page_in_its_place_is_never_kept(new_phone: PhoneMaker, host: Host) -> None:
    phone = new_phone()
    phone.pair()
    visited(phone)
    (host.folder / PAGE_FILE).write_text("<title>Hotel</title><h1>Please log in</h1>", encoding="utf-8")
    for _ in range(2):
        phone.open(digits())
        phone.shows("真券", "good")
        phone.page.wait_for_timeout(200)


def test_the_one_file_alone_does_everything_while_there_is_a_network(new_phone: PhoneMaker, host: Host) -> None:
    phone = new_phone(clean=False)
    (host.folder / WORKER_FILE).unlink()
    phone.pair()
    phone.open(digits())
    phone.shows("真券", "good")
    phone.accept()
    assert phone.lines()
    assert not [fault for fault in phone.faults if "404" not in fault]
