"""What a scan answers: the outcome with the facts that its sentence needs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from caringstreet.clock import local_day
from caringstreet.model.evidence import Evidence
from caringstreet.model.offers import Offer, OfferVersion
from caringstreet.model.shops import Shop
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.codes import code_of
from caringstreet.rules.evidence import Attempt, EvidenceKind, Outcome, Verdict
from caringstreet.services.evidence_rows import Known
from caringstreet.storage.transaction import Transaction

_TELL_OF_THE_FIRST = (Outcome.ALREADY_USED, Outcome.SECOND_SHEET, Outcome.ALREADY_KNOWN, Outcome.RECONCILED)
_AT_ONCE = 400


@dataclass(frozen=True)
class ScanAnswer:
    """What one scan answered; money in cents. `facts` name what the sentence needs (shop, day, reason, new code …).

    `repeated` says that this very list, or message, was recorded before.
    """

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


def answers(tx: Transaction, known: Known, rows: Sequence[tuple[Attempt, Evidence, bool]]) -> tuple[ScanAnswer, ...]:
    """One answer for each attempt, its row, and whether the row was kept before."""
    said = [_said(row, repeated) for _, row, repeated in rows]
    telling = [row for (_, row, _), (outcome, _) in zip(rows, said, strict=True) if outcome in _TELL_OF_THE_FIRST]
    firsts = _redeeming(tx, [row.voucher_id for row in telling if row.voucher_id is not None])
    found = []
    for (attempt, row, repeated), (outcome, verdict) in zip(rows, said, strict=True):
        speaks_of = known.of(attempt)
        if speaks_of is None:
            titles = _titles(tx, attempt.offer_id)
            found.append(ScanAnswer(attempt.text, outcome, verdict, row.id, repeated=repeated, **titles))
            continue
        voucher, offer, version, shop, _ = speaks_of
        facts = _facts(tx, outcome, voucher, shop)
        if outcome in _TELL_OF_THE_FIRST:
            facts |= next((first for one, first in firsts.get(voucher.id, ()) if one != row.id), {})
        found.append(
            ScanAnswer(
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
                facts=facts,
            )
        )
    return tuple(found)


def _said(row: Evidence, repeated: bool) -> tuple[Outcome, Verdict]:
    """The same message again is known; the same list of slips gets its first answers."""
    if repeated and row.kind is EvidenceKind.CLAIM and row.voucher_id is not None:
        return Outcome.ALREADY_KNOWN, Verdict.MERGED
    return row.outcome, row.verdict


def _titles(tx: Transaction, offer_id: int | None) -> dict[str, Any]:
    """The offer that a person read on a slip without a code."""
    if offer_id is None:
        return {}
    wanted = (
        select(Offer.code, OfferVersion.title_zh, OfferVersion.title_en)
        .join(OfferVersion, (OfferVersion.offer_id == Offer.id) & (OfferVersion.number == Offer.current_version))
        .where(Offer.id == offer_id)
    )
    row = tx.session.execute(wanted).one()
    return {"offer": row.code, "title_zh": row.title_zh, "title_en": row.title_en}


def _facts(tx: Transaction, outcome: Outcome, voucher: Voucher, shop: Shop) -> dict[str, Any]:
    """Days as `date`, names in both languages."""
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
    return facts


def _redeeming(tx: Transaction, voucher_ids: Sequence[int]) -> dict[int, list[tuple[int, dict[str, Any]]]]:
    """Where and when vouchers were seen first, with the id of that evidence, the earliest first."""
    found: dict[int, list[tuple[int, dict[str, Any]]]] = {}
    for start in range(0, len(voucher_ids), _AT_ONCE):
        rows = tx.session.execute(
            select(
                Evidence.id, Evidence.voucher_id, Evidence.day, Evidence.channel, Evidence.recorded_by,
                Shop.code, Shop.name_zh, Shop.name_en,
            )
            .join(Shop, Shop.id == Evidence.shop_id)
            .where(
                Evidence.voucher_id.in_(voucher_ids[start : start + _AT_ONCE]),
                Evidence.taken_back_at.is_(None),
                Evidence.verdict.in_((Verdict.REDEEMS, Verdict.CONFIRMS)),
            )
            .order_by(Evidence.day, Evidence.id)
        )  # fmt: skip
        for row in rows:
            facts = {
                "day": row.day, "channel": row.channel, "by": row.recorded_by,
                "shop": row.code, "shop_zh": row.name_zh, "shop_en": row.name_en,
            }  # fmt: skip
            found.setdefault(row.voucher_id, []).append((row.id, facts))
    return found
