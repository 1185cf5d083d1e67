"""Rows of a list of households, with members in a cell or in a sheet of their own."""

import re
from collections.abc import Mapping
from datetime import date

from caringstreet.exchange.columns import ColumnMap
from caringstreet.exchange.offer_rows import category_codes
from caringstreet.exchange.reading import Noted, ReadRows, RowReader, looked_up, read_rows
from caringstreet.exchange.sheets import Sheet
from caringstreet.exchange.vocabulary import CONTACT_WAYS, HOUSEHOLD_STATES, LANGUAGES, YES_OR_NO
from caringstreet.rules.inputs import HouseholdInput, MemberInput
from caringstreet.rules.texts import clean, tidy

_MEMBER = re.compile(r"(.+?)\s*\((\d{4})\)")
_OLDEST = 1900


def read_households(sheet: Sheet, columns: ColumnMap, categories: Mapping[str, str], today: date) -> ReadRows[HouseholdInput]:
    """The households of a sheet; each error has one of the kinds in `error_words`."""
    return read_rows(sheet, columns, lambda row: _household(row, categories, today), "number")


def read_members(sheet: Sheet, columns: ColumnMap, today: date) -> ReadRows[MemberInput]:
    """Members in a sheet of their own, one a row under their household's number."""
    return read_rows(sheet, columns, lambda row: _member_row(row, today))


def _household(row: RowReader, categories: Mapping[str, str], today: date) -> HouseholdInput:
    number = row.code("number")
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
        language=row.choice("language", LANGUAGES, "zh_HK", "unknown_language"),
        categories=category_codes(row, "categories", categories),
        eligible_until=eligible_until,
        phone=phone,
        contact_way=row.choice("contact_way", CONTACT_WAYS, "none" if not phone else "mobile", "unknown_contact_way"),
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
        state=row.choice("state", HOUSEHOLD_STATES, "eligible", "unknown_state"),
    )


def _yes_or_no(row: RowReader, name: str) -> bool | None:
    found = row.text(name)
    if not found:
        return None
    answer = YES_OR_NO.get(found) if found in YES_OR_NO else looked_up(YES_OR_NO, found)
    if answer is None:
        raise Noted(row.error(name, "not_yes_or_no"))
    return answer


def _street(address: str) -> str:
    """The street of 「工廠街20號」: what stands before the house number."""
    return re.split(r"\d", clean(address), maxsplit=1)[0].strip()


def _members(row: RowReader, today: date) -> tuple[MemberInput, ...]:
    """「余太(1976);配偶(1979)」; brackets and semicolons of either width."""
    text = clean(row.text("members"))
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
    household = row.code("household")
    name = tidy(row.must("name", "missing_name"))
    born = row.number("birth_year")
    if born is not None:
        _refuse_birth_year(row, "birth_year", born, today)
    return MemberInput(name, born, tidy(row.text("relation")), household)
