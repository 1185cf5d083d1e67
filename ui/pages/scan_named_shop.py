"""Vouchers that were scanned before their shop was chosen: the last of them names it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from caringstreet.queries import shops
from ui.widgets.basics import button

if TYPE_CHECKING:
    from ui.pages.scan_page import ScanPage


class NamedShop:
    """Offers the shop that a voucher names; nothing of what waits is lost meanwhile."""

    def __init__(self, page: "ScanPage") -> None:
        self._page, self._words = page, page.words
        self._shop_id: int | None = None

    def show(self, waiting: Sequence[int | None]) -> None:
        """Say whose the last of these serials is; None stands for what has none."""
        page, words, say = self._page, self._words, self._words.say
        with page.context.database.reader() as reader:
            found = shops.of_serials(reader, [one for one in waiting if one is not None])
        kept = words.say_count("{n} voucher waits for its shop", "{n} vouchers wait for their shop", len(waiting))
        named = next((found[one] for one in reversed(waiting) if one in found), None)
        self._shop_id = None
        if named is None:
            page.card.show_no_shop(kept, say("Type the shop's code or name above; nothing is lost."), None)
            return
        self._shop_id, code, name_zh, name_en = named
        shop = f"{code} {words.own(name_zh, name_en)}"
        take = button(say("Take {shop}", shop=shop), self.take, kind="primary", picture="store")
        then = say("Press Enter to take this shop for the envelope, or choose another above. {kept}.", kept=kept)
        page.card.show_no_shop(say("A voucher of {shop}", shop=shop), then, take)

    def take(self) -> None:
        """The shop that was named becomes the envelope's, where none is chosen yet."""
        page = self._page
        if page.shop.shop_id() is None and page.tray.sheets and self._shop_id is not None:
            page.shop.choose(self._shop_id)
            page.shop_entered()
