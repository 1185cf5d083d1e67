"""What is absurdly long is searched by its beginning or refused, in a moment and in little memory."""

import time
import tracemalloc
from pathlib import Path

import pytest

from caringstreet.messaging import read_text, told
from caringstreet.queries import search
from caringstreet.scanned import scan
from caringstreet.scanning.chat_files import ChatTrouble, UnreadableChat
from tests.builders import TODAY, a_household, a_shop, a_street


def test_a_search_of_a_megabyte_is_a_search(tmp_path: Path) -> None:
    street = a_street(tmp_path, goods=True)
    a_shop(street, "S01")
    a_household(street, "H-0001")
    began = time.monotonic()
    with street.database.reader() as reader:
        for text in ("9" * 1_000_000, "陳 " * 500_000, "%_" * 500_000, "S01" + " " * 1_000_000):
            assert isinstance(search.hits(reader, text, TODAY), list)
        assert search.hits(reader, "S01" + " " * 1_000_000, TODAY)
    assert scan(street, "3Y1T-" * 300_000) is None
    assert time.monotonic() - began < 20
    street.close()


def test_two_million_codes_in_one_line_are_refused_in_little_memory(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    text = "3Y1TJ33X2 " * 2_000_000
    tracemalloc.start()
    began = time.monotonic()
    with pytest.raises(UnreadableChat) as found:
        told(street, read_text(street, text))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.value.kind is ChatTrouble.TOO_LARGE
    assert peak < 300_000_000
    assert time.monotonic() - began < 60
    street.close()
