"""Who stands at the table, and to whom a list proposes what is there."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from caringstreet.bootstrap import OpenStreet
from caringstreet.queries import distributions, proposals, visitors, vouchers
from caringstreet.queries.proposals import Proposal
from caringstreet.rules.cards import household_card
from caringstreet.rules.diets import Diet
from caringstreet.rules.goods import Target
from caringstreet.rules.households import HouseholdState
from caringstreet.rules.quantities import ONE
from caringstreet.services import distributions as services
from caringstreet.services import goods, households
from caringstreet.services.distributions import LineForm, ListForm
from caringstreet.services.goods_ledger import Recipient
from tests.builders import BY, TODAY, a_household, a_shop, a_street, an_offer, issued
from tests.choice_day import DAY, NOW, a_lot


@pytest.fixture
def street(tmp_path: Path) -> Iterator[OpenStreet]:
    found = a_street(tmp_path, at=NOW, goods=True)
    for number, name, size, diets in (
        ("H-0001", "陳婆婆", 1, ()),
        ("H-0012", "李太", 3, (Diet.NO_PORK,)),
        ("H-0027", "Siti", 4, ()),
    ):
        a_household(found, number, display_name=name, size=size, members=(), diets=diets)
    yield found
    found.close()


def found_by(street: OpenStreet, text: str) -> list[str]:
    with street.database.reader() as reader:
        return [one.number for one in visitors.by_text(reader, text)]


@pytest.mark.parametrize("text", ["12", "0012", "h12", "H-0012", " h-0012 ", "１２", "李太", household_card("H-0012")])
def test_number_name_and_card_find_the_household_alone(street: OpenStreet, text: str) -> None:
    assert found_by(street, text) == ["H-0012"]


@pytest.mark.parametrize("text", ["", "  ", "99", "不在這裏", household_card("H-0099")])
def test_who_is_not_there_is_not_found(street: OpenStreet, text: str) -> None:
    assert found_by(street, text) == []


def test_a_voucher_finds_its_household(street: OpenStreet) -> None:
    voucher = issued(street, 2, an_offer(street, a_shop(street)))[0]
    with street.database.reader() as reader:
        serial = vouchers.rows(reader, [voucher], TODAY)[voucher].serial
        assert [one.number for one in visitors.by_voucher(reader, serial)] == ["H-0012"]


def test_who_has_left_is_not_found(street: OpenStreet) -> None:
    with street.database.transaction() as tx:
        households.set_state(tx, household_id=2, state=HouseholdState.CLOSED, reason="搬走", at=NOW, today=DAY, by=BY)
    assert found_by(street, "12") == []


def proposed(street: OpenStreet, lot: int, each: int = ONE, *, per_person: bool = False) -> Proposal:
    with street.database.transaction() as tx:
        plan = services.plan(tx, form=ListForm(DAY, "派發"), at=NOW, by=BY).distribution_id
    with street.database.reader() as reader:
        return proposals.proposal(reader, plan, lot, each, per_person=per_person)


def test_a_proposal_begins_with_who_got_least_lately_and_says_whom_it_passed_over(street: OpenStreet) -> None:
    lot = a_lot(street, "臘腸", 10, day=date(2026, 11, 1), not_for=(Diet.NO_PORK,))
    with street.database.transaction() as tx:
        goods.give(tx, lot_id=lot, quantity=ONE, recipient=Recipient(Target.HOUSEHOLD, 1), day=date(2026, 11, 20), at=NOW, by=BY)
    found = proposed(street, lot)
    assert [(one.number, one.lately, one.last_day) for one in found.rows] == [
        ("H-0027", 0, None),
        ("H-0001", 1, date(2026, 11, 20)),
    ]
    assert (found.unsuited, found.beyond, found.left) == (1, 0, 7 * ONE)


def test_nobody_gets_half_a_share_and_what_others_were_promised_stays_theirs(street: OpenStreet) -> None:
    lot = a_lot(street, "米", 6)
    with street.database.transaction() as tx:
        line = LineForm(lot, ONE, group_name="清潔工友")
        services.plan(tx, form=ListForm(DAY, "前一張", (line,)), at=NOW, by=BY)
    found = proposed(street, lot, per_person=True)
    assert [(one.number, one.quantity) for one in found.rows] == [("H-0001", ONE), ("H-0012", 3 * ONE)]
    assert (found.unsuited, found.beyond, found.left) == (0, 1, ONE)


def test_what_a_household_received_is_told_without_what_was_taken_back(street: OpenStreet) -> None:
    lot = a_lot(street, "米", 6)
    with street.database.transaction() as tx:
        made = goods.give(tx, lot_id=lot, quantity=ONE, recipient=Recipient(Target.HOUSEHOLD, 1), day=DAY, at=NOW, by=BY)
    with street.database.transaction() as tx:
        goods.give(tx, lot_id=lot, quantity=2 * ONE, recipient=Recipient(Target.HOUSEHOLD, 1), day=DAY, at=NOW, by=BY)
    with street.database.transaction() as tx:
        goods.correct(tx, movement_ids=made.movement_ids, reason="按錯", at=NOW, by=BY)
    with street.database.reader() as reader:
        assert [(one.item, one.quantity) for one in distributions.received(reader, 1, 5)] == [("米", 2 * ONE)]
