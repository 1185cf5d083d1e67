"""A thousand vouchers printed against the plain way: qrcode's default symbol as a picture."""

import random
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import qrcode
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from caringstreet.printing import fonts
from caringstreet.printing.voucher_face import PrintedVoucher
from caringstreet.printing.voucher_sheet import PrintedSheet, print_sheets
from caringstreet.rules.codes import code_of, pretty
from tests.benchmarks.timing import in_turn

_COUNT = 1_000


def run() -> Iterator[str]:
    chance = random.Random(5)
    sheets = [_sheet(chance, number) for number in range(_COUNT // 8)]
    folder = Path(tempfile.mkdtemp())
    ours, plain = folder / "ours.pdf", folder / "plain.pdf"
    fast, slow, ratio = in_turn(lambda: print_sheets(sheets, ours, team="鄰舍隊", practice=False), lambda: _plain(sheets, plain), 3)
    each = ours.stat().st_size / _COUNT
    yield f"{_COUNT} vouchers {fast:.0f} ms, plain way {slow:.0f} ms, {1 / ratio:.1f} times faster; {each:.0f} bytes a voucher"


def _sheet(chance: random.Random, number: int) -> PrintedSheet:
    vouchers = tuple(
        PrintedVoucher(
            shop_zh=f"商戶{place}", shop_en=f"Shop {place}", shop_kind="菜檔", place="金華街", title_zh="$20 蔬菜券",
            title_en="$20 of vegetables", pay_cents=500, valid_from=date(2026, 11, 1), valid_to=date(2026, 11, 30),
            terms_zh="", terms_second=(), issuer="金華愛心街 · 鄰舍隊", phone="25550100", code=code_of(chance.getrandbits(40)), qr_prefix="https://a.hk/v#",
            digits="".join(chance.choice("0123456789") for _ in range(181)),
        )
        for place in range(8)
    )  # fmt: skip
    return PrintedSheet(f"H-{number:04d}", "陳婆婆", "zh_HK", False, vouchers)


def _plain(sheets: list[PrintedSheet], out: Path) -> None:
    fonts.load()
    canvas = Canvas(str(out))
    for sheet in sheets:
        for place, one in enumerate(sheet.vouchers):
            x, y = 20 + place % 2 * 275, 20 + place // 2 * 190
            picture = qrcode.make(one.qr_prefix + one.digits).get_image()
            canvas.drawImage(ImageReader(picture), x + 170, y + 40, 32 * mm, 32 * mm)
            canvas.setFont(fonts.BOLD, 18)
            canvas.drawString(x, y + 150, one.shop_zh)
            canvas.drawString(x, y + 110, one.title_zh)
            canvas.drawString(x, y + 70, "你付 $5")
            canvas.drawString(x + 150, y + 10, pretty(one.code))
        canvas.showPage()
    canvas.save()
