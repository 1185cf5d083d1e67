"""Photos of vouchers that went through a shop: torn, pale, shaded, glaring, slanted, creased, bent. Made, not taken.

The app's reader against zxing-cpp alone, and against pyzbar and OpenCV where they are installed (they are no part of the
app: `pip install pyzbar opencv-python-headless`, and Debian's libzbar0).
"""

import importlib
import io
import math
import time
from collections.abc import Callable, Iterator
from random import Random

import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from caringstreet.rules.tokens import DIGITS
from caringstreet.scanning.qr import symbol
from caringstreet.scanning.reader import codes_in_image

_PREFIX = "https://voucher.example.org/v#"
_SIDE = 1100


def a_text(chance: Random) -> str:
    """What a voucher of a street says; nothing here needs its signature."""
    return _PREFIX + "".join(chance.choice("0123456789") for _ in range(DIGITS))


def a_photo(text: str, chance: Random, degrade: Callable[[Image.Image, Random], Image.Image]) -> Image.Image:
    """A voucher on a table as a telephone sees it, after what happened to the paper."""
    voucher = degrade(_voucher(text), chance)
    photo = Image.new("L", (1600, 1200), 110)
    side = chance.randrange(480, 800)
    voucher = voucher.resize((side, side * voucher.height // voucher.width)).rotate(
        chance.uniform(-8, 8), expand=True, fillcolor=110, resample=Image.Resampling.BICUBIC
    )
    photo.paste(voucher, (300 + chance.randrange(80), 100 + chance.randrange(80)))
    return _noisy(photo.filter(ImageFilter.GaussianBlur(chance.uniform(0.6, 1.1))), chance, 5)


def _voucher(text: str) -> Image.Image:
    """The code with its white, and some print beside it as on a sheet."""
    drawn = symbol(_PREFIX, text.removeprefix(_PREFIX))
    unit = 16
    size = drawn.modules * unit
    paper = Image.new("L", (_SIDE, _SIDE), 235)
    left, top = (_SIDE - size) // 2 + 60, (_SIDE - size) // 2
    pen = ImageDraw.Draw(paper)
    for y, row in enumerate(drawn.rows):
        for x in range(drawn.modules):
            if row >> x & 1:
                pen.rectangle((left + x * unit, top + y * unit, left + x * unit + unit - 1, top + y * unit + unit - 1), fill=25)
    for line in range(8):
        pen.rectangle((20, 120 + line * 110, 20 + 30 + line * 7 % 60, 150 + line * 110), fill=60)
    return paper


def _noisy(image: Image.Image, chance: Random, strength: int) -> Image.Image:
    grain = Image.frombytes("L", image.size, chance.randbytes(image.width * image.height)).point(
        lambda value: 128 + (value - 128) * strength // 64
    )
    return ImageChops.add(image, grain, 1, -128)


def clean(paper: Image.Image, chance: Random) -> Image.Image:
    """Nothing happened to it."""
    return paper


def torn(paper: Image.Image, chance: Random) -> Image.Image:
    """The right edge is gone up to the code, sometimes into its last modules."""
    paper = paper.copy()
    pen = ImageDraw.Draw(paper)
    edge = _code_right(paper) + chance.randrange(-14, 8)
    points = [(edge + chance.randrange(-9, 10), y) for y in range(0, _SIDE + 1, 25)]
    pen.polygon([*points, (_SIDE, _SIDE), (_SIDE, 0)], fill=70)
    return paper


def pale(paper: Image.Image, chance: Random) -> Image.Image:
    """Little toner: grey modules with white specks."""
    specks = Image.frombytes("L", (_SIDE // 3, _SIDE // 3), chance.randbytes((_SIDE // 3) ** 2)).resize((_SIDE, _SIDE))
    part = chance.randrange(25, 60)
    toner = chance.randrange(100, 150)
    return ImageChops.lighter(paper.point(lambda value: max(value, toner)), specks.point(lambda value: 235 if value < part else 0))


def shaded(paper: Image.Image, chance: Random) -> Image.Image:
    """Half of it lies in a hard shadow, which runs through the code."""
    shade = Image.new("L", paper.size, 255)
    x = _SIDE // 2 + chance.randrange(-200, 200)
    ImageDraw.Draw(shade).polygon(
        [(x, 0), (_SIDE, 0), (_SIDE, _SIDE), (x + chance.randrange(-300, 300), _SIDE)], fill=chance.randrange(35, 75)
    )
    return ImageChops.multiply(paper, shade.filter(ImageFilter.GaussianBlur(chance.uniform(1, 10))))


def glaring(paper: Image.Image, chance: Random) -> Image.Image:
    """A lamp shines back from a plastic sleeve."""
    light = Image.new("L", paper.size, 0)
    x, y, r = chance.randrange(350, 800), chance.randrange(300, 800), chance.randrange(190, 300)
    ImageDraw.Draw(light).ellipse((x - r, y - r // 2, x + r, y + r // 2), fill=chance.randrange(215, 255))
    return ImageChops.add(paper, light.filter(ImageFilter.GaussianBlur(chance.uniform(35, 70))))


def slanted(paper: Image.Image, chance: Random) -> Image.Image:
    """Seen from 58 degrees."""
    squeeze = math.cos(math.radians(58 + chance.uniform(-2, 2)))
    height = round(_SIDE * squeeze)
    inset = chance.uniform(0.12, 0.2) * _SIDE
    corners = [(inset, 0), (_SIDE - inset, 0), (_SIDE, height), (0, height)]
    return paper.transform((_SIDE, height), Image.Transform.PERSPECTIVE, _perspective(corners), Image.Resampling.BICUBIC, fillcolor=110)


def creased(paper: Image.Image, chance: Random) -> Image.Image:
    """Folded twice and more: bright ridges with dark flanks, and the halves stand a little apart."""
    for _ in range(chance.randrange(3, 6)):
        x, slope = chance.randrange(200, 950), chance.uniform(-0.5, 0.5)
        mask = Image.new("L", paper.size, 0)
        ImageDraw.Draw(mask).line([(x, 0), (x + slope * _SIDE, _SIDE)], fill=255, width=chance.randrange(6, 15))
        paper = Image.composite(Image.new("L", paper.size, 240), paper, mask.filter(ImageFilter.GaussianBlur(2)))
        half = Image.new("L", paper.size, 0)
        ImageDraw.Draw(half).polygon([(x, 0), (_SIDE, 0), (_SIDE, _SIDE), (x + slope * _SIDE, _SIDE)], fill=255)
        moved = ImageEnhance.Brightness(ImageChops.offset(paper, chance.randrange(-4, 5), chance.randrange(-4, 5))).enhance(
            chance.uniform(0.75, 1)
        )
        paper = Image.composite(moved, paper, half)
        if chance.random() < 0.5:
            paper = paper.rotate(90)
    return paper


def bent(paper: Image.Image, chance: Random) -> Image.Image:
    """Round a bottle: nobody promises this one."""
    radius = chance.uniform(0.40, 0.52) * _SIDE
    out = Image.new("L", paper.size, 110)
    for x in range(_SIDE):
        across = (x - _SIDE / 2) / radius
        if abs(across) < 1:
            source = _SIDE / 2 + radius * math.asin(across)
            if 0 <= source < _SIDE - 1:
                strip = paper.crop((int(source), 0, int(source) + 1, _SIDE))
                out.paste(ImageChops.offset(strip, 0, int(60 * across * across)), (x, 0))
    return out


def _code_right(paper: Image.Image) -> int:
    dark = paper.crop((300, 0, _SIDE, _SIDE)).point(lambda value: 255 if value < 128 else 0)
    box = dark.getbbox()
    assert box is not None
    return 300 + box[2]


def _perspective(corners: list[tuple[float, float]]) -> list[float]:
    """The eight figures that bring the square onto four corners, by Gauss."""
    square = [(0, 0), (_SIDE, 0), (_SIDE, _SIDE), (0, _SIDE)]
    rows = []
    for (x, y), (u, v) in zip(corners, square, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for at in range(8):
        pivot = max(range(at, 8), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for row in range(8):
            if row != at:
                rows[row] = [a - rows[row][at] * b for a, b in zip(rows[row], rows[at], strict=True)]
    return [row[8] for row in rows]


DEGRADATIONS = {one.__name__: one for one in (clean, torn, pale, shaded, glaring, slanted, creased, bent)}
_EACH = 30


def run() -> Iterator[str]:
    rivals = {"app": _app, "zxing-cpp": _zxing, **_installed()}
    for name, degrade in DEGRADATIONS.items():
        chance = Random(name)
        photos = [(text := a_text(chance), a_photo(text, chance, degrade)) for _ in range(_EACH)]
        yield f"{name}: " + ", ".join(f"{rival} {_score(read, photos)}" for rival, read in rivals.items())
    empty = _noisy(Image.new("L", (1600, 1200), 128), Random(1), 40)
    start = time.perf_counter()
    assert _app(empty) == []
    yield f"nothing on it: app {1000 * (time.perf_counter() - start):.0f} ms"


def _score(read: Callable[[Image.Image], list[str]], photos: list[tuple[str, Image.Image]]) -> str:
    start = time.perf_counter()
    answers = [read(photo) for _, photo in photos]
    each = 1000 * (time.perf_counter() - start) / len(photos)
    right = sum(text in answer for (text, _), answer in zip(photos, answers, strict=True))
    wrong = sum(any(one != text for one in answer) for (text, _), answer in zip(photos, answers, strict=True))
    return f"{right}/{len(photos)}" + (f" with {wrong} wrong" if wrong else "") + f" ({each:.0f} ms)"


def _app(photo: Image.Image) -> list[str]:
    out = io.BytesIO()
    photo.save(out, "BMP")
    return codes_in_image(out.getvalue())


def _zxing(photo: Image.Image) -> list[str]:
    return [one.text for one in zxingcpp.read_barcodes(photo, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))]


def _installed() -> dict[str, Callable[[Image.Image], list[str]]]:
    """The rivals that are on this machine."""
    found: dict[str, Callable[[Image.Image], list[str]]] = {}
    try:
        zbar = importlib.import_module("pyzbar.pyzbar")
        found["pyzbar"] = lambda photo: [one.data.decode() for one in zbar.decode(photo, symbols=[zbar.ZBarSymbol.QRCODE])]
    except ImportError:
        pass
    try:
        cv2, numpy = importlib.import_module("cv2"), importlib.import_module("numpy")
        detector = cv2.QRCodeDetector()
        found["OpenCV"] = lambda photo: [one for one in [detector.detectAndDecode(numpy.asarray(photo))[0]] if one]
    except ImportError:
        pass
    return found
