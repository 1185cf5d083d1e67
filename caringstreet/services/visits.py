"""Marks claims of a household that are more than one visit allows, whatever the order in which they came."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from caringstreet.model.evidence import Evidence
from caringstreet.model.offers import OfferVersion
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.evidence import EvidenceKind, Outcome, Verdict
from caringstreet.storage.transaction import Transaction

_Claim = tuple[datetime | None, int, Evidence, int]


def mark_over_limit(tx: Transaction, voucher_ids: Sequence[int]) -> list[int]:
    """Set or take off the remark on claims of the same household, offer and day; returns the vouchers to decide anew.

    A slip has only its round's day, so that nothing is known of the visit.
    """
    changed = []
    for claims in _visits(tx, voucher_ids).values():
        claims.sort(key=lambda one: (one[0].isoformat() if one[0] else "", one[1]))
        for place, (_, _, row, allowed) in enumerate(claims):
            former = set(row.flags)
            flags = former | {str(Outcome.OVER_LIMIT)} if place >= allowed else former - {str(Outcome.OVER_LIMIT)}
            if flags != former and row.voucher_id is not None:
                row.flags = sorted(flags)
                changed.append(row.voucher_id)
    return changed


def _visits(tx: Transaction, voucher_ids: Sequence[int]) -> dict[tuple[int, int, date], list[_Claim]]:
    """The claims that redeem, by household, offer and day, where the offer has a limit for one visit."""
    pairs = {
        (row.household_id, row.offer_id)
        for row in tx.session.execute(
            select(Voucher.household_id, Voucher.offer_id)
            .join(OfferVersion, OfferVersion.id == Voucher.offer_version_id)
            .where(Voucher.id.in_(voucher_ids), OfferVersion.per_visit.is_not(None))
        )
    }
    found: dict[tuple[int, int, date], list[_Claim]] = defaultdict(list)
    if not pairs:
        return found
    rows = tx.session.execute(
        select(Evidence, Voucher.household_id, Voucher.offer_id, Voucher.serial, OfferVersion.per_visit)
        .join(Voucher, Voucher.id == Evidence.voucher_id)
        .join(OfferVersion, OfferVersion.id == Voucher.offer_version_id)
        .where(
            Voucher.household_id.in_({household for household, _ in pairs}),
            Voucher.offer_id.in_({offer for _, offer in pairs}),
            Evidence.kind == EvidenceKind.CLAIM,
            Evidence.verdict == Verdict.REDEEMS,
            Evidence.taken_back_at.is_(None),
            OfferVersion.per_visit.is_not(None),
        )
    )
    for row, household, offer, serial, allowed in rows:
        if (household, offer) in pairs and allowed is not None:
            found[household, offer, row.day].append((row.happened_at, serial, row, allowed))
    return found
