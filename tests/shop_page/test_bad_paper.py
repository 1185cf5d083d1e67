"""Paper that went through a shop is still read by the page, and nothing else is read from it."""

from pathlib import Path

import pytest

from tests.benchmarks.shop_page_paper import photos_of, read_by_page
from tests.shop_page.phone import Phone


@pytest.mark.parametrize("name", ["pale", "torn"])
def test_most_of_what_the_first_looks_do_not_see_is_read_and_never_wrong(phone: Phone, tmp_path: Path, name: str) -> None:
    """Of each kind a look at the flat and whole alone reads two of these four."""
    page = phone.open()
    photos = list(photos_of(name, 4))
    answers = [read_by_page(page, photo, tmp_path) for _, photo in photos]
    assert all(answer in ("", code) for (code, _), answer in zip(photos, answers, strict=True))
    assert sum(bool(answer) for answer in answers) >= 3
