"""Makes the shops' page: one static HTML file that holds the street's facts, and the script that serves it offline."""

import gzip
import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from caringstreet import files
from caringstreet.rules.codes import code_of
from caringstreet.rules.tokens import KIND_SPECIMEN, KIND_VOUCHER

#: Where the two files stand below the root of the host: a worker serves only what lies below its own folder,
#: and `/v` itself, which the printed codes open, does not lie below `/v/`.
PAGE_FILE = "v/index.html"
WORKER_FILE = "sw.js"

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class PublicKey:
    """A key that signs vouchers, 32 bytes; after its last day the page sends its vouchers to the centre."""

    raw: bytes
    last_day: date | None = None


@dataclass(frozen=True)
class OfferWords:
    """What the page says of an offer number; empty words send the reader to the paper.

    `cents` is what the street owes the shop for one, None where papers about differ.
    """

    shop: str
    zh: str = ""
    en: str = ""
    cents: int | None = None


@dataclass(frozen=True)
class PageFacts:
    """All that the page knows of a street; nothing of any person. Telephones have 8 digits, serials 40 bits.

    `later` gives all vouchers of an offer number that show a last day another one; `extended` single serials.
    """

    street: str
    team: str
    keys: Mapping[int, PublicKey]
    phone: str = ""
    whatsapp: str = ""
    offers: Mapping[int, OfferWords] = field(default_factory=dict)
    cancelled: frozenset[int] = frozenset()
    later: Mapping[tuple[int, date], date] = field(default_factory=dict)
    extended: Mapping[int, date] = field(default_factory=dict)
    practice: bool = False
    sync_address: str = ""


@dataclass(frozen=True)
class WrittenPage:
    """The files of a page as they were written, in the order of their names; sizes and hash are the page's."""

    files: tuple[Path, ...]
    bytes: int
    gzip_bytes: int
    sha256: str


def html_of(facts: PageFacts) -> str:
    """The page of a street. The same facts always give the same text."""
    script, style = _built("page.js").strip(), _built("page.css").strip()
    said = _json(facts)
    filled = {
        "policy": _policy(script, style, facts.sync_address),
        "title": escape(f"{facts.street} · 愛心券"),
        "street": escape(" · ".join(filter(None, (facts.street, facts.team)))),
        "call": f'<a href="tel:+852{facts.phone}">{facts.phone}</a>' if facts.phone else "",
        "style": style,
        "facts": said,
        "script": script,
        "licences": _built("licences.txt").strip(),
    }
    filled["made"] = hashlib.sha256("\0".join(filled.values()).encode()).hexdigest()[:12]
    text = _built("page.html")
    parts = text.split("{{")
    for number, part in enumerate(parts[1:], 1):
        name, rest = part.split("}}", 1)
        parts[number] = filled[name] + rest
    return "".join(parts)


def worker() -> bytes:
    """The script that serves the page offline; the same for every street."""
    return _built("sw.js").encode()


def write_page(facts: PageFacts, folder: Path) -> WrittenPage:
    """Write the page and its worker for upload, each in one step. Raises OSError; then the old files are still whole."""
    page = html_of(facts).encode()
    written = []
    for name, content in ((WORKER_FILE, worker()), (PAGE_FILE, page)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with files.written(path) as unfinished:
            unfinished.write_bytes(content)
        written.append(path)
    return WrittenPage(tuple(written), len(page), len(gzip.compress(page, 9, mtime=0)), hashlib.sha256(page).hexdigest())


def _built(name: str) -> str:
    return resources.files("resources").joinpath("shop_page", "built", name).read_text(encoding="utf-8")


def _policy(script: str, style: str, sync_address: str) -> str:
    """Nothing may be loaded from anywhere; only the sync address, where there is one, may be told anything."""
    rules = [
        "default-src 'none'",
        f"script-src {_hash(script)}",
        f"style-src {_hash(style)}",
        "img-src data:",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    if sync_address:
        address = urlsplit(sync_address)
        rules.append(f"connect-src {address.scheme}://{address.netloc}")
    return "; ".join(rules)


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _json(facts: PageFacts) -> str:
    """The facts in the page's own short form; no character in it ends the script element around it."""
    extended: dict[int, list[int]] = {}
    for serial, day in facts.extended.items():
        extended.setdefault(_day(day), []).append(serial)
    short = {
        "street": facts.street,
        "team": facts.team,
        "phone": facts.phone,
        "whatsapp": f"852{facts.whatsapp}" if facts.whatsapp else "",
        "kind": KIND_SPECIMEN if facts.practice else KIND_VOUCHER,
        "keys": {key_id: key.raw.hex() for key_id, key in sorted(facts.keys.items())},
        "retired": {key_id: _day(key.last_day) for key_id, key in sorted(facts.keys.items()) if key.last_day},
        "offers": {number: _offer(one) for number, one in sorted(facts.offers.items())},
        "cancelled": _serials(facts.cancelled),
        "later": {f"{offer}.{_day(shown)}": _day(until) for (offer, shown), until in sorted(facts.later.items())},
        "extended": {day: _serials(serials) for day, serials in sorted(extended.items())},
        "sync": facts.sync_address,
    }
    return json.dumps(short, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _offer(words: OfferWords) -> list[str | int | None]:
    return [words.shop, words.cents, words.zh, words.en] if words.en else [words.shop, words.cents, words.zh]


def _day(day: date) -> int:
    return (day - _EPOCH).days


def _serials(serials: frozenset[int] | list[int]) -> str:
    """Eight characters for each serial, in order, without their check characters."""
    return "".join(code_of(serial)[:8] for serial in sorted(serials))
