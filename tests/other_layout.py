"""The lists of the sample month as another centre would keep them: other words and order, cents, mixed dates, totals.

Nothing that they say differs: imported, they must come to the same street and the same totals.
"""

from datetime import datetime, time
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from caringstreet.exchange.columns import RowKind
from caringstreet.exchange.sheets import SheetRow
from caringstreet.importing import OpenedFile, open_file
from caringstreet.rules.days import NotADay, parse_day
from caringstreet.rules.money import parse_money
from caringstreet.rules.phones import normal_phone

#: By field of the sample: what the other centre calls it, in its own order. "" stands for a column of nobody.
SHOPS = {
    "counter": "No.", "phone": "Tel.", "name_zh": "Display name", "code": "Shop code", "whatsapp": "WhatsApp 號碼", "address": "店舖地址",
    "name_en": "Name in English", "street": "Road", "kind": "Trade", "contact": "Owner / 東主", "joined_on": "Since", "card": "Owner's HKID No.",
    "agreement_until": "Agreement ends *", "settlement": "Payment method", "collecting": "Reports by", "state": "現況", "note": "Comments",
}  # fmt: skip
OFFERS = {
    "title_zh": "Offer (優惠內容)", "code": "Ref.", "shop": "Shop", "kind": "Type of offer", "household_cents": "Household pays (cents)",
    "list_cents": "Price (cents)", "fund_cents": "Subsidy (cents)", "shop_cents": "Shop gives (cents)", "monthly_quota": "Per month",
    "per_household_month": "Limit per household", "window": "Usable", "categories": "Who for", "validity": "Good until", "note": "Remarks",
}  # fmt: skip
HOUSEHOLDS = {
    "display_name": "Display name", "number": "No.", "phone": "電話號碼", "language": "Lang.", "size": "No. of persons", "members": "Household members",
    "categories": "Eligibility category", "eligible_until": "Valid until", "street_address": "Street and number", "building": "大廈 Building",
    "floor": "Floor", "unit": "Flat / Room", "lift": "Lift?", "large_print": "Large print", "consent_on": "Consent signed", "contact_way": "How to contact",
    "referral": "Referred by", "note": "備註 / Remarks",
}  # fmt: skip
FUND = {"kind": "Account", "day": "Entry date", "text": "Particulars", "out_cents": "Paid out", "in_cents": "Money in", "note": "Memo"}
BREAD = {
    "day": "收包日期", "item": "麵包種類", "giver": "餅店", "quantity": "實際收到", "unit": "量度單位", "to_households": "派給 / 街坊", "to_group": "派給 / 清潔工友",
    "disposed": "已棄置", "reason": "丟棄原因", "best_before": "食用限期", "storage": "儲存方法", "note": "附註",
}  # fmt: skip
CHOICE_DAY = {
    "giver": "Donated by", "item": "Description", "quantity": "Received", "day": "Date", "unit": "Unit", "unfit": "Not fit", "displayed": "On display",
    "chosen": "Picked", "kept": "Kept", "recycled": "Recycling", "storage": "How kept", "note": "Remarks",
}  # fmt: skip
OTHER_GOODS = {
    "item": "Goods 物資", "giver": "Received from", "quantity": "Qty received", "unit": "UoM", "given": "Qty given", "disposed": "Discarded",
    "on_hand": "Balance", "day": "Date (日期)", "best_before": "Expiry date", "storage": "Storage type", "note": "Memo",
}  # fmt: skip
WORDS = {
    "特價": "Special price", "減免": "Amount off", "折扣": "Percent", "換領": "Free item", "面值券": "Value note",
    "中文": "Chinese 中文", "烏爾都語": "Urdu", "尼泊爾語": "Nepali", "英文": "English", "印尼語": "Indonesian", "他加祿語": "Tagalog",
    "固網電話": "Landline", "手提電話": "Mobile phone", "沒有電話": "No phone", "是": "Yes", "有": "Y", "冇": "N",
    "轉數快": "FPS", "支票": "Cheque", "現金": "Cash", "收券": "Paper vouchers", "電話": "By phone", "不適用": "N/A", "參與中": "Taking part",
    "全部合資格住戶": "All", "承上結存": "Brought forward", "個人": "Individuals", "公眾及企業": "Companies", "慈善": "Charity", "支出": "Expenses",
}  # fmt: skip
_ALL = {
    RowKind.SHOPS: SHOPS, RowKind.OFFERS: OFFERS, RowKind.HOUSEHOLDS: HOUSEHOLDS, RowKind.FUND: FUND,
    RowKind.BREAD_RUNS: BREAD, RowKind.CHOICE_DAY: CHOICE_DAY, RowKind.GOODS: OTHER_GOODS,
}  # fmt: skip
_DAYS = ("joined_on", "agreement_until", "eligible_until", "consent_on", "day", "best_before", "validity")


def write(folder: Path, kind: RowKind, source: Path) -> Path:
    """A list of the sample in the other layout: titles above, a column hidden, a total below."""
    opened = open_file(source, kind)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for one in opened.sheets:
        _write(book.create_sheet(one.sheet.name or "List"), one)
    path = folder / f"other-{kind}.xlsx"
    book.save(path)
    return path


def _write(sheet: Worksheet, opened: OpenedFile) -> None:
    layout = _ALL[opened.kind]
    sheet.append(["List of the centre"])
    sheet.append([])
    _write_headers(sheet, list(layout.values()))
    below = [row for row in opened.sheet.rows if row.line > opened.columns.header_line and not row.is_blank]
    rows = [row for row in below if len([one for one in row.texts if one]) > 1 and row.texts[0] != "合計"]
    for number, row in enumerate(rows, 1):
        sheet.append([_value(opened, name, row, number) for name in layout])
    sheet.append(["Total", len(rows)])
    for row in below:
        if opened.kind is RowKind.CHOICE_DAY and "到場" in row.texts[0]:
            sheet.append([row.texts[0]])
    sheet.column_dimensions[get_column_letter(list(layout).index("note") + 1)].hidden = True


def _write_headers(sheet: Worksheet, headers: list[str]) -> None:
    """In one row, or in two where a header has two parts: the first merged over all that it heads."""
    if not any(" / " in one and one.startswith("派給") for one in headers):
        sheet.append(headers)
        return
    parts = [one.split(" / ") for one in headers]
    sheet.append([one[0] if number == 0 or parts[number - 1][0] != one[0] else None for number, one in enumerate(parts)])
    sheet.append([one[1] if len(one) > 1 else None for one in parts])
    top = sheet.max_row - 1
    for column, one in enumerate(parts, 1):
        if len(one) == 1:
            sheet.merge_cells(start_row=top, end_row=top + 1, start_column=column, end_column=column)
        elif column == 1 or parts[column - 2][0] != one[0]:
            sheet.merge_cells(start_row=top, end_row=top, start_column=column, end_column=column + 1)


def _value(opened: OpenedFile, name: str, row: SheetRow, number: int) -> Any:
    if name == "counter":
        return number
    if name == "card":
        return f"A{123456 + number}(7)"
    index = opened.columns.columns.get(name)
    text = row.text(index) if index is not None else ""
    if not text:
        return None
    if name in _DAYS:
        return _day(text, number)
    if name.endswith("_cents"):
        cents = parse_money(text)
        return cents if opened.kind is RowKind.OFFERS else f"HK${cents / 100:,.2f}"
    if name in ("phone", "whatsapp"):
        digits = normal_phone(text)
        return (float(digits), f"+852 {digits[:4]}\u2011{digits[4:]}", f"\u202a{digits}\u202c")[number % 3]
    return text if name == "note" else WORDS.get(text, text)


def _day(text: str, number: int) -> Any:
    """The same day in one of seven spellings, those of figures with the month first; other words as they are."""
    try:
        day = parse_day(text)
    except NotADay:
        return text
    return (
        datetime.combine(day, time(14, 30)),
        f"{day.day} {day:%b} {day.year}",
        f"{day.month}/{day.day}/{day.year}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日（星期{'一二三四五六日'[day.weekday()]}）",
        f"{day.day:02d}-{day:%b}-{day:%y}",
        day,
    )[number % 7]
