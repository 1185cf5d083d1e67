"""Writes the summary of a month: the query's figures on paper, and as a workbook."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from caringstreet.bootstrap import OpenStreet
from caringstreet.clock import local_time
from caringstreet.exchange.export import OutCell, SheetOut, write_xlsx
from caringstreet.printing.month_summary import SummaryPage, SummaryTable, print_summary
from caringstreet.queries.fund import FundFigures
from caringstreet.queries.goods_month import GoodsMonth
from caringstreet.queries.month_summary import Counts, MonthFigures, ShopFigures
from caringstreet.rules.chart import Bars, Shares
from caringstreet.rules.months import Month
from caringstreet.rules.quantities import ONE
from caringstreet.services import month_summary
from caringstreet.services.month_summary import KeptSummary
from caringstreet.wording.fund import fund_lines
from caringstreet.wording.goods import month_lines, month_titles
from caringstreet.wording.goodwill import goodwill_text
from caringstreet.wording.handed_out import out_text
from caringstreet.wording.labels import label
from caringstreet.words import LANGUAGES, Words, words_for

#: More rows than these would reach into the signatures.
_MOST_SHOPS = 24


def unkept(street: OpenStreet, *, month: Month, figures: dict[str, Any], at: datetime, by: str) -> KeptSummary:
    """Of a street for reading only: the number under which these very figures were kept before, else none."""
    with street.database.rehearsal() as tx:
        found = month_summary.keep(tx, month=month, figures=figures, at=at, by=by)
    return replace(found, number=None) if found.new else found


def write_summary_pdf(
    street: OpenStreet,
    figures: MonthFigures,
    kept: KeptSummary,
    out: Path,
    *,
    made_at: datetime,
    goods: GoodsMonth | None = None,
) -> None:
    """Two pages, one in each language. Raises OSError; then no file appears."""
    pages = [_page(words_for(language), street, figures, kept, made_at, goods) for language in LANGUAGES]
    print_summary(pages, out, author=street.settings.team, practice=street.practice)


def _page(
    words: Words, street: OpenStreet, figures: MonthFigures, kept: KeptSummary, made_at: datetime, goods: GoodsMonth | None
) -> SummaryPage:
    say, total = words.say, figures.total
    offers = sorted((one for one in figures.offers if one.counts.issued), key=lambda one: -one.counts.redeemed)[:12]
    bars = Bars(say("Redeemed by offer"), tuple(one.offer for one in offers), tuple(one.counts.redeemed for one in offers))
    shares = Shares(
        say("Who carried how much"),
        (
            (say("Paid by neighbours"), total.household_cents, words.money(total.household_cents)),
            (say("Given by shops"), total.shop_cents, words.money(total.shop_cents)),
            (say("From the fund"), total.fund_cents, words.money(total.fund_cents)),
        ),
    )
    shops = SummaryTable(
        say("By shop"),
        (say("Shop"), say("Issued"), say("Redeemed"), say("Rate"), say("To pay"), *_goodwill_names(words, figures), say("Given by shop")),
        _shop_rows(words, figures),
        _shop_row(words, say("Together"), total, goodwill=bool(total.goodwill)),
    )
    return SummaryPage(
        title=say("{street}: summary of {month}", street=street.settings.name, month=words.month(figures.month)),
        mark=say("Provisional, without a number") if kept.number is None else say("Provisional no. {n}", n=kept.number),
        headline=(
            (words.number(total.issued), say("issued")),
            (words.number(total.redeemed), say("redeemed")),
            (words.percent(total.redeemed, total.issued), say("rate")),
            (words.money(figures.value_cents), say("value to neighbours")),
        ),
        lines=(
            words.say_count(
                "{n} household, {new} of them for the first time",
                "{n} households, {new} of them for the first time",
                figures.households,
                new=figures.new_faces,
            ),
            say(
                "{expired} expired, {returned} given back, {replaced} replaced, {waiting} not handed out yet",
                expired=total.expired,
                returned=total.returned,
                replaced=figures.replaced,
                waiting=figures.not_handed_out,
            ),
            out_text(words, figures.handed),
            say("{n} redeemed without voucher", n=figures.without_slip),
            *([goodwill_text(words, total)] if total.goodwill else []),
            *(month_lines(words, goods) if goods is not None else ()),
        ),
        bars=bars,
        shares=shares,
        tables=(
            shops,
            _parts(words, say("By street"), [(name or "–", counts) for name, counts in figures.streets]),
            _parts(words, say("By household"), [(label(words, kind), counts) for kind, counts in figures.kinds]),
            SummaryTable(
                say("Exceptions"),
                (say("What"), say("Count")),
                tuple((label(words, kind), str(count)) for kind, count in figures.exceptions.items()),
                (),
            ),
        ),
        signatures=(say("Prepared by"), say("Supervisor"), say("Date")),
        foot=say(
            "{team} · made {when} · checksum {checksum}",
            team=street.settings.team,
            when=f"{words.date(local_time(made_at).date())} {words.time(made_at)}",
            checksum=kept.checksum,
        ),
        page_of=say("page {n} of {total}", n="{n}", total="{total}"),
        language="zh-HK" if words.language == "zh_HK" else "en-HK",
    )


def _shop_rows(words: Words, figures: MonthFigures) -> tuple[tuple[str, ...], ...]:
    """A row for each shop; on a long street the smaller ones stand together in a last row, so that the page holds all."""
    goodwill = bool(figures.total.goodwill)
    shown = [one for one in figures.shops if one.counts.issued or one.counts.redeemed or one.counts.goodwill]
    rest: list[ShopFigures] = []
    if len(shown) > _MOST_SHOPS:
        ranked = sorted(shown, key=lambda one: -one.counts.redeemed)
        rest = ranked[_MOST_SHOPS - 1 :]
        shown = [one for one in shown if one not in rest]
    chinese = words.language == "zh_HK"
    rows = [
        _shop_row(words, f"{one.shop} {one.name_zh if chinese else one.name_en or one.name_zh}", one.counts, goodwill=goodwill)
        for one in shown
    ]
    if rest:
        together = Counts()
        for one in rest:
            together.add(one.counts)
        rows.append(_shop_row(words, words.say("{n} other shops", n=len(rest)), together, goodwill=goodwill))
    return tuple(rows)


def _goodwill_names(words: Words, figures: MonthFigures) -> tuple[str, ...]:
    """What "to pay" holds of it; the column is there only in a month that has such a payment."""
    return (words.say("Of it goodwill payment"),) if figures.total.goodwill else ()


def _shop_row(words: Words, name: str, counts: Counts, *, goodwill: bool) -> tuple[str, ...]:
    return (
        name,
        str(counts.issued),
        str(counts.redeemed),
        words.percent(counts.redeemed, counts.issued),
        words.money(counts.to_pay_cents),
        *([words.money(counts.goodwill_cents)] if goodwill else []),
        words.money(counts.shop_cents),
    )


def _parts(words: Words, title: str, parts: list[tuple[str, Counts]]) -> SummaryTable:
    rows = tuple(
        (name, str(counts.issued), str(counts.redeemed), words.dollars(counts.shop_cents + counts.fund_cents)) for name, counts in parts
    )
    return SummaryTable(title, ("", words.say("Issued"), words.say("Redeemed"), words.say("Value")), rows, ())


def write_summary_xlsx(
    street: OpenStreet,
    figures: MonthFigures,
    number: int | None,
    out: Path,
    words: Words,
    *,
    made_at: datetime,
    fund: FundFigures | None,
    goods: GoodsMonth | None = None,
) -> None:
    """The same figures as sheets: summary, shops, offers, streets, households, exceptions, fund, goods. Raises OSError."""
    say, total = words.say, figures.total
    summary: list[tuple[OutCell, ...]] = [
        (say("Street"), street.settings.name),
        (say("Month"), str(figures.month)),
        (say("Provisional no."), "–" if number is None else number),
        (say("Made on"), words.moment(made_at)),
        (say("Issued"), total.issued),
        (say("Redeemed"), total.redeemed),
        (say("Expired"), total.expired),
        (say("Given back"), total.returned),
        (say("Handed out"), figures.handed.handed_out),
        (say("Handed out and redeemed"), figures.handed.redeemed),
        (say("Handed out and expired"), figures.handed.expired),
        (say("Handed out and given back"), figures.handed.returned),
        (say("Handed out and voided"), figures.handed.void),
        (say("Out with neighbours"), figures.handed.out),
        (say("Not handed out yet"), figures.not_handed_out),
        (say("Replaced"), figures.replaced),
        (say("Voided"), figures.void),
        (say("Redeemed without voucher"), figures.without_slip),
        (say("Households"), figures.households),
        (say("New faces"), figures.new_faces),
        (say("Paid by neighbours"), total.household_cents / 100),
        (say("Given by shops"), total.shop_cents / 100),
        (say("From the fund"), total.fund_cents / 100),
        (say("Second vouchers: goodwill payments"), total.goodwill),
        (say("Paid as goodwill"), total.goodwill_cents / 100),
        (say("To pay in all"), total.to_pay_cents / 100),
    ]
    counts = (
        say("Issued"),
        say("Redeemed"),
        say("Expired"),
        say("Given back"),
        say("Household paid"),
        say("Given by shop"),
        say("From the fund"),
        say("Second vouchers: goodwill payments"),
        say("Paid as goodwill"),
        say("To pay"),
    )
    write_xlsx(
        out,
        [
            SheetOut(say("Summary"), (say("What"), say("Value")), summary),
            SheetOut(
                say("Shops"),
                (say("Number"), say("Shop"), say("English"), *counts),
                [(one.shop, one.name_zh, one.name_en, *_cells(one.counts)) for one in figures.shops],
                frozenset({7, 8, 9, 11, 12}),
            ),
            SheetOut(
                say("Offers"),
                (say("Number"), say("Offer"), say("English"), say("Quota"), *counts),
                [(one.offer, one.title_zh, one.title_en, one.quota, *_cells(one.counts)) for one in figures.offers],
                frozenset({8, 9, 10, 12, 13}),
            ),
            SheetOut(
                say("Streets"),
                (say("Street"), *counts),
                [(name, *_cells(part)) for name, part in figures.streets],
                frozenset({5, 6, 7, 9, 10}),
            ),
            SheetOut(
                say("By household"),
                (say("Kind"), *counts),
                [(label(words, kind), *_cells(part)) for kind, part in figures.kinds],
                frozenset({5, 6, 7, 9, 10}),
            ),
            SheetOut(
                say("Exceptions"), (say("What"), say("Count")), [(label(words, kind), count) for kind, count in figures.exceptions.items()]
            ),
            SheetOut(
                say("Channels"),
                (say("Channel"), say("Count")),
                [(label(words, channel), count) for channel, count in figures.channels.items()],
            ),
            *(
                []
                if fund is None
                else [SheetOut(say("Fund"), (say("What"), say("Value")), fund_lines(words, fund, lambda cents: cents / 100))]
            ),
            *([] if goods is None else [_goods_sheet(words, goods)]),
        ],
    )


def _cells(counts: Counts) -> tuple[int, ...]:
    return (
        counts.issued,
        counts.redeemed,
        counts.expired,
        counts.returned,
        counts.household_cents,
        counts.shop_cents,
        counts.fund_cents,
        counts.goodwill,
        counts.goodwill_cents,
        counts.to_pay_cents,
    )


def _goods_sheet(words: Words, goods: GoodsMonth) -> SheetOut:
    say = words.say
    titles = month_titles(words)
    rows: list[tuple[OutCell, ...]] = [
        (
            one.item,
            label(words, one.unit),
            *(figure / ONE for figure in (one.opening, one.taken_in, one.given, one.disposed, one.adjusted, one.on_hand)),
        )
        for one in goods.items
    ]
    return SheetOut(say("Goods"), titles, rows)
