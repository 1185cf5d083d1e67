"""What an import writes of a row, in words: what the row is called, and its fields before and after."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from caringstreet.exchange.columns import title_of
from caringstreet.exchange.headers import GOODS_SHAPES, RowKind
from caringstreet.rules.fund import FundKind
from caringstreet.rules.goods import DisposalReason, StorageClass
from caringstreet.rules.quantities import plain_quantity
from caringstreet.wording.labels import LABELS, label
from caringstreet.wording.terms import terms_text
from caringstreet.words import Words, mark

#: What a form knows beside the columns of a sheet.
_MORE = {
    "agreement_from": mark("Agreement from"),
    "joined_on": mark("Joined on"),
    "street": mark("Street"),
    "shop": mark("Shop"),
    "min_spend_cents": mark("Minimum spend"),
    "validity_days": mark("Days of validity"),
    "validity_until": mark("Valid until"),
}
#: Rows keep these as plain texts.
_KINDS: Mapping[str, type[StrEnum]] = {"fund.kind": FundKind, "goods.storage": StorageClass, "goods.reason": DisposalReason}
_QUANTITIES = frozenset({"quantity", "given", "disposed", "to_households", "to_group", "estimate", "unfit", "chosen", "recycled"})


#: What the name of a row says already.
NAMED = frozenset(
    {"code", "name_zh", "title_zh", "number", "display_name", "household", "name", "day", "text", "giver", "item", "quantity", "unit"}
)


@dataclass(frozen=True)
class FieldWords:
    """One field of a row; `before` is empty where the row is new."""

    name: str
    title: str
    before: str
    after: str


def row_name(words: Words, kind: RowKind, row: Any) -> str:
    """By what a person knows the row: S07 金華餅店; for a ledger its day and what it is."""
    if kind is RowKind.SHOPS:
        return f"{row.code} {row.name_zh}"
    if kind is RowKind.OFFERS:
        return f"{row.code} {row.terms.title_zh}"
    if kind is RowKind.HOUSEHOLDS:
        return f"{row.number} {row.display_name}"
    if kind is RowKind.MEMBERS:
        return f"{row.household} {row.name}"
    if kind is RowKind.FUND:
        return f"{words.date_short(row.day)} {row.text}".strip()
    return f"{words.date_short(row.day)} {row.shop or row.giver} {row.item} {plain_quantity(row.quantity)}{row.unit}"


def row_fields(words: Words, kind: RowKind, after: Any, before: Any | None = None) -> list[FieldWords]:
    """Of a changed row the fields that change, of a new one all that say something."""
    new, old = _flat(words, kind, after), {} if before is None else _flat(words, kind, before)
    found = []
    for name, said in new.items():
        was = old.get(name, "")
        title = _title(words, kind, name)
        if title and said != was:
            found.append(FieldWords(name, title, was, said))
    return found


def _title(words: Words, kind: RowKind, name: str) -> str:
    try:
        return title_of(kind, name, words.language)
    except KeyError:
        return words.say(_MORE[name]) if name in _MORE else ""


def _flat(words: Words, kind: RowKind, row: Any) -> dict[str, str]:
    """The fields of a form by the columns in which a sheet keeps them."""
    found: dict[str, str] = {}
    for one in fields(row):
        value = getattr(row, one.name)
        if one.name == "contacts":
            first = value[0] if value else None
            for column, name in (("contact", "name"), ("phone", "phone"), ("whatsapp", "whatsapp")):
                found[column] = getattr(first, name, "")
        elif one.name == "checks":
            found["categories"] = "、".join(dict.fromkeys(check.category for check in value))
            ends = [check.valid_until for check in value if check.valid_until]
            found["eligible_until"] = words.date_short(max(ends)) if ends else ""
        elif one.name == "terms":
            found |= _flat(words, kind, value)
            found["window"] = terms_text(words, value)
        else:
            found[one.name] = _text(words, kind, one.name, value)
    return found


def _text(words: Words, kind: RowKind, name: str, value: Any) -> str:
    group = "goods" if kind in GOODS_SHAPES else str(kind)
    as_kind = _KINDS.get(f"{group}.{name}")
    if as_kind is not None and isinstance(value, str) and value:
        value = as_kind(value)
    tellers: tuple[tuple[bool, Callable[[], str]], ...] = (
        (value is None or value in ("", ()), lambda: ""),
        (isinstance(value, bool), lambda: words.say("yes") if value else ""),
        (isinstance(value, StrEnum) and (type(value), value) in LABELS, lambda: label(words, value)),
        (isinstance(value, date), lambda: words.date_short(value)),
        (name.endswith("_cents"), lambda: words.money(value) if value else ""),
        (group == "goods" and name in _QUANTITIES, lambda: plain_quantity(value) if value else ""),
        (name == "rest_days", lambda: words.weekdays(value) if value else ""),
        (isinstance(value, tuple), lambda: "、".join(_part(one) for one in value)),
    )
    return next((tell() for fits, tell in tellers if fits), str(value))


def _part(one: Any) -> str:
    """One of several, such as a member: 陳婆婆(1948)."""
    if not is_dataclass(one):
        return str(one)
    name, born = getattr(one, "name", ""), getattr(one, "birth_year", None)
    return f"{name}({born})" if born else str(name)
