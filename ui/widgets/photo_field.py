"""A photo of a thing: from a file, the clipboard or a drop, made small enough to be kept."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from caringstreet.words import Words
from ui.scanning.photo import PICTURES, Picture, holds_pictures, pictures_in
from ui.widgets.basics import button, icon_button, label
from ui.widgets.files import ask_to_open

#: The longer side in pixels, and the most bytes: a photo is for recognising a thing on a shelf.
LONGEST = 1600
MOST_BYTES = 2 << 20
_SHOWN = 54
_QUALITIES = (85, 70, 55, 40)


def small_photo(picture: Picture) -> bytes | None:
    """The picture as a JPEG within the limits, turned as the camera says; None where it is no picture."""
    raw = QByteArray(picture) if isinstance(picture, bytes) else None
    buffer = QBuffer(raw) if raw is not None else None
    reader = QImageReader(buffer) if buffer is not None else QImageReader(str(picture))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > LONGEST:
        # A JPEG is read at the smaller size at once, which a large photo needs.
        reader.setScaledSize(size.scaled(QSize(LONGEST, LONGEST), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return None
    if max(image.width(), image.height()) > LONGEST:
        image = image.scaled(LONGEST, LONGEST, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return _as_jpeg(image)


def _as_jpeg(image: QImage) -> bytes | None:
    for quality in _QUALITIES:
        raw = QByteArray()
        buffer = QBuffer(raw)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        # PySide 6.11 takes the text that its stubs refuse, and refuses the bytes that they ask for.
        image.convertToFormat(QImage.Format.Format_RGB888).save(buffer, "JPEG", quality)  # type: ignore[call-overload]
        if len(raw.data()) <= MOST_BYTES:
            return bytes(raw.data())
    return None


class PhotoField(QWidget):
    """Shows the photo that is kept; a file that is no picture is said beside it."""

    changed = Signal()

    def __init__(self, words: Words, photo: bytes | None = None) -> None:
        super().__init__()
        say = words.say
        self._words = words
        self._photo: bytes | None = None
        self.setAcceptDrops(True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        self._shown = QLabel()
        self._shown.setAccessibleName(say("Photo"))
        self.choose_button = button(say("Photo…"), self._choose, picture="image-plus")
        self.paste_button = button(say("Paste"), self.paste, kind="quiet")
        self.remove_button = icon_button(say("Remove the photo"), lambda: self.set_photo(None), picture="x")
        self.said = label("", "bad", wrap=True)
        for widget in (self._shown, self.choose_button, self.paste_button, self.remove_button):
            line.addWidget(widget)
        line.addWidget(self.said, 1)
        self.setFocusProxy(self.choose_button)
        self.set_photo(photo)

    def photo(self) -> bytes | None:
        """The JPEG, or None."""
        return self._photo

    def set_photo(self, photo: bytes | None) -> None:
        """Show and keep a photo that is small enough already."""
        self._photo = photo
        self.said.setText("")
        self._shown.setVisible(photo is not None)
        self.remove_button.setVisible(photo is not None)
        if photo is not None:
            pixmap = QPixmap()
            pixmap.loadFromData(photo)
            self._shown.setPixmap(pixmap.scaledToHeight(_SHOWN, Qt.TransformationMode.SmoothTransformation))
        self.changed.emit()

    def take(self, pictures: list[Picture]) -> None:
        """Keep the first of them, made small."""
        if not pictures:
            return
        found = small_photo(pictures[0])
        if found is None:
            self.said.setText(self._words.say("This file is not a picture that can be read."))
        else:
            self.set_photo(found)

    def paste(self) -> None:
        """Take the picture of the clipboard."""
        self.take(pictures_in(QGuiApplication.clipboard().mimeData()))

    def _choose(self) -> None:
        chosen = ask_to_open(self, self._words, self.choose_button.text(), PICTURES)
        if chosen:
            self.take([chosen])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if holds_pictures(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take(pictures_in(event.mimeData()))
