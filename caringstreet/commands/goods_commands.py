"""report goods."""

from caringstreet.commands.desk import DONE, Desk
from caringstreet.goods_json import goods_json
from caringstreet.labels import label
from caringstreet.queries import goods_month
from caringstreet.queries.goods_month import GoodsMonth, ItemFigures
from caringstreet.rules.quantities import plain_quantity
from caringstreet.words import Words


def report_goods(desk: Desk) -> int:
    """The goods of a month: what came, went, was thrown away and is there."""
    options, words = desk.options, desk.words
    street = desk.open()
    with street.database.reader() as reader:
        figures = goods_month.figures(reader, options.month)
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
        came=plain_quantity(one.taken_in),
        given=plain_quantity(one.given),
        gone=plain_quantity(one.disposed),
        left=plain_quantity(one.on_hand),
    )


def _occasions(words: Words, figures: GoodsMonth) -> list[str]:
    lines = [
        words.say(
            "Bread run {day}: {came} collected, {given} handed out, {gone} thrown away",
            day=words.date_short(one.day),
            came=plain_quantity(one.collected),
            given=plain_quantity(one.handed_out),
            gone=plain_quantity(one.disposed),
        )
        for one in figures.runs
    ]
    lines += [
        words.say(
            "Choice day {day}: {received} received, {unfit} unfit, {displayed} displayed, {chosen} chosen, {kept} kept, {recycled} recycled, {visitors} visitors",
            day=words.date_short(one.day),
            received=plain_quantity(one.received),
            unfit=plain_quantity(one.unfit),
            displayed=plain_quantity(one.displayed),
            chosen=plain_quantity(one.chosen),
            kept=plain_quantity(one.kept),
            recycled=plain_quantity(one.recycled),
            visitors=one.visitors,
        )
        for one in figures.choice_days
    ]
    return lines
