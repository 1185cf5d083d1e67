"""Households: who they are in few words, what they hold, what comes next."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from caringstreet.queries import audit, distributions, households, vouchers
from caringstreet.queries import street as street_queries
from caringstreet.queries.households import HouseholdView
from caringstreet.rules.changes import Changed
from caringstreet.rules.households import HouseholdState
from caringstreet.words import mark
from ui.context import Context, Target
from ui.pages.household_actions import HouseholdActions
from ui.pages.household_panel import HouseholdPanel, Shown
from ui.tables.households_table import columns
from ui.tables.id_table import Ids
from ui.widgets.basics import EmptyState, button, label, row
from ui.widgets.list_page import ListPage

_CHIPS = (
    (HouseholdView.ALL, mark("All")),
    (HouseholdView.REVIEW, mark("To review")),
    (HouseholdView.LARGE, mark("Large print")),
    (HouseholdView.NO_PHONE, mark("No telephone")),
    (HouseholdView.CLOSED, mark("Participation ended")),
)
_HISTORY = 6


class HouseholdsPage(ListPage):
    """The list shows no floor, unit or telephone; they appear on demand, and go when one leaves the household."""

    name = "households"
    shows = frozenset({Changed.HOUSEHOLDS, Changed.VOUCHERS, Changed.EVIDENCE, Changed.GOODS})
    follows_month = True

    def __init__(self, context: Context) -> None:
        say = context.words.say
        self._private_id: int | None = None
        self._shown: Ids = ()
        super().__init__(
            context,
            search=say("Number, name, building, end of telephone"),
            chips=[(view, say(name)) for view, name in _CHIPS],
            columns=columns(context.words, context.clock.today()),
            panel_width=410,
        )
        self.acts = HouseholdActions(self)
        self._found = label("", "dim")
        # Five chips and four buttons do not fit on one line in English.
        self.bar.removeWidget(self.chips)
        self.bar.insertWidget(1, self._found)
        self.column.insertLayout(2, row(self.chips, self.all_again, None))
        self.search.setMinimumWidth(270)
        self.search.setMaximumWidth(330)
        self.cards_button = button(say("Neighbour cards of all shown…"), self._cards, kind="quiet", picture="qr-code")
        self.cards_button.setText("")
        self.cards_button.setToolTip(self.cards_button.accessibleName())
        self.bar.addWidget(self.cards_button)
        # Shown before it has its place, it would flash up as a window of its own.
        self.cards_button.setVisible(context.street.settings.goods)
        self.bar.addWidget(button(say("Import"), lambda: self.go_to("import", "households"), picture="file-up"))
        self.add = button(say("New household"), self.new, kind="primary", picture="plus")
        self.bar.addWidget(self.add)

    # What is shown --------------------------------------------------------------------------------------------

    def title(self) -> str:
        return self.words.say("Households")

    def help_text(self) -> str:
        return self.words.say(
            "A household needs a consent and a proof that was seen, not copied. Telephone, floor and unit are shown only when you ask for them."
        )

    def empty_state(self) -> QWidget:
        say = self.words.say
        return EmptyState(
            "users",
            say("No households yet"),
            say(
                "This page lists the households who receive vouchers: a number, a name to call them by, a language for their vouchers. Import the list you keep, or register the first one."
            ),
            button(say("Import a list"), lambda: self.go_to("import", "households"), kind="primary", picture="file-up"),
            button(say("New household"), self.new, picture="plus"),
        )

    def counts(self) -> Mapping[str, int]:
        with self.context.database.reader() as reader:
            found = households.counts(reader, self.context.clock.today())
        return {str(view): number for view, number in found.items()}

    def find_ids(self) -> Ids:
        sort, down = self.table.sorting()
        view = None if self.only else HouseholdView(self.chips.current())
        today, month = self.context.clock.today(), self.context.month.month
        with self.context.database.reader() as reader:
            ids = self.narrowed(households.matching_ids(reader, view, self.search.text(), today, month, sort, descending=down))
        self._found.setText(self.words.say_count("{n} household", "{n} households", len(ids)))
        self._shown = ids
        self.cards_button.setEnabled(bool(len(ids)))
        return ids

    def fetch(self, ids: Ids) -> Mapping[int, Any]:
        with self.context.database.reader() as reader:
            return households.rows(reader, ids, self.context.month.month)

    def fill(self, subject_id: int) -> None:
        zh = self.words.language == "zh_HK"
        with self.context.database.reader() as reader:
            shown = Shown(
                household=households.detail(reader, subject_id),
                held=vouchers.of_household(reader, subject_id, self.context.month.month, self.context.clock.today()),
                months=households.months_of(reader, subject_id),
                history=audit.history(reader, "household", subject_id, _HISTORY),
                received=distributions.received(reader, subject_id, _HISTORY),
                categories={one.code: one.name_zh if zh else one.name_en for one in street_queries.categories(reader)},
            )
        private = self._private_id == subject_id
        self._private_id = subject_id if private else None
        HouseholdPanel(self, shown, private=private, reveal=self._reveal).write()
        self.acts.offer(shown.household, shown.held)

    def _cards(self) -> None:
        self.acts.cards(list(self._shown))

    def _reveal(self) -> None:
        current = self.table.current_id()
        self._private_id = None if self._private_id == current else current
        self.refresh_panel()

    def hideEvent(self, event: Any) -> None:
        self._private_id = None
        super().hideEvent(event)

    # Where one comes from and goes to -------------------------------------------------------------------------

    def new(self) -> None:
        self.go_to("household_form", None, "new")

    def print_(self) -> None:
        current = self.table.current_id()
        if current is not None:
            self.go_to("print", current, "household")

    def activated(self, subject_id: int) -> None:
        self.go_to("household_form", subject_id)

    def open(self, target: Target) -> None:
        """A household's id; "review" shows those whose review is due, beginning with the id; chosen ids ("ids")."""
        subject = target.subject if isinstance(target.subject, int) else None
        if target.action == "ids":
            self.show_only(tuple(target.subject or ()))
        elif target.action == "review":
            self._show(HouseholdView.REVIEW, subject)
        elif subject is not None:
            with self.context.database.reader() as reader:
                found = households.rows(reader, [subject], self.context.month.month).get(subject)
            if found is None:
                self.note.say(self.words.say("This household is no longer there. Choose another."), "warn")
            else:
                closed = found.state is HouseholdState.CLOSED
                self._show(HouseholdView.CLOSED if closed else HouseholdView.ALL, subject)

    def _show(self, view: HouseholdView, subject: int | None) -> None:
        self.only = ()
        self.search.clear()
        self.chips.choose(view)
        self.refresh(subject)
