"""Vouchers: issue, print, hand out, replace, withdraw, take back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from caringstreet.clock import local_day
from caringstreet.model.audit import AuditEntry
from caringstreet.model.households import Consent
from caringstreet.model.vouchers import Voucher, VoucherSheet
from caringstreet.progress import NoProgress, Progress
from caringstreet.rules.changes import Changed
from caringstreet.rules.codes import code_of, new_serial
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.likely_days import DayOf
from caringstreet.rules.months import Month
from caringstreet.rules.offers import last_day_for
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.vouchers import OPEN, HandedTo, VoucherState
from caringstreet.services import finding
from caringstreet.services.day_checks import check_day, check_happened
from caringstreet.services.settling import resettle
from caringstreet.services.standing import Standings
from caringstreet.storage.transaction import Transaction

#: Two of 2^40 serials hardly ever meet; so many times only with a broken source of chance.
_MOST_DRAWS = 1_000

_CHANGED = (Changed.VOUCHERS, Changed.HOUSEHOLDS, Changed.OFFERS)


@dataclass(frozen=True)
class IssueLine:
    """`count` vouchers of an offer for a household, planned to be handed out on `day`."""

    household_id: int
    offer_id: int
    day: date
    count: int


@dataclass(frozen=True)
class RefusedLine:
    """A line that was not issued, and why; `position` is its place among the given lines."""

    position: int
    line: IssueLine
    refusal: RuleRefused


@dataclass(frozen=True)
class IssuedVouchers:
    voucher_ids: tuple[int, ...]
    sheet_ids: tuple[int, ...]
    refused: tuple[RefusedLine, ...]


def issue(
    tx: Transaction,
    *,
    lines: Sequence[IssueLine],
    random_bits: Callable[[int], int],
    at: datetime,
    by: str,
    progress: Progress | None = None,
    plan: str = "",
) -> IssuedVouchers:
    """Make the vouchers of all lines that the rules allow; each other line is refused whole, with its reason.

    `plan` is the fingerprint of a plan from a sheet: the same one again is asked about.
    Checks in order: household (state, consent, eligibility on the day), offer and shop, category, cap, limit, quota, fund.
    """
    progress = progress or NoProgress()
    _ask_again(tx, plan)
    standings = Standings(tx.session, lines, local_day(at))
    street = finding.the_street(tx)
    maker = _Maker(tx, key_id=standings.key_id, random_bits=random_bits, specimen=street.practice, at=at)
    refused = []
    for position, line in enumerate(lines):
        progress.at(position, len(lines))
        try:
            check_day(tx, line.day, DayOf.PLANNED, local_day(at))
            version = standings.allow(line)
            last_day = last_day_for(version.terms, line.day)
        except RuleRefused as refusal:
            refused.append(RefusedLine(position, line, refusal))
            continue
        standings.take(line)
        for _ in range(line.count):
            maker.make(line, version_id=version.id, last_day=last_day)
    tx.session.flush()
    issued = IssuedVouchers(tuple(one.id for one in maker.made), tuple(sheet.id for sheet in maker.sheets.values()), tuple(refused))
    given: dict[str, Any] = {"plan": plan} if plan else {}
    tx.audit("voucher.issue", by=by, at=at, changed=_CHANGED, issued=len(maker.made), refused=len(refused), **given)
    return issued


def _ask_again(tx: Transaction, plan: str) -> None:
    if not plan:
        return
    issued = AuditEntry.facts["issued"].as_integer()
    first = tx.session.execute(
        select(AuditEntry.at, issued)
        .where(AuditEntry.action == "voucher.issue", AuditEntry.facts["plan"].as_string() == plan, issued > 0)
        .order_by(AuditEntry.id)
        .limit(1)
    ).first()
    if first is not None:
        tx.ask(Doubt.PLAN_AGAIN, "plan", day=local_day(first[0]), issued=first[1])


class _Maker:
    """Makes voucher rows, one sheet for a household and day."""

    def __init__(self, tx: Transaction, *, key_id: int, random_bits: Callable[[int], int], specimen: bool, at: datetime) -> None:
        self._tx = tx
        self._key_id = key_id
        self._random_bits = random_bits
        self._specimen = specimen
        self._at = at
        self._serials: set[int] = set()
        self.sheets: dict[tuple[int, date], VoucherSheet] = {}
        self.made: list[Voucher] = []

    def make(
        self, line: IssueLine, *, version_id: int, last_day: date, first_day: date | None = None, replaces: int | None = None
    ) -> Voucher:
        voucher = Voucher(
            serial=self._fresh_serial(),
            key_id=self._key_id,
            offer_id=line.offer_id,
            offer_version_id=version_id,
            household_id=line.household_id,
            sheet_id=self._sheet(line).id,
            month=str(Month.of(first_day or line.day)),
            valid_from=first_day or line.day,
            valid_to=last_day,
            state=VoucherState.MADE,
            replaces_id=replaces,
        )
        self._tx.session.add(voucher)
        self.made.append(voucher)
        return voucher

    def _sheet(self, line: IssueLine) -> VoucherSheet:
        key = (line.household_id, line.day)
        if key not in self.sheets:
            sheet = VoucherSheet(
                household_id=line.household_id,
                month=str(Month.of(line.day)),
                planned_on=line.day,
                created_at=self._at,
            )
            self._tx.session.add(sheet)
            self._tx.session.flush()
            self.sheets[key] = sheet
        return self.sheets[key]

    def _fresh_serial(self) -> int:
        for _ in range(_MOST_DRAWS):
            serial = new_serial(self._random_bits, specimen=self._specimen)
            taken = self._tx.session.scalar(select(Voucher.id).where(Voucher.serial == serial))
            if taken is None and serial not in self._serials:
                self._serials.add(serial)
                return serial
        raise RuntimeError("the source of random bits repeats itself")


@dataclass(frozen=True)
class ChangedVouchers:
    """What an action did to vouchers; `skipped` were in that state already."""

    voucher_ids: tuple[int, ...]
    skipped: int = 0


def mark_printed(tx: Transaction, *, voucher_ids: Sequence[int], at: datetime, by: str) -> ChangedVouchers:
    """Record that these vouchers were printed; a second time is a reprint of the same code."""
    vouchers = finding.vouchers(tx, voucher_ids)
    reprinted = sum(1 for one in vouchers if one.print_count)
    for voucher in vouchers:
        voucher.print_count += 1
        voucher.printed_at = at
        voucher.reprint_due = False
    tx.audit("voucher.print", by=by, at=at, changed=(Changed.VOUCHERS,), printed=len(vouchers), reprinted=reprinted)
    return ChangedVouchers(tuple(one.id for one in vouchers))


def hand_out(
    tx: Transaction,
    *,
    voucher_ids: Sequence[int],
    day: date,
    to: HandedTo,
    at: datetime,
    by: str,
    reason: str = "",
) -> ChangedVouchers:
    """Record the hand-out with its day and who took it. Those handed out already are left as they are.

    Refuses a list that holds a withdrawn, replaced or returned voucher. A slip that waited for it is decided anew.
    """
    vouchers = finding.vouchers(tx, voucher_ids)
    ended = next((one for one in vouchers if one.ended_as is not None), None)
    if ended is not None:
        raise RuleRefused(Refusal.VOUCHER_ALREADY_ENDED, code=code_of(ended.serial), state=ended.ended_as)
    fresh = [one for one in vouchers if one.handed_out_on is None]
    check_happened(tx, day, local_day(at))
    _refuse_before_consent(tx, fresh, day)
    for voucher in fresh:
        voucher.handed_out_on = day
        voucher.handed_to = to
        voucher.hand_out_note = reason.strip()
        if voucher.state is VoucherState.MADE:
            voucher.state = VoucherState.HANDED_OUT
    tx.session.flush()
    resettle(tx, [one.id for one in fresh])
    tx.audit("voucher.hand_out", by=by, at=at, changed=(*_CHANGED, Changed.EVIDENCE), handed_out=len(fresh), to=to)
    return ChangedVouchers(tuple(one.id for one in fresh), len(vouchers) - len(fresh))


def _refuse_before_consent(tx: Transaction, vouchers: Sequence[Voucher], day: date) -> None:
    later = tx.session.scalar(
        select(func.min(Consent.given_on))
        .where(Consent.household_id.in_({one.household_id for one in vouchers}), Consent.withdrawn_on.is_(None))
        .group_by(Consent.household_id)
        .having(func.min(Consent.given_on) > day)
    )
    if later is not None:
        raise RuleRefused(Refusal.HOUSEHOLD_CONSENT_LATER, "day", consent=later, day=day)


def undo_hand_out(tx: Transaction, *, voucher_ids: Sequence[int], at: datetime, by: str) -> ChangedVouchers:
    """Take back a hand-out that was recorded by mistake. Refuses vouchers that came back already."""
    vouchers = finding.vouchers(tx, voucher_ids)
    for voucher in vouchers:
        if voucher.state is not VoucherState.HANDED_OUT:
            raise RuleRefused(Refusal.VOUCHER_NOT_HANDED_OUT, code=code_of(voucher.serial), state=voucher.state)
        voucher.handed_out_on = None
        voucher.handed_to = None
        voucher.hand_out_note = ""
        voucher.state = VoucherState.MADE
    tx.session.flush()
    resettle(tx, [one.id for one in vouchers])
    tx.audit("voucher.undo_hand_out", by=by, at=at, changed=_CHANGED, vouchers=len(vouchers))
    return ChangedVouchers(tuple(one.id for one in vouchers))


@dataclass(frozen=True)
class ReplacedVoucher:
    old_id: int
    new_id: int
    new_code: str


def replace(
    tx: Transaction,
    *,
    voucher_ids: Sequence[int],
    reason: str,
    random_bits: Callable[[int], int],
    at: datetime,
    by: str,
) -> tuple[ReplacedVoucher, ...]:
    """Replace lost vouchers: new codes with the same days on the old slots; the old codes are good no more.

    Refuses a voucher that is redeemed, ended or past its last day.
    """
    given = finding.a_reason(reason)
    today = local_day(at)
    street = finding.the_street(tx)
    standings = Standings(tx.session, (), today)
    maker = _Maker(tx, key_id=standings.key_id, random_bits=random_bits, specimen=street.practice, at=at)
    replaced = []
    for old in finding.vouchers(tx, voucher_ids):
        _refuse_unless_open(old)
        if old.valid_to < today:
            raise RuleRefused(Refusal.VOUCHER_ALREADY_ENDED, code=code_of(old.serial), state=VoucherState.EXPIRED)
        _end(old, VoucherState.REPLACED, given, at)
        line = IssueLine(old.household_id, old.offer_id, max(today, old.valid_from), 1)
        new = maker.make(
            line,
            version_id=old.offer_version_id,
            last_day=old.valid_to,
            first_day=old.valid_from,
            replaces=old.id,
        )
        replaced.append((old, new))
    tx.session.flush()
    resettle(tx, [old.id for old, _ in replaced])
    tx.audit("voucher.replace", by=by, at=at, changed=_CHANGED, vouchers=len(replaced), reason=given)
    return tuple(ReplacedVoucher(old.id, new.id, code_of(new.serial)) for old, new in replaced)


def withdraw(tx: Transaction, *, voucher_ids: Sequence[int], reason: str, at: datetime, by: str) -> ChangedVouchers:
    """Take vouchers out of use, with a reason. Refuses one that is redeemed or ended."""
    return _end_all(tx, voucher_ids, VoucherState.VOID, "voucher.withdraw", reason, at, by)


def take_back(tx: Transaction, *, voucher_ids: Sequence[int], reason: str, at: datetime, by: str) -> ChangedVouchers:
    """Record vouchers that neighbours gave back unused; the quota is free again. Refuses one redeemed or ended."""
    return _end_all(tx, voucher_ids, VoucherState.RETURNED, "voucher.return", reason, at, by)


def _end_all(
    tx: Transaction,
    voucher_ids: Sequence[int],
    state: VoucherState,
    action: str,
    reason: str,
    at: datetime,
    by: str,
) -> ChangedVouchers:
    given = finding.a_reason(reason)
    vouchers = finding.vouchers(tx, voucher_ids)
    for voucher in vouchers:
        _refuse_unless_open(voucher)
        _end(voucher, state, given, at)
    tx.session.flush()
    resettle(tx, [one.id for one in vouchers])
    tx.audit(action, by=by, at=at, changed=_CHANGED, vouchers=len(vouchers), reason=given)
    return ChangedVouchers(tuple(one.id for one in vouchers))


def _refuse_unless_open(voucher: Voucher) -> None:
    if voucher.state is VoucherState.REDEEMED:
        raise RuleRefused(Refusal.VOUCHER_ALREADY_REDEEMED, code=code_of(voucher.serial))
    if voucher.state not in OPEN:
        raise RuleRefused(Refusal.VOUCHER_ALREADY_ENDED, code=code_of(voucher.serial), state=voucher.state)


def _end(voucher: Voucher, state: VoucherState, reason: str, at: datetime) -> None:
    voucher.state = state
    voucher.ended_as = state
    voucher.ended_at = at
    voucher.end_reason = reason
