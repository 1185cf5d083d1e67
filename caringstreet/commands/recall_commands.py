"""goods lots, goods recall."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from caringstreet.commands.desk import DONE, Desk
from caringstreet.queries import goods, recalls
from caringstreet.queries.goods import LotRow, LotView
from caringstreet.queries.recalls import RecallRow
from caringstreet.rules.quantities import whole_or_decimal
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.services import recalls as services
from caringstreet.wording.goods import amount
from caringstreet.wording.lots import first_text
from caringstreet.wording.recalls import head_lines, occasion_text, reach_text, who_text


def list_lots(desk: Desk) -> int:
    """Lots by words of their item, giver or place, with the number by which a recall knows them."""
    words, today = desk.words, desk.clock.today()
    street = desk.open()
    with street.database.reader() as reader:
        ids = goods.matching_ids(reader, LotView.ALL, " ".join(desk.options.words), today, desk.clock.now())
        rows = goods.rows(reader, ids, today)
    street.close()
    found = [rows[one] for one in ids]

    def line(one: LotRow) -> str:
        return " · ".join(
            (str(one.lot_id), one.item, amount(words, one.stock, one.unit), first_text(words, one.freshness, today), one.giver)
        )

    documents = [
        {"lot": one.lot_id, "item": one.item, "unit": one.unit, "on_hand": whole_or_decimal(one.stock), "day": one.day, "best_before": one.best_before, "use_by": one.use_by, "giver": one.giver, "receipt": one.number, "place": one.place}
        for one in found
    ]  # fmt: skip
    desk.answer(documents, *map(line, found))
    return DONE


def recall(desk: Desk) -> int:
    """Everybody who got of a lot; with --out on paper, which is noted since it names households."""
    options, words = desk.options, desk.words
    street = desk.open()
    with street.database.reader() as reader:
        found = recalls.of_lot(reader, options.lot, desk.clock.today())
    if found is None:
        raise RuleRefused(Refusal.GOODS_LOT_UNKNOWN, "lot", lot=options.lot)
    if options.out:
        # Drawing needs reportlab, which is slow to load.
        from caringstreet.papers.recalls import write_recall

        write_recall(street, found, Path(options.out), made_at=desk.clock.now())
        desk.record_paper(street, services.note_print, lot_id=found.lot.lot_id, households=found.households)
    street.close()
    document = {
        "lot": found.lot.lot_id,
        "item": found.lot.item,
        "unit": found.unit,
        **{name: whole_or_decimal(getattr(found, name)) for name in ("taken_in", "given", "disposed")},
        "on_hand": whole_or_decimal(found.lot.stock),
        "other_lots": found.others,
        "rows": [_row(one) for one in found.rows],
    }
    lines = [
        " · ".join(
            (
                who_text(words, one),
                words.date_short(one.day),
                amount(words, one.quantity, found.unit),
                occasion_text(words, one),
                reach_text(words, one),
            )
        )
        for one in found.rows
    ]
    desk.answer(document, found.lot.item, *head_lines(words, found), *lines)
    return DONE


def _row(one: RecallRow) -> dict[str, Any]:
    left_out = ("row_id", "household_id", "shop_id", "quantity")
    return {name: value for name, value in asdict(one).items() if name not in left_out} | {"quantity": whole_or_decimal(one.quantity)}
