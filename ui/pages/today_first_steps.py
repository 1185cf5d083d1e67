"""The first steps of a new street: each ticked once it can really be used, each with the one button that goes there."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from caringstreet.queries.first_steps import StepRow, possible
from caringstreet.rules.first_steps import FirstStep
from caringstreet.wording.refusals import refusal_text
from caringstreet.words import Words, mark
from ui import theme
from ui.context import Target
from ui.widgets.basics import button, card, icon_label, label, row

#: name, what it is for, the button of the step, and the one that mends what cannot be used
_STEPS = {
    FirstStep.SHOP: (mark("A shop"), mark("Who takes part, with an agreement that runs."), mark("Register a shop"), mark("Mend the shop")),
    FirstStep.OFFER: (mark("An offer"), mark("What a voucher is good for, and who bears how much."), mark("Add an offer"), mark("Mend the offer")),
    FirstStep.HOUSEHOLD: (mark("A household"), mark("With its consent and a proof that was seen."), mark("New household"), mark("Add what is missing")),
    FirstStep.ISSUE: (mark("Issue"), mark("Choose the household, the offers and the day of the hand-out."), mark("Issue vouchers"), ""),
    FirstStep.PRINT: (mark("Print"), mark("Voucher sheets on A4, eight to a page, two in large print."), mark("Print vouchers"), ""),
}  # fmt: skip
_MARK = 34
_ROW = 58


class FirstStepsCard(QFrame):
    """Goes by itself once a voucher was printed; `go` is asked to show where a step is done."""

    def __init__(self, words: Words, steps: Sequence[StepRow], go: Callable[[Target], None]) -> None:
        super().__init__()
        self._words, self._go = words, go
        self.setProperty("card", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 14)
        column.setSpacing(2)
        done = sum(one.done for one in steps)
        counted = label(words.say("{done} of {n}", done=done, n=len(steps)), "heading")
        column.addLayout(row(label(words.say("The first five steps of this street"), "heading"), None, counted))
        column.addWidget(
            label(
                words.say("A step is ticked by itself once it can really be used. This list goes when the first voucher is printed."),
                "dim",
                wrap=True,
            )
        )
        column.addSpacing(8)
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        open_ones = possible(tuple(steps))
        current = next((one.step for one in steps if not one.done and open_ones[one.step]), None)
        for number, one in enumerate(steps):
            grid.setRowMinimumHeight(2 * number, _ROW)
            self._write(grid, number, one, current=one.step is current, possible=open_ones[one.step])
        column.addLayout(grid)
        column.addStretch(1)

    def _write(self, grid: QGridLayout, number: int, one: StepRow, *, current: bool, possible: bool) -> None:
        say = self._words.say
        name, about, act, mend = _STEPS[one.step]
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(icon_label("circle-check", "good", _MARK) if one.done else _numeral(number + 1, current=current), 2 * number, 0, top)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(label(say(name), "heading"))
        texts.addWidget(label(self._about(one) or say(about), "dim", wrap=True))
        texts.addStretch(1)
        grid.addLayout(texts, 2 * number, 1)
        blocked = not one.done and one.refusal is not None
        go = button(
            say("One more") if one.done else say(act),
            lambda: self._begin(one),
            kind="quiet" if one.done else "primary" if current and not blocked else "",
            picture="plus" if one.done else "",
        )
        go.setAccessibleName(": ".join((say(name), go.text())))
        go.setEnabled(possible)
        # Never setVisible(True): without a parent yet it would flash up as a window of its own and take the keyboard.
        if one.done and one.step not in (FirstStep.SHOP, FirstStep.OFFER, FirstStep.HOUSEHOLD):
            go.hide()
        line: list[QWidget | None] = [None, go]
        if one.done:
            line.insert(1, label(self._words.say("{n} usable", n=one.usable), "good"))
        elif one.step in (FirstStep.SHOP, FirstStep.HOUSEHOLD):
            bring = button(
                say("Import lists"),
                lambda: self._go(Target("import", "shops" if one.step is FirstStep.SHOP else "households")),
                picture="file-up",
            )
            bring.setAccessibleName(": ".join((say(name), bring.text())))
            line.insert(1, bring)
        grid.addLayout(row(*line), 2 * number, 2, top)
        if blocked:
            grid.addWidget(self._blocked(one, say(mend), primary=current), 2 * number + 1, 1, 1, 2)

    def _about(self, one: StepRow) -> str:
        """What is there already: the first names, or how many of which none can be used."""
        words = self._words
        if one.done and one.names:
            named = (
                "、".join(words.own(*name) for name in one.names)
                if words.language == "zh_HK"
                else ", ".join(words.own(*name) for name in one.names)
            )
            more = one.usable - len(one.names)
            return words.say("{names} and {n} more", names=named, n=more) if more > 0 else named
        if one.there and not one.done:
            return words.say("{there} registered, none of them usable yet", there=one.there)
        return ""

    def _blocked(self, one: StepRow, mend: str, *, primary: bool) -> QFrame:
        """What keeps the first of them from being used, with the button that mends it."""
        words = self._words
        frame = QFrame()
        frame.setProperty("note", "warn")
        line = QHBoxLayout(frame)
        line.setContentsMargins(12, 6, 8, 6)
        assert one.refusal is not None
        said = QVBoxLayout()
        said.setSpacing(0)
        who = words.own(*one.blocked)
        not_yet = (
            words.say("No vouchers can be issued for {who} yet", who=who)
            if one.step is FirstStep.HOUSEHOLD
            else words.say("{who} cannot be used yet", who=who)
        )
        said.addWidget(label(not_yet, "warn"))
        said.addWidget(label(refusal_text(words, one.refusal), wrap=True))
        line.addWidget(icon_label("triangle-alert", "warn", 20))
        line.addLayout(said, 1)
        go = button(mend, lambda: self._go(self._mending(one)), kind="primary" if primary else "")
        line.addWidget(go)
        return frame

    def _begin(self, one: StepRow) -> None:
        self._go(
            {
                FirstStep.SHOP: Target("shop_form", None, "new"),
                FirstStep.OFFER: Target("offer_form", one.next_id, "new"),
                FirstStep.HOUSEHOLD: Target("household_form", None, "new"),
                FirstStep.ISSUE: Target("issue", one.next_id),
                FirstStep.PRINT: Target("print"),
            }[one.step]
        )

    def _mending(self, one: StepRow) -> Target:
        if one.step is FirstStep.OFFER:
            return Target("offer_form", one.blocked_id)
        return Target("shop_form" if one.step is FirstStep.SHOP else "household_form", one.blocked_id)


def _numeral(number: int, *, current: bool) -> QLabel:
    """The number of a step that is still to be done; of the one that is next it stands out."""
    made = label(str(number), "heading" if current else "dim")
    made.setFixedSize(_MARK, _MARK)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    colour = theme.colors().text if current else theme.colors().line
    made.setStyleSheet(f"border: {2 if current else 1}px solid {colour}; border-radius: {_MARK // 2}px;")
    return made


def step_cards(words: Words, steps: Sequence[StepRow], go: Callable[[Target], None]) -> QHBoxLayout:
    """The steps, and beside them what stands at their end."""
    line = QHBoxLayout()
    line.setSpacing(14)
    line.addWidget(FirstStepsCard(words, steps, go), 1)
    frame, column = card(spacing=8)
    frame.setFixedWidth(300)
    column.addWidget(label(words.say("Before the first hand-out"), "heading"))
    for said in (
        mark("A voucher has no name on it: the shop, what it is good for, what the neighbour pays and its last day."),
        mark("The shop puts it into the envelope, or scans it with a phone and puts it into the envelope."),
        mark("Volunteers fetch the envelope; at the scan desk each voucher is counted once."),
    ):
        column.addWidget(label(words.say(said), "dim", wrap=True))
    column.addStretch(1)
    line.addWidget(frame, 0, Qt.AlignmentFlag.AlignTop)
    return line
