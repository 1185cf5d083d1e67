"""One voucher with everything that happened to it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from caringstreet.model.evidence import Evidence
from caringstreet.model.offers import OfferVersion
from caringstreet.model.shops import Shop
from caringstreet.model.vouchers import Voucher, VoucherSheet
from caringstreet.queries.vouchers import VoucherRow, rows
from caringstreet.rules.codes import code_of
from caringstreet.rules.evidence import Channel, Outcome, Verdict
from caringstreet.rules.offers import OfferTerms, last_day_for
from caringstreet.rules.refusals import RuleRefused
from caringstreet.rules.vouchers import HandedTo, VoucherState
from caringstreet.storage.database import Reader


class Happening(StrEnum):
    """What can have happened to a voucher."""

    MADE = "made"
    PRINTED = "printed"
    REPRINTED = "reprinted"
    HANDED_OUT = "handed_out"
    EXTENDED = "extended"
    ENDED = "ended"


@dataclass(frozen=True)
class HistoryRow:
    """One step; `day` is local, `at` where the moment is known, `note` what people wrote."""

    happening: Happening
    day: date | None = None
    at: datetime | None = None
    count: int = 0
    to: HandedTo | None = None
    state: VoucherState | None = None
    note: str = ""


@dataclass(frozen=True)
class EvidenceRow:
    """A claim or slip that names the voucher, taken back or not."""

    evidence_id: int
    day: date
    happened_at: datetime | None
    channel: Channel
    shop: str
    shop_zh: str
    shop_en: str
    outcome: Outcome
    verdict: Verdict
    taken_back: bool
    recorded_by: str


@dataclass(frozen=True)
class VoucherDetail:
    """`replaces` and `replaced_by` are the ids and codes of its neighbours in a chain of replacements."""

    row: VoucherRow
    terms: OfferTerms
    version: int
    history: tuple[HistoryRow, ...]
    evidence: tuple[EvidenceRow, ...]
    replaces: tuple[int, str] | None
    replaced_by: tuple[int, str] | None


def detail(reader: Reader, voucher_id: int, today: date) -> VoucherDetail | None:
    """A voucher with its history and evidence; None where it is not there any more."""
    row = rows(reader, [voucher_id], today).get(voucher_id)
    if row is None:
        return None
    made_at, ended_as, note, version_id = reader.execute(
        select(VoucherSheet.created_at, Voucher.ended_as, Voucher.hand_out_note, Voucher.offer_version_id)
        .join(VoucherSheet, VoucherSheet.id == Voucher.sheet_id)
        .where(Voucher.id == voucher_id)
    ).one()
    version, terms = _terms(reader, version_id)
    return VoucherDetail(
        row,
        terms,
        version,
        _history(row, made_at, ended_as, note, terms),
        _evidence(reader, voucher_id),
        _neighbour(reader, Voucher.id == row.replaces_id),
        _neighbour(reader, Voucher.replaces_id == voucher_id),
    )


def _terms(reader: Reader, version_id: int) -> tuple[int, OfferTerms]:
    table = OfferVersion.__table__
    found = reader.execute(select(table).where(OfferVersion.id == version_id)).mappings().one()
    values: dict[str, Any] = {name: found[name] for name in OfferTerms.__dataclass_fields__}
    for name in ("categories", "lunar_days"):
        values[name] = tuple(values[name])
    return found["number"], OfferTerms(**values)


def _neighbour(reader: Reader, condition) -> tuple[int, str] | None:  # type: ignore[no-untyped-def]
    found = reader.execute(select(Voucher.id, Voucher.serial).where(condition)).first()
    return (found.id, code_of(found.serial)) if found else None


def _history(row: VoucherRow, made_at: datetime, ended_as: VoucherState | None, note: str, terms: OfferTerms) -> tuple[HistoryRow, ...]:
    found = [HistoryRow(Happening.MADE, at=made_at)]
    if row.print_count:
        happening = Happening.REPRINTED if row.print_count > 1 else Happening.PRINTED
        found.append(HistoryRow(happening, at=row.printed_at, count=row.print_count))
    if row.handed_out_on is not None:
        found.append(HistoryRow(Happening.HANDED_OUT, day=row.handed_out_on, to=row.handed_to, note=note))
    first_end = _promised_end(terms, row.valid_from)
    if first_end is not None and first_end < row.valid_to:
        found.append(HistoryRow(Happening.EXTENDED, day=row.valid_to))
    if row.ended_at is not None:
        found.append(HistoryRow(Happening.ENDED, at=row.ended_at, state=ended_as, note=row.end_reason))
    return tuple(found)


def _promised_end(terms: OfferTerms, first_day: date) -> date | None:
    try:
        return last_day_for(terms, first_day)
    except RuleRefused:
        return None


def _evidence(reader: Reader, voucher_id: int) -> tuple[EvidenceRow, ...]:
    found = reader.execute(
        select(
            Evidence.id,
            Evidence.day,
            Evidence.happened_at,
            Evidence.channel,
            Shop.code,
            Shop.name_zh,
            Shop.name_en,
            Evidence.outcome,
            Evidence.verdict,
            Evidence.taken_back_at.is_not(None),
            Evidence.recorded_by,
        )
        .join(Shop, Shop.id == Evidence.shop_id)
        .where(Evidence.voucher_id == voucher_id)
        .order_by(Evidence.day, Evidence.id)
    )
    return tuple(EvidenceRow(*one) for one in found)
