"""What decides about households, loaded for many at once."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from caringstreet.model.households import Consent, EligibilityCheck, Household
from caringstreet.rules.eligibility import HouseholdStanding
from caringstreet.storage.database import Reader


def of_households(reader: Reader, ids: Sequence[int] | None = None) -> dict[int, HouseholdStanding]:
    """The standing of these households, or of all."""
    wanted = select(Household.id, Household.state)
    proofs = select(EligibilityCheck.household_id, EligibilityCheck.category_code, EligibilityCheck.valid_until)
    consents = select(Consent.household_id, func.min(Consent.given_on)).where(Consent.withdrawn_on.is_(None)).group_by(Consent.household_id)
    if ids is not None:
        chosen = list(ids)
        wanted = wanted.where(Household.id.in_(chosen))
        proofs = proofs.where(EligibilityCheck.household_id.in_(chosen))
        consents = consents.where(Consent.household_id.in_(chosen))
    checks: dict[int, list[tuple[str, date | None]]] = {}
    for household_id, code, until in reader.execute(proofs):
        checks.setdefault(household_id, []).append((code, until))
    consented = {household_id: given_on for household_id, given_on in reader.execute(consents)}
    return {one: HouseholdStanding(state, consented.get(one), tuple(checks.get(one, ()))) for one, state in reader.execute(wanted)}
