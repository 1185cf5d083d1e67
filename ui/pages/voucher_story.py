"""Writes the story of one voucher into the panel beside the list."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QGuiApplication

from caringstreet.queries.voucher_detail import EvidenceRow, Happening, HistoryRow, VoucherDetail
from caringstreet.rules.codes import pretty
from caringstreet.rules.vouchers import VoucherState
from caringstreet.wording.answers import when_taken
from caringstreet.wording.labels import label as named
from caringstreet.wording.terms import terms_text
from caringstreet.words import Words
from ui.tables.vouchers_table import shop_of, title_of
from ui.widgets.basics import badge, button, label, row
from ui.widgets.list_page import ListPage

_BADGES = {VoucherState.REDEEMED: "good", VoucherState.EXPIRED: "warn", VoucherState.VOID: "bad"}


class VoucherStory:
    """The parts of the panel, from the code down to what came back."""

    def __init__(self, page: ListPage, found: VoucherDetail, qr_text: str, opened: Callable[[int], None]) -> None:
        self._page, self._found, self._words = page, found, page.words
        self._qr_text, self._opened = qr_text, opened

    def write(self) -> None:
        """Fill the panel."""
        self._head()
        self._facts()
        self._chain()
        self._page.heading(self._words.say("History"))
        for step in self._found.history:
            self._line(happened(self._words, step), when(self._words, step), step.note)
        if self._found.evidence:
            self._page.heading(self._words.say("What came back"))
        self._evidence(self._found.evidence)

    def _head(self) -> None:
        words, voucher, panel = self._words, self._found.row, self._page.panel
        state = badge(named(words, voucher.state), _BADGES.get(voucher.state, "neutral"))
        panel.addLayout(row(label(pretty(voucher.code), "big", selectable=True), state, None))
        panel.addWidget(label(title_of(words, voucher), "heading", wrap=True))
        code, text = pretty(voucher.code), self._qr_text
        panel.addLayout(
            row(
                button(words.say("Copy code"), lambda: self._copy(code), kind="quiet", picture="copy"),
                button(words.say("Copy QR text"), lambda: self._copy(text), kind="quiet", picture="copy"),
                None,
                spacing=0,
            )
        )
        if voucher.reprint_due:
            panel.addWidget(badge(words.say("The voucher shows an older last day"), "warn"))

    def _facts(self) -> None:
        words, voucher, terms = self._words, self._found.row, self._found.terms
        first, last = words.date_short(voucher.valid_from), words.date_short(voucher.valid_to)
        self._page.facts(
            [
                (words.say("Shop"), f"{voucher.shop} {shop_of(words, voucher)}"),
                (words.say("Household"), f"{voucher.household} {voucher.display_name}"),
                (words.say("Days"), words.say("{first} to {last}", first=first, last=last)),
                (words.say("When"), terms_text(words, terms)),
                (words.say("Household pays"), words.dollars(terms.pays_cents) if terms.pays_cents is not None else ""),
                (
                    words.say("Borne by"),
                    words.say(
                        "shop {shop}, fund {fund}",
                        shop=words.dollars(terms.shop_cents),
                        fund=words.dollars(terms.fund_cents),
                    ),
                ),
            ]
        )

    def _chain(self) -> None:
        for neighbour, after in ((self._found.replaces, False), (self._found.replaced_by, True)):
            if neighbour is None:
                continue
            to, code = neighbour[0], pretty(neighbour[1])
            said = self._words.say("Replaced by {code}", code=code) if after else self._words.say("Replaces {code}", code=code)
            link = button(said, self._open(to), kind="quiet", picture="refresh-cw")
            self._page.panel.addLayout(row(link, None))

    def _open(self, voucher_id: int) -> Callable[[], None]:
        return lambda: self._opened(voucher_id)

    def _evidence(self, evidence: Sequence[EvidenceRow]) -> None:
        words = self._words
        for one in evidence:
            shop = one.shop_en if words.language == "en" and one.shop_en else one.shop_zh
            seen = when_taken(words, one.channel, one.happened_at, one.day)
            note = f"{named(words, one.channel)} · {shop} · {one.recorded_by}"
            if one.taken_back:
                note = " · ".join((note, words.say("undone")))
            self._line(f"{named(words, one.outcome)} · {named(words, one.verdict)}", seen, note)

    def _line(self, said: str, when: str, note: str) -> None:
        self._page.panel.addLayout(row(label(said), None, label(when, "dim")))
        if note:
            self._page.panel.addWidget(label(note, "dim", wrap=True))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._page.context.status.say(self._words.say("Copied"))


def happened(words: Words, step: HistoryRow) -> str:
    """A step of a voucher's history, without its moment."""
    if step.happening is Happening.MADE:
        return words.say("Issued")
    if step.happening is Happening.PRINTED:
        return words.say("Printed")
    if step.happening is Happening.REPRINTED:
        return words.say("Printed {n} times, always the same code", n=step.count)
    if step.happening is Happening.HANDED_OUT:
        return words.say("Handed out · {who}", who=named(words, step.to) if step.to else "–")
    if step.happening is Happening.EXTENDED:
        return words.say("Extended until {day}", day=words.date_short(step.day) if step.day else "")
    return named(words, step.state) if step.state else ""


def when(words: Words, step: HistoryRow) -> str:
    """The moment of a step; the day where only that is known."""
    if step.at is not None:
        return words.moment(step.at)
    shown = step.day is not None and step.happening is Happening.HANDED_OUT
    return words.date_short(step.day) if shown and step.day else ""
