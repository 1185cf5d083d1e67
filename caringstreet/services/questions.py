"""A person decides what the rules leave open, one question or many alike at once, and can take it back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from caringstreet.model.evidence import Evidence, Redemption
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.changes import Changed
from caringstreet.rules.codes import code_of, pretty
from caringstreet.rules.evidence import EvidenceKind, Verdict
from caringstreet.rules.questions import QuestionKind, Ruling, kind_of, rulings
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import finding
from caringstreet.services.rulings import book, bookings, rule, take_back, unrule
from caringstreet.services.settling import resettle
from caringstreet.storage.transaction import Transaction

_CHANGED = (Changed.EVIDENCE, Changed.VOUCHERS)
_COUNTS = frozenset({Verdict.REDEEMS, Verdict.CONFIRMS, Verdict.MERGED})


@dataclass(frozen=True)
class DecidedQuestions:
    """The questions in the order given, and the answer that they got."""

    question_ids: tuple[int, ...]
    ruling: Ruling


def decide(
    tx: Transaction,
    *,
    question_ids: Sequence[int],
    ruling: Ruling,
    reason: str,
    at: datetime,
    by: str,
    voucher_id: int | None = None,
) -> DecidedQuestions:
    """Answer questions, named by their evidence, all alike or none. Asks a reason, which stays with who and when.

    `voucher_id` names the voucher of an unreadable slip. Refuses an answer that does not fit the question, one to what
    was decided before, and a yes to what cannot count: a code redeemed before, another shop's voucher, one out of use.
    """
    given = finding.a_reason(reason)
    rows = [finding.evidence(tx, one) for one in dict.fromkeys(question_ids)]
    if not rows:
        raise RuleRefused(Refusal.NOTHING_TO_DO)
    concerned = {row.voucher_id for row in rows}
    for row in rows:
        kind = _kind(tx, row, ruling)
        if ruling is Ruling.BOOK:
            book(tx, row, reason=given, at=at, by=by)
        elif kind is QuestionKind.WITHOUT_SLIP:
            for claim in _claims(tx, row) if ruling is Ruling.REFUSE else [row]:
                rule(tx, claim, kind=kind, ruling=ruling, reason=given, at=at, by=by)
        else:
            named = voucher_id if row.voucher_id is None and ruling is Ruling.ACCEPT else None
            if ruling is Ruling.ACCEPT and row.voucher_id is None and named is None:
                raise RuleRefused(Refusal.EVIDENCE_NEEDS_VOUCHER)
            rule(tx, row, kind=kind, ruling=ruling, reason=given, at=at, by=by, voucher_id=named)
        concerned.add(row.voucher_id)
    tx.session.flush()
    resettle(tx, [one for one in concerned if one is not None])
    if ruling is Ruling.ACCEPT:
        _check_counts(tx, rows)
    ids = tuple(row.id for row in rows)
    one = ids[0] if len(ids) == 1 else None
    tx.audit("evidence.decide", by=by, at=at, subject=("evidence", one), changed=_CHANGED, ids=list(ids), ruling=ruling, reason=given)
    return DecidedQuestions(ids, ruling)


def reverse(tx: Transaction, *, question_ids: Sequence[int], reason: str, at: datetime, by: str) -> tuple[int, ...]:
    """Take decisions back, with a reason that is kept beside them; the questions are open again.

    A slip booked to its own shop is taken from there; all messages that were refused with a redemption without slip
    come back together. Refuses what is not decided.
    """
    given = finding.a_reason(reason)
    rows = [finding.evidence(tx, one) for one in dict.fromkeys(question_ids)]
    if any(row.decision is None or row.taken_back_at is not None for row in rows) or not rows:
        raise RuleRefused(Refusal.EVIDENCE_NOT_DECIDED)
    rows += [one for one in _refused_together(tx, rows) if one not in rows]
    moved = bookings(tx, rows)
    concerned = unrule(tx, rows, reason=given, at=at, by=by)
    take_back(moved, reason=given, at=at)
    tx.session.flush()
    resettle(tx, concerned | {row.voucher_id for row in moved if row.voucher_id is not None})
    ids = tuple(dict.fromkeys(question_ids))
    one = ids[0] if len(ids) == 1 else None
    tx.audit("evidence.reverse_decision", by=by, at=at, subject=("evidence", one), changed=_CHANGED, ids=list(ids), reason=given)
    return ids


def _kind(tx: Transaction, row: Evidence, ruling: Ruling) -> QuestionKind:
    """The kind of an open question that this answer fits, or a refusal that says why there is none."""
    asked = row.verdict is Verdict.ASK  # even after a yes, where another paper came to light
    if (row.decision is not None and not asked) or row.taken_back_at is not None:
        raise RuleRefused(Refusal.EVIDENCE_ALREADY_DECIDED)
    kind = kind_of(row.outcome, row.verdict, row.kind)
    if kind is QuestionKind.WITHOUT_SLIP and not _without_slip(tx, row):
        kind = None
    if kind is None:
        raise RuleRefused(Refusal.EVIDENCE_CANNOT_REDEEM, outcome=row.outcome)
    if ruling not in rulings(kind):
        raise RuleRefused(Refusal.RULING_UNFIT, ruling=ruling, outcome=row.outcome)
    return kind


def _without_slip(tx: Transaction, row: Evidence) -> bool:
    wanted = select(Redemption.without_slip).where(Redemption.voucher_id == row.voucher_id)
    return bool(tx.session.scalar(wanted))


def _claims(tx: Transaction, row: Evidence) -> list[Evidence]:
    """All messages of the shop about the voucher: without the first, the next would redeem it."""
    wanted = select(Evidence).where(
        Evidence.voucher_id == row.voucher_id,
        Evidence.shop_id == row.shop_id,
        Evidence.kind == EvidenceKind.CLAIM,
        Evidence.decision.is_(None),
        Evidence.taken_back_at.is_(None),
    )
    return list(tx.session.scalars(wanted.order_by(Evidence.id)))


def _refused_together(tx: Transaction, rows: Iterable[Evidence]) -> list[Evidence]:
    """The other messages that were refused in the same moment with a redemption without slip."""
    found: list[Evidence] = []
    for row in rows:
        if row.kind is not EvidenceKind.CLAIM or row.voucher_id is None:
            continue
        wanted = select(Evidence).where(
            Evidence.voucher_id == row.voucher_id,
            Evidence.shop_id == row.shop_id,
            Evidence.kind == EvidenceKind.CLAIM,
            Evidence.decision == row.decision,
            Evidence.decided_by == row.decided_by,
            Evidence.decided_reason == row.decided_reason,
            Evidence.taken_back_at.is_(None),
        )
        found += tx.session.scalars(wanted)
    return found


def _check_counts(tx: Transaction, rows: Iterable[Evidence]) -> None:
    for row in rows:
        if row.verdict not in _COUNTS:
            serial = tx.session.scalar(select(Voucher.serial).where(Voucher.id == row.voucher_id))
            code = pretty(code_of(serial)) if serial is not None else ""
            raise RuleRefused(Refusal.EVIDENCE_CANNOT_REDEEM, outcome=row.outcome, code=code)
