"""A million forged tokens; none may be taken."""

import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from multiprocessing import get_context

from tests import forgeries

COUNT, PARTS = 1_000_000, 4


def run() -> Iterator[str]:
    """Try them all, in four processes with keys of their own, and say how many were taken."""
    start = time.perf_counter()
    with get_context("spawn").Pool(PARTS) as pool:
        parts = pool.map(partial(forgeries.run, COUNT // PARTS), range(PARTS))
    seconds = time.perf_counter() - start
    taken = sum(len(found) for _, _, found in parts)
    kinds = sum((found for _, found, _ in parts), Counter[str]())
    yield f"{sum(count for count, _, _ in parts):,} forged tokens of {len(kinds)} kinds in {seconds:.0f} s: {taken} taken"
    yield ", ".join(f"{name} {number:,}" for name, number in sorted(kinds.items()))
