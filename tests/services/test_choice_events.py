"""Choice days: the street store of 28 November, each refusal in figures, each way back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from caringstreet.bootstrap import OpenStreet
from caringstreet.queries import choice_events as queries
from caringstreet.queries import distributions, goods, needs
from caringstreet.queries.choice_events import ChoiceDayFigures
from caringstreet.rules.needs import NeedState
from caringstreet.rules.quantities import ONE
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import choice_events
from caringstreet.services import needs as need_services
from caringstreet.services.choice_events import VisitForm
from tests.builders import BY, a_household, a_street
from tests.choice_day import DAY, NOW, WISHES, a_lot, an_event, brought, picks_of, the_tables, visited


@pytest.fixture
def street(tmp_path: Path) -> Iterator[OpenStreet]:
    found = a_street(tmp_path, at=NOW, goods=True)
    yield found
    found.close()


def figures(street: OpenStreet, event_id: int) -> ChoiceDayFigures:
    with street.database.reader() as reader:
        return queries.figures(reader, event_id)


def stock(street: OpenStreet, lot_id: int) -> int:
    with street.database.reader() as reader:
        return goods.rows(reader, [lot_id], DAY)[lot_id].stock // ONE


def test_the_street_store_of_november_adds_up(street: OpenStreet) -> None:
    elder = a_household(street, "H-0001")
    event = an_event(street)
    lots = the_tables(street, event)
    found = figures(street, event)
    assert (found.received, found.unfit, found.displayed) == (214 * ONE, 31 * ONE, 183 * ONE)
    left = [34, 55, 22, 72]
    for number in range(1, 62):
        taken = []
        for _ in range(picks_of(number)):
            lot = max(range(4), key=left.__getitem__)
            left[lot] -= 1
            taken.append((lots[lot], ONE))
        wishes = (WISHES[number - 1],) if number <= len(WISHES) else ()
        visited(street, event, VisitForm(picks=tuple(taken), wishes=wishes))
    visited(street, event, VisitForm(elder, declined=True))
    with street.database.transaction() as tx:
        recycled = dict.fromkeys(lots, 3 * ONE)
        choice_events.close(tx, event_id=event, recycled=recycled, at=NOW, by=BY)
    found = figures(street, event)
    assert (found.visitors, found.chosen, found.left) == (62, 141 * ONE, 42 * ONE)
    assert (found.kept, found.recycled, found.wishes) == (30 * ONE, 12 * ONE, 7)
    assert sum(stock(street, one) for one in lots) == 30
    with street.database.reader() as reader:
        assert [one.subject for one in reversed(needs.rows(reader, open_only=True))] == list(WISHES)


def test_a_fourth_pick_is_refused_and_nothing_of_the_visit_stays(street: OpenStreet) -> None:
    event, household = an_event(street), a_household(street)
    lots = brought(street, event, 外套=5, 毛衣=5)
    visited(street, event, VisitForm(household, picks=((lots["外套"], 2 * ONE),)))
    with pytest.raises(RuleRefused) as refused:
        visited(street, event, VisitForm(household, picks=((lots["外套"], ONE), (lots["毛衣"], ONE)), wishes=("鞋",)))
    assert refused.value.reason is Refusal.CHOICE_LIMIT_REACHED
    assert refused.value.facts == {"limit": 3, "before": "2", "wanted": "2"}
    assert (figures(street, event).visitors, figures(street, event).wishes) == (1, 0)
    visited(street, event, VisitForm(household, picks=((lots["毛衣"], ONE),)))
    assert figures(street, event).chosen == 3 * ONE


def test_not_needed_this_time_takes_nothing_away_from_a_household(street: OpenStreet) -> None:
    event, elder = an_event(street), a_household(street, "H-0001")
    coats = brought(street, event, 外套=5)["外套"]
    visited(street, event, VisitForm(elder, declined=True))
    with street.database.reader() as reader:
        visit = queries.visits(reader, event)[0]
        before = distributions.candidates(reader, DAY)[0]
    assert (visit.declined, visit.picks, visit.display_name) == (True, (), "陳婆婆")
    assert (before.lately, before.last_day) == (0, None)
    visited(street, event, VisitForm(elder, picks=((coats, 3 * ONE),)))
    assert figures(street, event).chosen == 3 * ONE


def test_no_more_is_taken_than_lies_there(street: OpenStreet) -> None:
    event = an_event(street)
    coats = brought(street, event, 外套=1)["外套"]
    visited(street, event, VisitForm(picks=((coats, ONE),)))
    with pytest.raises(RuleRefused) as refused:
        visited(street, event, VisitForm(picks=((coats, ONE),)))
    assert refused.value.reason is Refusal.CHOICE_NOT_DISPLAYED
    assert (refused.value.facts["have"], refused.value.facts["wanted"]) == ("0", "1")


def test_a_visit_taken_back_lies_on_the_tables_again_and_frees_the_picks(street: OpenStreet) -> None:
    event, household = an_event(street), a_household(street)
    coats = brought(street, event, 外套=3)["外套"]
    visit = visited(street, event, VisitForm(household, picks=((coats, 3 * ONE),)))
    with street.database.transaction() as tx:
        choice_events.take_back_visit(tx, visit_id=visit, reason="按錯", at=NOW, by=BY)
    assert (figures(street, event).visitors, figures(street, event).chosen, stock(street, coats)) == (0, 0, 3)
    visited(street, event, VisitForm(household, picks=((coats, 3 * ONE),)))
    with pytest.raises(RuleRefused) as refused, street.database.transaction() as tx:
        choice_events.take_back_visit(tx, visit_id=visit, reason="再按", at=NOW, by=BY)
    assert refused.value.reason is Refusal.CHOICE_VISIT_UNKNOWN


def test_lots_are_brought_up_to_what_is_there_and_put_away_again(street: OpenStreet) -> None:
    event, lot = an_event(street), a_lot(street, "毛衣", 10)
    with street.database.transaction() as tx:
        choice_events.bring(tx, event_id=event, quantities={lot: 8 * ONE}, at=NOW, by=BY)
    with pytest.raises(RuleRefused) as refused, street.database.transaction() as tx:
        choice_events.bring(tx, event_id=event, quantities={lot: 3 * ONE}, at=NOW, by=BY)
    assert (refused.value.facts["have"], refused.value.facts["wanted"]) == ("2", "3")
    visited(street, event, VisitForm(picks=((lot, ONE),)))
    with pytest.raises(RuleRefused) as refused, street.database.transaction() as tx:
        choice_events.put_away(tx, event_id=event, quantities={lot: 8 * ONE}, at=NOW, by=BY)
    assert refused.value.reason is Refusal.CHOICE_NOT_DISPLAYED
    with street.database.transaction() as tx:
        choice_events.put_away(tx, event_id=event, quantities={lot: 7 * ONE}, at=NOW, by=BY)
    found = figures(street, event)
    assert (found.received, found.chosen, found.left, stock(street, lot)) == (ONE, ONE, 0, 9)


def test_a_lot_put_away_whole_leaves_the_tables(street: OpenStreet) -> None:
    event, lot = an_event(street), a_lot(street, "毛衣", 4)
    with street.database.transaction() as tx:
        choice_events.bring(tx, event_id=event, quantities={lot: 4 * ONE}, at=NOW, by=BY)
    with street.database.transaction() as tx:
        choice_events.put_away(tx, event_id=event, quantities={lot: 4 * ONE}, at=NOW, by=BY)
    with street.database.reader() as reader:
        assert queries.tables(reader, event) == []


def test_what_was_sorted_out_by_mistake_lies_there_again_once(street: OpenStreet) -> None:
    event = an_event(street)
    lot = brought(street, event, 外套=6)["外套"]
    with street.database.transaction() as tx:
        choice_events.sort_out(tx, event_id=event, quantities={lot: 2 * ONE}, at=NOW, by=BY)
    assert stock(street, lot) == 4
    with street.database.transaction() as tx:
        choice_events.take_back_sorting(tx, event_id=event, lot_ids=[lot], reason="看錯", at=NOW, by=BY)
    assert (figures(street, event).unfit, figures(street, event).left, stock(street, lot)) == (0, 6 * ONE, 6)
    with pytest.raises(RuleRefused) as refused, street.database.transaction() as tx:
        choice_events.take_back_sorting(tx, event_id=event, lot_ids=[lot], reason="再來", at=NOW, by=BY)
    assert refused.value.reason is Refusal.NOTHING_TO_DO


def test_a_closed_day_takes_nothing_until_it_is_opened_again_with_a_reason(street: OpenStreet) -> None:
    event = an_event(street)
    lot = brought(street, event, 外套=6)["外套"]
    with street.database.transaction() as tx:
        choice_events.close(tx, event_id=event, recycled={lot: 2 * ONE}, at=NOW, by=BY)
    with pytest.raises(RuleRefused) as refused:
        visited(street, event, VisitForm(picks=((lot, ONE),)))
    assert refused.value.reason is Refusal.CHOICE_EVENT_CLOSED
    with pytest.raises(RuleRefused) as refused, street.database.transaction() as tx:
        choice_events.reopen(tx, event_id=event, reason=" ", at=NOW, by=BY)
    assert refused.value.reason is Refusal.REASON_MISSING
    with street.database.transaction() as tx:
        choice_events.reopen(tx, event_id=event, reason="還有人來", at=NOW, by=BY)
    assert (figures(street, event).recycled, stock(street, lot)) == (0, 6)


def test_a_need_is_met_or_not_and_says_why(street: OpenStreet) -> None:
    with street.database.transaction() as tx:
        need = need_services.note(tx, subject="38 號女裝鞋", day=DAY, at=NOW, by=BY)
    with pytest.raises(RuleRefused) as refused, street.database.transaction() as tx:
        need_services.settle(tx, need_id=need, state=NeedState.UNMET, at=NOW, by=BY)
    assert refused.value.reason is Refusal.REASON_MISSING
    with street.database.transaction() as tx:
        need_services.settle(tx, need_id=need, state=NeedState.UNMET, note="無人捐", at=NOW, by=BY)
    with street.database.reader() as reader:
        assert needs.rows(reader, open_only=True) == []
        assert [(one.state, one.note) for one in needs.rows(reader)] == [(NeedState.UNMET, "無人捐")]
