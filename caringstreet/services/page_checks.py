"""Keeps what became of the shops' page: made here, and found or not found at its address."""

from datetime import datetime

from caringstreet.rules.page_checks import PageFound
from caringstreet.storage.transaction import Transaction

_SUBJECT = ("shop_page", None)


def keep_made(tx: Transaction, *, sha256: str, at: datetime, by: str) -> None:
    """Remember a page that was written for upload, by its hash."""
    tx.audit("shop_page.make", by=by, at=at, subject=_SUBJECT, sha256=sha256)


def keep_check(tx: Transaction, *, host: str, found: PageFound, at: datetime, by: str) -> None:
    """Remember what stood at a host's address. The last look counts."""
    tx.audit("shop_page.check", by=by, at=at, subject=_SUBJECT, host=host, found=str(found))
