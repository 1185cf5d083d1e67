"""What a scanner, a person or a photo gives."""

import io
import random
from datetime import date

import pytest
import qrcode
from PIL import Image

from caringstreet.rules.codes import code_of, pretty, serial_of
from caringstreet.rules.evidence import Outcome
from caringstreet.rules.tokens import KIND_SPECIMEN, KIND_VOUCHER, NotAToken, VoucherToken, from_digits
from caringstreet.scanning.attempts import attempts
from caringstreet.scanning.reader import Seen, UnreadableImage, codes_in_image, read
from caringstreet.scanning.signing import BadSignature, Signer, UnknownKey, Verifier, new_private_key, public_key_of

KEY = new_private_key()
SIGNER, VERIFIER = Signer(1, KEY), Verifier({1: public_key_of(KEY)})
SERIAL = serial_of("7KQ4-M2XT-K")
DIGITS = SIGNER.digits(VoucherToken(KIND_VOUCHER, 1, SERIAL, date(2026, 11, 30), 7))


def outcome(text: str, *, practice: bool = False) -> Outcome | int | None:
    found = attempts([text], VERIFIER, practice=practice)[0]
    return found.problem or found.serial


@pytest.mark.parametrize(
    "text",
    [
        DIGITS,
        f"https://voucher.example.org/v#{DIGITS}",
        f"HTTPS://OTHER.HOST/V#{DIGITS}",
        f"  {DIGITS}\r\n",
        "".join(chr(ord(c) + 0xFEE0) for c in DIGITS),
    ],
)
def test_our_digits_are_read_behind_any_address(text: str) -> None:
    assert outcome(text) == SERIAL


@pytest.mark.parametrize("text", ["7KQ4-M2XT-K", "7kq4m2xtk", "7KQ4 M2XT K", "兌換 7KQ4-M2XT-K 唔該", "券碼：7KQ4-M2XT-K。"])
def test_a_code_is_read_among_other_words(text: str) -> None:
    assert outcome(text) == SERIAL


def test_a_mistyped_code_asks_again() -> None:
    assert outcome("7KQ4-M2XT-J") is Outcome.MISTYPED
    assert outcome("7KQ4-M2XT-U") is Outcome.MISTYPED
    assert outcome("7KQ4M2XT") is not None


@pytest.mark.parametrize("text", ["https://example.org/menu", "陳大文", "shc:/5676290952432060346029243740", "12"])
def test_another_schemes_code_is_foreign(text: str) -> None:
    assert outcome(text) is Outcome.FOREIGN


def test_nothing_is_unreadable() -> None:
    assert read("  ").kind is Seen.NOTHING


def test_a_wrong_key_and_every_altered_digit_are_refused() -> None:
    other = Signer(1, new_private_key()).digits(VoucherToken(KIND_VOUCHER, 1, SERIAL, date(2026, 11, 30), 7))
    assert outcome(other) is Outcome.BAD_SIGNATURE
    for place in range(len(DIGITS)):
        wrong = DIGITS[:place] + str((int(DIGITS[place]) + 1) % 10) + DIGITS[place + 1 :]
        with pytest.raises((BadSignature, NotAToken)):
            VERIFIER.check(wrong)


def test_a_thousand_forged_tokens_are_refused() -> None:
    chance = random.Random(3)
    for _ in range(1000):
        forged = str(chance.getrandbits(590)).zfill(181)
        with pytest.raises((BadSignature, NotAToken)):
            VERIFIER.check(forged)
    with pytest.raises(UnknownKey):
        Verifier({}).check(DIGITS)


def test_a_practice_voucher_is_refused_kindly_in_a_real_street_only() -> None:
    digits = SIGNER.digits(VoucherToken(KIND_SPECIMEN, 1, SERIAL, date(2026, 11, 30), 7))
    assert outcome(digits) is Outcome.SPECIMEN
    assert outcome(digits, practice=True) == SERIAL
    typed = pretty(code_of(serial_of(code_of(0b11110_11110 << 30 | 5))))
    assert typed.startswith("YY")
    assert outcome(typed) is Outcome.SPECIMEN


def test_a_token_says_nothing_of_a_person() -> None:
    token, _ = from_digits(DIGITS)
    assert token == VoucherToken(KIND_VOUCHER, 1, SERIAL, date(2026, 11, 30), 7)


def a_photo(texts: list[str]) -> bytes:
    page = Image.new("L", (1700, 1300), 255)
    for number, text in enumerate(texts):
        made = qrcode.make(text, box_size=4, border=4).get_image().convert("L")
        page.paste(made, (20 + number % 4 * 410, 20 + number // 4 * 410))
    out = io.BytesIO()
    page.rotate(4, fillcolor=255, expand=True).save(out, "JPEG", quality=80)
    return out.getvalue()


def test_a_photo_of_twelve_vouchers_gives_all_twelve() -> None:
    made = [SIGNER.digits(VoucherToken(KIND_VOUCHER, 1, number, date(2026, 11, 30), 7)) for number in range(12)]
    assert sorted(codes_in_image(a_photo(made))) == sorted(made)


def test_what_is_no_picture_is_said() -> None:
    with pytest.raises(UnreadableImage):
        codes_in_image(b"not a picture")
    with pytest.raises(UnreadableImage):
        codes_in_image(a_photo(["x"])[:500])
