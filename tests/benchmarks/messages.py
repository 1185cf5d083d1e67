"""Forty thousand messages: their heads read, and the lines and codes in them found."""

import time
from collections.abc import Iterator

from caringstreet.scanning.messages import told
from caringstreet.scanning.signing import Verifier
from caringstreet.scanning.whatsapp import read_chat

_COUNT = 40_000


def run() -> Iterator[str]:
    words = {
        "lines": "CS1 S07.2 {n} 20261122T150405 3Y1TJ33X2 2H51XQ7J",
        "codes": "今日收咗 3Y1T-J33X-2 同埋 7kq4-m2xt-k，多謝晒，有事打 9123 4567",
        "talk": "早晨，聽日幾點收券？打 2555 0100 搵我",
    }
    for name, body in words.items():
        text = "".join(f"22/11/2026 下午3:{n % 60:02d} - 輝記菜檔: {body.format(n=n + 1)}\n" for n in range(_COUNT))
        start = time.perf_counter()
        chat = read_chat(text)
        read = time.perf_counter()
        found = told(chat, Verifier({}), practice=False)
        done = time.perf_counter()
        yield f"{_COUNT} messages of {name}: {done - start:.2f} s, of which heads {read - start:.2f} s; {len(found)} found"
