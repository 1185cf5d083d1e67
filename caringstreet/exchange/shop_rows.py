"""Rows of a list of shops."""

from caringstreet.exchange.columns import ColumnMap
from caringstreet.exchange.reading import ReadRows, RowReader, read_rows
from caringstreet.exchange.sheets import Sheet
from caringstreet.exchange.vocabulary import COLLECTING, SETTLEMENT, SHOP_STATES
from caringstreet.rules.days import weekday_mask
from caringstreet.rules.inputs import ShopInput
from caringstreet.rules.texts import tidy


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
        rest_days=row.parsed("rest_days", weekday_mask, 0),
        note=tidy(row.text("note")),
    )
