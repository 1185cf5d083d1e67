"""What is unusual is asked about with its figures, and goes through once it is accepted."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from caringstreet.bootstrap import OpenStreet
from caringstreet.exchange.columns import RowKind
from caringstreet.importing import open_file, run_import
from caringstreet.queries import runs as run_queries
from caringstreet.rules.doubts import Doubt, Doubted
from caringstreet.rules.quantities import Unit
from caringstreet.rules.shops import SettlementWay
from caringstreet.services import choice_events, goods, households, offers, runs, shops, stock_takes, vouchers
from caringstreet.services import street as streets
from caringstreet.services.choice_events import EventForm
from caringstreet.services.goods import DonationForm, LotForm
from caringstreet.services.households import HouseholdForm
from caringstreet.services.runs import RunForm, StopForm, StopResult
from caringstreet.services.shops import ShopForm
from caringstreet.services.stock_takes import CountForm
from caringstreet.services.street import StreetSettings
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


def announced(street: OpenStreet, shop: int, day: date, quantity: int) -> Callable[..., Any]:
    return partial(runs.announce, day=day, estimates={shop: quantity * 1000})


def test_an_announcement_of_more_than_three_times_the_most_so_far_is_asked_about(street: OpenStreet, words_en: Words) -> None:
    shop = a_shop(street, "S05", name_zh="海興餅店")
    for days, quantity in ((1, 30), (2, 85)):
        with street.database.transaction() as tx:
            announced(street, shop, TODAY + timedelta(days=days), quantity)(tx, at=NOW, by=BY)
    said = refusal_text(words_en, asked(street, Doubt.UNUSUAL_ESTIMATE, announced(street, shop, TODAY + timedelta(days=3), 30_000)))
    assert "30,000 pieces" in said and "85 pieces" in said and "S05" in said
    with street.database.transaction() as tx:
        announced(street, shop, TODAY + timedelta(days=4), 250)(tx, at=NOW, by=BY)
    form = RunForm(TODAY + timedelta(days=5), (StopForm(shop_id=shop, estimate=99_000_000),))
    asked(street, Doubt.UNUSUAL_ESTIMATE, runs.plan, form=form)


def test_what_no_room_holds_and_ten_times_what_the_books_say_are_asked_about(street: OpenStreet, words_en: Words) -> None:
    assert "25,000 kg" in refusal_text(words_en, asked(street, Doubt.MUCH_AT_ONCE, goods.take_in, form=a_gift(25_000)))
    taken(street, a_gift(12, item="豆腐"))
    counts = [CountForm(2, 120_000, "錯")]
    said = refusal_text(words_en, asked(street, Doubt.UNUSUAL_COUNT, stock_takes.count, day=TODAY, counts=counts))
    assert "120 kg" in said and "12 kg" in said
    with street.database.transaction() as tx:
        stock_takes.count(tx, day=TODAY, counts=[CountForm(2, 0, "吃了"), CountForm(1, 25_000_000)], at=NOW, by=BY)
    asked(street, Doubt.UNUSUAL_QUANTITY, goods.set_minimum, item="豆腐", unit=Unit.KILOGRAM, minimum=12_000_000)


def test_a_price_with_another_digit_and_one_that_helps_nobody_are_asked_about(street: OpenStreet, words_en: Words) -> None:
    shop = a_shop(street)
    offer = an_offer(street, shop, list_cents=4200, household_cents=2000, shop_cents=400, fund_cents=1800)
    terms = some_terms(list_cents=42_000, household_cents=20_000, shop_cents=4000, fund_cents=18_000)
    said = refusal_text(words_en, asked(street, Doubt.OTHER_PRICE, offers.change, offer_id=offer, terms=terms))
    assert "HK$42 " in said and "HK$420" in said
    nothing = some_terms(list_cents=4200, household_cents=4200, shop_cents=0, fund_cents=0)
    asked(street, Doubt.NO_BENEFIT, offers.register, shop_id=shop, terms=nothing)


def test_limits_that_bound_nothing_are_asked_about_by_their_names(street: OpenStreet, words_en: Words) -> None:
    shop = a_shop(street)
    for fields in ({"monthly_quota": 50_000}, {"per_household_month": 99}, {"per_visit": 30}):
        found = asked(street, Doubt.HIGH_NUMBER, offers.register, shop_id=shop, terms=some_terms(**fields))
        assert str(*fields.values()) in refusal_text(words_en, found) and found.field in fields
    for event in (EventForm(TODAY, "自選日", pick_limit=300), EventForm(TODAY, "自選日", slots=(("14:00", 2000),))):
        asked(street, Doubt.HIGH_NUMBER, choice_events.plan, form=event)
    settings = StreetSettings("愛心街", "鄰舍隊", cap_one=800)
    asked(street, Doubt.HIGH_NUMBER, streets.change_settings, settings=settings)
    with street.database.transaction() as tx:
        streets.change_settings(tx, settings=settings, at=NOW, by=BY)  # it was answered once


def test_a_household_of_ninety_nine_is_asked_about_in_form_and_list(street: OpenStreet, tmp_path: Path) -> None:
    form = HouseholdForm("陳婆婆", 99)
    asked(street, Doubt.LARGE_HOUSEHOLD, partial(households.register, today=TODAY), form=form)
    sheet = tmp_path / "households.csv"
    sheet.write_text("編號,稱呼,人數,同意日期\nH-0007,王伯,21,2026-08-22\nH-0008,李太,4,2026-08-22\n", encoding="utf-8")
    assert imported(street, sheet, RowKind.HOUSEHOLDS) == (1, ["large_household"])
    assert imported(street, sheet, RowKind.HOUSEHOLDS, Doubt.LARGE_HOUSEHOLD) == (1, [])


def imported(street: OpenStreet, sheet: Path, kind: RowKind, *accepted: Doubt) -> tuple[int, list[str]]:
    """How many rows were new, and what was asked or refused of the others."""
    with street.database.transaction(accepted=accepted) as tx:
        done = run_import(tx, opened=open_file(sheet, kind), categories={}, at=NOW, today=TODAY, by=BY)
    return done.new, [error.kind for error in done.errors]


def test_a_sum_ten_times_any_other_of_the_book_is_asked_about_and_a_day_that_cannot_be_is_not_taken(
    street: OpenStreet, tmp_path: Path, words_zh: Words
) -> None:
    book = tmp_path / "fund.csv"
    lines = ["日期,類別,摘要,收入,支出", "2026-11-01,期初,承上月,50000,"]
    lines += [f"2026-11-0{day},個人,街坊,{amount}," for day, amount in ((2, 300), (3, 500), (4, 200), (5, 50_000))]
    book.write_text("\n".join([*lines, "1926-11-05,個人,街坊,100,", "2099-11-05,個人,街坊,100,"]), encoding="utf-8")
    assert imported(street, book, RowKind.FUND) == (4, ["unusual_sum", "day.cannot_be", "day.cannot_be"])
    assert imported(street, book, RowKind.FUND, Doubt.UNUSUAL_SUM)[0] == 1
