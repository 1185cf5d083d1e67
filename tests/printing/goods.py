"""Goods that tests put on paper."""

from collections.abc import Callable
from datetime import date
from typing import Any

from caringstreet.bootstrap import OpenStreet
from caringstreet.queries import runs as run_queries
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.goods import GiverKind, Target
from caringstreet.rules.quantities import Unit
from caringstreet.services import choice_events, goods, runs
from caringstreet.services.choice_events import EventForm, VisitForm
from caringstreet.services.goods import DonationForm, LotForm, TakenIn
from caringstreet.services.goods_ledger import Recipient
from caringstreet.services.runs import RunForm, StopForm, StopResult
from tests.builders import BY, a_household, a_shop

DAY = date(2026, 11, 18)
#: The clock of these streets stands at the beginning of the month that their goods tell of.
_AHEAD = {Doubt.FUTURE_DAY, Doubt.HIGH_NUMBER}
LONG = "Maria Cristina de los Santos-Villanueva y Concepcion Buenaventura"


def a_lot(item: str = "罐頭沙甸魚", quantity: float = 30, unit: Unit = Unit.PIECE, **fields: object) -> LotForm:
    return LotForm(item=item, quantity=round(quantity * 1000), unit=unit, **fields)  # type: ignore[arg-type]


def a_donation(street: OpenStreet, *lots: LotForm, giver: str = "何太", day: date = DAY, **fields: object) -> TakenIn:
    """Goods of a neighbour, taken in."""
    form = DonationForm(**{"day": day, "lots": lots or (a_lot(),), "giver": giver, "giver_kind": GiverKind.NEIGHBOUR} | fields)  # type: ignore[arg-type]
    with street.database.transaction(accepted=_AHEAD) as tx:
        return goods.take_in(tx, form=form, at=street.clock.now(), by=BY)


def done(street: OpenStreet, service: Callable[..., Any], **facts: Any) -> Any:
    """One action in a transaction of its own."""
    with street.database.transaction(accepted=_AHEAD) as tx:
        return service(tx, **facts, at=street.clock.now(), by=BY)


def a_full_month(street: OpenStreet) -> None:
    """November: twelve runs (544 = 521 + 23), a choice day (214 = 31 + 183, 141 chosen, 42 left), and what else there is."""
    shops = [a_shop(street, f"S{number:02d}", name_zh=f"{number}號麵包店") for number in range(1, 4)]
    households = [a_household(street, display_name=f"街坊{number}") for number in range(1, 6)]
    collected, disposed = [46] * 8 + [44] * 4, [2] * 11 + [1]
    for number, (came, gone) in enumerate(zip(collected, disposed, strict=True)):
        stops = (StopForm(shop_id=shops[number % 3], estimate=40_000),)
        run = done(street, runs.plan, form=RunForm(day=date(2026, 11, 2 + 2 * number), stops=stops)).run_id
        with street.database.reader() as reader:
            stop = run_queries.stops(reader, run)[0].stop_id
        result = StopResult(stop, "麵包", came * 1000, to_households=(came - gone) * 1000, disposed=gone * 1000, grams_each=80)
        done(street, runs.record, run_id=run, results=[result])
    _a_choice_day(street, households)
    rice, socks = a_donation(street, a_lot("米", 20.5, Unit.KILOGRAM), a_lot("襪", 8, Unit.PAIR), giver="米行").lot_ids
    a_donation(street, a_lot("米", 50, Unit.KILOGRAM), giver="批發商", allotted_to=Target.SHOP, allotted_shop_id=shops[0])
    a_donation(street, a_lot("罐頭", 6), giver=LONG, day=date(2026, 10, 20))
    done(street, goods.refuse_donation, form=DonationForm(DAY, (a_lot("舊電池"),), giver="何太"), reason="危險")
    to = Recipient(Target.HOUSEHOLD, household_id=households[1])
    done(street, goods.give, lot_id=rice, quantity=2500, recipient=to, day=DAY)
    wrong = done(street, goods.give, lot_id=socks, quantity=3000, recipient=to, day=DAY)
    done(street, goods.correct, movement_ids=wrong.movement_ids, reason="陳太的電話")


def _a_choice_day(street: OpenStreet, households: list[int]) -> None:
    day = date(2026, 11, 28)
    event = done(street, choice_events.plan, form=EventForm(day, "週街士多", pick_limit=200)).event_id
    form = DonationForm(day, (a_lot("衣物", 214, Unit.ITEM),), giver="街坊")
    (lot,) = done(street, choice_events.receive, event_id=event, form=form).lot_ids
    done(street, choice_events.sort_out, event_id=event, quantities={lot: 31_000})
    for household, picks in ((households[0], 100), (None, 41), (households[2], 0)):
        taken = ((lot, picks * 1000),) if picks else ()
        visit = VisitForm(household, picks=taken, declined=not picks, wishes=("38 號女裝鞋",))
        done(street, choice_events.visit, event_id=event, form=visit)
    done(street, choice_events.close, event_id=event, recycled={lot: 12_000})
