"""Notes that a recall went on paper: it names households."""

from datetime import datetime

from caringstreet.services import goods_ledger
from caringstreet.storage.transaction import Transaction


def note_print(tx: Transaction, *, lot_id: int, households: int, at: datetime, by: str) -> None:
    """Log that a list of who got of a lot left the screen, and how many households stand on it. Refuses an unknown lot."""
    goods_ledger.lot(tx, lot_id)
    tx.audit("recalls.note_print", by=by, at=at, subject=("goods_lot", lot_id), households=households)
