"""The columns of the list of households: no telephone, floor or unit among them."""

from datetime import date

from caringstreet.queries.households import AHEAD, HouseholdRow
from caringstreet.rules.eligibility import hindrances
from caringstreet.rules.households import HouseholdState
from caringstreet.wording.eligibility import standing_text
from caringstreet.wording.labels import label
from caringstreet.words import Words
from ui.tables.id_table import Column

#: Of a badge that says why a household receives nothing now.
TONES = {
    HouseholdState.APPLYING: "neutral",
    HouseholdState.ELIGIBLE: "warn",
    HouseholdState.PAUSED: "warn",
    HouseholdState.REVIEW: "warn",
    HouseholdState.CLOSED: "neutral",
}


def columns(words: Words, today: date) -> list[Column]:
    """Number and name first, what the month holds, and when the next review is due."""
    say = words.say
    soon = today + AHEAD

    def due(row: HouseholdRow) -> str:
        return "warn" if row.review_on is not None and row.review_on <= soon else ""

    def full(row: HouseholdRow) -> str:
        return "dim" if row.held >= row.cap else ""

    def standing(row: HouseholdRow) -> str:
        return standing_text(words, row.standing, today)

    def hindered(row: HouseholdRow) -> str:
        return "warn" if hindrances(row.standing, today) else "good"

    def next_review(row: HouseholdRow) -> str:
        return words.date(row.review_on) if row.review_on is not None else "–"

    return [
        Column("number", say("Number"), lambda row: row.number, sort="number"),
        Column("name", say("Name"), lambda row: row.display_name, sort="name", bold=True, name=True),
        Column("size", say("Persons"), lambda row: words.number(row.size), number=True, sort="size", spare=2),
        Column("street", say("Street"), lambda row: row.street, sort="street", spare=1),
        Column("language", say("Language"), lambda row: label(words, row.language), sort="language", hidden=True, spare=3),
        Column("state", say("State"), standing, sort="state", tone=hindered),
        Column("held", say("This month"), lambda row: f"{row.held} / {row.cap}", number=True, sort="held", tone=full),
        Column("review", say("Next review"), next_review, sort="review", tone=due),
        Column("building", say("Building"), lambda row: row.building, sort="building", hidden=True, spare=4),
        Column(
            "large_print",
            say("Large print"),
            lambda row: say("yes") if row.large_print else "–",
            hidden=True,
        ),
    ]
