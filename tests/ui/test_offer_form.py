"""The price of an offer is a sum: what is missing is said in words, and one button lets the fund bear it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caringstreet.queries import offers
from caringstreet.rules.months import Month
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
