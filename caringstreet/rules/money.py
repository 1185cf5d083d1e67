"""Money is whole cents; people write it in many ways."""

import re
import unicodedata


class NotMoney(ValueError):
    """The text is no amount."""

    kind = "not_an_amount"


def parse_money(text: str) -> int:
    """Cents of 「$40」, 「HK$40」, 「40.00」, 「1,234.5」, full-width digits too. Raises NotMoney."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    plain = re.sub(r"^(HKD|HK\$|\$)\s*", "", plain).removesuffix("元").strip()
    found = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?", plain)
    if found is None:
        raise NotMoney(text)
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0") or 0)
