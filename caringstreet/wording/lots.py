"""What is said of a lot: until when it is good, and the entries of its ledger."""

from datetime import date, datetime

from caringstreet.clock import local_day
from caringstreet.queries.goods import MovementRow
from caringstreet.rules.goods import Freshness, MovementKind, Target, stale_reason
from caringstreet.rules.quantities import Unit
from caringstreet.wording.goods import amount
from caringstreet.wording.labels import label
from caringstreet.words import Words


def signed_amount(words: Words, thousandths: int, unit: Unit) -> str:
    """+30 個; −2 包."""
    return ("+" if thousandths > 0 else "−") + amount(words, abs(thousandths), unit)


def first_text(words: Words, freshness: Freshness, today: date) -> str:
    """Until when a lot is to be given; a dash where nothing says so."""
    last = freshness.last_day
    if freshness.deliver_by is not None:
        same_day = local_day(freshness.deliver_by) == today
        return words.say("today {time}", time=words.time(freshness.deliver_by)) if same_day else words.moment(freshness.deliver_by)
    if last is None:
        return "–"
    return words.date_short(last) if last.year == today.year else words.date(last)


def freshness_lines(words: Words, freshness: Freshness) -> list[tuple[str, str]]:
    """The days and the moment of a lot, each under its name."""
    return [
        (words.say("Best before"), words.date(freshness.best_before) if freshness.best_before else ""),
        (words.say("Use by"), words.date(freshness.use_by) if freshness.use_by else ""),
        (words.say("Hand over by"), words.moment(freshness.deliver_by) if freshness.deliver_by else ""),
    ]


def stale_text(words: Words, freshness: Freshness, day: date, at: datetime) -> str:
    """Why a lot may not be given any more; empty where it may."""
    reason = stale_reason(freshness, day, at)
    return "" if reason is None else label(words, reason)


def movement_text(words: Words, row: MovementRow) -> str:
    """What an entry of the ledger says: given to whom, thrown away why."""
    kind = label(words, row.kind)
    if row.kind is MovementKind.DISTRIBUTION and row.target is not None:
        return words.say("{kind}: {what}", kind=kind, what=_receiver(words, row, row.target))
    if row.kind is MovementKind.DISPOSAL and row.reason is not None:
        return words.say("{kind}: {what}", kind=kind, what=label(words, row.reason))
    return kind


def _receiver(words: Words, row: MovementRow, target: Target) -> str:
    named = row.receiver or label(words, target)
    return words.say("{who} ({n})", who=named, n=row.people) if row.people else named
