"""The three ways to say who receives what: for one household, for all, by a plan from a sheet."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from caringstreet.exchange.reading import ReadRows
from caringstreet.importing import fingerprint, read_plan_file
from caringstreet.queries import issuing, names
from caringstreet.queries.issuing import HouseholdRoom
from caringstreet.rules.inputs import PlanInput
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services.vouchers import IssueLine
from caringstreet.wording.labels import label as named
from caringstreet.wording.refusals import refusal_text
from ui import theme
from ui.context import Context
from ui.pages.issue_preview import IssuePreview, RefusedRow, error_row, left_out_row, refused_row
from ui.pages.offer_steppers import OfferSteppers
from ui.widgets.basics import Note, button, card, label, row
from ui.widgets.fields import SearchField
from ui.widgets.files import ask_to_open

_ID = Qt.ItemDataRole.UserRole


class ByHand(QWidget):
    """Find a household, then step up what she takes; the number of her cap is live."""

    wanted = Signal(object)
    show_wanted = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context, self.words = context, context.words
        self.day = context.clock.today()
        self.room: HouseholdRoom | None = None
        words = self.words
        self.search = SearchField(words.say("Number, name or building"))
        self.search.searched.connect(lambda _: self._find())
        self.search.installEventFilter(self)
        self.households = QListWidget()
        self.households.setAccessibleName(words.say("Households"))
        self.households.currentItemChanged.connect(lambda item, _: self._chosen(item))
        self.who = label(words.say("Choose a household"), "heading", wrap=True)
        self.held = label("", "big")
        self.said = Note()
        self.mend = button(words.say("Show household"), self._show, picture="users")
        self.mend.hide()
        self.offers = OfferSteppers(words)
        self.offers.changed.connect(self._count)
        self.households.itemActivated.connect(lambda _: self.offers.begin())
        self.issue = button(words.say("Issue"), self._issue, kind="primary", picture="ticket")
        self._build()

    def _build(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(14)
        left, column = card(margins=14)
        left.setFixedWidth(330)
        column.addWidget(self.search)
        column.addWidget(self.households, 1)
        self.households.setFrameShape(QListWidget.Shape.NoFrame)
        self.households.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.households.setSpacing(3)
        line.addWidget(left)
        right, column = card()
        column.addLayout(row(self.who, None, self.held))
        column.addWidget(self.said)
        column.addLayout(row(self.mend, None))
        column.addWidget(self.offers, 1)
        column.addLayout(row(None, self.issue))
        line.addWidget(right, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Return go from the search field to the first household."""
        pressed = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and watched is self.search
        if pressed and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self._find()
            self.households.setCurrentRow(0)
            self.households.setFocus()
            return True
        return super().eventFilter(watched, event)

    def refresh(self, day: date) -> None:
        """Load again, for the day of the hand-out."""
        self.day = day
        self._find()
        self.show_household(self.room.household.household_id if self.room else None)

    def _find(self) -> None:
        with self.context.database.reader() as reader:
            found = issuing.find_households(reader, self.search.text(), self.day)
        chosen = self.room.household.household_id if self.room else None
        self.households.blockSignals(True)
        self.households.clear()
        for one in found:
            lacks = f" · {named(self.words, one.missing[0])}" if one.missing else ""
            item = QListWidgetItem(f"{one.number}   {one.display_name}   {one.building}".rstrip() + lacks)
            if one.missing:
                item.setForeground(QColor(theme.colors().dim))
            item.setData(_ID, one.household_id)
            self.households.addItem(item)
            if one.household_id == chosen:
                self.households.setCurrentItem(item)
        self.households.blockSignals(False)
        # An empty list shows no focus, so Tab passes it by.
        self.households.setFocusPolicy(Qt.FocusPolicy.StrongFocus if found else Qt.FocusPolicy.NoFocus)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.offers.forget()
            self.show_household(item.data(_ID))

    def choose(self, household_id: int) -> None:
        """Show a household that another page named."""
        self.search.clear()
        self.offers.forget()
        self.show_household(household_id)
        self._find()

    def show_household(self, household_id: int | None) -> None:
        """Show what she holds and what is open to her."""
        self.said.silence()
        self.room = None
        self.mend.hide()
        if household_id is not None:
            with self.context.database.reader() as reader:
                self.room = issuing.room(reader, household_id, self.day)
        if self.room is None:
            self.who.setText(self.words.say("Choose a household"))
            self.offers.show_offers((), for_one=True)
        else:
            household = self.room.household
            self.who.setText(f"{household.number}  {household.display_name}")
            if self.room.refusal is not None:
                self.said.say(refusal_text(self.words, self.room.refusal), "warn")
                # What is missing is recorded there.
                self.mend.show()
            self.offers.show_offers(self.room.offers if self.room.refusal is None else (), for_one=True)
        self._count()

    def _count(self) -> None:
        room, chosen = self.room, sum(self.offers.counts().values())
        if room is None:
            self.held.setText("")
            self.issue.setEnabled(False)
            return
        holds, too_many = room.held + chosen, room.held + chosen > room.cap
        self.held.setText(self.words.say("{held} of {cap}", held=holds, cap=room.cap))
        self.held.setProperty("role", "big")
        if too_many:
            over = self.words.say_count(
                "{n} more than this household may hold in the month.",
                "{n} more than this household may hold in the month.",
                holds - room.cap,
            )
            self.said.say(over, "warn")
        elif room.refusal is None:
            self.said.silence()
        self.issue.setEnabled(bool(chosen) and not too_many)
        self.issue.setText(self.words.say_count("Issue {n} voucher", "Issue {n} vouchers", chosen) if chosen else self.words.say("Issue"))

    def lines(self) -> list[IssueLine]:
        """What is chosen for the household."""
        if self.room is None:
            return []
        household_id = self.room.household.household_id
        return [IssueLine(household_id, offer_id, self.day, count) for offer_id, count in self.offers.counts().items()]

    def _show(self) -> None:
        if self.room is not None:
            self.show_wanted.emit(self.room.household.household_id)

    def _issue(self) -> None:
        self.wanted.emit(self.lines())

    def refuse(self, refused: Sequence[RefusedRow]) -> None:
        """Say why nothing was issued."""
        self.said.say("\n".join(f"{one.what}: {one.why}" for one in refused), "warn")

    def issued(self) -> None:
        """The chosen ones are made."""
        self.offers.forget()


class ForAll(QWidget):
    """The same number of some offers for every eligible household."""

    changed = Signal()
    hindered_wanted = Signal(tuple)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context, self.words = context, context.words
        self.day = context.clock.today()
        self._household_ids: list[int] = []
        self.hindered: list[int] = []
        self.lacking = button("", lambda: self.hindered_wanted.emit(tuple(self.hindered)), kind="quiet", picture="users")
        self.lacking.hide()
        self.said = label("", "dim", wrap=True)
        self.offers = OfferSteppers(self.words)
        self.offers.changed.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(self.words.say("How many for each household?"), "heading"))
        column.addWidget(self.said)
        column.addLayout(row(self.lacking, None))
        column.addWidget(self.offers, 1)

    def refresh(self, day: date) -> None:
        """Load again, for the day of the hand-out."""
        self.day = day
        with self.context.database.reader() as reader:
            self._household_ids = issuing.eligible_ids(reader, day)
            self.hindered = issuing.hindered_ids(reader, day)
            offers = issuing.open_offers(reader, day)
        self.offers.show_offers(offers, for_one=False)
        self.said.setText(
            self.words.say_count(
                "{n} eligible household. Who has no right to an offer is left out, and you see why.",
                "{n} eligible households. Who has no right to an offer is left out, and you see why.",
                len(self._household_ids),
            )
        )
        lacking = len(self.hindered)
        self.lacking.setText(
            self.words.say_count("{n} household has no valid proof or consent", "{n} households have no valid proof or consent", lacking)
        )
        self.lacking.setVisible(bool(lacking))

    def lines(self) -> list[IssueLine]:
        """Household by household, so that a quota that runs out leaves whole households without, not all with a part."""
        counts = self.offers.counts()
        return [
            IssueLine(household_id, offer_id, self.day, count) for household_id in self._household_ids for offer_id, count in counts.items()
        ]

    def issued(self) -> None:
        """The chosen ones are made."""
        self.offers.forget()


class ByPlan(QWidget):
    """A sheet with a line for each household and offer: day, household, offer, count."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context, self.words = context, context.words
        self._lines: list[IssueLine] = []
        self.unread: list[RefusedRow] = []
        self.plan = ""  # its fingerprint: the same one again is asked about
        words = self.words
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(words.say("A plan from a sheet"), "heading"))
        said = words.say(
            "One line for each household and offer, with the columns day (日期), household (住戶), offer (優惠) and count (張數). xlsx, xls, ods, csv or tsv."
        )
        column.addWidget(label(said, "dim", wrap=True))
        self.choose = button(words.say("Choose a plan…"), self._choose, picture="file-up")
        column.addLayout(row(self.choose, None))
        column.addWidget(label(words.say("…or drop the file here."), "dim"))
        self.file = label("", "heading", wrap=True)
        self.said = label("", "dim", wrap=True)
        column.addSpacing(10)
        column.addWidget(self.file)
        column.addWidget(self.said)
        column.addStretch(1)

    def refresh(self, day: date) -> None:
        """A plan names its own days."""

    def lines(self) -> list[IssueLine]:
        """The readable lines whose household and offer are known."""
        return self._lines

    def _choose(self) -> None:
        kinds = "*.xlsx *.xls *.ods *.csv *.tsv"
        path = ask_to_open(self, self.words, self.words.say("Choose a plan…"), "{} ({})".format(self.words.say("Sheets"), kinds))
        if path:
            self.read(path)

    def read(self, path: Path) -> None:
        """Read a plan, off the window's thread; then the preview follows."""
        self.context.runner.work(
            lambda _: read_plan_file(path),
            owner=self,
            done=lambda found: self._read(path, found),
            label=self.words.say("Reading {file}", file=path.name),
        )

    def _read(self, path: Path, found: ReadRows[PlanInput]) -> None:
        words = self.words
        with self.context.database.reader() as reader:
            households, offers = names.households(reader), names.offers(reader)
        self.plan = fingerprint(found)
        self._lines, self.unread = [], [error_row(words, error) for error in found.errors]
        self.unread += [left_out_row(words, one) for one in found.left_out]
        for _, line in found.rows:
            problem = None
            if line.household not in households:
                problem = RuleRefused(Refusal.HOUSEHOLD_UNKNOWN, household=line.household)
            elif line.offer not in offers:
                problem = RuleRefused(Refusal.OFFER_UNKNOWN, offer=line.offer)
            else:
                self._lines.append(IssueLine(households[line.household], offers[line.offer], line.day, line.count))
            if problem is not None:
                self.unread.append(refused_row(words, line.household, line.offer, line.count, problem))
        self.file.setText(path.name)
        self.said.setText(words.say_count("{n} line read", "{n} lines read", found.read))
        self.changed.emit()

    def issued(self) -> None:
        """The plan is done."""
        self._lines, self.unread, self.plan = [], [], ""
        self.file.setText("")
        self.said.setText("")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        local = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            self.read(Path(local[0]))


def beside(left: QWidget, preview: IssuePreview, *buttons: QWidget) -> QWidget:
    """A way to choose on the left, what it would do on the right."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(14)
    for part, stretch in ((left, 5), (preview, 6)):
        frame, column = card()
        column.addWidget(part, 1)
        line.addWidget(frame, stretch)
    column.addLayout(row(None, *buttons))
    return holder
