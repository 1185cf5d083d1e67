"""Every state of the page by axe-core's rules, in light and dark; and the button that takes, always in sight."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from caringstreet.rules.codes import code_of
from caringstreet.rules.tokens import KIND_SPECIMEN
from caringstreet.scanning.signing import Signer, new_private_key
from tests.shop_page.conftest import PhoneMaker
from tests.shop_page.phone import NOW, SHOP_CARD, Phone, digits, some_facts

SOURCES = Path(__file__).resolve().parents[2] / "resources" / "shop_page"
CANCELLED = 5


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core, of the version and content that the lock file names; it is never part of the page."""
    folder = tmp_path_factory.mktemp("axe")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(SOURCES / name, folder)
    npm = shutil.which("npm")
    assert npm, "axe-core comes by npm: sudo apt install nodejs npm"
    ran = subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def found_by(axe: str, page: Page) -> list[str]:
    """What axe finds wrong, its best practices too: each rule with the elements."""
    page.evaluate(axe)
    return page.evaluate(  # type: ignore[no-any-return]
        """async () => (await axe.run()).violations.map(one => one.id + ': ' + one.nodes.map(node => node.target.join(' ')).join(', '))"""
    )


def typed(text: str) -> Callable[[Phone], None]:
    def act(phone: Phone) -> None:
        phone.page.locator("#number").fill(text)
        phone.page.locator("#number").press("Enter")

    return act


def scanned(text: str) -> Callable[[Phone], None]:
    return lambda phone: void(phone.scan(text))


def void(_: object) -> None:
    """A step of which only the doing counts."""


def taken(phone: Phone) -> None:
    phone.page.locator("#take").click()


def marked(phone: Phone) -> None:
    phone.page.locator("#batches").get_by_role("button", name="已傳送").click()


def shown_before(phone: Phone) -> None:
    phone.page.get_by_role("button", name="再按一次").click()
    phone.page.get_by_text("已傳送的紀錄").click()


def later(phone: Phone) -> None:
    phone.context.clock.set_fixed_time(NOW + timedelta(hours=1))
    phone.page.evaluate("history.replaceState(null, '', location.pathname)")
    phone.scan(digits(1))


#: In this order on one phone: what is done, and the look of the card that comes of it.
STATES: dict[str, tuple[Callable[[Phone], None], str]] = {
    "unpaired": (scanned(digits(1)), "ask"),
    "genuine": (scanned(SHOP_CARD), "good"),
    "noted": (taken, "noted"),
    "already": (scanned(digits(1)), "noted"),
    "handed over": (lambda phone: void(phone.press_whatsapp()), "noted"),
    "sent once": (marked, "noted"),
    "sent": (shown_before, "noted"),
    "used": (later, "stop"),
    "forged": (scanned(digits(signer=Signer(1, new_private_key()))), "stop"),
    "practice voucher": (scanned(digits(kind=KIND_SPECIMEN)), "stop"),
    "other shop": (scanned(digits(offer=3)), "stop"),
    "cancelled": (scanned(code_of(CANCELLED)), "stop"),
    "page not up to date": (scanned(digits(signer=Signer(2, new_private_key()))), "old"),
    "expired": (scanned(digits(last_day=date(2026, 11, 1))), "ask"),
    "another system": (typed("HELLO WORLD"), "ask"),
    "mistyped": (typed("3Y1T-J33X-3"), "ask"),
    "unfinished": (typed("3Y1T"), "ask"),
    "typed": (typed("3Y1T-J33X-2"), "ask"),
    "another card": (scanned(SHOP_CARD.replace("~2~", "~3~")), "ask"),
    "damaged card": (scanned("PS07~2~00"), "ask"),
}


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(new_phone: PhoneMaker, axe: str, colours: str) -> None:
    phone = new_phone(some_facts(cancelled=frozenset({CANCELLED})), color_scheme=colours, reduced_motion="reduce")
    page = phone.open()
    wrong = {"home": found_by(axe, page)}
    for name, (act, look) in STATES.items():
        act(phone)
        expect(page.locator("#card")).to_have_class(look)
        expect(page.locator("body")).not_to_have_class("still")
        wrong[name] = found_by(axe, page)
    assert len(wrong) == 21
    assert not {name: found for name, found in wrong.items() if found}


def test_axe_finds_nothing_on_a_page_that_only_checks(new_phone: PhoneMaker, axe: str) -> None:
    phone = new_phone(lan=True)
    assert found_by(axe, phone.open()) == []
    phone.scan(digits())
    phone.shows("真券", "good")
    assert found_by(axe, phone.page) == []


@pytest.mark.parametrize("language", ["zh-HK", "en-HK"])
@pytest.mark.parametrize(("width", "height", "size"), [(360, 640, 200), (640, 360, 100), (740, 360, 200), (390, 844, 100)])
def test_the_button_to_take_and_the_verdict_are_in_sight_at_once(
    new_phone: PhoneMaker, language: str, width: int, height: int, size: int
) -> None:
    """With letters of 200 % and with the phone on its side, too, without scrolling."""
    phone = new_phone(locale=language, viewport={"width": width, "height": height})
    phone.pair() if language == "zh-HK" else phone.open(SHOP_CARD)
    for said in (digits(), digits(last_day=date(2026, 11, 1)), "3Y1TJ33X2", SHOP_CARD.replace("S07", "S03")):
        page = phone.open(said)
        page.evaluate("size => { document.documentElement.style.fontSize = `${size * 1.125}%`; dispatchEvent(new Event('resize')) }", size)
        expect(page.locator("#take")).to_be_in_viewport(ratio=0.99 if size == 100 else 0.6)
        expect(page.locator("#street")).to_be_in_viewport()
        covered = page.evaluate(
            """() => {
              const head = document.getElementById("head").getBoundingClientRect();
              const there = document.elementFromPoint(head.left + 20, head.top + 15);
              return !there || there.id !== "head";
            }"""
        )
        assert not covered, "the button stands over the verdict"
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_the_name_of_street_and_team_stands_at_the_top(new_phone: PhoneMaker) -> None:
    phone = new_phone()
    for said in ("", digits(), SHOP_CARD, "1"):
        page = phone.open(said)
        expect(page.locator("header #street")).to_have_text("愛心街 · 鄰舍隊")
        expect(page.locator("header #street")).to_be_in_viewport()
