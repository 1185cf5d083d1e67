"""A later last day for many vouchers, and its way back: what is written, and what is refused."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from caringstreet.model.audit import AuditEntry
from caringstreet.queries import vouchers as queries
from caringstreet.rules.codes import code_of
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.evidence import Attempt, Channel
from caringstreet.rules.offers import Validity
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.vouchers import VoucherState
from caringstreet.services import evidence, extension, vouchers
from tests.builders import BY, TODAY, a_household, a_shop, a_street, an_offer, handed_out, issued

END = date(2026, 11, 30)
LATER = date(2026, 12, 7)


@pytest.fixture
def street(tmp_path):
    opened = a_street(tmp_path)
    yield opened
    opened.close()


def do(street, service, *, days=0, **arguments):
    """Run a service so many days after the street's today."""
    with street.database.transaction(accepted=[Doubt.FUTURE_DAY]) as tx:
        return service(tx, at=street.clock.now() + timedelta(days=days), by=BY, **arguments)


def row(street, voucher_id, today=TODAY):
    with street.database.reader() as reader:
        return queries.rows(reader, [voucher_id], today)[voucher_id]


def last_days(street, ids):
    return [row(street, one).valid_to for one in ids]


def brought(street, voucher_id, shop, **more):
    """A shop brings the voucher."""
    serial = row(street, voucher_id).serial
    do(street, evidence.record, attempts=[Attempt(code_of(serial), serial)], shop_id=shop, channel=Channel.SLIP, **more)


def extend(street, **changed):
    arguments = {"due_from": TODAY, "due_to": date(2026, 11, 30), "until": date(2026, 12, 7), "reason": "颱風"}
    return do(street, extension.extend, **arguments | changed)


def test_an_extension_gives_open_vouchers_of_the_span_a_later_last_day(street):
    shop = a_shop(street)
    household = a_household(street)
    month = handed_out(street, household, an_offer(street, shop))
    longer = handed_out(street, household, an_offer(street, shop, validity=Validity.UNTIL, validity_until=date(2026, 12, 24)))
    done = extend(street)
    assert done.voucher_ids == tuple(month)
    assert row(street, month[0]).valid_to == date(2026, 12, 7)
    assert row(street, longer[0]).valid_to == date(2026, 12, 24)


def test_an_extension_leaves_redeemed_and_ended_vouchers_alone(street):
    household, shop = a_household(street), a_shop(street)
    offer = an_offer(street, shop)
    brought(street, handed_out(street, household, offer)[0], shop)
    ids = issued(street, household, offer)
    do(street, vouchers.withdraw, voucher_ids=ids, reason="印錯")
    assert extend(street).voucher_ids == ()


def test_an_extension_may_concern_one_shop_alone(street):
    household, first, second = a_household(street), a_shop(street), a_shop(street, code="S02")
    handed_out(street, household, an_offer(street, first))
    wanted = handed_out(street, household, an_offer(street, second))
    assert extend(street, shop_id=second).voucher_ids == tuple(wanted)


def test_only_what_is_on_paper_needs_another_paper_after_an_extension(street):
    household, offer = a_household(street), an_offer(street, a_shop(street))
    ids = issued(street, household, offer, count=2)
    do(street, vouchers.mark_printed, voucher_ids=ids[:1])
    extend(street)
    assert [row(street, one).reprint_due for one in ids] == [True, False]
    do(street, vouchers.mark_printed, voucher_ids=ids)
    assert not any(row(street, one).reprint_due for one in ids)


def test_an_expired_voucher_lives_again_after_an_extension(street):
    ids = handed_out(street, a_household(street), an_offer(street, a_shop(street)))
    late = date(2026, 12, 2)
    assert row(street, ids[0], late).state is VoucherState.EXPIRED
    extend(street)
    assert row(street, ids[0], late).state is VoucherState.HANDED_OUT


@pytest.mark.parametrize(
    ("changed", "reason", "field"),
    [
        ({"due_to": date(2026, 10, 31)}, Refusal.DAYS_REVERSED, "due_to"),
        ({"until": date(2026, 11, 30)}, Refusal.EXTENSION_NOT_LATER, "until"),
        ({"reason": " "}, Refusal.REASON_MISSING, "reason"),
    ],
)
def test_an_extension_that_makes_no_sense_is_refused_beside_its_field(street, changed, reason, field):
    with pytest.raises(RuleRefused) as refused:
        extend(street, **changed)
    assert (refused.value.reason, refused.value.field) == (reason, field)


# The way back ---------------------------------------------------------------------------------------------------


def refused(street, **arguments):
    """The refusal of an undo, after which the last days are as they were."""
    with street.database.reader() as reader:
        wanted = queries.matching_ids(reader, queries.VoucherFilter(), TODAY)
    before = last_days(street, wanted)
    with pytest.raises(RuleRefused) as found:
        do(street, extension.undo, **arguments)
    assert last_days(street, wanted) == before
    return found.value


def test_an_undone_extension_leaves_last_days_and_paper_as_they_were(street):
    household, shop = a_household(street), a_shop(street)
    ids = issued(street, household, an_offer(street, shop), count=3)
    short = issued(street, household, an_offer(street, shop, validity=Validity.DAYS, validity_days=7))
    do(street, vouchers.mark_printed, voucher_ids=ids[:1])
    done = extend(street)
    assert last_days(street, [*ids, *short]) == [LATER] * 4
    undone = do(street, extension.undo, entry_id=done.entry_id)
    assert set(undone.voucher_ids) == {*ids, *short}
    assert last_days(street, [*ids, *short]) == [END] * 3 + [TODAY + timedelta(days=7)]
    assert not any(row(street, one).reprint_due for one in ids)
    with street.database.reader() as reader:
        last = reader.execute(select(AuditEntry.action, AuditEntry.subject_id).order_by(AuditEntry.id.desc())).first()
    assert last == ("voucher.undo_extend", done.entry_id)


def test_of_two_extensions_the_later_is_undone_first_and_each_once(street):
    ids = handed_out(street, a_household(street), an_offer(street, a_shop(street)))
    first = extend(street)
    extend(street, due_to=LATER, until=date(2026, 12, 14))
    assert refused(street, entry_id=first.entry_id).reason is Refusal.EXTENSION_CHANGED_SINCE
    do(street, extension.undo)
    assert last_days(street, ids) == [LATER]
    do(street, extension.undo)
    assert last_days(street, ids) == [END]
    assert refused(street).reason is Refusal.EXTENSION_UNKNOWN
    assert refused(street, entry_id=first.entry_id).reason is Refusal.EXTENSION_ALREADY_UNDONE


def test_another_paper_that_was_due_before_is_due_again(street):
    ids = issued(street, a_household(street), an_offer(street, a_shop(street)))
    do(street, vouchers.mark_printed, voucher_ids=ids)
    extend(street)
    extend(street, due_to=LATER, until=date(2026, 12, 14))
    do(street, extension.undo)
    assert row(street, ids[0]).reprint_due
    do(street, extension.undo)
    assert not row(street, ids[0]).reprint_due


def test_what_a_shop_brought_since_keeps_its_day(street):
    shop = a_shop(street)
    ids = handed_out(street, a_household(street), an_offer(street, shop), count=2)
    extend(street)
    brought(street, ids[1], shop)
    found = refused(street)
    assert found.reason is Refusal.VOUCHER_ALREADY_REDEEMED
    assert found.facts["code"] == code_of(row(street, ids[1]).serial)


def test_a_late_slip_that_the_extension_made_good_is_late_again(street):
    shop = a_shop(street)
    ids = handed_out(street, a_household(street), an_offer(street, shop))
    brought(street, ids[0], shop, day=date(2026, 12, 6))
    before = row(street, ids[0]).state
    assert before is not VoucherState.REDEEMED
    extend(street)
    assert row(street, ids[0]).state is VoucherState.REDEEMED
    do(street, extension.undo)
    assert row(street, ids[0]).state is before


def test_paper_printed_since_shows_the_new_day_so_it_stays(street):
    ids = issued(street, a_household(street), an_offer(street, a_shop(street)))
    extend(street)
    do(street, vouchers.mark_printed, voucher_ids=ids)
    assert refused(street).reason is Refusal.EXTENSION_IN_PRINT


def test_a_replaced_voucher_gave_its_later_day_on_so_it_stays(street):
    ids = handed_out(street, a_household(street), an_offer(street, a_shop(street)))
    extend(street)
    do(street, vouchers.replace, voucher_ids=ids, reason="遺失", random_bits=street.random_bits)
    assert refused(street).reason is Refusal.VOUCHER_ALREADY_ENDED


def test_a_voucher_voided_since_stops_nothing(street):
    ids = handed_out(street, a_household(street), an_offer(street, a_shop(street)), count=2)
    extend(street)
    do(street, vouchers.withdraw, voucher_ids=ids[:1], reason="搬走")
    do(street, extension.undo)
    assert [row(street, one).state for one in ids] == [VoucherState.VOID, VoucherState.HANDED_OUT]
    assert last_days(street, ids) == [END, END]


def test_once_the_old_day_has_passed_a_neighbour_who_was_told_keeps_the_new_one(street):
    ids = handed_out(street, a_household(street), an_offer(street, a_shop(street)))
    extend(street)
    assert refused(street, days=31).reason is Refusal.EXTENSION_DAY_PASSED
    do(street, extension.undo, days=29)
    assert last_days(street, ids) == [END]


def test_a_mistake_of_the_same_day_can_be_undone_though_the_old_day_had_passed(street):
    ids = handed_out(street, a_household(street), an_offer(street, a_shop(street)))
    done = do(street, extension.extend, days=33, due_from=END, due_to=END, until=LATER, reason="颱風")
    do(street, extension.undo, days=33, entry_id=done.entry_id)
    assert last_days(street, ids) == [END]
    assert row(street, ids[0], date(2026, 12, 4)).state is VoucherState.EXPIRED


def test_an_extension_of_nothing_cannot_be_undone(street):
    done = extend(street)
    assert done.voucher_ids == ()
    assert refused(street, entry_id=done.entry_id).reason is Refusal.EXTENSION_UNKNOWN
