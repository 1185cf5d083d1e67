"""What came back, question by question and voucher by voucher."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from caringstreet.model.evidence import Evidence
from caringstreet.model.offers import Offer, OfferVersion
from caringstreet.model.shops import Shop
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.codes import code_of
from caringstreet.rules.evidence import Channel, Decision, EvidenceKind, Outcome, Verdict
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class EvidenceRow:
    """One claim or slip with what it concerns; `code` is empty where no voucher is known."""

    evidence_id: int
    voucher_id: int | None
    serial: int | None
    text: str
    kind: EvidenceKind
    channel: Channel
    shop_id: int
    shop: str
    shop_zh: str
    shop_en: str
    offer_id: int | None
    title_zh: str
    title_en: str
    day: date
    happened_at: datetime | None
    received_at: datetime
    outcome: Outcome
    verdict: Verdict
    decision: Decision | None
    decided_by: str
    decided_reason: str
    recorded_by: str
    note: str

    @property
    def code(self) -> str:
        return code_of(self.serial) if self.serial is not None else ""


def _rows() -> Select[Any]:
    found: Any = (
        select(
            Evidence.id.label("evidence_id"),
            Evidence.voucher_id,
            Voucher.serial,
            Evidence.text,
            Evidence.kind,
            Evidence.channel,
            Evidence.shop_id,
            Shop.code.label("shop"),
            Shop.name_zh.label("shop_zh"),
            Shop.name_en.label("shop_en"),
            Evidence.offer_id,
            OfferVersion.title_zh,
            OfferVersion.title_en,
            Evidence.day,
            Evidence.happened_at,
            Evidence.received_at,
            Evidence.outcome,
            Evidence.verdict,
            Evidence.decision,
            Evidence.decided_by,
            Evidence.decided_reason,
            Evidence.recorded_by,
            Evidence.note,
        )
        .join(Shop, Shop.id == Evidence.shop_id)
        .outerjoin(Voucher, Voucher.id == Evidence.voucher_id)
        .outerjoin(OfferVersion, OfferVersion.id == Voucher.offer_version_id)
        .where(Evidence.taken_back_at.is_(None))
    )
    rows: Select[Any] = found
    return rows


def _read(reader: Reader, wanted: Select[Any]) -> list[EvidenceRow]:
    found = []
    for row in reader.execute(wanted):
        values = row._asdict()
        values["title_zh"], values["title_en"] = values["title_zh"] or "", values["title_en"] or ""
        found.append(EvidenceRow(**values))
    return found


def open_questions(reader: Reader) -> list[EvidenceRow]:
    """What a person must decide, oldest first."""
    return _read(
        reader,
        _rows().where(Evidence.verdict == Verdict.ASK, Evidence.decision.is_(None)).order_by(Evidence.day, Evidence.id),
    )


def of_voucher(reader: Reader, voucher_id: int) -> list[EvidenceRow]:
    """All evidence of one voucher in the order of its days."""
    return _read(reader, _rows().where(Evidence.voucher_id == voucher_id).order_by(Evidence.day, Evidence.id))


def recent_refused(reader: Reader, most: int = 100) -> list[EvidenceRow]:
    """The last attempts that were refused, for a look at suspicious repeats."""
    return _read(reader, _rows().where(Evidence.verdict == Verdict.REFUSED).order_by(Evidence.id.desc()).limit(most))


def by_ids(reader: Reader, ids: Sequence[int]) -> list[EvidenceRow]:
    """The evidence with these ids."""
    return _read(reader, _rows().where(Evidence.id.in_(list(ids))).order_by(Evidence.day, Evidence.id))


def offers_of_shop(reader: Reader, shop_id: int) -> list[tuple[int, str, str]]:
    """Id, code and title of a shop's offers."""
    found = reader.execute(
        select(Offer.id, Offer.code, OfferVersion.title_zh)
        .join(OfferVersion, (OfferVersion.offer_id == Offer.id) & (OfferVersion.number == Offer.current_version))
        .where(Offer.shop_id == shop_id)
        .order_by(Offer.code)
    )
    return [(row.id, row.code, row.title_zh) for row in found]
