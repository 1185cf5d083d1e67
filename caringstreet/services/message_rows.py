"""What a line of a chat is worth: which shop says it, whether it can be believed, and when it happened."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time

from sqlalchemy import select

from caringstreet.clock import local_day, local_time, to_utc
from caringstreet.model.devices import Device
from caringstreet.model.evidence import Evidence
from caringstreet.model.shops import Shop
from caringstreet.model.vouchers import Voucher, VoucherSheet
from caringstreet.rules.claims import CLOCK_SLACK, Claim, cannot_be, genuine, plain
from caringstreet.rules.evidence import Attempt, Channel, Outcome, Verdict
from caringstreet.rules.messages import MessageKind, Told
from caringstreet.services.evidence_rows import Known, digest
from caringstreet.services.message_senders import shops_of_senders
from caringstreet.storage.transaction import Transaction

_AT_ONCE = 400
#: What is wrong with a line is wrong with it each time that it is read; only a good one is known.
_STAYS = frozenset({MessageKind.MISTYPED, MessageKind.BAD_MAC, MessageKind.REVOKED, MessageKind.REFUSED, MessageKind.CONFLICTING})


@dataclass(frozen=True)
class Placed:
    """A line with its shop. `content` is its identity; without a shop it can be shown and not kept.

    `device_id` is that of a phone which signed it; `attempt` says what it speaks of, or why it is nothing.
    """

    told: Told
    shop_id: int | None
    content: str
    attempt: Attempt
    device_id: int | None = None
    forged: bool = False

    @property
    def said_at(self) -> datetime | None:
        """What the phone's clock said (UTC); of a line that nobody signed nothing is believed."""
        claim = self.told.claim
        return to_utc(claim.said_at) if claim is not None and not self.forged else None

    @property
    def sent_at(self) -> datetime | None:
        """The minute of the message by the chat's clock (UTC): some exports say seconds and some do not."""
        sent_at = self.told.sent_at
        return to_utc(sent_at.replace(second=0, microsecond=0)) if sent_at is not None else None


class Places:
    """The phones, shops and senders of a street, as lines name them."""

    def __init__(self, tx: Transaction, nameless_shop_id: int | None) -> None:
        self.devices = {(one.shop_code, one.number): one for one in tx.session.scalars(select(Device))}
        self.by_id = {one.id: one for one in self.devices.values()}
        self._shops = {code: shop_id for code, shop_id in tx.session.execute(select(Shop.code, Shop.id))}
        self._senders = shops_of_senders(tx)
        if nameless_shop_id is not None:
            self._senders[""] = nameless_shop_id

    def place(self, told: Told) -> Placed | None:
        """Where a line belongs; None for a code that the centre itself repeats in an answer."""
        if told.claim is not None:
            return self._line(told, told.claim)
        assert told.attempt is not None
        if told.name in self._senders and self._senders[told.name] is None:
            return None
        shop_id = self._senders.get(told.name)
        serial = told.attempt.serial
        if serial is not None:
            content = digest("told code", str(shop_id), str(serial))
        else:
            content = digest("told text", str(shop_id), re.sub(r"[^0-9A-Z]", "", plain(told.text)))
        return Placed(told, shop_id, content, told.attempt)

    def _line(self, told: Told, claim: Claim) -> Placed:
        device = self.devices.get((claim.shop, claim.device))
        if device is None or not genuine(claim, device.key):
            shop_id = device.shop_id if device is not None else self._shops.get(claim.shop) or self._senders.get(told.name)
            refused = Attempt(claim.line, problem=Outcome.BAD_SIGNATURE)
            return Placed(told, shop_id, claim.identity, refused, forged=True)
        problem = None if claim.serial is not None else Outcome.MISTYPED
        attempt = Attempt(claim.line, claim.serial, problem)
        return Placed(told, device.shop_id, claim.identity, attempt, device.id)

    def is_revoked(self, device_id: int | None, known_at: datetime) -> bool:
        """Whether a line was known only after its phone's card was revoked; the phone's own clock is not asked."""
        device = self.by_id.get(device_id) if device_id is not None else None
        return device is not None and device.revoked_at is not None and known_at >= device.revoked_at


def first_days(tx: Transaction, serials: Iterable[int]) -> dict[int, datetime]:
    """The moment before which nobody can have taken a voucher: the start of the day on which it was made."""
    found: dict[int, datetime] = {}
    wanted = sorted(set(serials))
    for start in range(0, len(wanted), _AT_ONCE):
        rows = tx.session.execute(
            select(Voucher.serial, Voucher.valid_from, VoucherSheet.created_at)
            .join(VoucherSheet, VoucherSheet.id == Voucher.sheet_id)
            .where(Voucher.serial.in_(wanted[start : start + _AT_ONCE]))
        )
        for serial, valid_from, created_at in rows:
            found[serial] = to_utc(datetime.combine(min(valid_from, local_day(created_at)), time.min))
    return found


def decide_time(row: Evidence, first_day: datetime | None) -> None:
    """The time that counts: the phone's where it can be, else the message's; where neither is known, none.

    Its day is then that of the first import: it decides what a late line may still do, and is shown as no time.
    """
    known_at = known_since(row)
    said_at = row.said_at
    if said_at is not None and cannot_be(said_at, known_at, first_day or datetime.min.replace(tzinfo=UTC)):
        said_at = None
    row.happened_at = said_at or (known_at if row.sent_at is not None else None)
    row.day = local_time(row.happened_at or known_at).date()


def known_since(row: Evidence) -> datetime:
    """When a line was sent, or else first read here; a message cannot be sent after it was read."""
    if row.sent_at is not None and row.sent_at <= row.received_at + CLOCK_SLACK:
        return row.sent_at
    return row.received_at


def believe(row: Evidence, attempt: Attempt, known: Known, *, set_aside: bool) -> None:
    """Let a line count for its voucher, or set it aside where its phone was revoked before it came."""
    found = known.of(attempt)
    if set_aside or found is None:
        row.voucher_id, row.flags = None, []
        outcome = Outcome.BAD_SIGNATURE if set_aside else attempt.unfound
        row.outcome, row.verdict = outcome, Verdict.REFUSED
    else:
        row.voucher_id = found[0].id
        row.flags = known.flags(found[0].serial, Channel.WHATSAPP, row.happened_at, row.day)


def kind_of(row: Evidence, *, forged: bool, known: bool) -> MessageKind:
    """The class of a line in a preview; `known` where it was kept before, or stood in the chat before."""
    if forged:
        kind = MessageKind.BAD_MAC
    elif row.outcome is Outcome.BAD_SIGNATURE and row.device_id is not None:
        kind = MessageKind.REVOKED
    elif row.outcome is Outcome.MISTYPED:
        kind = MessageKind.MISTYPED
    elif row.outcome is Outcome.ALREADY_KNOWN:
        kind = MessageKind.KNOWN
    elif row.verdict is Verdict.ASK:
        kind = MessageKind.ASK
    elif row.verdict is Verdict.REFUSED:
        conflict = row.outcome in (Outcome.WRONG_SHOP, Outcome.ALREADY_USED)
        kind = MessageKind.CONFLICTING if conflict else MessageKind.REFUSED
    else:
        kind = MessageKind.NEW
    return MessageKind.KNOWN if known and kind not in _STAYS else kind
