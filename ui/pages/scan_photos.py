"""Photos and the camera for the scan desk: many vouchers at once, read away from the window's thread."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from shiboken6 import isValid

from ui.scanning import camera
from ui.scanning.photo import PICTURES, Picture, ReadPhotos, holds_pictures, pictures_in, read_photos
from ui.widgets.files import ask_to_open_some

if TYPE_CHECKING:
    from ui.pages.scan_page import ScanPage


class PhotoDesk(QObject):
    """Takes pictures that are dropped on the page, pasted or opened, and gives their codes to it."""

    def __init__(self, page: "ScanPage") -> None:
        super().__init__(page)
        self._page, self._words = page, page.words
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            if holds_pictures(event.mimeData()):
                event.acceptProposedAction()
                return True
        elif isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop:
            event.acceptProposedAction()
            self.read(pictures_in(event.mimeData()))
            return True
        return False

    def choose(self) -> None:
        """Ask for files."""
        self.read([*ask_to_open_some(self._page, self._words, self._words.say("Photo of many vouchers…"), PICTURES)])

    def paste(self) -> None:
        """Ctrl+V: a picture, or text with codes, one a line."""
        data = QGuiApplication.clipboard().mimeData()
        if holds_pictures(data):
            self.read(pictures_in(data))
            return
        self._page.take_lines([line.strip() for line in data.text().splitlines() if line.strip()])

    def read(self, pictures: list[Picture]) -> None:
        """Find all codes; progress and cancel stand at the bottom of the window."""
        if pictures:
            self._page.context.runner.work(
                lambda progress: read_photos(pictures, progress), owner=self._page, done=self._done, label=self._words.say("Reading photos")
            )

    def _done(self, found: ReadPhotos) -> None:
        if not isValid(self):
            return
        page, words = self._page, self._words
        codes = sum(len(photo) for photo in found.photos)
        fresh = page.take_photos(found.photos)
        said = words.say("{new} new from the photo, {known} in the envelope already.", new=fresh, known=codes - fresh)
        page.note.say(said, "good" if fresh else "warn")
        if found.unreadable:
            page.note.say(words.say("This file is not a picture that can be read. Take the photo again, or type the codes."), "warn")
        elif not codes:
            page.note.say(
                words.say("No voucher could be read in the photo. Lay them flat in good light, without shadows, and take it again."), "warn"
            )

    def open_camera(self) -> None:
        """The live picture; each voucher held before it goes into the envelope."""
        dialog = camera.CameraDialog(self._page, self._words)
        dialog.seen.connect(self._page.take_code)
        dialog.exec()
