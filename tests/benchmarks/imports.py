"""The import of ten thousand households from an xlsx."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from caringstreet.exchange.columns import RowKind
from caringstreet.exchange.export import SheetOut, write_xlsx
from caringstreet.importing import category_names, open_file, run_import
from tests.builders import BY, a_street

_COUNT = 10_000


def run() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp())
    headers = ("編號", "戶主稱呼", "人數", "成員", "語言", "資格類別", "資格有效至", "電話", "街道", "大廈", "樓層", "單位", "同意書日期")
    rows = [
        (
            f"H-{n:05d}",
            f"陳{n}",
            2,
            f"陳{n}(1950);太太(1952)",
            "中文",
            "獨居長者、綜援",
            "2027-09-28",
            f"2{n:07d}",
            f"金華街{n % 90}號",
            "金寶樓",
            f"{n % 20}樓",
            f"{n}室",
            "2026-09-28",
        )
        for n in range(1, _COUNT + 1)
    ]
    path = folder / "households.xlsx"
    write_xlsx(path, [SheetOut("住戶", headers, rows)])
    street = a_street(folder)
    start = time.perf_counter()
    opened = open_file(path, RowKind.HOUSEHOLDS)
    read = time.perf_counter()
    with street.database.transaction() as tx:
        outcome = run_import(tx, opened=opened, categories=category_names(street), at=street.clock.now(), today=street.clock.today(), by=BY)
    done = time.perf_counter()
    yield f"{outcome.new} new of {outcome.read}: {done - start:.1f} s, of which opening {read - start:.1f} s"
    street.close()
