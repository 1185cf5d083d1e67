"""The pages that were made for shops' phones, and what was found at the host the last time somebody looked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from caringstreet.model.audit import AuditEntry
from caringstreet.rules.page_checks import OURS, PageFound
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class PageChecks:
    """Hashes of the pages made here, the last one last; `found` is None where nobody has reached this host yet."""

    made: tuple[str, ...]
    made_at: datetime | None
    found: PageFound | None
    checked_at: datetime | None

    @property
    def is_ours(self) -> bool:
        """Whether the host served a page of this street when it was last reached."""
        return self.found in OURS


def checks(reader: Reader, host: str) -> PageChecks:
    """What is known of the page, and of one host."""
    made: dict[str, datetime] = {}
    found, checked_at = None, None
    entries = reader.execute(
        select(AuditEntry.action, AuditEntry.at, AuditEntry.facts).where(AuditEntry.subject_kind == "shop_page").order_by(AuditEntry.id)
    )
    for action, at, facts in entries:
        if action == "shop_page.make":
            # Made again without a change it is the last one again.
            made.pop(facts["sha256"], None)
            made[facts["sha256"]] = at
        elif facts["host"] == host and facts["found"] != PageFound.UNREACHABLE:
            found, checked_at = PageFound(facts["found"]), at
    return PageChecks(tuple(made), next(reversed(made.values()), None), found, checked_at)
