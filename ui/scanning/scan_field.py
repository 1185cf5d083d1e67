"""The one field that is always ready: scanners type into it, people too."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from ui.icons import icon
from ui.scanning.photo import holds_pictures

#: An address and 181 digits, with room.
_LONGEST = 700


class ScanField(QLineEdit):
    """Gives each line that ends in Enter; undo and pasting pictures are left to the page. Escape empties it.

    `confirmed` is Enter in an empty field.
    """

    entered = Signal(str)
    confirmed = Signal()

    def __init__(self, placeholder: str, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setMaxLength(_LONGEST)
        self.setMinimumHeight(44)
        self.addAction(icon("scan-line", "accent"), QLineEdit.ActionPosition.LeadingPosition)
        # An input method would swallow the scanner's letters.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setProperty("takesScans", True)
        self.returnPressed.connect(self._enter)

    def kept(self) -> str:
        """What a draft keeps."""
        return self.text()

    def put_back(self, kept: object) -> None:
        if isinstance(kept, str):
            self.setText(kept)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_the_pages(event):
            event.ignore()
            return False
        return super().event(event)

    def _is_the_pages(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Undo):
            return not self.text()
        if event.matches(QKeySequence.StandardKey.Paste):
            data = QGuiApplication.clipboard().mimeData()
            return holds_pictures(data) or "\n" in data.text().strip()
        return False

    def _enter(self) -> None:
        text = self.text().strip()
        self.clear()
        if text:
            self.entered.emit(text)
        else:
            self.confirmed.emit()

    def keep(self, text: str) -> None:
        """Leave a text to be mended; marked, so that whatever is scanned next takes its place."""
        self.setText(text)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
