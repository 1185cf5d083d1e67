"""What an audit entry says to people."""

from caringstreet.words import Words, mark

ACTIONS = {
    "street.found": mark("Street set up"),
    "street.change_settings": mark("Settings changed"),
    "shop.register": mark("Shop registered"),
    "shop.change": mark("Shop changed"),
    "shop.set_state": mark("State of the shop changed"),
    "shop.renew_agreement": mark("Agreement renewed"),
    "device.pair": mark("Phone paired"),
    "device.revoke": mark("Phone's card revoked"),
    "device.pair_again": mark("Phone paired again"),
    "offer.register": mark("Offer added"),
    "offer.change": mark("Offer changed"),
    "offer.set_state": mark("State of the offer changed"),
    "household.register": mark("Household registered"),
    "household.change": mark("Household changed"),
    "household.set_state": mark("State of the household changed"),
    "household.review": mark("Review recorded"),
    "household.withdraw_consent": mark("Consent taken back"),
    "voucher.issue": mark("Vouchers issued"),
    "voucher.print": mark("Vouchers printed"),
    "voucher.hand_out": mark("Vouchers handed out"),
    "voucher.undo_hand_out": mark("Hand-out taken back"),
    "voucher.replace": mark("Vouchers replaced"),
    "voucher.withdraw": mark("Vouchers withdrawn"),
    "voucher.return": mark("Vouchers returned"),
    "voucher.extend": mark("Vouchers extended"),
    "evidence.record": mark("Slips or messages recorded"),
    "evidence.record_unreadable": mark("Unreadable slip recorded"),
    "evidence.decide": mark("Question decided"),
    "evidence.reverse_decision": mark("Decision taken back"),
    "evidence.book_to_own_shop": mark("Slip booked to its own shop"),
    "evidence.withdraw": mark("Record taken back"),
    "messages.record": mark("Messages recorded"),
    "messages.forget_sender": mark("Sender forgotten"),
    "import": mark("File imported"),
    "import.undo": mark("Import undone"),
    "month_summary.keep": mark("Summary made"),
    "month_summary.print_again": mark("Summary printed again"),
}


def action_text(words: Words, action: str) -> str:
    """The words of an action."""
    return words.say(ACTIONS[action])
