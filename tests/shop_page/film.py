"""Vouchers cut from the app's own printed PDF, as a picture and as a film for Chromium's fake camera."""

import subprocess
from pathlib import Path

import zxingcpp
from PIL import Image

_SIZE = (1280, 720)


def printed_vouchers(pdf: Path, dpi: int = 150) -> list[tuple[Image.Image, str]]:
    """Each voucher of the first page with its surroundings, and what its QR says to another reader."""
    picture = pdf.with_suffix(".page")
    subprocess.run(["pdftoppm", "-r", str(dpi), "-singlefile", "-png", str(pdf), str(picture)], check=True)
    with Image.open(picture.with_suffix(".page.png")) as opened:
        page = opened.convert("RGB")
    found = []
    for code in zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode):
        corners = (code.position.top_left, code.position.bottom_right)
        middle = (sum(one.x for one in corners) // 2, sum(one.y for one in corners) // 2)
        half = 3 * dpi // 4
        box = (middle[0] - half, middle[1] - half, middle[0] + half, middle[1] + half)
        found.append((page.crop(box), code.text))
    return found


def frame(voucher: Image.Image, turned: float = 0, side: int = 420) -> Image.Image:
    """A voucher on a grey counter, as a camera sees it."""
    counter = Image.new("RGB", _SIZE, (120, 116, 108))
    shown = voucher.resize((side, side), Image.Resampling.BICUBIC).rotate(
        turned, expand=True, fillcolor=(120, 116, 108), resample=Image.Resampling.BICUBIC
    )
    counter.paste(shown, ((_SIZE[0] - shown.width) // 2, (_SIZE[1] - shown.height) // 2))
    return counter


def film(path: Path, frames: list[Image.Image]) -> None:
    """Write a Y4M film; ten pictures a second, shown over and over."""
    with path.open("wb") as file:
        file.write(b"YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420\n" % _SIZE)
        for picture in frames:
            luma, blue, red = picture.convert("YCbCr").split()
            half = (_SIZE[0] // 2, _SIZE[1] // 2)
            file.write(b"FRAME\n" + luma.tobytes() + blue.resize(half).tobytes() + red.resize(half).tobytes())
