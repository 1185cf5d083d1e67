"""Holds the ledger's invariants against the file: what a backup drill and the command `check` report."""

from dataclasses import dataclass

from sqlalchemy import func, select

from caringstreet.model.adjustments import Adjustment
from caringstreet.model.evidence import DecisionEntry, Evidence, Redemption
from caringstreet.model.offers import OfferVersion
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.evidence import Verdict
from caringstreet.rules.vouchers import NOT_COUNTED, VoucherState
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class Problem:
    """An invariant that does not hold, and for how many rows."""

    kind: str
    count: int


def problems(reader: Reader) -> list[Problem]:
    """Every invariant that is broken; empty for a sound street."""
    found = [
        Problem("redeemed_without_redemption", _redeemed_without_redemption(reader)),
        Problem("redemption_of_unredeemed_voucher", _redemption_of_unredeemed(reader)),
        Problem("redemption_without_evidence", _redemption_without_evidence(reader)),
        Problem("goodwill_without_second_sheet", _goodwill_without_second_sheet(reader)),
        Problem("second_sheet_without_goodwill", _second_sheet_without_goodwill(reader)),
        Problem("decision_without_reason", _decision_without_reason(reader)),
        Problem("split_does_not_add_up", _split_does_not_add_up(reader)),
        Problem("quota_passed", _quota_passed(reader)),
        Problem("replacement_of_voucher_in_use", _replacement_of_voucher_in_use(reader)),
    ]
    return [one for one in found if one.count]


def _redeemed_without_redemption(reader: Reader) -> int:
    return _count(
        reader,
        select(Voucher.id)
        .outerjoin(Redemption, Redemption.voucher_id == Voucher.id)
        .where(Voucher.state == VoucherState.REDEEMED, Redemption.id.is_(None)),
    )


def _redemption_of_unredeemed(reader: Reader) -> int:
    return _count(
        reader,
        select(Redemption.id).join(Voucher, Voucher.id == Redemption.voucher_id).where(Voucher.state != VoucherState.REDEEMED),
    )


def _redemption_without_evidence(reader: Reader) -> int:
    redeeming = select(Evidence.voucher_id).where(
        Evidence.verdict == Verdict.REDEEMS, Evidence.taken_back_at.is_(None), Evidence.voucher_id.is_not(None)
    )
    return _count(reader, select(Redemption.id).where(Redemption.voucher_id.not_in(redeeming)))


def _goodwill_without_second_sheet(reader: Reader) -> int:
    """Paid for a sheet that nobody called a second one, for a code never redeemed, or at another price."""
    sound = (
        select(Adjustment.id)
        .join(Evidence, Evidence.id == Adjustment.evidence_id)
        .join(Redemption, Redemption.voucher_id == Adjustment.voucher_id)
        .join(OfferVersion, OfferVersion.id == Redemption.offer_version_id)
        .where(
            Evidence.verdict == Verdict.GOODWILL,
            Evidence.taken_back_at.is_(None),
            OfferVersion.fund_cents == Adjustment.fund_cents,
            OfferVersion.shop_cents == Adjustment.shop_cents,
        )
    )
    return _count(reader, select(Adjustment.id).where(Adjustment.id.not_in(sound)))


def _second_sheet_without_goodwill(reader: Reader) -> int:
    paid = select(Adjustment.evidence_id)
    promised = (Evidence.verdict == Verdict.GOODWILL, Evidence.taken_back_at.is_(None))
    return _count(reader, select(Evidence.id).where(*promised, Evidence.id.not_in(paid)))


def _decision_without_reason(reader: Reader) -> int:
    """Every decision in force has an entry that says who, when and why."""
    told = select(DecisionEntry.evidence_id).where(DecisionEntry.reversed_at.is_(None), DecisionEntry.reason != "")
    return _count(reader, select(Evidence.id).where(Evidence.decision.is_not(None), Evidence.id.not_in(told)))


def _split_does_not_add_up(reader: Reader) -> int:
    shares = OfferVersion.household_cents + OfferVersion.shop_cents + OfferVersion.fund_cents
    return _count(reader, select(OfferVersion.id).where(OfferVersion.list_cents != shares))


def _quota_passed(reader: Reader) -> int:
    """Against the most generous quota that the offer ever had, since a lower one binds only later issues."""
    quotas = (
        select(OfferVersion.offer_id, func.max(OfferVersion.monthly_quota).label("quota"))
        .group_by(OfferVersion.offer_id)
        .having(func.count(OfferVersion.id) == func.count(OfferVersion.monthly_quota))
        .subquery()
    )
    return _count(
        reader,
        select(Voucher.offer_id)
        .join(quotas, quotas.c.offer_id == Voucher.offer_id)
        .where(Voucher.state.not_in(NOT_COUNTED))
        .group_by(Voucher.offer_id, Voucher.month, quotas.c.quota)
        .having(func.count(Voucher.id) > quotas.c.quota),
    )


def _replacement_of_voucher_in_use(reader: Reader) -> int:
    old = select(Voucher.id).where(Voucher.state.in_((VoucherState.MADE, VoucherState.HANDED_OUT)))
    return _count(reader, select(Voucher.id).where(Voucher.replaces_id.in_(old)))


def _count(reader: Reader, wanted) -> int:  # type: ignore[no-untyped-def]
    return reader.scalar(select(func.count()).select_from(wanted.subquery())) or 0
