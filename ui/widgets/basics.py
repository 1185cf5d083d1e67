"""The small pieces of every page: buttons, labels, cards, badges, notes."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ui.icons import icon, pixmap
from ui.widgets.scrolling import Scrolling

#: Ctrl+Enter, that of the number pad too.
RECORD_KEYS = ("Ctrl+Return", "Ctrl+Enter")


def button(text: str, clicked: Callable[[], object], *, kind: str = "", picture: str = "") -> QPushButton:
    """A button; `kind` is primary, quiet or empty."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    if picture:
        made.setIcon(icon(picture, "on_accent" if kind == "primary" else "accent" if kind == "quiet" else "text"))
        made.setIconSize(QSize(18, 18))
    made.clicked.connect(lambda: clicked())
    made.setAccessibleName(text)
    return made


def icon_button(name: str, clicked: Callable[[], object], *, picture: str, kind: str = "quiet") -> QPushButton:
    """A button of a picture alone; its name is read aloud, and told under the pointer."""
    made = button("", clicked, kind=kind, picture=picture)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made


def label(text: str, role: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A text in one of the roles of the style sheet; never read as markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    made.setWordWrap(wrap)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class FigureLabel(QLabel):
    """A large figure that a click opens; a button beside it says the same to the keyboard."""

    def __init__(self, text: str, then: Callable[[], object] | None) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "number")
        self._then = then
        if then is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._then is not None and event.button() is Qt.MouseButton.LeftButton:
            self._then()


def shortcuts(place: QWidget, then: Callable[[], object], *keys: str) -> None:
    """Keys that do this while the keyboard is within `place`."""
    for one in keys:
        shortcut = QShortcut(QKeySequence(one), place, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(then)


def close_popup() -> bool:
    """Close the list or calendar that is open; whether there was one. A key for it is not one for the page behind it."""
    popup = QApplication.activePopupWidget()
    if popup is None or not isValid(popup):
        return False
    popup.close()
    return True


def badge(text: str, kind: str = "neutral") -> QLabel:
    """A word in a soft colour: neutral, good, warn or bad."""
    made = label(text)
    made.setProperty("badge", kind)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


def icon_label(name: str, role: str = "text", side: int = 20) -> QLabel:
    """A picture beside a text that says the same."""
    made = QLabel()
    made.setPixmap(pixmap(name, role, side))
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def card(*, margins: int = 18, spacing: int = 10) -> tuple[QFrame, QVBoxLayout]:
    """A framed ground and its column."""
    frame = QFrame()
    frame.setProperty("card", True)
    column = QVBoxLayout(frame)
    column.setContentsMargins(margins, margins - 4, margins, margins - 4)
    column.setSpacing(spacing)
    return frame, column


def row(*widgets: QWidget | None, spacing: int = 8) -> QHBoxLayout:
    """Widgets side by side; None is a stretch."""
    made = QHBoxLayout()
    made.setSpacing(spacing)
    for widget in widgets:
        if widget is None:
            made.addStretch(1)
        else:
            made.addWidget(widget)
    return made


def scrolled(inside: QWidget) -> QScrollArea:
    """What may be higher than its place: without a frame, and never a stop of the keyboard."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(inside)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


_NOTE_ICONS = {"info": "info", "good": "circle-check", "warn": "triangle-alert", "bad": "circle-alert"}


class _Said(Scrolling):
    """A text that takes at most a fifth of the window; the rest of a longer one is scrolled to."""

    def __init__(self, text: QLabel) -> None:
        super().__init__(text, sideways=False)
        self._text = text
        self.verticalScrollBar().rangeChanged.connect(self._range_changed)

    def _range_changed(self, least: int, most: int) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if most > least else Qt.FocusPolicy.NoFocus)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        most = max(4 * self.fontMetrics().lineSpacing(), self.window().height() // 5)
        return min(self._text.heightForWidth(width), most)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().lineSpacing())


class Note(QFrame):
    """A message in the page itself, with an icon and words; hidden until something is said."""

    def __init__(self) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 12, 8)
        self._icon = QLabel()
        self._text = label("", wrap=True, selectable=True)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(_Said(self._text), 1)
        self.hide()

    def say(self, text: str, kind: str = "info") -> None:
        """Show a message: info, good, warn or bad."""
        self.setProperty("note", kind)
        self._icon.setPixmap(pixmap(_NOTE_ICONS[kind], "dim" if kind == "info" else kind, 18))
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setVisible(bool(text))

    def text(self) -> str:
        return self._text.text()

    def silence(self) -> None:
        """Take the message away."""
        self._text.setText("")
        self.hide()


class EmptyState(QWidget):
    """Teaches what a page is for, and offers the first step."""

    def __init__(self, picture: str, title: str, text: str, *buttons: QPushButton) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.addStretch(1)
        image = icon_label(picture, "accent", 44)
        column.addWidget(image, 0, Qt.AlignmentFlag.AlignHCenter)
        heading = label(title, "heading")
        column.addWidget(heading, 0, Qt.AlignmentFlag.AlignHCenter)
        said = label(text, "dim", wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        said.setMaximumWidth(520)
        middle = row(None, said, None)
        middle.setStretch(1, 100)
        column.addLayout(middle)
        line = row(None, *buttons, None)
        column.addLayout(line)
        column.addStretch(2)
