"""What a person must decide, each with all that speaks for and against it; what was decided, by whom and why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from caringstreet.model.evidence import Collection, DecisionEntry, Evidence, Redemption
from caringstreet.model.households import Household
from caringstreet.model.vouchers import Voucher
from caringstreet.queries import evidence, voucher_detail
from caringstreet.queries.evidence import EvidenceRow
from caringstreet.queries.voucher_detail import VoucherDetail
from caringstreet.rules.evidence import Decision, EvidenceKind, Outcome, Verdict
from caringstreet.rules.months import Month
from caringstreet.rules.questions import QuestionFacts, QuestionKind, Ruling, Suggestion, kind_of, suggest
from caringstreet.storage.database import Reader

_AT_ONCE = 400
_DECISION = (
    DecisionEntry.evidence_id,
    DecisionEntry.kind,
    DecisionEntry.ruling,
    DecisionEntry.reason,
    DecisionEntry.at,
    DecisionEntry.by,
    DecisionEntry.reversed_at,
    DecisionEntry.reversed_by,
    DecisionEntry.reversed_reason,
)


@dataclass(frozen=True)
class QuestionRow:
    """A question is named by the evidence that it is about."""

    question_id: int
    kind: QuestionKind
    evidence: EvidenceRow
    household: str
    suggestion: Suggestion


@dataclass(frozen=True)
class DecisionRow:
    """One answer, with who gave it, when and why; `reversed_…` where somebody took it back."""

    question_id: int
    kind: QuestionKind
    ruling: Ruling
    reason: str
    at: datetime
    by: str
    reversed_at: datetime | None
    reversed_by: str
    reversed_reason: str


@dataclass(frozen=True)
class RoundRow:
    """A round at the shop: its slips and the shop's own count."""

    day: date
    slips: int
    counted_by_shop: int | None


@dataclass(frozen=True)
class QuestionDetail:
    """`beside` is all other evidence of the voucher, `rounds` the shop's around the day in question."""

    question: EvidenceRow
    beside: tuple[EvidenceRow, ...]
    rounds: tuple[RoundRow, ...]
    voucher: VoucherDetail | None
    decisions: tuple[DecisionRow, ...]


def open_question_ids(reader: Reader, today: date) -> list[int]:
    """The ids of all that waits for a person, the oldest first."""
    asked = _ids().where(Evidence.verdict == Verdict.ASK)
    to_book = _ids().where(
        Evidence.verdict == Verdict.REFUSED,
        Evidence.decision.is_(None),
        Evidence.outcome == Outcome.WRONG_SHOP,
        Evidence.kind == EvidenceKind.SLIP,
    )
    found = {row.id: row.day for wanted in (asked, to_book, _unpapered(today)) for row in reader.execute(wanted)}
    return sorted(found, key=lambda one: (found[one], one))


def open_questions(reader: Reader, today: date) -> list[QuestionRow]:
    """All that waits for a person, the oldest first, each with the answer that is suggested."""
    found = _evidence(reader, open_question_ids(reader, today))
    missing = _without_slip(reader, found)
    papers = _papers(reader, found)
    rows = []
    for one in found:
        kind = kind_of(one.outcome, one.verdict, one.kind) or QuestionKind.OTHER
        printed, household = papers.get(one.voucher_id or 0, (True, ""))
        facts = QuestionFacts(kind, one.kind is EvidenceKind.SLIP, printed, missing[one.shop_id, Month.of(one.day)])
        rows.append(QuestionRow(one.evidence_id, kind, one, household, suggest(facts)))
    return rows


def decided(reader: Reader, most: int = 500) -> list[tuple[DecisionRow, EvidenceRow]]:
    """The decisions in force with their evidence, the newest first."""
    wanted = (
        select(*_DECISION)
        .join(Evidence, Evidence.id == DecisionEntry.evidence_id)
        .where(DecisionEntry.reversed_at.is_(None), Evidence.taken_back_at.is_(None))
    )
    rows = [DecisionRow(*row) for row in reader.execute(wanted.order_by(DecisionEntry.id.desc()).limit(most))]
    found = {one.evidence_id: one for one in _evidence(reader, [row.question_id for row in rows])}
    latest = {row.question_id: row for row in reversed(rows)}
    return [(row, found[row.question_id]) for row in rows if latest[row.question_id] is row and row.question_id in found]


def detail(reader: Reader, question_id: int, today: date) -> QuestionDetail | None:
    """Everything about one question; None where its evidence was taken back."""
    found = _evidence(reader, [question_id])
    if not found:
        return None
    one = found[0]
    beside = evidence.of_vouchers(reader, [one.voucher_id])[one.voucher_id] if one.voucher_id is not None else []
    return QuestionDetail(
        question=one,
        beside=tuple(other for other in beside if other.evidence_id != question_id),
        rounds=_rounds(reader, one.shop_id, one.day),
        voucher=voucher_detail.detail(reader, one.voucher_id, today) if one.voucher_id is not None else None,
        decisions=tuple(
            DecisionRow(*row)
            for row in reader.execute(select(*_DECISION).where(DecisionEntry.evidence_id == question_id).order_by(DecisionEntry.id))
        ),
    )


def _ids() -> Select[int, date]:
    return select(Evidence.id, Evidence.day).where(Evidence.taken_back_at.is_(None))


def _unpapered(today: date) -> Select[int, date]:
    """Messages that redeem without a slip, once the paper should have come: after the shop's next round, or at month's end.

    One that a person confirmed is settled, whichever of the shop's messages it was.
    """
    confirming, other = aliased(Evidence), aliased(Evidence)
    confirmed = select(confirming.id).where(
        confirming.voucher_id == Evidence.voucher_id,
        confirming.shop_id == Evidence.shop_id,
        confirming.kind == EvidenceKind.CLAIM,
        confirming.decision == Decision.ACCEPTED,
        confirming.taken_back_at.is_(None),
    )
    later_round = (
        select(Collection.id)
        .join(other, other.collection_id == Collection.id)
        .where(Collection.shop_id == Redemption.shop_id, Collection.day > Redemption.day, other.taken_back_at.is_(None))
    )
    return (
        _ids()
        .join(Redemption, Redemption.voucher_id == Evidence.voucher_id)
        .where(
            Redemption.without_slip,
            or_(Redemption.day <= _ended(today), later_round.exists()),
            Evidence.verdict == Verdict.REDEEMS,
            Evidence.kind == EvidenceKind.CLAIM,
            Evidence.decision.is_(None),
            ~confirmed.exists(),
        )
    )


def _ended(today: date) -> date:
    """The last day of the newest month that ends today or earlier."""
    month = Month.of(today)
    return today if today == month.last_day else month.first_day - timedelta(days=1)


def _evidence(reader: Reader, ids: Sequence[int]) -> list[EvidenceRow]:
    found = []
    for start in range(0, len(ids), _AT_ONCE):
        found += evidence.by_ids(reader, ids[start : start + _AT_ONCE])
    return found


def _without_slip(reader: Reader, rows: Sequence[EvidenceRow]) -> Counter[tuple[int, Month]]:
    """Redemptions without slip by shop and month, of the shops that are asked about."""
    shops = {row.shop_id for row in rows if row.verdict is Verdict.REDEEMS}
    found = reader.execute(select(Redemption.shop_id, Redemption.day).where(Redemption.without_slip, Redemption.shop_id.in_(shops)))
    return Counter((row.shop_id, Month.of(row.day)) for row in found)


def _papers(reader: Reader, rows: Sequence[EvidenceRow]) -> dict[int, tuple[bool, str]]:
    """Whether each voucher was ever printed, and its household's number."""
    ids = sorted({row.voucher_id for row in rows if row.voucher_id is not None})
    found: dict[int, tuple[bool, str]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        wanted = (
            select(Voucher.id, Voucher.print_count, Household.number)
            .join(Household, Household.id == Voucher.household_id)
            .where(Voucher.id.in_(ids[start : start + _AT_ONCE]))
        )
        found |= {row.id: (row.print_count > 0, row.number) for row in reader.execute(wanted)}
    return found


def _rounds(reader: Reader, shop_id: int, day: date, most: int = 2) -> tuple[RoundRow, ...]:
    """The shop's rounds nearest to a day: those before it, its own, those after it."""
    rounds: Counter[date] = Counter()
    counts: dict[date, int | None] = {}
    for row in reader.execute(
        select(Collection.day, Collection.counted_by_shop)
        .join(Evidence, Evidence.collection_id == Collection.id)
        .where(Collection.shop_id == shop_id, Evidence.taken_back_at.is_(None))
    ):
        rounds[row.day] += 1
        counts[row.day] = row.counted_by_shop
    before = sorted(one for one in rounds if one < day)[-most:]
    after = sorted(one for one in rounds if one >= day)[:most]
    return tuple(RoundRow(one, rounds[one], counts[one]) for one in (*before, *after))
