"""Beside the form of an offer: its voucher as it will look, and what the offer can cost in a month."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from caringstreet.printing.phrases import PHRASES
from caringstreet.queries.fund import FundFigures
from caringstreet.queries.shops import ShopDetail
from caringstreet.rules.offers import OfferTerms, last_day_for
from caringstreet.rules.refusals import RuleRefused
from caringstreet.scanning.qr import text_symbol
from caringstreet.wording.terms import terms_text
from caringstreet.words import Words, words_for
from ui.widgets.basics import card, clear, label, row
from ui.widgets.qr_picture import QrPicture

_WIDE, _CODE = 300, 96
#: Paper is white and its ink black, whatever the look of the window.
_PAPER = "#paper { background: #ffffff; border: 1px solid #1f1b18; } #paper QLabel { color: #1f1b18; }"


class OfferAside(QWidget):
    """Shown anew for the terms as they are typed."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.setFixedWidth(_WIDE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        look, voucher = card(spacing=8)
        voucher.addWidget(label(words.say("So it stands on the voucher"), "heading"))
        paper = QFrame()
        paper.setObjectName("paper")
        paper.setStyleSheet(_PAPER)
        self._paper = QVBoxLayout(paper)
        self._paper.setContentsMargins(14, 12, 14, 12)
        self._paper.setSpacing(4)
        voucher.addWidget(paper)
        most, self._most = card(spacing=6)
        column.addWidget(look)
        column.addWidget(most)
        column.addStretch(1)

    def show_offer(self, shop: ShopDetail, terms: OfferTerms, issuer: str, today: date) -> None:
        """The face of a voucher issued today: the words of the paper, which is in Chinese, with the English of both names."""
        zh, own = words_for("zh_HK"), PHRASES["zh_HK"]
        clear(self._paper)
        pays = terms.pays_cents
        price = "" if pays is None else own.free if pays == 0 else f"{own.you_pay} {zh.dollars(pays)}"
        place = " · ".join(part for part in (shop.street, shop.address, shop.landmark) if part)
        try:
            until = f"{zh.date(last_day_for(terms, today))}{own.use_by}"
        except RuleRefused:
            until = ""
        texts = QVBoxLayout()
        texts.setSpacing(3)
        for said, role in (
            (terms.title_zh, "heading"),
            (terms.title_en, ""),
            (price, "big"),
        ):
            if said:
                texts.addWidget(label(said, role, wrap=True))
        texts.addStretch(1)
        sample = QVBoxLayout()
        sample.addWidget(QrPicture(text_symbol("SPECIMEN").rows, self._words.say("Specimen"), _CODE))
        sample.addWidget(label("樣本", "", wrap=False), 0, Qt.AlignmentFlag.AlignRight)
        sample.addStretch(1)
        middle = row()
        middle.addLayout(texts, 1)
        middle.addLayout(sample)
        for said, role in ((shop.name_zh, "big"), (shop.name_en, ""), (place, "")):
            if said:
                self._paper.addWidget(label(said, role, wrap=True))
        self._paper.addLayout(middle)
        for said in (until, terms_text(zh, terms), issuer):
            if said:
                self._paper.addWidget(label(said, wrap=True))

    def show_most(self, terms: OfferTerms, fund: FundFigures | None) -> None:
        """Quota times shares; without a quota what each voucher costs."""
        words, say, quota = self._words, self._words.say, terms.monthly_quota
        clear(self._most)
        self._most.addWidget(label(say("At most in a month"), "heading"))
        for name, cents in ((say("Fund bears"), terms.fund_cents), (say("Shop bears"), terms.shop_cents)):
            figure = words.money(cents) if quota is None else f"{quota} × {words.money(cents)} = {words.money(quota * cents)}"
            self._most.addLayout(row(label(name, "dim"), None, label(figure)))
        if fund is not None:
            self._most.addLayout(row(label(say("Free in the fund"), "dim"), None, label(words.money(fund.free_cents))))
        if quota is None:
            said = say("Without “Most a month” there is no limit; these are the shares of one voucher.")
            self._most.addWidget(label(said, "dim", wrap=True))
        elif fund is not None and quota * terms.fund_cents > fund.free_cents:
            self._most.addWidget(label(say("That is more than is free in the fund."), "warn", wrap=True))
