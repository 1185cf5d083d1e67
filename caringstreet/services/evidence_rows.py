"""Turns attempts into rows of evidence: what each one speaks of, its remarks, and the hash that knows it again."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from caringstreet.clock import local_time
from caringstreet.model.evidence import Evidence
from caringstreet.model.households import Household
from caringstreet.model.offers import Offer, OfferVersion
from caringstreet.model.shops import Shop
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.evidence import Answer, Attempt, Channel, EvidenceKind, Outcome, Verdict
from caringstreet.rules.offers import outside_window
from caringstreet.rules.shops import ShopState
from caringstreet.storage.transaction import Transaction

_AT_ONCE = 400


class Known:
    """The vouchers that a list of attempts speaks of, with their offers and terms, by serial."""

    def __init__(self, tx: Transaction, attempts: Sequence[Attempt]) -> None:
        serials = sorted({one.serial for one in attempts if one.serial is not None})
        self.vouchers: dict[int, tuple[Voucher, Offer, OfferVersion, Shop, Household]] = {}
        for start in range(0, len(serials), _AT_ONCE):
            rows = tx.session.execute(
                select(Voucher, Offer, OfferVersion, Shop, Household)
                .join(Offer, Offer.id == Voucher.offer_id)
                .join(OfferVersion, OfferVersion.id == Voucher.offer_version_id)
                .join(Shop, Shop.id == Offer.shop_id)
                .join(Household, Household.id == Voucher.household_id)
                .where(Voucher.serial.in_(serials[start : start + _AT_ONCE]))
            )
            for voucher, offer, version, shop, household in rows:
                self.vouchers[voucher.serial] = (voucher, offer, version, shop, household)

    def of(self, attempt: Attempt) -> tuple[Voucher, Offer, OfferVersion, Shop, Household] | None:
        """What an attempt speaks of; None where no voucher was ever made with its serial."""
        return self.vouchers.get(attempt.serial) if attempt.serial is not None else None

    def flags(self, serial: int, channel: Channel, at: datetime | None, day: date) -> list[str]:
        """Remarks that do not stop a redemption; only a claim whose hour is known can be out of hours."""
        _, _, version, shop, household = self.vouchers[serial]
        flags = []
        if channel.kind is EvidenceKind.CLAIM and at is not None and outside_window(version.terms(), local_time(at)):
            flags.append(Outcome.OUTSIDE_WINDOW)
        if shop.state is not ShopState.ACTIVE:
            flags.append(Outcome.SHOP_INACTIVE)
        if household.left_on is not None and household.left_on <= day:
            flags.append(Outcome.HOUSEHOLD_CLOSED)
        return [str(flag) for flag in flags]


def content_hashes(attempts: Sequence[Attempt], channel: Channel, shop_id: int, at: datetime, day: date) -> list[str]:
    """What makes each attempt the same again: a claim its shop and moment, a slip its round and the list it is in.

    The code counts, not the way it was read, so that an envelope scanned once and typed once is one envelope.
    """
    slips = channel.kind is EvidenceKind.SLIP
    named = [_named(one) for one in attempts]
    whole_list = digest(*sorted(named)) if slips else ""
    moment = day.isoformat() if slips else at.isoformat()
    seen: Counter[str] = Counter()
    found = []
    for what in named:
        seen[what] += 1
        found.append(digest(channel.kind, channel, str(shop_id), moment, what, whole_list, str(seen[what])))
    return found


def _named(attempt: Attempt) -> str:
    if attempt.serial is not None:
        return str(attempt.serial)
    told = (str(attempt.offer_id or ""), attempt.note, attempt.mark)
    return "\x1e".join((attempt.text.strip(), *told)) if any(told) else attempt.text.strip()


def rows_with(tx: Transaction, hashes: Sequence[str]) -> dict[str, Evidence]:
    """Evidence that is kept already, by its hash."""
    found: dict[str, Evidence] = {}
    for start in range(0, len(hashes), _AT_ONCE):
        wanted = select(Evidence).where(Evidence.content_hash.in_(hashes[start : start + _AT_ONCE]))
        found |= {row.content_hash: row for row in tx.session.scalars(wanted)}
    return found


def new_row(
    attempt: Attempt,
    known: Known,
    *,
    shop_id: int,
    channel: Channel,
    content: str,
    at: datetime,
    received_at: datetime,
    day: date,
    by: str,
) -> Evidence:
    """A row not decided yet; what is no voucher of ours is refused, what nobody can read is a question."""
    found = known.of(attempt)
    answer = Answer(attempt.unfound, Verdict.REFUSED)
    if attempt.problem is Outcome.UNREADABLE:
        answer = Answer(Outcome.UNREADABLE, Verdict.ASK)
    return Evidence(
        content_hash=content,
        kind=channel.kind,
        channel=channel,
        voucher_id=found[0].id if found else None,
        offer_id=attempt.offer_id,
        text=attempt.text.strip(),
        shop_id=shop_id,
        day=day,
        happened_at=at if channel.kind is EvidenceKind.CLAIM else None,
        received_at=received_at,
        outcome=answer.outcome,
        verdict=answer.verdict,
        flags=known.flags(found[0].serial, channel, at, day) if found else [],
        note=attempt.note.strip(),
        recorded_by=by,
    )


def digest(*parts: str) -> str:
    """A hash of parts that cannot run into one another."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
