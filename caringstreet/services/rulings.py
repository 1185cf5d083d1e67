"""Writes a person's answer beside the evidence that it speaks of, and takes it back; within an action that audits it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select

from caringstreet.model.evidence import DecisionEntry, Evidence
from caringstreet.rules.evidence import Attempt, Outcome, Verdict
from caringstreet.rules.questions import DECISIONS, QuestionKind, Ruling
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import finding
from caringstreet.services.evidence_rows import Known, digest, new_row, rows_with
from caringstreet.storage.transaction import Transaction

_AT_ONCE = 400


def rule(
    tx: Transaction,
    row: Evidence,
    *,
    kind: QuestionKind,
    ruling: Ruling,
    reason: str,
    at: datetime,
    by: str,
    voucher_id: int | None = None,
) -> None:
    """Put an answer in force; `voucher_id` names the voucher of a slip that nobody could read."""
    if voucher_id is not None:
        voucher = finding.voucher(tx, voucher_id)
        row.voucher_id = voucher.id
        known = Known(tx, [Attempt("", voucher.serial)])
        row.flags = known.flags(voucher.serial, row.channel, row.received_at, row.day)
    row.decision, row.decided_by, row.decided_reason = DECISIONS[ruling], by, reason
    if row.voucher_id is None:
        row.verdict = Verdict.REFUSED
    tx.session.add(DecisionEntry(evidence_id=row.id, kind=kind, ruling=ruling, reason=reason, at=at, by=by, voucher_id=voucher_id))


def unrule(tx: Transaction, rows: Sequence[Evidence], *, reason: str, at: datetime, by: str) -> set[int]:
    """Take the answers in force back; returns the vouchers to decide anew. The entries stay, with this reason."""
    concerned: set[int] = set()
    answers = _in_force(tx, [row.id for row in rows])
    for row in rows:
        if row.voucher_id is not None:
            concerned.add(row.voucher_id)
        for entry in answers[row.id]:
            entry.reversed_at, entry.reversed_by, entry.reversed_reason = at, by, reason
            if entry.voucher_id is not None:
                row.voucher_id, row.flags, row.outcome = None, [], Outcome.UNREADABLE
        row.decision, row.decided_by, row.decided_reason = None, "", ""
        if row.voucher_id is None:
            row.verdict = Verdict.ASK
    return concerned


def _in_force(tx: Transaction, evidence_ids: Sequence[int]) -> dict[int, list[DecisionEntry]]:
    """By question, the answers that were not taken back."""
    found: dict[int, list[DecisionEntry]] = defaultdict(list)
    for start in range(0, len(evidence_ids), _AT_ONCE):
        part = evidence_ids[start : start + _AT_ONCE]
        wanted = select(DecisionEntry).where(DecisionEntry.evidence_id.in_(part), DecisionEntry.reversed_at.is_(None))
        for entry in tx.session.scalars(wanted.order_by(DecisionEntry.id)):
            found[entry.evidence_id].append(entry)
    return found


def book(tx: Transaction, row: Evidence, *, reason: str, at: datetime, by: str) -> tuple[Evidence, Attempt, Known]:
    """Lay a slip of another shop's envelope to its own shop as a row of its own, which is still to be decided.

    Refuses what is no such slip, and one that was booked before.
    """
    if row.outcome is not Outcome.WRONG_SHOP or row.voucher_id is None:
        raise RuleRefused(Refusal.EVIDENCE_CANNOT_REDEEM, outcome=row.outcome)
    if row.decision is not None or row.taken_back_at is not None:
        raise RuleRefused(Refusal.EVIDENCE_ALREADY_DECIDED)
    voucher = finding.voucher(tx, row.voucher_id)
    shop = finding.shop(tx, finding.offer(tx, voucher.offer_id).shop_id)
    attempt = Attempt(row.text, voucher.serial)
    known = Known(tx, [attempt])
    moved = new_row(
        attempt,
        known,
        shop_id=shop.id,
        channel=row.channel,
        content=booked(row),
        at=row.happened_at or at,
        received_at=at,
        day=row.day,
        by=by,
    )
    rule(tx, row, kind=QuestionKind.WRONG_SHOP, ruling=Ruling.BOOK, reason=reason or shop.code, at=at, by=by)
    tx.session.add(moved)
    tx.session.flush()
    return moved, attempt, known


def booked(row: Evidence) -> str:
    """The hash of the row that books this one to its own shop."""
    return digest("booked", row.content_hash)


def bookings(tx: Transaction, rows: Iterable[Evidence]) -> list[Evidence]:
    """The rows by which these slips lie at their own shops."""
    return list(rows_with(tx, [booked(row) for row in rows]).values())


def take_back(rows: Iterable[Evidence], *, reason: str, at: datetime) -> None:
    """Evidence that was a mistake: the rows stay, their hash is free for the right one."""
    for row in rows:
        row.taken_back_at = at
        row.content_hash = f"taken back {row.id} {row.content_hash}"
        row.note = " · ".join(part for part in (row.note, reason) if part)
