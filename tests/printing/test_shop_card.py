"""The card for the wall, and the slip with a phone's key, which never hangs there."""

import subprocess
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from caringstreet.papers.shop_cards import draw_card, draw_slip, pairing_of
from caringstreet.queries import devices as device_queries
from caringstreet.rules.months import Month
from caringstreet.scanning.qr import text_symbol
from caringstreet.services import devices
from tests.builders import BY, NOW, a_shop, a_street, an_offer

NOVEMBER = Month(2026, 11)


def read_codes(pdf: Path, page: int, dpi: int = 100) -> list[str]:
    """What a camera reads from a page."""
    out = pdf.with_suffix(f".{page}")
    subprocess.run(["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-singlefile", "-gray", str(pdf), str(out)], check=True)
    with Image.open(out.with_suffix(out.suffix + ".pgm")) as picture:
        return [one.text for one in zxingcpp.read_barcodes(picture)]


def words_of(pdf: Path) -> list[str]:
    said = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    return said.split("\f")[:-1]


def test_the_wall_card_shows_three_steps_and_the_months_offers_and_no_key(tmp_path: Path) -> None:
    street = a_street(tmp_path, page_host="voucher.example.org")
    shop = a_shop(street, "S07", name_zh="輝記菜檔", name_en="Fai Kee")
    an_offer(street, shop)
    an_offer(street, shop, code="S07b", title_zh="薑蔥一紮", household_cents=500, list_cents=2500)
    with street.database.transaction() as tx:
        made = devices.pair(tx, shop_id=shop, random_bits=street.random_bits, at=NOW, by=BY)
    pdf = tmp_path / "card.pdf"
    assert draw_card(street, shop, NOVEMBER, pdf, device_id=made.device_id) == 2
    card, slip = words_of(pdf)
    for said in (
        "掃",
        "送",
        "收",
        "唔使掃，擺入信封都得",
        "輝記菜檔",
        "Fai Kee",
        "$20 蔬菜券",
        "薑蔥一紮",
        "街坊付 $5",
        "2026年11月",
        "2555 0100",
    ):
        assert said in card
    assert "S07.1" in slip
    assert "不要貼出來" in slip
    row, text = pairing_of(street, made.device_id)
    assert read_codes(pdf, 1) == []
    assert read_codes(pdf, 2) == [text]
    assert row.key.hex() in text
    assert text.startswith("https://voucher.example.org/v#PS07~1~")
    alone = tmp_path / "slip.pdf"
    assert draw_slip(street, made.device_id, alone) == 1
    assert read_codes(alone, 1, 72) == [text]
    street.close()


def test_a_card_without_page_offer_or_phone_is_still_a_card(tmp_path: Path) -> None:
    street = a_street(tmp_path, phone="")
    shop = a_shop(street, "S07", name_en="")
    pdf = tmp_path / "card.pdf"
    assert draw_card(street, shop, NOVEMBER, pdf) == 1
    assert "唔使掃，擺入信封都得" in words_of(pdf)[0]
    with street.database.transaction() as tx:
        made = devices.pair(tx, shop_id=shop, random_bits=street.random_bits, at=NOW, by=BY)
    draw_slip(street, made.device_id, pdf)
    assert read_codes(pdf, 1)[0].startswith("PS07~1~")
    assert "放上網" in words_of(pdf)[0]
    street.close()


def test_a_name_that_no_font_has_is_printed_with_a_sign_in_its_place(tmp_path: Path) -> None:
    street = a_street(tmp_path)
    shop = a_shop(street, "S07", name_zh="輝記\U000f0000")
    draw_card(street, shop, NOVEMBER, tmp_path / "card.pdf")
    assert "輝記〓" in words_of(tmp_path / "card.pdf")[0]
    with street.database.reader() as reader:
        assert device_queries.devices(reader) == []
    street.close()


@pytest.mark.parametrize("length", [1, 60, 150, 260])
def test_any_short_text_becomes_a_symbol_that_reads_back(length: int) -> None:
    said = ("https://voucher.example.org/v#PS07~" + "%E8" * length)[:length]
    symbol = text_symbol(said)
    picture = Image.new("L", (symbol.modules + 8, symbol.modules + 8), 255)
    for y, row in enumerate(symbol.rows):
        for x in range(symbol.modules):
            if row >> x & 1:
                picture.putpixel((x + 4, y + 4), 0)
    found = zxingcpp.read_barcodes(picture.resize((picture.width * 4, picture.height * 4), Image.Resampling.NEAREST))
    assert [one.text for one in found] == [said]
