"""Draws voucher sheets of an open street: the query's rows, signed, on paper."""

from collections.abc import Sequence
from pathlib import Path

from caringstreet.bootstrap import OpenStreet
from caringstreet.printing.phrases import PHRASES, Phrases
from caringstreet.printing.voucher_face import PrintedVoucher
from caringstreet.printing.voucher_sheet import PrintedFile, PrintedSheet, print_sheets
from caringstreet.progress import Progress
from caringstreet.queries.sheets import SheetOnPaper, VoucherOnPaper, sheets
from caringstreet.rules.codes import code_of
from caringstreet.rules.tokens import KIND_SPECIMEN, KIND_VOUCHER, VoucherToken
from caringstreet.scanning.qr import address, prefix_of
from caringstreet.wording.terms import second_terms, terms_text
from caringstreet.words import words_for


def signed_digits(street: OpenStreet, voucher: VoucherOnPaper) -> str:
    """The 181 digits of a voucher with its present last day."""
    token = VoucherToken(
        kind=KIND_SPECIMEN if street.practice else KIND_VOUCHER,
        key_id=voucher.key_id,
        serial=voucher.serial,
        last_day=voucher.valid_to,
        offer_number=voucher.offer_number,
    )
    return street.signers[voucher.key_id].digits(token)


def qr_text(street: OpenStreet, voucher: VoucherOnPaper) -> str:
    """What the QR of a voucher says: the page's address and digits, or the bare digits until there is a page."""
    return address(street.settings.page_host, signed_digits(street, voucher))


def draw_sheets(street: OpenStreet, voucher_ids: Sequence[int], out: Path, progress: Progress | None = None) -> PrintedFile:
    """Draw the sheets of these vouchers. Raises OSError or Cancelled; then no file appears."""
    with street.database.reader() as reader:
        found = sheets(reader, voucher_ids)
    printed = [_sheet(street, one) for one in found]
    return print_sheets(printed, out, team=street.settings.team, practice=street.practice, progress=progress)


def _sheet(street: OpenStreet, sheet: SheetOnPaper) -> PrintedSheet:
    return PrintedSheet(
        number=sheet.number,
        display_name=sheet.display_name,
        language=sheet.language,
        large_print=sheet.large_print,
        vouchers=tuple(_voucher(street, one, PHRASES[sheet.language]) for one in sheet.vouchers),
    )


def _voucher(street: OpenStreet, voucher: VoucherOnPaper, second: Phrases) -> PrintedVoucher:
    settings = street.settings
    return PrintedVoucher(
        shop_zh=voucher.shop_zh,
        shop_en=voucher.shop_en,
        shop_kind=voucher.shop_kind,
        place=_place(voucher),
        title_zh=voucher.title_zh,
        title_en=voucher.title_en,
        pay_cents=voucher.pays_cents,
        valid_from=voucher.valid_from,
        valid_to=voucher.valid_to,
        terms_zh=terms_text(words_for("zh_HK"), voucher),
        terms_second=second_terms(second.locale, second.lunar, voucher),
        code=code_of(voucher.serial),
        qr_prefix=prefix_of(street.settings.page_host),
        digits=signed_digits(street, voucher),
        issuer=" · ".join(part for part in (settings.name, settings.team) if part),
        phone=settings.phone,
        specimen=street.practice,
    )


def _place(voucher: VoucherOnPaper) -> str:
    """Street, stall or number, and landmark; an address that names its street again says it once."""
    address = voucher.address.strip()
    at = address if voucher.street and address.startswith(voucher.street) else " ".join(part for part in (voucher.street, address) if part)
    return " · ".join(part for part in (at, voucher.landmark) if part)
