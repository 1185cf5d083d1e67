"""The ground of all tables: typed columns, named constraints, UTC times."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum, LargeBinary, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase


class UtcMoment(TypeDecorator[datetime]):
    """An aware UTC datetime, stored without its zone so that every engine keeps the same text."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: it would mean another moment on another laptop."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment must know its zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Declarative base; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 (SQLAlchemy reads it from the class)
        str: Text,
        bytes: LargeBinary,
        datetime: UtcMoment,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        StrEnum: Enum(StrEnum, native_enum=False, length=24, values_callable=lambda kinds: [k.value for k in kinds]),
    }
