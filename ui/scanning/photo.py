"""Pictures that are dropped, pasted or opened, as bytes for the reader."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

PICTURES = "(*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff)"


def pictures_in(data: QMimeData) -> list[bytes]:
    """The pictures of a drop or of the clipboard: files, or an image itself."""
    found = [
        Path(url.toLocalFile()).read_bytes()
        for url in data.urls()
        if url.isLocalFile() and Path(url.toLocalFile()).is_file()
    ]
    if not found and data.hasImage():
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            raw = QByteArray()
            buffer = QBuffer(raw)
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            image.save(buffer, b"PNG")
            found.append(bytes(raw.data()))
    return found
