"""The columns of a list of vouchers."""

from datetime import date

from caringstreet.queries.vouchers import VoucherRow
from caringstreet.rules.codes import pretty
from caringstreet.rules.vouchers import VoucherState
from caringstreet.wording.labels import label
from caringstreet.words import Words
from ui.tables.id_table import Column

TONES = {
    VoucherState.MADE: "dim",
    VoucherState.HANDED_OUT: "text",
    VoucherState.REDEEMED: "good",
    VoucherState.EXPIRED: "warn",
    VoucherState.VOID: "bad",
    VoucherState.REPLACED: "dim",
    VoucherState.RETURNED: "dim",
}


def title_of(words: Words, row: VoucherRow) -> str:
    """The offer in the reader's language, where it has words in it."""
    return row.title_en if words.language == "en" and row.title_en else row.title_zh


def shop_of(words: Words, row: VoucherRow) -> str:
    """The shop in the reader's language, where it has a name in it."""
    return row.shop_en if words.language == "en" and row.shop_en else row.shop_zh


def columns(words: Words) -> list[Column]:
    """Code, household, offer, days and state, in the order in which people look for them."""
    return [
        Column("code", words.say("Code"), lambda row: pretty(row.code), sort="code", bold=True),
        Column("state", words.say("State"), lambda row: label(words, row.state), sort="state", tone=_tone),
        Column("household", words.say("Household"), lambda row: row.household, sort="household", spare=2),
        Column("display_name", words.say("Name"), lambda row: row.display_name, sort="display_name", name=True, spare=3),
        Column("title", words.say("Offer"), lambda row: title_of(words, row), sort="title", name=True),
        Column("shop", words.say("Shop"), lambda row: shop_of(words, row), sort="shop", name=True, spare=1),
        Column("valid_to", words.say("Last day"), lambda row: _day(words, row.valid_to), sort="valid_to"),
        Column("valid_from", words.say("First day"), lambda row: _day(words, row.valid_from), sort="valid_from", hidden=True, spare=4),
        Column(
            "handed_out_on",
            words.say("Handed out"),
            lambda row: _day(words, row.handed_out_on),
            sort="handed_out_on",
            hidden=True,
        ),
        Column("redeemed_on", words.say("Redeemed"), lambda row: _day(words, row.redeemed_on), hidden=True, spare=5),
        Column(
            "printed_at",
            words.say("Printed"),
            lambda row: words.moment(row.printed_at) if row.printed_at else "–",
            sort="printed_at",
            hidden=True,
        ),
    ]


def _day(words: Words, day: date | None) -> str:
    return words.date_short(day) if day is not None else "–"


def _tone(row: VoucherRow) -> str:
    return TONES[row.state]
