"""The goods of the practice street: months of bread runs, donations and hand-outs, and an afternoon in the middle of it."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from caringstreet.bootstrap import OpenStreet
from caringstreet.clock import to_utc
from caringstreet.queries import runs as run_queries
from caringstreet.rules.distributions import LineState
from caringstreet.rules.goods import DisposalReason, GiverKind, StorageClass, Target
from caringstreet.rules.months import Month
from caringstreet.rules.quantities import ONE, Unit
from caringstreet.services import choice_events, distributions, goods, needs, runs, stock_takes
from caringstreet.services.choice_events import EventForm, VisitForm
from caringstreet.services.distributions import LineForm, ListForm
from caringstreet.services.goods import DonationForm, LotForm
from caringstreet.services.goods_ledger import Recipient
from caringstreet.services.runs import RunForm, StopForm, StopResult
from caringstreet.services.stock_takes import CountForm

_BREAD_DAYS = (1, 3, 5)  # Tuesday, Thursday, Saturday
#: Shop, what it gives in the evening, how much a piece weighs, and between which numbers.
_BAKERIES = (("S04", "麵包", 80, 12, 26), ("S02", "菠蘿包、蛋撻", 70, 5, 14))
_CLOTHES = (
    ("成人衫褲", 44, "中碼", "八成新"),
    ("童裝", 26, "4–8 歲", "八成新"),
    ("冬天外套", 14, "大碼", "九成新"),
    ("圖書", 25, "", "舊"),
    ("碗碟", 18, "", "全新"),
)
Do = Callable[[partial[Any], datetime], Any]


class GoodsStory:
    """Tells what came and went; `do` runs a service at a moment. Chance comes from a seed of its own."""

    def __init__(self, street: OpenStreet, do: Do, today: date, shop_ids: Mapping[str, int], household_ids: Sequence[int]) -> None:
        self._street, self._do, self._today = street, do, today
        self._shops, self._households = shop_ids, household_ids
        self._chance = random.Random(20261203)  # noqa: S311 (a story, not a secret)
        self.donations = self.runs = 0

    def live(self, month: Month) -> None:
        """A month up to yesterday: bread in the evenings, donations, one list of households."""
        for day in _days(month):
            if day >= self._today:
                return
            if day.weekday() in _BREAD_DAYS:
                self._bread_run(day)
            self._give_and_take(day)

    def show_today(self) -> None:
        """What lies on the tables today, so that every page of goods has something to do."""
        self._stock()
        self._plan_tonight()
        self._choice_day()
        self._do(partial(needs.note, subject="一張單人床褥", day=self._today, household_id=self._households[5]), self._at(11, 0))

    # Evenings and donations -----------------------------------------------------------------------------------

    def _bread_run(self, day: date) -> None:
        evening = to_utc(datetime.combine(day, time(22, 20)))
        gifts = [(shop, item, grams, self._chance.randint(low, high)) for shop, item, grams, low, high in _BAKERIES]
        stops = tuple(
            StopForm(shop_id=self._shops[shop], estimate=ONE * (pieces + self._chance.randint(-2, 3))) for shop, _, _, pieces in gifts
        )
        run = self._do(partial(runs.plan, form=RunForm(day, stops)), evening - timedelta(hours=2))
        with self._street.database.reader() as reader:
            stop_ids = [one.stop_id for one in run_queries.stops(reader, run.run_id)]
        results = []
        for number, (stop_id, (_, item, grams, pieces)) in enumerate(zip(stop_ids, gifts, strict=True)):
            gone, group = self._chance.choice((0, 0, 1, 2)), 4 if number == 0 else 0
            results.append(
                StopResult(
                    stop_id=stop_id,
                    item=item,
                    collected=ONE * pieces,
                    to_households=ONE * (pieces - gone - group),
                    households=(pieces - gone - group) // 2,
                    to_group=ONE * group,
                    group_name="清潔工友",
                    disposed=ONE * gone,
                    reason=self._chance.choice((DisposalReason.OVER_TIME, DisposalReason.CRUSHED)),
                    collected_at=evening - timedelta(minutes=55 - 15 * number),
                    best_before=day + timedelta(days=1),
                    grams_each=grams,
                )
            )
        self._do(partial(runs.record, run_id=run.run_id, results=results), evening)
        self.runs += 1

    def _give_and_take(self, day: date) -> None:
        """What a day of the month brings, the same each month."""
        if day.day == 4:
            oranges = LotForm("橙", 8 * ONE, Unit.CATTY, best_before=day + timedelta(days=6))
            (lot,) = self._take_in(day, oranges, shop="S05")
            self._give(lot, 6500, day, Recipient(Target.HOUSEHOLDS, people=13))
            bad = partial(goods.dispose, lot_id=lot, quantity=1500, reason=DisposalReason.CRUSHED, day=day)
            self._do(bad, self._at(18, 30, day))
        elif day.day == 7:
            (lot,) = self._take_in(
                day, LotForm("罐頭", 24 * ONE, Unit.PIECE, best_before=day + timedelta(days=300), place="A 架"), giver="街坊黃太"
            )
            self._hand_out_list(day, "罐頭", lot, 2 * ONE, 10)
        elif day.day == 9:
            rice = LotForm(
                "白米 2 公斤裝",
                10 * ONE,
                Unit.PACK,
                best_before=day + timedelta(days=180),
                place="A 架",
                value_cents=28000,
                grams_each=2000,
            )
            (lot,) = self._take_in(day, rice, shop="S08")
            for number in range(3):
                self._give(lot, 2 * ONE, day, Recipient(Target.HOUSEHOLD, household_id=self._household(day.month * 3 + number)))
        elif day.day == 12:
            self._take_in(day, LotForm("口罩", 12 * ONE, Unit.BOX, place="B 架"), giver="街角教會", kind=GiverKind.PARTNER)
        elif day.day == 16:
            sack = LotForm("白米", 50 * ONE, Unit.KILOGRAM)
            self._take_in(day, sack, giver="東灣貿易", kind=GiverKind.PARTNER, to_shop="S03")
            self._take_in(day, LotForm("勞工手套", 30 * ONE, Unit.PAIR), shop="S12", team=True)
        elif day.day == 18:
            opened = DonationForm(day, (LotForm("奶粉", ONE, Unit.ITEM),), giver="街坊")
            self._do(partial(goods.refuse_donation, form=opened, reason="罐已開封"), self._at(16, 0, day))

    def _take_in(
        self,
        day: date,
        *lots: LotForm,
        shop: str = "",
        giver: str = "",
        kind: GiverKind = GiverKind.NEIGHBOUR,
        to_shop: str = "",
        team: bool = False,
    ) -> tuple[int, ...]:
        form = DonationForm(
            day=day,
            lots=lots,
            giver_kind=GiverKind.SHOP if shop else kind,
            giver=giver,
            shop_id=self._shops[shop] if shop else None,
            allotted_to=Target.SHOP if to_shop else Target.TEAM if team else None,
            allotted_shop_id=self._shops[to_shop] if to_shop else None,
        )
        kept = self._do(partial(goods.take_in, form=form), self._at(15, 0, day))
        self.donations += 1
        ids: tuple[int, ...] = kept.lot_ids
        return ids

    def _give(self, lot: int, quantity: int, day: date, recipient: Recipient) -> None:
        self._do(partial(goods.give, lot_id=lot, quantity=quantity, recipient=recipient, day=day), self._at(17, 0, day))

    def _hand_out_list(self, day: date, name: str, lot: int, each: int, households: int) -> None:
        """All come but the last, who is a no-show once the list is closed."""
        first = day.month * 7
        lines = tuple(LineForm(lot, each, household_id=self._household(first + number)) for number in range(households))
        kept = self._do(partial(distributions.plan, form=ListForm(day, name, lines)), self._at(15, 30, day))
        self._do(partial(distributions.give_lines, line_ids=kept.line_ids[:-1]), self._at(17, 0, day))
        self._do(partial(distributions.close, distribution_id=kept.distribution_id), self._at(18, 0, day))

    # Today ----------------------------------------------------------------------------------------------------

    def _stock(self) -> None:
        """Something to give first, something past its day, an item that is low, a list, a count to be signed."""
        today, yesterday, before = self._today, *(self._today - timedelta(days=days) for days in (1, 3))
        rice, cans = self._take_in(
            before,
            LotForm("白米 2 公斤裝", 12 * ONE, Unit.PACK, best_before=today + timedelta(days=150), place="A 架", grams_each=2000),
            LotForm("罐頭", 30 * ONE, Unit.PIECE, best_before=today + timedelta(days=280), place="A 架"),
            shop="S08",
        )
        chilled = StorageClass.CHILLED
        self._take_in(
            yesterday,
            LotForm("鮮奶", 12 * ONE, Unit.BOX, chilled, best_before=today + timedelta(days=1), place="雪櫃"),
            LotForm("豆腐", 9 * ONE, Unit.ITEM, chilled, use_by=today, place="雪櫃"),
            giver="街角教會",
            kind=GiverKind.PARTNER,
        )
        self._take_in(before, LotForm("紙包蛋糕", 6 * ONE, Unit.ITEM, best_before=yesterday, place="雪櫃"), shop="S04")
        self._take_in(before, LotForm("嬰兒尿片", 2 * ONE, Unit.PACK, place="B 架"), giver="街坊何太")
        minimum = partial(goods.set_minimum, item="嬰兒尿片", unit=Unit.PACK, minimum=5 * ONE)
        self._do(minimum, self._at(15, 10, before))
        lines = tuple(
            LineForm(lot, quantity, household_id=self._household(2 + 3 * number))
            for number in range(6)
            for lot, quantity in ((rice, ONE), (cans, 2 * ONE))
        )
        kept = self._do(partial(distributions.plan, form=ListForm(today, "白米及罐頭", lines)), self._at(9, 30))
        self._do(partial(distributions.give_lines, line_ids=kept.line_ids[:4]), self._at(10, 5))
        declined = partial(distributions.pass_over_lines, line_ids=kept.line_ids[4:5], state=LineState.DECLINED)
        self._do(declined, self._at(10, 8))
        (masks,) = self._take_in(before, LotForm("消毒搓手液", 15 * ONE, Unit.BOTTLE, place="B 架"), shop="S09")
        counted = (CountForm(masks, 14 * ONE, "一樽漏咗"),)
        self._do(partial(stock_takes.count, day=yesterday, counts=counted, place="B 架"), self._at(17, 30, yesterday))

    def _plan_tonight(self) -> None:
        stops = tuple(StopForm(shop_id=self._shops[shop]) for shop, *_ in _BAKERIES)
        self._do(partial(runs.plan, form=RunForm(self._today, stops)), self._at(9, 0))
        said = {self._shops["S04"]: 18 * ONE, self._shops["S02"]: 12 * ONE}
        self._do(partial(runs.announce, day=self._today, estimates=said), self._at(10, 20))

    def _choice_day(self) -> None:
        form = EventForm(self._today, "週街士多", "社區中心地下", 3, (("10:00", 20), ("11:00", 20), ("14:00", 20)))
        event = self._do(partial(choice_events.plan, form=form), self._at(9, 0)).event_id
        lots = tuple(LotForm(item, ONE * count, size=size, condition=state) for item, count, size, state in _CLOTHES)
        gift = DonationForm(self._today, lots, giver="街坊")
        brought = self._do(partial(choice_events.receive, event_id=event, form=gift), self._at(9, 10))
        self.donations += 1
        unfit = {brought.lot_ids[0]: 5 * ONE, brought.lot_ids[4]: 3 * ONE}
        self._do(partial(choice_events.sort_out, event_id=event, quantities=unfit, note="有崩口"), self._at(9, 20))
        known = dict.fromkeys(self._household(4 * number) for number in range(11))
        named = iter([*known, *[None] * (11 - len(known))])
        for number in range(11):
            picks = self._chance.sample(brought.lot_ids, k=self._chance.randint(1, 3))
            visit = VisitForm(
                household_id=next(named) if number % 4 else None,
                slot="10:00",
                picks=() if number == 6 else tuple((lot, ONE) for lot in picks),
                declined=number == 6,
                wishes={3: ("38 號女裝鞋",), 8: ("電飯煲", "老花鏡")}.get(number, ()),
            )
            self._do(partial(choice_events.visit, event_id=event, form=visit), self._at(10, 2 + 3 * number))

    def _household(self, number: int) -> int:
        return self._households[number % len(self._households)]

    def _at(self, hour: int, minute: int, day: date | None = None) -> datetime:
        return to_utc(datetime.combine(day or self._today, time(hour, minute)))


def _days(month: Month) -> Iterator[date]:
    for number in range((month.last_day - month.first_day).days + 1):
        yield month.first_day + timedelta(days=number)
