"""Finds the headers of a sheet below its titles and maps them by name."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from caringstreet.exchange.spreadsheets import Sheet, SheetTrouble, UnreadableSheet, cell_text
from caringstreet.rules.texts import fold

_LOOK_AT_ROWS = 20


class RowKind(StrEnum):
    """What the rows of a sheet are."""

    SHOPS = "shops"
    OFFERS = "offers"
    HOUSEHOLDS = "households"
    MEMBERS = "members"
    FUND = "fund"
    GOODS = "goods"
    BREAD_RUNS = "bread_runs"
    CHOICE_DAY = "choice_day"
    PLAN = "plan"


#: What a person chooses to import; sheets of goods have three shapes, told apart by their headers.
IMPORTED = (RowKind.SHOPS, RowKind.OFFERS, RowKind.HOUSEHOLDS, RowKind.MEMBERS, RowKind.FUND, RowKind.GOODS)
GOODS_SHAPES = (RowKind.GOODS, RowKind.BREAD_RUNS, RowKind.CHOICE_DAY)

#: Columns that every sheet of goods has, before and after its figures.
_GIFT = {
    "day*": ("日期", "date", "day"),
    "giver*": ("捐贈者", "捐贈人", "捐贈商戶", "商戶", "giver", "donor", "from"),
    "item*": ("物品", "項目", "item", "goods"),
}
_KEPT = {
    "unit": ("單位", "unit"),
    "storage": ("儲存", "存放", "儲存方式", "storage"),
    "best_before": ("最佳食用日期", "此日期前最佳", "到期日", "best before"),
}
_NOTE = {"note": ("備註", "note", "remarks")}


#: By kind and field: the names under which people keep it; the first is ours. Starred fields must be there.
HEADERS: Mapping[RowKind, Mapping[str, tuple[str, ...]]] = {
    RowKind.SHOPS: {
        "code*": ("編號", "code", "shop", "商戶編號", "number"),
        "name_zh*": ("商戶名稱", "商戶", "名稱", "店名", "name", "chinese name", "name_zh"),
        "name_en": ("英文名稱", "英文名", "english name", "name_en"),
        "kind": ("類別", "種類", "行業", "kind", "type"),
        "street": ("街道", "street"),
        "address": ("地址", "address"),
        "landmark": ("地標", "位置", "landmark"),
        "contact": ("聯絡人", "contact"),
        "phone": ("電話", "phone", "tel", "telephone"),
        "whatsapp": ("whatsapp", "whatsapp 號碼"),
        "joined_on": ("參與日期", "加入日期", "joined"),
        "agreement_until": ("約定到期", "到期日", "agreement until"),
        "collecting": ("收券方式", "收券", "collecting"),
        "settlement": ("結算方式", "結算", "settlement"),
        "state": ("狀態", "state", "status"),
        "opening": ("營業時間", "opening"),
        "rest_days": ("休息日", "rest days"),
        "note": ("備註", "note", "remarks"),
    },
    RowKind.OFFERS: {
        "code*": ("編號", "優惠編號", "code", "offer", "number"),
        "shop": ("商戶編號", "商戶", "shop"),
        "title_zh*": ("優惠名稱", "優惠", "名稱", "title"),
        "title_en": ("英文名稱", "english title", "title_en"),
        "kind": ("種類", "類別", "kind"),
        "list_cents": ("原價", "list price", "price"),
        "household_cents": ("住戶付", "household pays"),
        "shop_cents": ("商戶承擔", "shop bears"),
        "fund_cents": ("計劃承擔", "fund bears"),
        "percent": ("折扣", "百分比", "percent"),
        "min_spend_cents": ("最低消費", "買滿", "minimum spend"),
        "monthly_quota": ("月額", "每月名額", "quota", "monthly quota"),
        "per_household_month": ("每戶每月上限", "每戶上限", "per household"),
        "categories": ("適用對象", "對象", "categories", "for whom"),
        "window": ("適用時間", "時段", "時間", "hours", "when"),
        "validity": ("有效期", "validity", "valid until"),
        "state": ("狀態", "state", "status"),
        "note": ("備註", "note", "remarks"),
    },
    RowKind.HOUSEHOLDS: {
        "number*": ("編號", "住戶編號", "number", "household"),
        "display_name*": ("戶主稱呼", "稱呼", "戶主", "姓名", "name"),
        "size": ("人數", "size", "persons"),
        "members": ("成員", "members"),
        "language": ("語言", "language"),
        "categories": ("資格類別", "資格", "categories", "eligibility"),
        "eligible_until": ("資格有效至", "有效至", "eligible until"),
        "phone": ("電話", "phone", "tel", "telephone"),
        "contact_way": ("聯絡方式", "contact way"),
        "street_address": ("街道", "地址", "street", "address"),
        "building": ("大廈", "大廈名稱", "building"),
        "floor": ("樓層", "樓", "floor"),
        "unit": ("單位", "室", "unit"),
        "lift": ("有𨋢", "有升降機", "升降機", "lift"),
        "large_print": ("大字版", "大字", "large print"),
        "consent_on": ("同意書日期", "同意日期", "consent"),
        "referral": ("轉介", "轉介機構", "referral"),
        "state": ("狀態", "state", "status"),
        "note": ("備註", "note", "remarks"),
    },
    RowKind.MEMBERS: {
        "household*": ("住戶編號", "編號", "household", "number"),
        "name*": ("姓名", "成員", "稱呼", "name", "member"),
        "birth_year": ("出生年份", "出生年", "年份", "birth year", "born"),
        "relation": ("關係", "relation"),
    },
    RowKind.FUND: {
        "day*": ("日期", "date", "day"),
        "kind*": ("類別", "種類", "kind"),
        "text": ("摘要", "項目", "text", "description"),
        "in_cents": ("收入", "income", "in"),
        "out_cents": ("支出", "spending", "outgo", "out", "expense"),
        "note": ("備註", "note", "remarks"),
    },
    RowKind.GOODS: {
        **_GIFT,
        "quantity*": ("數量", "收到", "quantity", "count"),
        **_KEPT,
        "given": ("派發", "派出", "given out", "handed out", "out"),
        "disposed": ("棄置", "掉棄", "thrown away", "disposed"),
        "reason": ("棄置原因", "原因", "reason"),
        "on_hand": ("結存", "存貨", "on hand", "left"),
        **_NOTE,
    },
    RowKind.BREAD_RUNS: {
        **_GIFT,
        "quantity*": ("數量", "收到", "收集", "實收", "quantity", "collected"),
        **_KEPT,
        "to_households*": ("派住戶", "派街坊", "to households"),
        "to_group": ("派清潔工友", "派工友", "派團體", "to cleaners", "to a group"),
        "disposed": ("棄置", "掉棄", "thrown away", "disposed"),
        "reason": ("棄置原因", "原因", "reason"),
        "estimate": ("預告", "估計", "預計", "estimate"),
        **_NOTE,
    },
    RowKind.CHOICE_DAY: {
        **_GIFT,
        "quantity*": ("收到", "數量", "received", "quantity"),
        **_KEPT,
        "unfit": ("不合用", "不適用", "not fit", "unfit"),
        "displayed*": ("陳列", "displayed"),
        "chosen*": ("選走", "取走", "揀走", "chosen", "taken"),
        "kept": ("留存", "保留", "kept"),
        "recycled": ("回收", "recycled"),
        **_NOTE,
    },
    RowKind.PLAN: {
        "day*": ("日期", "date", "day"),
        "household*": ("住戶", "住戶編號", "household"),
        "offer*": ("優惠", "優惠編號", "offer"),
        "count": ("張數", "數量", "count"),
        "note": ("備註", "note"),
    },
}


class FoundBy(StrEnum):
    """How a field's column was found."""

    NAME = "name"
    CONTENT = "content"
    GIVEN = "given"  # by a person, now or remembered


#: In a mapping: a column that no field shall take.
UNREAD = "-"


@dataclass(frozen=True)
class ColumnMap:
    """Where each field stands: `columns` by field, `headers` as written in `header_line`, the last line of them.

    `found_by` tells of each field how its column was found; `id_columns` look like identity card numbers: they are
    never read, sampled or remembered. `values` are some of the first cells of each column.
    """

    kind: RowKind
    header_line: int
    headers: tuple[str, ...]
    columns: Mapping[str, int]
    found_by: Mapping[str, FoundBy] = field(default_factory=dict)
    id_columns: frozenset[int] = frozenset()
    values: tuple[tuple[str, ...], ...] = ()

    def samples(self, index: int) -> tuple[str, ...]:
        """Up to three different values of a column; none of identity card numbers."""
        return self.values[index] if index < len(self.values) and index not in self.id_columns else ()

    @property
    def shape(self) -> str:
        """The same for every sheet of this kind with the same headers: by it a corrected mapping is remembered."""
        said = "\x1f".join((str(self.kind), *(fold(header) for header in self.headers)))
        return hashlib.sha256(said.encode()).hexdigest()

    def key(self, index: int) -> str:
        """The name by which a mapping means a column: its header, numbered where it stands twice or is empty."""
        header = self.headers[index]
        same = [at for at, one in enumerate(self.headers) if fold(one) == fold(header)]
        return header if header and same[0] == index else f"{header}#{same.index(index) + 1 if header else index + 1}"

    def mapping(self) -> dict[str, str]:
        """{header: field} of every column with a field, "-" for the others: what is remembered for sheets of this shape."""
        fields = {index: name for name, index in self.columns.items()}
        return {
            self.key(index): fields.get(index, UNREAD)
            for index in range(len(self.headers))
            if index not in self.id_columns and (self.headers[index] or index in fields)
        }

    def mapped(self, given: Mapping[str, str]) -> "ColumnMap":
        """The same map with these {header: field}; the field "-" leaves a column unread.

        Raises UnreadableSheet where the sheet has no such column, or the kind no such field.
        """
        found, by_key = self, {fold(self.key(index)): index for index in reversed(range(len(self.headers)))}
        for header, name in given.items():
            index = by_key.get(fold(header))
            if index is None or index in self.id_columns:
                raise UnreadableSheet(SheetTrouble.NO_SUCH_COLUMN, column=header, headers=", ".join(filter(None, self.headers)))
            if name != UNREAD and name not in fields_of(self.kind):
                raise UnreadableSheet(SheetTrouble.NO_SUCH_FIELD, field=name, fields=", ".join(fields_of(self.kind)))
            found = found.unread(index) if name == UNREAD else found.corrected(name, index)
        return found

    def unread(self, index: int) -> "ColumnMap":
        """The same map with no field for a column."""
        return replace(self, columns={name: at for name, at in self.columns.items() if at != index})

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields that must be there and are not."""
        needed = (name[:-1] for name in HEADERS[self.kind] if name.endswith("*"))
        return tuple(name for name in needed if name not in self.columns)

    def header(self, name: str) -> str:
        """The header of a field as it is written; our own name for it where the column is absent."""
        index = self.columns.get(name)
        return self.headers[index] if index is not None else title_of(self.kind, name)

    def corrected(self, name: str, index: int | None) -> "ColumnMap":
        """The same map with one field moved to another column, or to none."""
        columns = {field: at for field, at in self.columns.items() if field != name and at != index}
        if index is not None:
            columns[name] = index
        return replace(self, columns=columns, found_by={**self.found_by, name: FoundBy.GIVEN})


def fields_of(kind: RowKind) -> tuple[str, ...]:
    """The fields of a kind, in their order."""
    return tuple(name.removesuffix("*") for name in HEADERS[kind])


def title_of(kind: RowKind, name: str, language: str = "zh_HK") -> str:
    """Our own header for a field; in English the first English one that is understood."""
    known = HEADERS[kind]
    names = known[name + "*" if name + "*" in known else name]
    if language == "zh_HK":
        return names[0]
    english = next((one for one in names if one.isascii()), names[0])
    return english[:1].upper() + english[1:]


def find_columns(sheet: Sheet, kind: RowKind, mapping: Mapping[str, str] | None = None) -> ColumnMap:
    """Take as headers the row among the first twenty in which most names are known; `mapping` is {header: field}.

    Raises UnreadableSheet where no row has two of them.
    """
    best: ColumnMap | None = None
    for row in sheet.rows[:_LOOK_AT_ROWS]:
        headers = tuple(cell_text(cell) for cell in row.cells)
        found = ColumnMap(kind, row.line, headers, _mapped(kind, headers))
        if best is None or len(found.columns) > len(best.columns):
            best = found
    if best is None or len(best.columns) < 2:
        raise UnreadableSheet(SheetTrouble.NO_HEADERS, expected=", ".join(title_of(kind, n) for n in fields_of(kind)))
    return best.mapped(mapping or {})


def find_goods_columns(sheet: Sheet, mapping: Mapping[str, str] | None = None) -> ColumnMap:
    """The columns of the shape of goods whose headers the sheet has most of. Raises UnreadableSheet where it has none."""
    found = [columns for columns in (_found_or_none(sheet, shape) for shape in GOODS_SHAPES) if columns is not None]
    if not found:
        return find_columns(sheet, RowKind.GOODS, mapping)
    return max(found, key=lambda columns: (len(columns.columns), -len(columns.missing)))


def _found_or_none(sheet: Sheet, kind: RowKind) -> ColumnMap | None:
    try:
        return find_columns(sheet, kind)
    except UnreadableSheet:
        return None


def _mapped(kind: RowKind, headers: tuple[str, ...]) -> dict[str, int]:
    """Fields in their order take the header that stands earliest in their list of names."""
    at: dict[str, int] = {}
    for index, header in enumerate(headers):
        at.setdefault(fold(header), index)
    columns: dict[str, int] = {}
    for name, known in HEADERS[kind].items():
        free = [at[fold(one)] for one in known if fold(one) in at and at[fold(one)] not in columns.values()]
        if free:
            columns[name.removesuffix("*")] = free[0]
    return columns
