"""A hundred thousand movements of goods: stock at any date, the list, the month."""

import random
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from caringstreet.bootstrap import open_street
from caringstreet.queries import goods, goods_month
from caringstreet.queries.goods import LotView
from caringstreet.rules.months import Month
from tests.benchmarks.timing import median_ms
from tests.builders import a_donation, a_household, a_street

MOVEMENTS, LOTS, HOUSEHOLDS = 100_000, 12_000, 2_000
FIRST, NOW = date(2024, 1, 1), datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def many_goods() -> Path:
    """The data file; rows are written in bulk, since how they came is not what is measured."""
    street = a_street(Path(tempfile.mkdtemp()))
    a_donation(street)
    a_household(street, "H-0001")
    street.close()
    with sqlite3.connect(street.path) as file:
        _copy(file, "household", HOUSEHOLDS, "number", lambda number: f"H-{number:05d}")
        _copy(file, "goods_donation", LOTS, "number", lambda number: number)
        _copy(file, "goods_lot", LOTS, "donation_id", lambda number: number)
        _write_movements(file, random.Random(4))
    file.close()
    return street.path


def _copy(file: sqlite3.Connection, table: str, count: int, unique: str, value) -> None:  # type: ignore[no-untyped-def]
    kept = ", ".join(row[1] for row in file.execute(f"PRAGMA table_info({table})") if row[1] not in ("id", unique, "source"))
    rows = [(value(number),) for number in range(2, count + 1)]
    file.executemany(f"INSERT INTO {table} ({unique}, {kept}) SELECT ?, {kept} FROM {table} WHERE id = 1", rows)


def _write_movements(file: sqlite3.Connection, chance: random.Random) -> None:
    file.execute("DELETE FROM goods_movement")
    rows = []
    days: dict[int, int] = {}
    for number in range(1, MOVEMENTS + 1):
        lot = number if number <= LOTS else chance.randint(1, LOTS)
        if number <= LOTS:
            days[lot] = chance.randint(0, 1050)
            rows.append((lot, "intake", 40_000, days[lot], None, None))
        else:
            after = min(1055, days[lot] + chance.randint(0, 60))
            rows.append((lot, "distribution", -chance.randint(1, 4) * 500, after, "household", chance.randint(1, HOUSEHOLDS)))
    file.executemany(
        "INSERT INTO goods_movement (lot_id, kind, quantity, day, at, target, household_id, group_name, note, recorded_by)"
        " VALUES (?, ?, ?, ?, '2026-11-01 00:00:00.000000', ?, ?, '', '', '')",
        [
            (lot, kind, quantity, (FIRST + timedelta(days=after)).isoformat(), target, home)
            for lot, kind, quantity, after, target, home in rows
        ],
    )


def run() -> Iterator[str]:
    street = open_street(many_goods())
    today = date(2026, 11, 25)
    with street.database.reader() as reader:
        for day in (date(2024, 6, 1), date(2025, 11, 1), today):
            yield f"{MOVEMENTS} movements: stock of all items on {day} {median_ms(lambda day=day: goods.stock_by_place(reader, day)):.0f} ms"
        for view in LotView:
            yield f"list of {view} {median_ms(lambda view=view: goods.matching_ids(reader, view, '', today, NOW, 'first')):.0f} ms"
        yield f"chips {median_ms(lambda: goods.counts(reader, today, NOW)):.0f} ms"
        yield f"search 街坊 {median_ms(lambda: goods.matching_ids(reader, LotView.ALL, '街坊', today, NOW)):.0f} ms"
        ids = goods.matching_ids(reader, LotView.STOCK, "", today, NOW)[:150]
        yield f"a page of the table {median_ms(lambda: goods.rows(reader, ids, today)):.0f} ms"
        yield f"month {median_ms(lambda: goods_month.figures(reader, Month(2026, 10))):.0f} ms"
    street.close()
