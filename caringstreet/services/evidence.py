"""Records what came back and materialises what follows from it: one redemption a voucher."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from caringstreet.clock import local_day, local_time
from caringstreet.model.evidence import Collection, Evidence, Redemption
from caringstreet.model.households import Household
from caringstreet.model.offers import Offer, OfferVersion
from caringstreet.model.shops import Shop
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.changes import Changed
from caringstreet.rules.codes import code_of
from caringstreet.rules.evidence import Answer, Attempt, Channel, Decision, EvidenceKind, Outcome, Verdict
from caringstreet.rules.offers import outside_window
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.shops import ShopState
from caringstreet.services import finding
from caringstreet.services.settling import resettle
from caringstreet.storage.transaction import Transaction

_CHANGED = (Changed.EVIDENCE, Changed.VOUCHERS)


@dataclass(frozen=True)
class ScanAnswer:
    """What one scan answered. `facts` name what the sentence needs (shop, day, reason, new code …)."""

    text: str
    outcome: Outcome
    verdict: Verdict
    evidence_id: int | None = None
    voucher_id: int | None = None
    sheet_id: int | None = None
    code: str = ""
    offer: str = ""
    title_zh: str = ""
    title_en: str = ""
    fund_cents: int = 0
    shop_cents: int = 0
    valid_to: date | None = None
    repeated: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


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

    `at` is the moment of a claim (UTC); a slip has only `day`, the round's (default the local day of `at`).
    The same list given again changes nothing and gets the first answers. Run it in a rehearsal to look only.
    """
    shop = finding.shop(tx, shop_id)
    day = day or local_day(at)
    round_ = _round(tx, shop_id, day, counted_by_shop, note) if channel is Channel.SLIP else None
    known = _Known(tx, attempts)
    list_key = _digest(*sorted(one.text for one in attempts)) if channel is Channel.SLIP else ""
    seen: Counter[str] = Counter()
    rows: list[tuple[Attempt, Evidence, bool]] = []
    for attempt in attempts:
        what = str(attempt.serial) if attempt.serial is not None else attempt.text.strip()
        seen[what] += 1
        moment = day.isoformat() if channel is Channel.SLIP else at.isoformat()
        content = _digest(channel.kind, channel, str(shop_id), moment, what, list_key, str(seen[what]))
        former = tx.session.scalar(select(Evidence).where(Evidence.content_hash == content))
        if former is not None:
            rows.append((attempt, former, True))
            continue
        row = _new_row(attempt, known, shop, channel, content, at, day, by)
        row.collection_id = round_.id if round_ else None
        row.note = note
        tx.session.add(row)
        rows.append((attempt, row, False))
    tx.session.flush()
    touched = {row.voucher_id for _, row, repeated in rows if row.voucher_id is not None and not repeated}
    resettle(tx, [*touched, *_vouchers_of_next_round(tx, shop_id, day, channel)])
    answers = tuple(_answer(tx, known, attempt, row, repeated) for attempt, row, repeated in rows)
    fresh = tuple(row.id for _, row, repeated in rows if not repeated)
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
    return RecordedScans(answers, round_.id if round_ else None, fresh)


def record_unreadable(
    tx: Transaction,
    *,
    shop_id: int,
    day: date,
    note: str,
    at: datetime,
    by: str,
    offer_id: int | None = None,
    voucher_id: int | None = None,
) -> int:
    """Keep a soaked or torn slip as a question: found by shop, offer and day, with the voucher where one is likely."""
    finding.shop(tx, shop_id)
    round_ = _round(tx, shop_id, day, None, "")
    number = tx.session.scalar(select(func.count()).where(Evidence.collection_id == round_.id)) or 0
    row = Evidence(
        content_hash=_digest("unreadable", str(shop_id), day.isoformat(), str(number), at.isoformat()),
        kind=EvidenceKind.SLIP,
        channel=Channel.SLIP,
        voucher_id=None,
        offer_id=offer_id,
        text="" if voucher_id is None else code_of(finding.voucher(tx, voucher_id).serial),
        shop_id=shop_id,
        collection_id=round_.id,
        day=day,
        received_at=at,
        outcome=Outcome.UNREADABLE,
        verdict=Verdict.ASK,
        flags=[],
        note=note.strip(),
        recorded_by=by,
    )
    tx.session.add(row)
    tx.session.flush()
    tx.audit("evidence.record_unreadable", by=by, at=at, subject=("evidence", row.id), changed=_CHANGED)
    return row.id


def decide(
    tx: Transaction,
    *,
    evidence_id: int,
    decision: Decision,
    reason: str,
    at: datetime,
    by: str,
    voucher_id: int | None = None,
) -> None:
    """Answer an *ask*: accepted evidence redeems the voucher, refused evidence does not. Asks a reason.

    `voucher_id` names the voucher of an unreadable slip. Refuses to redeem a code a second time.
    """
    row = finding.evidence(tx, evidence_id)
    given = finding.a_reason(reason)
    if row.decision is not None or row.taken_back_at is not None:
        raise RuleRefused(Refusal.EVIDENCE_ALREADY_DECIDED)
    if row.verdict is not Verdict.ASK:
        raise RuleRefused(Refusal.EVIDENCE_CANNOT_REDEEM, outcome=row.outcome)
    if decision is Decision.ACCEPTED:
        if row.outcome is Outcome.SECOND_SHEET:
            raise RuleRefused(Refusal.EVIDENCE_CANNOT_REDEEM, outcome=row.outcome)
        if row.voucher_id is None:
            if voucher_id is None:
                raise RuleRefused(Refusal.EVIDENCE_NEEDS_VOUCHER)
            row.voucher_id = finding.voucher(tx, voucher_id).id
    row.decision, row.decided_by, row.decided_reason = decision, by, given
    if row.voucher_id is None:
        row.verdict = Verdict.REFUSED
    tx.session.flush()
    resettle(tx, [row.voucher_id] if row.voucher_id else [])
    tx.audit(
        "evidence.decide",
        by=by,
        at=at,
        subject=("evidence", row.id),
        changed=_CHANGED,
        decision=decision,
        reason=given,
    )


def book_to_own_shop(tx: Transaction, *, evidence_id: int, at: datetime, by: str) -> ScanAnswer:
    """Book a slip found in another shop's envelope to the shop that it belongs to, in that shop's round of the day."""
    row = finding.evidence(tx, evidence_id)
    if row.outcome is not Outcome.WRONG_SHOP or row.voucher_id is None:
        raise RuleRefused(Refusal.EVIDENCE_CANNOT_REDEEM, outcome=row.outcome)
    if row.decision is not None or row.taken_back_at is not None:
        raise RuleRefused(Refusal.EVIDENCE_ALREADY_DECIDED)
    voucher = finding.voucher(tx, row.voucher_id)
    shop = finding.shop(tx, finding.offer(tx, voucher.offer_id).shop_id)
    attempt = Attempt(row.text, voucher.serial)
    known = _Known(tx, [attempt])
    content = _digest("booked", row.content_hash)
    moved = _new_row(attempt, known, shop, row.channel, content, row.happened_at or at, row.day, by)
    if row.kind is EvidenceKind.SLIP:
        moved.collection_id = _round(tx, shop.id, row.day, None, "").id
    row.decision, row.decided_by, row.decided_reason = Decision.REFUSED, by, shop.code
    tx.session.add(moved)
    tx.session.flush()
    resettle(tx, [voucher.id])
    tx.audit("evidence.book_to_own_shop", by=by, at=at, subject=("evidence", row.id), changed=_CHANGED)
    return _answer(tx, known, attempt, moved, repeated=False)


def withdraw(tx: Transaction, *, evidence_ids: Sequence[int], reason: str, at: datetime, by: str) -> int:
    """Take back evidence that was recorded by mistake; the rows stay, the vouchers go back to what is then true."""
    given = finding.a_reason(reason)
    rows = [finding.evidence(tx, one) for one in evidence_ids]
    for row in rows:
        if row.taken_back_at is not None:
            raise RuleRefused(Refusal.EVIDENCE_ALREADY_WITHDRAWN)
        row.taken_back_at = at
        row.content_hash = f"taken back {row.id} {row.content_hash}"
        row.note = given
    tx.session.flush()
    resettle(tx, [row.voucher_id for row in rows if row.voucher_id is not None])
    tx.audit("evidence.withdraw", by=by, at=at, changed=_CHANGED, rows=len(rows), reason=given)
    return len(rows)


def _round(tx: Transaction, shop_id: int, day: date, counted: int | None, note: str) -> Collection:
    found = tx.session.scalar(select(Collection).where(Collection.shop_id == shop_id, Collection.day == day))
    if found is None:
        found = Collection(shop_id=shop_id, day=day, note=note.strip())
        tx.session.add(found)
    if counted is not None:
        found.counted_by_shop = (found.counted_by_shop or 0) + counted
    tx.session.flush()
    return found


def _vouchers_of_next_round(tx: Transaction, shop_id: int, day: date, channel: Channel) -> list[int]:
    """A round recorded late can make slips of the following round late: those are decided anew."""
    if channel is not Channel.SLIP:
        return []
    following = tx.session.scalar(
        select(func.min(Collection.day)).where(Collection.shop_id == shop_id, Collection.day > day)
    )
    if following is None:
        return []
    rows = tx.session.scalars(
        select(Evidence.voucher_id).where(Evidence.shop_id == shop_id, Evidence.day == following)
    )
    return [one for one in rows if one is not None]


class _Known:
    """The vouchers that a list of attempts speaks of, with their offers and terms."""

    def __init__(self, tx: Transaction, attempts: Sequence[Attempt]) -> None:
        serials = sorted({one.serial for one in attempts if one.serial is not None})
        self.vouchers: dict[int, tuple[Voucher, Offer, OfferVersion, Shop, Household]] = {}
        for start in range(0, len(serials), 400):
            rows = tx.session.execute(
                select(Voucher, Offer, OfferVersion, Shop, Household)
                .join(Offer, Offer.id == Voucher.offer_id)
                .join(OfferVersion, OfferVersion.id == Voucher.offer_version_id)
                .join(Shop, Shop.id == Offer.shop_id)
                .join(Household, Household.id == Voucher.household_id)
                .where(Voucher.serial.in_(serials[start : start + 400]))
            )
            for voucher, offer, version, shop, household in rows:
                self.vouchers[voucher.serial] = (voucher, offer, version, shop, household)
        self._tx = tx

    def flags(self, serial: int, channel: Channel, at: datetime, day: date) -> list[str]:
        """Remarks that do not stop a redemption; a slip has no hour, so only a claim can be out of hours."""
        voucher, _, version, shop, household = self.vouchers[serial]
        terms = version.terms()
        flags = []
        if channel.kind is EvidenceKind.CLAIM:
            if outside_window(terms, local_time(at)):
                flags.append(Outcome.OUTSIDE_WINDOW)
            if terms.per_visit is not None and self._same_day(voucher, day) >= terms.per_visit:
                flags.append(Outcome.OVER_LIMIT)
        if shop.state is not ShopState.ACTIVE:
            flags.append(Outcome.SHOP_INACTIVE)
        if household.left_on is not None and household.left_on <= day:
            flags.append(Outcome.HOUSEHOLD_CLOSED)
        return [str(flag) for flag in flags]

    def _same_day(self, voucher: Voucher, day: date) -> int:
        return (
            self._tx.session.scalar(
                select(func.count())
                .select_from(Redemption)
                .join(Voucher, Voucher.id == Redemption.voucher_id)
                .where(
                    Voucher.household_id == voucher.household_id,
                    Voucher.offer_id == voucher.offer_id,
                    Voucher.id != voucher.id,
                    Redemption.day == day,
                )
            )
            or 0
        )


def _new_row(
    attempt: Attempt,
    known: _Known,
    shop: Shop,
    channel: Channel,
    content: str,
    at: datetime,
    day: date,
    by: str,
) -> Evidence:
    found = known.vouchers.get(attempt.serial) if attempt.serial is not None else None
    answer = Answer(attempt.problem or Outcome.UNKNOWN_CODE, Verdict.REFUSED)
    if attempt.problem is Outcome.UNREADABLE:
        answer = Answer(Outcome.UNREADABLE, Verdict.ASK)
    return Evidence(
        content_hash=content,
        kind=channel.kind,
        channel=channel,
        voucher_id=found[0].id if found else None,
        text=attempt.text.strip(),
        shop_id=shop.id,
        day=day,
        happened_at=at if channel.kind is EvidenceKind.CLAIM else None,
        received_at=at,
        outcome=answer.outcome,
        verdict=answer.verdict,
        flags=known.flags(attempt.serial, channel, at, day) if found and attempt.serial is not None else [],
        recorded_by=by,
    )


def _answer(tx: Transaction, known: _Known, attempt: Attempt, row: Evidence, repeated: bool) -> ScanAnswer:
    outcome, verdict = row.outcome, row.verdict
    if repeated and row.kind is EvidenceKind.CLAIM and row.voucher_id is not None:
        outcome, verdict = Outcome.ALREADY_KNOWN, Verdict.MERGED
    found = known.vouchers.get(attempt.serial) if attempt.serial is not None else None
    if found is None:
        return ScanAnswer(attempt.text, outcome, verdict, row.id, repeated=repeated)
    voucher, offer, version, shop, _ = found
    return ScanAnswer(
        text=attempt.text,
        outcome=outcome,
        verdict=verdict,
        evidence_id=row.id,
        voucher_id=voucher.id,
        sheet_id=voucher.sheet_id,
        code=code_of(voucher.serial),
        offer=offer.code,
        title_zh=version.title_zh,
        title_en=version.title_en,
        fund_cents=version.fund_cents,
        shop_cents=version.shop_cents,
        valid_to=voucher.valid_to,
        repeated=repeated,
        facts=_answer_facts(tx, outcome, voucher, shop, row),
    )


def _answer_facts(tx: Transaction, outcome: Outcome, voucher: Voucher, shop: Shop, row: Evidence) -> dict[str, Any]:
    """What the sentence of an outcome needs: days as `date`, names in both languages."""
    facts: dict[str, Any] = {"first_day": voucher.valid_from, "last_day": voucher.valid_to}
    if outcome is Outcome.WRONG_SHOP:
        facts |= {"shop": shop.code, "shop_zh": shop.name_zh, "shop_en": shop.name_en}
    elif outcome is Outcome.VOID and voucher.ended_at is not None:
        new = tx.session.scalar(select(Voucher.serial).where(Voucher.replaces_id == voucher.id))
        facts |= {
            "day": local_day(voucher.ended_at),
            "reason": voucher.end_reason,
            "new_code": code_of(new) if new is not None else "",
        }
    elif outcome in (Outcome.ALREADY_USED, Outcome.SECOND_SHEET, Outcome.ALREADY_KNOWN, Outcome.RECONCILED):
        facts |= _first_seen(tx, voucher, row)
    return facts


def _first_seen(tx: Transaction, voucher: Voucher, row: Evidence) -> dict[str, Any]:
    first = tx.session.execute(
        select(Evidence.day, Evidence.channel, Evidence.recorded_by, Shop.code, Shop.name_zh, Shop.name_en)
        .join(Shop, Shop.id == Evidence.shop_id)
        .where(
            Evidence.voucher_id == voucher.id,
            Evidence.id != row.id,
            Evidence.taken_back_at.is_(None),
            Evidence.verdict.in_((Verdict.REDEEMS, Verdict.CONFIRMS)),
        )
        .order_by(Evidence.day, Evidence.id)
    ).first()
    if first is None:
        return {}
    return {
        "day": first.day,
        "channel": first.channel,
        "by": first.recorded_by,
        "shop": first.code,
        "shop_zh": first.name_zh,
        "shop_en": first.name_en,
    }


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
