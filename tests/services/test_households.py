"""Households come, change, are reviewed, pause and leave; what is refused leaves nothing behind."""

from datetime import date
from functools import partial

import pytest
from sqlalchemy import func, select

from caringstreet.model.audit import AuditEntry
from caringstreet.model.households import Household
from caringstreet.queries import households as queries
from caringstreet.rules.households import ContactWay, HouseholdState, PrintLanguage
from caringstreet.rules.months import Month
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import households, vouchers
from caringstreet.services.households import CheckForm, HouseholdForm, MemberForm
from tests.builders import BY, TODAY, a_household, a_shop, a_street, an_offer, handed_out

SEEN = CheckForm("E65", date(2026, 8, 22), date(2027, 12, 31))
AGAIN = CheckForm("E65", TODAY, date(2028, 10, 31))


@pytest.fixture
def street(tmp_path):
    opened = a_street(tmp_path)
    yield opened
    opened.close()


def do(street, service, *, by=BY, **arguments):
    with street.database.transaction() as tx:
        return service(tx, at=street.clock.now(), by=by, **arguments)


def register(street, /, **fields):
    form = HouseholdForm(**{"display_name": "陳婆婆", "size": 1, "checks": (SEEN,), "consent_on": TODAY} | fields)
    return do(street, households.register, form=form, today=TODAY)


def change(street, household_id, /, by=BY, **fields):
    form = HouseholdForm(**{"display_name": "陳婆婆", "size": 1, "checks": (SEEN,)} | fields)
    return do(street, households.change, by=by, household_id=household_id, form=form, today=TODAY)


def set_state(street, household_id, state, reason=""):
    return do(street, households.set_state, household_id=household_id, state=state, reason=reason, today=TODAY)


def detail(street, household_id):
    with street.database.reader() as reader:
        return queries.detail(reader, household_id)


def everything(street):
    """All there is of households, and how many actions were recorded."""
    with street.database.reader() as reader:
        ids = list(reader.scalars(select(Household.id)))
        return [queries.detail(reader, one) for one in ids], reader.scalar(select(func.count(AuditEntry.id)))


def refused(street, action):
    """The refusal, after which everything is as it was."""
    before = everything(street)
    with pytest.raises(RuleRefused) as caught:
        action()
    assert everything(street) == before
    return caught.value.reason, caught.value.field


def test_a_household_is_kept_as_it_was_entered(street):
    kept = register(
        street,
        display_name=" محمد اکرم ",
        size=5,
        members=(MemberForm("محمد", 1984, "父"), MemberForm("Ayesha", 2015)),
        language=PrintLanguage.UR,
        large_print=True,
        contact_way=ContactWay.MOBILE,
        phone="+852 9123-4567",
        street="東大街",
        building="海埗閣",
        floor="5樓",
        unit="C",
        lift=False,
        consent_on=date(2026, 10, 5),
    )
    one = detail(street, kept.household_id)
    assert (one.number, one.display_name, one.size, one.phone) == ("H-0001", "محمد اکرم", 5, "91234567")
    assert [(m.name, m.birth_year, m.relation) for m in one.members] == [("محمد", 1984, "父"), ("Ayesha", 2015, "")]
    assert (one.language, one.large_print, one.lift) == (PrintLanguage.UR, True, False)
    assert (one.street, one.building, one.floor, one.unit) == ("東大街", "海埗閣", "5樓", "C")
    assert (one.consent_on, one.joined_on, one.review_on) == (date(2026, 10, 5), date(2026, 10, 5), date(2027, 12, 31))
    assert [(c.category, c.seen_on, c.seen_by) for c in one.checks] == [("E65", date(2026, 8, 22), BY)]


def test_numbers_follow_each_other_and_a_given_one_is_kept(street):
    assert register(street, number="h-0086").number == "H-0086"
    assert register(street).number == "H-0087"


def test_a_review_day_of_ones_own_comes_before_that_of_the_proof(street):
    kept = register(street, review_on=date(2027, 2, 1))
    assert detail(street, kept.household_id).review_on == date(2027, 2, 1)


@pytest.mark.parametrize(
    ("fields", "reason", "field"),
    [
        ({"display_name": "  "}, Refusal.NAME_MISSING, "display_name"),
        ({"size": 0}, Refusal.HOUSEHOLD_SIZE_UNUSABLE, "size"),
        ({"members": (MemberForm("仔", 2027),)}, Refusal.HOUSEHOLD_BIRTH_YEAR_UNUSABLE, "members"),
        ({"members": (MemberForm("婆", 1899),)}, Refusal.HOUSEHOLD_BIRTH_YEAR_UNUSABLE, "members"),
        ({"phone": "1234 5678"}, Refusal.PHONE_UNUSABLE, "phone"),
        ({"checks": (SEEN, CheckForm("XYZ", TODAY))}, Refusal.CATEGORY_UNKNOWN, "checks"),
        ({"number": " h-0001"}, Refusal.HOUSEHOLD_NUMBER_TAKEN, "number"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_when_registering_and_when_changing(street, fields, reason, field):
    register(street)
    other = register(street).household_id
    assert refused(street, partial(register, street, **fields)) == (reason, field)
    assert refused(street, partial(change, street, other, **fields)) == (reason, field)


def test_a_household_may_keep_its_own_number_when_it_changes(street):
    here = register(street, number="H-0007").household_id
    assert change(street, here, number="H-0007", size=2).number == "H-0007"
    assert change(street, here, number="", size=3).number == "H-0007"
    assert detail(street, here).size == 3


@pytest.mark.parametrize(
    ("service", "arguments"),
    [
        (households.change, {"form": HouseholdForm("陳婆婆", 1), "today": TODAY}),
        (households.set_state, {"state": HouseholdState.CLOSED, "reason": "搬走", "today": TODAY}),
        (households.review, {"checks": (AGAIN,), "review_on": None}),
        (households.withdraw_consent, {"today": TODAY}),
    ],
)
def test_an_unknown_household_is_refused(street, service, arguments):
    why = refused(street, partial(do, street, service, household_id=99, **arguments))
    assert why[0] is Refusal.HOUSEHOLD_UNKNOWN


def test_a_change_leaves_the_state_alone(street):
    here = register(street).household_id
    set_state(street, here, HouseholdState.PAUSED, "住院")
    change(street, here, display_name="陳太", state=HouseholdState.ELIGIBLE)
    assert (detail(street, here).display_name, detail(street, here).state) == ("陳太", HouseholdState.PAUSED)


def test_a_change_leaves_a_proof_under_the_name_of_who_saw_it(street):
    here = register(street).household_id
    change(street, here, by="志明", checks=(SEEN, CheckForm("EM", TODAY)))
    assert [(c.category, c.seen_by) for c in detail(street, here).checks] == [("E65", BY), ("EM", "志明")]
    change(street, here, by="志明", checks=(AGAIN,))
    assert [(c.seen_on, c.seen_by) for c in detail(street, here).checks] == [(TODAY, "志明")]


def test_a_change_without_a_day_of_consent_takes_none_back(street):
    here = register(street).household_id
    change(street, here, consent_on=None)
    assert detail(street, here).consent_on == TODAY


def test_search_finds_the_new_name_and_not_the_old_one(street):
    here = register(street).household_id
    change(street, here, display_name="衞太")
    with street.database.reader() as reader:
        found = [list(queries.matching_ids(reader, queries.HouseholdView.ALL, text, TODAY, Month(2026, 11))) for text in ("衛太", "陳婆婆")]
    assert found == [[here], []]


def test_leaving_needs_a_reason_and_happens_once(street):
    here = register(street).household_id
    leave = partial(set_state, street, here, HouseholdState.CLOSED)
    assert refused(street, partial(leave, " ")) == (Refusal.REASON_MISSING, "reason")
    leave("搬到將軍澳")
    one = detail(street, here)
    assert (one.state, one.left_on, one.left_reason) == (HouseholdState.CLOSED, TODAY, "搬到將軍澳")
    assert refused(street, partial(leave, "再一次"))[0] is Refusal.HOUSEHOLD_ALREADY_LEFT


def test_somebody_may_come_back(street):
    here = register(street).household_id
    set_state(street, here, HouseholdState.CLOSED, "搬走")
    set_state(street, here, HouseholdState.ELIGIBLE)
    one = detail(street, here)
    assert (one.state, one.left_on, one.left_reason) == (HouseholdState.ELIGIBLE, None, "")


def test_pausing_needs_a_reason_and_going_on_does_not(street):
    here = register(street).household_id
    assert refused(street, partial(set_state, street, here, HouseholdState.PAUSED))[0] is Refusal.REASON_MISSING
    set_state(street, here, HouseholdState.PAUSED, "住院")
    set_state(street, here, HouseholdState.ELIGIBLE)
    assert detail(street, here).state is HouseholdState.ELIGIBLE


def test_vouchers_in_the_hands_of_a_household_that_leaves_stay(street):
    here = a_household(street)
    out = handed_out(street, here, an_offer(street, a_shop(street)))
    set_state(street, here, HouseholdState.CLOSED, "搬走")
    with street.database.reader() as reader:
        held = queries.rows(reader, [here], Month(2026, 11))[here].held
    assert held == len(out)


def test_a_review_records_the_proofs_and_the_next_day(street):
    here = register(street, state=HouseholdState.REVIEW).household_id
    do(street, households.review, by="志明", household_id=here, checks=(SEEN, CheckForm("EM", TODAY)), review_on=None)
    one = detail(street, here)
    assert (one.state, one.review_on) == (HouseholdState.ELIGIBLE, date(2027, 12, 31))
    assert [(c.category, c.seen_by) for c in one.checks] == [("E65", BY), ("EM", "志明")]
    do(street, households.review, household_id=here, checks=(AGAIN,), review_on=date(2027, 5, 1))
    one = detail(street, here)
    assert (one.review_on, [(c.category, c.seen_on) for c in one.checks]) == (date(2027, 5, 1), [("E65", TODAY)])


def test_a_review_does_not_end_a_pause(street):
    here = register(street).household_id
    set_state(street, here, HouseholdState.PAUSED, "住院")
    do(street, households.review, household_id=here, checks=(AGAIN,), review_on=None)
    assert detail(street, here).state is HouseholdState.PAUSED


def test_a_review_without_proof_or_of_an_unknown_kind_is_refused(street):
    here = register(street).household_id
    review = partial(do, street, households.review, household_id=here, review_on=None)
    assert refused(street, partial(review, checks=())) == (Refusal.NOTHING_TO_DO, "checks")
    assert refused(street, partial(review, checks=(CheckForm("XYZ", TODAY),)))[0] is Refusal.CATEGORY_UNKNOWN


def test_consent_taken_back_stops_issuing_until_it_is_given_again(street):
    offer, here = an_offer(street, a_shop(street)), a_household(street)
    line = vouchers.IssueLine(here, offer, TODAY, 1)
    issue = partial(do, street, vouchers.issue, lines=[line], random_bits=street.random_bits)
    do(street, households.withdraw_consent, household_id=here, today=TODAY)
    assert (detail(street, here).consent_on, detail(street, here).consent_withdrawn_on) == (None, TODAY)
    assert [one.refusal.reason for one in issue().refused] == [Refusal.HOUSEHOLD_WITHOUT_CONSENT]
    change(street, here, consent_on=TODAY)
    assert (detail(street, here).consent_on, detail(street, here).consent_withdrawn_on) == (TODAY, None)
    assert issue().refused == ()


def test_a_consent_that_does_not_stand_cannot_be_taken_back(street):
    here = register(street, consent_on=None).household_id
    why = refused(street, partial(do, street, households.withdraw_consent, household_id=here, today=TODAY))
    assert why[0] is Refusal.HOUSEHOLD_WITHOUT_CONSENT


def test_every_action_is_recorded_once_and_says_nothing_personal(street):
    here = register(street, phone="2555 1234", building="海埗閣").household_id
    change(street, here, display_name="陳太", phone="2555 1234")
    do(street, households.review, household_id=here, checks=(AGAIN,), review_on=None)
    do(street, households.withdraw_consent, household_id=here, today=TODAY)
    set_state(street, here, HouseholdState.CLOSED, "陳太搬走")
    with street.database.reader() as reader:
        wanted = select(AuditEntry.action, AuditEntry.actor, AuditEntry.facts).where(AuditEntry.subject_id == here)
        entries = reader.execute(wanted.where(AuditEntry.subject_kind == "household").order_by(AuditEntry.id)).all()
    assert [(one.action.removeprefix("household."), one.actor) for one in entries] == [
        (name, BY) for name in ("register", "change", "review", "withdraw_consent", "set_state")
    ]
    said = " ".join(str(one.facts) for one in entries)
    assert not any(personal in said for personal in ("陳", "25551234", "海埗閣"))
