"""Phones of shops as their panel, their cards and the messages' page show them."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from caringstreet.model.devices import Device, MessageSender
from caringstreet.model.evidence import Evidence
from caringstreet.model.shops import Shop
from caringstreet.rules.claims import clock_doubtful, gaps
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class DeviceRow:
    """One pairing; `missing` are runs of its count that never arrived, `heard_at` is None before its first line.

    `clock_off` counts lines whose time was impossible, or far from the time of their message.
    """

    device_id: int
    shop_id: int
    shop: str
    shop_zh: str
    shop_en: str
    number: int
    paired_at: datetime
    revoked_at: datetime | None
    revoked_reason: str
    heard_at: datetime | None
    lines: int
    missing: tuple[tuple[int, int], ...]
    clock_off: int

    @property
    def name(self) -> str:
        """As its lines say it: S07.2."""
        return f"{self.shop}.{self.number}"

    @property
    def missing_count(self) -> int:
        return sum(last - first + 1 for first, last in self.missing)


@dataclass(frozen=True)
class PairingRow:
    """What a pairing slip holds."""

    shop: str
    number: int
    key: bytes
    shop_zh: str
    shop_en: str


@dataclass(frozen=True)
class SenderRow:
    """A sender that a person has named; no shop for the centre's own names."""

    sender_id: int
    name: str
    shop_id: int | None
    shop: str


def devices(reader: Reader, shop_id: int | None = None) -> list[DeviceRow]:
    """The phones of a shop, or of all, the newest of each shop first."""
    wanted = (
        select(*Device.__table__.columns, Shop.name_zh, Shop.name_en)
        .join(Shop, Shop.id == Device.shop_id)
        .order_by(Device.shop_code, Device.number.desc())
    )
    sent = select(Evidence.device_id, Evidence.seq, Evidence.said_at, Evidence.happened_at, Evidence.sent_at, Evidence.received_at).where(
        Evidence.device_id.is_not(None), Evidence.taken_back_at.is_(None)
    )
    if shop_id is not None:
        wanted = wanted.where(Device.shop_id == shop_id)
        sent = sent.where(Evidence.device_id.in_(select(Device.id).where(Device.shop_id == shop_id)))
    counts: dict[int, set[int]] = defaultdict(set)
    heard: dict[int, datetime] = {}
    off: Counter[int] = Counter()
    for device_id, seq, said_at, used_at, sent_at, received_at in reader.execute(sent):
        if device_id is None or seq is None:
            continue
        counts[device_id].add(seq)
        at = sent_at or received_at
        heard[device_id] = max(at, heard.get(device_id, at))
        if said_at is not None and clock_doubtful(said_at, used_at, sent_at):
            off[device_id] += 1
    return [
        DeviceRow(
            device_id=row.id,
            shop_id=row.shop_id,
            shop=row.shop_code,
            shop_zh=row.name_zh,
            shop_en=row.name_en,
            number=row.number,
            paired_at=row.paired_at,
            revoked_at=row.revoked_at,
            revoked_reason=row.revoked_reason,
            heard_at=heard.get(row.id),
            lines=len(counts[row.id]),
            missing=gaps(counts[row.id]),
            clock_off=off[row.id],
        )
        for row in reader.execute(wanted)
    ]


@dataclass(frozen=True)
class MissingRow:
    """A shop with lines of its phones that never arrived, and how many."""

    shop_id: int
    shop_zh: str
    shop_en: str
    count: int


def missing(reader: Reader) -> list[MissingRow]:
    """Shops whose phones in use counted further than what arrived. Of a revoked phone nothing is waited for."""
    # A phone counts from 1, so that without gaps its highest count is how many lines there are.
    lost = func.max(Evidence.seq) - func.count(func.distinct(Evidence.seq))
    by_device = (
        select(Device.shop_id, lost.label("lost"))
        .join(Evidence, Evidence.device_id == Device.id)
        .where(Device.revoked_at.is_(None), Evidence.taken_back_at.is_(None), Evidence.seq.is_not(None))
        .group_by(Device.id, Device.shop_id)
        .having(lost > 0)
        .subquery()
    )
    rows = reader.execute(
        select(Shop.id, Shop.name_zh, Shop.name_en, func.sum(by_device.c.lost))
        .join(by_device, by_device.c.shop_id == Shop.id)
        .group_by(Shop.id, Shop.name_zh, Shop.name_en, Shop.code)
        .order_by(Shop.code)
    )
    return [MissingRow(*row) for row in rows]


def pairing(reader: Reader, device_id: int) -> PairingRow:
    """The key of a phone and the shop that it stands for."""
    row = reader.execute(
        select(Device.shop_code, Device.number, Device.key, Shop.name_zh, Shop.name_en)
        .join(Shop, Shop.id == Device.shop_id)
        .where(Device.id == device_id)
    ).one()
    return PairingRow(*row)


def senders(reader: Reader) -> list[SenderRow]:
    """Whom people have said the senders of chats to be."""
    rows = reader.execute(
        select(MessageSender.id, MessageSender.name, MessageSender.shop_id, Shop.code)
        .outerjoin(Shop, Shop.id == MessageSender.shop_id)
        .order_by(Shop.code, MessageSender.name)
    )
    return [SenderRow(row.id, row.name, row.shop_id, row.code or "") for row in rows]
