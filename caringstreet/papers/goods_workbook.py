"""The goods of a month as sheets of a workbook: figures as numbers, households by their number alone."""

from collections.abc import Sequence

from caringstreet.exchange.export import OutCell, SheetOut
from caringstreet.queries.goods_month import GoodsMonth
from caringstreet.queries.goods_movements import LedgerRow
from caringstreet.rules.goods import MovementKind
from caringstreet.rules.quantities import whole_or_decimal
from caringstreet.wording.labels import label
from caringstreet.words import Words


def goods_sheets(words: Words, figures: GoodsMonth, ledger: Sequence[LedgerRow]) -> list[SheetOut]:
    """All sheets; `ledger` is every entry of the month."""
    say = words.say
    items = (say("Goods"), say("Unit"), say("Before"), say("Taken in"), say("Given"), say("Thrown away"), say("Adjusted"), say("On hand"))
    moved = (say("Unit"), say("Taken in"), say("Given"), say("Thrown away"))
    runs = (say("Day"), say("Collected"), say("Given out"), say("Thrown away"), say("Left over"))
    return [
        SheetOut(say("Summary"), (say("What"), say("Value")), _summary(words, figures)),
        SheetOut(
            say("Goods of the month"),
            items,
            [
                (
                    one.item,
                    label(words, one.unit),
                    *map(whole_or_decimal, (one.opening, one.taken_in, one.given, one.disposed, one.adjusted, one.on_hand)),
                )
                for one in figures.items
            ],
        ),
        _movements(words, ledger),
        SheetOut(
            say("Bread runs"),
            runs,
            [(one.day, *map(whole_or_decimal, (one.collected, one.handed_out, one.disposed, one.left))) for one in figures.runs],
        ),
        _choice_days(words, figures),
        SheetOut(
            say("By giver"),
            (say("Giver"), *moved),
            [(one.name, label(words, one.unit), *map(whole_or_decimal, (one.taken_in, one.given, one.disposed))) for one in figures.givers],
        ),
        SheetOut(
            say("By week"),
            (say("From"), say("To"), *moved),
            [
                (week.first, week.last, label(words, one.unit), *map(whole_or_decimal, (one.taken_in, one.given, one.disposed)))
                for week in figures.weeks
                for one in week.parts
            ],
        ),
        SheetOut(
            say("Passed on to"),
            (say("Day"), say("Giver"), say("Goods"), say("Quantity"), say("Unit"), say("Passed on to")),
            [
                (
                    one.day,
                    one.giver,
                    one.item,
                    whole_or_decimal(one.quantity),
                    label(words, one.unit),
                    one.receiver or label(words, one.target),
                )
                for one in figures.allotted
            ],
        ),
    ]


def _summary(words: Words, figures: GoodsMonth) -> list[tuple[OutCell, ...]]:
    say = words.say
    return [
        (say("Month"), str(figures.month)),
        (say("Kilograms taken in"), figures.grams_in / 1000),
        (say("Kilograms given"), figures.grams_given / 1000),
        (say("Hand-outs without a weight"), figures.unweighed),
        (say("Donations"), figures.donations),
        (say("Donations declined"), figures.refused),
        (say("Households reached"), figures.reached),
        (say("Households never reached"), figures.never_reached),
        *((" · ".join((say("Times thrown away"), label(words, reason))), count) for reason, count in figures.disposed_by_reason.items()),
    ]


def _movements(words: Words, ledger: Sequence[LedgerRow]) -> SheetOut:
    say = words.say
    headers = (
        say("Entry"),
        say("Date"),
        say("Lot"),
        say("Receipt"),
        say("Goods"),
        say("Unit"),
        say("Quantity"),
        say("Kind"),
        say("Receiver"),
        say("People"),
        say("Reason"),
        say("Passed on to"),
        say("Recorded by"),
    )
    rows = [
        (
            one.movement_id,
            one.day,
            one.lot_id,
            one.receipt,
            one.item,
            label(words, one.unit),
            whole_or_decimal(one.quantity),
            label(words, one.kind),
            one.household or one.receiver or ("" if one.target is None else label(words, one.target)),
            one.people,
            _reason(words, one),
            "" if one.allotted_to is None else label(words, one.allotted_to),
            one.recorded_by,
        )
        for one in ledger
    ]
    return SheetOut(say("Movements"), headers, rows)


def _reason(words: Words, one: LedgerRow) -> str:
    """Why it was thrown away, or which entry it counters; never what somebody wrote about a household."""
    if one.kind is MovementKind.CORRECTION:
        return words.say("counters entry {n}", n=one.corrects)
    return "" if one.reason is None else label(words, one.reason)


def _choice_days(words: Words, figures: GoodsMonth) -> SheetOut:
    say = words.say
    headers = (
        say("Day"), say("Choice day"), say("Visitors"), say("Received"), say("Not fit"), say("Displayed"), say("Chosen"),
        say("Left over"), say("Kept"), say("Recycled"), say("Needs not met"),
    )  # fmt: skip
    names = ("received", "unfit", "displayed", "chosen", "left", "kept", "recycled")
    rows = [
        (one.day, one.name, one.visitors, *(whole_or_decimal(getattr(one, name)) for name in names), one.wishes)
        for one in figures.choice_days
    ]
    return SheetOut(say("Choice days"), headers, rows)
