"""report goods."""

from pathlib import Path

from caringstreet.commands.desk import DONE, Desk
from caringstreet.papers.goods_json import goods_json
from caringstreet.queries import goods_month
from caringstreet.queries.goods_month import GoodsMonth, ItemFigures
from caringstreet.wording.goods import figure
from caringstreet.wording.labels import label
from caringstreet.words import Words


def report_goods(desk: Desk) -> int:
    """The goods of a month: what came, went, was thrown away and is there; also as PDF and as XLSX."""
    options, words = desk.options, desk.words
    street = desk.open()
    with street.database.reader() as reader:
        figures = goods_month.figures(reader, options.month)
    if options.out or options.xlsx:
        # Drawing needs reportlab, which is slow to load.
        from caringstreet.papers.goods import write_goods_month, write_goods_xlsx

        if options.out:
            write_goods_month(street, figures, None, Path(options.out), made_at=desk.clock.now())
        if options.xlsx:
            write_goods_xlsx(street, options.month, Path(options.xlsx), words)
    street.close()
    desk.answer(goods_json(figures), *_lines(words, figures))
    return DONE


def _lines(words: Words, figures: GoodsMonth) -> list[str]:
    """The same for people: a line for each item, run and choice day."""
    if figures.empty:
        return [words.month(figures.month), words.say("No goods this month.")]
    return [words.month(figures.month), *(_item(words, one) for one in figures.items), *_occasions(words, figures)]


def _item(words: Words, one: ItemFigures) -> str:
    return words.say(
        "{item} ({unit}): {came} in, {given} out, {gone} thrown away, {left} on hand",
        item=one.item,
        unit=label(words, one.unit),
        came=figure(one.taken_in),
        given=figure(one.given),
        gone=figure(one.disposed),
        left=figure(one.on_hand),
    )


def _occasions(words: Words, figures: GoodsMonth) -> list[str]:
    lines = [
        words.say(
            "Bread run {day}: {came} collected, {given} given out, {gone} thrown away",
            day=words.date_short(one.day),
            came=figure(one.collected),
            given=figure(one.handed_out),
            gone=figure(one.disposed),
        )
        for one in figures.runs
    ]
    lines += [
        words.say(
            "Choice day {day}: {received} received, {unfit} not fit, {displayed} displayed, {chosen} chosen, {kept} kept, {recycled} recycled, {visitors} visitors",
            day=words.date_short(one.day),
            received=figure(one.received),
            unfit=figure(one.unfit),
            displayed=figure(one.displayed),
            chosen=figure(one.chosen),
            kept=figure(one.kept),
            recycled=figure(one.recycled),
            visitors=one.visitors,
        )
        for one in figures.choice_days
    ]
    return lines
