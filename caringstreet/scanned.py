"""Says what a scanned text stands for on this street, so that any page can open it."""

from dataclasses import dataclass
from enum import StrEnum

from caringstreet.bootstrap import OpenStreet
from caringstreet.queries import names, runs, vouchers
from caringstreet.rules.cards import CardKind, household_number, read_card
from caringstreet.rules.runs import parse_stop_mark
from caringstreet.scanning.attempts import attempts
from caringstreet.scanning.keyboards import undone
from caringstreet.scanning.reader import Seen, read


class Subject(StrEnum):
    """What can be scanned to open it."""

    VOUCHER = "voucher"
    SHOP = "shop"
    HOUSEHOLD = "household"
    RUN = "run"


@dataclass(frozen=True)
class Scan:
    """What was scanned; without `subject_id` this street has none of that `name`, or it is not genuine."""

    subject: Subject
    name: str
    subject_id: int | None


def is_ours(text: str) -> bool:
    """Whether a text has the form of a voucher's square, a short code with its check, a card, or a stop of a run.

    Nothing is verified. From the keyboard of another country only what is too long to be chance is taken for ours.
    """
    if read_card(text) is not None or parse_stop_mark(text) is not None:
        return True
    scanned = read(text)
    if scanned.kind in (Seen.TOKEN, Seen.CODE):
        return scanned.kind is Seen.TOKEN or scanned.sure
    others = list(undone(text))
    return any(_is_card(other) or read(other).kind is Seen.TOKEN for other in others)


def _is_card(text: str) -> bool:
    return household_number(text) is not None or parse_stop_mark(text) is not None


def scan(street: OpenStreet, text: str) -> Scan | None:
    """The voucher, shop, household or run that a scanned text names; None where the text is not ours at all.

    The keyboard of another country is undone where the text is then ours.
    """
    text = next((one for one in (text, *undone(text)) if _is_card(one)), text)
    stop = parse_stop_mark(text)
    if stop is not None:
        with street.database.reader() as reader:
            run = runs.row(reader, stop[0]) if street.settings.goods else None
        return Scan(Subject.RUN, str(stop[0]), None if run is None else run.run_id)
    card = read_card(text)
    if card is not None:
        shops = card.kind is CardKind.SHOP
        with street.database.reader() as reader:
            known = names.shops(reader) if shops else names.households(reader)
        found = {number.upper(): one for number, one in known.items()}.get(card.number)
        return Scan(Subject.SHOP if shops else Subject.HOUSEHOLD, card.number, found)
    attempt = attempts([text], street.verifier, practice=street.practice)[0]
    if attempt.serial is None:
        return Scan(Subject.VOUCHER, text.strip(), None) if read(text).kind in (Seen.TOKEN, Seen.CODE) else None
    with street.database.reader() as reader:
        found = vouchers.id_of_code(reader, attempt.serial)
    return Scan(Subject.VOUCHER, text.strip(), found) if found is not None or attempt.sure else None
