"""One user action on the data file: a session, what changed, and its one audit entry."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from caringstreet.model.audit import AuditEntry
from caringstreet.rules.changes import Changed
from caringstreet.rules.doubts import Doubt, Doubted
from caringstreet.storage import written

#: What is typed and not yet said is no action.
_WITHOUT_ENTRY = frozenset({"draft", "audit_entry"})


class Transaction:
    """Handed to a service; after the commit `changed` tells which tables on screen to refresh."""

    def __init__(self, session: Session, command_id: str | None = None, accepted: Collection[Doubt] = ()) -> None:
        self.session = session
        self.command_id = command_id
        self.changed: set[Changed] = set()
        self.accepted = frozenset(accepted)
        self._audited = 0

    def ask(self, doubt: Doubt, field: str = "", **facts: object) -> None:
        """Raise Doubted about something unusual, unless the person has accepted it."""
        if doubt not in self.accepted:
            raise Doubted(doubt, field, **facts)

    def audit(
        self,
        action: str,
        *,
        by: str,
        at: datetime,
        subject: tuple[str, int | None] = ("", None),
        changed: tuple[Changed, ...] = (),
        **facts: Any,
    ) -> AuditEntry:
        """Write the action's one entry and announce what it changed. `facts` must be JSON values without personal data."""
        self._audited += 1
        self.changed.update(changed)
        entry = AuditEntry(
            at=at,
            actor=by,
            action=action,
            subject_kind=subject[0],
            subject_id=subject[1],
            facts=facts,
            command_id=self.command_id,
        )
        self.session.add(entry)
        return entry

    def first_receipt(self) -> dict[str, Any] | None:
        """The facts that the first run of this command wrote, or None where it never ran."""
        if self.command_id is None:
            return None
        found = self.session.scalar(select(AuditEntry.facts).where(AuditEntry.command_id == self.command_id))
        return dict(found) if found is not None else None

    def check_audited(self) -> None:
        """Refuse to commit a change that no entry, or more than one, accounts for: that is a bug."""
        self.session.flush()
        changed = sorted(written.in_transaction(self.session.connection()) - _WITHOUT_ENTRY)
        if self._audited > 1 or (changed and self._audited == 0):
            raise AssertionError(f"one action needs one audit entry, found {self._audited}; changed: {', '.join(changed)}")
