"""Takes a whole import back: new rows go, changed rows are as they were."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import Enum, Row, delete, func, insert, select, update
from sqlalchemy.orm import Session

from caringstreet.model.audit import AuditEntry
from caringstreet.model.base import Base
from caringstreet.model.choice_events import ChoiceEvent
from caringstreet.model.fund import FundEntry
from caringstreet.model.goods import GoodsDonation
from caringstreet.model.households import Consent, EligibilityCheck, Household, Member
from caringstreet.model.imports import ImportBatch
from caringstreet.model.offers import Offer, OfferVersion
from caringstreet.model.runs import Run, RunStop
from caringstreet.model.shops import Agreement, KindnessMeasure, Shop, ShopContact
from caringstreet.model.vouchers import Voucher
from caringstreet.rules.changes import Changed
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import goods_undo
from caringstreet.storage.transaction import Transaction

#: What an import changes, and what its undo changes.
IMPORTS_CHANGE = (
    Changed.IMPORTS, Changed.SHOPS, Changed.OFFERS, Changed.HOUSEHOLDS, Changed.FUND, Changed.GOODS, Changed.RUNS,
    Changed.CHOICE_EVENTS,
)  # fmt: skip
#: By kind: the table itself, then the tables whose rows belong to it, with the column that says so.
_TABLES: dict[str, tuple[type[Base], tuple[tuple[type[Base], str], ...]]] = {
    "shop": (Shop, ((ShopContact, "shop_id"), (Agreement, "shop_id"), (KindnessMeasure, "shop_id"))),
    "fund": (FundEntry, ()),
    "goods_donation": (GoodsDonation, ()),
    "run": (Run, ((RunStop, "run_id"),)),
    "choice_event": (ChoiceEvent, ()),
    "offer": (Offer, ((OfferVersion, "offer_id"),)),
    "household": (
        Household,
        ((Member, "household_id"), (EligibilityCheck, "household_id"), (Consent, "household_id")),
    ),
}


def rows_of(session: Session, kind: str, subject_id: int) -> list[list[Any]]:
    """The rows of a subject and of what belongs to it, as JSON values: [[table, {column: value}], …]."""
    own, parts = _TABLES[kind]
    session.flush()
    found = []
    for entity, column in ((own, "id"), *parts):
        table = entity.__table__
        for row in session.execute(select(table).where(table.c[column] == subject_id)):
            found.append([entity.__tablename__, _as_json(row)])
    return found


def undo(tx: Transaction, *, batch_id: int, at: datetime, by: str) -> dict[str, int]:
    """Undo one import as a whole. Refuses one that is undone, or whose rows were used or changed since."""
    batch = tx.session.get(ImportBatch, batch_id)
    if batch is None:
        raise RuleRefused(Refusal.IMPORT_UNKNOWN)
    if batch.undone_at is not None:
        raise RuleRefused(Refusal.IMPORT_ALREADY_UNDONE)
    subjects = [(kind, subject_id) for kind, subject_id in batch.made]
    subjects += [(str(one["kind"]), int(one["id"])) for one in batch.before]
    _refuse_used(tx.session, batch, subjects)
    for kind, subject_id in reversed(batch.made):
        _remove(tx.session, kind, subject_id)
    for one in batch.before:
        _restore(tx.session, one["kind"], one["id"], one["rows"])
    batch.undone_at = at
    tx.session.flush()
    tx.audit(
        "import.undo",
        by=by,
        at=at,
        subject=("import", batch.id),
        changed=IMPORTS_CHANGE,
        removed=len(batch.made),
        restored=len(batch.before),
    )
    return {"removed": len(batch.made), "restored": len(batch.before)}


def _refuse_used(session: Session, batch: ImportBatch, subjects: list[tuple[str, int]]) -> None:
    began = session.scalar(select(func.max(AuditEntry.id)).where(AuditEntry.subject_kind == "import", AuditEntry.subject_id == batch.id))
    later = {
        (kind, subject_id)
        for kind, subject_id in session.execute(select(AuditEntry.subject_kind, AuditEntry.subject_id).where(AuditEntry.id > (began or 0)))
    }
    made = {(kind, subject_id) for kind, subject_id in batch.made}
    for kind, subject_id in subjects:
        removable = (kind, subject_id) in made or kind in ("offer", "run")
        used = removable and _in_use(session, batch, kind, subject_id)
        if used or (kind, subject_id) in later:
            entity = session.get_one(_TABLES[kind][0], subject_id)
            named = (getattr(entity, name, None) for name in ("number", "code", "day"))
            raise RuleRefused(Refusal.IMPORT_IN_USE, subject=next((one for one in named if one), ""))


def _in_use(session: Session, batch: ImportBatch, kind: str, subject_id: int) -> bool:
    if kind == "fund":
        return False
    if kind in goods_undo.KINDS:
        donations = [made_id for made, made_id in batch.made if made == "goods_donation"]
        return goods_undo.in_use(session, kind, subject_id, donations, batch.counts.get("last_movement", 0))
    if kind == "household":
        wanted = select(Voucher.id).where(Voucher.household_id == subject_id)
    elif kind == "offer":
        wanted = select(Voucher.id).where(Voucher.offer_id == subject_id)
    else:
        wanted = select(Offer.id).where(Offer.shop_id == subject_id)
    return session.scalar(wanted.limit(1)) is not None


def _remove(session: Session, kind: str, subject_id: int) -> None:
    own, parts = _TABLES[kind]
    if kind == "goods_donation":
        goods_undo.remove_lots(session, subject_id)
    for entity, column in parts:
        table = entity.__table__
        session.execute(delete(entity).where(table.c[column] == subject_id))
    session.execute(delete(own).where(own.__table__.c["id"] == subject_id))


def _restore(session: Session, kind: str, subject_id: int, rows: list[list[Any]]) -> None:
    """Parts that the import added go; all others are written as they were, each in its place, since rows may hang on them."""
    own, parts = _TABLES[kind]
    kept = {(name, values["id"]) for name, values in rows}
    present = set()
    for entity, column in parts:
        table = entity.__table__
        for part_id in session.scalars(select(table.c["id"]).where(table.c[column] == subject_id)).all():
            if (entity.__tablename__, part_id) in kept:
                present.add((entity.__tablename__, part_id))
            else:
                session.execute(delete(entity).where(table.c["id"] == part_id))
    tables = {entity.__tablename__: entity for entity in (own, *(entity for entity, _ in parts))}
    for name, values in rows:
        entity = tables[name]
        typed = {column: _typed(entity, column, value) for column, value in values.items()}
        if entity is own or (name, values["id"]) in present:
            session.execute(update(entity).where(entity.__table__.c["id"] == values["id"]).values(**typed))
        else:
            session.execute(insert(entity).values(**typed))
    session.expire_all()


def _as_json(row: Row[Any]) -> dict[str, Any]:
    return {
        name: str(value) if isinstance(value, StrEnum) else value.isoformat() if isinstance(value, date | datetime | time) else value
        for name, value in row._mapping.items()
    }


def _typed(entity: type[Base], column: str, value: Any) -> Any:
    """A JSON value as its column's type."""
    kind = entity.__table__.c[column].type
    if value is None:
        return None
    if isinstance(kind, Enum):
        return kind.enum_class(value) if kind.enum_class else value
    python = kind.python_type
    if python in (date, datetime, time):
        return python.fromisoformat(value)
    return value
