"""The price of an offer is a sum: what is missing is said in words, and one button lets the fund bear it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from caringstreet.queries import offers
from caringstreet.rules.months import Month
from caringstreet.rules.offers import Validity
from caringstreet.rules.shops import SettlementWay
from tests.builders import NOW, a_shop, a_street
from tests.ui.desk import WindowDesk
from ui.pages import offer_form
from ui.pages.offer_form import OfferFormPage
from ui.widgets import page as pages


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDesk]:
    """A window in English on a street with a shop that is paid and one that needs no settlement."""
    street = a_street(tmp_path)
    a_shop(street, "S01")
    a_shop(street, "S02", settlement=SettlementWay.NONE)
    street.close()
    found = WindowDesk(tmp_path, NOW, "en")
    found.sit_down(tmp_path / "street.caringstreet")
    yield found
    found.leave()


def a_form(desk: WindowDesk, shop_id: int) -> OfferFormPage:
    page = desk.page("offer_form", shop_id, "new")
    assert isinstance(page, OfferFormPage)
    page.title_zh.setText("叉燒飯")
    for field, text in zip(page.price.fields.values(), ("42", "5", "7", "18"), strict=True):
        field.setText(text)
    QApplication.processEvents()
    return page


def fund_shares(desk: WindowDesk) -> list[int]:
    with desk.street.database.reader() as reader:
        return [one.terms.fund_cents for one in offers.rows(reader, Month(2026, 11))]


def test_what_is_missing_is_said_and_the_fund_bears_it_at_a_press(desk: WindowDesk) -> None:
    page = a_form(desk, 1)
    assert page.price.said.text() == "HK$12 is missing: HK$5 + HK$7 + HK$18 = HK$30, the price is HK$42"
    page.save()
    assert fund_shares(desk) == [] and page.form.refusal("price")
    desk.press("Fund bears HK$30")
    assert "it adds up" in page.price.said.text() and not page.price.rest.isVisible()
    page.save()
    assert fund_shares(desk) == [3000]


def test_too_much_is_said_too(desk: WindowDesk) -> None:
    page = a_form(desk, 1)
    page.price.fund.setText("40")
    assert page.price.said.text().startswith("HK$10 too much")


def test_short_boxes_stand_at_one_left_edge(desk: WindowDesk) -> None:
    page = a_form(desk, 1)
    fields = (page.title_zh, page.kind, page.price.listed, page.quota, page.per_household, page.validity, page.days)
    assert len({field.mapTo(page, field.rect().topLeft()).x() for field in fields}) == 1
    assert page.quota.width() == page.days.width() == offer_form._SHORT


def test_a_fund_share_of_a_shop_without_settlement_is_asked_about_and_one_key_goes_on(
    desk: WindowDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    answers = [False, True]
    monkeypatch.setattr(pages, "ask", lambda page, words, said, yes: (told.append(said), answers.pop(0))[1])
    page = a_form(desk, 2)
    page.price.fund.setText("30")
    page.save()
    assert fund_shares(desk) == [] and "S02" in told[0] and "HK$30" in told[0]
    page.save()
    assert fund_shares(desk) == [3000]


def beside(page: OfferFormPage) -> list[str]:
    """What stands beside the form."""
    return [one.text() for one in page.aside.findChildren(QLabel) if one.text() and not one.isHidden()]


def test_the_voucher_beside_the_form_follows_what_is_typed(desk: WindowDesk, qtbot: QtBot) -> None:
    page = a_form(desk, 1)
    qtbot.waitUntil(lambda: "叉燒飯" in beside(page))
    assert "你付 $5" in beside(page)
    assert "2026年11月30日或之前" in beside(page)
    page.title_zh.setText("白切雞飯")
    page.price.household.setText("0")
    page.validity.choose(Validity.DAYS)
    page.days.setValue(3)
    qtbot.waitUntil(lambda: "白切雞飯" in beside(page))
    assert "免費" in beside(page) and "你付 $5" not in beside(page)
    last = NOW.date() + timedelta(days=3)
    assert f"{last.year}年{last.month}月{last.day}日或之前" in beside(page)


def test_what_the_offer_costs_at_most_in_a_month_is_said(desk: WindowDesk, qtbot: QtBot) -> None:
    page = a_form(desk, 1)
    qtbot.waitUntil(lambda: "HK$18" in beside(page))
    assert "Without “Most a month” there is no limit; these are the shares of one voucher." in beside(page)
    page.quota.setValue(60)
    qtbot.waitUntil(lambda: "60 × HK$18 = HK$1,080" in beside(page))
    assert "60 × HK$7 = HK$420" in beside(page)
