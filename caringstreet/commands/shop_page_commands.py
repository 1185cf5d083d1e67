"""shop-page."""

from pathlib import Path
from urllib.parse import urlsplit

from caringstreet.commands.desk import DONE, Desk
from caringstreet.papers.shop_page import write_shop_page
from caringstreet.services import page_checks


def https_address(text: str) -> str:
    """An address that a page served by https may call. Raises ValueError for any other."""
    address = urlsplit(text)
    if address.scheme != "https" or not address.hostname or any(char in text for char in " ;,'\""):
        raise ValueError(text)
    return text


def shop_page(desk: Desk) -> int:
    """Write the shops' page for upload."""
    words, folder = desk.words, Path(desk.options.out)
    street = desk.open()
    written = write_shop_page(street, folder, desk.clock.today(), sync_address=desk.options.sync or "")
    desk.record_paper(street, page_checks.keep_made, sha256=written.sha256)
    host = street.settings.page_host
    street.close()
    desk.answer(
        {
            "files": [str(file) for file in written.files],
            "bytes": written.bytes,
            "gzip_bytes": written.gzip_bytes,
            "sha256": written.sha256,
        },
        *(str(file) for file in written.files),
        words.say("Upload both files to the root of {host}; the page must open at https://{host}/v", host=host)
        if host
        else words.say("The street has no page host yet; set it before vouchers are printed."),
    )
    return DONE
