"""Rows of a list of shops."""

from caringstreet.exchange.columns import ColumnMap
from caringstreet.exchange.reading import ReadRows, RowReader, read_rows
from caringstreet.exchange.spreadsheets import Sheet
from caringstreet.rules.days import weekday_mask
from caringstreet.rules.inputs import ShopInput
from caringstreet.rules.texts import fold, tidy


def _folded(names: dict[str, str]) -> dict[str, str]:
    return {fold(name): value for name, value in names.items()}


_COLLECTING = _folded(
    {"WhatsApp": "whatsapp", "收券": "slips", "紙券": "slips", "slips": "slips", "paper": "slips", "paper vouchers": "slips",
     "電話": "phone", "phone": "phone", "telephone": "phone", "不適用": "none", "無": "none", "none": "none", "n/a": "none"}
)  # fmt: skip
_SETTLEMENT = _folded(
    {"不適用": "none", "無": "none", "none": "none", "轉數快": "fps", "FPS": "fps", "支票": "cheque", "cheque": "cheque",
     "現金": "cash", "cash": "cash"}
)  # fmt: skip
_STATES = _folded(
    {"接洽中": "contacting", "參與中": "active", "暫停": "paused", "暫停中": "paused", "已退出": "left", "退出": "left",
     "in talks": "contacting", "taking part": "active", "participation ended": "left",
     "contacting": "contacting", "active": "active", "paused": "paused", "left": "left"}
)  # fmt: skip


def read_shops(sheet: Sheet, columns: ColumnMap) -> ReadRows[ShopInput]:
    """The shops of a sheet; errors: missing_number, missing_name, impossible_date, phone_not_8_digits, unknown_…"""
    return read_rows(sheet, columns, _shop, key="code")


def _shop(row: RowReader) -> ShopInput:
    return ShopInput(
        code=row.must("code", "missing_number").upper(),
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
        collecting=row.choice("collecting", _COLLECTING, "slips", "unknown_collecting_way"),
        settlement=row.choice("settlement", _SETTLEMENT, "none", "unknown_settlement_way"),
        state=row.choice("state", _STATES, "active", "unknown_state"),
        opening=tidy(row.text("opening")),
        rest_days=row.parsed("rest_days", weekday_mask, 0),
        note=tidy(row.text("note")),
    )
