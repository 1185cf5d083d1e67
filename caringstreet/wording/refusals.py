"""The words of every refusal and of every trouble with the environment: what, where, and what to do."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from caringstreet.rules.doubts import Doubted
from caringstreet.rules.quantities import Unit, parse_quantity
from caringstreet.rules.refusals import Refusal, RuleRefused
from caringstreet.wording.doubts import DOUBTS
from caringstreet.wording.goods import amount
from caringstreet.wording.labels import LABELS, label
from caringstreet.words import Words, mark

#: Facts that are a quantity of the fact `unit`, where there is one.
_QUANTITIES = frozenset({"have", "wanted", "gone", "expected", "counted", "quantity", "usual", "estimate"})

REFUSALS: dict[Refusal, str] = {
    Refusal.STREET_NAME_MISSING: mark("Please give the street a name."),
    Refusal.PAGE_HOST_UNUSABLE: mark(
        "“{host}” cannot be printed in a QR code. Give a short host name such as voucher.example.org, without https:// and slashes."
    ),
    Refusal.PHONE_UNUSABLE: mark("“{phone}” is not a Hong Kong telephone number. It needs 8 digits, the first from 2 to 9."),
    Refusal.REASON_MISSING: mark("Please give a reason; it stays with the record."),
    Refusal.CATEGORY_UNKNOWN: mark("This eligibility category is not known: {categories}."),
    Refusal.NAME_MISSING: mark("Please fill in a name."),
    Refusal.CODE_MISSING: mark("Please fill in a code, for example S21."),
    Refusal.SHOP_UNKNOWN: mark("There is no shop {shop}. Check its code."),
    Refusal.SHOP_CODE_TAKEN: mark("Another shop has the code {code} already. Choose the next free one."),
    Refusal.SHOP_CODE_UNFIT: mark(
        "A phone cannot name the shop code {code}. Change it to a letter and digits, such as S21, then pair again."
    ),
    Refusal.SHOP_NOT_ACTIVE: mark("The shop is not taking part now ({state}). Change this on its page first."),
    Refusal.SHOP_AGREEMENT_MISSING: mark("The shop has no signed agreement yet. Record one on the shop's page."),
    Refusal.SHOP_AGREEMENT_ENDED: mark("The shop's agreement ended on {until}. Renew it on the shop's page first."),
    Refusal.AGREEMENT_DAYS_REVERSED: mark("The agreement would end on {until}, before it begins on {signed}."),
    Refusal.OFFER_UNKNOWN: mark("There is no offer {offer}. Check its code."),
    Refusal.OFFER_CODE_TAKEN: mark("Another offer has the code {code} already."),
    Refusal.OFFER_NOT_OPEN: mark("The offer is not in force ({state}). Open it on the shop's page first."),
    Refusal.OFFER_SPLIT_DOES_NOT_ADD_UP: mark(
        "The price is {listed}, but household, shop and fund add up to {shares}. The three must make the price."
    ),
    Refusal.OFFER_NEGATIVE_SHARE: mark("A share cannot be below zero. Write 0 or more."),
    Refusal.OFFER_PERCENT_WITH_FUND: mark("A percentage has no fixed value, so the fund cannot pay for it. Set the fund's share to 0."),
    Refusal.OFFER_PERCENT_UNUSABLE: mark("The percentage must be from 1 to 100."),
    Refusal.OFFER_TIMES_REVERSED: mark("The offer would close before it opens. Check the two times."),
    Refusal.OFFER_QUOTA_BELOW_ISSUED: mark("{issued} vouchers are issued already: set the quota to {issued} or more."),
    Refusal.OFFER_VALIDITY_INCOMPLETE: mark("Please say for how many days, or until which day, a voucher is good."),
    Refusal.OFFER_ENDED_BEFORE_DAY: mark("The offer ends on {until}, before {day}. Choose an earlier day."),
    Refusal.FUND_USED_UP: mark(
        "The fund has {free_cents} left to promise; these vouchers need {needed_cents}. Ask the treasurer, or issue fewer."
    ),
    Refusal.QUOTA_USED_UP: mark("This month {used} of {quota} vouchers of this offer are issued; {wanted} more would be too many."),
    Refusal.HOUSEHOLD_UNKNOWN: mark("There is no household {household}. Check the number."),
    Refusal.HOUSEHOLD_NUMBER_TAKEN: mark("Another household has the number {number} already."),
    Refusal.HOUSEHOLD_SIZE_UNUSABLE: mark("A household has at least one person."),
    Refusal.HOUSEHOLD_BIRTH_YEAR_UNUSABLE: mark("The birth year {year} of {name} cannot be right."),
    Refusal.HOUSEHOLD_NOT_ELIGIBLE_STATE: mark("The household cannot receive vouchers now ({state}). Change this on its page first."),
    Refusal.HOUSEHOLD_ELIGIBILITY_ENDED: mark("No proof of eligibility is valid on {day}. Record a review first."),
    Refusal.HOUSEHOLD_WITHOUT_CONSENT: mark("There is no consent of this household. Ask for it and record its day."),
    Refusal.HOUSEHOLD_CATEGORY_DIFFERS: mark("The offer is only for: {categories}."),
    Refusal.HOUSEHOLD_CONSENT_LATER: mark("The household gave its consent on {consent}, after {day}. Choose a later day."),
    Refusal.HOUSEHOLD_CAP_REACHED: mark("The household holds {held} of {cap} vouchers this month; {wanted} more would be too many."),
    Refusal.HOUSEHOLD_OFFER_LIMIT_REACHED: mark("The household has {held} of this offer this month; at most {limit} are allowed."),
    Refusal.HOUSEHOLD_ALREADY_LEFT: mark("This household's participation has ended already."),
    Refusal.VOUCHER_UNKNOWN: mark("There is no voucher {voucher}. Check the code."),
    Refusal.VOUCHER_ALREADY_REDEEMED: mark("Voucher {code} is redeemed already."),
    Refusal.VOUCHER_ALREADY_ENDED: mark("Voucher {code} is out of use already ({state})."),
    Refusal.VOUCHER_NOT_HANDED_OUT: mark("Voucher {code} is not handed out ({state})."),
    Refusal.VOUCHER_ALREADY_HANDED_OUT: mark("Voucher {code} is handed out already."),
    Refusal.COUNT_UNUSABLE: mark("Please give a whole number that is not below zero."),
    Refusal.EXTENSION_NOT_LATER: mark("{until} is not later than {due}. Choose a later last day."),
    Refusal.EXTENSION_UNKNOWN: mark("There is no extension that can be undone."),
    Refusal.EXTENSION_ALREADY_UNDONE: mark("This was undone already."),
    Refusal.EXTENSION_CHANGED_SINCE: mark(
        "The last day of voucher {code} was changed again since: it is {now}. Undo the later extension first."
    ),
    Refusal.EXTENSION_IN_PRINT: mark(
        "Voucher {code} was printed since, with {now} as its last day, so this stays. Void it if it must not be used."
    ),
    Refusal.EXTENSION_DAY_PASSED: mark(
        "The old last day of voucher {code}, {before}, has passed since, so this stays. Void it if it must not be used."
    ),
    Refusal.NOTHING_TO_DO: mark("There is nothing to do yet. Choose something first."),
    Refusal.EVIDENCE_UNKNOWN: mark("This record is no longer there. Choose another."),
    Refusal.EVIDENCE_ALREADY_DECIDED: mark("Somebody has decided this already."),
    Refusal.EVIDENCE_NOT_DECIDED: mark("Nobody has decided this, so there is no decision to undo."),
    Refusal.RULING_UNFIT: mark("“{ruling}” is no answer to this question ({outcome})."),
    Refusal.EVIDENCE_ALREADY_WITHDRAWN: mark("This was undone already."),
    Refusal.EVIDENCE_NEEDS_VOUCHER: mark("Choose which voucher it was."),
    Refusal.EVIDENCE_CANNOT_REDEEM: mark("One code is one redemption, so this cannot be accepted ({outcome})."),
    Refusal.DEVICE_UNKNOWN: mark("There is no such phone. Choose another."),
    Refusal.DEVICE_ALREADY_REVOKED: mark("This phone's card is revoked already."),
    Refusal.SENDER_UNKNOWN: mark("This sender is no longer there. Choose another."),
    Refusal.IMPORT_UNKNOWN: mark("This import is no longer there. Choose another."),
    Refusal.IMPORT_ALREADY_UNDONE: mark("This import is undone already."),
    Refusal.IMPORT_IN_USE: mark("{subject} is in use since the import, so the import can no longer be undone as a whole."),
    Refusal.IMPORT_HAS_BAD_ROWS: mark("{bad} rows have errors, so nothing was imported."),
    Refusal.QUANTITY_UNUSABLE: mark("Please give a quantity above zero, such as 3 or 6.5."),
    Refusal.UNIT_UNKNOWN: mark("“{unit}” is not a unit of the street."),
    Refusal.GOODS_ITEM_MISSING: mark("Please say what was given."),
    Refusal.GOODS_GIVER_MISSING: mark("Please say who gave it."),
    Refusal.GOODS_LOT_UNKNOWN: mark("There is no such lot. Choose another."),
    Refusal.GOODS_DONATION_UNKNOWN: mark("There is no such donation. Choose another."),
    Refusal.GOODS_MOVEMENT_UNKNOWN: mark("There is no such entry in the ledger. Choose another."),
    Refusal.GOODS_NOT_ENOUGH: mark("{item}: {wanted} wanted, but only {have} on hand. Write {have} or less."),
    Refusal.GOODS_INTAKE_USED: mark(
        "{item}: {wanted} came in, and {gone} went out since. Undo those entries first, or correct what is left by a stock-take."
    ),
    Refusal.GOODS_PAST_DATE: mark("{item} was good until {until} and cannot be given any more. Record it as thrown away."),
    Refusal.GOODS_OVER_TIME: mark("{item} had to be handed over by {since}. It cannot be given any more; record it as thrown away."),
    Refusal.GOODS_TARGET_MISSING: mark("Please say who receives it."),
    Refusal.GOODS_ALREADY_CORRECTED: mark("This entry was corrected already."),
    Refusal.GOODS_CORRECT_AT_SOURCE: mark("This entry belongs to a run, a choice day, a list or a stock-take. Undo it there."),
    Refusal.GOODS_PHOTO_TOO_LARGE: mark("The photo is too large or no picture. Choose a JPEG or PNG of at most {limit_mb} MB."),
    Refusal.GOODS_NOT_TAKEN: mark("This donation was declined, so there is nothing to give a receipt for."),
    Refusal.RUN_UNKNOWN: mark("There is no such run. Choose another."),
    Refusal.RUN_WITHOUT_STOPS: mark("A run needs at least one stop."),
    Refusal.RUN_DAY_TAKEN: mark("There is a run on {day} already. Open it, or choose another day."),
    Refusal.RUN_NOT_PLANNED: mark("This run is no longer planned ({state}). Choose another, or plan one."),
    Refusal.RUN_NOT_DONE: mark("This run is not recorded yet."),
    Refusal.RUN_OVER_COLLECTED: mark("Given out and thrown away {gone} > collected {collected} ({place})."),
    Refusal.CHOICE_EVENT_UNKNOWN: mark("There is no such choice day. Choose another."),
    Refusal.CHOICE_EVENT_CLOSED: mark("This choice day is closed. Open it again to change something."),
    Refusal.CHOICE_EVENT_NOT_CLOSED: mark("This choice day is open still."),
    Refusal.CHOICE_LIMIT_REACHED: mark("Each visitor takes at most {limit}; {before} are taken and {wanted} more would be too many."),
    Refusal.CHOICE_LIMIT_UNUSABLE: mark("Each visitor may take at least one thing."),
    Refusal.CHOICE_NOT_DISPLAYED: mark("{item}: {wanted} wanted, but only {have} on the table. Write {have} or less."),
    Refusal.CHOICE_VISIT_UNKNOWN: mark("There is no such visit. Choose another."),
    Refusal.DISTRIBUTION_UNKNOWN: mark("There is no such list. Choose another."),
    Refusal.DISTRIBUTION_CLOSED: mark("This list is closed."),
    Refusal.DISTRIBUTION_LINE_DONE: mark("This line is done already ({state})."),
    Refusal.DISTRIBUTION_LINE_OPEN: mark("Nothing is recorded on this line yet."),
    Refusal.STOCK_TAKE_UNKNOWN: mark("There is no such stock-take. Choose another."),
    Refusal.STOCK_TAKE_NOT_SIGNED: mark("This stock-take is not signed, or was undone already."),
    Refusal.STOCK_TAKE_ENDED: mark("This stock-take is signed or withdrawn already."),
    Refusal.STOCK_TAKE_REASON_MISSING: mark("{item}: expected {expected}, counted {counted}. Say why."),
    Refusal.STOCK_TAKE_SAME_PERSON: mark("{name} counted; a second person signs. Change the user first."),
    Refusal.NEED_UNKNOWN: mark("There is no such need. Choose another."),
    Refusal.DAYS_REVERSED: mark("The last day {last} is before the first day {first}. Check both days."),
    Refusal.DAY_CANNOT_BE: mark("{day} cannot be right. Check the year."),
    Refusal.DAY_BEFORE_BIRTH: mark("{day} is before anybody of the household was born ({year}). Check the year."),
}

TROUBLES: dict[str, tuple[str, str]] = {
    "disk_full": (mark("The disk is full."), mark("Nothing of this action was saved. Make room on the disk, then try again.")),
    "locked": (
        mark("Another program is writing to the street's file."),
        mark("Nothing of this action was saved. Close the other window or command, then try again."),
    ),
    "read_only": (
        mark("The street's file or folder cannot be written: {path}"),
        mark("Move the file to a folder of your own, such as Documents, or ask for the right to write there."),
    ),
    "held": (
        mark("Another program is holding the file {path}."),
        mark("It was left as it is. Close the program that shows it, or wait for the virus scanner, then try again."),
    ),
    "missing": (mark("There is no file {path}. Check the name."), mark("Choose another file, restore a backup, or set up a new street.")),
    "moved": (
        mark("The street's file was moved, deleted or replaced while it was open. It is not at {path} any more."),
        mark(
            "Nothing of this action was saved. Everything saved before is kept here: {kept}. Put the file back, or restore that one, then open the street again."
        ),
    ),
    "no_folder": (
        mark("There is no folder {path}. Choose another."),
        mark("Nothing was written. Check that the drive is plugged in, or choose another folder."),
    ),
    "no_street": (
        mark("The file {path} has no street in it yet: setting it up was not finished."),
        mark("Set up the street again, or restore a backup. The unfinished file is kept beside it."),
    ),
    "exists": (mark("There is a file {path} already."), mark("It was left as it is. Choose another name.")),
    "not_ours": (
        mark("The file {path} is not a backup of this street."),
        mark("It was left as it is. Choose another name; only a backup of the same street is replaced without asking."),
    ),
    "folder_unusable": (mark("The folder of {path} cannot be used."), mark("Check that it exists and that the drive is plugged in.")),
    "not_a_file": (
        mark("{path} is a folder or a device, not a file."),
        mark("It was left as it is. Choose the name of a file."),
    ),
    "newer_file": (
        mark("{path} was made by a newer version of Caring Street."),
        mark("The file was not touched. Install the newer version on this laptop, then open it again."),
    ),
    "not_a_street": (mark("{path} is not a street's file."), mark("The file was not touched. Choose a file that ends in .caringstreet.")),
    "damaged": (mark("{path} is damaged."), mark("The file was not touched. Restore the newest backup.")),
}


def refusal_text(words: Words, refused: RuleRefused) -> str:
    """The sentence for a refusal, or the question of a doubt, with its facts in the reader's language."""
    said = DOUBTS[refused.reason] if isinstance(refused, Doubted) else REFUSALS[refused.reason]
    return words.say(said, **readable(words, refused.facts))


def trouble_text(words: Words, kind: str, path: str, kept: str = "") -> tuple[str, str]:
    """What happened, and what to do about it; `kept` is where saved work lies, if elsewhere."""
    what, then = TROUBLES[kind]
    return words.say(what, path=path), words.say(then, kept=kept or words.say("nowhere, because no folder could be written"))


def readable(words: Words, facts: Mapping[str, object]) -> dict[str, object]:
    """Facts as people read them: days, money of `listed`, `shares` and `…_cents`, names of states, quantities with their `unit`."""
    unit = facts.get("unit")
    return {
        name: amount(words, parse_quantity(value), unit)
        if isinstance(unit, Unit) and name in _QUANTITIES and isinstance(value, str)
        else _readable(words, name, value)
        for name, value in facts.items()
    }


def _readable(words: Words, name: str, value: object) -> object:
    if isinstance(value, datetime):
        return words.moment(value)
    if isinstance(value, date):
        return words.date(value)
    if isinstance(value, StrEnum) and (type(value), value) in LABELS:
        return label(words, value)
    if (name in ("listed", "shares") or name.endswith("_cents")) and isinstance(value, int):
        return words.money(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return "–" if value is None else value
