"""What was typed and not saved, the latest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from caringstreet.model.drafts import Draft
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class DraftRow:
    """The inputs of one form; `typed_at` in UTC."""

    place: str
    title: str
    typed: dict[str, Any]
    typed_by: str
    typed_at: datetime


def rows(reader: Reader) -> list[DraftRow]:
    """All drafts of a street."""
    wanted = select(Draft.place, Draft.title, Draft.typed, Draft.typed_by, Draft.typed_at).order_by(Draft.typed_at.desc(), Draft.place)
    return [DraftRow(*row) for row in reader.execute(wanted)]
