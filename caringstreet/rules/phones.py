"""Hong Kong telephone numbers: eight digits."""

import re

from caringstreet.rules.texts import clean


class NotAPhone(ValueError):
    """The text is no telephone number of eight digits."""

    kind = "phone_not_8_digits"


def normal_phone(text: str) -> str:
    """The eight digits of a number written with spaces, dashes, +852, "Tel." or as a spreadsheet's number. Raises NotAPhone."""
    plain = re.sub(r"^(?:電話|手提|手機|tel|phone|mobile|whatsapp)[\s.::號碼]*", "", clean(text).strip().casefold())
    plain = re.sub(r"(?<=\d{8})\.0+$", "", plain)
    if re.fullmatch(r"\d\.\d{7}e\+?0?7", plain):
        plain = plain[0] + plain[2:9]
    digits = re.sub(r"[\s\-().]", "", plain)
    digits = re.sub(r"^(?:\+|00)?852(?=\d{8}$)", "", digits)
    if not re.fullmatch(r"[2-9]\d{7}", digits):
        raise NotAPhone(text)
    return digits


def shown_phone(digits: str) -> str:
    """As people write it: 9123 4567."""
    return f"{digits[:4]} {digits[4:]}" if len(digits) == 8 else digits


def is_mobile(digits: str) -> bool:
    """Whether a number's first digit is of a mobile level; only those can have WhatsApp."""
    return digits[:1] in {"4", "5", "6", "7", "9"}
