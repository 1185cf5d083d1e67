"""Icons: Lucide's drawings in the colours of the palette, whatever it is when they are painted."""

from functools import cache
from importlib import resources

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui import theme


@cache
def _drawing(name: str) -> bytes:
    return resources.files("resources").joinpath("icons", f"{name}.svg").read_bytes()


class _PaletteIcon(QIconEngine):
    """Takes its colour at paint time, so that it follows dark mode and disabled buttons."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        role = "dim" if mode is QIcon.Mode.Disabled else self._role
        if state is QIcon.State.On and self._role == "text":
            role = "accent"
        color = getattr(theme.colors(), role).encode()
        renderer = QSvgRenderer(QByteArray(_drawing(self._name).replace(b"currentColor", color)))
        renderer.render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        found = QPixmap(size)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return found

    def clone(self) -> QIconEngine:
        return _PaletteIcon(self._name, self._role)


def icon(name: str, role: str = "text") -> QIcon:
    """An icon by its Lucide name in a colour of the theme."""
    return QIcon(_PaletteIcon(name, role))


def pixmap(name: str, role: str, side: int) -> QPixmap:
    """An icon as a picture of `side` logical pixels, sharp on a screen of double density."""
    found = icon(name, role).pixmap(QSize(2 * side, 2 * side))
    found.setDevicePixelRatio(2)
    return found
