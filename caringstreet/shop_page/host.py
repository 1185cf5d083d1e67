"""Looks at the page that a host serves, as a phone would find it."""

import hashlib
import time
from collections.abc import Sequence
from email.message import Message
from http.client import HTTPException
from ssl import SSLCertVerificationError
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from caringstreet.rules.page_checks import PageFound, found_page
from caringstreet.shop_page.page import WORKER_FILE, worker

#: Seconds for all of it; whoever looks waits, and so does the work behind.
_PATIENCE = 12.0
_MOST_BYTES = 1 << 20
#: Some hosts turn away programs that name no one.
_HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; CaringStreet)", "Cache-Control": "no-cache"}


class _NotThere(Exception):
    def __init__(self, found: PageFound) -> None:
        super().__init__(found)
        self.found = found


class _WithinTheHost(HTTPRedirectHandler):
    """Follows a host from /v to /v/; an address that leads to another host is not the team's."""

    def redirect_request(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str) -> Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if (new.scheme, new.netloc) != (old.scheme, old.netloc):
            raise _NotThere(PageFound.ELSEWHERE)
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def look_at(origin: str, made: Sequence[str], *, patience: float = _PATIENCE) -> PageFound:
    """What stands at an origin such as `https://voucher.example.org`; `made` are the hashes of our pages, the last one last."""
    until = time.monotonic() + patience
    try:
        page = _fetched(f"{origin}/v", until)
    except _NotThere as no:
        return no.found
    try:
        has_worker = _fetched(f"{origin}/{WORKER_FILE}", until) == worker()
    except _NotThere as no:
        if no.found is PageFound.UNREACHABLE:
            return no.found
        has_worker = False
    return found_page(hashlib.sha256(page).hexdigest(), made, has_worker=has_worker)


def _fetched(address: str, until: float) -> bytes:
    """The bytes at an address; of a larger file only so many that it cannot be ours."""
    content = b""
    try:
        # The address is put together from a host's name; a redirect keeps its scheme.
        request = Request(address, headers=_HEADERS)  # noqa: S310
        with build_opener(_WithinTheHost).open(request, timeout=_left(until)) as reply:
            while len(content) < _MOST_BYTES:
                _left(until)
                some = reply.read1(1 << 16)
                if not some:
                    break
                content += some
    except HTTPError as error:
        error.close()
        raise _NotThere(PageFound.ABSENT) from error
    except URLError as error:
        unsafe = isinstance(error.reason, SSLCertVerificationError)
        raise _NotThere(PageFound.UNSAFE if unsafe else PageFound.UNREACHABLE) from error
    except (OSError, HTTPException) as error:
        raise _NotThere(PageFound.UNREACHABLE) from error
    return content


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise _NotThere(PageFound.UNREACHABLE)
    return left
