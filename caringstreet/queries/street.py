"""The street's settings, streets, categories and keys, as screens and adapters need them."""

from dataclasses import dataclass

from sqlalchemy import func, select

from caringstreet.model.audit import AuditEntry
from caringstreet.model.street import CaringStreet, EligibilityCategory, SigningKey, StreetSegment
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class StreetRow:
    """Everything asked in settings; `streets` in display order."""

    name: str
    team: str
    phone: str
    language: str
    page_host: str
    practice: bool
    cap_one: int
    cap_two_or_three: int
    cap_four_or_more: int
    grace_days: int
    backup_folder: str
    goods: bool
    whatsapp: str
    streets: tuple[str, ...]


@dataclass(frozen=True)
class CategoryRow:
    code: str
    name_zh: str
    name_en: str
    proof: str


@dataclass(frozen=True)
class KeyRow:
    """A signing key; both parts 32 bytes."""

    key_id: int
    private_key: bytes
    public_key: bytes
    retired: bool


def street(reader: Reader) -> StreetRow:
    """The one row of settings."""
    row = reader.execute(select(CaringStreet.__table__)).mappings().one()
    names = tuple(reader.scalars(select(StreetSegment.name_zh).order_by(StreetSegment.position, StreetSegment.id)))
    wanted = [name for name in StreetRow.__dataclass_fields__ if name != "streets"]
    return StreetRow(**{name: row[name] for name in wanted}, streets=names)


def categories(reader: Reader) -> tuple[CategoryRow, ...]:
    """The eligibility categories in use, in their order."""
    rows = reader.execute(
        select(EligibilityCategory.code, EligibilityCategory.name_zh, EligibilityCategory.name_en, EligibilityCategory.proof)
        .where(EligibilityCategory.active)
        .order_by(EligibilityCategory.position)
    )
    return tuple(CategoryRow(*row) for row in rows)


def keys(reader: Reader) -> tuple[KeyRow, ...]:
    """All signing keys, the one in use last."""
    rows = reader.execute(
        select(SigningKey.id, SigningKey.private_key, SigningKey.public_key, SigningKey.retired_at).order_by(SigningKey.id)
    )
    return tuple(KeyRow(key_id, private, public, retired is not None) for key_id, private, public, retired in rows)


def action_count(reader: Reader) -> int:
    """How many actions were ever done; tells whether anything changed since the last backup."""
    return reader.scalar(select(func.max(AuditEntry.id))) or 0
