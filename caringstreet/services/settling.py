"""Decides vouchers from all their evidence and writes down what follows: state, the one redemption, goodwill."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, exists, select

from caringstreet.clock import local_time
from caringstreet.model.adjustments import Adjustment
from caringstreet.model.evidence import Collection, Evidence, Redemption
from caringstreet.model.offers import Offer, OfferVersion
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.adjustments import AdjustmentKind
from caringstreet.rules.evidence import Outcome, Verdict
from caringstreet.rules.settlement import EvidenceFacts, Redeemed, VoucherFacts, settle
from caringstreet.rules.vouchers import VoucherState
from caringstreet.services import finding
from caringstreet.services.visits import mark_over_limit
from caringstreet.storage.transaction import Transaction

_AT_ONCE = 400


def resettle(tx: Transaction, voucher_ids: Iterable[int]) -> None:
    """Decide vouchers from all their evidence and write down what follows; within an action that audits it."""
    ids = sorted(set(voucher_ids))
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        _resettle_part(tx, part)
        if changed := mark_over_limit(tx, part):
            _resettle_part(tx, changed)


def took_place() -> ColumnElement[bool]:
    """Whether a round still has a slip: one whose slips were all taken back was a mistake and makes nothing late."""
    return exists().where(
        Evidence.shop_id == Collection.shop_id,
        Evidence.day == Collection.day,
        Evidence.collection_id == Collection.id,
        Evidence.taken_back_at.is_(None),
    )


def resettle_shop(tx: Transaction, shop_id: int) -> None:
    """Decide anew what a shop still has in question."""
    rows = tx.session.scalars(
        select(Evidence.voucher_id).where(Evidence.shop_id == shop_id, Evidence.verdict == Verdict.ASK, Evidence.voucher_id.is_not(None))
    )
    resettle(tx, [one for one in rows if one is not None])


def _resettle_part(tx: Transaction, ids: Sequence[int]) -> None:
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    for row in tx.session.scalars(select(Evidence).where(Evidence.voucher_id.in_(ids), Evidence.taken_back_at.is_(None))):
        evidence[row.voucher_id or 0].append(row)
    redemptions = {row.voucher_id: row for row in tx.session.scalars(select(Redemption).where(Redemption.voucher_id.in_(ids)))}
    paid = {row.evidence_id: row for row in tx.session.scalars(select(Adjustment).where(Adjustment.voucher_id.in_(ids)))}
    concerned = [one for one in ids if one in evidence or one in redemptions]
    concerned += [row.voucher_id for row in paid.values() if row.voucher_id not in concerned]
    if not concerned:
        return
    vouchers = tx.session.execute(
        select(Voucher, Offer.shop_id).join(Offer, Offer.id == Voucher.offer_id).where(Voucher.id.in_(concerned)).order_by(Voucher.id)
    )
    rounds = _rounds(tx, {row.shop_id for rows in evidence.values() for row in rows})
    grace = finding.the_street(tx).grace_days
    for voucher, shop_id in vouchers:
        facts = VoucherFacts(
            shop_id,
            voucher.valid_from,
            voucher.valid_to,
            _state_without_evidence(voucher),
            local_time(voucher.ended_at) if voucher.ended_at else None,
        )
        rows = evidence[voucher.id]
        settled = settle(facts, [_facts(row, rounds[row.shop_id]) for row in rows], grace)
        for row in rows:
            answer = settled.answers[row.content_hash]
            row.outcome, row.verdict = answer.outcome, answer.verdict
        _materialise(tx, voucher, redemptions.get(voucher.id), settled.redemption, facts.state)
        _pay_goodwill(tx, voucher, [row for row in rows if row.verdict is Verdict.GOODWILL], paid)
    tx.session.flush()


def _state_without_evidence(voucher: Voucher) -> VoucherState:
    if voucher.ended_as is not None:
        return voucher.ended_as
    return VoucherState.MADE if voucher.handed_out_on is None else VoucherState.HANDED_OUT


def _materialise(tx: Transaction, voucher: Voucher, row: Redemption | None, follows: Redeemed | None, base: VoucherState) -> None:
    if follows is None:
        voucher.state = base
        if row is not None:
            tx.session.delete(row)
        return
    voucher.state = VoucherState.REDEEMED
    if row is None:
        row = Redemption(voucher_id=voucher.id)
        tx.session.add(row)
    row.offer_version_id = voucher.offer_version_id
    row.shop_id = follows.shop_id
    row.day = follows.day
    row.happened_at = follows.at
    row.channel = follows.channel
    row.flags = sorted(follows.flags)
    row.without_slip = follows.without_slip


def _pay_goodwill(tx: Transaction, voucher: Voucher, sheets: Sequence[Evidence], paid: dict[int, Adjustment]) -> None:
    """One adjustment for each sheet that is paid in goodwill, at the voucher's own price, and none for any other."""
    wanted = {sheet.id for sheet in sheets}
    for row in [row for row in paid.values() if row.voucher_id == voucher.id and row.evidence_id not in wanted]:
        tx.session.delete(row)
    for sheet in sheets:
        if sheet.id in paid:
            continue
        price = tx.session.get_one(OfferVersion, voucher.offer_version_id)
        tx.session.add(
            Adjustment(
                kind=AdjustmentKind.GOODWILL,
                evidence_id=sheet.id,
                voucher_id=voucher.id,
                offer_version_id=price.id,
                shop_id=sheet.shop_id,
                day=sheet.day,
                fund_cents=price.fund_cents,
                shop_cents=price.shop_cents,
            )
        )


def _facts(row: Evidence, rounds: Sequence[date]) -> EvidenceFacts:
    earlier = bisect_left(rounds, row.day)
    return EvidenceFacts(
        key=row.content_hash,
        kind=row.kind,
        channel=row.channel,
        shop_id=row.shop_id,
        day=row.day,
        at=local_time(row.happened_at) if row.happened_at else None,
        previous_round=rounds[earlier - 1] if earlier else None,
        flags=frozenset(Outcome(flag) for flag in row.flags),
        decision=row.decision,
        arrival=row.id,
    )


def _rounds(tx: Transaction, shop_ids: set[int]) -> dict[int, list[date]]:
    rounds: dict[int, list[date]] = {one: [] for one in shop_ids}
    rows = tx.session.execute(
        select(Collection.shop_id, Collection.day).where(Collection.shop_id.in_(shop_ids), took_place()).order_by(Collection.day)
    )
    for shop_id, day in rows:
        rounds[shop_id].append(day)
    return rounds
