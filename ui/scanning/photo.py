"""Pictures that are dropped, pasted or opened, and the codes in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

from caringstreet.progress import Progress
from caringstreet.scanning.reader import UnreadableImage, codes_in_image

PICTURES = "(*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff)"
#: A larger file is no photo of a table with vouchers.
_MOST_BYTES = 80_000_000

Picture = bytes | Path


@dataclass(frozen=True)
class ReadPhotos:
    """The texts of each photo, and how many files were no readable picture."""

    photos: tuple[tuple[str, ...], ...]
    unreadable: int


def holds_pictures(data: QMimeData) -> bool:
    """Whether a drop or the clipboard has files or a picture."""
    return data.hasImage() or any(url.isLocalFile() for url in data.urls())


def pictures_in(data: QMimeData) -> list[Picture]:
    """The pictures of a drop or of the clipboard: files, read later, or an image itself."""
    found: list[Picture] = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if not found and data.hasImage():
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            raw = QByteArray()
            buffer = QBuffer(raw)
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            # PySide 6.11 takes the text that its stubs refuse, and refuses the bytes that they ask for.
            image.save(buffer, "PNG")  # type: ignore[call-overload]
            found.append(bytes(raw.data()))
    return found


def read_photos(pictures: Sequence[Picture], progress: Progress) -> ReadPhotos:
    """Find all codes in all photos; one that cannot be read stops no other."""
    photos, unreadable = [], 0
    for number, picture in enumerate(pictures):
        progress.at(number, len(pictures))
        try:
            photos.append(tuple(codes_in_image(_bytes(picture))))
        except UnreadableImage:
            unreadable += 1
    progress.at(len(pictures), len(pictures))
    return ReadPhotos(tuple(photos), unreadable)


def _bytes(picture: Picture) -> bytes:
    if isinstance(picture, bytes):
        return picture
    try:
        if picture.stat().st_size > _MOST_BYTES:
            raise UnreadableImage("too large")
        return picture.read_bytes()
    except OSError as error:
        raise UnreadableImage(str(error)) from error
