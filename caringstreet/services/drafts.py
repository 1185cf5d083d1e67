"""Keep what is typed until it is saved or given up. No action of the street: no audit entry, no change announced."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from caringstreet.model.drafts import Draft
from caringstreet.storage.transaction import Transaction

#: Nobody takes up again what they left so long ago, and names in it must not lie about for ever.
KEPT_FOR = timedelta(days=30)


def keep(tx: Transaction, *, place: str, title: str, typed: dict[str, Any], at: datetime, by: str) -> None:
    """Keep the inputs of a form in place of what was kept of it before; drafts that are too old go."""
    tx.session.execute(delete(Draft).where(Draft.typed_at < at - KEPT_FOR))
    tx.session.merge(Draft(place=place, title=title, typed=typed, typed_by=by, typed_at=at))


def discard(tx: Transaction, *, places: tuple[str, ...]) -> None:
    """Let drafts go; places without one are passed over."""
    tx.session.execute(delete(Draft).where(Draft.place.in_(places)))
