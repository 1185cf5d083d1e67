"""Vouchers as lists and details show them."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, func, literal, or_, select, true

from caringstreet.model.evidence import Redemption
from caringstreet.model.households import Household
from caringstreet.model.offers import Offer, OfferVersion
from caringstreet.model.shops import Shop
from caringstreet.model.vouchers import Voucher
from caringstreet.queries.like import like
from caringstreet.rules.codes import ALPHABET, NotACode, code_of, plain, serial_of
from caringstreet.rules.months import Month
from caringstreet.rules.texts import fold, search_words
from caringstreet.rules.vouchers import ENDED_UNUSED, OPEN, HandedTo, VoucherState, shown_state
from caringstreet.storage.database import Reader


@dataclass(frozen=True)
class VoucherFilter:
    """What a list of vouchers is to hold; everything left out does not matter.

    `state` is the shown one; `ended` are void, replaced and returned ones; `still_open` those that may still be used.
    """

    month: Month | None = None
    state: VoucherState | None = None
    ended: bool = False
    still_open: bool = False
    search: str = ""
    household_id: int | None = None
    offer_id: int | None = None
    shop_id: int | None = None
    ids: tuple[int, ...] | None = None
    printed: bool | None = None
    reprint_due: bool = False
    first_day_by: date | None = None
    planned_on: date | None = None


@dataclass(frozen=True)
class VoucherRow:
    """One voucher; `state` is the shown one, `redeemed_on` its day of redemption."""

    voucher_id: int
    serial: int
    household_id: int
    household: str
    display_name: str
    offer_id: int
    offer: str
    title_zh: str
    title_en: str
    shop_id: int
    shop: str
    shop_zh: str
    shop_en: str
    valid_from: date
    valid_to: date
    state: VoucherState
    handed_out_on: date | None
    handed_to: HandedTo | None
    redeemed_on: date | None
    printed_at: datetime | None
    print_count: int
    reprint_due: bool
    ended_at: datetime | None
    end_reason: str
    replaces_id: int | None
    sheet_id: int
    fund_cents: int
    shop_cents: int

    @property
    def code(self) -> str:
        """The short code of nine characters."""
        return code_of(self.serial)


#: Within a day, what belongs to one household stands together.
_TOGETHER = (Voucher.household_id, Voucher.offer_id)


def _shown(today: date) -> Any:
    """The shown state in SQL, for sorting and filtering."""
    return case(
        (and_(Voucher.state.in_(OPEN), Voucher.valid_to < today), literal(VoucherState.EXPIRED.value)),
        else_=Voucher.state,
    )


def _conditions(wanted: VoucherFilter, today: date) -> list[Any]:
    found: list[Any] = []
    if wanted.month is not None:
        found.append(Voucher.month == str(wanted.month))
    if wanted.state is VoucherState.EXPIRED:
        found.append(and_(Voucher.state.in_(OPEN), Voucher.valid_to < today))
    elif wanted.state in OPEN:
        found.append(and_(Voucher.state == wanted.state, Voucher.valid_to >= today))
    elif wanted.state is not None:
        found.append(Voucher.state == wanted.state)
    if wanted.ended:
        found.append(Voucher.state.in_(ENDED_UNUSED))
    if wanted.still_open:
        found.append(and_(Voucher.state.in_(OPEN), Voucher.valid_to >= today))
    for column, value in (
        (Voucher.household_id, wanted.household_id),
        (Voucher.offer_id, wanted.offer_id),
        (Voucher.reprint_due, True if wanted.reprint_due else None),
    ):
        if value is not None:
            found.append(column == value)
    if wanted.shop_id is not None:
        found.append(Voucher.offer_id.in_(select(Offer.id).where(Offer.shop_id == wanted.shop_id)))
    if wanted.printed is not None:
        found.append(Voucher.print_count > 0 if wanted.printed else Voucher.print_count == 0)
    if wanted.first_day_by is not None:
        found.append(Voucher.valid_from <= wanted.first_day_by)
    if wanted.planned_on is not None:
        found.append(Voucher.valid_from == wanted.planned_on)
    if wanted.ids is not None:
        found.append(Voucher.id.in_(wanted.ids))
    found += [_said(word) for word in search_words(wanted.search)]
    return found


def _said(word: str) -> Any:
    """A word of a search: in the household, the offer or its shop, or in the code."""
    pattern = like(fold(word))
    households = select(Household.id).where(Household.search_text.like(pattern, escape="\\"))
    offers = select(OfferVersion.offer_id).where(OfferVersion.search_text.like(pattern, escape="\\"))
    found = [Voucher.household_id.in_(households), Voucher.offer_id.in_(offers)]
    serials = _serials(word)
    if serials is not None:
        found.append(Voucher.serial.between(*serials))
    return or_(*found)


def _serials(word: str) -> tuple[int, int] | None:
    """First and last serial of codes that begin with what was typed, at least four characters."""
    try:
        serial = serial_of(word)
    except NotACode:
        typed = plain(word)[:8]
        if len(typed) < 4 or any(char not in ALPHABET for char in typed):
            return None
        value = 0
        for char in typed:
            value = value << 5 | ALPHABET.index(char)
        shift = 5 * (8 - len(typed))
        return value << shift, (value + 1 << shift) - 1
    return serial, serial


def matching_ids(reader: Reader, wanted: VoucherFilter, today: date, sort: str = "code", *, descending: bool = False) -> "array[int]":
    """The ids of all vouchers wanted, in order; `sort` is a column of the table on screen."""
    if sort == "state":
        return _by_state(reader, wanted, today, descending=descending)
    conditions = and_(true(), *_conditions(wanted, today))
    # From each household or offer in turn to its vouchers; an inner join would sort all of them by a text. Where there is
    # none of those wanted, the outer join gives no id.
    if sort in ("household", "display_name"):
        found = select(Voucher.id).select_from(Household)
        found = found.outerjoin(Voucher, and_(Voucher.household_id == Household.id, conditions))
    elif sort in ("offer", "shop", "title"):
        found = select(Voucher.id).select_from(Offer).outerjoin(Voucher, and_(Voucher.offer_id == Offer.id, conditions))
    else:
        found = select(Voucher.id).where(conditions)
    orders: dict[str, tuple[Any, ...]] = {
        "code": (Voucher.serial, *_TOGETHER),
        "household": (Household.number,),
        "display_name": (Household.display_name, Household.id),
        "offer": (Offer.code,),
        "title": (Offer.code,),
        "shop": (Offer.shop_id, Offer.id),
        "valid_from": (Voucher.valid_from, *_TOGETHER),
        "valid_to": (Voucher.valid_to, *_TOGETHER),
        "handed_out_on": (Voucher.handed_out_on, *_TOGETHER),
        "printed_at": (Voucher.printed_at, *_TOGETHER),
    }
    columns = (*orders[sort], Voucher.id)
    order = [column.desc() if descending else column for column in columns]
    # Past the ORM's rows straight to the driver's: for 100,000 ids that is half the time.
    cursor: Any = reader.execute(found.order_by(*order)).cursor
    return array("q", (row[0] for row in cursor if row[0] is not None))


def _by_state(reader: Reader, wanted: VoucherFilter, today: date, *, descending: bool) -> "array[int]":
    """State by state in the order of a voucher's life, each by its last day."""
    found = array("q")
    for state in reversed(VoucherState) if descending else VoucherState:
        if wanted.state in (None, state):
            found += matching_ids(reader, replace(wanted, state=state), today, "valid_to", descending=descending)
    return found


def rows(reader: Reader, ids: Sequence[int], today: date) -> dict[int, VoucherRow]:
    """The rows of these ids."""
    found: dict[int, VoucherRow] = {}
    wanted = list(ids)
    for start in range(0, len(wanted), 500):
        for row in reader.execute(_rows().where(Voucher.id.in_(wanted[start : start + 500]))):
            values = row._asdict()
            values["state"] = shown_state(values["state"], values["valid_to"], today)
            found[row.voucher_id] = VoucherRow(**values)
    return {one: found[one] for one in wanted if one in found}


def _rows() -> Any:
    return (
        select(
            Voucher.id.label("voucher_id"),
            Voucher.serial,
            Voucher.household_id,
            Household.number.label("household"),
            Household.display_name,
            Voucher.offer_id,
            Offer.code.label("offer"),
            OfferVersion.title_zh,
            OfferVersion.title_en,
            Offer.shop_id,
            Shop.code.label("shop"),
            Shop.name_zh.label("shop_zh"),
            Shop.name_en.label("shop_en"),
            Voucher.valid_from,
            Voucher.valid_to,
            Voucher.state,
            Voucher.handed_out_on,
            Voucher.handed_to,
            Redemption.day.label("redeemed_on"),
            Voucher.printed_at,
            Voucher.print_count,
            Voucher.reprint_due,
            Voucher.ended_at,
            Voucher.end_reason,
            Voucher.replaces_id,
            Voucher.sheet_id,
            OfferVersion.fund_cents,
            OfferVersion.shop_cents,
        )
        .join(Household, Household.id == Voucher.household_id)
        .join(Offer, Offer.id == Voucher.offer_id)
        .join(OfferVersion, OfferVersion.id == Voucher.offer_version_id)
        .join(Shop, Shop.id == Offer.shop_id)
        .outerjoin(Redemption, Redemption.voucher_id == Voucher.id)
    )


def counts(reader: Reader, month: Month, today: date) -> dict[str, int]:
    """How many vouchers of a month each view of the list holds: by shown state, all, ended, reprint."""
    shown = _shown(today).label("shown")
    states = reader.execute(select(shown, func.count()).where(Voucher.month == str(month)).group_by(shown)).all()
    found = {str(state): 0 for state in VoucherState} | {str(state): number for state, number in states}
    due = VoucherFilter(month=month, reprint_due=True, still_open=True)
    return found | {
        "all": sum(found.values()),
        "ended": sum(found[state] for state in ENDED_UNUSED),
        "reprint": reader.scalar(select(func.count()).where(*_conditions(due, today))) or 0,
    }


def of_household(reader: Reader, household_id: int, month: Month, today: date) -> list[VoucherRow]:
    """All vouchers of a household for a month, ended ones too."""
    return listed(reader, VoucherFilter(month=month, household_id=household_id), today, "offer")


def listed(reader: Reader, wanted: VoucherFilter, today: date, sort: str = "code") -> list[VoucherRow]:
    """All rows wanted, at once; for short lists."""
    return list(rows(reader, matching_ids(reader, wanted, today, sort), today).values())


def id_of_code(reader: Reader, serial: int) -> int | None:
    """The voucher with a serial, if there is one."""
    return reader.scalar(select(Voucher.id).where(Voucher.serial == serial))


def ids_of_sheet(reader: Reader, sheet_id: int) -> list[int]:
    """The vouchers made together for one household and day."""
    return list(reader.scalars(select(Voucher.id).where(Voucher.sheet_id == sheet_id).order_by(Voucher.id)))
