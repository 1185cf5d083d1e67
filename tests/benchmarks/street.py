"""A street with a hundred thousand vouchers and redemptions, made once for a run."""

import random
import sqlite3
import tempfile
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from tests.builders import a_household, a_shop, a_street, an_offer

VOUCHERS = 100_000
SHOPS, HOUSEHOLDS = 150, 5_000
_STATES = ("made", "handed_out", "redeemed", "redeemed", "void", "returned")


@cache
def big_street() -> Path:
    """The data file; rows are written in bulk, since how they came is not what is measured."""
    street = a_street(Path(tempfile.mkdtemp()))
    names = ["陳", "李", "張", "黃", "何", "麗閣", "志偉", "婆婆"]
    chance = random.Random(4)
    for number in range(SHOPS):
        an_offer(street, a_shop(street, f"S{number:03d}", name_zh=f"{chance.choice(names)}記{number}"))
    a_household(street, "H-0001")
    street.close()
    with sqlite3.connect(street.path) as file:
        _copy_households(file, chance, names)
        _write_vouchers(file, chance)
    file.close()
    return street.path


def _copy_households(file: sqlite3.Connection, chance: random.Random, names: list[str]) -> None:
    columns = [
        row[1] for row in file.execute("PRAGMA table_info(household)") if row[1] not in ("id", "number", "display_name", "search_text")
    ]
    kept = ", ".join(columns)
    rows = []
    for number in range(2, HOUSEHOLDS + 1):
        name = chance.choice(names) + chance.choice(names)
        rows.append((f"H-{number:05d}", name, f"h{number:05d}{name}"))
    file.executemany(
        f"INSERT INTO household (number, display_name, search_text, {kept}) SELECT ?, ?, ?, {kept} FROM household WHERE id = 1", rows
    )


def _write_vouchers(file: sqlite3.Connection, chance: random.Random) -> None:
    file.execute(
        "INSERT INTO voucher_sheet (household_id, month, planned_on, created_at) VALUES (1, '2026-11', '2026-11-01', '2026-11-01')"
    )
    vouchers, redemptions = [], []
    serials = chance.sample(range(1 << 40), VOUCHERS)
    for number, serial in enumerate(serials, 1):
        offer = number % SHOPS + 1
        first = date(2026, 11, 1 + chance.randrange(30))
        last = first + timedelta(days=chance.randrange(1, 40))
        printed = f"{first} {chance.randrange(10, 24)}:{chance.randrange(10, 60)}:00.000000"
        state = chance.choice(_STATES)
        vouchers.append(
            (number, serial, offer, offer, number % HOUSEHOLDS + 1, first.isoformat(), last.isoformat(), state, first.isoformat(), printed)
        )
        day = date(2026, 11, 1) + timedelta(days=number % 30)
        redemptions.append((number, offer, offer, day.isoformat()))
    file.executemany(
        "INSERT INTO voucher (id, serial, key_id, offer_id, offer_version_id, household_id, sheet_id, month, valid_from, valid_to,"
        " state, handed_out_on, printed_at, print_count, reprint_due, hand_out_note, end_reason)"
        " VALUES (?, ?, 1, ?, ?, ?, 1, '2026-11', ?, ?, ?, ?, ?, 1, 0, '', '')",
        vouchers,
    )
    file.executemany(
        "INSERT INTO redemption (voucher_id, offer_version_id, shop_id, day, channel, flags, without_slip)"
        " VALUES (?, ?, ?, ?, 'slip', '[]', 0)",
        redemptions,
    )
