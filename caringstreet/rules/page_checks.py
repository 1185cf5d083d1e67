"""What stands at the address that vouchers carry, compared with the pages that were made here."""

from collections.abc import Sequence
from enum import StrEnum


class PageFound(StrEnum):
    """What a look at the address found."""

    SAME = "same"
    EARLIER = "earlier"
    NO_WORKER = "no_worker"
    OTHER = "other"
    ABSENT = "absent"
    ELSEWHERE = "elsewhere"
    UNSAFE = "unsafe"
    UNREACHABLE = "unreachable"


#: The address serves a page of this street, so that vouchers may carry it.
OURS = frozenset({PageFound.SAME, PageFound.EARLIER, PageFound.NO_WORKER})


def found_page(sha256: str, made: Sequence[str], *, has_worker: bool) -> PageFound:
    """What a served page is, by its hash and those of the pages made here, the last one last.

    Without its worker the page opens only where there is a network.
    """
    if sha256 not in made:
        return PageFound.OTHER
    if not has_worker:
        return PageFound.NO_WORKER
    return PageFound.SAME if sha256 == made[-1] else PageFound.EARLIER
