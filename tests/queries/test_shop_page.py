"""What the shops' page is told of a street."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from caringstreet.bootstrap import OpenStreet
from caringstreet.queries import shop_page
from caringstreet.queries.shop_page import OfferOnPage, ShopPageRow
from caringstreet.rules.offers import OfferState, Validity
from caringstreet.services import extension, offers, vouchers
from tests.builders import BY, NOW, TODAY, a_household, a_shop, a_street, an_offer, handed_out, issued, some_terms

LATER = date(2026, 12, 5)
#: What the street owes for a voucher of `some_terms`.
OWED = some_terms().fund_cents


@pytest.fixture
def street(tmp_path: Path) -> Iterator[OpenStreet]:
    opened = a_street(tmp_path)
    yield opened
    opened.close()


def facts(street: OpenStreet, today: date = TODAY) -> ShopPageRow:
    with street.database.reader() as reader:
        return shop_page.facts(reader, today)


def serials(street: OpenStreet, ids: list[int]) -> set[int]:
    wanted = ", ".join(str(one) for one in ids)
    with street.database.reader() as reader:
        return set(reader.scalars(text(f"SELECT serial FROM voucher WHERE id IN ({wanted})")))


def do(street: OpenStreet, service, **arguments):  # type: ignore[no-untyped-def]
    with street.database.transaction() as tx:
        return service(tx, at=street.clock.now(), by=BY, **arguments)


def extend(street: OpenStreet, due_from: date, due_to: date, **more: object) -> None:
    do(street, extension.extend, due_from=due_from, due_to=due_to, until=LATER, reason="颱風", **more)


def test_offers_in_force_and_those_whose_vouchers_are_about(street: OpenStreet) -> None:
    shop = a_shop(street)
    active = an_offer(street, shop)
    ended = an_offer(street, shop, code="S01b")
    an_offer(street, shop, code="S01c", state=OfferState.DRAFT)
    handed_out(street, a_household(street), ended)
    do(street, offers.set_state, offer_id=ended, state=OfferState.ENDED, reason="完結")
    known = facts(street).offers
    assert known == tuple(OfferOnPage(one, "S01", "$20 蔬菜券", "$20 of vegetables", OWED) for one in (active, ended))
    assert [one.number for one in facts(street, date(2027, 1, 1)).offers] == [active]


def test_papers_that_differ_leave_the_words_to_the_paper(street: OpenStreet) -> None:
    offer = an_offer(street, a_shop(street))
    household = a_household(street)
    handed_out(street, household, offer)
    do(
        street,
        offers.change,
        offer_id=offer,
        terms=some_terms(title_zh="$30 蔬菜券", title_en="$30 of vegetables", list_cents=3000, fund_cents=2800),
    )
    assert facts(street).offers == (OfferOnPage(offer, "S01", "$20 蔬菜券", "$20 of vegetables", OWED),)
    handed_out(street, household, offer)
    assert facts(street).offers == (OfferOnPage(offer, "S01", "", "", None),)


def test_ended_vouchers_are_listed_while_their_paper_could_come(street: OpenStreet) -> None:
    offer, household = an_offer(street, a_shop(street)), a_household(street)
    lost, void, unprinted = handed_out(street, household, offer, count=2) + issued(street, household, offer)
    do(street, vouchers.replace, voucher_ids=[lost], reason="遺失", random_bits=street.random_bits)
    do(street, vouchers.withdraw, voucher_ids=[void, unprinted], reason="錯")
    assert facts(street).cancelled == serials(street, [lost, void])
    assert facts(street, date(2026, 12, 1)).cancelled == frozenset()


def test_an_extension_of_all_is_a_rule_of_a_few_words(street: OpenStreet) -> None:
    offer, household = an_offer(street, a_shop(street)), a_household(street)
    handed_out(street, household, offer, count=5)
    last = date(2026, 11, 30)
    extend(street, last, last)
    known = facts(street)
    assert (known.later, known.extended) == ({(offer, last): LATER}, {})
    assert facts(street, LATER).later == known.later
    assert facts(street, LATER + timedelta(days=1)).later == {}


def test_an_extension_of_some_names_them(street: OpenStreet) -> None:
    offer, household = an_offer(street, a_shop(street)), a_household(street)
    last = date(2026, 11, 30)
    extended = handed_out(street, household, offer, count=2)
    extend(street, last, last)
    handed_out(street, household, offer)
    known = facts(street)
    assert known.later == {}
    assert known.extended == dict.fromkeys(serials(street, extended), LATER)
    assert facts(street, date(2026, 12, 2)).extended == known.extended


def test_an_extension_of_one_shop_is_a_rule_of_its_offers_alone(street: OpenStreet) -> None:
    one, other = a_shop(street), a_shop(street, "S02")
    terms = {"validity": Validity.DAYS, "validity_days": 7}
    offers_of = [an_offer(street, shop, **terms) for shop in (one, other)]
    household = a_household(street)
    for offer in offers_of:
        handed_out(street, household, offer)
    extend(street, date(2026, 11, 8), date(2026, 11, 8), shop_id=one)
    assert facts(street).later == {(offers_of[0], date(2026, 11, 8)): LATER}


def test_only_the_public_halves_of_keys_are_given(street: OpenStreet) -> None:
    with street.database.transaction() as tx:
        tx.session.execute(
            text(
                "INSERT INTO signing_key (id, private_key, public_key, created_at, retired_at) SELECT 2, x'00', x'22', created_at, '2026-10-31 17:00:00' FROM signing_key"
            )
        )
        tx.audit("key.changed", by=BY, at=NOW)
    first, second = facts(street).keys
    assert len(first.public_key) == 32
    assert not hasattr(first, "private_key")
    assert second.retired_at is not None
    assert second.retired_at.isoformat() == "2026-10-31T17:00:00+00:00"
