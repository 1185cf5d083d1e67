"""Which tables a transaction really changes, seen where every statement passes: by the ORM, by Core, or as text."""

import re
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPICursor

_WRITES = re.compile(
    r"\s*(?:WITH\b.*?\)\s*)?(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+\"?(\w+)",
    re.IGNORECASE | re.DOTALL,
)
_KEY = "written"


def table_written(statement: str) -> str:
    """The table that a statement inserts into, updates or deletes from; empty for one that only reads."""
    found = _WRITES.match(statement)
    return found.group(1).lower() if found else ""


def watch(engine: Engine) -> None:
    """From now on remember the tables in which rows change."""

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.info[_KEY] = set()

    @event.listens_for(engine, "after_cursor_execute")
    def _count(connection: Connection, cursor: DBAPICursor, statement: str, *_: Any) -> None:
        # Where a driver cannot count, as after RETURNING, it says -1.
        if cursor.rowcount and (table := table_written(statement)):
            connection.info[_KEY].add(table)


def in_transaction(connection: Connection) -> frozenset[str]:
    """The tables with changed rows since the transaction began."""
    return frozenset(connection.info[_KEY])
