"""Takes times that can be compared: the median of several runs, in turn where there are two."""

import statistics
import time
from collections.abc import Callable


def median_ms(work: Callable[[], object], runs: int = 5) -> float:
    """The median of some runs in milliseconds, after one that does not count."""
    work()
    return statistics.median(_once(work) for _ in range(runs))


def said(work: Callable[[], object], runs: int = 5) -> str:
    """The median of some runs after one that does not count, and that of their time on the processor: the two differ where the machine has other work."""
    work()
    walls, processors = [], []
    for _ in range(runs):
        start = time.process_time()
        walls.append(_once(work))
        processors.append(1000 * (time.process_time() - start))
    return f"{statistics.median(walls):.0f} ms ({statistics.median(processors):.0f} of the processor)"


def in_turn(one: Callable[[], object], other: Callable[[], object], runs: int = 5) -> tuple[float, float, float]:
    """Medians of two works run in turn, and the median of their ratios."""
    one(), other()
    pairs = [(_once(one), _once(other)) for _ in range(runs)]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def _once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)
