"""A choice day as on the street on 28 November: what came, what was unfit, who took what."""

from datetime import UTC, date, datetime

from caringstreet.bootstrap import OpenStreet
from caringstreet.rules.doubts import Doubt
from caringstreet.rules.goods import GiverKind
from caringstreet.rules.quantities import ONE, Unit
from caringstreet.services import choice_events, goods
from caringstreet.services.choice_events import EventForm, VisitForm
from caringstreet.services.goods import DonationForm, LotForm
from tests.builders import BY

NOW = datetime(2026, 11, 28, 6, 30, tzinfo=UTC)
DAY = date(2026, 11, 28)

#: item, size, condition, received, unfit: 214 and 31.
TABLES = (
    ("外套", "M", "九成新", 40, 6),
    ("毛衣", "L", "八成新", 64, 9),
    ("女裝鞋", "37", "", 30, 8),
    ("圍巾", "", "全新", 80, 8),
)
WISHES = ("38 號女裝鞋", "男裝大衣 XL", "書包", "電飯煲", "嬰兒車", "老花眼鏡", "風扇")


def a_lot(street: OpenStreet, item: str = "外套", pieces: int = 10, *, day: date = DAY, **fields: object) -> int:
    """A lot of pieces in the stock, given by a neighbour; whatever is unusual about it was meant."""
    form = DonationForm(day, (LotForm(item, pieces * ONE, **{"unit": Unit.ITEM} | fields),), GiverKind.NEIGHBOUR, "何太")  # type: ignore[arg-type]
    with street.database.transaction(accepted=tuple(Doubt)) as tx:
        return goods.take_in(tx, form=form, at=street.clock.now(), by=BY).lot_ids[0]


def an_event(street: OpenStreet, **fields: object) -> int:
    """A choice day with three picks each."""
    form = EventForm(**{"day": DAY, "name": "週街士多", "place": "鄰舍中心", "pick_limit": 3} | fields)  # type: ignore[arg-type]
    with street.database.transaction() as tx:
        return choice_events.plan(tx, form=form, at=street.clock.now(), by=BY).event_id


def brought(street: OpenStreet, event_id: int, **pieces: int) -> dict[str, int]:
    """Lots received straight onto the tables, by item."""
    with street.database.transaction() as tx:
        made = choice_events.receive(
            tx,
            event_id=event_id,
            form=DonationForm(DAY, tuple(LotForm(item, count * ONE) for item, count in pieces.items()), giver="何太"),
            at=street.clock.now(),
            by=BY,
        )
    return dict(zip(pieces, made.lot_ids, strict=True))


def the_tables(street: OpenStreet, event_id: int) -> list[int]:
    """The tables of the day, sorted: 183 pieces lie there."""
    lines = tuple(LotForm(item, pieces * ONE, size=size, condition=condition) for item, size, condition, pieces, _ in TABLES)
    with street.database.transaction() as tx:
        form = DonationForm(DAY, lines, giver="何太")
        lots = choice_events.receive(tx, event_id=event_id, form=form, at=NOW, by=BY).lot_ids
    with street.database.transaction() as tx:
        unfit = {lot: one[4] * ONE for lot, one in zip(lots, TABLES, strict=True)}
        choice_events.sort_out(tx, event_id=event_id, quantities=unfit, at=NOW, by=BY)
    return list(lots)


def picks_of(number: int) -> int:
    """How many things the visitor with this number took: 141 by 62 visitors, the last of whom needed nothing."""
    return 3 if number <= 30 else 2 if number <= 50 else 1 if number <= 61 else 0


def visited(street: OpenStreet, event_id: int, form: VisitForm) -> int:
    """One visitor; the id of the visit."""
    with street.database.transaction() as tx:
        return choice_events.visit(tx, event_id=event_id, form=form, at=street.clock.now(), by=BY).visit_id
