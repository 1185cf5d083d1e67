"""Chinese numerals as people write them in lists and dates."""

import re

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "兩": 2, "两": 2, "廿": 20, "卅": 30}
_TENS = {"十": 10, "百": 100, "千": 1000, "萬": 10_000}
CHARACTERS = "〇○零一二三四五六七八九十百千萬兩两廿卅"


def to_number(text: str) -> int | None:
    """27 of 「二十七」 or 「廿七」, 2026 of 「二〇二六」, 120 of 「一百二」; None for anything else."""
    if not text or any(char not in CHARACTERS for char in text):
        return None
    if not set(text) & (_TENS.keys() | {"廿", "卅"}):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _TENS:
            if char == "萬":
                total, section = total + (section + digit) * 10_000, 0
            else:
                section += (digit or 1) * _TENS[char]
            digit = 0
        elif char in "廿卅":
            section, digit = section + _DIGITS[char], 0
        else:
            digit = _DIGITS[char]
    if digit and len(text) > 1 and text[-2] in "百千萬":
        digit *= _TENS[text[-2]] // 10
    return total + section + digit


def with_digits(text: str) -> str:
    """The text with every Chinese numeral as digits."""
    return re.sub(f"[{CHARACTERS}]+", lambda found: str(to_number(found[0])), text)
