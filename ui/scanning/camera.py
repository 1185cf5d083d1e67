"""The live camera, where the extra [camera] is installed."""

import importlib.util
import math
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caringstreet.scanning.reader import codes_in_frame
from caringstreet.words import Words
from ui.widgets.basics import button, label, row
from ui.widgets.dialog import Dialog

_EVERY_FRAME = 3
#: Out of view for so long, a code that comes back is another sheet; a blurred frame is none.
_AWAY_SECONDS = 5.0


def is_installed() -> bool:
    """Whether the extra is installed; nothing is loaded, which would hold up the first paint."""
    return importlib.util.find_spec("PySide6.QtMultimedia") is not None


def is_there() -> bool:
    """Whether the extra is installed and its system libraries can be loaded."""
    if not is_installed():
        return False
    try:
        importlib.import_module("PySide6.QtMultimedia")
    except ImportError:
        return False
    return True


class FrameReader(QObject):
    """Reads every third frame of a video sink and tells each code once until it was out of view."""

    seen = Signal(str)

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._count = 0
        self._last_seen: dict[str, float] = {}

    def take(self, frame: Any) -> None:
        """A frame of QtMultimedia."""
        self._count += 1
        if self._count % _EVERY_FRAME:
            return
        image = frame.toImage()
        if image.isNull():
            return
        from PySide6.QtGui import QImage

        gray = image.convertToFormat(QImage.Format.Format_Grayscale8)
        width = gray.width() // 4 * 4
        gray = gray.copy(0, 0, width, gray.height())
        view = memoryview(gray.constBits()).cast("B", (gray.height(), width))
        now = self._clock()
        for text in dict.fromkeys(codes_in_frame(view)):
            if now - self._last_seen.get(text, -math.inf) >= _AWAY_SECONDS:
                self.seen.emit(text)
            self._last_seen[text] = now


class CameraDialog(Dialog):
    """Shows what the camera sees; each voucher held before it is read."""

    seen = Signal(str)

    def __init__(self, parent: QWidget, words: Words) -> None:
        super().__init__(parent)
        from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QMediaDevices
        from PySide6.QtMultimediaWidgets import QVideoWidget

        self.setWindowTitle(words.say("Camera"))
        self.resize(680, 540)
        column = QVBoxLayout(self)
        self._reader = FrameReader()
        self._reader.seen.connect(self.seen)
        if not QMediaDevices.videoInputs():
            column.addWidget(label(words.say("This computer has no camera. Use a USB scanner, a photo, or type the code."), wrap=True))
        else:
            self._view = QVideoWidget()
            column.addWidget(self._view, 1)
            self._camera = QCamera(QMediaDevices.defaultVideoInput())
            self._session = QMediaCaptureSession()
            self._session.setCamera(self._camera)
            self._session.setVideoOutput(self._view)
            self._view.videoSink().videoFrameChanged.connect(self._reader.take)
            self.finished.connect(self._camera.stop)
            self._camera.start()
        column.addLayout(row(None, button(words.say("Close"), self.accept)))
