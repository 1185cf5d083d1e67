"""The sample month as steps: who is issued what, what is lost or given back, what shops send and hand in.

The files name no voucher codes, since those are made at issue; each event takes the voucher of its offer that ends
first among those that are good on its day.
"""

import csv
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

MONTH = "2026-11"
AFTER = datetime(2026, 12, 1, 9, 0)


@dataclass(frozen=True)
class Made:
    """A voucher as `vouchers list` tells of it."""

    code: str
    text: str
    household: str
    offer: str
    valid_from: date
    valid_to: date
    state: str


@dataclass(frozen=True)
class Sent:
    """Codes that a shop sent or handed in: a claim at a moment, or the slips of a round."""

    at: datetime
    shop: str
    channel: str
    codes: tuple[str, ...]


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of one of the month's csv files."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def chosen(made: Iterable[Made], lines: Iterable[Mapping[str, str]]) -> list[tuple[date, Made, str]]:
    """For each line (date, household, offer) one voucher of that household and offer."""
    pool = defaultdict(list)
    for one in made:
        if one.state in ("made", "handed_out"):
            pool[one.household, one.offer].append(one)
    return [
        (date.fromisoformat(line["date"]), pool[line["household"], line["offer"]].pop(), line["note"])
        for line in lines
        for _ in range(int(line["count"]))
    ]


def events(folder: Path, made: Iterable[Made]) -> list[Sent]:
    """Everything that came back in November, in the order in which it happened."""
    pool: dict[str, list[Made]] = defaultdict(list)
    for one in made:
        pool[one.offer].append(one)
    for offer in pool:
        pool[offer].sort(key=lambda one: (one.valid_to, one.code))

    def take(offer: str, day: date) -> Made:
        found = next(one for one in pool[offer] if one.valid_from < day <= one.valid_to)
        pool[offer].remove(found)
        return found

    claims, waiting, first_slips = [], defaultdict(deque), defaultdict(list)
    for row in rows(folder, "events.csv"):
        day = date.fromisoformat(row["date"])
        for _ in range(int(row["count"])):
            one = take(row["offer"], day)
            if row["channel"] == "slip":
                first_slips[day, row["shop"], row["offer"]].append(one.code)
                continue
            at = datetime.fromisoformat(f"{row['date']}T{row['time']}")
            claims.append(Sent(at, row["shop"], row["channel"], (one.code,)))
            if "冇券" not in row["note"]:
                waiting[row["shop"], row["offer"]].append((day, one.code))
    sent = claims + _rounds(folder, waiting, first_slips, pool) + _edges(folder, claims, pool)
    return sorted(sent, key=lambda one: (one.at, one.shop))


def _rounds(folder, waiting, first_slips, pool) -> list[Sent]:  # type: ignore[no-untyped-def]
    envelopes: dict[tuple[date, str], list[str]] = defaultdict(list)
    collected: dict[str, list[str]] = defaultdict(list)
    for row in rows(folder, "slips.csv"):
        day, shop, offer = date.fromisoformat(row["date"]), row["shop"], row["offer"]
        if "影印" in row["note"]:
            codes = [collected[offer][0]]
        elif "放錯" in row["note"]:
            codes = [pool[offer][-1].code]
        else:
            codes = list(first_slips[day, shop, offer])
            queue = waiting[shop, offer]
            while len(codes) < int(row["count"]):
                assert queue[0][0] <= day, (row, queue[0])
                codes.append(queue.popleft()[1])
            collected[offer] += codes
        assert len(codes) == int(row["count"]), row
        envelopes[day, shop] += codes
    return [Sent(datetime(day.year, day.month, day.day, 15, 0), shop, "slip", tuple(codes)) for (day, shop), codes in envelopes.items()]


def _edges(folder: Path, claims: list[Sent], pool: dict[str, list[Made]]) -> list[Sent]:
    found = []
    for row in rows(folder, "edge.csv"):
        at = datetime.fromisoformat(f"{row['date']}T{row['time']}")
        if row["kind"] == "double_press":
            first = next(one for one in claims if one.at == at and one.shop == row["shop"])
            found.append(Sent(at + timedelta(seconds=3), row["shop"], row["channel"], first.codes))
        elif row["kind"] == "mistyped_code":
            right = next(one for one in claims if one.at > at and one.shop == row["shop"]).codes[0]
            wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
            found.append(Sent(at, row["shop"], row["channel"], (wrong,)))
    return found
