"""Other looks at a photo in which nothing was found: paper that was torn, pale, shaded, creased, or seen from the side.

Each was measured on made photos (`python -m tests.benchmarks bad_paper`); they stand in the order of what they find for
their time.
"""

from collections.abc import Iterator
from functools import reduce

from PIL import Image, ImageChops, ImageFilter

#: Longest side of a second look: smaller modules than this leaves nobody prints, and an empty photo stays quick.
_LONGEST_SIDE = 1600
_NEIGHBOURS = ((1, 0), (-1, 0), (0, 1), (0, -1))


def other_looks(photo: Image.Image) -> Iterator[tuple[Image.Image, bool]]:
    """Gray pictures made from a gray photo, and whether each is black and white already."""
    gray = photo.copy()
    gray.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    yield gray.filter(ImageFilter.UnsharpMask(3, 200, 2)), False
    # Of a code seen from the side, either direction may be the shortened one.
    yield gray.resize((gray.width * 9 // 5, gray.height)), False
    yield _against_its_surroundings(gray, 25), True
    yield _darker_than(gray, 50), True
    yield gray.filter(ImageFilter.GaussianBlur(2.5)), False
    # Specks within modules close when each point takes its darkest neighbour; thick print opens with the lightest.
    yield reduce(ImageChops.darker, _moved(gray)), False
    yield gray.filter(ImageFilter.GaussianBlur(1.5)), False
    yield reduce(ImageChops.lighter, _moved(gray)), False
    yield _against_its_surroundings(gray, 12), True
    yield _darker_than(gray, 80), True
    yield gray.resize((gray.width, gray.height * 9 // 5)), False
    yield gray.resize((gray.width * 2, gray.height * 2), Image.Resampling.BICUBIC), False


def _against_its_surroundings(gray: Image.Image, reach: int) -> Image.Image:
    """Dark is what is darker than the mean of so many points around it: a shadow's edge is no module."""
    difference = ImageChops.subtract(gray, gray.filter(ImageFilter.BoxBlur(reach)), 1, 128)
    return _darker_than(difference, 120)


def _darker_than(gray: Image.Image, bound: int) -> Image.Image:
    return gray.point(lambda value: 255 if value > bound else 0)


def _moved(gray: Image.Image) -> list[Image.Image]:
    return [gray, *(ImageChops.offset(gray, x, y) for x, y in _NEIGHBOURS)]
