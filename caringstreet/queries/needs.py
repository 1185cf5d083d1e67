"""What neighbours want and have not received yet."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from caringstreet.model.choice_events import ChoiceEvent
from caringstreet.model.households import Household
from caringstreet.model.needs import Need
from caringstreet.rules.needs import NeedState
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class NeedRow:
    """One want in the person's own words; a household only where one was named."""

    need_id: int
    subject: str
    day: date
    household_id: int | None
    household: str
    display_name: str
    event: str
    state: NeedState
    note: str


def rows(reader: Reader, *, open_only: bool = False, choice_event_id: int | None = None) -> list[NeedRow]:
    """Needs, the newest first."""
    wanted = (
        select(
            Need.id,
            Need.subject,
            Need.day,
            Need.household_id,
            func.coalesce(Household.number, ""),
            func.coalesce(Household.display_name, ""),
            func.coalesce(ChoiceEvent.name, ""),
            Need.state,
            Need.note,
        )
        .outerjoin(Household, Household.id == Need.household_id)
        .outerjoin(ChoiceEvent, ChoiceEvent.id == Need.choice_event_id)
        .order_by(Need.day.desc(), Need.id.desc())
    )
    if open_only:
        wanted = wanted.where(Need.state == NeedState.NEW)
    if choice_event_id is not None:
        wanted = wanted.where(Need.choice_event_id == choice_event_id)
    return [NeedRow(*row) for row in reader.execute(wanted)]
