"""A believable practice street with months of life; the same every time."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from caringstreet import files
from caringstreet.bootstrap import OpenStreet, found_street
from caringstreet.clock import FixedClock, SystemClock, to_utc
from caringstreet.practice.goods import GoodsStory
from caringstreet.practice.people import FAMILIES, OFFERS, SHOPS, STREETS, a_household
from caringstreet.progress import NoProgress, Progress
from caringstreet.rules.codes import code_of
from caringstreet.rules.evidence import Attempt, Channel
from caringstreet.rules.months import Month
from caringstreet.rules.offers import outside_window
from caringstreet.rules.vouchers import HandedTo
from caringstreet.services import devices, evidence, households, offers, shops, vouchers
from caringstreet.services.street import StreetSettings
from caringstreet.services.vouchers import IssueLine
from caringstreet.storage import backups, sidecars
from caringstreet.storage.problems import StorageProblem, StorageTrouble, naming_trouble

#: A published constant, so that specimens look the same everywhere; worth nothing outside practice.
_PRACTICE_KEY = bytes(range(32))
_BY = "Demo"


@dataclass(frozen=True)
class DemoCounts:
    shops: int
    offers: int
    households: int
    issued: int
    redeemed: int
    months: int
    donations: int
    runs: int


@dataclass(frozen=True)
class _Held:
    """A voucher in somebody's hands, as the story needs it."""

    voucher_id: int
    serial: int
    shop_id: int
    offer: str
    first_day: date
    last_day: date


def make_demo(
    path: Path,
    *,
    months: int = 3,
    households_wanted: int = 60,
    today: date | None = None,
    progress: Progress | None = None,
) -> DemoCounts:
    """Make a practice street at `path` whose last month is that of `today`.

    The file appears once it is whole; cancelled, nothing of it stays. Raises StorageProblem where there is a file already.
    """
    today = today or SystemClock().today()
    if path.exists():
        raise StorageProblem(StorageTrouble.EXISTS, str(path))
    with naming_trouble(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = files.beside(path, "new")
        story = _Story(unfinished, months, households_wanted, today)
        try:
            counts = story.tell(progress or NoProgress())
            story.street.close()
            backups.put_in_place(unfinished, path)
        finally:
            story.street.close()
            sidecars.remove(unfinished)
    return counts


class _Story:
    """Tells the months one after the other; chance comes from one fixed seed."""

    def __init__(self, path: Path, months: int, households_wanted: int, today: date) -> None:
        self.chance = random.Random(20261121)  # noqa: S311 (a story, not a secret)
        self.today = today
        self.months = list(_months_before(Month.of(today), months))
        self.wanted = households_wanted
        self.clock = FixedClock(_at(self.months[0].first_day - timedelta(days=20), 10))
        settings = StreetSettings(name="愛心街（練習）", team="鄰舍義工隊", phone="25550100", streets=STREETS, goods=True)
        self.street: OpenStreet = found_street(path, settings, by=_BY, clock=self.clock, practice=True, private_key=_PRACTICE_KEY)
        self.street.random_bits = self.chance.getrandbits
        self.shop_ids: dict[str, int] = {}
        self.offer_ids: dict[str, int] = {}
        self.issued = self.redeemed = 0

    def tell(self, progress: Progress) -> DemoCounts:
        steps = 2 * len(self.months) + 2
        self._open_shops()
        self._pair_phones()
        progress.at(1, steps)
        self._admit()
        goods = GoodsStory(self.street, self._do, self.today, self.shop_ids, self.household_ids)
        for number, month in enumerate(self.months):
            progress.at(2 * number + 2, steps)
            self._live(month)
            progress.at(2 * number + 3, steps)
            goods.live(month)
        goods.show_today()
        progress.at(steps, steps)
        return DemoCounts(
            shops=len(self.shop_ids),
            offers=len(self.offer_ids),
            households=len(self.household_ids),
            issued=self.issued,
            redeemed=self.redeemed,
            months=len(self.months),
            donations=goods.donations,
            runs=goods.runs,
        )

    def _do(self, service: partial[Any], at: datetime) -> Any:
        self.clock.set(at)
        with self.street.database.transaction() as tx:
            return service(tx, at=at, by=_BY)

    def _open_shops(self) -> None:
        start = self.clock.now()
        for form in SHOPS(self.today):
            kept = self._do(partial(shops.register, form=form), start)
            self.shop_ids[form.code] = kept.shop_id
        for code, terms in OFFERS.items():
            kept = self._do(partial(offers.register, shop_id=self.shop_ids[code], terms=terms), start)
            self.offer_ids[code] = kept.offer_id

    def _admit(self) -> None:
        self.household_ids: list[int] = []
        first_month = self.months[0].first_day
        for number in range(self.wanted):
            family = FAMILIES[number % len(FAMILIES)]
            consent_on = first_month - timedelta(days=self.chance.randint(5, 15))
            form = a_household(family, number, consent_on, self.today, self.chance)
            kept = self._do(partial(households.register, form=form, today=self.today), self.clock.now())
            self.household_ids.append(kept.household_id)

    def _live(self, month: Month) -> None:
        held = self._hand_out(month)
        chosen = [one for one in held if self.chance.random() < 0.83]
        self._bring_back(month, chosen)

    def _hand_out(self, month: Month) -> list[_Held]:
        first = month.first_day
        if first > self.today:
            return []
        lines = []
        for household_id in self.household_ids:
            for code in self.chance.sample(sorted(self.offer_ids), k=self.chance.randint(5, 8)):
                lines.append(IssueLine(household_id, self.offer_ids[code], first, 1))
        at = _at(first, 10)
        made = self._do(partial(vouchers.issue, lines=lines, random_bits=self.street.random_bits), at)
        ids = list(made.voucher_ids)
        self.issued += len(ids)
        self._do(partial(vouchers.mark_printed, voucher_ids=ids), at)
        handed = ids if month != self.months[-1] else ids[: len(ids) - 14]
        self._do(partial(vouchers.hand_out, voucher_ids=handed, day=first, to=HandedTo.SELF), at)
        return self._held(handed)

    def _held(self, voucher_ids: list[int]) -> list[_Held]:
        from caringstreet.queries.vouchers import rows

        with self.street.database.reader() as reader:
            found = rows(reader, voucher_ids, self.today)
        return [_Held(row.voucher_id, row.serial, row.shop_id, row.offer, row.valid_from, row.valid_to) for row in found.values()]

    def _bring_back(self, month: Month, held: list[_Held]) -> None:
        """Shops with WhatsApp send most codes the same day; the paper follows with the next round."""
        rounds = [day for day in _rounds(month) if day <= self.today]
        messages: list[tuple[datetime, _Held]] = []
        envelopes: dict[tuple[date, int], list[_Held]] = {}
        for one in held:
            moment = self._moment(one)
            if moment is None or moment.date() > self.today:
                continue
            self.redeemed += 1
            writes = OFFERS[one.offer].fund_cents == 0 or self.chance.random() < 0.6
            if writes and one.shop_id % 3:
                messages.append((moment, one))
            day = next((day for day in rounds if day >= moment.date()), None)
            if day is not None:
                envelopes.setdefault((day, one.shop_id), []).append(one)
        if month == self.months[-1]:
            self._copy_a_slip(envelopes)
        events: list[tuple[datetime, Channel, int, list[_Held]]] = [
            (moment, Channel.WHATSAPP, one.shop_id, [one]) for moment, one in messages
        ]
        events += [(datetime.combine(day, time(15, 0)), Channel.SLIP, shop_id, slips) for (day, shop_id), slips in envelopes.items()]
        for moment, channel, shop_id, ones in sorted(events, key=lambda event: (event[0], event[2])):
            attempts = [Attempt(code_of(one.serial), one.serial) for one in ones]
            counted = len(ones) if channel is Channel.SLIP else None
            self._do(
                partial(
                    evidence.record,
                    attempts=attempts,
                    shop_id=shop_id,
                    channel=channel,
                    counted_by_shop=counted,
                ),
                to_utc(moment),
            )

    def _copy_a_slip(self, envelopes: dict[tuple[date, int], list[_Held]]) -> None:
        """A photocopy in the fullest envelope of the last round: a question that waits for a person."""
        if envelopes:
            last = max(day for day, _ in envelopes)
            fullest = max((key for key in envelopes if key[0] == last), key=lambda key: (len(envelopes[key]), -key[1]))
            envelopes[fullest].append(envelopes[fullest][0])

    def _pair_phones(self) -> None:
        """Two shops use a phone; the others put the paper into the envelope."""
        for code in sorted(self.shop_ids)[:2]:
            self._do(partial(devices.pair, shop_id=self.shop_ids[code], random_bits=self.street.random_bits), self.clock.now())

    def _moment(self, one: _Held) -> datetime | None:
        """A day and hour within the offer's window, or None where none was found."""
        terms = OFFERS[one.offer]
        for _ in range(40):
            day = one.first_day + timedelta(days=self.chance.randint(1, (one.last_day - one.first_day).days))
            moment = datetime.combine(day, time(self.chance.randint(9, 19), self.chance.randint(0, 59)))
            if not outside_window(terms, moment):
                return moment
        return None


def _months_before(last: Month, count: int) -> Iterator[Month]:
    months = [last]
    while len(months) < count:
        months.insert(0, months[0].previous())
    yield from months


def _rounds(month: Month) -> list[date]:
    """Every Saturday and the last day."""
    days = [month.first_day + timedelta(days=n) for n in range((month.last_day - month.first_day).days + 1)]
    return [day for day in days if day.weekday() == 5 or day == month.last_day]


def _at(day: date, hour: int) -> datetime:
    return to_utc(datetime.combine(day, time(hour, 0)))
