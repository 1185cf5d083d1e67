"""Keeps what neighbours want and have not received yet."""

from datetime import date, datetime

from caringstreet.model.needs import Need
from caringstreet.rules.changes import Changed
from caringstreet.rules.needs import NeedKind, NeedState
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import finding
from caringstreet.storage.transaction import Transaction

_CHANGED = (Changed.NEEDS,)


def note(tx: Transaction, *, subject: str, day: date, household_id: int | None = None, at: datetime, by: str) -> int:
    """Note a want in the person's own words; the id of the need. Refuses an empty one."""
    if not subject.strip():
        raise RuleRefused(Refusal.NAME_MISSING, "subject")
    if household_id is not None:
        finding.household(tx, household_id)
    row = Need(
        kind=NeedKind.GOODS,
        subject=subject.strip(),
        day=day,
        household_id=household_id,
        state=NeedState.NEW,
        recorded_by=by,
    )
    tx.session.add(row)
    tx.session.flush()
    tx.audit("needs.note", by=by, at=at, subject=("need", row.id), changed=_CHANGED)
    return row.id


def settle(tx: Transaction, *, need_id: int, state: NeedState, note: str = "", at: datetime, by: str) -> None:
    """Say what became of a need; back to new where that was a mistake. Could not be met asks why."""
    row = tx.session.get(Need, need_id)
    if row is None:
        raise RuleRefused(Refusal.NEED_UNKNOWN)
    row.note = finding.a_reason(note) if state is NeedState.UNMET else note.strip() or row.note
    row.state = state
    tx.audit("needs.settle", by=by, at=at, subject=("need", row.id), changed=_CHANGED, state=state)
