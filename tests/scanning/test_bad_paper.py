"""Paper that went through a shop still gives its code, and nothing else."""

from random import Random

import pytest
import zxingcpp
from PIL import Image

from caringstreet.scanning.bad_paper import other_looks
from tests.benchmarks import bad_paper
from tests.benchmarks.bad_paper import DEGRADATIONS, a_photo, a_text


def photos_of(name: str, count: int) -> list[tuple[str, Image.Image]]:
    chance = Random(name)
    return [(text := a_text(chance), a_photo(text, chance, DEGRADATIONS[name])) for _ in range(count)]


@pytest.mark.parametrize(("name", "least"), [("clean", 4), ("torn", 3), ("pale", 3), ("shaded", 3), ("slanted", 3)])
def test_most_of_what_a_shop_hands_in_is_read_and_never_wrong(name: str, least: int) -> None:
    photos = photos_of(name, 4)
    answers = [bad_paper._app(photo) for _, photo in photos]
    assert sum(answer == [text] for (text, _), answer in zip(photos, answers, strict=True)) >= least
    assert all(answer in ([], [text]) for (text, _), answer in zip(photos, answers, strict=True))


def test_a_torn_edge_is_read_where_the_plain_reader_sees_nothing() -> None:
    photos = photos_of("torn", 6)
    plain = sum(bool(bad_paper._zxing(photo)) for _, photo in photos)
    ours = sum(bool(bad_paper._app(photo)) for _, photo in photos)
    assert ours > plain


def test_a_clean_photo_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    real = zxingcpp.read_barcodes
    monkeypatch.setattr(zxingcpp, "read_barcodes", lambda *given, **options: looked.append(1) or real(*given, **options))
    ((text, photo),) = photos_of("clean", 1)
    assert bad_paper._app(photo) == [text]
    assert len(looked) == 1


def test_no_other_look_is_much_larger_than_a_photo() -> None:
    for look, _ in other_looks(Image.new("L", (2600, 2600), 200)):
        assert look.width * look.height <= 4 * 1600 * 1600
