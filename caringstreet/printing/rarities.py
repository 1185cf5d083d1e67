"""Which characters of a name will not be printed: known as soon as it is typed, long before its paper is drawn."""

#: First and last code points that people here write every day, all of which our fonts have.
_USUAL = (
    (0x20, 0x7E),
    (0xA0, 0xFF),
    (0x2013, 0x2014),
    (0x2018, 0x201D),
    (0x2026, 0x2026),
    (0x3001, 0x3011),
    (0x4E00, 0x9FA5),
    (0xFF01, 0xFF5E),
)


def unprinted(text: str) -> str:
    """The characters that no font of ours has; for text of every day no font is looked at."""
    rare = "".join(char for char in text if not any(first <= ord(char) <= last for first, last in _USUAL))
    if not rare:
        return ""
    # reportlab is slow to load, and needed only for what is rare.
    from caringstreet.printing.fonts import missing

    return missing(rare)
