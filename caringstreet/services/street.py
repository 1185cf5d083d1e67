"""Founds a street and changes its settings."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import delete, select

from caringstreet.model.households import Household
from caringstreet.model.shops import Shop
from caringstreet.model.street import CaringStreet, EligibilityCategory, SigningKey, StreetSegment
from caringstreet.rules.changes import Changed
from caringstreet.rules.eligibility_categories import DEFAULT_CATEGORIES
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.usual import Limit
from caringstreet.services.amount_checks import check_limits
from caringstreet.services.finding import the_street, usable_phone
from caringstreet.storage.transaction import Transaction

#: A page address up to this many bytes keeps the printed symbol within version 7.
_LONGEST_PREFIX = 43
_LIMITS = dict.fromkeys(("cap_one", "cap_two_or_three", "cap_four_or_more"), Limit.HOUSEHOLD_CAP) | {"grace_days": Limit.GRACE_DAYS}


@dataclass(frozen=True)
class StreetSettings:
    """What a street is asked once and may change later; `streets` in display order."""

    name: str
    team: str
    phone: str = ""
    language: str = "zh_HK"
    streets: tuple[str, ...] = field(default=())
    cap_one: int = 8
    cap_two_or_three: int = 12
    cap_four_or_more: int = 16
    grace_days: int = 3
    page_host: str = ""
    backup_folder: str = ""
    goods: bool = False
    whatsapp: str = ""


@dataclass(frozen=True)
class SigningKeyPair:
    """An Ed25519 pair, each 32 bytes."""

    private_key: bytes
    public_key: bytes


def _check(settings: StreetSettings) -> None:
    if not settings.name.strip():
        raise RuleRefused(Refusal.STREET_NAME_MISSING, "name")
    if not settings.team.strip():
        raise RuleRefused(Refusal.NAME_MISSING, "team")
    for name in ("cap_one", "cap_two_or_three", "cap_four_or_more", "grace_days"):
        if getattr(settings, name) < 0:
            raise RuleRefused(Refusal.COUNT_UNUSABLE, name)
    host = settings.page_host
    if host and (not host.isascii() or any(c in host for c in "/#? :") or len(f"https://{host}/v#") > _LONGEST_PREFIX):
        raise RuleRefused(Refusal.PAGE_HOST_UNUSABLE, "page_host", host=host)


def found(tx: Transaction, *, settings: StreetSettings, practice: bool, keys: SigningKeyPair, at: datetime, by: str) -> None:
    """Make the street's row, streets, eligibility categories and first signing key in a new data file.

    Refuses an empty name or team, negative caps, an unusable WhatsApp number, and a page host that no QR code has room for.
    """
    _check(settings)
    street = CaringStreet(id=1, practice=practice, created_at=at)
    _take(street, settings)
    tx.session.add(street)
    _set_streets(tx, settings.streets)
    for position, category in enumerate(DEFAULT_CATEGORIES):
        tx.session.add(
            EligibilityCategory(
                code=category.code,
                name_zh=category.name_zh,
                name_en=category.name_en,
                proof=category.proof,
                position=position,
            )
        )
    tx.session.add(SigningKey(id=1, private_key=keys.private_key, public_key=keys.public_key, created_at=at))
    tx.audit("street.found", by=by, at=at, changed=(Changed.STREET,), practice=practice)


def change_settings(tx: Transaction, *, settings: StreetSettings, at: datetime, by: str) -> None:
    """Change the street's settings. Streets still in use by a shop or household stay. Refuses as `found` does; asks about unusual limits."""
    _check(settings)
    street = the_street(tx)
    check_limits(tx, settings, street, _LIMITS)
    before = {name: getattr(street, name) for name in asdict(settings) if name != "streets"}
    _take(street, settings)
    _set_streets(tx, settings.streets)
    changed = [name for name, value in before.items() if getattr(street, name) != value]
    tx.audit("street.change_settings", by=by, at=at, changed=(Changed.STREET,), fields=changed)


def _take(street: CaringStreet, settings: StreetSettings) -> None:
    for name, value in asdict(settings).items():
        if name != "streets":
            setattr(street, name, value.strip() if isinstance(value, str) else value)
    street.whatsapp = usable_phone(settings.whatsapp, "whatsapp")


def _set_streets(tx: Transaction, names: Sequence[str]) -> None:
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    existing = {one.name_zh: one for one in tx.session.scalars(select(StreetSegment))}
    for position, name in enumerate(wanted):
        if name in existing:
            existing[name].position = position
        else:
            tx.session.add(StreetSegment(name_zh=name, name_en="", position=position))
    gone = [one.id for name, one in existing.items() if name not in wanted]
    if not gone:
        return
    used = set(tx.session.scalars(select(Shop.segment_id).where(Shop.segment_id.in_(gone))))
    used |= set(tx.session.scalars(select(Household.segment_id).where(Household.segment_id.in_(gone))))
    tx.session.execute(delete(StreetSegment).where(StreetSegment.id.in_([one for one in gone if one not in used])))
