"""The month's summary over a hundred thousand redemptions against the same SQL on the bare driver."""

import sqlite3
from collections.abc import Iterator
from datetime import date

from sqlalchemy import event

from caringstreet.bootstrap import open_street
from caringstreet.queries import month_summary
from caringstreet.rules.months import Month
from tests.benchmarks.street import big_street
from tests.benchmarks.timing import in_turn


def run() -> Iterator[str]:
    path = big_street()
    street = open_street(path)
    said: list[tuple[str, object]] = []

    def listen(connection, cursor, statement, parameters, context, many) -> None:  # type: ignore[no-untyped-def]
        if statement.startswith("SELECT"):
            said.append((statement, parameters))

    event.listen(street.database._reader, "before_cursor_execute", listen)

    def ours() -> None:
        with street.database.reader() as reader:
            month_summary.figures(reader, Month(2026, 11), date(2026, 12, 1))

    ours()
    statements = list(said)
    event.remove(street.database._reader, "before_cursor_execute", listen)
    bare = sqlite3.connect(path)
    bare.execute("PRAGMA cache_size=-32000")

    def driver() -> None:
        for statement, parameters in statements:
            bare.execute(statement, parameters).fetchall()  # type: ignore[arg-type]

    fast, slow, ratio = in_turn(ours, driver, 7)
    yield f"{len(statements)} statements: summary {fast:.0f} ms, bare driver {slow:.0f} ms, ratio {ratio:.2f}"
    bare.close()
    street.close()
