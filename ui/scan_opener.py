"""Opens what was scanned on any page, by a USB scanner or the camera."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from caringstreet.scanned import Subject, is_ours, scan
from ui.context import Target
from ui.scanning import camera

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_PAGES = {Subject.VOUCHER: "vouchers", Subject.SHOP: "shops", Subject.HOUSEHOLD: "households", Subject.RUN: "runs"}


class ScanOpener:
    """A voucher opens its story, a shop's card the shop, a household's card the household."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def take(self, text: str) -> None:
        """The page in view takes the scan, or what was scanned is opened. An open dialog is answered first."""
        window = self._window
        if QApplication.activeModalWidget() is not None:
            window.say(self._say("Answer the open question first, then scan again."))
        elif window.stack.count() and not window.page().take_code(text):
            self._open(text)

    def _open(self, text: str) -> None:
        found = scan(self._window.context.street, text)
        if found is not None and found.subject_id is not None:
            self._window.show_page(Target(_PAGES[found.subject], found.subject_id))
            if found.subject is Subject.RUN:
                self._window.page().take_code(text)
        elif found is not None and found.subject is not Subject.VOUCHER:
            said = self._window.context.words.say("This street has nothing with the number {number}.", number=found.name)
            self._window.say(said)
        else:
            self._window.show_page(Target("vouchers", text, "find"))

    def use_camera(self) -> None:
        """The live picture; the first thing of ours that it sees is opened."""
        window = self._window
        if not camera.is_there():
            window.say(self._say("This computer has no camera. Use a USB scanner, a photo, or type the code."))
            return
        dialog = camera.CameraDialog(window, window.context.words)
        seen: list[str] = []

        def see(text: str) -> None:
            if not seen and is_ours(text):
                seen.append(text)
                dialog.accept()

        dialog.seen.connect(see)
        dialog.exec()
        if seen:
            self.take(seen[0])

    def _say(self, text: str) -> str:
        return self._window.context.words.say(text)
