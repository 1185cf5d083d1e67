"""A host with the page of a street, a running Chromium, and phones."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from caringstreet.shop_page.page import PageFacts, write_page
from tests.shop_page.host import Host
from tests.shop_page.phone import Phone, chromium, some_facts

PhoneMaker = Callable[..., Phone]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all; each phone has its own storage in it."""
    with chromium() as running:
        yield running


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """A host to which the page of `some_facts` was uploaded."""
    write_page(some_facts(), tmp_path / "host")
    host = Host(tmp_path / "host")
    yield host
    host.stop()


@pytest.fixture
def new_phone(browser: Browser, host: Host) -> Iterator[PhoneMaker]:
    """Makes phones; in the end none may have met a fault or asked anybody else for anything."""
    phones: list[Phone] = []

    def make(facts: PageFacts | None = None, *, lan: bool = False, clean: bool = True, **context: object) -> Phone:
        if facts is not None:
            write_page(facts, host.folder)
        settings = {"locale": "zh-HK", "viewport": {"width": 360, "height": 640}} | context
        phone = Phone(browser.new_context(**settings), host, lan=lan)  # type: ignore[arg-type]
        if clean:
            phones.append(phone)
        return phone

    yield make
    for phone in phones:
        phone.is_clean()
        phone.context.close()


@pytest.fixture
def phone(new_phone: PhoneMaker) -> Phone:
    """A phone that was never paired."""
    return new_phone()


@pytest.fixture
def paired(new_phone: PhoneMaker) -> Phone:
    """The phone of shop S07."""
    phone = new_phone()
    phone.pair()
    return phone
