"""Opens what was scanned on any page, by a USB scanner or the camera."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget

from caringstreet.scanned import Subject, is_ours, scan
from caringstreet.words import Words
from ui.context import Context, Target
from ui.scanning import camera
from ui.widgets.page import Page

_PAGES = {Subject.VOUCHER: "vouchers", Subject.SHOP: "shops", Subject.HOUSEHOLD: "households", Subject.RUN: "runs"}


class ScanOpener:
    """A voucher opens its story, a shop's card the shop, a household's card the household."""

    def __init__(self, window: QWidget, context: Context, page: Callable[[], Page | None], show: Callable[[Target], object]) -> None:
        self._window, self._context = window, context
        self._page, self._show = page, show

    def take(self, text: str) -> None:
        """The page in view takes the scan, or what was scanned is opened. An open dialog is answered first."""
        page = self._page()
        if QApplication.activeModalWidget() is not None:
            self._context.status.say(self._words.say("Answer the open question first, then scan again."))
        elif page is not None and not page.take_code(text):
            self._open(text)

    def _open(self, text: str) -> None:
        found = scan(self._context.street, text)
        if found is not None and found.subject_id is not None:
            self._show(Target(_PAGES[found.subject], found.subject_id))
            if found.subject is Subject.RUN:
                page = self._page()
                if page is not None:
                    page.take_code(text)
        elif found is not None and found.subject is not Subject.VOUCHER:
            self._context.status.say(self._words.say("This street has nothing with the number {number}.", number=found.name))
        else:
            self._show(Target("vouchers", text, "find"))

    def use_camera(self) -> None:
        """The live picture; the first thing of ours that it sees is opened."""
        if not camera.is_there():
            self._context.status.say(self._words.say("This computer has no camera. Use a USB scanner, a photo, or type the code."))
            return
        dialog = camera.CameraDialog(self._window, self._words)
        seen: list[str] = []

        def see(text: str) -> None:
            if not seen and is_ours(text):
                seen.append(text)
                dialog.accept()

        dialog.seen.connect(see)
        dialog.exec()
        if seen:
            self.take(seen[0])

    @property
    def _words(self) -> Words:
        return self._context.words
