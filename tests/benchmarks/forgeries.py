"""A million forged tokens; none may be taken."""

import time
from collections.abc import Iterator

from tests import forgeries

COUNT = 1_000_000


def run() -> Iterator[str]:
    """Try them all and say how many were taken."""
    start = time.perf_counter()
    count, kinds, taken = forgeries.run(COUNT)
    seconds = time.perf_counter() - start
    yield f"{count:,} forged tokens of {len(kinds)} kinds in {seconds:.0f} s: {len(taken)} taken"
    yield ", ".join(f"{name} {number:,}" for name, number in sorted(kinds.items()))
