"""Speed as ratios measured side by side in one run: `python -m tests.benchmarks [name …]`. Nothing here passes or fails.

`forgeries` and `orders` take minutes: they are the full counts of what the tests try in part.
"""

import os
import sys

from tests.benchmarks import (
    bad_paper,
    forgeries,
    goods,
    imports,
    messages,
    orders,
    paint,
    printing,
    shop_page,
    shop_page_paper,
    summary,
    table,
)

ALL = {
    "paint": paint.run,
    "printing": printing.run,
    "table": table.run,
    "summary": summary.run,
    "imports": imports.run,
    "goods": goods.run,
    "messages": messages.run,
    "shop_page": shop_page.run,
    "shop_page_paper": shop_page_paper.run,
    "bad_paper": bad_paper.run,
    "forgeries": forgeries.run,
    "orders": orders.run,
}

if __name__ == "__main__":
    if hasattr(os, "getloadavg"):
        print(f"load      {os.getloadavg()[0]:.1f} of {os.cpu_count()} processors")
    for name in sys.argv[1:] or ALL:
        for line in ALL[name]():
            print(f"{name:9} {line}", flush=True)
