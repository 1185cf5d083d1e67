"""Hand-out lists: who comes first, who came, who did not, and that a list cannot promise what is not there."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from caringstreet.bootstrap import OpenStreet
from caringstreet.queries import distributions as list_queries
from caringstreet.queries import goods as goods_queries
from caringstreet.rules.diets import Diet
from caringstreet.rules.distributions import Candidate, LineState, propose
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import distributions
from caringstreet.services.distributions import LineForm, ListForm
from tests.builders import BY, NOW, TODAY, a_donation, a_household, a_street


@pytest.fixture
def street(tmp_path: Path) -> OpenStreet:
    return a_street(tmp_path)


def a_list(street: OpenStreet, *lines: LineForm) -> distributions.PlannedList:
    with street.database.transaction() as tx:
        return distributions.plan(tx, form=ListForm(TODAY, "罐頭派發", lines), at=NOW, by=BY)


def do(street: OpenStreet, service: Callable[..., object], **what: object) -> None:
    with street.database.transaction() as tx:
        service(tx, at=NOW, by=BY, **what)


def states(street: OpenStreet, kept: distributions.PlannedList) -> list[LineState]:
    with street.database.reader() as reader:
        return [one.state for one in list_queries.lines(reader, kept.distribution_id)]


def stock(street: OpenStreet, lot: int) -> int:
    with street.database.reader() as reader:
        return goods_queries.rows(reader, [lot], TODAY)[lot].stock


def test_a_list_moves_nothing_until_it_is_given_and_ends_with_its_no_shows(street: OpenStreet) -> None:
    lot = a_donation(street).lot_ids[0]
    homes = [a_household(street, f"H-000{number}") for number in (1, 2, 3, 4)]
    kept = a_list(street, *(LineForm(lot, 2_000, one) for one in homes))
    assert stock(street, lot) == 24_000
    do(street, distributions.give_lines, line_ids=kept.line_ids[:2])
    do(street, distributions.pass_over_lines, line_ids=kept.line_ids[2:3], state=LineState.DECLINED)
    do(street, distributions.walk_in, distribution_id=kept.distribution_id, line=LineForm(lot, 1_000, group_name="清潔工友"))
    do(street, distributions.close, distribution_id=kept.distribution_id)
    assert states(street, kept) == [LineState.GIVEN, LineState.GIVEN, LineState.DECLINED, LineState.NO_SHOW, LineState.GIVEN]
    assert stock(street, lot) == 19_000
    with street.database.reader() as reader:
        (row,) = list_queries.rows(reader)
    assert (row.lines, row.given, row.declined, row.no_show, row.to_come, row.closed) == (5, 3, 1, 1, 0, True)
    with pytest.raises(RuleRefused) as refused, street.database.transaction() as tx:
        distributions.give_lines(tx, line_ids=kept.line_ids[3:], at=NOW, by=BY)
    assert refused.value.reason is Refusal.DISTRIBUTION_CLOSED


def test_what_was_given_by_mistake_comes_back(street: OpenStreet) -> None:
    lot = a_donation(street).lot_ids[0]
    kept = a_list(street, LineForm(lot, 2_000, a_household(street)))
    do(street, distributions.give_lines, line_ids=kept.line_ids)
    do(street, distributions.take_back_lines, line_ids=kept.line_ids, reason="按錯")
    assert (states(street, kept), stock(street, lot)) == ([LineState.PLANNED], 24_000)
    do(street, distributions.give_lines, line_ids=kept.line_ids)
    assert stock(street, lot) == 22_000


def test_two_lists_cannot_promise_the_same_goods(street: OpenStreet) -> None:
    lot = a_donation(street).lot_ids[0]
    home = a_household(street)
    a_list(street, LineForm(lot, 20_000, home))
    with pytest.raises(RuleRefused) as refused:
        a_list(street, LineForm(lot, 5_000, home))
    assert refused.value.reason is Refusal.GOODS_NOT_ENOUGH
    with street.database.reader() as reader:
        assert goods_queries.rows(reader, [lot], TODAY)[lot].promised == 20_000


def test_who_received_least_lately_comes_first(street: OpenStreet) -> None:
    lot = a_donation(street).lot_ids[0]
    often, once, never = (a_household(street, number) for number in ("H-0001", "H-0002", "H-0003"))
    kept = a_list(street, LineForm(lot, 1_000, often), LineForm(lot, 1_000, often), LineForm(lot, 1_000, once))
    do(street, distributions.give_lines, line_ids=kept.line_ids)
    with street.database.reader() as reader:
        candidates = list_queries.candidates(reader, TODAY)
    assert [one for one, _ in propose(candidates, 3_000, 1_000)] == [never, once, often]
    assert [one for one, _ in propose(candidates, 2_000, 1_000)] == [never, once]


def test_a_proposal_respects_size_diet_and_what_is_there() -> None:
    homes = [
        Candidate(1, "H-0001", 4, last_day=TODAY),
        Candidate(2, "H-0002", 1, (Diet.VEGETARIAN,)),
        Candidate(3, "H-0003", 2, last_day=TODAY - timedelta(days=9)),
    ]
    assert propose(homes, 6_000, 1_000, per_person=True, not_for=(Diet.VEGETARIAN,)) == [(3, 2_000), (1, 4_000)]
    assert propose(homes, 5_000, 1_000, per_person=True) == [(2, 1_000), (3, 2_000)]
    assert propose(homes, 0, 1_000) == []
