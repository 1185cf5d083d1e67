"""What every dialog with inputs is: it refuses what cannot be read, and keeps what is typed until it is answered."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.context import Context
from ui.drafts import Draft, Keeper
from ui.widgets.basics import Note, button, close_popup, label, row
from ui.widgets.by_keyboard import ByKeyboard
from ui.widgets.form import Form
from ui.widgets.inputs import Readable, first_unreadable, kept_in, put_back_in, words_of
from ui.widgets.scrolling import least_height


class Dialog(ByKeyboard, QDialog):
    """Given up, what was typed in it is a draft; opened again for the same, it stands there again, and a line says so.

    Once answered it goes; what was answered can be asked until the program waits for the next key or click.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # A parent alone would keep it, with all it shows, as long as its page.
        self.finished.connect(self.deleteLater)
        self._about = ""
        self._keeper: Keeper | None = None
        self._told: Note | None = None

    def keep_as(self, about: str) -> None:
        """Keep what is typed, under what the dialog is about; said once its fields are made."""
        self._about = about

    def typed(self) -> Any:
        """What a draft keeps."""
        return kept_in(self)

    def put_back(self, typed: Any) -> None:
        """Put in what a draft kept."""
        put_back_in(self, typed)

    def refuse_unreadable(self) -> bool:
        """Go to the first input that cannot be read, and say why; False where all can."""
        found = first_unreadable(self)
        if not isinstance(found, Readable):
            return False
        if not any(form.refuse_unreadable() for form in self.findChildren(Form)):
            self._tell(found.trouble(words_of(self)))
            found.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def accept(self) -> None:
        if self.refuse_unreadable():
            return
        if self._keeper is not None:
            self._keeper.saved()
        super().accept()

    def reject(self) -> None:
        """Escape closes an open list first."""
        if close_popup():
            return
        if self._keeper is not None:
            self._keeper.end()
        super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Qt makes it as high as its texts would be on lines as long as they like.
        self.resize(self.width(), max(self.height(), least_height(self, self.width())))
        page = self._page_behind()
        if self._about and self._keeper is None and page is not None:
            self._begin_keeping(*page)

    def _begin_keeping(self, page: str, context: Context) -> None:
        place = f"{page}/{type(self).__name__}/{self._about}"
        before = context.drafts.get(place)
        self._keeper = Keeper(self, context.drafts, self.typed, self.put_back, lambda: context.actor)
        self._keeper.begin(place, self._about, (page, None, ""))
        if before is not None:
            self._fresh = self.typed()
            self._keeper.bring_back(before)
            self._tell_begun(before)

    def _tell_begun(self, draft: Draft) -> None:
        words = words_of(self)
        self._line = QWidget()
        said = label(words.say("This is what you typed at {when}.", when=words.moment(draft.typed_at)), "dim", wrap=True)
        line = row(said, None, button(words.say("Start afresh"), self._start_afresh, kind="quiet", picture="refresh-cw"))
        line.setContentsMargins(0, 0, 0, 0)
        self._line.setLayout(line)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(1, self._line)

    def _start_afresh(self) -> None:
        self.put_back(self._fresh)
        self._line.hide()

    def _tell(self, text: str) -> None:
        if self._told is None:
            self._told = Note()
            column = self.layout()
            if isinstance(column, QVBoxLayout):
                column.insertWidget(1, self._told)
        self._told.say(text, "warn")

    def _page_behind(self) -> tuple[str, Context] | None:
        """Name and context of the page over which it was opened."""
        above = self.parentWidget()
        while above is not None:
            name, context = getattr(above, "name", None), getattr(above, "context", None)
            if isinstance(context, Context) and isinstance(name, str):
                return name, context
            if isinstance(context, Context) and callable(in_view := getattr(above, "page", None)):
                return in_view().name, context
            above = above.parentWidget()
        return None
