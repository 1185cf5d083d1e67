"""The window's left: the street's name, the navigation, who sits here, language and look."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from ui.context import Context
from ui.icons import icon
from ui.specs import PageSpec
from ui.widgets.basics import button, icon_button, icon_label, label, row
from ui.widgets.scrolling import Scrolling

_WIDE, _FOLDED = 196, 64
_LANGUAGES = "中 / EN"


class Side(QFrame):
    """`chosen` tells a page's name; on a narrow window only pictures are left."""

    chosen = Signal(str)
    language_chosen = Signal(str)
    scheme_chosen = Signal(str)
    covered = Signal()

    def __init__(self, context: Context, specs: Iterable[PageSpec]) -> None:
        super().__init__()
        self.setObjectName("side")
        self._context = context
        self._specs = {spec.name: spec for spec in specs}
        self.entries: dict[str, QPushButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 16, 10, 12)
        column.setSpacing(3)
        self._name, self._team = label("", "heading", wrap=True), label("", "dim", wrap=True)
        self._mark = icon_label("heart-handshake", "accent", 30)
        head = row(self._mark)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._team)
        head.addLayout(names, 1)
        column.addLayout(head)
        column.addSpacing(10)
        column.addWidget(Scrolling(self._make_navigation(), sideways=False), 1)
        self.user = label("", "dim")
        column.addWidget(self.user)
        self._switches = row(*self._make_switches(), None, spacing=2)
        column.addLayout(self._switches)
        self.show_names()

    def _make_navigation(self) -> QWidget:
        """The pages with a picture; on a low screen they scroll."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        group = self._group = QButtonGroup(holder)
        for spec in self._specs.values():
            if not spec.picture:
                continue
            if spec.name == "settings":
                column.addStretch(1)
            entry = self._make_entry(spec)
            group.addButton(entry)
            self.entries[spec.name] = entry
            column.addWidget(entry)
        return holder

    def _make_entry(self, spec: PageSpec) -> QPushButton:
        title = self._context.words.say(spec.title)
        entry = QPushButton(title)
        entry.setProperty("kind", "nav")
        entry.setCheckable(True)
        entry.setAutoDefault(False)
        entry.setIcon(icon(spec.picture))
        entry.setIconSize(QSize(20, 20))
        entry.setAccessibleName(title)
        entry.setToolTip(title)
        entry.clicked.connect(lambda _=False: self.chosen.emit(spec.name))
        return entry

    def _make_switches(self) -> tuple[QPushButton, QPushButton, QPushButton]:
        words = self._context.words
        other = "en" if words.language == "zh_HK" else "zh_HK"
        self.language_button = button(_LANGUAGES, lambda: self.language_chosen.emit(other), kind="quiet", picture="languages")
        self.language_button.setAccessibleName(words.say("Switch to English") if other == "en" else words.say("Switch to Chinese"))
        self.scheme_button = icon_button(words.say("Light or dark"), self._switch_scheme, picture="moon")
        cover = button("", self.covered.emit, kind="quiet", picture="eye-off")
        cover.setAccessibleName(words.say("Cover the screen"))
        cover.setToolTip(words.say("Cover the screen") + "  Ctrl+L")
        return self.language_button, self.scheme_button, cover

    def _switch_scheme(self) -> None:
        dark = self._context.preferences.text("scheme", "system") == "dark"
        self.scheme_chosen.emit("light" if dark else "dark")

    def show_names(self) -> None:
        """Say which street this is, and who sits here now."""
        settings = self._context.street.settings
        self._name.setText(settings.name)
        self._team.setText(settings.team)
        self.user.setText(self._context.actor)

    def names(self) -> list[str]:
        """The pages of the navigation in their order."""
        return list(self.entries)

    def mark(self, page: str) -> bool:
        """Mark where one is, or under which page that lies; whether the page itself stands here."""
        entry = self.entries.get(page) or self.entries.get(self._specs[page].under)
        if entry is not None:
            entry.setChecked(True)
        else:
            # A page that lies under none, such as the import: nothing is marked, not where one was before.
            self._group.setExclusive(False)
            for one in self.entries.values():
                one.setChecked(False)
            self._group.setExclusive(True)
        return page in self.entries

    def fold(self, *, narrow: bool, low: bool) -> None:
        """Leave only the pictures on a narrow window, and less room between them on a low one."""
        self.setFixedWidth(_FOLDED if narrow else _WIDE)
        for widget in (self._name, self._team, self.user):
            widget.setVisible(not narrow)
        self._mark.setVisible(not (narrow and low))
        self.language_button.setText("" if narrow else _LANGUAGES)
        way = QBoxLayout.Direction
        self._switches.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        for name, entry in self.entries.items():
            entry.setText("" if narrow else self._context.words.say(self._specs[name].title))
            if entry.property("dense") is not low:
                entry.setProperty("dense", low)
                entry.style().unpolish(entry)
                entry.style().polish(entry)
