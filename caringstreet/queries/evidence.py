"""What came back, question by question and voucher by voucher."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from caringstreet.model.evidence import Evidence
from caringstreet.model.households import Household
from caringstreet.model.offers import Offer, OfferVersion
from caringstreet.model.shops import Shop
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.codes import NotACode, code_of, serial_of
from caringstreet.rules.evidence import Channel, Decision, EvidenceKind, Outcome, Verdict
from caringstreet.rules.vouchers import ENDED_UNUSED, VoucherState
from caringstreet.storage.database import Reader

_AT_ONCE = 400
_OwnOffer, _OwnShop, _Current = aliased(Offer), aliased(Shop), aliased(OfferVersion)


@dataclass(frozen=True)
class EvidenceRow:
    """One claim or slip with what it concerns; `code` is empty where no voucher is known.

    `shop` is where it came from, `own_shop` the one whose offer it is.
    """

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
    own_shop: str
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
    columns: list[Any] = [
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
        _OwnShop.code.label("own_shop"),
        Evidence.offer_id,
        func.coalesce(OfferVersion.title_zh, _Current.title_zh).label("title_zh"),
        func.coalesce(OfferVersion.title_en, _Current.title_en).label("title_en"),
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
    ]
    found: Select[Any] = (
        select(*columns)
        .join(Shop, Shop.id == Evidence.shop_id)
        .outerjoin(Voucher, Voucher.id == Evidence.voucher_id)
        .outerjoin(OfferVersion, OfferVersion.id == Voucher.offer_version_id)
        .outerjoin(_OwnOffer, _OwnOffer.id == func.coalesce(Voucher.offer_id, Evidence.offer_id))
        .outerjoin(_Current, (_Current.offer_id == _OwnOffer.id) & (_Current.number == _OwnOffer.current_version))
        .outerjoin(_OwnShop, _OwnShop.id == _OwnOffer.shop_id)
        .where(Evidence.taken_back_at.is_(None))
    )
    return found


def _read(reader: Reader, wanted: Select[Any]) -> list[EvidenceRow]:
    found = []
    for row in reader.execute(wanted):
        values = row._asdict()
        values |= {name: values[name] or "" for name in ("title_zh", "title_en", "own_shop")}
        found.append(EvidenceRow(**values))
    return found


def of_vouchers(reader: Reader, voucher_ids: Sequence[int]) -> dict[int, list[EvidenceRow]]:
    """All evidence of some vouchers in the order of its days."""
    found: dict[int, list[EvidenceRow]] = {one: [] for one in voucher_ids}
    ids = sorted(found)
    for start in range(0, len(ids), _AT_ONCE):
        wanted = _rows().where(Evidence.voucher_id.in_(ids[start : start + _AT_ONCE]))
        for row in _read(reader, wanted.order_by(Evidence.day, Evidence.id)):
            if row.voucher_id is not None:
                found[row.voucher_id].append(row)
    return found


def recent_refused(reader: Reader, most: int = 100) -> list[EvidenceRow]:
    """The last attempts that were refused, the newest first."""
    return _read(reader, _rows().where(Evidence.verdict == Verdict.REFUSED).order_by(Evidence.id.desc()).limit(most))


@dataclass(frozen=True)
class RefusedRow:
    """The newest of the refused attempts with one code or text, how often it came, and from how many shops."""

    last: EvidenceRow
    times: int
    shops: int


def refused_attempts(reader: Reader, most: int = 200) -> list[RefusedRow]:
    """The last refused attempts by code, those that came most often first: a repeat can be a copy."""
    grouped: dict[str, list[EvidenceRow]] = {}
    for row in recent_refused(reader, most):
        grouped.setdefault(row.code or _same_code(row.text), []).append(row)
    found = [RefusedRow(rows[0], len(rows), len({row.shop_id for row in rows})) for rows in grouped.values()]
    return sorted(found, key=lambda one: (-one.times, -one.last.evidence_id))


def _same_code(text: str) -> str:
    """A code that was never issued, however it was written; any other text as it is."""
    try:
        return code_of(serial_of(text))
    except NotACode:
        return text


@dataclass(frozen=True)
class CandidateRow:
    """A voucher that a soaked slip may have been."""

    voucher_id: int
    serial: int
    household: str
    valid_from: date
    valid_to: date

    @property
    def code(self) -> str:
        return code_of(self.serial)


def candidates(reader: Reader, offer_id: int, day: date) -> list[CandidateRow]:
    """Vouchers of an offer that began by `day` and have not come back, the latest last day first."""
    rows = reader.execute(
        select(Voucher.id.label("voucher_id"), Voucher.serial, Household.number, Voucher.valid_from, Voucher.valid_to)
        .join(Household, Household.id == Voucher.household_id)
        .where(
            Voucher.offer_id == offer_id,
            Voucher.valid_from <= day,
            Voucher.state.not_in((VoucherState.REDEEMED, *ENDED_UNUSED)),
        )
        .order_by(Voucher.valid_to.desc(), Household.number, Voucher.id)
    )
    return [CandidateRow(row.voucher_id, row.serial, row.number, row.valid_from, row.valid_to) for row in rows]


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
