"""Writes one question into the panel: the evidence side by side, the suggestion, rounds, history, decisions."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QGridLayout

from caringstreet.queries.evidence import EvidenceRow, RefusedRow
from caringstreet.queries.questions import DecisionRow, QuestionDetail, QuestionRow
from caringstreet.rules.codes import pretty
from caringstreet.rules.questions import QuestionKind
from caringstreet.wording.answers import when_taken
from caringstreet.wording.labels import label as named
from caringstreet.words import Words
from ui.pages.voucher_story import happened, when
from ui.widgets.basics import badge, button, card, icon_label, label, row
from ui.widgets.list_page import ListPage

_ACROSS = 2
_TONES = {"redeems": "good", "confirms": "good", "goodwill": "warn", "ask": "warn", "refused": "bad"}


class QuestionStory:
    """The parts of the panel from the code down to what was decided before."""

    def __init__(self, page: ListPage, found: QuestionDetail, opened: Callable[[int], None]) -> None:
        self._page, self._found, self._words, self._opened = page, found, page.words, opened

    def write(self, question: QuestionRow | None, refused: RefusedRow | None = None) -> None:
        """Fill the panel."""
        self._head(question)
        if question is not None:
            self._suggestion(question)
        if refused is not None:
            self._repeats(refused)
        self._side_by_side(question)
        self._voucher()
        self._rounds()
        if self._found.decisions:
            self._page.heading(self._words.say("Decisions"))
        for one in self._found.decisions:
            self._decision(one)

    def _head(self, question: QuestionRow | None) -> None:
        words, one, panel = self._words, self._found.question, self._page.panel
        shown = pretty(one.code) if one.code else one.text[:24] or words.say("Soaked or torn voucher")
        what = named(words, question.kind) if question is not None else named(words, one.outcome)
        panel.addLayout(row(label(shown, "big", selectable=True), badge(what, "warn" if question else "neutral"), None))
        title = row(label(words.own(one.title_zh, one.title_en), "heading", wrap=True))
        if one.voucher_id is not None:
            voucher_id = one.voucher_id
            title.addWidget(button(words.say("Open the voucher"), lambda: self._opened(voucher_id), kind="quiet", picture="ticket"))
        title.setStretch(0, 1)
        panel.addLayout(title)

    def _suggestion(self, question: QuestionRow) -> None:
        words, suggestion = self._words, question.suggestion
        said = words.say("Suggested: {answer}", answer=named(words, suggestion.ruling))
        frame, column = card(margins=12, spacing=2)
        column.addLayout(row(icon_label("circle-help", "accent", 20), label(said, "heading"), None))
        column.addWidget(label(named(words, suggestion.because), wrap=True))
        self._page.panel.addWidget(frame)

    def _repeats(self, refused: RefusedRow) -> None:
        words = self._words
        times = words.say_count("{n} time", "{n} times", refused.times)
        shops = words.say_count("{n} shop", "{n} shops", refused.shops)
        self._page.panel.addLayout(
            row(badge(times, "bad" if refused.times > 1 else "neutral"), badge(shops, "bad" if refused.shops > 1 else "neutral"), None)
        )

    def _side_by_side(self, question: QuestionRow | None) -> None:
        grid = QGridLayout()
        grid.setSpacing(8)
        pieces = [
            (self._words.say("In question"), self._found.question),
            *((self._words.say("Beside it"), one) for one in self._found.beside),
        ]
        for place, (title, one) in enumerate(pieces):
            grid.addWidget(self._piece(title, one), place // _ACROSS, place % _ACROSS)
        if question is not None and question.kind is QuestionKind.WITHOUT_SLIP:
            grid.addWidget(self._no_paper(), len(pieces) // _ACROSS, len(pieces) % _ACROSS)
        for column in range(min(_ACROSS, max(2, len(pieces)))):
            grid.setColumnStretch(column, 1)
        self._page.panel.addLayout(grid)

    def _no_paper(self) -> QFrame:
        say = self._words.say
        frame, column = card(margins=10, spacing=2)
        column.addWidget(label(say("Beside it"), "dim"))
        column.addWidget(label(say("No voucher came"), "heading"))
        column.addWidget(label(say("Look through the envelopes of the rounds below once more."), "dim", wrap=True))
        column.addStretch(1)
        return frame

    def _piece(self, title: str, one: EvidenceRow) -> QFrame:
        words, say = self._words, self._words.say
        frame, column = card(margins=10, spacing=2)
        column.addLayout(row(label(title, "dim"), None, badge(named(words, one.verdict), _TONES.get(str(one.verdict), "neutral"))))
        column.addWidget(label(when_taken(words, one.channel, one.happened_at, one.day), "heading", wrap=True))
        column.addWidget(label(named(words, one.channel), wrap=True))
        shop = words.own(one.shop_zh, one.shop_en)
        column.addWidget(label(" ".join((one.shop, shop)), wrap=True))
        column.addWidget(label(named(words, one.outcome), wrap=True))
        recorded = say("recorded {when} by {name}", when=words.moment(one.received_at), name=one.recorded_by)
        column.addWidget(label(recorded, "dim", wrap=True))
        if one.note:
            column.addWidget(label(one.note, "dim", wrap=True))
        column.addStretch(1)
        return frame

    def _voucher(self) -> None:
        found, words, say = self._found.voucher, self._words, self._words.say
        if found is None:
            return
        voucher = found.row
        first, last = words.date_short(voucher.valid_from), words.date_short(voucher.valid_to)
        self._page.heading(say("The voucher"))
        self._page.facts(
            [
                (say("Own shop"), self._found.question.own_shop),
                (say("Household"), voucher.household),
                (say("Days"), say("{first} to {last}", first=first, last=last)),
                (say("State"), named(words, voucher.state)),
                (
                    say("Borne by"),
                    say("shop {shop}, fund {fund}", shop=words.dollars(found.terms.shop_cents), fund=words.dollars(found.terms.fund_cents)),
                ),
            ]
        )
        for step in found.history:
            self._page.panel.addLayout(row(label(happened(words, step)), label(step.note, "dim"), None, label(when(words, step), "dim")))

    def _rounds(self) -> None:
        words = self._words
        if self._found.rounds:
            self._page.heading(words.say("Rounds at the shop"))
        for one in self._found.rounds:
            counted = words.say("the shop counted {n}", n=one.counted_by_shop) if one.counted_by_shop is not None else ""
            slips = words.say_count("{n} paper voucher", "{n} paper vouchers", one.slips)
            self._page.panel.addLayout(
                row(label(words.date_short(one.day)), None, label(" · ".join(part for part in (slips, counted) if part), "dim"))
            )

    def _decision(self, one: DecisionRow) -> None:
        words, panel = self._words, self._page.panel
        panel.addLayout(row(label(named(words, one.ruling)), None, label(self._told(words, one), "dim")))
        panel.addWidget(label(one.reason, "dim", wrap=True))
        if one.reversed_at is not None:
            said = words.say(
                "Undone {when} by {name}: {reason}", when=words.moment(one.reversed_at), name=one.reversed_by, reason=one.reversed_reason
            )
            panel.addWidget(label(said, "dim", wrap=True))

    def _told(self, words: Words, one: DecisionRow) -> str:
        return " · ".join((one.by, words.moment(one.at)))
