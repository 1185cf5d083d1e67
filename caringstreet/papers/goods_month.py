"""Words the goods of a month for paper: figures in, texts and tables of one language out."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from caringstreet.printing.flow import Column, Grid
from caringstreet.printing.goods_month import GoodsPages, GoodsSection
from caringstreet.queries.goods_month import AllottedFigures, GoodsMonth, ItemFigures, PartFigures
from caringstreet.queries.street import StreetRow
from caringstreet.rules.chart import PairedBars
from caringstreet.rules.quantities import Unit
from caringstreet.wording.goods import amount, figure
from caringstreet.wording.labels import label
from caringstreet.words import Words

_Row = TypeVar("_Row", ItemFigures, PartFigures)


def goods_pages(words: Words, street: StreetRow, figures: GoodsMonth, number: int | None, made_at: datetime) -> GoodsPages:
    """The pages of one language; `number` is that of the provisional summary to which they belong."""
    say = words.say
    return GoodsPages(
        title=say("{street}: goods of {month}", street=street.name, month=words.month(figures.month)),
        mark=say("Provisional") if number is None else say("Provisional no. {n}", n=number),
        headline=(
            (amount(words, _kilograms(figures.grams_given), Unit.KILOGRAM), say("given to neighbours")),
            (words.number(figures.donations), say("donations")),
            (words.number(figures.reached), say("households reached")),
            (words.number(figures.never_reached), say("never reached")),
            (words.number(sum(figures.disposed_by_reason.values())), say("times thrown away")),
        ),
        lines=_lines(words, figures),
        chart=PairedBars(
            say("Bread runs: collected and given out"),
            _days(figures),
            (say("Collected"), say("Given out")),
            tuple(one.collected for one in figures.runs),
            tuple(one.handed_out for one in figures.runs),
        ),
        sections=tuple(section for section in _sections(words, figures) if section.grid.rows),
        signatures=(say("Prepared by"), say("Supervisor"), say("Date")),
        foot=say("{team} · made {when}", team=street.team, when=words.moment(made_at)),
        page_of=say("page {n} of {total}", n="{n}", total="{total}"),
        language="zh-HK" if words.language == "zh_HK" else "en-HK",
    )


def _days(figures: GoodsMonth) -> tuple[str, ...]:
    """Day and month under the bars, or the day alone where there are many."""
    few = len(figures.runs) <= 16
    return tuple(f"{one.day.day}/{one.day.month}" if few else str(one.day.day) for one in figures.runs)


def _kilograms(grams: int) -> int:
    """Thousandths of a kilogram to one decimal, as people weigh."""
    return round(grams / 100) * 100


def _lines(words: Words, figures: GoodsMonth) -> tuple[str, ...]:
    """What the headline leaves out."""
    say = words.say
    if figures.empty:
        return (say("Nothing of goods was recorded in this month."),)
    thrown = [amount(words, total, unit) for unit, total in _by_unit(figures.items, lambda one: one.disposed) if total]
    weighed = say("{taken_in} taken in, as far as it has a weight", taken_in=amount(words, _kilograms(figures.grams_in), Unit.KILOGRAM))
    lines = [
        weighed,
        words.say_count(
            "{n} hand-out has no weight and is not in the kilograms",
            "{n} hand-outs have no weight and are not in the kilograms",
            figures.unweighed,
        )
        if figures.unweighed
        else "",
        say("Thrown away: {amounts}", amounts=("、" if words.language == "zh_HK" else ", ").join(thrown)) if thrown else "",
        words.say_count("{n} donation was declined", "{n} donations were declined", figures.refused) if figures.refused else "",
    ]
    return tuple(line for line in lines if line)


def _sections(words: Words, figures: GoodsMonth) -> Iterable[GoodsSection]:
    yield _items(words, figures.items)
    yield _runs(words, figures)
    yield _choice_days(words, figures)
    yield GoodsSection(_parts(words, words.say("By giver"), words.say("Giver"), figures.givers))
    weeks = [
        PartFigures(f"{week.first.day}–{week.last.day}/{week.last.month}", part.unit, part.taken_in, part.given, part.disposed)
        for week in figures.weeks
        for part in week.parts
    ]
    yield GoodsSection(_parts(words, words.say("By week"), words.say("Week"), weeks))
    yield _allotted(words, figures.allotted)
    reasons = [(label(words, reason), words.number(count)) for reason, count in figures.disposed_by_reason.items()]
    columns = (Column(words.say("Reason")), Column(words.say("Times"), figures=True))
    total = (words.say("Together"), words.number(sum(figures.disposed_by_reason.values())))
    yield GoodsSection(Grid(columns, reasons, (total,), words.say("Why it was thrown away")))


def _columns(*titles: str, names: int = 1) -> tuple[Column, ...]:
    return tuple(Column(title, figures=place >= names) for place, title in enumerate(titles))


def _by_unit(rows: Sequence[_Row], value: Callable[[_Row], int]) -> list[tuple[Unit, int]]:
    """Sums for each unit; units are never added to each other."""
    sums: dict[Unit, int] = {}
    for one in rows:
        sums[one.unit] = sums.get(one.unit, 0) + value(one)
    return [(unit, sums[unit]) for unit in Unit if unit in sums]


def _items(words: Words, rows: Sequence[ItemFigures]) -> GoodsSection:
    say = words.say
    columns = _columns(
        say("Goods"),
        say("Unit"),
        say("Before"),
        say("Taken in"),
        say("Given"),
        say("Thrown away"),
        say("Adjusted"),
        say("On hand"),
        names=2,
    )
    totals = [
        ItemFigures(
            say("Together"),
            unit,
            opening,
            *(
                sum(getattr(one, name) for one in rows if one.unit is unit)
                for name in ("taken_in", "given", "disposed", "adjusted", "on_hand")
            ),
        )
        for unit, opening in _by_unit(rows, lambda one: one.opening)
    ]
    grid = Grid(columns, [_item_row(words, one) for one in rows], [_item_row(words, one) for one in totals], say("Goods of the month"))
    wrong = tuple(
        say("Does not add up: {item}. Please tell the people who make this program.", item=one.item) for one in rows if not _adds_up(one)
    )
    return GoodsSection(grid, wrong or tuple(_sum_line(words, one) for one in totals))


def _adds_up(one: ItemFigures) -> bool:
    return one.on_hand == one.opening + one.taken_in - one.given - one.disposed + one.adjusted


def _item_row(words: Words, one: ItemFigures) -> tuple[str, ...]:
    numbers = (one.opening, one.taken_in, one.given, one.disposed, one.adjusted, one.on_hand)
    return one.item, label(words, one.unit), *(figure(number) for number in numbers)


def _sum_line(words: Words, one: ItemFigures) -> str:
    return words.say(
        "It adds up ({unit}): {opening} + {taken_in} – {given} – {disposed} {sign} {adjusted} = {on_hand}",
        unit=label(words, one.unit),
        opening=figure(one.opening),
        taken_in=figure(one.taken_in),
        given=figure(one.given),
        disposed=figure(one.disposed),
        sign="–" if one.adjusted < 0 else "+",
        adjusted=figure(abs(one.adjusted)),
        on_hand=figure(one.on_hand),
    )


def _runs(words: Words, figures: GoodsMonth) -> GoodsSection:
    say = words.say
    rows = [(words.date_short(one.day), *map(figure, (one.collected, one.handed_out, one.disposed, one.left))) for one in figures.runs]
    collected, handed_out, disposed, left = (
        sum(getattr(one, name) for one in figures.runs) for name in ("collected", "handed_out", "disposed", "left")
    )
    total = (say("Together"), *map(figure, (collected, handed_out, disposed, left)))
    columns = _columns(say("Day"), say("Collected"), say("Given out"), say("Thrown away"), say("Left over"))
    added = say(
        "{n} runs: {collected} collected = {handed_out} given out + {disposed} thrown away + {left} left over",
        n=len(rows),
        collected=figure(collected),
        handed_out=figure(handed_out),
        disposed=figure(disposed),
        left=figure(left),
    )
    return GoodsSection(Grid(columns, rows, (total,), say("Bread runs")), (added,) if rows else ())


def _choice_days(words: Words, figures: GoodsMonth) -> GoodsSection:
    say = words.say
    columns = _columns(
        say("Choice day"),
        say("Visitors"),
        say("Received"),
        say("Not fit"),
        say("Displayed"),
        say("Chosen"),
        say("Kept"),
        say("Recycled"),
        say("Needs not met"),
    )
    rows, notes = [], []
    for one in figures.choice_days:
        numbers = (one.received, one.unfit, one.displayed, one.chosen, one.kept, one.recycled)
        rows.append(
            (" ".join((words.date_short(one.day), one.name)), words.number(one.visitors), *map(figure, numbers), words.number(one.wishes))
        )
        notes.append(
            say(
                "{name}: {received} received = {unfit} not fit + {displayed} displayed; {displayed} = {chosen} chosen + {kept} kept + {recycled} recycled",
                name=one.name,
                **{name: figure(getattr(one, name)) for name in ("received", "unfit", "displayed", "chosen", "kept", "recycled")},
            )
        )
    return GoodsSection(Grid(columns, rows, (), say("Choice days")), tuple(notes))


def _parts(words: Words, title: str, name: str, parts: Sequence[PartFigures]) -> Grid:
    say = words.say
    columns = _columns(name, say("Unit"), say("Taken in"), say("Given"), say("Thrown away"), names=2)
    totals = [
        PartFigures(
            say("Together"),
            unit,
            taken_in,
            *(sum(getattr(one, part) for one in parts if one.unit is unit) for part in ("given", "disposed")),
        )
        for unit, taken_in in _by_unit(parts, lambda one: one.taken_in)
    ]

    def row(one: PartFigures) -> tuple[str, ...]:
        return one.name, label(words, one.unit), figure(one.taken_in), figure(one.given), figure(one.disposed)

    return Grid(columns, [row(one) for one in parts], [row(one) for one in totals], title)


def _allotted(words: Words, rows: Sequence[AllottedFigures]) -> GoodsSection:
    say = words.say
    columns = _columns(say("Day"), say("Giver"), say("Goods"), say("Passed on to"), say("Quantity"), names=4)
    told = [
        (words.date_short(one.day), one.giver, one.item, one.receiver or label(words, one.target), amount(words, one.quantity, one.unit))
        for one in rows
    ]
    return GoodsSection(Grid(columns, told, (), say("Passed on to shops and the team")))
