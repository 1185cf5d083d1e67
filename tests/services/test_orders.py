"""Arrival orders of the same evidence: `python -m tests.benchmarks orders` plays ten thousand on a real file."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from random import Random

from caringstreet.clock import HONG_KONG
from caringstreet.rules.evidence import Channel, Decision, EvidenceKind, Outcome, Verdict
from caringstreet.rules.settlement import EvidenceFacts, Settled, VoucherFacts, settle
from caringstreet.rules.vouchers import VoucherState
from tests.orders import Street

ON_FILE, BY_RULE = 30, 10_000
VOUCHER = VoucherFacts(1, date(2026, 11, 1), date(2026, 11, 30), VoucherState.HANDED_OUT)


def test_many_orders_on_a_real_file_end_in_one_state(tmp_path: Path) -> None:
    street = Street(tmp_path)
    states = street.tried(ON_FILE)
    assert list(states.values()) == [ON_FILE]
    (state,) = states
    assert len(state[1]) == 4
    less = street.after(range(1, len(street.pieces)))
    assert less != state  # the negative control: other evidence is told apart
    street.street.close()


def a_claim(day: int, hour: int, shop: int = 1, **more: object) -> EvidenceFacts:
    at = datetime(2026, 11, day, hour, tzinfo=HONG_KONG)
    found = EvidenceFacts(f"claim {day} {hour} {shop}", EvidenceKind.CLAIM, Channel.WHATSAPP, shop, at.date(), at)
    return replace(found, **more)  # type: ignore[arg-type]


def a_slip(day: date, name: str, shop: int = 1, **more: object) -> EvidenceFacts:
    found = EvidenceFacts(f"slip {day} {name}", EvidenceKind.SLIP, Channel.SLIP, shop, day)
    return replace(found, **more)  # type: ignore[arg-type]


PIECES = [
    a_claim(10, 9), a_claim(10, 12), a_claim(20, 9), a_claim(12, 9, shop=2), a_claim(11, 9, decision=Decision.REFUSED),
    a_claim(9, 8, flags=frozenset({Outcome.OUTSIDE_WINDOW})), a_slip(date(2026, 11, 14), "a"), a_slip(date(2026, 11, 14), "b"),
    a_slip(date(2026, 11, 21), "c", decision=Decision.GOODWILL), a_slip(date(2026, 11, 21), "d", shop=2),
    a_slip(date(2026, 12, 19), "e", previous_round=date(2026, 12, 12)), a_slip(date(2026, 11, 7), "f", decision=Decision.REFUSED),
]  # fmt: skip


def state(settled: Settled) -> object:
    """What the evidence is worth; which of two papers of one round is called the second may follow its arrival."""
    same_round = {key: key[:-2] if key.startswith("slip 2026-11-14") else key for key in settled.answers}
    return settled.redemption, tuple(sorted((same_round[key], answer.outcome, answer.verdict) for key, answer in settled.answers.items()))


def test_ten_thousand_orders_of_one_vouchers_evidence_give_one_state() -> None:
    random, found = Random(1), {}
    for _ in range(BY_RULE):
        order = PIECES + random.choices(PIECES, k=random.randint(0, 5))
        random.shuffle(order)
        arrived = {piece.key: place for place, piece in reversed(list(enumerate(order)))}
        settled = settle(VOUCHER, [replace(piece, arrival=arrived[piece.key]) for piece in order], 3)
        found[state(settled)] = settled
    assert len(found) == 1
    (settled,) = found.values()
    assert settled.redemption is not None
    verdicts = [answer.verdict for answer in settled.answers.values()]
    assert (verdicts.count(Verdict.REDEEMS), verdicts.count(Verdict.GOODWILL)) == (1, 1)
