"""Rows of a list of shops."""

from caringstreet.exchange.columns import ColumnMap
from caringstreet.exchange.reading import ReadRows, RowReader, read_rows
from caringstreet.exchange.sheets import Sheet
from caringstreet.exchange.vocabulary import COLLECTING, SETTLEMENT, SHOP_STATES
from caringstreet.rules.days import weekday_mask
from caringstreet.rules.inputs import ShopInput
from caringstreet.rules.texts import fold, tidy

_NEVER = {
    fold(one)
    for one in (
        "全年無休",
        "年中無休",
        "無休",
        "無休息",
        "沒有休息",
        "不休息",
        "每日營業",
        "天天營業",
        "open daily",
        "open every day",
        "never",
        "7 days",
    )
}


def read_shops(sheet: Sheet, columns: ColumnMap) -> ReadRows[ShopInput]:
    """The shops of a sheet; errors: missing_number, missing_name, impossible_date, phone_not_8_digits, unknown_…"""
    return read_rows(sheet, columns, _shop, "code")


def _shop(row: RowReader) -> ShopInput:
    return ShopInput(
        code=row.code("code"),
        name_zh=tidy(row.must("name_zh", "missing_name")),
        name_en=tidy(row.text("name_en")),
        kind=tidy(row.text("kind")),
        street=tidy(row.text("street")),
        address=tidy(row.text("address")),
        landmark=tidy(row.text("landmark")),
        contact=tidy(row.text("contact")),
        phone=row.phone("phone"),
        whatsapp=row.phone("whatsapp"),
        joined_on=row.day("joined_on"),
        agreement_until=row.day("agreement_until"),
        collecting=row.choice("collecting", COLLECTING, "slips", "unknown_collecting_way"),
        settlement=row.choice("settlement", SETTLEMENT, "none", "unknown_settlement_way"),
        state=row.choice("state", SHOP_STATES, "active", "unknown_state"),
        opening=tidy(row.text("opening")),
        rest_days=row.filled("rest_days", _rest_days, 0),
        note=tidy(row.text("note")),
    )


def _rest_days(text: str) -> int:
    """A shop that never rests has no day of rest; of one that opens every day people write the same words here."""
    return 0 if fold(text) in _NEVER else weekday_mask(text)
