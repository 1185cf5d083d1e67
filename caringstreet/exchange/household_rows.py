"""Rows of a list of households, with members in a cell or in a sheet of their own."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from caringstreet.exchange.columns import ColumnMap
from caringstreet.exchange.offer_rows import category_codes
from caringstreet.exchange.reading import Noted, ReadRows, RowReader, read_rows
from caringstreet.exchange.spreadsheets import Sheet
from caringstreet.rules.inputs import HouseholdInput, MemberInput
from caringstreet.rules.texts import fold, tidy

_LANGUAGES = {
    fold(name): code
    for name, code in {
        "中文": "zh_HK", "廣東話": "zh_HK", "chinese": "zh_HK", "zh": "zh_HK", "zh_HK": "zh_HK",
        "英文": "en", "english": "en", "en": "en",
        "印尼語": "id", "印尼文": "id", "印尼話": "id", "indonesian": "id", "id": "id",
        "尼泊爾語": "ne", "尼泊爾文": "ne", "nepali": "ne", "ne": "ne",
        "烏爾都語": "ur", "烏爾都文": "ur", "urdu": "ur", "ur": "ur",
        "旁遮普語": "pa", "旁遮普文": "pa", "punjabi": "pa", "pa": "pa",
        "他加祿語": "tl", "他加祿文": "tl", "菲律賓語": "tl", "菲律賓文": "tl", "tagalog": "tl", "tl": "tl",
        "泰語": "th", "泰文": "th", "thai": "th", "th": "th",
        "印地語": "hi", "印地文": "hi", "hindi": "hi", "hi": "hi",
        "越南語": "vi", "越南文": "vi", "vietnamese": "vi", "vi": "vi",
    }.items()
}  # fmt: skip
_WAYS = {
    fold(name): way
    for name, way in {
        "固網電話": "landline", "固網": "landline", "landline": "landline", "手提電話": "mobile", "手機": "mobile",
        "mobile": "mobile", "經社工": "partner", "經轉介": "partner", "經轉介機構": "partner", "經機構": "partner", "partner": "partner",
        "經中心": "partner", "上門": "visit", "家訪": "visit", "上門探訪": "visit", "visit": "visit",
        "沒有電話": "none", "冇電話": "none", "無": "none", "none": "none",
    }.items()
}  # fmt: skip
_YES = {fold(name) for name in ("是", "有", "yes", "y", "true", "1", "✓")}
_NO = {fold(name) for name in ("否", "冇", "無", "沒有", "no", "n", "false", "0")}
_STATES = {
    fold(name): state
    for name, state in {
        "申請中": "applying", "合資格": "eligible", "暫停": "paused", "暫停中": "paused", "待覆核": "review", "結案": "closed",
        "已退出": "closed", "退出": "closed", "to be reviewed": "review", "participation ended": "closed",
        "applying": "applying", "eligible": "eligible", "paused": "paused", "review": "review", "closed": "closed",
    }.items()
}  # fmt: skip
_MEMBER = re.compile(r"(.+?)\s*\((\d{4})\)")
_OLDEST = 1900


def read_households(
    sheet: Sheet, columns: ColumnMap, categories: Mapping[str, str], today: date
) -> ReadRows[HouseholdInput]:
    """The households of a sheet; each error has one of the kinds in `error_words`."""
    return read_rows(sheet, columns, lambda row: _household(row, categories, today), key="number")


def read_members(sheet: Sheet, columns: ColumnMap, today: date) -> ReadRows[MemberInput]:
    """Members in a sheet of their own, one a row under their household's number."""
    return read_rows(sheet, columns, lambda row: _member_row(row, today))


def _household(row: RowReader, categories: Mapping[str, str], today: date) -> HouseholdInput:
    number = row.must("number", "missing_number").upper()
    name = tidy(row.must("display_name", "missing_name"))
    members = _members(row, today)
    size = row.number("size")
    if size is not None and (size < 1 or (members and size != len(members))):
        raise Noted(row.error("size", "person_count_differs_from_members", members=len(members)))
    phone = row.phone("phone")
    consent_on = row.day("consent_on")
    eligible_until = row.day("eligible_until")
    if consent_on and eligible_until and eligible_until < consent_on:
        raise Noted(row.error("eligible_until", "eligibility_ends_before_consent", consent=consent_on))
    address = tidy(row.text("street_address"))
    return HouseholdInput(
        number=number,
        display_name=name,
        size=size or len(members) or 1,
        members=members,
        language=row.choice("language", _LANGUAGES, "zh_HK", "unknown_language"),
        categories=category_codes(row, "categories", categories),
        eligible_until=eligible_until,
        phone=phone,
        contact_way=row.choice("contact_way", _WAYS, "none" if not phone else "mobile", "unknown_contact_way"),
        street=_street(address),
        street_address=address,
        building=tidy(row.text("building")),
        floor=tidy(row.text("floor")),
        unit=tidy(row.text("unit")),
        lift=_yes_or_no(row, "lift"),
        large_print=bool(_yes_or_no(row, "large_print")),
        consent_on=consent_on,
        referral=tidy(row.text("referral")),
        note=tidy(row.text("note")),
        state=row.choice("state", _STATES, "eligible", "unknown_state"),
    )


def _yes_or_no(row: RowReader, name: str) -> bool | None:
    text = fold(row.text(name))
    if not text:
        return None
    if text in _YES | _NO:
        return text in _YES
    raise Noted(row.error(name, "not_yes_or_no"))


def _street(address: str) -> str:
    """The street of 「工廠街20號」: what stands before the house number."""
    return re.split(r"\d", unicodedata.normalize("NFKC", address), maxsplit=1)[0].strip()


def _members(row: RowReader, today: date) -> tuple[MemberInput, ...]:
    """「余太(1976);配偶(1979)」; brackets and semicolons of either width."""
    text = unicodedata.normalize("NFKC", row.text("members"))
    members: list[MemberInput] = []
    for part in re.split(r"[;、\n]", text):
        if not part.strip():
            continue
        found = _MEMBER.fullmatch(part.strip())
        born = int(found[2]) if found else None
        if born is not None:
            _refuse_birth_year(row, "members", born, today)
        name = tidy(found[1] if found else part)
        members.append(MemberInput(name, born, name if members else ""))
    return tuple(members)


def _refuse_birth_year(row: RowReader, name: str, born: int, today: date) -> None:
    if born > today.year:
        raise Noted(row.error(name, "birth_year_in_future", year=born))
    if born < _OLDEST:
        raise Noted(row.error(name, "birth_year_too_old", year=born))


def _member_row(row: RowReader, today: date) -> MemberInput:
    household = row.must("household", "missing_number").upper()
    name = tidy(row.must("name", "missing_name"))
    born = row.number("birth_year")
    if born is not None:
        _refuse_birth_year(row, "birth_year", born, today)
    return MemberInput(name, born, tidy(row.text("relation")), household)
