"""Records what chats tell: the same line by any way, in any order, any number of times, is one piece of evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from caringstreet.model.devices import MessageSender
from caringstreet.model.evidence import Evidence
from caringstreet.model.vouchers import Voucher
from caringstreet.progress import NoProgress, Progress
from caringstreet.rules.changes import Changed
from caringstreet.rules.claims import clock_doubtful
from caringstreet.rules.codes import one_slip_away
from caringstreet.rules.evidence import Channel, Outcome, Verdict
from caringstreet.rules.messages import MessageKind, Told
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import finding
from caringstreet.services.evidence_answers import answers
from caringstreet.services.evidence_rows import Known, new_row, rows_with
from caringstreet.services.message_rows import Placed, Places, believe, decide_time, first_days, kind_of, known_since
from caringstreet.services.message_senders import keep_senders
from caringstreet.services.settling import resettle
from caringstreet.storage.transaction import Transaction

_CHANGED = (Changed.EVIDENCE, Changed.VOUCHERS)
_AT_ONCE = 400
#: Words of a chat that are looked at for a slip; no chat of a street has more that look like a code.
_MOST_WORDS = 2_000


@dataclass(frozen=True)
class MessageRow:
    """What became of one line; `at` is the time that counts, `code` empty where no voucher is known.

    `clock_off` says that the phone's clock was impossible, or far from its message. `facts` as of a scan's answer.
    """

    told: Told
    kind: MessageKind
    outcome: Outcome | None = None
    verdict: Verdict | None = None
    shop_id: int | None = None
    at: datetime | None = None
    code: str = ""
    offer: str = ""
    title_zh: str = ""
    title_en: str = ""
    clock_off: bool = False
    evidence_id: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RecordedMessages:
    """Rows in the order of the chat; `evidence_ids` are those that were new, `own` the centre's own answers passed over."""

    rows: tuple[MessageRow, ...]
    evidence_ids: tuple[int, ...]
    own: int

    def count(self, *kinds: MessageKind) -> int:
        """How many rows are of these classes."""
        return sum(1 for one in self.rows if one.kind in kinds)

    def unknown_senders(self) -> dict[str, int]:
        """Senders that nobody has named yet, as the chat shows them, with how many codes each sent."""
        found: dict[str, int] = {}
        for one in self.rows:
            if one.kind is MessageKind.UNKNOWN_SENDER:
                found[one.told.sender] = found.get(one.told.sender, 0) + 1
        return found


def record(
    tx: Transaction,
    *,
    told: Sequence[Told],
    at: datetime,
    by: str,
    senders: Mapping[str, int | None] | None = None,
    nameless_shop_id: int | None = None,
    progress: Progress | None = None,
) -> RecordedMessages:
    """Keep the lines and codes of a chat as claims and decide their vouchers anew, in one action.

    `senders` says once whose names are a shop's, or with None the centre's own; `nameless_shop_id` whose codes are
    those that come without a sender, this time only. A signed line is believed whoever passed it on; a line with a
    wrong signature, or of a revoked phone, is kept and counts for nothing; a bare code counts only from a shop's
    sender. The same chat again changes nothing. Run it in a rehearsal to look only.
    """
    progress = progress or NoProgress()
    named = keep_senders(tx, senders or {}, at=at, by=by)
    if nameless_shop_id is not None:
        finding.shop(tx, nameless_shop_id)
    places = Places(tx, nameless_shop_id)
    placed = [places.place(one) for one in told]
    own = sum(1 for one in placed if one is None)
    known = Known(tx, [one.attempt for one in placed if one is not None])
    meant = _meant(tx, [one for one in placed if one is not None and not one.told.sure and one.attempt.serial is None])
    shown = [one for one in placed if one is not None and (one.told.sure or known.of(one.attempt) is not None or one.told.text in meant)]
    half = len(shown)
    kept = _Kept(tx, places, known, at=at, by=by)
    kept.take([one for one in shown if one.shop_id is not None], progress, 2 * half)
    vouchers = sorted(kept.concerned)
    for start in range(0, len(vouchers), _AT_ONCE):
        progress.at(half + start, 2 * half)
        resettle(tx, vouchers[start : start + _AT_ONCE])
    progress.at(2 * half, 2 * half)
    tx.audit("messages.record", by=by, at=at, changed=_CHANGED, lines=len(shown), new=len(kept.new), senders=named)
    new = tuple(row.id for row in kept.new)
    return RecordedMessages(_rows(tx, known, shown, kept), new, own)


def _meant(tx: Transaction, words: Sequence[Placed]) -> set[str]:
    """Which of these words among others are a code of the street with one slip; any other word is let go."""
    near = {text: one_slip_away(text) for text in list(dict.fromkeys(one.told.text for one in words))[:_MOST_WORDS]}
    serials = sorted(set().union(*near.values()))
    made: set[int] = set()
    for start in range(0, len(serials), _AT_ONCE):
        made |= set(tx.session.scalars(select(Voucher.serial).where(Voucher.serial.in_(serials[start : start + _AT_ONCE]))))
    return {text for text, meant in near.items() if meant & made}


def forget_sender(tx: Transaction, *, sender_id: int, at: datetime, by: str) -> None:
    """No longer take a sender for the shop that was said; what was recorded stays. Refuses one that is gone."""
    found = tx.session.get(MessageSender, sender_id)
    if found is None:
        raise RuleRefused(Refusal.SENDER_UNKNOWN)
    tx.session.delete(found)
    tx.audit("messages.forget_sender", by=by, at=at, changed=_CHANGED)


class _Kept:
    """The rows of evidence behind the lines of one chat: those that were there, and new ones."""

    def __init__(self, tx: Transaction, places: Places, known: Known, *, at: datetime, by: str) -> None:
        self._tx, self._places, self._known, self._at, self._by = tx, places, known, at, by
        self._days: dict[int, datetime] = {}
        self.former: frozenset[str] = frozenset()
        self.by_content: dict[str, Evidence] = {}
        self.new: list[Evidence] = []
        self.concerned: set[int] = set()

    def take(self, placed: Sequence[Placed], progress: Progress, total: int) -> None:
        """Keep each line, or learn from it what is news of a line kept before."""
        self._days = first_days(self._tx, [one.attempt.serial for one in placed if one.attempt.serial is not None])
        groups = _grouped(placed)
        self.by_content = rows_with(self._tx, list(groups))
        self.former = frozenset(self.by_content)
        for number, (content, lines) in enumerate(groups.items()):
            if number % _AT_ONCE == 0:
                progress.at(number, total)
            row = self.by_content.get(content)
            if row is None:
                self._keep(lines)
            elif self._learn(row, lines):
                self._weigh(row, lines[0])
        self._tx.session.flush()

    def _keep(self, lines: Sequence[Placed]) -> None:
        first = lines[0]
        assert first.shop_id is not None
        row = new_row(
            first.attempt,
            self._known,
            shop_id=first.shop_id,
            channel=Channel.WHATSAPP,
            content=first.content,
            at=self._at,
            received_at=self._at,
            day=self._at.date(),
            by=self._by,
        )
        row.repeats = 0
        row.device_id = first.device_id
        row.seq = first.told.claim.seq if first.told.claim is not None and first.device_id is not None else None
        row.said_at = first.said_at
        self._learn(row, lines)
        self._weigh(row, first)
        self._tx.session.add(row)
        self.new.append(row)
        self.by_content[first.content] = row

    def _learn(self, row: Evidence, lines: Sequence[Placed]) -> bool:
        """The earliest time at which it was sent, and how often more it stood in one chat; True where that is news."""
        sent = [one.sent_at for one in lines if one.sent_at is not None]
        if row.sent_at is not None:
            sent.append(row.sent_at)
        before = (row.sent_at, row.repeats)
        row.sent_at = min(sent, default=None)
        row.repeats = max(row.repeats, len(lines) - 1)
        return (row.sent_at, row.repeats) != before

    def _weigh(self, row: Evidence, line: Placed) -> None:
        """Decide anew what a line is worth; what a person has decided of it stands."""
        if row.decision is not None:
            return
        if row.voucher_id is not None:
            self.concerned.add(row.voucher_id)
        decide_time(row, self._days.get(line.attempt.serial) if line.attempt.serial is not None else None)
        set_aside = self._places.is_revoked(row.device_id, known_since(row))
        believe(row, line.attempt, self._known, set_aside=set_aside)
        if row.voucher_id is not None:
            self.concerned.add(row.voucher_id)


def _grouped(placed: Sequence[Placed]) -> dict[str, list[Placed]]:
    found: dict[str, list[Placed]] = {}
    for one in placed:
        found.setdefault(one.content, []).append(one)
    return found


def _rows(tx: Transaction, known: Known, shown: Sequence[Placed], kept: _Kept) -> tuple[MessageRow, ...]:
    """Each line with what became of it; the second of two that are the same is known."""
    there = [one for one in shown if one.content in kept.by_content]
    said = answers(tx, known, [(one.attempt, kept.by_content[one.content], False) for one in there])
    found, seen = iter(said), set(kept.former)
    rows = []
    for one in shown:
        row = kept.by_content.get(one.content)
        if row is None:
            kind = MessageKind.BAD_MAC if one.forged else MessageKind.UNKNOWN_SENDER
            outcome = Outcome.BAD_SIGNATURE if one.forged else None
            rows.append(MessageRow(one.told, kind, outcome, Verdict.REFUSED, at=one.sent_at))
            continue
        answer = next(found)
        kind = kind_of(row, forged=one.forged, known=one.content in seen)
        seen.add(one.content)
        again = kind is MessageKind.KNOWN
        off = row.said_at is not None and clock_doubtful(row.said_at, row.happened_at, row.sent_at)
        rows.append(
            MessageRow(
                told=one.told,
                kind=kind,
                outcome=Outcome.ALREADY_KNOWN if again else row.outcome,
                verdict=Verdict.MERGED if again else row.verdict,
                shop_id=row.shop_id,
                at=row.happened_at,
                code=answer.code,
                offer=answer.offer,
                title_zh=answer.title_zh,
                title_en=answer.title_en,
                clock_off=off,
                evidence_id=row.id,
                facts=answer.facts,
            )
        )
    return tuple(rows)
