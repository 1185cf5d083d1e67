"""Neighbour cards, seen before they are printed; a name stands on them only where it is wanted."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from caringstreet.bootstrap import OpenStreet
from ui.dialogs.paper_dialog import PaperDialog
from ui.widgets.page import Page

_NAMES = "households/card_names"


class HouseholdCardsDialog(PaperDialog):
    """The cards of these households, by number; the computer remembers whether names are wanted."""

    def __init__(self, page: Page, household_ids: Sequence[int]) -> None:
        words, self._preferences = page.words, page.context.preferences
        self._of = partial(_draw, page.context.street, tuple(household_ids))
        wanted = self._preferences.flag(_NAMES, default=True)
        title = words.say_count("{n} neighbour card", "{n} neighbour cards", len(household_ids))
        super().__init__(page, title, "neighbour-cards.pdf", partial(self._of, wanted))
        self.names = QCheckBox(words.say("with the name"))
        self.names.setChecked(wanted)
        self.names.toggled.connect(self._names_toggled)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, self.names)

    def _names_toggled(self, wanted: bool) -> None:
        self._preferences.set(_NAMES, wanted)
        self.redraw(partial(self._of, wanted))


def _draw(street: OpenStreet, household_ids: Sequence[int], names: bool, path: Path) -> None:
    # reportlab is slow to load, and needed only to draw.
    from caringstreet.papers.goods import write_household_cards

    write_household_cards(street, household_ids, path, names=names)
