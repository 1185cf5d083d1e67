"""Decides a voucher from the set of its evidence: the same answer for any order and any repeats."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from caringstreet.rules.evidence import Answer, Channel, Decision, EvidenceKind, Outcome, Verdict
from caringstreet.rules.months import Month
from caringstreet.rules.vouchers import ENDED_UNUSED, VoucherState

#: Days after the last day in which a late slip is still a question for a person, not a refusal.
ASK_DAYS = 31

_FLAG_OUTCOMES = (Outcome.OUTSIDE_WINDOW, Outcome.SHOP_INACTIVE, Outcome.HOUSEHOLD_CLOSED, Outcome.OVER_LIMIT)


@dataclass(frozen=True)
class VoucherFacts:
    """What is true of a voucher apart from its evidence; days are local, `ended_at` local too."""

    shop_id: int
    valid_from: date
    valid_to: date
    state: VoucherState
    ended_at: datetime | None = None


@dataclass(frozen=True, order=True)
class EvidenceFacts:
    """One piece of evidence; `key` is its content hash. A slip has only the day of its round.

    `previous_round` is the shop's round before this one, if any; `flags` are remarks that do not stop a redemption.
    `arrival` only says which of two papers of one round is called the second; it never moves a cent.
    """

    key: str
    kind: EvidenceKind
    channel: Channel
    shop_id: int
    day: date
    at: datetime | None = None
    previous_round: date | None = None
    flags: frozenset[Outcome] = frozenset()
    decision: Decision | None = None
    arrival: int = 0


@dataclass(frozen=True)
class Redeemed:
    """The one redemption that follows from the evidence."""

    shop_id: int
    day: date
    at: datetime | None
    channel: Channel
    flags: frozenset[Outcome]
    without_slip: bool


@dataclass(frozen=True)
class Settled:
    redemption: Redeemed | None
    answers: dict[str, Answer]


def slip_in_time(slip_day: date, previous_round: date | None, last_day: date, grace_days: int) -> bool:
    """A slip is in time if the shop's previous round, or the first of the month, is not after the voucher's last day.

    Within `grace_days` after the last day it is in time anyhow.
    """
    return _taken_since(slip_day, previous_round) <= last_day or slip_day <= last_day + timedelta(days=grace_days)


def _taken_since(slip_day: date, previous_round: date | None) -> date:
    """The first day on which the shop can have taken a slip: it carries no other day than its round's."""
    return previous_round if previous_round is not None else Month.of(slip_day).first_day


def _alone(voucher: VoucherFacts, seen: EvidenceFacts, grace_days: int) -> Answer:
    """What one piece of evidence would mean if there were no other."""
    if seen.shop_id != voucher.shop_id:
        return Answer(Outcome.WRONG_SHOP, Verdict.REFUSED)
    if voucher.state in ENDED_UNUSED:
        return Answer(Outcome.VOID, Verdict.ASK if _before_end(voucher, seen) else Verdict.REFUSED)
    if voucher.state is VoucherState.MADE:
        return Answer(Outcome.NOT_HANDED_OUT, Verdict.ASK)
    if seen.day < voucher.valid_from:
        return Answer(Outcome.NOT_YET_VALID, Verdict.ASK)
    if seen.kind is EvidenceKind.SLIP:
        in_time = slip_in_time(seen.day, seen.previous_round, voucher.valid_to, grace_days)
    else:
        in_time = seen.day <= voucher.valid_to
    if not in_time:
        late = seen.day > voucher.valid_to + timedelta(days=ASK_DAYS)
        return Answer(Outcome.EXPIRED, Verdict.REFUSED if late else Verdict.ASK)
    flag = next((flag for flag in _FLAG_OUTCOMES if flag in seen.flags), Outcome.VALID)
    return Answer(flag, Verdict.REDEEMS)


def _before_end(voucher: VoucherFacts, seen: EvidenceFacts) -> bool:
    """Whether the shop took it before the voucher was ended, or for a slip may have done so."""
    if voucher.ended_at is None:
        return False
    if seen.at is not None:
        return seen.at < voucher.ended_at
    return _taken_since(seen.day, seen.previous_round) <= voucher.ended_at.date()


def _decided(alone: Answer, seen: EvidenceFacts) -> Answer:
    """A person's yes answers an *ask*; a person's no stands, whatever comes to light later."""
    if seen.decision is Decision.REFUSED:
        return Answer(alone.outcome, Verdict.REFUSED)
    if seen.decision is Decision.ACCEPTED and alone.verdict is Verdict.ASK:
        return Answer(alone.outcome, Verdict.REDEEMS)
    return alone


def _in_order(evidence: Iterable[EvidenceFacts]) -> list[EvidenceFacts]:
    """By what happened: a claim of the day stands before the slip of the day's round.

    Arrival only tells papers of one round apart, which are the same but for the pile that they lay in.
    """
    return sorted(
        evidence,
        key=lambda seen: (
            seen.day,
            seen.kind is EvidenceKind.SLIP,
            seen.at.isoformat() if seen.at else "",
            seen.arrival if seen.kind is EvidenceKind.SLIP else 0,
            seen.key,
        ),
    )


def settle(voucher: VoucherFacts, evidence: Collection[EvidenceFacts], grace_days: int) -> Settled:
    """Decide from all evidence of one voucher which one redeems it, and what each one is worth.

    One code is one redemption: the first good piece redeems, paper at the same shop confirms a claim, a second
    paper is a question, a repeated claim is merged. A paper that a person called the second stays it while another
    stands; if none does, it redeems, so that no sheet is ever paid twice.
    """
    ordered = _in_order({seen.key: seen for seen in evidence}.values())
    alone = {seen.key: _decided(_alone(voucher, seen, grace_days), seen) for seen in ordered}
    first = _first(ordered, alone)
    if first is None:
        return Settled(None, alone)
    answers = dict(alone)
    answers[first.key] = Answer(alone[first.key].outcome, Verdict.REDEEMS)
    papers = 1 if first.kind is EvidenceKind.SLIP else 0
    for seen in sorted(ordered, key=lambda one: one.decision is Decision.GOODWILL):
        if seen is first or seen.shop_id != first.shop_id:
            continue
        if seen.kind is EvidenceKind.SLIP and papers:
            answers[seen.key] = _second_paper(seen)
        elif seen.decision is Decision.REFUSED:
            continue
        elif seen.kind is EvidenceKind.CLAIM:
            answers[seen.key] = _repeated_claim(seen, first)
        else:
            papers = 1
            answers[seen.key] = Answer(Outcome.RECONCILED, Verdict.CONFIRMS)
    redemption = Redeemed(first.shop_id, first.day, first.at, first.channel, first.flags, without_slip=not papers)
    return Settled(redemption, answers)


def _first(ordered: Sequence[EvidenceFacts], alone: Mapping[str, Answer]) -> EvidenceFacts | None:
    redeeming = [seen for seen in ordered if alone[seen.key].verdict is Verdict.REDEEMS]
    undoubted = next((seen for seen in redeeming if seen.decision is not Decision.GOODWILL), None)
    if undoubted is not None:
        return undoubted
    worth = (Verdict.REDEEMS, Verdict.ASK)
    return next((seen for seen in ordered if seen.decision is Decision.GOODWILL and alone[seen.key].verdict in worth), None)


def _repeated_claim(seen: EvidenceFacts, first: EvidenceFacts) -> Answer:
    """A message repeated, or one that the paper overtook, is known; one from after the paper tells of a second use."""
    if first.kind is EvidenceKind.CLAIM or seen.day <= first.day:
        return Answer(Outcome.ALREADY_KNOWN, Verdict.MERGED)
    return Answer(Outcome.ALREADY_USED, Verdict.REFUSED)


def _second_paper(seen: EvidenceFacts) -> Answer:
    """One code is one redemption, so a person's yes can only be a goodwill matter outside the redemption count."""
    verdicts = {Decision.REFUSED: Verdict.REFUSED, Decision.GOODWILL: Verdict.GOODWILL}
    return Answer(Outcome.SECOND_SHEET, verdicts.get(seen.decision, Verdict.ASK) if seen.decision else Verdict.ASK)
