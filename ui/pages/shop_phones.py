"""The phones of a shop in its panel: pair, show the slip, print the card, revoke, and what never arrived."""

from functools import partial
from pathlib import Path
from tempfile import gettempdir, mkdtemp

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from caringstreet import files
from caringstreet.papers.shop_cards import draw_card, draw_slip, pairing_of
from caringstreet.queries import devices as device_queries
from caringstreet.queries.devices import DeviceRow
from caringstreet.queries.shops import ShopDetail
from caringstreet.services import devices
from caringstreet.services.devices import PairedDevice
from ui.dialogs.pairing import PairingDialog
from ui.widgets.ask import ask_reason
from ui.widgets.basics import badge, button, label, row
from ui.widgets.files import PDF, ask_to_save
from ui.widgets.list_page import ListPage

_MOST_REVOKED = 3


def runs_text(missing: tuple[tuple[int, int], ...]) -> str:
    """14, 17–19."""
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in missing)


class ShopPhones(QObject):
    """A part of the shops' page."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self._page, self._words, self._context = page, page.words, page.context
        # A slip holds a phone's key: for this person's eyes alone, and gone with the window.
        self._folder = Path(mkdtemp(prefix="caringstreet-"))
        self.destroyed.connect(lambda _=None, folder=self._folder: files.remove_folder(folder))

    def fill(self, shop: ShopDetail) -> None:
        """Add the section of a shop to the panel."""
        say, panel = self._words.say, self._page.panel
        with self._context.database.reader() as reader:
            found = device_queries.devices(reader, shop.shop_id)
        in_use = [one for one in found if one.revoked_at is None]
        self._page.heading(say("Phones"))
        for one in in_use:
            self._phone(one)
        if not in_use:
            panel.addWidget(label(say("No phone is paired. The shop can do without: the envelope alone is enough."), "dim", wrap=True))
        for one in [one for one in found if one.revoked_at is not None][:_MOST_REVOKED]:
            said = say("{phone} revoked: {reason}", phone=one.name, reason=one.revoked_reason)
            panel.addWidget(label(said, "dim", wrap=True))
        pair = button(say("Pair a phone"), lambda: self._pair(shop), picture="smartphone")
        panel.addLayout(row(pair, button(say("Open card"), lambda: self._open_card(shop), picture="file-text"), None))
        panel.addLayout(row(button(say("Save card…"), lambda: self._save_card(shop), kind="quiet", picture="save"), None))

    def _phone(self, one: DeviceRow) -> None:
        words, say, panel = self._words, self._words.say, self._page.panel
        marks = []
        if one.missing_count:
            marks.append(badge(words.say_count("{n} missing", "{n} missing", one.missing_count), "warn"))
        if one.clock_off:
            marks.append(badge(say("clock wrong"), "warn"))
        panel.addLayout(row(label(one.name, "strong"), *marks, None))
        heard = say("last heard {when}", when=words.moment(one.heard_at)) if one.heard_at else say("not heard yet")
        counted = words.say_count("{n} message", "{n} messages", one.lines)
        paired = say("paired {day}", day=words.moment(one.paired_at))
        panel.addWidget(label(" · ".join((paired, heard, counted)), "dim", wrap=True))
        if one.missing:
            said = say("Never arrived: no. {numbers}. Ask the shop to send again; nothing counts twice.", numbers=runs_text(one.missing))
            panel.addWidget(label(said, "warn", wrap=True))
        actions = (
            button(say("Pairing code"), partial(self.show_code, one.device_id), kind="quiet", picture="qr-code"),
            button(say("Pair again"), partial(self._pair_again, one), kind="quiet"),
            button(say("Revoke"), partial(self._revoke, one), kind="quiet"),
        )
        for action in actions:
            action.setAccessibleName(f"{action.text()} {one.name}")
        panel.addLayout(row(*actions, None, spacing=2))

    # What one does --------------------------------------------------------------------------------------------

    def _pair(self, shop: ShopDetail) -> None:
        self._page.do(devices.pair, shop_id=shop.shop_id, random_bits=self._context.street.random_bits, done=self._paired)

    def _paired(self, made: PairedDevice) -> None:
        self._context.status.say(self._words.say("Phone {phone} paired", phone=f"{made.shop}.{made.number}"))
        self.show_code(made.device_id)

    def _pair_again(self, one: DeviceRow) -> None:
        what = self._words.say("{phone}: its card is revoked and a new one made. What it sent so far stays valid.", phone=one.name)
        reason = ask_reason(self._page, self._words, what, self._words.say("Pair again"))
        if reason is not None:
            self._page.do(
                devices.pair_again,
                device_id=one.device_id,
                reason=reason,
                random_bits=self._context.street.random_bits,
                done=self._paired,
            )

    def _revoke(self, one: DeviceRow) -> None:
        what = self._words.say("{phone}: what it sends from now on counts for nothing. The vouchers count all the same.", phone=one.name)
        reason = ask_reason(self._page, self._words, what, self._words.say("Revoke"))
        if reason is not None:
            self._page.do(
                devices.revoke,
                device_id=one.device_id,
                reason=reason,
                done=lambda _: self._context.status.say(self._words.say("Phone {phone} revoked", phone=one.name)),
            )

    def show_code(self, device_id: int) -> None:
        """The code of a phone, large, until the dialog is closed."""
        street = self._context.street
        pairing, text = pairing_of(street, device_id)
        path = self._folder / f"slip-{device_id}.pdf"
        dialog = PairingDialog(
            self._page,
            self._words,
            pairing,
            text,
            has_page=bool(street.settings.page_host),
            open_slip=lambda: self._draw(lambda: draw_slip(street, device_id, path), lambda: self._open(path)),
        )
        dialog.exec()

    def _open_card(self, shop: ShopDetail) -> None:
        path = Path(gettempdir()) / f"caring-street-card-{shop.shop_id}.pdf"
        self._draw_card(shop, path, lambda: self._open(path))

    def _save_card(self, shop: ShopDetail) -> None:
        suggested = "{} {}.pdf".format(self._words.say("Shop card"), shop.code)
        chosen = ask_to_save(self._page, self._words, self._words.say("Save card…"), suggested, PDF)
        if chosen:
            self.save_card_to(shop, chosen)

    def save_card_to(self, shop: ShopDetail, path: Path) -> None:
        """Draw the wall card with the offers of the month in view."""
        said = self._words.say("Saved in {file}", file=path.name)
        self._draw_card(shop, path, lambda: self._context.status.say(said))

    def _draw_card(self, shop: ShopDetail, path: Path, then: object) -> None:
        street, month = self._context.street, self._context.month.month
        self._draw(lambda: draw_card(street, shop.shop_id, month, path), then)

    def _draw(self, drawing: object, then: object) -> None:
        self._context.runner.work(
            lambda progress: drawing(),  # type: ignore[operator]
            owner=self,
            done=lambda _: then(),  # type: ignore[operator]
            label=self._words.say("Drawing"),
        )

    def _open(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
