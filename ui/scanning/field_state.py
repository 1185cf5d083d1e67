"""What a field held before a scanner typed into it."""

from collections.abc import Callable

from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

Restore = Callable[[], None]


def state_of(widget: QWidget) -> Restore | None:
    """How to put back what the widget holds now; None where keys write nothing."""
    if isinstance(widget, QLineEdit):
        return _line(widget)
    if isinstance(widget, QComboBox):
        return _choice(widget)
    if isinstance(widget, QAbstractSpinBox):
        inside = widget.findChild(QLineEdit)
        return _line(inside) if inside is not None else None
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return _text(widget)
    return None


def _line(field: QLineEdit) -> Restore:
    text, cursor = field.text(), field.cursorPosition()
    start, chosen = field.selectionStart(), len(field.selectedText())

    def restore() -> None:
        if field.text() != text:
            field.setText(text)
        field.setCursorPosition(cursor)
        if chosen:
            field.setSelection(start, chosen)

    return restore


def _choice(field: QComboBox) -> Restore:
    place, line = field.currentIndex(), field.lineEdit()
    typed = _line(line) if line is not None else None

    def restore() -> None:
        field.setCurrentIndex(place)
        if typed is not None:
            typed()

    return restore


def _text(field: QPlainTextEdit | QTextEdit) -> Restore:
    text, cursor = field.toPlainText(), field.textCursor().position()

    def restore() -> None:
        if field.toPlainText() != text:
            field.setPlainText(text)
        put = field.textCursor()
        put.setPosition(min(cursor, len(text)))
        field.setTextCursor(put)

    return restore
