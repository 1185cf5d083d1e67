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


#: A number within other words, and what may stand behind it beside a name: an extension.
_WITHIN = re.compile(r"(?<![\d+])(?:(?:\+|00)?\(?852\)?[\s-]*)?([2-9]\d{3})[\s.-]?(\d{4})(?!\d)")
_BESIDE = re.compile(r"[^\d+]*(?:(?:ext|x|轉|內線|分機|#)[\s.:]*\d{1,5}[^\d+]*)?", re.IGNORECASE)
_LABEL = re.compile(r"電話|手提|手機|住宅|公司|或|/|\b(?:tel|phone|mobile|home|office|whatsapp|wa|or|[mhot])\b", re.IGNORECASE)


def phone_within(text: str) -> tuple[str, str]:
    """The first number of a cell, and what else it holds: a second number, a name, an extension. Raises NotAPhone.

    A figure beside it that could belong to the number, or another country's, is no telephone of ours.
    """
    try:
        return normal_phone(text), ""
    except NotAPhone:
        plain = clean(text)
        found = _WITHIN.search(plain)
        if found is None or not _BESIDE.fullmatch(_WITHIN.sub(" / ", plain)):
            raise
    rest = f"{plain[: found.start()]} {plain[found.end() :]}"
    said = re.sub(r"\s+", " ", rest).strip(" ()[],、;:/.*-")
    return found[1] + found[2], said if re.search(r"\w", _LABEL.sub(" ", said)) else ""


def shown_phone(digits: str) -> str:
    """As people write it: 9123 4567."""
    return f"{digits[:4]} {digits[4:]}" if len(digits) == 8 else digits


def is_mobile(digits: str) -> bool:
    """Whether a number's first digit is of a mobile level; only those can have WhatsApp."""
    return digits[:1] in {"4", "5", "6", "7", "9"}
