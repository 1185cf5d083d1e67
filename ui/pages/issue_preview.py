"""What issuing would do: how many vouchers, and every refused line under its reason."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from caringstreet.exchange.error_words import left_out_text, problem_text
from caringstreet.exchange.reading import LeftOut
from caringstreet.rules.inputs import RowError
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.wording.refusals import refusal_text
from caringstreet.words import Words, mark
from ui.widgets.basics import Note, label

_MOST_ROWS = 500

#: Short names of the reasons, for the groups; the full sentence stands on each row.
REASONS = {
    Refusal.HOUSEHOLD_UNKNOWN: mark("Household not found"),
    Refusal.OFFER_UNKNOWN: mark("Offer not found"),
    Refusal.HOUSEHOLD_NOT_ELIGIBLE_STATE: mark("Household cannot receive now"),
    Refusal.HOUSEHOLD_WITHOUT_CONSENT: mark("No consent"),
    Refusal.HOUSEHOLD_ELIGIBILITY_ENDED: mark("No valid proof of eligibility"),
    Refusal.HOUSEHOLD_CATEGORY_DIFFERS: mark("Offer is for other categories"),
    Refusal.HOUSEHOLD_CAP_REACHED: mark("Household would hold too many this month"),
    Refusal.HOUSEHOLD_OFFER_LIMIT_REACHED: mark("More of this offer than a household may have"),
    Refusal.FUND_USED_UP: mark("Fund used up"),
    Refusal.QUOTA_USED_UP: mark("Quota of the offer used up"),
    Refusal.SHOP_NOT_ACTIVE: mark("Shop not taking part"),
    Refusal.SHOP_AGREEMENT_MISSING: mark("Shop without an agreement"),
    Refusal.SHOP_AGREEMENT_ENDED: mark("Agreement of the shop ended"),
    Refusal.OFFER_NOT_OPEN: mark("Offer not in force"),
    Refusal.OFFER_ENDED_BEFORE_DAY: mark("Offer ends before the day"),
    Refusal.COUNT_UNUSABLE: mark("No usable number"),
}


@dataclass(frozen=True)
class RefusedRow:
    """A line that would not be issued, as it is shown."""

    group: str
    who: str
    what: str
    count: int
    why: str


def refused_row(words: Words, who: str, what: str, count: int, refusal: RuleRefused) -> RefusedRow:
    """A line that a rule refuses."""
    why = refusal_text(words, refusal)
    group = words.say(REASONS[refusal.reason]) if refusal.reason in REASONS else why
    return RefusedRow(group, who, what, count, why)


def error_row(words: Words, error: RowError) -> RefusedRow:
    """A row of a file that cannot be read."""
    who = words.say("line {line}", line=error.line)
    what = f"{error.column} “{error.value}”" if error.value else error.column
    return RefusedRow(words.say("Not readable in the file"), who, what, 0, problem_text(words, error))


def left_out_row(words: Words, one: LeftOut) -> RefusedRow:
    """A row, a cell or a column of a file that reading left out."""
    who = one.column if one.line is None else words.say("line {line}", line=one.line)
    return RefusedRow(words.say("Left out"), who, one.value, 0, left_out_text(words, one))


class IssuePreview(QWidget):
    """A sentence, and a tree of reasons with the rows behind each."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.said = Note()
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(words.say("Refused lines by reason"))
        self.tree.setHeaderLabels([words.say("Reason"), words.say("Offer"), words.say("Count"), words.say("Why")])
        self.tree.setUniformRowHeights(True)
        self.tree.setFrameShape(QTreeWidget.Shape.NoFrame)
        header = self.tree.header()
        header.setStretchLastSection(True)
        for place, width in enumerate((150, 150, 56)):
            self.tree.setColumnWidth(place, width)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.teaching = label("", "dim", wrap=True)
        column.addWidget(self.said)
        column.addWidget(self.teaching)
        column.addWidget(self.tree, 1)
        column.addStretch(0)
        self.forget()

    def forget(self) -> None:
        """Nothing is checked yet."""
        self.teaching.setText(
            self._words.say("Here you see how many vouchers would be issued, and who is refused and why, before anything is issued.")
        )
        self.teaching.show()
        self.said.silence()
        self.tree.clear()
        self.tree.hide()

    def show_outcome(self, vouchers: int, households: int, refused: Sequence[RefusedRow]) -> None:
        """Say how many would be issued, and show the refused lines."""
        words = self._words
        groups: Mapping[str, list[RefusedRow]] = self._grouped(refused)
        lines = [
            words.say_count(
                "{n} voucher can be issued (households: {households}).",
                "{n} vouchers can be issued (households: {households}).",
                vouchers,
                households=words.number(households),
            )
            if vouchers
            else words.say("Nothing can be issued.")
        ]
        if refused:
            lines.append(words.say_count("{n} line is refused:", "{n} lines are refused, by reason:", len(refused)))
        self.said.say("\n".join(lines), "warn" if refused else "good")
        self.teaching.hide()
        self.tree.clear()
        for group, rows in sorted(groups.items(), key=lambda one: -len(one[1])):
            top = self._group(group, rows)
            self.tree.addTopLevelItem(top)
            # Only once it is in the tree does an item know its columns.
            top.setFirstColumnSpanned(True)
        self.tree.setVisible(bool(refused))
        if len(groups) == 1:
            self.tree.expandAll()

    def _grouped(self, refused: Sequence[RefusedRow]) -> dict[str, list[RefusedRow]]:
        groups: dict[str, list[RefusedRow]] = defaultdict(list)
        for row in refused:
            groups[row.group].append(row)
        return groups

    def _group(self, name: str, rows: Sequence[RefusedRow]) -> QTreeWidgetItem:
        words = self._words
        top = QTreeWidgetItem([f"{name}  ({words.number(len(rows))})"])
        for row in rows[:_MOST_ROWS]:
            child = QTreeWidgetItem([row.who, row.what, words.number(row.count) if row.count else "", row.why])
            child.setToolTip(3, row.why)
            top.addChild(child)
        more = len(rows) - _MOST_ROWS
        if more > 0:
            top.addChild(QTreeWidgetItem([words.say_count("and {n} more", "and {n} more", more)]))
        return top
