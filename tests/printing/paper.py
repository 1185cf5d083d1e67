"""How tests look at paper: its words, its pages as pictures, the codes that a scanner finds on them."""

import subprocess
from pathlib import Path

import zxingcpp
from PIL import Image


def words_of(pdf: Path) -> list[str]:
    """The words of each page."""
    said = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    return said.split("\f")[:-1]


def pictures_of(pdf: Path, dpi: int) -> list[Image.Image]:
    """The pages in gray."""
    folder = pdf.with_suffix(f".{dpi}")
    folder.mkdir(exist_ok=True)
    subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", str(pdf), str(folder / "p")], check=True)
    return [Image.open(path) for path in sorted(folder.iterdir())]


def codes_of(pdf: Path, dpi: int) -> list[str]:
    """What all codes of all pages say."""
    return [one.text for page in pictures_of(pdf, dpi) for one in zxingcpp.read_barcodes(page)]


def ink_at_the_edge(pdf: Path, millimetres: float) -> bool:
    """Whether anything is drawn so near to a page's edge that a printer might lose it."""
    for page in pictures_of(pdf, 72):
        margin = round(millimetres / 25.4 * 72)
        inner = page.crop((margin, margin, page.width - margin, page.height - margin))
        whole = page.copy()
        whole.paste(255, (margin, margin, margin + inner.width, margin + inner.height))
        if whole.getextrema()[0] < 200:
            return True
    return False
