"""What a recall says: who got of a lot, on what occasion, and how to reach them."""

from caringstreet.queries.recalls import Recall, RecallRow
from caringstreet.rules.phones import shown_phone
from caringstreet.wording.goods import amount
from caringstreet.wording.labels import label
from caringstreet.wording.lots import freshness_lines
from caringstreet.words import Words


def who_text(words: Words, row: RecallRow) -> str:
    """Number and display name, the shop, or the group with how many it was."""
    named = " ".join(part for part in (row.household, row.display_name) if part) or row.shop or row.group_name
    if row.visitor is not None and not row.household:
        named = words.say("Visitor no. {n}", n=row.visitor)
    who = named or label(words, row.target)
    return words.say("{who} ({n})", who=who, n=row.people) if row.people else who


def occasion_text(words: Words, row: RecallRow) -> str:
    """The run, the choice day, the list; a transfer between whom it was has none."""
    if row.promised:
        return words.say("Still on the list {name}: stop it", name=row.occasion)
    if row.run_id is not None:
        return words.say("Bread run of {day}", day=words.date_short(row.day))
    return row.occasion or words.say("Given directly")


def reach_text(words: Words, row: RecallRow) -> str:
    """The shop's contact; of a household its building, since its telephone stands on its own page alone."""
    if row.shop_id is not None:
        return " ".join(part for part in (row.contact, shown_phone(row.phone)) if part) or "–"
    if row.household_id is not None:
        return row.building or words.say("see its page")
    if row.run_id is not None:
        return words.say("ask who went on the run")
    return "–"


def head_lines(words: Words, recall: Recall) -> tuple[str, ...]:
    """The lot, its figures, and what else to look at."""
    lot, unit = recall.lot, recall.unit
    days = " · ".join(f"{name} {said}" for name, said in freshness_lines(words, lot.freshness) if said)
    lines = [
        " · ".join(
            part
            for part in (
                words.say("{giver}, on {day}", giver=lot.giver, day=words.date(lot.day)),
                words.say("Receipt no. {n}", n=lot.number),
                words.say("Lot no. {n}", n=lot.lot_id),
                days,
            )
            if part
        ),
        words.say(
            "Taken in {came}: given {given}, thrown away {gone}, still here {left}",
            came=amount(words, recall.taken_in, unit),
            given=amount(words, recall.given, unit),
            gone=amount(words, recall.disposed, unit),
            left=amount(words, lot.stock, unit),
        ),
    ]
    if recall.others:
        lines.append(
            words.say_count(
                "{n} other lot of the same thing and day is not part of this list.",
                "{n} other lots of the same thing and day are not part of this list.",
                len(recall.others),
            )
        )
    return tuple(lines)
