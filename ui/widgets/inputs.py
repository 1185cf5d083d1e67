"""What all inputs have in common: what is wrong with what was typed, and what a draft keeps of it."""

from collections.abc import Iterator
from typing import Any, Protocol, runtime_checkable

from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QWidget

from caringstreet.words import Words, words_for

#: A dynamic property: the name of an input, or of a part with inputs, within its place. Drafts find it by this name.
_KEY = "input"
#: A dynamic property of what is not gathered: searches and filters.
_PASSING = "passing"


@runtime_checkable
class Readable(Protocol):
    """An input that can hold a text which is no value."""

    def trouble(self, words: Words) -> str:
        """What cannot be read or is beyond the limits, as a sentence; empty where all is well."""


@runtime_checkable
class Keeping(Protocol):
    """An input, or a part with inputs, that a draft can keep: JSON values only, just as they were typed."""

    def kept(self) -> Any: ...

    def put_back(self, kept: Any) -> None: ...


def name_input(widget: QWidget, key: str) -> None:
    """Under which name drafts keep it."""
    widget.setProperty(_KEY, key)


def passing(widget: QWidget) -> None:
    """Searches and filters are no draft."""
    widget.setProperty(_PASSING, True)


def words_of(widget: QWidget | None) -> Words:
    """The words of the page or dialog around a widget."""
    while widget is not None:
        found = getattr(widget, "words", None)
        if isinstance(found, Words):
            return found
        widget = widget.parentWidget()
    return words_for("zh_HK")


def show_trouble(widget: QWidget, text: str) -> None:
    """The frame of an input tells that something is wrong with it, the tip under the pointer what."""
    if bool(text) is not bool(widget.property("trouble")):
        widget.setProperty("trouble", bool(text))
        widget.style().unpolish(widget)
        widget.style().polish(widget)
    if text or widget.property("trouble") is not None:
        widget.setToolTip(text)


def first_unreadable(place: QWidget, *, folded: bool = False) -> QWidget | None:
    """The first input within a place that cannot be read; with `folded` also where it is out of sight."""
    for widget in place.findChildren(QWidget):
        shown = isinstance(widget, Readable) and widget.isEnabled() and (folded or widget.isVisible())
        if isinstance(widget, Readable) and shown and widget.trouble(words_of(widget)):
            return widget
    return None


def kept_in(place: QWidget) -> dict[str, Any]:
    """What stands in the inputs of a place, by their names."""
    return {name: _kept(widget) for name, widget in named_inputs(place)}


def put_back_in(place: QWidget, kept: dict[str, Any]) -> None:
    """Put in what was kept; names that are not there any more are passed over.

    Twice: where one input follows from another, the first time it is overwritten.
    """
    for _ in range(2):
        for name, widget in list(named_inputs(place)):
            if name in kept:
                _put_back(widget, kept[name])


def _kept(widget: QWidget) -> Any:
    if isinstance(widget, Keeping):
        return widget.kept()
    assert isinstance(widget, QAbstractButton)
    return widget.isChecked()


def _put_back(widget: QWidget, kept: Any) -> None:
    if isinstance(widget, Keeping):
        widget.put_back(kept)
    elif isinstance(widget, QAbstractButton) and isinstance(kept, bool):
        widget.setChecked(kept)


def named_inputs(place: QWidget, path: str = "", within: str = "") -> Iterator[tuple[str, QWidget]]:
    """The outermost inputs of a place; those without a name of their own by where they lie, their kind and number."""
    numbers: dict[str, int] = {}
    for child in place.children():
        if not isinstance(child, QWidget) or child.isWindow() or child.property(_PASSING):
            continue
        own = child.property(_KEY)
        kind = type(child).__name__ if isinstance(child, Keeping | QCheckBox | QRadioButton) else "/"
        numbers[kind] = numbers.get(kind, 0) + 1
        if kind != "/":
            yield path + own if own else f"{within}{kind}{numbers[kind]}", child
        elif own:
            yield from named_inputs(child, f"{path}{own}/", f"{path}{own}/")
        else:
            yield from named_inputs(child, path, f"{within}{numbers[kind]}/")
