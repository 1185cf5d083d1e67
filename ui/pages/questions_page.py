"""To decide: everything that waits for a person, with the evidence side by side and an answer that is suggested."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from caringstreet.queries import evidence
from caringstreet.queries import questions as queries
from caringstreet.queries.evidence import EvidenceRow, RefusedRow
from caringstreet.queries.questions import DecisionRow, QuestionRow
from caringstreet.rules.changes import Changed
from caringstreet.rules.codes import pretty
from caringstreet.rules.questions import QuestionKind, Ruling, rulings
from caringstreet.rules.texts import fold
from caringstreet.services import questions as services
from caringstreet.services.questions import DecidedQuestions
from caringstreet.wording.labels import label as named
from caringstreet.words import Words
from ui.context import Context, Target
from ui.dialogs.unreadable_dialog import UnreadableDialog
from ui.pages.question_story import QuestionStory
from ui.tables.id_table import Column, Ids
from ui.widgets.ask import ask_reason
from ui.widgets.basics import RECORD_KEYS, EmptyState, button, label, shortcuts
from ui.widgets.list_page import ListPage

_OPEN, _DECIDED, _REFUSED = "open", "decided", "refused"
_CHOSEN_KINDS = (QuestionKind.SECOND_SHEET, QuestionKind.WITHOUT_SLIP)
_PICTURES = {Ruling.REFUSE: "x", Ruling.GOODWILL: "hand-coins", Ruling.BOOK: "store"}


@dataclass(frozen=True)
class Line:
    """A line of the list: a question, a decision, or refused attempts with one code."""

    evidence: EvidenceRow
    what: str
    shop: str
    day: date
    question: QuestionRow | None = None
    decision: DecisionRow | None = None
    refused: RefusedRow | None = None


class QuestionsPage(ListPage):
    """One question or many alike at once; every answer asks a reason, is kept with who gave it, and can be taken back."""

    name = "questions"
    shows = frozenset({Changed.EVIDENCE, Changed.VOUCHERS, Changed.SHOPS})

    def __init__(self, context: Context) -> None:
        words, say = context.words, context.words.say
        self._lines: dict[int, Line] = {}
        self._open: list[QuestionRow] = []
        super().__init__(
            context,
            search=say("Code, shop, household, name"),
            chips=[
                (_OPEN, say("To decide")),
                *((str(kind), named(words, kind)) for kind in _CHOSEN_KINDS),
                (_DECIDED, say("Decided")),
                (_REFUSED, say("Vouchers not taken")),
            ],
            columns=_columns(words),
            panel_width=560,
        )
        self.bar.removeWidget(self.chips)
        self.column.insertWidget(2, self.chips)
        self.search.setMinimumWidth(330)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._soon.start())
        shortcuts(self, self.answer_as_suggested, *RECORD_KEYS)
        shortcuts(self, self.choose_alike, "Ctrl+Shift+A")

    def title(self) -> str:
        return self.words.say("To decide")

    def help_text(self) -> str:
        return self.words.say(
            "What is neither clearly good nor clearly wrong waits here for a decision, with all its evidence and an answer that is suggested. Enter or Ctrl+Enter takes the suggestion, Ctrl+Shift+A chooses all that are alike, Shift and Ctrl choose several. Every answer needs a reason; it stays with your name and can be undone under “Decided”."
        )

    def empty_state(self) -> QWidget:
        say = self.words.say
        return EmptyState(
            "circle-check",
            say("Nothing to decide"),
            say(
                "Vouchers that are neither clearly good nor clearly wrong come here: another one with the same code, one past its day, one never handed out, a message whose voucher never came."
            ),
            button(say("To the scan desk"), lambda: self.go_to("scan"), picture="scan-line"),
        )

    # What is shown --------------------------------------------------------------------------------------------

    def counts(self) -> Mapping[str, int]:
        with self.context.database.reader() as reader:
            self._open = queries.open_questions(reader, self.context.clock.today())
            self._decided = queries.decided(reader)
            self._refused = evidence.refused_attempts(reader)
        kinds = [one.kind for one in self._open]
        found = {str(kind): kinds.count(kind) for kind in _CHOSEN_KINDS}
        return found | {_OPEN: len(self._open), _DECIDED: len(self._decided), _REFUSED: len(self._refused)}

    def find_ids(self) -> Ids:
        view, words = self.chips.current(), self.words
        if view == _DECIDED:
            lines = [self._line(row, named(words, one.ruling), decision=one) for one, row in self._decided]
        elif view == _REFUSED:
            lines = [self._line(one.last, _refused_text(words, one), refused=one) for one in self._refused]
        else:
            shown = [one for one in self._open if view in (_OPEN, str(one.kind))]
            lines = [self._line(one.evidence, named(words, one.kind), question=one) for one in shown]
        typed = fold(self.search.text())
        self._lines = {one.evidence.evidence_id: one for one in lines if typed in fold(_searched(one))}
        key, down = self.table.sorting()
        if key == "day" and view in (_DECIDED, _REFUSED):
            return list(self._lines)  # the newest decision first; refused ones by how often they came
        ordered = sorted(self._lines.values(), key=lambda one: _sort_key(one, key), reverse=down)
        return [one.evidence.evidence_id for one in ordered]

    def _line(self, row: EvidenceRow, what: str, **more: Any) -> Line:
        name = self.words.own(row.shop_zh, row.shop_en)
        return Line(row, what, f"{row.shop} {name}", row.day, **more)

    def fetch(self, ids: Ids) -> Mapping[int, Any]:
        return self._lines

    def fill(self, subject_id: int) -> None:
        chosen = self.table.selected_ids()
        if len(chosen) > 1:
            self._fill_many(chosen)
            return
        line = self._lines[subject_id]
        with self.context.database.reader() as reader:
            found = queries.detail(reader, subject_id, self.context.clock.today())
        if found is None:
            return
        story = QuestionStory(self, found, lambda one: self.go_to("vouchers", one))
        story.write(line.question, line.refused)
        if line.question is not None:
            self._add_answers([subject_id])
        elif line.decision is not None:
            self.buttons(button(self.words.say("Undo the decision…"), partial(self.reverse, [subject_id]), picture="undo-2"))

    def _fill_many(self, chosen: Sequence[int]) -> None:
        words = self.words
        self.panel.addWidget(label(words.say_count("{n} chosen", "{n} chosen", len(chosen)), "heading"))
        for what in dict.fromkeys(self._lines[one].what for one in chosen):
            count = sum(1 for one in chosen if self._lines[one].what == what)
            self.panel.addWidget(label(f"{what} · {words.number(count)}"))
        hint = words.say("What you do now is done to all of them, or to none where a rule says no to one.")
        self.panel.addWidget(label(hint, "dim", wrap=True))
        if all(self._lines[one].question is not None for one in chosen):
            self._add_answers(list(chosen))
        elif all(self._lines[one].decision is not None for one in chosen):
            self.buttons(button(words.say("Undo the decision…"), partial(self.reverse, list(chosen)), picture="undo-2"))

    def _add_answers(self, ids: list[int]) -> None:
        """The answers that fit all that is chosen, the suggested one first; and the way to all that are alike."""
        possible = self._possible(ids)
        if not possible:
            self.panel.addWidget(
                label(self.words.say("No one answer fits all that is chosen. Choose questions of one kind."), "dim", wrap=True)
            )
            return
        made = []
        for place, ruling in enumerate(possible):
            answer = button(
                named(self.words, ruling),
                partial(self.answer, ids, ruling),
                kind="" if place else "primary",
                picture=_PICTURES.get(ruling, "check"),
            )
            answer.setToolTip("" if place else "Ctrl+Enter")
            made.append(answer)
        alike = self._alike(ids[0])
        if len(ids) == 1 and len(alike) > 1:
            all_alike = button(self.words.say("Choose all {n} alike", n=len(alike)), self.choose_alike, kind="quiet", picture="list-checks")
            all_alike.setToolTip("Ctrl+Shift+A")
            made.append(all_alike)
        self.buttons(*made)

    def _possible(self, ids: Sequence[int]) -> list[Ruling]:
        asked = [one.question for one in (self._lines[each] for each in ids) if one.question is not None]
        fit = [ruling for ruling in rulings(asked[0].kind) if all(ruling in rulings(one.kind) for one in asked)]
        if len(ids) > 1 and any(one.evidence.voucher_id is None for one in asked):
            fit = [ruling for ruling in fit if ruling is not Ruling.ACCEPT]  # each torn slip is a voucher of its own
        suggested = {one.suggestion.ruling for one in asked}
        return sorted(fit, key=lambda ruling: ruling not in suggested)

    def _alike(self, question_id: int) -> list[int]:
        """Questions in view of the same kind for which the same answer is suggested."""
        this = self._lines[question_id].question
        if this is None:
            return []
        found = [one for one in self._lines.values() if one.question is not None]
        return [
            one.evidence.evidence_id
            for one in found
            if one.question is not None and (one.question.kind, one.question.suggestion) == (this.kind, this.suggestion)
        ]

    # Where one comes from and goes to -------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """A question's id."""
        self.search.clear()
        self.chips.choose(_OPEN)
        self.refresh(target.subject if isinstance(target.subject, int) else None)

    def activated(self, subject_id: int) -> None:
        self.answer_as_suggested()

    def choose_alike(self) -> None:
        """Choose all questions like the one in view."""
        current = self.table.current_id()
        if current is not None:
            self.table.select_ids(self._alike(current))
            self.table.setFocus()

    # Deciding -------------------------------------------------------------------------------------------------

    def answer_as_suggested(self) -> None:
        """The first answer for what is chosen."""
        ids = [one for one in self.table.selected_ids() if self._lines[one].question is not None]
        possible = self._possible(ids) if ids else []
        if possible:
            self.answer(ids, possible[0])

    def answer(self, ids: list[int], ruling: Ruling) -> None:
        """Ask why, then decide all of them."""
        words, voucher_id = self.words, None
        first = self._lines[ids[0]]
        if ruling is Ruling.ACCEPT and first.evidence.voucher_id is None:
            voucher_id = self._voucher_of(first.evidence)
            if voucher_id is None:
                return
        suggested = first.question.suggestion if first.question is not None else None
        why = named(words, suggested.because) if suggested is not None and suggested.ruling is ruling else ""
        what = words.say_count("{n} question: {answer}", "{n} questions: {answer}", len(ids), answer=named(words, ruling))
        reason = ask_reason(self, words, " · ".join((what, _meaning(words, ruling))), named(words, ruling), why)
        if reason is not None:
            self.do(services.decide, question_ids=ids, ruling=ruling, reason=reason, voucher_id=voucher_id, done=self._answered)

    def _voucher_of(self, one: EvidenceRow) -> int | None:
        dialog = UnreadableDialog(self, self.context, one.shop_id, one.day, must_choose=True, offer_id=one.offer_id, code=one.text)
        return dialog.voucher_id() if dialog.exec() else None

    def _answered(self, done: DecidedQuestions) -> None:
        said = self.words.say("Decided: {what}", what=named(self.words, done.ruling))
        self.undoable(said, services.reverse, question_ids=list(done.question_ids), reason=self.words.say("Undo"))
        self.table.setFocus()

    def reverse(self, ids: list[int]) -> None:
        """Ask why, then take the decisions back."""
        what = self.words.say_count("Undo {n} decision; it is asked again.", "Undo {n} decisions; they are asked again.", len(ids))
        reason = ask_reason(self, self.words, what, self.words.say("Undo"))
        if reason is not None:
            self.do(
                services.reverse, question_ids=ids, reason=reason, done=lambda _: self.context.status.say(self.words.say("Decision undone"))
            )


def _columns(words: Words) -> list[Column]:
    say = words.say
    return [
        Column("day", say("Day"), lambda r: words.date_short(r.day), sort="day"),
        Column("code", say("Code"), lambda r: _code(words, r), sort="code", bold=True),
        Column("what", say("Question"), lambda r: r.what, sort="what", tone=lambda r: "warn" if r.question else "dim", name=True),
        Column("shop", say("Shop"), lambda r: r.shop, sort="shop", name=True, spare=1),
    ]


def _code(words: Words, line: Line) -> str:
    one = line.evidence
    return pretty(one.code) if one.code else one.text[:14] or words.say("Soaked or torn voucher")


def _refused_text(words: Words, one: RefusedRow) -> str:
    what = named(words, one.last.outcome)
    times = words.say_count("{n} time", "{n} times", one.times)
    return " · ".join((what, times)) if one.times > 1 else what


def _searched(line: Line) -> str:
    one = line.evidence
    household = line.question.household if line.question is not None else ""
    by = line.decision.by + line.decision.reason if line.decision is not None else ""
    return " ".join(
        (
            one.code,
            pretty(one.code) if one.code else one.text,
            line.what,
            line.shop,
            one.title_zh,
            one.title_en,
            household,
            one.recorded_by,
            by,
        )
    )


def _sort_key(line: Line, key: str) -> tuple[object, ...]:
    first: object = {"code": line.evidence.code, "what": line.what, "shop": line.shop}.get(key, line.day.isoformat())
    return (first, line.day, line.evidence.evidence_id)


def _meaning(words: Words, ruling: Ruling) -> str:
    """What the answer does, in a sentence."""
    if ruling is Ruling.GOODWILL:
        return words.say("The shop is paid apart from the redemptions; the code stays one redemption.")
    if ruling is Ruling.CONFIRM:
        return words.say("It stays redeemed, without its voucher.")
    if ruling is Ruling.BOOK:
        return words.say("It counts for the shop that it belongs to.")
    return words.say("It counts as redeemed.") if ruling is Ruling.ACCEPT else words.say("It does not count.")
