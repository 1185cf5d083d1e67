"""Rows of donated goods in their three shapes: bread runs, choice days, all others."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from caringstreet.exchange.columns import ColumnMap, RowKind
from caringstreet.exchange.reading import Noted, ReadRows, RowReader, read_rows
from caringstreet.exchange.sheets import Sheet, SheetRow
from caringstreet.exchange.vocabulary import NOTHING, REASONS, STORAGES
from caringstreet.rules.goods import DisposalReason, GiverKind, StorageClass
from caringstreet.rules.inputs import BreadInput, ChoiceInput, GoodsInput
from caringstreet.rules.numerals import with_digits
from caringstreet.rules.quantities import NotAQuantity, Unit, parse_amount, parse_quantity, parse_unit, plain_quantity
from caringstreet.rules.refusals import Refusal
from caringstreet.rules.texts import clean, fold, tidy

#: What choice days are called where a sheet has no name.
_CHOICE_DAY = "週街士多"
_SHOP = re.compile(r"([A-Z]\d{1,3})(?:\s+|(?=[^\sA-Z0-9])|$)(.*)")
_NEIGHBOUR = re.compile(r"(街坊|住戶|neighbours?\b)", re.IGNORECASE)
_VISITORS = re.compile(r"(\d{1,6})\s*(?:人|位|名)?\s*(?:到場|入場|到訪|visitors|came)", re.IGNORECASE)
_LIMIT = re.compile(r"(?:每人|每位|each)\D{0,12}(\d{1,3})", re.IGNORECASE)
_ESTIMATE = re.compile(r"(?:估計|預計|estimate[ds]?)\s*[::]?\s*(\d+(?:\.\d+)?)", re.IGNORECASE)


@dataclass(frozen=True)
class _Crowd:
    """What a sentence under a choice day's table tells."""

    visitors: int | None = None
    pick_limit: int | None = None


def read_goods(sheet: Sheet, columns: ColumnMap) -> ReadRows[Any]:
    """The rows of a sheet in the shape of its columns; each error has one of the kinds in `error_words`.

    Refuses a row whose figures do not add up.
    """
    if columns.kind is RowKind.CHOICE_DAY:
        return _read_choice_days(sheet, columns)
    make: Mapping[RowKind, Callable[[RowReader], Any]] = {RowKind.BREAD_RUNS: _bread, RowKind.GOODS: _other}
    return read_rows(sheet, columns, make[columns.kind])


def _gift(row: RowReader) -> dict[str, Any]:
    row.must("day", "missing_date")
    day = row.day("day")
    giver = tidy(row.must("giver", "missing_giver"))
    item = tidy(row.must("item", "missing_item"))
    row.must("quantity", "missing_quantity")
    quantity = _quantity(row, "quantity")
    kind, shop, name = _giver(giver)
    return {
        "day": day,
        "giver": name,
        "giver_kind": str(kind),
        "shop": shop,
        "item": item,
        "quantity": quantity,
        "unit": str(_unit(row)),
        "storage": row.choice("storage", STORAGES, str(StorageClass.AMBIENT), "unknown_storage"),
        "best_before": row.day("best_before"),
        "note": tidy(row.text("note")),
    }


def _giver(text: str) -> tuple[GiverKind, str, str]:
    """「S04 金華餅店」 is a shop, 「街坊黃太」 a neighbour, anybody else a partner."""
    plain = clean(text)
    shop = _SHOP.fullmatch(plain.upper())
    if shop is not None:
        return GiverKind.SHOP, shop[1], plain[len(shop[1]) :].strip()
    return (GiverKind.NEIGHBOUR if _NEIGHBOUR.match(plain) else GiverKind.PARTNER), "", text


def _quantity(row: RowReader, name: str) -> int:
    return _amount(row, name)[0]


def _amount(row: RowReader, name: str) -> tuple[int, Unit | None]:
    """A quantity, with the unit that stands behind it in the same cell: 「2箱」, 「半打」, 「三包」."""
    text = row.text(name)
    if not text or text.casefold() in NOTHING:
        return 0, None
    for said in (text, with_digits(text)):
        try:
            return parse_amount(said)
        except NotAQuantity:
            continue
    raise Noted(row.error(name, NotAQuantity.kind))


def _unit(row: RowReader) -> Unit:
    """What stands behind the figure is nearer to what was counted than the column."""
    beside = _amount(row, "quantity")[1]
    text = row.text("unit")
    if beside is not None or not text:
        return beside or Unit.ITEM
    try:
        return parse_unit(re.sub(r"[(\[].*?[)\]]", "", clean(text)))
    except NotAQuantity as error:
        raise Noted(row.error("unit", "unknown_unit", units="、".join(Unit))) from error


def _reason(text: str) -> DisposalReason:
    folded = fold(text)
    return next((reason for reason, words in REASONS if any(fold(word) in folded for word in words)), DisposalReason.OTHER)


def _refuse_empty(row: RowReader, quantity: int) -> None:
    if not quantity:
        raise Noted(row.error("quantity", "missing_quantity"))


def _refuse_past(row: RowReader, gift: Mapping[str, Any], given: int) -> None:
    """Food was handed out on the row's day, so it was still good then."""
    best: date | None = gift["best_before"]
    if given and best is not None and gift["day"] > best:
        raise Noted(row.error("best_before", str(Refusal.GOODS_PAST_DATE), item=gift["item"], until=best))


def _figures(**thousandths: int) -> dict[str, Any]:
    return {name: plain_quantity(quantity) for name, quantity in thousandths.items()}


def _other(row: RowReader) -> GoodsInput:
    gift = _gift(row)
    quantity, given, disposed = gift["quantity"], _quantity(row, "given"), _quantity(row, "disposed")
    _refuse_empty(row, quantity)
    left = quantity - given - disposed
    if left < 0 or (row.text("on_hand") and _quantity(row, "on_hand") != left):
        name = "on_hand" if row.text("on_hand") else "given"
        facts = _figures(quantity=quantity, given=given, disposed=disposed, left=left)
        raise Noted(row.error(name, "stock_does_not_add_up", **facts))
    _refuse_past(row, gift, given)
    return GoodsInput(**gift, given=given, disposed=disposed, reason=str(_reason(row.text("reason") or row.text("note"))))


def _bread(row: RowReader) -> BreadInput:
    gift = _gift(row)
    quantity, to_households, to_group = gift["quantity"], _quantity(row, "to_households"), _quantity(row, "to_group")
    disposed = _quantity(row, "disposed")
    if to_households + to_group + disposed > quantity:
        gone = to_households + to_group + disposed
        facts = {"place": row.text("giver")} | _figures(gone=gone, collected=quantity)
        raise Noted(row.error("quantity", str(Refusal.RUN_OVER_COLLECTED), **facts))
    _refuse_past(row, gift, to_households + to_group)
    said = tidy(row.text("reason"))
    reason = _reason(said)
    return BreadInput(
        **gift,
        to_households=to_households,
        to_group=to_group,
        group_name=_group(row.header("to_group")),
        disposed=disposed,
        reason=str(reason),
        reason_note=said if reason is DisposalReason.OTHER else "",
        estimate=_estimate(row),
    )


def _group(header: str) -> str:
    """清潔工友 of 「派清潔工友」 or 「派 / 清潔工友」, cleaners of "Given to cleaners"."""
    return tidy(re.sub(r"^(?:派給?|(?:given )?to |for )", "", header.rsplit("/", 1)[-1].strip(), flags=re.IGNORECASE))


def _estimate(row: RowReader) -> int | None:
    """What the shop announced: in a column of its own, or in the words 「估計 18,實收 16」."""
    if row.text("estimate"):
        return _quantity(row, "estimate")
    said = _ESTIMATE.search(clean(row.text("note")))
    return parse_quantity(said[1]) if said else None


def _read_choice_days(sheet: Sheet, columns: ColumnMap) -> ReadRows[ChoiceInput]:
    told = {row.line: crowd for row in sheet.rows if (crowd := _crowd(row)) is not None}
    table = replace(sheet, rows=tuple(row for row in sheet.rows if row.line not in told))
    name = re.sub(r"[\s_]*\d{1,4}(?:[-/.年月]\d{1,2}){1,2}日?$", "", sheet.name).strip() or _CHOICE_DAY
    result = read_rows(table, columns, lambda row: _on_table(row, name))
    result.rows = [(line, _with_crowd(line, one, result.rows, told)) for line, one in result.rows]
    return result


def _crowd(row: SheetRow) -> _Crowd | None:
    """「62 人到場,每人最多 3 件」: how many came, and how much each might take."""
    filled = [text for text in row.texts if text]
    if not 0 < len(filled) <= 2:
        return None
    said = clean(",".join(filled))
    came, limit = _VISITORS.search(said), _LIMIT.search(said)
    if came is None and limit is None:
        return None
    return _Crowd(int(came[1]) if came else None, int(limit[1]) if limit else None)


def _with_crowd(line: int, one: ChoiceInput, rows: list[tuple[int, ChoiceInput]], told: Mapping[int, _Crowd]) -> ChoiceInput:
    """A sentence belongs to the day of the row above it, or of the first row where none is above."""
    for at, crowd in told.items():
        day = next((other.day for above, other in reversed(rows) if above < at), rows[0][1].day)
        if day == one.day:
            return replace(one, visitors=crowd.visitors, pick_limit=crowd.pick_limit)
    return one


def _on_table(row: RowReader, event: str) -> ChoiceInput:
    gift = _gift(row)
    quantity, unfit, displayed = gift["quantity"], _quantity(row, "unfit"), _quantity(row, "displayed")
    chosen, kept, recycled = _quantity(row, "chosen"), _quantity(row, "kept"), _quantity(row, "recycled")
    _refuse_empty(row, quantity)
    if quantity != unfit + displayed:
        facts = _figures(quantity=quantity, unfit=unfit, displayed=displayed, sum=unfit + displayed)
        raise Noted(row.error("quantity", "received_does_not_add_up", **facts))
    if displayed != chosen + kept + recycled:
        facts = _figures(displayed=displayed, chosen=chosen, kept=kept, recycled=recycled, sum=chosen + kept + recycled)
        raise Noted(row.error("displayed", "displayed_does_not_add_up", **facts))
    _refuse_past(row, gift, chosen)
    return ChoiceInput(**gift, unfit=unfit, chosen=chosen, recycled=recycled, event=event)
