"""What may be done with vouchers, and what is refused."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from caringstreet.model.audit import AuditEntry
from caringstreet.model.vouchers import Voucher
from caringstreet.queries import vouchers as queries
from caringstreet.queries.vouchers import VoucherFilter
from caringstreet.rules.codes import code_of, is_specimen
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.evidence import Attempt, Channel
from caringstreet.rules.offers import OfferState, Validity
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.shops import ShopState
from caringstreet.rules.vouchers import NOT_COUNTED, HandedTo, VoucherState
from caringstreet.services import evidence, households, offers, shops, vouchers
from caringstreet.services.vouchers import IssueLine
from tests.builders import BY, NOW, TODAY, a_household, a_shop, a_street, an_offer, handed_out, issued, some_terms

CHECK_UNTIL_MARCH = {"checks": (households.CheckForm("E65", date(2026, 8, 22), date(2027, 3, 31)),)}


@pytest.fixture
def street(tmp_path):
    opened = a_street(tmp_path)
    yield opened
    opened.close()


def do(street, service, **arguments):
    with street.database.transaction(accepted=[Doubt.FUTURE_DAY]) as tx:
        return service(tx, at=street.clock.now(), by=BY, **arguments)


def issue(street, *lines):
    return do(street, vouchers.issue, lines=lines, random_bits=street.random_bits)


def why(street, *lines):
    return [one.refusal.reason for one in issue(street, *lines).refused]


def row(street, voucher_id, today=TODAY):
    with street.database.reader() as reader:
        return queries.rows(reader, [voucher_id], today)[voucher_id]


def how_many(street):
    with street.database.reader() as reader:
        return reader.scalar(select(func.count(Voucher.id)))


def refusal_of(street, service, **arguments):
    """The reason of a refusal, after which everything is as it was."""
    with street.database.reader() as reader:
        before = reader.execute(select(Voucher.__table__)).all(), reader.scalar(select(func.count(AuditEntry.id)))
    with pytest.raises(RuleRefused) as refused:
        do(street, service, **arguments)
    with street.database.reader() as reader:
        after = reader.execute(select(Voucher.__table__)).all(), reader.scalar(select(func.count(AuditEntry.id)))
    assert after == before
    return refused.value.reason


# Issuing ------------------------------------------------------------------------------------------------------


def test_an_issued_voucher_carries_household_offer_days_and_a_code_of_its_own(street):
    household, offer = a_household(street), an_offer(street, a_shop(street))
    made = issue(street, IssueLine(household, offer, TODAY, 2))
    first, second = (row(street, one) for one in made.voucher_ids)
    assert (first.household_id, first.offer_id) == (household, offer)
    assert (first.valid_from, first.valid_to) == (TODAY, date(2026, 11, 30))
    assert first.state is VoucherState.MADE
    assert first.code != second.code
    assert len(made.sheet_ids) == 1


def test_seven_days_for_the_ninth_end_on_the_sixteenth(street):
    offer = an_offer(street, a_shop(street), validity=Validity.DAYS, validity_days=7)
    made = issue(street, IssueLine(a_household(street), offer, date(2026, 11, 9), 1))
    assert row(street, made.voucher_ids[0]).valid_to == date(2026, 11, 16)


def test_a_voucher_until_a_day_ends_on_that_day(street):
    offer = an_offer(street, a_shop(street), validity=Validity.UNTIL, validity_until=date(2026, 12, 24))
    made = issue(street, IssueLine(a_household(street), offer, date(2026, 11, 9), 1))
    assert row(street, made.voucher_ids[0]).valid_to == date(2026, 12, 24)


def test_a_day_after_the_offer_ended_is_refused(street):
    offer = an_offer(street, a_shop(street), validity=Validity.UNTIL, validity_until=date(2026, 11, 8))
    assert why(street, IssueLine(a_household(street), offer, date(2026, 11, 9), 1)) == [Refusal.OFFER_ENDED_BEFORE_DAY]


def test_a_household_or_offer_that_is_not_there_is_refused(street):
    household, offer = a_household(street), an_offer(street, a_shop(street))
    assert why(street, IssueLine(household + 1, offer, TODAY, 1), IssueLine(household, offer + 1, TODAY, 1)) == [
        Refusal.HOUSEHOLD_UNKNOWN,
        Refusal.OFFER_UNKNOWN,
    ]


def test_none_or_fewer_is_no_number_of_vouchers(street):
    household, offer = a_household(street), an_offer(street, a_shop(street))
    assert why(street, IssueLine(household, offer, TODAY, 0), IssueLine(household, offer, TODAY, -3)) == [
        Refusal.COUNT_UNUSABLE,
        Refusal.COUNT_UNUSABLE,
    ]


def test_a_household_that_is_no_longer_eligible_is_refused(street):
    household, offer = a_household(street), an_offer(street, a_shop(street))
    do(
        street,
        households.set_state,
        household_id=household,
        state=households.HouseholdState.PAUSED,
        reason="搬遷中",
        today=TODAY,
    )
    assert why(street, IssueLine(household, offer, TODAY, 1)) == [Refusal.HOUSEHOLD_NOT_ELIGIBLE_STATE]


def test_a_household_without_consent_is_refused(street):
    offer = an_offer(street, a_shop(street))
    assert why(street, IssueLine(a_household(street, consent_on=None), offer, TODAY, 1)) == [Refusal.HOUSEHOLD_WITHOUT_CONSENT]


def test_a_proof_that_ends_before_the_day_is_refused_and_on_its_last_day_is_good(street):
    household, offer = a_household(street, **CHECK_UNTIL_MARCH), an_offer(street, a_shop(street))
    assert why(street, IssueLine(household, offer, date(2027, 3, 31), 1)) == []
    assert why(street, IssueLine(household, offer, date(2027, 4, 1), 1)) == [Refusal.HOUSEHOLD_ELIGIBILITY_ENDED]


def test_an_offer_for_other_categories_is_refused(street):
    offer = an_offer(street, a_shop(street), categories=("CSSA",))
    assert why(street, IssueLine(a_household(street), offer, TODAY, 1)) == [Refusal.HOUSEHOLD_CATEGORY_DIFFERS]


def test_a_shop_that_pauses_gets_no_new_vouchers(street):
    shop = a_shop(street)
    household, offer = a_household(street), an_offer(street, shop)
    do(street, shops.set_state, shop_id=shop, state=ShopState.PAUSED, reason="裝修")
    assert why(street, IssueLine(household, offer, TODAY, 1)) == [Refusal.SHOP_NOT_ACTIVE]


def test_a_shop_without_agreement_gets_no_vouchers(street):
    offer = an_offer(street, a_shop(street, agreement_from=None, agreement_until=None))
    assert why(street, IssueLine(a_household(street), offer, TODAY, 1)) == [Refusal.SHOP_AGREEMENT_MISSING]


def test_a_shop_whose_agreement_ends_before_the_day_gets_no_vouchers(street):
    offer = an_offer(street, a_shop(street, agreement_until=date(2026, 11, 8)))
    household = a_household(street)
    assert why(street, IssueLine(household, offer, date(2026, 11, 8), 1)) == []
    assert why(street, IssueLine(household, offer, date(2026, 11, 9), 1)) == [Refusal.SHOP_AGREEMENT_ENDED]


@pytest.mark.parametrize("state", [OfferState.DRAFT, OfferState.PAUSED, OfferState.ENDED])
def test_an_offer_that_is_not_open_is_refused(street, state):
    offer = an_offer(street, a_shop(street), state=state)
    assert why(street, IssueLine(a_household(street), offer, TODAY, 1)) == [Refusal.OFFER_NOT_OPEN]


def test_a_pilot_ends_on_its_last_day(street):
    offer = an_offer(street, a_shop(street), state=OfferState.PILOT, pilot_until=date(2026, 11, 8))
    household = a_household(street)
    assert why(street, IssueLine(household, offer, date(2026, 11, 8), 1)) == []
    assert why(street, IssueLine(household, offer, date(2026, 11, 9), 1)) == [Refusal.OFFER_ENDED_BEFORE_DAY]


def test_the_cap_counts_all_offers_of_the_month_and_begins_anew_in_the_next(street):
    shop, household = a_shop(street), a_household(street)
    first, second = an_offer(street, shop), an_offer(street, shop)
    issued(street, household, first, count=5)
    assert why(street, IssueLine(household, second, TODAY, 4)) == [Refusal.HOUSEHOLD_CAP_REACHED]
    assert why(street, IssueLine(household, second, TODAY, 3), IssueLine(household, second, date(2026, 12, 1), 8)) == []


def test_the_limit_of_an_offer_counts_what_the_household_has_of_it(street):
    shop, household = a_shop(street), a_household(street)
    rice, bread = an_offer(street, shop, per_household_month=1), an_offer(street, shop)
    assert why(
        street, IssueLine(household, rice, TODAY, 1), IssueLine(household, bread, TODAY, 3), IssueLine(household, rice, TODAY, 1)
    ) == [Refusal.HOUSEHOLD_OFFER_LIMIT_REACHED]


def test_a_refused_line_is_refused_whole_and_leaves_the_others(street):
    offer = an_offer(street, a_shop(street), monthly_quota=5)
    first, second, third = a_household(street), a_household(street), a_household(street)
    made = issue(street, *(IssueLine(one, offer, TODAY, 3) for one in (first, second)), IssueLine(third, offer, TODAY, 2))
    assert [(one.position, one.line.household_id, one.refusal.reason) for one in made.refused] == [(1, second, Refusal.QUOTA_USED_UP)]
    assert Counter(row(street, one).household_id for one in made.voucher_ids) == {first: 3, third: 2}


def test_issuing_writes_one_audit_entry_with_its_figures(street):
    offer = an_offer(street, a_shop(street), monthly_quota=2)
    household = a_household(street)
    issue(street, IssueLine(household, offer, TODAY, 2), IssueLine(household, offer, TODAY, 1))
    with street.database.reader() as reader:
        found = reader.execute(select(AuditEntry.facts).where(AuditEntry.action == "voucher.issue")).scalars().all()
    assert found == [{"issued": 2, "refused": 1}]


def test_a_rehearsal_gives_the_answer_and_leaves_nothing(street):
    household, offer = a_household(street), an_offer(street, a_shop(street))
    with street.database.rehearsal() as tx:
        made = vouchers.issue(tx, lines=[IssueLine(household, offer, TODAY, 3)], random_bits=street.random_bits, at=NOW, by=BY)
    assert len(made.voucher_ids) == 3
    assert how_many(street) == 0


def test_vouchers_of_a_practice_street_are_specimens(tmp_path):
    street = a_street(tmp_path, practice=True)
    ids = issued(street, a_household(street), an_offer(street, a_shop(street)), count=3)
    assert all(is_specimen(row(street, one).serial) for one in ids)
    street.close()


# Paper and hands ----------------------------------------------------------------------------------------------


def test_printing_again_is_a_reprint_of_the_same_code(street):
    ids = issued(street, a_household(street), an_offer(street, a_shop(street)))
    before = row(street, ids[0]).code
    for _ in range(2):
        do(street, vouchers.mark_printed, voucher_ids=ids)
    after = row(street, ids[0])
    assert (after.code, after.print_count) == (before, 2)
    assert how_many(street) == 1


def test_hand_out_keeps_day_and_who_took_it_and_leaves_earlier_ones_alone(street):
    ids = issued(street, a_household(street), an_offer(street, a_shop(street)), count=2)
    do(street, vouchers.hand_out, voucher_ids=ids[:1], day=date(2026, 11, 3), to=HandedTo.RELATIVE)
    done = do(street, vouchers.hand_out, voucher_ids=ids, day=date(2026, 11, 5), to=HandedTo.SELF)
    assert (done.voucher_ids, done.skipped) == ((ids[1],), 1)
    first = row(street, ids[0])
    assert (first.state, first.handed_out_on, first.handed_to) == (
        VoucherState.HANDED_OUT,
        date(2026, 11, 3),
        HandedTo.RELATIVE,
    )


def test_what_is_out_of_use_cannot_be_handed_out(street):
    ids = issued(street, a_household(street), an_offer(street, a_shop(street)), count=2)
    do(street, vouchers.withdraw, voucher_ids=ids[:1], reason="印錯")
    assert refusal_of(street, vouchers.hand_out, voucher_ids=ids, day=TODAY, to=HandedTo.SELF) is Refusal.VOUCHER_ALREADY_ENDED


def test_a_hand_out_by_mistake_is_taken_back(street):
    ids = handed_out(street, a_household(street), an_offer(street, a_shop(street)))
    do(street, vouchers.undo_hand_out, voucher_ids=ids)
    after = row(street, ids[0])
    assert (after.state, after.handed_out_on, after.handed_to) == (VoucherState.MADE, None, None)


def test_only_a_handed_out_voucher_can_be_taken_out_of_hands(street):
    ids = issued(street, a_household(street), an_offer(street, a_shop(street)))
    assert refusal_of(street, vouchers.undo_hand_out, voucher_ids=ids) is Refusal.VOUCHER_NOT_HANDED_OUT


def redeemed(street):
    shop = a_shop(street)
    ids = handed_out(street, a_household(street), an_offer(street, shop))
    serial = row(street, ids[0]).serial
    do(
        street,
        evidence.record,
        attempts=[Attempt(code_of(serial), serial)],
        shop_id=shop,
        channel=Channel.SLIP,
    )
    assert row(street, ids[0]).state is VoucherState.REDEEMED
    return ids


ENDINGS = {
    "withdraw": partial(vouchers.withdraw, reason="搬走"),
    "take back": partial(vouchers.take_back, reason="用不着"),
    "replace": partial(vouchers.replace, reason="遺失", random_bits=random.Random(1).getrandbits),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_redeemed_voucher_stays_redeemed(street, ending):
    assert refusal_of(street, ENDINGS[ending], voucher_ids=redeemed(street)) is Refusal.VOUCHER_ALREADY_REDEEMED


def test_the_hand_out_of_a_redeemed_voucher_stays(street):
    assert refusal_of(street, vouchers.undo_hand_out, voucher_ids=redeemed(street)) is Refusal.VOUCHER_NOT_HANDED_OUT


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_has_ended_never_ends_again(street, ending):
    ids = issued(street, a_household(street), an_offer(street, a_shop(street)))
    do(street, vouchers.withdraw, voucher_ids=ids, reason="印錯")
    assert refusal_of(street, ENDINGS[ending], voucher_ids=ids) is Refusal.VOUCHER_ALREADY_ENDED


@pytest.mark.parametrize("ending", ENDINGS)
def test_one_that_is_refused_leaves_all_of_the_list_alone(street, ending):
    ids = issued(street, a_household(street), an_offer(street, a_shop(street)), count=3)
    do(street, vouchers.withdraw, voucher_ids=ids[2:], reason="印錯")
    refusal_of(street, ENDINGS[ending], voucher_ids=ids)


@pytest.mark.parametrize("service", [vouchers.withdraw, vouchers.take_back, ENDINGS["replace"]])
def test_an_ending_needs_a_reason(street, service):
    ids = issued(street, a_household(street), an_offer(street, a_shop(street)))
    assert refusal_of(street, service, voucher_ids=ids, reason="  ") is Refusal.REASON_MISSING


@pytest.mark.parametrize(
    "service",
    [*ENDINGS.values(), vouchers.mark_printed, vouchers.undo_hand_out, partial(vouchers.hand_out, day=TODAY, to=HandedTo.SELF)],
)
def test_an_empty_list_and_an_unknown_voucher_are_refused(street, service):
    assert refusal_of(street, service, voucher_ids=[]) is Refusal.NOTHING_TO_DO
    assert refusal_of(street, service, voucher_ids=[999]) is Refusal.VOUCHER_UNKNOWN


# Replacing ----------------------------------------------------------------------------------------------------


def test_a_replacement_has_a_new_code_and_the_days_of_the_old(street):
    ids = handed_out(street, a_household(street), an_offer(street, a_shop(street)))
    old = row(street, ids[0])
    done = do(street, vouchers.replace, voucher_ids=ids, reason="遺失", random_bits=street.random_bits)
    new = row(street, done[0].new_id)
    assert done[0].new_code == new.code != old.code
    assert (new.valid_from, new.valid_to, new.state) == (old.valid_from, old.valid_to, VoucherState.MADE)
    assert row(street, ids[0]).state is VoucherState.REPLACED


def test_a_replacement_takes_the_slot_of_the_old_even_where_quota_cap_and_limit_are_full(street):
    household = a_household(street)
    offer = an_offer(street, a_shop(street), monthly_quota=8, per_household_month=8)
    ids = issued(street, household, offer, count=8)
    do(street, vouchers.replace, voucher_ids=ids[:2], reason="遺失", random_bits=street.random_bits)
    assert how_many(street) == 10
    assert why(street, IssueLine(household, offer, TODAY, 1)) == [Refusal.HOUSEHOLD_CAP_REACHED]


def test_an_expired_voucher_is_not_replaced(street):
    ids = handed_out(street, a_household(street), an_offer(street, a_shop(street)))
    street.clock.set(datetime(2026, 12, 1, 2, 0, tzinfo=UTC))
    assert refusal_of(street, ENDINGS["replace"], voucher_ids=ids) is Refusal.VOUCHER_ALREADY_ENDED


def test_a_voucher_given_back_frees_its_slot(street):
    household = a_household(street)
    offer = an_offer(street, a_shop(street), monthly_quota=1)
    ids = handed_out(street, household, offer)
    do(street, vouchers.take_back, voucher_ids=ids, reason="用不着")
    assert row(street, ids[0]).state is VoucherState.RETURNED
    assert why(street, IssueLine(household, offer, TODAY, 1)) == []


# No history passes quota or cap -------------------------------------------------------------------------------

ACTIONS = st.lists(
    st.tuples(st.sampled_from(["issue", "take_back", "withdraw", "replace", "hand_out"]), st.integers(0, 50), st.integers(1, 4)),
    min_size=1,
    max_size=25,
)


@pytest.fixture(scope="module")
def shared_street(tmp_path_factory):
    opened = a_street(tmp_path_factory.mktemp("history"), cap_one=4)
    shop = a_shop(opened)
    offers_made = [an_offer(opened, shop, monthly_quota=5), an_offer(opened, shop, monthly_quota=7, per_household_month=2)]
    yield opened, [a_household(opened) for _ in range(2)], offers_made
    opened.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTIONS)
def test_no_history_of_issues_returns_and_replacements_passes_quota_cap_or_limit(shared_street, actions):
    street, household_ids, offer_ids = shared_street
    with street.database.rehearsal() as tx:
        for number, (action, pick, count) in enumerate(actions):
            at = NOW + timedelta(minutes=number)
            held = list(tx.session.scalars(select(Voucher.id).order_by(Voucher.id)))
            try:
                if action == "issue" or not held:
                    line = IssueLine(household_ids[pick % 2], offer_ids[pick // 2 % 2], TODAY, count)
                    vouchers.issue(tx, lines=[line], random_bits=street.random_bits, at=at, by=BY)
                elif action == "hand_out":
                    vouchers.hand_out(tx, voucher_ids=[held[pick % len(held)]], day=TODAY, to=HandedTo.SELF, at=at, by=BY)
                elif action == "replace":
                    bits = street.random_bits
                    vouchers.replace(tx, voucher_ids=[held[pick % len(held)]], reason="遺失", random_bits=bits, at=at, by=BY)
                else:
                    getattr(vouchers, action)(tx, voucher_ids=[held[pick % len(held)]], reason="試", at=at, by=BY)
            except RuleRefused:
                pass
            _assert_within_limits(tx, offer_ids)


def _assert_within_limits(tx, offer_ids):
    counted = tx.session.execute(select(Voucher.household_id, Voucher.offer_id).where(Voucher.state.not_in(NOT_COUNTED))).all()
    by_offer = Counter(offer for _, offer in counted)
    assert by_offer[offer_ids[0]] <= 5
    assert by_offer[offer_ids[1]] <= 7
    assert all(number <= 4 for number in Counter(household for household, _ in counted).values())
    both = Counter(tuple(pair) for pair in counted)
    assert all(number <= 2 for (_, offer), number in both.items() if offer == offer_ids[1])


def test_a_later_price_leaves_issued_vouchers_their_version(street):
    shop = a_shop(street)
    offer = an_offer(street, shop)
    ids = issued(street, a_household(street), offer)
    with street.database.reader() as reader:
        before = queries.listed(reader, VoucherFilter(ids=tuple(ids)), TODAY)[0]
    do(street, offers.change, offer_id=offer, terms=some_terms(list_cents=3000, shop_cents=1200, fund_cents=1800))
    assert row(street, ids[0]).shop_cents == before.shop_cents == 200
