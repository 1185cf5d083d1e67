"""The page without a network, and a page that the team uploaded anew."""

from playwright.sync_api import Page, expect

from caringstreet.rules.codes import code_of
from caringstreet.shop_page.page import PAGE_FILE, WORKER_FILE, write_page
from tests.shop_page.conftest import PhoneMaker
from tests.shop_page.host import Host
from tests.shop_page.phone import SERIAL, Phone, digits, some_facts


def visited(phone: Phone) -> Page:
    """Wait until a first visit has left everything on the phone."""
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.page.wait_for_timeout(200)
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
    phone.shows("本店已收過", "stop")
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


def test_a_newer_page_never_takes_a_voucher_from_under_the_finger(new_phone: PhoneMaker, host: Host) -> None:
    phone = new_phone()
    phone.pair()
    visited(phone)
    write_page(some_facts(team="另一隊"), host.folder)
    page = phone.open(digits())
    phone.shows("真券", "good")
    page.wait_for_timeout(500)
    expect(page.locator("#street")).to_contain_text("鄰舍隊")
    phone.accept()
    phone.open()
    expect(phone.page.locator("#street")).to_contain_text("另一隊")


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
