"""Goods that tests put on paper."""

from datetime import date

from caringstreet.bootstrap import OpenStreet
from caringstreet.rules.goods import GiverKind
from caringstreet.rules.quantities import Unit
from caringstreet.services import goods
from caringstreet.services.goods import DonationForm, LotForm, TakenIn
from tests.builders import BY

DAY = date(2026, 11, 18)
LONG = "Maria Cristina de los Santos-Villanueva y Concepcion Buenaventura"


def a_lot(item: str = "罐頭沙甸魚", quantity: float = 30, unit: Unit = Unit.PIECE, **fields: object) -> LotForm:
    return LotForm(item=item, quantity=round(quantity * 1000), unit=unit, **fields)  # type: ignore[arg-type]


def a_donation(street: OpenStreet, *lots: LotForm, giver: str = "何太", day: date = DAY, **fields: object) -> TakenIn:
    """Goods of a neighbour, taken in."""
    form = DonationForm(**{"day": day, "lots": lots or (a_lot(),), "giver": giver, "giver_kind": GiverKind.NEIGHBOUR} | fields)  # type: ignore[arg-type]
    with street.database.transaction() as tx:
        return goods.take_in(tx, form=form, at=street.clock.now(), by=BY)
