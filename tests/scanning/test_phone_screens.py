"""A voucher on somebody's phone, or in a photo from a chat, is read like the paper."""

from io import BytesIO

import pytest
import qrcode
from PIL import Image, ImageFilter, ImageOps

from caringstreet.scanning.reader import codes_in_frame, codes_in_image

TEXT = "https://voucher.example.org/v#" + "7" * 181


def a_voucher(side: int = 900) -> Image.Image:
    return qrcode.make(TEXT, border=4).get_image().convert("L").resize((side, side))


def a_phone(code: Image.Image) -> Image.Image:
    """A lit screen in a dark room, held a little askew, with a bright edge."""
    screen = Image.new("L", (1080, 1920), 235)
    screen.paste(code, (90, 500))
    room = Image.new("L", (1920, 2600), 25)
    room.paste(screen, (420, 340))
    return room.rotate(8, fillcolor=25)


def png(picture: Image.Image) -> bytes:
    raw = BytesIO()
    picture.save(raw, "PNG")
    return raw.getvalue()


def chat(picture: Image.Image, quality: int = 40) -> bytes:
    """As a chat sends it: at most 1,600 pixels, squeezed."""
    small = picture.copy()
    small.thumbnail((1600, 1600))
    raw = BytesIO()
    small.save(raw, "JPEG", quality=quality)
    return raw.getvalue()


@pytest.mark.parametrize("picture", [a_phone(a_voucher()), a_phone(ImageOps.invert(a_voucher()))], ids=["light", "dark"])
def test_a_photo_of_a_phones_screen_is_read_in_either_look(picture: Image.Image) -> None:
    assert codes_in_image(png(picture)) == [TEXT]


def test_the_camera_reads_a_screen_that_is_held_before_it() -> None:
    frame = a_phone(a_voucher()).resize((960, 1300)).filter(ImageFilter.GaussianBlur(0.7))
    assert codes_in_frame(memoryview(frame.tobytes()).cast("B", (frame.height, frame.width))) == [TEXT]


@pytest.mark.parametrize("turned", [0, 90, 187])
def test_a_squeezed_photo_from_a_chat_is_read(turned: int) -> None:
    table = Image.new("L", (3000, 2200), 180)
    table.paste(a_voucher(700), (300, 400))
    table.paste(a_voucher(700), (1800, 900))
    assert codes_in_image(chat(table.rotate(turned, expand=True, fillcolor=180))) == [TEXT, TEXT]
