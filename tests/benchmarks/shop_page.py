"""The shops' page on a processor slowed six times: from opening a voucher's address to its verdict, against a bare page."""

import statistics
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser

from caringstreet.shop_page.page import PAGE_FILE, write_page
from tests.shop_page.host import Host
from tests.shop_page.phone import SHOP_CARD, chromium, digits, some_facts

_SLOWER, _RUNS = 6, 7
_NEVER = date(2099, 12, 31)
#: Notes when the verdict's words stand in the page, in ms since the navigation began.
_WATCH = """
new MutationObserver(() => {
  const head = document.getElementById("head");
  if (!window.verdictAt && head && head.textContent === "真券") window.verdictAt = performance.now();
}).observe(document, { childList: true, subtree: true, characterData: true });
"""
_OLD_PHONE = """
if (isSecureContext && window.SubtleCrypto) {
  const real = SubtleCrypto.prototype.importKey;
  SubtleCrypto.prototype.importKey = function (format, key, algorithm, ...rest) {
    if (algorithm === "Ed25519") return Promise.reject(new DOMException("", "NotSupportedError"));
    return real.call(this, format, key, algorithm, ...rest);
  };
}
"""
_BARE = '<!doctype html><html lang="zh-HK" data-made="0"><title>x</title><h1 id="head">真券</h1><p id="who">x</p>'


def run() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp())
    made = write_page(some_facts(), folder)
    yield f"the page has {made.bytes} bytes, {made.gzip_bytes} gzipped"
    host = Host(folder)
    with chromium() as browser:
        first = _verdict(browser, host, visited=False)
        later = _verdict(browser, host, visited=True)
        old = _verdict(browser, host, visited=True, script=_OLD_PHONE)
        (folder / PAGE_FILE).write_text(_BARE, encoding="utf-8")
        bare = _verdict(browser, host, visited=False, paired=False)
    host.stop()
    for name, taken in (("first visit", first), ("kept page", later), ("kept page, signature by the library", old)):
        yield f"verdict {taken:.0f} ms at 1/{_SLOWER} speed, {name}; a bare page {bare:.0f} ms"


def _verdict(browser: Browser, host: Host, *, visited: bool, script: str = "", paired: bool = True) -> float:
    """The median ms to a verdict, each on a phone of its own; a first visit has no shop and so another verdict."""
    taken = []
    for _ in range(_RUNS):
        context = browser.new_context(locale="zh-HK")
        context.add_init_script(_WATCH.replace("真券", "真券" if visited or not paired else "請先掃店舖牌") + script)
        if visited:
            before = context.new_page()
            before.goto(f"{host.origin}/v#{SHOP_CARD}")
            before.evaluate("navigator.serviceWorker.ready.then(() => true)")
            before.wait_for_timeout(200)
            before.close()
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
        page.goto(f"{host.origin}/v#{digits(last_day=_NEVER)}")
        page.wait_for_timeout(1500)
        at = page.evaluate("window.verdictAt")
        assert at, "no verdict within a second and a half"
        taken.append(float(at))
        context.close()
    return statistics.median(taken)
