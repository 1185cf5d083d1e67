"""A page of a paper on the screen: as large as it was drawn, or as wide as there is room for."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea


class PagePicture(QScrollArea):
    """Scrolls up and down only."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        # A bar that came and went with the size of the page would change that size again.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._picture = QLabel()
        self._picture.setAccessibleName(name)
        self.setAccessibleName(name)
        self.setWidget(self._picture)
        self._page = QPixmap()

    def show_page(self, page: QImage) -> None:
        """Show another page."""
        self._page = QPixmap.fromImage(page)
        self._fit()

    def clear(self) -> None:
        """Show none."""
        self.show_page(QImage())

    def pixmap(self) -> QPixmap:
        """What is shown now."""
        return self._picture.pixmap()

    def _fit(self) -> None:
        room, shown = self.viewport().width(), self._page
        if shown.width() > room > 0:
            shown = shown.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        self._picture.setPixmap(shown)
        self._picture.resize(shown.size())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
