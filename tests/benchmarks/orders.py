"""Ten thousand random orders of the same evidence, on a real data file; all must end in one state."""

import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.orders import Street

COUNT = 10_000


def run() -> Iterator[str]:
    """Play them all and say how many states there were."""
    with TemporaryDirectory() as folder:
        street = Street(Path(folder))
        start = time.perf_counter()
        states = street.tried(COUNT)
        seconds = time.perf_counter() - start
        street.street.close()
    yield f"{COUNT:,} random orders of {len(street.pieces)} arrivals in {seconds:.0f} s: {len(states)} state"
