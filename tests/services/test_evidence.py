"""What comes back is kept for ever, decided as a set, and taken back without a trace in the figures."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from caringstreet.bootstrap import OpenStreet
from caringstreet.clock import to_utc
from caringstreet.model.evidence import Collection, Evidence, Redemption
from caringstreet.model.vouchers import Voucher
from caringstreet.queries import evidence as evidence_queries
from caringstreet.queries import questions as question_queries
from caringstreet.rules.codes import code_of
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.evidence import Attempt, Channel, Outcome, Verdict
from caringstreet.rules.households import HouseholdState
from caringstreet.rules.questions import Ruling
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.shops import ShopState
from caringstreet.rules.vouchers import HandedTo, VoucherState
from caringstreet.services import evidence, households, questions, shops, vouchers
from caringstreet.services.evidence import RecordedScans
from caringstreet.services.evidence_answers import ScanAnswer
from tests.builders import BY, NOW, a_household, a_shop, a_street, an_offer, handed_out, issued

NOVEMBER_14 = date(2026, 11, 14)


@pytest.fixture
def street(tmp_path: Path) -> Iterator[OpenStreet]:
    made = a_street(tmp_path)
    yield made
    made.close()


def at(day: date, hour: int = 12) -> datetime:
    return to_utc(datetime(day.year, day.month, day.day, hour))


def do(street: OpenStreet, service: Any, *, now: datetime = NOW, **arguments: Any) -> Any:
    with street.database.transaction(accepted=[Doubt.FUTURE_DAY]) as tx:
        return service(tx, at=now, by=BY, **arguments)


def voucher(street: OpenStreet, voucher_id: int) -> Any:
    with street.database.reader() as reader:
        return reader.execute(select(Voucher.serial, Voucher.state).where(Voucher.id == voucher_id)).one()


def attempt(street: OpenStreet, voucher_id: int) -> Attempt:
    serial = voucher(street, voucher_id).serial
    return Attempt(code_of(serial), serial)


def envelope(street: OpenStreet, shop_id: int, ids: Sequence[int], day: date = NOVEMBER_14, **more: Any) -> RecordedScans:
    found: RecordedScans = do(
        street, evidence.record, attempts=[attempt(street, one) for one in ids], shop_id=shop_id, channel=Channel.SLIP, day=day, **more
    )
    return found


def message(street: OpenStreet, shop_id: int, voucher_id: int, day: date = date(2026, 11, 10), hour: int = 12) -> ScanAnswer:
    found: RecordedScans = do(
        street, evidence.record, now=at(day, hour), attempts=[attempt(street, voucher_id)], shop_id=shop_id, channel=Channel.WHATSAPP
    )
    return found.answers[0]


def redemptions(street: OpenStreet) -> list[tuple[int, int, date, bool, tuple[str, ...]]]:
    with street.database.reader() as reader:
        wanted = select(Redemption.voucher_id, Redemption.shop_id, Redemption.day, Redemption.without_slip, Redemption.flags)
        return [(row[0], row[1], row[2], row[3], tuple(row[4])) for row in reader.execute(wanted.order_by(Redemption.voucher_id))]


def count_of(street: OpenStreet, shop_id: int, day: date = NOVEMBER_14) -> int | None:
    with street.database.reader() as reader:
        wanted = select(Collection.counted_by_shop).where(Collection.shop_id == shop_id, Collection.day == day)
        found: int | None = reader.execute(wanted).scalar_one()
        return found


def only(recorded: RecordedScans) -> tuple[Outcome, Verdict]:
    return recorded.answers[0].outcome, recorded.answers[0].verdict


class Setting:
    """A shop with an offer, another shop, a household with vouchers in its hands."""

    def __init__(self, street: OpenStreet, *, count: int = 4, day: date = date(2026, 11, 1), **terms: Any) -> None:
        self.street = street
        self.shop, self.other = a_shop(street, "S07"), a_shop(street, "S18")
        self.offer = an_offer(street, self.shop, **terms)
        self.household = a_household(street)
        self.ids = handed_out(street, self.household, self.offer, day=day, count=count)


@pytest.fixture
def november(street: OpenStreet) -> Setting:
    return Setting(street)


# The table of rules.md ----------------------------------------------------------------------------------------


def test_a_slip_in_order_redeems(november: Setting) -> None:
    answer = envelope(november.street, november.shop, november.ids[:1]).answers[0]
    assert (answer.outcome, answer.verdict) == (Outcome.VALID, Verdict.REDEEMS)
    assert (answer.fund_cents, answer.shop_cents, answer.title_zh) == (1800, 200, "$20 蔬菜券")
    assert redemptions(november.street) == [(november.ids[0], november.shop, NOVEMBER_14, False, ())]
    assert voucher(november.street, november.ids[0]).state is VoucherState.REDEEMED


def test_paper_for_a_claim_confirms_it(november: Setting) -> None:
    message(november.street, november.shop, november.ids[0])
    assert redemptions(november.street)[0][3] is True
    answer = envelope(november.street, november.shop, november.ids[:1]).answers[0]
    assert (answer.outcome, answer.verdict) == (Outcome.RECONCILED, Verdict.CONFIRMS)
    assert answer.facts["day"] == date(2026, 11, 10)
    assert redemptions(november.street) == [(november.ids[0], november.shop, date(2026, 11, 10), False, ())]


def test_the_same_claim_again_is_known(november: Setting) -> None:
    message(november.street, november.shop, november.ids[0])
    for hour in (12, 13):
        answer = message(november.street, november.shop, november.ids[0], hour=hour)
        assert (answer.outcome, answer.verdict) == (Outcome.ALREADY_KNOWN, Verdict.MERGED)
    assert len(redemptions(november.street)) == 1


def test_a_second_paper_in_one_list_is_a_question(november: Setting) -> None:
    recorded = envelope(november.street, november.shop, [november.ids[0], november.ids[1], november.ids[0]])
    assert [(one.outcome, one.verdict) for one in recorded.answers] == [
        (Outcome.VALID, Verdict.REDEEMS), (Outcome.VALID, Verdict.REDEEMS), (Outcome.SECOND_SHEET, Verdict.ASK),
    ]  # fmt: skip
    assert len(redemptions(november.street)) == 2


def test_a_second_paper_in_another_list_is_a_question_that_tells_of_the_first(november: Setting) -> None:
    envelope(november.street, november.shop, november.ids[:1])
    answer = envelope(november.street, november.shop, november.ids[:1], date(2026, 11, 21)).answers[0]
    assert (answer.outcome, answer.verdict) == (Outcome.SECOND_SHEET, Verdict.ASK)
    assert (answer.facts["day"], answer.facts["shop"], answer.facts["by"]) == (NOVEMBER_14, "S07", BY)
    assert len(redemptions(november.street)) == 1


def test_a_claim_from_after_the_paper_is_a_second_use(november: Setting) -> None:
    envelope(november.street, november.shop, november.ids[:1])
    answer = message(november.street, november.shop, november.ids[0], date(2026, 11, 20))
    assert (answer.outcome, answer.verdict) == (Outcome.ALREADY_USED, Verdict.REFUSED)
    assert answer.facts["day"] == NOVEMBER_14


def test_a_slip_never_handed_out_is_a_question_until_the_hand_out_is_recorded(november: Setting) -> None:
    street = november.street
    ids = issued(street, a_household(street), november.offer)
    assert only(envelope(street, november.shop, ids)) == (Outcome.NOT_HANDED_OUT, Verdict.ASK)
    assert redemptions(street) == []
    do(street, vouchers.hand_out, voucher_ids=ids, day=NOVEMBER_14, to=HandedTo.SELF, reason="漏記")
    assert [one[0] for one in redemptions(street)] == ids


def test_a_slip_before_its_first_day_is_a_question(street: OpenStreet) -> None:
    later = Setting(street, day=date(2026, 11, 20))
    assert only(envelope(street, later.shop, later.ids[:1])) == (Outcome.NOT_YET_VALID, Verdict.ASK)


def test_a_late_slip_is_a_question_for_31_days_and_then_refused(november: Setting) -> None:
    street, shop = november.street, november.shop
    envelope(street, shop, november.ids[:1], date(2026, 11, 28))
    envelope(street, shop, november.ids[1:2], date(2026, 12, 5))
    assert voucher(street, november.ids[1]).state is VoucherState.REDEEMED
    assert only(envelope(street, shop, november.ids[2:3], date(2026, 12, 31))) == (Outcome.EXPIRED, Verdict.ASK)
    assert only(envelope(street, shop, november.ids[3:], date(2027, 1, 2))) == (Outcome.EXPIRED, Verdict.REFUSED)


def test_the_grace_days_are_a_setting(tmp_path: Path) -> None:
    street = a_street(tmp_path, grace_days=5)
    setting = Setting(street)
    envelope(street, setting.shop, setting.ids[:1], date(2026, 12, 1))
    assert only(envelope(street, setting.shop, setting.ids[1:2], date(2026, 12, 5))) == (Outcome.VALID, Verdict.REDEEMS)
    assert only(envelope(street, setting.shop, setting.ids[2:3], date(2026, 12, 6))) == (Outcome.EXPIRED, Verdict.ASK)
    street.close()


def test_a_claim_out_of_hours_counts_with_a_remark(street: OpenStreet) -> None:
    setting = Setting(street, weekdays=0b0000010)
    answer = message(street, setting.shop, setting.ids[0], date(2026, 11, 12))
    assert (answer.outcome, answer.verdict) == (Outcome.OUTSIDE_WINDOW, Verdict.REDEEMS)
    assert redemptions(street)[0][4] == ("outside_window",)


def test_a_replaced_voucher_is_refused_and_names_the_new_code(november: Setting) -> None:
    street = november.street
    done = do(
        street, vouchers.replace, now=at(date(2026, 11, 5)), voucher_ids=november.ids[:1], reason="遺失", random_bits=street.random_bits
    )
    answer = message(street, november.shop, november.ids[0])
    assert (answer.outcome, answer.verdict) == (Outcome.VOID, Verdict.REFUSED)
    assert (answer.facts["reason"], answer.facts["new_code"]) == ("遺失", done[0].new_code)


def test_a_withdrawn_voucher_that_the_shop_may_have_taken_before_is_a_question(november: Setting) -> None:
    street = november.street
    do(street, vouchers.withdraw, now=at(date(2026, 11, 10)), voucher_ids=november.ids[:2], reason="搬走")
    assert only(envelope(street, november.shop, november.ids[:1])) == (Outcome.VOID, Verdict.ASK)
    answer = message(street, november.shop, november.ids[1], date(2026, 11, 9))
    assert (answer.outcome, answer.verdict) == (Outcome.VOID, Verdict.ASK)
    assert only(envelope(street, november.shop, november.ids[1:2], date(2026, 11, 21)))[1] is Verdict.REFUSED


def test_a_slip_of_another_shop_is_refused_and_booked_to_its_own(november: Setting) -> None:
    street = november.street
    answer = envelope(street, november.other, november.ids[:1]).answers[0]
    assert (answer.outcome, answer.verdict, answer.facts["shop"]) == (Outcome.WRONG_SHOP, Verdict.REFUSED, "S07")
    assert redemptions(street) == []
    booked = do(street, evidence.book_to_own_shop, evidence_id=answer.evidence_id)
    assert (booked.outcome, booked.verdict) == (Outcome.VALID, Verdict.REDEEMS)
    assert redemptions(street) == [(november.ids[0], november.shop, NOVEMBER_14, False, ())]
    with pytest.raises(RuleRefused) as told:
        do(street, evidence.book_to_own_shop, evidence_id=answer.evidence_id)
    assert told.value.reason is Refusal.EVIDENCE_ALREADY_DECIDED


def test_a_paused_shop_is_still_paid_for_what_is_out(november: Setting) -> None:
    street = november.street
    do(street, shops.set_state, shop_id=november.shop, state=ShopState.PAUSED, reason="裝修")
    assert only(envelope(street, november.shop, november.ids[:1])) == (Outcome.SHOP_INACTIVE, Verdict.REDEEMS)


def test_a_voucher_of_a_household_that_left_still_counts(november: Setting) -> None:
    street = november.street
    do(street, households.set_state, household_id=november.household, state=HouseholdState.CLOSED, reason="搬走", today=date(2026, 11, 5))
    assert only(envelope(street, november.shop, november.ids[:1])) == (Outcome.HOUSEHOLD_CLOSED, Verdict.REDEEMS)


def test_more_than_a_visit_allows_counts_with_a_remark_in_any_order(street: OpenStreet) -> None:
    setting = Setting(street, per_visit=2)
    latest, first, middle, next_day = setting.ids
    for voucher_id, hour in ((latest, 14), (first, 10), (middle, 12)):
        message(street, setting.shop, voucher_id, hour=hour)
    message(street, setting.shop, next_day, date(2026, 11, 11))
    assert {one[0] for one in redemptions(street) if "over_limit" in one[4]} == {latest}
    assert len(redemptions(street)) == 4


@pytest.mark.parametrize("problem", [Outcome.SPECIMEN, Outcome.BAD_SIGNATURE, Outcome.FOREIGN])
def test_what_is_no_voucher_of_ours_is_refused_and_kept(november: Setting, problem: Outcome) -> None:
    recorded = do(november.street, evidence.record, attempts=[Attempt("x", problem=problem)], shop_id=november.shop, channel=Channel.SLIP)
    assert only(recorded) == (problem, Verdict.REFUSED)
    with november.street.database.reader() as reader:
        assert [one.outcome for one in evidence_queries.recent_refused(reader)] == [problem]


def test_a_mistyped_code_is_answered_and_is_no_slip_of_the_round(november: Setting) -> None:
    wrong = [Attempt("7KQ4-M2XT-J", problem=Outcome.MISTYPED)]
    recorded = do(november.street, evidence.record, attempts=wrong, shop_id=november.shop, channel=Channel.SLIP)
    assert only(recorded) == (Outcome.MISTYPED, Verdict.REFUSED)
    assert recorded.evidence_ids == ()
    with november.street.database.reader() as reader:
        assert evidence_queries.recent_refused(reader) == []
    # A shop that sent one did send a message, whatever it says.
    sent = do(november.street, evidence.record, attempts=wrong, shop_id=november.shop, channel=Channel.WHATSAPP)
    assert len(sent.evidence_ids) == 1


def test_a_code_that_was_never_issued_is_refused(november: Setting) -> None:
    recorded = do(november.street, evidence.record, attempts=[Attempt("x", serial=77)], shop_id=november.shop, channel=Channel.SLIP)
    assert only(recorded) == (Outcome.UNKNOWN_CODE, Verdict.REFUSED)


def torn(november: Setting, mark: str = "1") -> Attempt:
    return Attempt("", problem=Outcome.UNREADABLE, offer_id=november.offer, note="濕透", mark=mark)


def test_an_unreadable_slip_is_a_question_that_a_person_answers_with_a_voucher(november: Setting) -> None:
    street = november.street
    recorded = do(
        street,
        evidence.record,
        attempts=[torn(november), torn(november, "2")],
        shop_id=november.shop,
        channel=Channel.SLIP,
        day=NOVEMBER_14,
    )
    assert [one.verdict for one in recorded.answers] == [Verdict.ASK, Verdict.ASK]
    assert recorded.answers[0].title_zh == "$20 蔬菜券"
    first, second = recorded.evidence_ids
    with pytest.raises(RuleRefused) as told:
        do(street, questions.decide, question_ids=[first], ruling=Ruling.ACCEPT, reason="認得")
    assert told.value.reason is Refusal.EVIDENCE_NEEDS_VOUCHER
    do(street, questions.decide, question_ids=[first], ruling=Ruling.ACCEPT, reason="認得", voucher_id=november.ids[0])
    do(street, questions.decide, question_ids=[second], ruling=Ruling.REFUSE, reason="不是我們的")
    assert redemptions(street) == [(november.ids[0], november.shop, NOVEMBER_14, False, ())]
    with street.database.reader() as reader:
        assert question_queries.open_questions(reader, NOVEMBER_14) == []


# Order and repeats --------------------------------------------------------------------------------------------


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chance=st.randoms(use_true_random=False))
def test_any_order_and_any_repeats_give_the_same_redemptions_and_outcomes(tmp_path_factory: pytest.TempPathFactory, chance: Random) -> None:
    def after(order: list[int]) -> Any:
        street = a_street(tmp_path_factory.mktemp("order"))
        setting = Setting(street, count=6, per_visit=2)
        steps: list[Any] = [
            lambda: message(street, setting.shop, setting.ids[0], hour=10),
            lambda: message(street, setting.shop, setting.ids[1], hour=11),
            lambda: message(street, setting.shop, setting.ids[2], hour=12),
            lambda: message(street, setting.shop, setting.ids[0], date(2026, 11, 12)),
            lambda: envelope(street, setting.shop, setting.ids[:2]),
            lambda: envelope(street, setting.shop, [setting.ids[0], setting.ids[3]], date(2026, 11, 21)),
            lambda: envelope(street, setting.other, setting.ids[4:5]),
            lambda: envelope(street, setting.shop, setting.ids[4:], date(2026, 12, 5)),
            lambda: envelope(street, setting.shop, setting.ids[2:3], date(2026, 12, 2)),
        ]
        for step in order:
            steps[step]()
        with street.database.reader() as reader:
            wanted = select(
                Evidence.voucher_id, Evidence.shop_id, Evidence.kind, Evidence.day, Evidence.happened_at, Evidence.outcome, Evidence.verdict
            )
            kept = sorted(str(tuple(row)) for row in reader.execute(wanted))
        found = redemptions(street), kept
        street.close()
        return found

    straight = list(range(9))
    mixed = [*straight, *(chance.choice(straight) for _ in range(4))]
    chance.shuffle(mixed)
    assert after(mixed) == after(straight)


def test_the_same_list_twice_changes_nothing_and_gets_the_first_answers(november: Setting) -> None:
    ids = [november.ids[0], november.ids[1], november.ids[0]]
    first = envelope(november.street, november.shop, ids, counted_by_shop=4)
    again = envelope(november.street, november.shop, ids, counted_by_shop=4)
    assert [(one.outcome, one.verdict) for one in again.answers] == [(one.outcome, one.verdict) for one in first.answers]
    assert all(one.repeated for one in again.answers)
    assert again.evidence_ids == ()
    assert count_of(november.street, november.shop) == 4


def test_an_envelope_scanned_once_and_typed_once_is_one_envelope(november: Setting) -> None:
    envelope(november.street, november.shop, november.ids[:2])
    typed = [Attempt(f"typed {one}", attempt(november.street, one).serial) for one in november.ids[:2]]
    again = do(november.street, evidence.record, attempts=typed, shop_id=november.shop, channel=Channel.SLIP, day=NOVEMBER_14)
    assert all(one.repeated for one in again.answers)


def test_a_round_recorded_late_makes_the_next_rounds_slips_a_question(november: Setting) -> None:
    street, shop = november.street, november.shop
    envelope(street, shop, november.ids[:1], date(2026, 12, 12))
    assert redemptions(street) == []
    envelope(street, shop, november.ids[1:2], date(2026, 11, 28))
    assert [one[0] for one in redemptions(street)] == november.ids[:2]
    envelope(street, shop, november.ids[2:3], date(2026, 12, 1))
    assert [one[0] for one in redemptions(street)] == november.ids[1:3]


# Taking back --------------------------------------------------------------------------------------------------


def test_taking_an_envelope_back_restores_vouchers_and_count(november: Setting) -> None:
    street, shop = november.street, november.shop
    envelope(street, shop, november.ids[:1], counted_by_shop=1)
    recorded = envelope(street, shop, november.ids[1:3], counted_by_shop=2)
    assert count_of(street, shop) == 3
    do(street, evidence.withdraw, evidence_ids=recorded.evidence_ids, reason="掃錯", counted_by_shop=2)
    assert [one[0] for one in redemptions(street)] == november.ids[:1]
    assert voucher(street, november.ids[1]).state is VoucherState.HANDED_OUT
    assert count_of(street, shop) == 1
    again = envelope(street, shop, november.ids[1:3], counted_by_shop=2)
    assert [one.outcome for one in again.answers] == [Outcome.VALID, Outcome.VALID]
    with pytest.raises(RuleRefused) as told:
        do(street, evidence.withdraw, evidence_ids=recorded.evidence_ids, reason="掃錯")
    assert told.value.reason is Refusal.EVIDENCE_ALREADY_WITHDRAWN


def test_a_round_taken_back_makes_no_later_slip_late(november: Setting) -> None:
    street, shop = november.street, november.shop
    wrong = envelope(street, shop, november.ids[:1], date(2026, 12, 1))
    envelope(street, shop, november.ids[1:2], date(2026, 11, 28))
    assert only(envelope(street, shop, november.ids[2:3], date(2026, 12, 5))) == (Outcome.EXPIRED, Verdict.ASK)
    do(street, evidence.withdraw, evidence_ids=wrong.evidence_ids, reason="日期錯")
    assert [one[0] for one in redemptions(street)] == november.ids[1:3]


def test_a_booking_to_the_own_shop_goes_with_its_envelope_and_can_be_made_again(november: Setting) -> None:
    street = november.street
    for _ in range(2):
        found = envelope(street, november.other, november.ids[:1])
        do(street, evidence.book_to_own_shop, evidence_id=found.evidence_ids[0])
        assert len(redemptions(street)) == 1
        assert do(street, evidence.withdraw, evidence_ids=found.evidence_ids, reason="掃錯") == 2
        assert redemptions(street) == []


def test_a_booking_taken_back_leaves_its_slip_to_be_booked_again(november: Setting) -> None:
    street = november.street
    found = envelope(street, november.other, november.ids[:1])
    booked = do(street, evidence.book_to_own_shop, evidence_id=found.evidence_ids[0])
    do(street, evidence.withdraw, evidence_ids=[booked.evidence_id], reason="錯")
    assert redemptions(street) == []
    do(street, evidence.book_to_own_shop, evidence_id=found.evidence_ids[0])
    assert len(redemptions(street)) == 1


def test_a_slip_booked_to_its_shop_is_no_round_of_that_shop(november: Setting) -> None:
    street = november.street
    found = envelope(street, november.other, november.ids[:1], date(2026, 12, 1))
    do(street, evidence.book_to_own_shop, evidence_id=found.evidence_ids[0])
    envelope(street, november.shop, november.ids[2:3], date(2026, 11, 28))
    assert only(envelope(street, november.shop, november.ids[1:2], date(2026, 12, 5))) == (Outcome.VALID, Verdict.REDEEMS)


# A person decides ---------------------------------------------------------------------------------------------


def test_a_yes_that_cannot_count_is_refused_and_leaves_the_question_open(november: Setting) -> None:
    street = november.street
    envelope(street, november.shop, november.ids[:1])
    recorded = do(street, evidence.record, attempts=[torn(november)], shop_id=november.shop, channel=Channel.SLIP, day=date(2026, 11, 21))
    strangers = handed_out(street, a_household(street), an_offer(street, november.other))
    for voucher_id in (november.ids[0], strangers[0]):
        with pytest.raises(RuleRefused) as told:
            do(
                street,
                questions.decide,
                question_ids=[recorded.evidence_ids[0]],
                ruling=Ruling.ACCEPT,
                reason="看似",
                voucher_id=voucher_id,
            )
        assert told.value.reason is Refusal.EVIDENCE_CANNOT_REDEEM
    with street.database.reader() as reader:
        assert [one.evidence.outcome for one in question_queries.open_questions(reader, NOVEMBER_14)] == [Outcome.UNREADABLE]


def test_a_second_sheet_is_never_accepted_as_a_second_redemption(november: Setting) -> None:
    recorded = envelope(november.street, november.shop, [november.ids[0], november.ids[0]])
    with pytest.raises(RuleRefused):
        do(november.street, questions.decide, question_ids=[recorded.evidence_ids[1]], ruling=Ruling.ACCEPT, reason="同情")
    do(november.street, questions.decide, question_ids=[recorded.evidence_ids[1]], ruling=Ruling.REFUSE, reason="影印")
    assert len(redemptions(november.street)) == 1


def test_a_decision_needs_a_reason_and_is_made_once(november: Setting) -> None:
    street = november.street
    ids = issued(street, a_household(street), november.offer)
    row = envelope(street, november.shop, ids).evidence_ids[0]
    with pytest.raises(RuleRefused) as told:
        do(street, questions.decide, question_ids=[row], ruling=Ruling.ACCEPT, reason=" ")
    assert told.value.reason is Refusal.REASON_MISSING
    do(street, questions.decide, question_ids=[row], ruling=Ruling.ACCEPT, reason="見過")
    assert [one[0] for one in redemptions(street)] == ids
    with pytest.raises(RuleRefused) as told:
        do(street, questions.decide, question_ids=[row], ruling=Ruling.REFUSE, reason="改變主意")
    assert told.value.reason is Refusal.EVIDENCE_ALREADY_DECIDED


def test_a_rehearsal_answers_and_writes_nothing(november: Setting) -> None:
    with november.street.database.rehearsal() as tx:
        recorded = evidence.record(
            tx, attempts=[attempt(november.street, one) for one in november.ids], shop_id=november.shop, channel=Channel.SLIP, at=NOW, by=BY
        )
    assert {one.verdict for one in recorded.answers} == {Verdict.REDEEMS}
    with november.street.database.reader() as reader:
        assert reader.execute(select(func.count()).select_from(Evidence)).scalar_one() == 0
        assert reader.execute(select(func.count()).select_from(Collection)).scalar_one() == 0
