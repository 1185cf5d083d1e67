"""The kinds of thing a user action can change; tables that show one of them refresh themselves."""

from enum import StrEnum


class Changed(StrEnum):
    """Announced by a transaction after its commit."""

    STREET = "street"
    SHOPS = "shops"
    OFFERS = "offers"
    HOUSEHOLDS = "households"
    VOUCHERS = "vouchers"
    EVIDENCE = "evidence"
    IMPORTS = "imports"
    GOODS = "goods"
    RUNS = "runs"
    CHOICE_EVENTS = "choice_events"
    DISTRIBUTIONS = "distributions"
    NEEDS = "needs"
    FUND = "fund"
    REPORTS = "reports"
    BACKUPS = "backups"
