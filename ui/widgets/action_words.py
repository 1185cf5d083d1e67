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
    "household.withdraw_consent": mark("Consent withdrawn"),
    "voucher.issue": mark("Vouchers issued"),
    "voucher.print": mark("Vouchers printed"),
    "voucher.hand_out": mark("Vouchers handed out"),
    "voucher.undo_hand_out": mark("Hand-out undone"),
    "voucher.replace": mark("Vouchers replaced"),
    "voucher.withdraw": mark("Vouchers voided"),
    "voucher.return": mark("Vouchers given back"),
    "voucher.extend": mark("Vouchers extended"),
    "voucher.undo_extend": mark("Extension undone"),
    "evidence.record": mark("Vouchers or messages recorded"),
    "evidence.record_unreadable": mark("Unreadable voucher recorded"),
    "evidence.decide": mark("Question decided"),
    "evidence.reverse_decision": mark("Decision undone"),
    "evidence.book_to_own_shop": mark("Voucher recorded for its own shop"),
    "evidence.withdraw": mark("Record undone"),
    "messages.record": mark("Messages recorded"),
    "messages.forget_sender": mark("Sender removed"),
    "import": mark("File imported"),
    "import.undo": mark("Import undone"),
    "month_summary.keep": mark("Summary made"),
    "month_summary.print_again": mark("Summary printed again"),
}


def action_text(words: Words, action: str) -> str:
    """The words of an action."""
    return words.say(ACTIONS[action])
