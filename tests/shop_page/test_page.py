"""The file itself: how large, what it may do, what it must not hold."""

import base64
import gzip
import hashlib
import re
from pathlib import Path

import pytest

from caringstreet import files
from caringstreet.shop_page.page import OfferWords, html_of, write_page
from tests.shop_page.phone import LAST_DAY, some_facts

MOST_BYTES, MOST_GZIP_BYTES = 80 * 1024, 30 * 1024


def policy_of(html: str) -> dict[str, str]:
    said = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert said
    return dict(rule.split(" ", 1) for rule in said[1].split("; "))


def test_a_street_of_twenty_offers_stays_within_the_budget() -> None:
    offers = {n: OfferWords(f"S{n:02}", f"叉燒飯飯券，住戶付 ${n}", f"Roast pork rice, you pay ${n}") for n in range(1, 21)}
    made = html_of(some_facts(offers=offers)).encode()
    assert len(made) <= MOST_BYTES
    assert len(gzip.compress(made, 9)) <= MOST_GZIP_BYTES


def test_only_the_page_s_own_script_and_style_run() -> None:
    html = html_of(some_facts())
    policy = policy_of(html)
    assert policy["default-src"] == "'none'"
    assert "connect-src" not in policy
    assert not re.search(r"unsafe|\*|https?:", " ".join(policy.values()))
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.S)
        assert len(inside) == 1
        assert policy[rule] == f"'sha256-{base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()}'"
    assert not re.search(r"<[^>]+ (on\w+|style)=", html.split("<script>")[0])


def test_the_sync_address_alone_may_be_told_anything() -> None:
    policy = policy_of(html_of(some_facts(sync_address="https://sync.example.org:8443/r?x=1")))
    assert policy["connect-src"] == "https://sync.example.org:8443"


def test_nothing_is_loaded_from_anybody_and_no_referrer_is_sent() -> None:
    html = html_of(some_facts())
    assert not re.search(r'(src|href)="(?!data:|tel:)', html)
    assert '<meta name="referrer" content="no-referrer">' in html
    addresses = set(re.findall(r"https?://[\w./-]+", html))
    assert addresses == {"https://wa.me/", "https://paulmillr.com"}


def test_the_licences_of_all_libraries_are_in_it() -> None:
    html = html_of(some_facts())
    for library in ("qr 0.7.0", "@noble/ed25519 3.2.0"):
        assert f"{library}: Copyright (c)" in html
    assert "The above copyright notice and this permission notice shall be included in" in html
    assert html.count("<!--") == html.count("-->") == 1


def test_no_text_of_a_street_gets_out_of_its_place() -> None:
    nasty = "</script><img src=x onerror=alert(1)> <!-- {{script}} --> &amp; \u2028"
    html = html_of(some_facts(street=nasty, team=nasty, offers={1: OfferWords("S01", nasty, nasty)}))
    assert html.count("</script>") == 2
    assert html.count("<script") == 2
    assert html.count("<!--") == html.count("-->") - html.count("-->", 0, html.index("<script>")) == 1
    assert "<img" not in html


def test_the_same_facts_make_the_same_page_and_others_another() -> None:
    def made(html: str) -> str:
        found = re.search(r'data-made="(\w{12})"', html)
        assert found
        return found[1]

    assert html_of(some_facts()) == html_of(some_facts())
    seen = {
        made(html_of(some_facts(**fields)))
        for fields in ({}, {"cancelled": frozenset({1})}, {"extended": {1: LAST_DAY}}, {"phone": ""}, {"practice": True})
    }
    assert len(seen) == 5


def test_what_was_written_is_measured(tmp_path: Path) -> None:
    written = write_page(some_facts(), tmp_path / "new" / "folder")
    worker, page = written.files
    assert [worker.name, page.relative_to(worker.parent).as_posix()] == ["sw.js", "v/index.html"]
    content = page.read_bytes()
    assert (written.bytes, written.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert written.gzip_bytes == len(gzip.compress(content, 9, mtime=0))


def test_a_full_disk_leaves_the_old_page_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_page(some_facts(), tmp_path)
    before = (tmp_path / "v" / "index.html").read_bytes()

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "sync", full)
    with pytest.raises(OSError, match="No space"):
        write_page(some_facts(team="另一隊"), tmp_path)
    assert (tmp_path / "v" / "index.html").read_bytes() == before
    assert sorted(one.name for one in tmp_path.rglob("*") if one.is_file()) == ["index.html", "sw.js"]
