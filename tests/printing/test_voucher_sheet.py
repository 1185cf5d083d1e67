"""Sheets as paper: every code of every page reads back, in every language, and nothing tells whose they are."""

import random
import subprocess
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
import qrcode
import zxingcpp
from PIL import Image
from qrcode.util import MODE_8BIT_BYTE, MODE_NUMBER, QRData

from caringstreet.printing import text
from caringstreet.printing.fonts import missing
from caringstreet.printing.phrases import PHRASES
from caringstreet.printing.substitutes import noticing
from caringstreet.printing.voucher_face import PrintedVoucher
from caringstreet.printing.voucher_sheet import PrintedSheet, print_sheets
from caringstreet.rules.codes import code_of, pretty
from caringstreet.rules.households import PrintLanguage
from caringstreet.scanning.qr import prefix_of, side_mm, symbol, version_for
from caringstreet.wording.terms import second_terms

HOST = "voucher.example.org"


@dataclass(frozen=True)
class Window:
    weekdays: int
    time_from: time | None
    time_to: time | None
    lunar_days: tuple[int, ...]


def some_digits(chance: random.Random) -> str:
    return "".join(chance.choice("0123456789") for _ in range(181))


def a_sheet(
    language: str, *, large: bool = False, count: int = 8, host: str = HOST, name: str = "陳婆婆", specimen: bool = False
) -> PrintedSheet:
    chance = random.Random(language)
    vouchers = tuple(
        PrintedVoucher(
            shop_zh="𨋢埗㓥魚檔" if number % 2 else "海興魚蛋粉麵專門店筲箕灣總店",
            shop_en="Hoi Hing Fish Ball Noodles and Congee of Shau Kei Wan",
            shop_kind="粉麵店",
            place="金華街 · 電車總站對面",
            title_zh="$20 蔬菜券" if number % 2 else "長者護理用品減 $15，買滿 $40 適用",
            title_en="$15 off care items for elders with $40 spent in the shop",
            pay_cents=None if number % 3 == 0 else 2550,
            valid_from=date(2026, 11, 1),
            valid_to=date(2026, 11, 30),
            terms_zh="星期二、三 · 14:00–17:30",
            terms_second=second_terms(
                PHRASES[language].locale, PHRASES[language].lunar, Window(0b0110 if number % 2 else 0b111110, time(14), time(17, 30), ())
            ),
            code=code_of(chance.getrandbits(40)),
            qr_prefix=prefix_of(host),
            digits=some_digits(chance),
            issuer="金華愛心街 · 筲箕灣鄰舍輔導會青年隊",
            phone="25550100",
            specimen=specimen,
        )
        for number in range(count)
    )
    return PrintedSheet("H-0086", name, language, large, vouchers)


def pages(pdf: Path, dpi: int) -> list[Image.Image]:
    folder = pdf.with_suffix(f".{dpi}")
    folder.mkdir(exist_ok=True)
    subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", str(pdf), str(folder / "p")], check=True)
    return [Image.open(path) for path in sorted(folder.iterdir())]


def read_back(pdf: Path, dpi: int) -> list[str]:
    return [one.text for page in pages(pdf, dpi) for one in zxingcpp.read_barcodes(page)]


def words_of(pdf: Path) -> str:
    return subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True).stdout


def test_the_symbol_is_that_of_the_library_bit_for_bit() -> None:
    chance = random.Random(7)
    for host, version in (("", 5), ("a.hk", 6), (HOST, 7), ("caringstreet-vouchers.example.hk", 7)):
        for _ in range(25):
            prefix, digits = prefix_of(host)[:43], some_digits(chance)
            drawn = symbol(prefix, digits)
            assert drawn.version == version_for(prefix) == version
            oracle = qrcode.QRCode(version=version, error_correction=qrcode.constants.ERROR_CORRECT_M, mask_pattern=2, border=0)
            if prefix:
                oracle.add_data(QRData(prefix.encode(), MODE_8BIT_BYTE), optimize=0)
            oracle.add_data(QRData(digits.encode(), MODE_NUMBER), optimize=0)
            oracle.make(fit=False)
            assert [[bool(row >> x & 1) for x in range(drawn.modules)] for row in drawn.rows] == oracle.get_matrix()


def test_a_prefix_of_29_bytes_keeps_version_6_and_of_43_version_7() -> None:
    assert [version_for("x" * length) for length in (0, 1, 29, 30, 43)] == [5, 6, 6, 7, 7]
    with pytest.raises(ValueError, match="prefix"):
        version_for("x" * 44)
    assert side_mm(6) == 32
    assert side_mm(7) == pytest.approx(0.65 * 53)


@pytest.mark.parametrize("language", [str(one) for one in PrintLanguage])
@pytest.mark.parametrize("large", [False, True])
def test_every_code_reads_back_in_every_language(tmp_path: Path, language: str, large: bool) -> None:
    sheet = a_sheet(language, large=large, count=4 if large else 8)
    pdf = tmp_path / "sheet.pdf"
    made = print_sheets([sheet], pdf, team="鄰舍隊", practice=False)
    assert made.pages == (2 if large else 1)
    for dpi in (150, 100):
        assert sorted(read_back(pdf, dpi)) == sorted(one.qr_prefix + one.digits for one in sheet.vouchers)


@pytest.mark.parametrize(("host", "specimen"), [("", False), ("", True), ("a.hk", True)])
def test_bare_digits_and_specimens_read_back_too(tmp_path: Path, host: str, specimen: bool) -> None:
    sheet = a_sheet("ur", host=host, specimen=specimen)
    pdf = tmp_path / "sheet.pdf"
    print_sheets([sheet], pdf, team="鄰舍隊", practice=False)
    assert sorted(read_back(pdf, 100)) == sorted(one.qr_prefix + one.digits for one in sheet.vouchers)
    assert ("SPECIMEN" in words_of(pdf)) is specimen


def test_only_the_strip_tells_whose_sheet_it_is(tmp_path: Path) -> None:
    pdf = tmp_path / "sheet.pdf"
    print_sheets([a_sheet("zh_HK", name="陳婆婆")], pdf, team="鄰舍隊", practice=False)
    said = words_of(pdf)
    assert said.count("陳婆婆") == said.count("H-0086") == 1
    assert said.count("你付") == 5


def test_rare_characters_copy_out_as_themselves_and_codes_stand_in_letters(tmp_path: Path) -> None:
    sheet = a_sheet("zh_HK")
    pdf = tmp_path / "sheet.pdf"
    print_sheets([sheet], pdf, team="鄰舍隊", practice=False)
    said = words_of(pdf)
    assert "𨋢埗㓥" in said
    assert all(pretty(one.code) in said for one in sheet.vouchers)
    assert "2026年11月30日或之前" in said
    assert "你付 $25.50" in said


def test_a_household_never_shares_a_page(tmp_path: Path) -> None:
    pdf = tmp_path / "sheet.pdf"
    made = print_sheets([a_sheet("zh_HK", count=9), a_sheet("en", count=1)], pdf, team="鄰舍隊", practice=False)
    assert (made.vouchers, made.pages) == (10, 3)


def test_a_character_that_no_font_has_stops_no_sheet_and_is_named(tmp_path: Path) -> None:
    pdf = tmp_path / "sheet.pdf"
    with noticing() as found:
        print_sheets(
            [a_sheet("zh_HK", name="陳🙂婆", count=1), a_sheet("zh_HK", name="王大文", count=1)], pdf, team="鄰舍隊", practice=False
        )
    assert [("陳🙂婆" in text, characters) for text, characters in found.items()] == [(True, "🙂")]
    said = words_of(pdf)
    assert "陳〓婆" in said
    assert "王大文" in said
    assert len(read_back(pdf, 150)) == 2


@pytest.mark.parametrize("name", ["陳𰻝", "刘张国华", "Ωmega"])
def test_rare_and_simplified_characters_are_printed_from_the_wider_font(tmp_path: Path, name: str) -> None:
    pdf = tmp_path / "sheet.pdf"
    with noticing() as found:
        print_sheets([a_sheet("zh_HK", name=name, count=1)], pdf, team="鄰舍隊", practice=False)
    assert found == {}
    assert name in words_of(pdf)


def sizes_of_foreign_letters(pdf: Path) -> dict[str, float]:
    """The smallest size of each letter that is neither Chinese, a digit, nor of a voucher's code."""
    document = pdfium.PdfDocument(pdf)
    found: dict[str, float] = {}
    try:
        for page in document:
            words = page.get_textpage()
            for place in range(words.count_chars()):
                char, bottom = chr(raw.FPDFText_GetUnicode(words, place)), words.get_charbox(place)[1]
                on_a_voucher = 30 < bottom < 842 - 48  # between the ruler and the strip
                if on_a_voucher and char.isalpha() and ord(char) < 0x2E80:
                    matrix = raw.FS_MATRIX()
                    raw.FPDFText_GetMatrix(words, place, matrix)
                    size = raw.FPDFText_GetFontSize(words, place) * abs(matrix.d)
                    found[char] = min(size, found.get(char, 1e9))
    finally:
        document.close()
    return found


@pytest.mark.parametrize("language", [str(one) for one in PrintLanguage if one is not PrintLanguage.ZH_HK])
@pytest.mark.parametrize(("large", "least"), [(False, 11), (True, 14)])
def test_no_line_of_the_second_language_is_too_small_for_old_eyes(tmp_path: Path, language: str, large: bool, least: int) -> None:
    pdf = tmp_path / "sheet.pdf"
    print_sheets([a_sheet(language, large=large, count=2)], pdf, team="鄰舍隊", practice=False)
    sizes = sizes_of_foreign_letters(pdf)
    assert len(sizes) > 10
    assert min(sizes.values()) > least - 0.01, {char: size for char, size in sizes.items() if size < least}


@pytest.mark.parametrize("language", ["ur", "ne", "th", "tl"])
def test_the_last_line_is_clear_of_the_cut_and_of_the_line_above(tmp_path: Path, language: str) -> None:
    pdf = tmp_path / "sheet.pdf"
    print_sheets([a_sheet(language, count=1)], pdf, team="鄰舍隊", practice=False)
    (page,) = pages(pdf, 300)
    mm = 300 / 25.4
    cut = (8 + 9 + 67) * mm
    lowest = page.crop((round(9 * mm), round(cut - 1.0 * mm), round(100 * mm), round(cut - 0.3 * mm)))
    assert lowest.getextrema()[0] > 200, "something reaches the cut"
    rows = page.crop((round(12 * mm), round(cut - 11 * mm), round(100 * mm), round(cut - 1 * mm)))
    white = [y for y in range(rows.height) if rows.crop((0, y, rows.width, y + 1)).getextrema()[0] > 200]
    assert white, "the last two lines touch"


@pytest.mark.parametrize("host", ["", HOST])
def test_ten_millimetres_of_white_stand_between_the_code_and_the_cut(tmp_path: Path, host: str) -> None:
    pdf = tmp_path / "sheet.pdf"
    print_sheets([a_sheet("zh_HK", count=1, host=host)], pdf, team="鄰舍隊", practice=False)
    (page,) = pages(pdf, 300)
    (code,) = zxingcpp.read_barcodes(page)
    right = max(code.position.top_right.x, code.position.bottom_right.x) / 300 * 25.4
    assert 8 + 97 - right > 9.8


def test_nothing_is_free_by_a_zero_and_every_voucher_says_whose_it_is(tmp_path: Path) -> None:
    pdf = tmp_path / "sheet.pdf"
    sheet = a_sheet("en", count=4)
    free = replace(sheet, vouchers=tuple(replace(one, pay_cents=0) for one in sheet.vouchers))
    print_sheets([free], pdf, team="鄰舍隊", practice=False)
    said = words_of(pdf)
    assert said.count("免費") == said.count("Free") == said.count("金華愛心街") == 4
    assert "$0" not in said


def test_an_empty_place_has_no_frame(tmp_path: Path) -> None:
    pdf = tmp_path / "sheet.pdf"
    print_sheets([a_sheet("zh_HK", count=3)], pdf, team="鄰舍隊", practice=False)
    (page,) = pages(pdf, 100)
    mm = 100 / 25.4
    place = (round((8 + 97 + 2) * mm), round((8 + 9 + 67 + 2) * mm), round((8 + 2 * 97 + 2) * mm), round((8 + 9 + 3 * 67) * mm))
    assert page.crop(place).getextrema()[0] == 255


def test_days_of_a_second_language_are_named_in_it() -> None:
    week = Window(0b0011111, None, None, ())
    assert second_terms("fil", "", week) == (("Lun–Biy", ""),)
    assert second_terms("id", "", Window(0b0100101, time(9), time(12), ())) == (("Sen, Rab, Sab", "09:00–12:00"),)
    assert second_terms("en_HK", "Lunar day", Window(127, None, None, (1, 15))) == (("Lunar day", "1, 15"),)
    assert second_terms("hi", "", Window(127, None, None, ())) == ()


def test_the_fonts_have_every_phrase_of_every_language() -> None:
    for phrases in PHRASES.values():
        for said in (phrases.you_pay, phrases.free, phrases.use_by, phrases.valid_from, phrases.if_lost, phrases.lunar):
            assert missing(said) == ""


def test_a_long_text_never_leaves_its_place() -> None:
    said, size = text.fitted("Maria Cristina de los Santos-Villanueva y Concepcion", 18, 120, bold=True)
    assert text.width_of(said, size, bold=True) <= 120
    lines, size = text.wrapped("長者護理用品減 $15，買滿 $40 適用，星期日除外", 17, 150, 2, bold=True)
    assert len(lines) <= 2
    assert all(text.width_of(line, size, bold=True) <= 150 for line in lines)
    assert text.wrapped("米", 11, 150, 2, smallest=11) == (["米"], 11)


def test_markup_in_a_name_is_only_text(tmp_path: Path) -> None:
    pdf = tmp_path / "sheet.pdf"
    print_sheets([a_sheet("zh_HK", name="Chan <b>Tai</b> <img src=x>")], pdf, team="鄰舍隊", practice=False)
    assert "<img src=x>" in words_of(pdf)
