"""What stands at a shop's till: the card with three pictures, to laminate, and the slip that pairs a phone.

The slip holds the phone's key, so it is a page of its own and says that it belongs into the till, not on the wall.
"""

from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.pagesizes import A5, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from caringstreet.printing import text
from caringstreet.printing.card_pictures import PICTURES, arrow
from caringstreet.printing.page import new_pdf
from caringstreet.printing.symbols import draw_symbol
from caringstreet.rules.phones import shown_phone
from caringstreet.scanning.qr import text_symbol
from caringstreet.words import mark, words_for

WIDTH, HEIGHT = landscape(A5)
_LEFT = 11 * mm
_MOST_OFFERS = 4

_STEPS = (
    ("掃", "Scan", mark("Scan the QR code with the phone")),
    ("送", "Send", mark("Tap “Accept”, then send by WhatsApp")),
    ("收", "Keep", mark("Stamp the voucher, put it in the envelope")),
)
_NO_NEED = "唔使掃，擺入信封都得"
_NO_NEED_EN = "No need to scan: the envelope alone will do. You are paid on the paper."
_OFFERS = mark("Our offers in {month}")
_PAYS = mark("neighbours pay {money}")
_QUESTIONS = mark("Questions: {team} {phone}")
_SLIP = mark("For one phone of this shop")
_SLIP_DO = mark("Scan it once with the phone's camera. The page then knows which shop this is.")
_SLIP_KEEP = mark("Keep this slip in the till, not on the wall. Lost? Tell us and we make a new one.")
_SLIP_LATER = mark("It works once the team has put its page on the internet.")


@dataclass(frozen=True)
class CardOffer:
    """One offer in one line; `pay_cents` None where only the till knows."""

    title_zh: str
    title_en: str
    pay_cents: int | None
    terms_zh: str


@dataclass(frozen=True)
class ShopCard:
    """What the wall card says; `month_zh` is empty where no month is named."""

    shop_zh: str
    shop_en: str
    month_zh: str
    offers: tuple[CardOffer, ...]
    team: str
    phone: str


@dataclass(frozen=True)
class PairingSlip:
    """`text` is what the QR says; `name` the phone's, such as S07.2."""

    shop_zh: str
    shop_en: str
    name: str
    text: str
    page: str


def print_shop_card(out: Path, *, card: ShopCard | None = None, slip: PairingSlip | None = None, practice: bool) -> int:
    """The card, the slip, or both on two A5 pages; returns the pages. Raises OSError; then no file appears."""
    pages = 0
    with new_pdf(out, words_for("zh_HK").say("Shop card"), card.team if card else "", practice=practice) as canvas:
        canvas.setPageSize((WIDTH, HEIGHT))
        if card is not None:
            _card(canvas, card)
            canvas.showPage()
            pages += 1
        if slip is not None:
            canvas.setPageSize((WIDTH, HEIGHT))
            _slip(canvas, slip)
            canvas.showPage()
            pages += 1
    return pages


def _card(canvas: Canvas, card: ShopCard) -> None:
    whole = WIDTH - 2 * _LEFT
    canvas.setStrokeColorRGB(*text.ACCENT)
    canvas.setLineWidth(2)
    canvas.roundRect(5 * mm, 5 * mm, WIDTH - 10 * mm, HEIGHT - 10 * mm, 5 * mm)
    y = HEIGHT - 19 * mm
    name = text.draw(canvas, _LEFT, y, card.shop_zh, 30, bold=True, most=whole * 0.62)
    text.draw(canvas, _LEFT + name + 4 * mm, y, card.shop_en, 12, most=whole * 0.66 - name, color=text.DIM)
    text.draw(canvas, WIDTH - _LEFT, y, card.team, 12, align="right", most=whole * 0.3, color=text.DIM)
    _steps(canvas, y - 7 * mm)
    _offers(canvas, card, 58 * mm)
    canvas.setFillColorRGB(*text.ACCENT)
    canvas.roundRect(_LEFT, 13.5 * mm, whole, 17 * mm, 3 * mm, stroke=0, fill=1)
    text.draw(canvas, WIDTH / 2, 21.2 * mm, _NO_NEED, 23, bold=True, align="center", most=whole - 8 * mm, color=(1, 1, 1))
    text.draw(canvas, WIDTH / 2, 16 * mm, _NO_NEED_EN, 9.5, align="center", most=whole - 8 * mm, color=(1, 1, 1))
    said = words_for("zh_HK").say(_QUESTIONS, team=card.team, phone=shown_phone(card.phone)).strip()
    text.draw(canvas, _LEFT, 8.8 * mm, said, 10, most=whole * 0.75, color=text.DIM)


def _steps(canvas: Canvas, top: float) -> None:
    """Three pictures in a row with an arrow between two."""
    zh, whole = words_for("zh_HK"), WIDTH - 2 * _LEFT
    gap, height = 11 * mm, 47 * mm
    width = (whole - 2 * gap) / 3
    for number, ((sign, english, said), picture) in enumerate(zip(_STEPS, PICTURES, strict=True)):
        x = _LEFT + number * (width + gap)
        picture(canvas, x + 1 * mm, top - height + 16 * mm, 29 * mm)
        text.draw(canvas, x + width - 3 * mm, top - 20 * mm, sign, 50, bold=True, align="right", color=text.ACCENT)
        text.draw(canvas, x + width - 3 * mm, top - 28 * mm, english, 12, align="right", color=text.DIM)
        lines, size = text.wrapped(zh.say(said), 13, width + 4 * mm, 2)
        for line, text_line in enumerate(lines):
            text.draw(canvas, x + width / 2, top - 38 * mm - line * size * 1.3, text_line, size, align="center")
        if number < 2:
            arrow(canvas, x + width + 1.5 * mm, top - 15 * mm, gap - 3 * mm)


def _offers(canvas: Canvas, card: ShopCard, top: float) -> None:
    zh, whole = words_for("zh_HK"), WIDTH - 2 * _LEFT
    if not card.offers:
        return
    heading = zh.say(_OFFERS, month=card.month_zh)
    text.draw(canvas, _LEFT, top, heading, 11, bold=True, most=whole, color=text.DIM)
    shown = card.offers[:_MOST_OFFERS]
    size = 19 if len(shown) == 1 else 15 if len(shown) == 2 else 11
    y = top - size * 1.4
    for offer in shown:
        pays = zh.say(_PAYS, money=zh.dollars(offer.pay_cents)) if offer.pay_cents is not None else ""
        beside = " · ".join(part for part in (pays, offer.terms_zh) if part)
        width = text.draw(canvas, _LEFT, y, offer.title_zh, size, bold=True, most=whole * 0.6)
        text.draw(canvas, _LEFT + width + 4 * mm, y, beside, size * 0.72, most=whole - width - 4 * mm)
        y -= size * 1.25


def _slip(canvas: Canvas, slip: PairingSlip) -> None:
    zh, en = words_for("zh_HK"), words_for("en")
    side = 92 * mm
    draw_symbol(canvas, text_symbol(slip.text), 6 * mm, (HEIGHT - side) / 2, side)
    left = 6 * mm + side + 4 * mm
    most = WIDTH - left - 10 * mm
    y = HEIGHT - 30 * mm
    text.draw(canvas, left, y, slip.shop_zh, 26, bold=True, most=most)
    y -= 8 * mm
    text.draw(canvas, left, y, " · ".join(part for part in (slip.name, slip.shop_en) if part), 13, most=most, color=text.DIM)
    y -= 13 * mm
    text.draw(canvas, left, y, zh.say(_SLIP), 16, bold=True, most=most, color=text.ACCENT)
    y -= 9 * mm
    paragraphs = (_SLIP_DO, _SLIP_KEEP) if slip.page else (_SLIP_DO, _SLIP_KEEP, _SLIP_LATER)
    for said in paragraphs:
        for words, size in ((zh, 12.5), (en, 9.0)):
            lines, fitted = text.wrapped(words.say(said), size, most, 3)
            for line in lines:
                text.draw(canvas, left, y, line, fitted, most=most, color=text.INK if words is zh else text.DIM)
                y -= fitted * 1.35
        y -= 3.5 * mm
