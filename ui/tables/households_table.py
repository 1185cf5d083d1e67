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
        Column("number", say("Number"), lambda row: row.number, 72, sort="number"),
        Column("name", say("Name"), lambda row: row.display_name, 132, sort="name", bold=True),
        Column("size", say("Persons"), lambda row: words.number(row.size), 66, number=True, sort="size"),
        Column("street", say("Street"), lambda row: row.street, 78, sort="street"),
        Column("language", say("Language"), lambda row: label(words, row.language), 90, sort="language", hidden=True),
        Column("state", say("State"), standing, 104, sort="state", tone=hindered),
        Column("held", say("This month"), lambda row: f"{row.held} / {row.cap}", 90, number=True, sort="held", tone=full),
        Column("review", say("Next review"), next_review, 124, sort="review", tone=due),
        Column("building", say("Building"), lambda row: row.building, 100, sort="building", hidden=True),
        Column(
            "large_print",
            say("Large print"),
            lambda row: say("yes") if row.large_print else "–",
            90,
            hidden=True,
        ),
    ]
