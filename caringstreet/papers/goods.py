"""Draws the paper of goods of an open street: receipts, run sheets, signature lists, cards, the month."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from caringstreet.bootstrap import OpenStreet
from caringstreet.exchange.export import write_xlsx
from caringstreet.papers.goods_month import goods_pages
from caringstreet.papers.goods_workbook import goods_sheets
from caringstreet.papers.sender import sender
from caringstreet.printing.goods_month import print_goods_month
from caringstreet.printing.goods_receipt import PrintedReceipt, print_receipt
from caringstreet.printing.household_card import PrintedCard, print_household_cards
from caringstreet.printing.run_sheet import PrintedRun, PrintedStop, print_run_sheet
from caringstreet.printing.signature_sheet import PrintedGoods, PrintedList, PrintedRecipient, print_signature_sheet
from caringstreet.queries import distributions, goods_donations, goods_month, goods_movements, household_cards, runs
from caringstreet.queries.distributions import LineRow
from caringstreet.queries.goods_donations import DonationRow
from caringstreet.queries.goods_month import GoodsMonth
from caringstreet.queries.runs import StopRow
from caringstreet.rules.cards import household_card
from caringstreet.rules.households import PrintLanguage
from caringstreet.rules.months import Month
from caringstreet.rules.quantities import Unit
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.rules.runs import RunState, stop_mark
from caringstreet.wording.goods import amount
from caringstreet.wording.labels import label
from caringstreet.wording.runs import figure_names, group_of
from caringstreet.words import LANGUAGES, Words, words_for

_ZH, _EN = "zh_HK", "en"


def write_receipt(street: OpenStreet, donation_id: int, path: Path, *, made_at: datetime) -> int:
    """Write the receipt of a donation; returns its pages. Refuses an unknown donation and one that was not taken.

    Raises OSError; then no file appears.
    """
    with street.database.reader() as reader:
        found = goods_donations.rows(reader, [donation_id]).get(donation_id)
    if found is None:
        raise RuleRefused(Refusal.GOODS_DONATION_UNKNOWN)
    if found.refused_reason or found.taken_back:
        raise RuleRefused(Refusal.GOODS_NOT_TAKEN)
    zh, en = words_for(_ZH), words_for(_EN)
    receipt = PrintedReceipt(
        number=found.number,
        day=found.day,
        giver=found.giver,
        lines=[
            (_described(one.item, one.size), amount(zh, one.quantity, one.unit), amount(en, one.quantity, one.unit))
            for one in found.standing
        ],
        passed_on_to=_passed_on_to(found),
    )
    return print_receipt(receipt, path, **sender(street, made_at))


def write_run_sheet(street: OpenStreet, run_id: int, path: Path, *, made_at: datetime) -> int:
    """Write the sheet that goes along on a run; returns its pages. Refuses an unknown run and a cancelled one.

    Raises OSError; then no file appears.
    """
    with street.database.reader() as reader:
        run, stops, group = runs.row(reader, run_id), runs.stops(reader, run_id), runs.last_group(reader)
    if run is None:
        raise RuleRefused(Refusal.RUN_UNKNOWN)
    if run.state is RunState.CANCELLED:
        raise RuleRefused(Refusal.RUN_NOT_PLANNED, state=run.state)
    printed = PrintedRun(
        day=run.day,
        volunteers=run.volunteers,
        estimate=_estimate(stops),
        note=run.note,
        boxes=_boxes(group),
        stops=[
            PrintedStop(
                position=one.position,
                name_zh=f"{one.shop} {one.name_zh}".strip(),
                name_en=one.name_en,
                address=one.place if one.place != one.name_zh else "",
                opening=one.opening,
                estimate=_amounts({one.unit: one.estimate}),
                note=one.note,
                code=stop_mark(run_id, one.position),
            )
            for one in stops
        ],
    )
    return print_run_sheet(printed, path, **sender(street, made_at))


def _boxes(group: str) -> list[tuple[str, str]]:
    """What the screen asks of each stop, in its order, in both languages."""
    zh, en = (figure_names(words, group_of(words, group)) for words in (words_for(_ZH), words_for(_EN)))
    return list(zip(zh, en, strict=True))


def _estimate(stops: Sequence[StopRow]) -> tuple[str, str]:
    """What all shops together announced, unit by unit."""
    sums: dict[Unit, int | None] = {}
    for one in stops:
        if one.estimate is not None:
            sums[one.unit] = (sums.get(one.unit) or 0) + one.estimate
    return _amounts(sums)


def _amounts(quantities: Mapping[Unit, int | None]) -> tuple[str, str]:
    """Quantities in Chinese and in English; empty where nothing is known."""
    known = [(unit, quantity) for unit, quantity in quantities.items() if quantity is not None]
    zh, en = (" + ".join(amount(words_for(language), quantity, unit) for unit, quantity in known) for language in (_ZH, _EN))
    return zh, en


def write_signature_sheet(street: OpenStreet, distribution_id: int, path: Path, *, made_at: datetime) -> int:
    """Write a hand-out list to be signed by hand; returns its pages. Refuses an unknown list.

    A household stands on one strip with all that it is to receive. Raises OSError; then no file appears.
    """
    with street.database.reader() as reader:
        head, lines = distributions.row(reader, distribution_id), distributions.lines(reader, distribution_id)
    if head is None:
        raise RuleRefused(Refusal.DISTRIBUTION_UNKNOWN)
    recipients: dict[tuple[str, str], list[LineRow]] = {}
    totals: dict[str, dict[Unit, int | None]] = {}
    for one in lines:
        recipients.setdefault((one.household, one.group_name), []).append(one)
        sums = totals.setdefault(one.item, {})
        sums[one.unit] = (sums.get(one.unit) or 0) + one.quantity
    printed = PrintedList(
        name=head.name,
        day=head.day,
        recipients=[_recipient(one) for one in recipients.values()],
        totals=[(item, *_amounts(sums)) for item, sums in sorted(totals.items())],
    )
    return print_signature_sheet(printed, path, **sender(street, made_at))


def _recipient(lines: Sequence[LineRow]) -> PrintedRecipient:
    first = lines[0]
    zh = words_for(_ZH)
    spoken = "" if first.language in (None, PrintLanguage.ZH_HK) else label(zh, first.language)
    return PrintedRecipient(
        number=first.household,
        name=first.display_name or first.group_name,
        language=spoken,
        goods=tuple(PrintedGoods(one.item, amount(zh, one.quantity, one.unit), one.state) for one in lines),
    )


def write_household_cards(street: OpenStreet, household_ids: Sequence[int], path: Path, *, names: bool = True) -> int:
    """Write neighbour cards by household number, large ones for who reads large print; returns the pages.

    Without `names` only the number is on a card. Refuses where nobody was chosen. Raises OSError; then
    no file appears.
    """
    with street.database.reader() as reader:
        found = household_cards.rows(reader, household_ids)
    if not found:
        raise RuleRefused(Refusal.NOTHING_TO_DO)
    cards = [PrintedCard(one.number, one.display_name if names else "", one.language, one.large_print) for one in found]
    settings = street.settings
    return print_household_cards(
        cards, path, payload=household_card, street=settings.name, team=settings.team, phone=settings.phone, practice=street.practice
    )


def write_goods_month(street: OpenStreet, figures: GoodsMonth, number: int | None, path: Path, *, made_at: datetime) -> int:
    """Write the goods of a month, first in Chinese, then in English; returns the pages.

    `number` is that of the summary it belongs to, None where it stands alone. Raises OSError; then no
    file appears.
    """
    parts = [goods_pages(words_for(language), street.settings, figures, number, made_at) for language in LANGUAGES]
    return print_goods_month(parts, path, author=street.settings.team, practice=street.practice)


def write_goods_xlsx(street: OpenStreet, month: Month, path: Path, words: Words) -> None:
    """Write the ledger of a month with its figures as a workbook, in one language. Raises OSError."""
    with street.database.reader() as reader:
        figures, ledger = goods_month.figures(reader, month), goods_movements.of_month(reader, month)
    write_xlsx(path, goods_sheets(words, figures, ledger))


def _described(item: str, size: str) -> str:
    return f"{item}（{size}）" if size else item


def _passed_on_to(donation: DonationRow) -> tuple[str, str]:
    """The shop, or what the team and the like are called in both languages."""
    target = donation.allotted_to
    if target is None:
        return "", ""
    return donation.receiver or label(words_for(_ZH), target), donation.receiver or label(words_for(_EN), target)
