"""A voucher is decided by the set of its evidence, in any order, repeated any number of times."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caringstreet.clock import HONG_KONG
from caringstreet.rules.evidence import Channel, Decision, EvidenceKind, Outcome, Verdict
from caringstreet.rules.settlement import EvidenceFacts, VoucherFacts, settle, slip_in_time
from caringstreet.rules.vouchers import VoucherState

GRACE = 3
SHOP, OTHER = 1, 2


def a_voucher(state: VoucherState = VoucherState.HANDED_OUT, **facts: object) -> VoucherFacts:
    return VoucherFacts(**({"shop_id": SHOP, "valid_from": date(2026, 11, 1), "valid_to": date(2026, 11, 30), "state": state} | facts))  # type: ignore[arg-type]


def a_claim(day: int = 10, hour: int = 12, **facts: object) -> EvidenceFacts:
    at = datetime(2026, 11, day, hour, tzinfo=HONG_KONG)
    given_facts = {
        "key": f"claim {day} {hour} {facts.get('shop_id', SHOP)}",
        "kind": EvidenceKind.CLAIM,
        "channel": Channel.WHATSAPP,
        "shop_id": SHOP,
        "day": at.date(),
        "at": at,
    }
    return EvidenceFacts(**(given_facts | facts))  # type: ignore[arg-type]


def a_slip(day: date = date(2026, 11, 14), key: str = "slip", **facts: object) -> EvidenceFacts:
    given_facts = {"key": f"{key} {day}", "kind": EvidenceKind.SLIP, "channel": Channel.SLIP, "shop_id": SHOP, "day": day}
    return EvidenceFacts(**(given_facts | facts))  # type: ignore[arg-type]


def answer(voucher: VoucherFacts, *evidence: EvidenceFacts) -> tuple[Outcome, Verdict]:
    """What the last piece answers."""
    found = settle(voucher, evidence, GRACE).answers[evidence[-1].key]
    return found.outcome, found.verdict


def test_a_slip_redeems_on_the_day_of_its_round() -> None:
    settled = settle(a_voucher(), [a_slip()], GRACE)
    assert settled.redemption is not None
    assert (settled.redemption.day, settled.redemption.channel, settled.redemption.without_slip) == (
        date(2026, 11, 14),
        Channel.SLIP,
        False,
    )


def test_a_claim_redeems_without_slip_until_the_paper_comes() -> None:
    settled = settle(a_voucher(), [a_claim()], GRACE)
    assert settled.redemption is not None
    assert settled.redemption.without_slip
    settled = settle(a_voucher(), [a_claim(), a_slip()], GRACE)
    assert settled.redemption is not None
    assert not settled.redemption.without_slip
    assert settled.redemption.day == date(2026, 11, 10)


@pytest.mark.parametrize(
    ("voucher", "evidence", "expected"),
    [
        (a_voucher(), [a_slip()], (Outcome.VALID, Verdict.REDEEMS)),
        (a_voucher(), [a_claim(), a_slip()], (Outcome.RECONCILED, Verdict.CONFIRMS)),
        (a_voucher(), [a_claim(), a_claim(hour=13)], (Outcome.ALREADY_KNOWN, Verdict.MERGED)),
        (a_voucher(), [a_slip(), a_slip(key="copy", arrival=2)], (Outcome.SECOND_SHEET, Verdict.ASK)),
        (a_voucher(), [a_slip(), a_claim(day=20)], (Outcome.ALREADY_USED, Verdict.REFUSED)),
        (a_voucher(VoucherState.MADE), [a_slip()], (Outcome.NOT_HANDED_OUT, Verdict.ASK)),
        (a_voucher(valid_from=date(2026, 11, 20)), [a_slip()], (Outcome.NOT_YET_VALID, Verdict.ASK)),
        (a_voucher(valid_to=date(2026, 11, 8)), [a_claim()], (Outcome.EXPIRED, Verdict.ASK)),
        (
            a_voucher(valid_to=date(2026, 11, 8)),
            [a_slip(date(2026, 12, 12), previous_round=date(2026, 12, 5))],
            (Outcome.EXPIRED, Verdict.REFUSED),
        ),
        (a_voucher(), [a_claim(flags=frozenset({Outcome.OUTSIDE_WINDOW}))], (Outcome.OUTSIDE_WINDOW, Verdict.REDEEMS)),
        (a_voucher(), [a_slip(flags=frozenset({Outcome.SHOP_INACTIVE}))], (Outcome.SHOP_INACTIVE, Verdict.REDEEMS)),
        (a_voucher(), [a_slip(flags=frozenset({Outcome.HOUSEHOLD_CLOSED}))], (Outcome.HOUSEHOLD_CLOSED, Verdict.REDEEMS)),
        (a_voucher(), [a_claim(flags=frozenset({Outcome.OVER_LIMIT}))], (Outcome.OVER_LIMIT, Verdict.REDEEMS)),
        (a_voucher(), [a_slip(shop_id=OTHER)], (Outcome.WRONG_SHOP, Verdict.REFUSED)),
        (a_voucher(VoucherState.VOID, ended_at=datetime(2026, 11, 9, tzinfo=HONG_KONG)), [a_claim()], (Outcome.VOID, Verdict.REFUSED)),
        (a_voucher(VoucherState.REPLACED, ended_at=datetime(2026, 11, 11, tzinfo=HONG_KONG)), [a_claim()], (Outcome.VOID, Verdict.ASK)),
        (
            a_voucher(VoucherState.RETURNED, ended_at=datetime(2026, 11, 12, tzinfo=HONG_KONG)),
            [a_slip(previous_round=date(2026, 11, 13))],
            (Outcome.VOID, Verdict.REFUSED),
        ),
        (
            a_voucher(VoucherState.VOID, ended_at=datetime(2026, 11, 12, tzinfo=HONG_KONG)),
            [a_slip(previous_round=date(2026, 11, 7))],
            (Outcome.VOID, Verdict.ASK),
        ),
        (a_voucher(VoucherState.VOID, ended_at=datetime(2026, 11, 12, tzinfo=HONG_KONG)), [a_slip()], (Outcome.VOID, Verdict.ASK)),
    ],
)
def test_what_a_scan_answers(voucher: VoucherFacts, evidence: list[EvidenceFacts], expected: tuple[Outcome, Verdict]) -> None:
    assert answer(voucher, *evidence) == expected


def test_a_slip_is_in_time_if_the_round_before_was_not_after_the_last_day() -> None:
    last = date(2026, 11, 16)
    assert slip_in_time(date(2026, 11, 21), date(2026, 11, 14), last, GRACE)
    assert not slip_in_time(date(2026, 11, 21), date(2026, 11, 17), last, 0)
    assert slip_in_time(date(2026, 11, 19), date(2026, 11, 17), last, GRACE)
    assert slip_in_time(date(2026, 11, 30), None, last, 0)
    assert not slip_in_time(date(2026, 12, 5), None, date(2026, 11, 30), GRACE)


def test_a_person_decides_an_ask_but_never_makes_a_second_redemption() -> None:
    late = a_claim(decision=Decision.ACCEPTED)
    assert settle(a_voucher(valid_to=date(2026, 11, 8)), [late], GRACE).redemption is not None
    copy = a_slip(key="copy", decision=Decision.ACCEPTED)
    settled = settle(a_voucher(), [a_slip(), copy], GRACE)
    assert sum(one.verdict is Verdict.REDEEMS for one in settled.answers.values()) == 1


def test_a_no_of_a_person_stands_whatever_comes_to_light_later() -> None:
    stolen = a_slip(decision=Decision.REFUSED)
    assert settle(a_voucher(VoucherState.MADE), [stolen], GRACE).redemption is None
    assert settle(a_voucher(VoucherState.HANDED_OUT), [stolen], GRACE).redemption is None
    real = a_slip(date(2026, 11, 21), key="real")
    settled = settle(a_voucher(), [stolen, real], GRACE)
    assert settled.redemption is not None
    assert settled.redemption.day == date(2026, 11, 21)
    assert settled.answers[stolen.key].verdict is Verdict.REFUSED


def test_paper_that_a_person_refused_confirms_no_claim() -> None:
    settled = settle(a_voucher(), [a_claim(), a_slip(decision=Decision.REFUSED)], GRACE)
    assert settled.redemption is not None
    assert settled.redemption.without_slip


def test_a_sheet_paid_in_goodwill_stays_the_second_while_another_stands_and_else_redeems() -> None:
    first, copy = a_slip(date(2026, 11, 14)), a_slip(date(2026, 11, 7), "copy", decision=Decision.GOODWILL)
    settled = settle(a_voucher(), [first, copy], GRACE)
    assert settled.redemption is not None
    assert settled.redemption.day == date(2026, 11, 14)
    assert settled.answers[copy.key].verdict is Verdict.GOODWILL
    assert settle(a_voucher(), [copy], GRACE).answers[copy.key].verdict is Verdict.REDEEMS
    late = a_slip(date(2026, 12, 19), "late", previous_round=date(2026, 12, 12), decision=Decision.GOODWILL)
    assert settle(a_voucher(), [late], GRACE).redemption is not None
    assert settle(a_voucher(), [a_claim(), copy], GRACE).answers[copy.key].verdict is Verdict.CONFIRMS


pieces = st.sampled_from(
    [
        a_claim(3), a_claim(10), a_claim(10, 13), a_claim(20), a_claim(12, shop_id=OTHER),
        a_slip(date(2026, 11, 7), "a"), a_slip(date(2026, 11, 14), "b"), a_slip(date(2026, 11, 14), "c"),
        a_slip(date(2026, 12, 19), "d", previous_round=date(2026, 12, 12)), a_slip(date(2026, 11, 21), "e", shop_id=OTHER),
        a_slip(date(2026, 11, 7), "g", decision=Decision.GOODWILL), a_slip(date(2026, 11, 14), "h", decision=Decision.GOODWILL),
        a_slip(date(2026, 11, 7), "f", decision=Decision.REFUSED), a_claim(5, decision=Decision.ACCEPTED), a_claim(6, decision=Decision.REFUSED),
    ]
)  # fmt: skip
vouchers = st.sampled_from(
    [
        a_voucher(),
        a_voucher(VoucherState.MADE),
        a_voucher(valid_to=date(2026, 11, 8)),
        a_voucher(VoucherState.VOID, ended_at=datetime(2026, 11, 9, tzinfo=HONG_KONG)),
    ]
)


@given(voucher=vouchers, evidence=st.lists(pieces, max_size=8), chance=st.randoms())
def test_order_and_repeats_change_nothing(voucher: VoucherFacts, evidence: list[EvidenceFacts], chance: object) -> None:
    shuffled = [*evidence, *evidence[:3]]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    settled = settle(voucher, evidence, GRACE)
    assert settled == settle(voucher, shuffled, GRACE)
    assert sum(one.verdict is Verdict.REDEEMS for one in settled.answers.values()) == (settled.redemption is not None)
