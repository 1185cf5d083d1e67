"""A later last day for many open vouchers, and its way back."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select

from caringstreet.clock import local_day
from caringstreet.model.audit import AuditEntry
from caringstreet.model.evidence import Evidence
from caringstreet.model.offers import Offer
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.changes import Changed
from caringstreet.rules.codes import code_of
from caringstreet.rules.extension import ExtendedVoucher, why_not_undone
from caringstreet.rules.likely_days import DayOf
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.vouchers import OPEN
from caringstreet.services import finding
from caringstreet.services.day_checks import check_day
from caringstreet.services.settling import resettle
from caringstreet.storage.transaction import Transaction

_EXTENDED = "voucher.extend"
#: What the entry of an undo is about: the entry of the extension.
_SUBJECT = "extension"
_CHANGED = (Changed.VOUCHERS, Changed.HOUSEHOLDS, Changed.OFFERS, Changed.EVIDENCE)


@dataclass(frozen=True)
class ExtendedVouchers:
    """Which vouchers an extension, or its undo, concerned; `entry_id` is by which the extension is undone."""

    voucher_ids: tuple[int, ...]
    entry_id: int


def extend(
    tx: Transaction,
    *,
    due_from: date,
    due_to: date,
    until: date,
    reason: str,
    at: datetime,
    by: str,
    shop_id: int | None = None,
) -> ExtendedVouchers:
    """Give open vouchers whose last day lies in `due_from`..`due_to` a later last day, of one shop or of all.

    Refuses days out of order and an empty reason. What was printed shows an older day: `reprint_due` marks it.
    """
    given = finding.a_reason(reason)
    if due_from > due_to:
        raise RuleRefused(Refusal.DAYS_REVERSED, "due_to", first=due_from, last=due_to)
    check_day(tx, until, DayOf.END, local_day(at), "until")
    if until <= due_to:
        raise RuleRefused(Refusal.EXTENSION_NOT_LATER, "until", until=until, due=due_to)
    wanted = select(Voucher).where(Voucher.valid_to.between(due_from, due_to), Voucher.state.in_(OPEN))
    if shop_id is not None:
        wanted = wanted.where(Voucher.offer_id.in_(select(Offer.id).where(Offer.shop_id == shop_id)))
    vouchers = tx.session.scalars(wanted.order_by(Voucher.id)).all()
    before = _as_they_stand(vouchers)
    for voucher in vouchers:
        voucher.valid_to = until
        voucher.reprint_due = voucher.print_count > 0
    tx.session.flush()
    resettle(tx, [one.id for one in vouchers])
    entry = tx.audit(
        _EXTENDED,
        by=by,
        at=at,
        changed=_CHANGED,
        vouchers=len(vouchers),
        until=until.isoformat(),
        reason=given,
        before=before,
        last_evidence=tx.session.scalar(select(func.max(Evidence.id))) or 0,
    )
    tx.session.flush()
    return ExtendedVouchers(tuple(one.id for one in vouchers), entry.id)


def undo(tx: Transaction, *, at: datetime, by: str, entry_id: int | None = None) -> ExtendedVouchers:
    """Give vouchers the last days back that they had before one extension; without `entry_id` before the last that stands.

    Refuses one that is undone already, and the whole of it where one of its vouchers was redeemed, replaced, printed or
    extended again since, or would have passed in the meantime.
    """
    entry = _extension(tx, entry_id)
    facts, today = entry.facts, local_day(at)
    until = date.fromisoformat(facts["until"])
    came_in = set(tx.session.scalars(_came_in_since(facts["last_evidence"])))
    undone = []
    for voucher, last_day, due in _before(tx, facts["before"]):
        in_print = voucher.print_count > 0 and not voucher.reprint_due
        now = ExtendedVoucher(voucher.state, voucher.valid_to, in_print, voucher.id in came_in)
        refusal = why_not_undone(now, until=until, before=last_day, extended_on=local_day(entry.at), today=today)
        if refusal is not None:
            raise RuleRefused(refusal, code=code_of(voucher.serial), state=voucher.state, now=voucher.valid_to, before=last_day)
        voucher.valid_to, voucher.reprint_due = last_day, due
        undone.append(voucher.id)
    tx.session.flush()
    resettle(tx, undone)
    tx.audit("voucher.undo_extend", by=by, at=at, subject=(_SUBJECT, entry.id), changed=_CHANGED, vouchers=len(undone))
    return ExtendedVouchers(tuple(undone), entry.id)


def _as_they_stand(vouchers: Sequence[Voucher]) -> list[list[object]]:
    """For the entry: [last day, whether another paper is due, the vouchers' ids]."""
    found: dict[tuple[date, bool], list[int]] = defaultdict(list)
    for one in vouchers:
        found[one.valid_to, one.reprint_due].append(one.id)
    return [[last_day.isoformat(), due, ids] for (last_day, due), ids in found.items()]


def _before(tx: Transaction, kept: list[tuple[str, bool, list[int]]]) -> Iterator[tuple[Voucher, date, bool]]:
    for last_day, due, ids in kept:
        for voucher in finding.vouchers(tx, ids):
            yield voucher, date.fromisoformat(last_day), due


def _extension(tx: Transaction, entry_id: int | None) -> AuditEntry:
    """The entry of an extension that did something and can say what was before."""
    undone = select(AuditEntry.subject_id).where(AuditEntry.subject_kind == _SUBJECT)
    wanted = select(AuditEntry).where(AuditEntry.action == _EXTENDED).order_by(AuditEntry.id.desc())
    found = tx.session.scalars(wanted.where(AuditEntry.id == entry_id if entry_id is not None else AuditEntry.id.not_in(undone)))
    entry = next((one for one in found if one.facts.get("before")), None)
    if entry is None:
        raise RuleRefused(Refusal.EXTENSION_UNKNOWN)
    if tx.session.scalar(undone.where(AuditEntry.subject_id == entry.id)) is not None:
        raise RuleRefused(Refusal.EXTENSION_ALREADY_UNDONE)
    return entry


def _came_in_since(last_evidence: int) -> Select[int | None]:
    return select(Evidence.voucher_id).where(
        Evidence.id > last_evidence, Evidence.voucher_id.is_not(None), Evidence.taken_back_at.is_(None)
    )
