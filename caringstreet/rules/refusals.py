"""Every reason for which a rule can say no; wording lives in refusal_words.py."""

from enum import StrEnum


class Refusal(StrEnum):
    """Every reason for which a rule can refuse an action."""

    STREET_NAME_MISSING = "street.name_missing"
    PAGE_HOST_UNUSABLE = "street.page_host_unusable"
    PHONE_UNUSABLE = "phone.unusable"
    REASON_MISSING = "reason.missing"
    CATEGORY_UNKNOWN = "category.unknown"
    NAME_MISSING = "name.missing"
    CODE_MISSING = "code.missing"
    SHOP_UNKNOWN = "shop.unknown"
    SHOP_CODE_TAKEN = "shop.code_taken"
    SHOP_NOT_ACTIVE = "shop.not_active"
    SHOP_AGREEMENT_MISSING = "shop.agreement_missing"
    SHOP_AGREEMENT_ENDED = "shop.agreement_ended"
    AGREEMENT_DAYS_REVERSED = "agreement.days_reversed"
    OFFER_UNKNOWN = "offer.unknown"
    OFFER_CODE_TAKEN = "offer.code_taken"
    OFFER_NOT_OPEN = "offer.not_open"
    OFFER_SPLIT_DOES_NOT_ADD_UP = "offer.split_does_not_add_up"
    OFFER_NEGATIVE_SHARE = "offer.negative_share"
    OFFER_PERCENT_WITH_FUND = "offer.percent_with_fund"
    OFFER_PERCENT_UNUSABLE = "offer.percent_unusable"
    OFFER_TIMES_REVERSED = "offer.times_reversed"
    OFFER_QUOTA_BELOW_ISSUED = "offer.quota_below_issued"
    OFFER_VALIDITY_INCOMPLETE = "offer.validity_incomplete"
    OFFER_ENDED_BEFORE_DAY = "offer.ended_before_day"
    QUOTA_USED_UP = "offer.quota_used_up"
    HOUSEHOLD_UNKNOWN = "household.unknown"
    HOUSEHOLD_NUMBER_TAKEN = "household.number_taken"
    HOUSEHOLD_SIZE_UNUSABLE = "household.size_unusable"
    HOUSEHOLD_BIRTH_YEAR_UNUSABLE = "household.birth_year_unusable"
    HOUSEHOLD_NOT_ELIGIBLE_STATE = "household.not_eligible_state"
    HOUSEHOLD_ELIGIBILITY_ENDED = "household.eligibility_ended"
    HOUSEHOLD_WITHOUT_CONSENT = "household.without_consent"
    HOUSEHOLD_CATEGORY_DIFFERS = "household.category_differs"
    HOUSEHOLD_CAP_REACHED = "household.cap_reached"
    HOUSEHOLD_OFFER_LIMIT_REACHED = "household.offer_limit_reached"
    HOUSEHOLD_ALREADY_LEFT = "household.already_left"
    VOUCHER_UNKNOWN = "voucher.unknown"
    VOUCHER_ALREADY_REDEEMED = "voucher.already_redeemed"
    VOUCHER_ALREADY_ENDED = "voucher.already_ended"
    VOUCHER_NOT_HANDED_OUT = "voucher.not_handed_out"
    VOUCHER_ALREADY_HANDED_OUT = "voucher.already_handed_out"
    COUNT_UNUSABLE = "count.unusable"
    EXTENSION_NOT_LATER = "voucher.extension_not_later"
    NOTHING_TO_DO = "nothing.to_do"
    EVIDENCE_UNKNOWN = "evidence.unknown"
    EVIDENCE_ALREADY_DECIDED = "evidence.already_decided"
    EVIDENCE_ALREADY_WITHDRAWN = "evidence.already_withdrawn"
    EVIDENCE_NEEDS_VOUCHER = "evidence.needs_voucher"
    EVIDENCE_CANNOT_REDEEM = "evidence.cannot_redeem"
    IMPORT_UNKNOWN = "import.unknown"
    IMPORT_ALREADY_UNDONE = "import.already_undone"
    IMPORT_IN_USE = "import.in_use"
    IMPORT_HAS_BAD_ROWS = "import.has_bad_rows"
    DAYS_REVERSED = "days.reversed"


class RuleRefused(Exception):
    """An expected 'no'; carries facts for the message, never a sentence."""

    def __init__(self, reason: Refusal, field: str = "", **facts: object) -> None:
        super().__init__(f"{reason} {facts}")
        self.reason = reason
        self.field = field
        self.facts = facts
