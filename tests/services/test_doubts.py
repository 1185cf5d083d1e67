"""What is unusual is asked about with its figures, and goes through once it is accepted."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from caringstreet.bootstrap import OpenStreet
from caringstreet.queries import runs as run_queries
from caringstreet.rules.doubts import Doubt, Doubted
from caringstreet.rules.quantities import Unit
from caringstreet.rules.shops import SettlementWay
from caringstreet.services import goods, offers, runs, shops, vouchers
from caringstreet.services.goods import DonationForm, LotForm
from caringstreet.services.runs import RunForm, StopForm, StopResult
from caringstreet.services.shops import ShopForm
from caringstreet.wording.refusals import refusal_text
from caringstreet.words import Words
from tests.builders import BY, NOW, TODAY, a_household, a_shop, a_street, an_offer, issued, some_terms

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def street(tmp_path: Path) -> Iterator[OpenStreet]:
    made = a_street(tmp_path, goods=True)
    yield made
    made.close()


def asked(street: OpenStreet, doubt: Doubt, service: Callable[..., Any], **facts: Any) -> Doubted:
    """The question; nothing is written by it, and what was asked about goes through once accepted."""
    with pytest.raises(Doubted) as told, street.database.transaction() as tx:
        service(tx, **facts, at=NOW, by=BY)
    assert told.value.reason is doubt
    with street.database.transaction(accepted=[doubt]) as tx:
        service(tx, **facts, at=NOW, by=BY)
    return told.value


def a_gift(quantity: float, day: Any = TODAY, **fields: Any) -> DonationForm:
    return DonationForm(
        day, (LotForm(**{"item": "白米", "quantity": round(quantity * 1000), "unit": Unit.KILOGRAM} | fields),), giver="何太"
    )


def taken(street: OpenStreet, form: DonationForm) -> None:
    with street.database.transaction() as tx:
        goods.take_in(tx, form=form, at=NOW, by=BY)


def test_a_thousand_times_the_usual_of_an_item_is_asked_about_with_both_figures(street: OpenStreet, words_en: Words) -> None:
    for usual in (2, 5, 4):
        taken(street, a_gift(usual))
    taken(street, a_gift(3999))  # a great day is nobody's mistake
    said = refusal_text(words_en, asked(street, Doubt.UNUSUAL_QUANTITY, goods.take_in, form=a_gift(4500)))
    assert "4,500 kg" in said and "4.5 kg" in said
    # Of another item, or in another unit, nothing is known yet.
    taken(street, a_gift(4500, unit=Unit.PACK))


def test_what_has_not_come_yet_cannot_have_happened(street: OpenStreet) -> None:
    asked(street, Doubt.FUTURE_DAY, goods.take_in, form=a_gift(2, TOMORROW))
    ids = issued(street, a_household(street), an_offer(street, a_shop(street)))
    asked(street, Doubt.FUTURE_DAY, vouchers.hand_out, voucher_ids=ids, day=TOMORROW, to=vouchers.HandedTo.SELF)


def test_goods_past_their_day_are_asked_about_as_they_come_in(street: OpenStreet) -> None:
    asked(street, Doubt.PAST_BEST_BEFORE, goods.take_in, form=a_gift(2, best_before=TODAY - timedelta(days=1)))


def test_more_than_three_times_what_a_shop_announced_is_asked_about(street: OpenStreet, words_zh: Words) -> None:
    shop = a_shop(street, "S05", name_zh="海興餅店")
    with street.database.transaction() as tx:
        run = runs.plan(tx, form=RunForm(TODAY, (StopForm(shop_id=shop, estimate=30_000),)), at=NOW, by=BY).run_id
    with street.database.reader() as reader:
        stop = run_queries.stops(reader, run)[0].stop_id
    found = asked(street, Doubt.OVER_ESTIMATE, runs.record, run_id=run, results=[StopResult(stop, "麵包", 300_000)])
    assert (
        "S05 海興餅店" in refusal_text(words_zh, found)
        and "300 個" in refusal_text(words_zh, found)
        and "30 個" in refusal_text(words_zh, found)
    )


def test_a_price_in_cents_where_dollars_are_meant_is_asked_about(street: OpenStreet, words_en: Words) -> None:
    shop = a_shop(street)
    terms = some_terms(list_cents=420_000, household_cents=0, shop_cents=20_000, fund_cents=400_000)
    assert "HK$4,200" in refusal_text(words_en, asked(street, Doubt.HIGH_PRICE, offers.register, shop_id=shop, terms=terms))


def test_a_fund_share_beside_a_shop_that_needs_no_settlement_is_asked_about_from_both_sides(street: OpenStreet, words_en: Words) -> None:
    none = a_shop(street, "S01", settlement=SettlementWay.NONE)
    found = asked(street, Doubt.NO_SETTLEMENT, offers.register, shop_id=none, terms=some_terms())
    assert "HK$18" in refusal_text(words_en, found) and "S01" in refusal_text(words_en, found)
    an_offer(street, none, code="S01x", list_cents=200, shop_cents=200, fund_cents=0)  # a gift of the shop needs none
    paid = a_shop(street, "S02")
    an_offer(street, paid)
    form = ShopForm(code="S02", name_zh="輝記", settlement=SettlementWay.NONE)
    asked(street, Doubt.NO_SETTLEMENT, shops.change, shop_id=paid, form=form)
