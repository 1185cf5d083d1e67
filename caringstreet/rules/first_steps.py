"""What a new street does before its first vouchers lie on the table."""

from enum import StrEnum


class FirstStep(StrEnum):
    """In the order of the chain; none must wait for the others unless it cannot be done without."""

    SHOP = "shop"
    OFFER = "offer"
    HOUSEHOLD = "household"
    ISSUE = "issue"
    PRINT = "print"


#: What a step cannot begin without.
NEEDS = {
    FirstStep.SHOP: (),
    FirstStep.OFFER: (FirstStep.SHOP,),
    FirstStep.HOUSEHOLD: (),
    FirstStep.ISSUE: (FirstStep.OFFER, FirstStep.HOUSEHOLD),
    FirstStep.PRINT: (FirstStep.ISSUE,),
}
