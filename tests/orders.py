"""The same evidence in any order, on a real data file: each order is played in a rehearsal and rolled back."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select

from caringstreet.clock import to_utc
from caringstreet.model.adjustments import Adjustment
from caringstreet.model.evidence import Evidence, Redemption
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.codes import code_of
from caringstreet.rules.evidence import Attempt, Channel
from caringstreet.services import evidence
from caringstreet.storage.transaction import Transaction
from tests.builders import BY, a_household, a_shop, a_street, an_offer, handed_out, issued

State = tuple[tuple[str, ...], ...]
_STATES = (
    (Voucher.id, Voucher.state),
    (Redemption.voucher_id, Redemption.shop_id, Redemption.day, Redemption.channel, Redemption.without_slip, Redemption.flags),
    (
        Evidence.voucher_id,
        Evidence.shop_id,
        Evidence.kind,
        Evidence.day,
        Evidence.happened_at,
        Evidence.outcome,
        Evidence.verdict,
        Evidence.flags,
    ),
    (Adjustment.voucher_id, Adjustment.fund_cents),
)


class Street:
    """Messages by every channel, envelopes of four rounds, a copy, a stray slip, late ones, one never handed out."""

    def __init__(self, folder: Path) -> None:
        self.street = a_street(folder)
        shop, other = a_shop(self.street, "S07"), a_shop(self.street, "S18")
        offer = an_offer(self.street, shop, per_visit=2)
        ids = handed_out(self.street, a_household(self.street), offer, count=6)
        ids += issued(self.street, a_household(self.street), offer, count=1)
        with self.street.database.reader() as reader:
            self._serials = {one: serial for one, serial in reader.execute(select(Voucher.id, Voucher.serial))}
        self.pieces: list[Callable[[Transaction], None]] = [
            self._message(shop, ids[0], 10, 10, Channel.WHATSAPP),
            self._message(shop, ids[0], 10, 10, Channel.PAGE),
            self._message(shop, ids[1], 10, 11, Channel.WHATSAPP),
            self._message(shop, ids[2], 10, 12, Channel.PHONE),
            self._message(shop, ids[0], 12, 9, Channel.WHATSAPP),
            self._message(other, ids[3], 11, 9, Channel.WHATSAPP),
            self._envelope(shop, ids[:2], date(2026, 11, 14)),
            self._envelope(shop, [ids[0], ids[3], ids[6]], date(2026, 11, 21)),
            self._envelope(other, ids[4:5], date(2026, 11, 21)),
            self._envelope(shop, ids[2:3], date(2026, 12, 2)),
            self._envelope(shop, ids[4:6], date(2026, 12, 5)),
        ]

    def _attempts(self, ids: Iterable[int]) -> list[Attempt]:
        return [Attempt(code_of(self._serials[one]), self._serials[one]) for one in ids]

    def _message(self, shop: int, voucher: int, day: int, hour: int, channel: Channel) -> Callable[[Transaction], None]:
        attempts, at = self._attempts([voucher]), to_utc(datetime(2026, 11, day, hour))

        def come(tx: Transaction) -> None:
            evidence.record(tx, attempts=attempts, shop_id=shop, channel=channel, at=at, by=BY)

        return come

    def _envelope(self, shop: int, ids: list[int], day: date) -> Callable[[Transaction], None]:
        attempts, at = self._attempts(ids), to_utc(datetime(day.year, day.month, day.day, 15))

        def come(tx: Transaction) -> None:
            evidence.record(tx, attempts=attempts, shop_id=shop, channel=Channel.SLIP, at=at, by=BY, day=day)

        return come

    def after(self, order: Iterable[int]) -> State:
        """What stands in the file after the pieces came in this order, some of them again."""
        with self.street.database.rehearsal() as tx:
            for place in order:
                self.pieces[place](tx)
            tx.session.flush()
            return tuple(tuple(sorted(str(tuple(row)) for row in tx.session.execute(select(*columns)))) for columns in _STATES)

    def tried(self, count: int, seed: int = 1) -> dict[Any, int]:
        """How many random orders, with up to four repeats, led to each state."""
        random, places = Random(seed), list(range(len(self.pieces)))
        found: dict[Any, int] = {}
        for _ in range(count):
            order = places + random.choices(places, k=random.randint(0, 4))
            random.shuffle(order)
            state = self.after(order)
            found[state] = found.get(state, 0) + 1
        return found
