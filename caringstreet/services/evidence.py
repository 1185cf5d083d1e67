"""Records what came back and materialises what follows from it: one redemption a voucher."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from caringstreet.clock import local_day
from caringstreet.model.evidence import Collection, Evidence
from caringstreet.rules.changes import Changed
from caringstreet.rules.evidence import Attempt, Channel, EvidenceKind, Outcome
from caringstreet.rules.likely_days import DayOf
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import finding, rulings
from caringstreet.services.day_checks import check_day
from caringstreet.services.evidence_answers import ScanAnswer, answers
from caringstreet.services.evidence_rows import Known, content_hashes, new_row, rows_with
from caringstreet.services.settling import resettle, took_place
from caringstreet.storage.transaction import Transaction

_CHANGED = (Changed.EVIDENCE, Changed.VOUCHERS)


@dataclass(frozen=True)
class RecordedScans:
    """`answers` stand in the order of the attempts; `collection_id` is the round's for slips."""

    answers: tuple[ScanAnswer, ...]
    collection_id: int | None
    evidence_ids: tuple[int, ...]


def record(
    tx: Transaction,
    *,
    attempts: Sequence[Attempt],
    shop_id: int,
    channel: Channel,
    at: datetime,
    by: str,
    day: date | None = None,
    counted_by_shop: int | None = None,
    note: str = "",
) -> RecordedScans:
    """Keep what a shop sent or handed in as evidence, refused attempts too, and decide the vouchers anew.

    A mistyped code is answered but is no slip of a round: nobody holds such a paper.

    `at` is the moment of a claim (UTC); a slip has only `day`, the round's (default the local day of `at`).
    The same list given again changes nothing and gets the first answers. Run it in a rehearsal to look only.
    """
    shop = finding.shop(tx, shop_id)
    day = day or local_day(at)
    check_day(tx, day, DayOf.HAPPENED, local_day(at))
    slips = channel.kind is EvidenceKind.SLIP
    round_ = _round(tx, shop_id, day, note) if slips else None
    known = Known(tx, attempts)
    contents = content_hashes(attempts, channel, shop_id, at, day)
    former = rows_with(tx, contents)
    rows: list[tuple[Attempt, Evidence, bool]] = []
    for attempt, content in zip(attempts, contents, strict=True):
        row = former.get(content)
        if row is None:
            row = new_row(attempt, known, shop_id=shop.id, channel=channel, content=content, at=at, received_at=at, day=day, by=by)
            row.collection_id = round_.id if round_ else None
            row.note = row.note or note
            if not (slips and attempt.problem is Outcome.MISTYPED):
                tx.session.add(row)
        rows.append((attempt, row, content in former))
    fresh = [row for _, row, repeated in rows if not repeated and row in tx.session]
    if round_ is not None and counted_by_shop is not None and fresh:
        round_.counted_by_shop = (round_.counted_by_shop or 0) + counted_by_shop
    tx.session.flush()
    resettle(tx, [*_vouchers_of(fresh), *_vouchers_after(tx, [(shop_id, day)] if slips else [])])
    tx.audit(
        "evidence.record",
        by=by,
        at=at,
        subject=("shop", shop_id),
        changed=_CHANGED,
        channel=channel,
        new=len(fresh),
        repeated=len(rows) - len(fresh),
    )
    return RecordedScans(answers(tx, known, rows), round_.id if round_ else None, tuple(row.id for row in fresh))


def book_to_own_shop(tx: Transaction, *, evidence_id: int, at: datetime, by: str) -> ScanAnswer:
    """Book a slip found in another shop's envelope to the shop that it belongs to, as of the day it was found.

    It makes no round of that shop: its other slips are not late because of it.
    """
    row = finding.evidence(tx, evidence_id)
    moved, attempt, known = rulings.book(tx, row, reason="", at=at, by=by)
    resettle(tx, _vouchers_of([row]))
    tx.audit("evidence.book_to_own_shop", by=by, at=at, subject=("evidence", row.id), changed=_CHANGED)
    return answers(tx, known, [(attempt, moved, False)])[0]


def withdraw(
    tx: Transaction,
    *,
    evidence_ids: Sequence[int],
    reason: str,
    at: datetime,
    by: str,
    counted_by_shop: int | None = None,
) -> int:
    """Take back evidence that was recorded by mistake; the rows stay, the vouchers go back to what is then true.

    What was booked to another shop because of it goes too; a booking taken back leaves its slip in question again.
    `counted_by_shop` is the shop's count that was recorded with it. Returns how many rows were taken back.
    """
    given = finding.a_reason(reason)
    rows = [finding.evidence(tx, one) for one in dict.fromkeys(evidence_ids)]
    if any(row.taken_back_at is not None for row in rows):
        raise RuleRefused(Refusal.EVIDENCE_ALREADY_WITHDRAWN)
    concerned = _siblings(tx, rows)
    rows += [one for one in rulings.bookings(tx, rows) if one not in rows]
    hashes = {row.content_hash for row in rows}
    found_there = [one for one in concerned if one not in rows and rulings.booked(one) in hashes]
    rulings.unrule(tx, found_there, reason=given, at=at, by=by)
    rulings.take_back(rows, reason=given, at=at)
    tx.session.flush()
    _uncount(tx, {row.collection_id for row in rows if row.collection_id is not None}, counted_by_shop)
    days = {(row.shop_id, row.day) for row in rows if row.kind is EvidenceKind.SLIP}
    resettle(tx, [*_vouchers_of(rows), *_vouchers_after(tx, days)])
    tx.audit("evidence.withdraw", by=by, at=at, changed=_CHANGED, rows=len(rows), reason=given)
    return len(rows)


def _siblings(tx: Transaction, rows: Sequence[Evidence]) -> list[Evidence]:
    """Slips that were found in another shop's envelope and booked from there."""
    wanted = select(Evidence).where(
        Evidence.voucher_id.in_(_vouchers_of(rows)),
        Evidence.outcome == Outcome.WRONG_SHOP,
        Evidence.decision.is_not(None),
        Evidence.taken_back_at.is_(None),
    )
    return list(tx.session.scalars(wanted))


def _round(tx: Transaction, shop_id: int, day: date, note: str) -> Collection:
    found = tx.session.scalar(select(Collection).where(Collection.shop_id == shop_id, Collection.day == day))
    if found is None:
        found = Collection(shop_id=shop_id, day=day, note=note.strip())
        tx.session.add(found)
        tx.session.flush()
    return found


def _uncount(tx: Transaction, round_ids: set[int], counted: int | None) -> None:
    """Take the shop's count off its round; a round without any slip left has none."""
    for round_ in tx.session.scalars(select(Collection).where(Collection.id.in_(round_ids))):
        if not tx.session.scalar(select(took_place()).where(Collection.id == round_.id)):
            round_.counted_by_shop = None
        elif counted is not None and round_.counted_by_shop is not None:
            round_.counted_by_shop = max(0, round_.counted_by_shop - counted)


def _vouchers_of(rows: Iterable[Evidence]) -> list[int]:
    return [row.voucher_id for row in rows if row.voucher_id is not None]


def _vouchers_after(tx: Transaction, days: Iterable[tuple[int, date]]) -> list[int]:
    """Vouchers with slips of the rounds that follow: one recorded late, or taken back, moves when those were taken."""
    found: list[int] = []
    for shop_id, day in days:
        following = tx.session.scalar(
            select(Collection.day)
            .where(Collection.shop_id == shop_id, Collection.day > day, took_place())
            .order_by(Collection.day)
            .limit(1)
        )
        since = select(Evidence.voucher_id).where(
            Evidence.shop_id == shop_id,
            Evidence.day > day,
            Evidence.kind == EvidenceKind.SLIP,
            Evidence.voucher_id.is_not(None),
        )
        if following is not None:
            since = since.where(Evidence.day <= following)
        found += [one for one in tx.session.scalars(since) if one is not None]
    return found
