"""Undoes what a keyboard of another country makes of a scanner's keys: a scanner presses keys, the computer says letters."""

from collections.abc import Iterator

#: The keys of an American keyboard in their order, alone and with Shift, then what the same keys write elsewhere.
_KEYS = "1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./" + '!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?'
_LAYOUTS = (
    "&é\"'(-è_çà)=azertyuiop^$qsdfghjklmùwxcvbn,;:!" + "1234567890°+AZERTYUIOP¨£QSDFGHJKLM%WXCVBN?./§",  # French
    "&é\"'(§è!çà)-azertyuiop^$qsdfghjklmùwxcvbn,;:=" + "1234567890°_AZERTYUIOP¨*QSDFGHJKLM%WXCVBN?./+",  # Belgian
    "1234567890ß´qwertzuiopü+asdfghjklöäyxcvbnm,.-" + '!"§$%&/()=?`QWERTZUIOPÜ*ASDFGHJKLÖÄYXCVBNM;:_',  # German
    "ㄅㄉˇˋㄓˊ˙ㄚㄞㄢㄦ=ㄆㄊㄍㄐㄔㄗㄧㄛㄟㄣ[]ㄇㄋㄎㄑㄕㄘㄨㄜㄠㄤ'ㄈㄌㄏㄒㄖㄙㄩㄝㄡㄥ" + _KEYS[45:],  # Bopomofo
)


def _table(layout: str, *, letters_only: bool) -> dict[int, str]:
    pairs = zip(_KEYS, layout, strict=True)
    return {ord(there): here for here, there in pairs if there != here and (here.isalpha() or not letters_only)}


#: With Caps Lock some keyboards write digits as they are, and only their letters stand elsewhere.
_UNDO = tuple(_table(layout, letters_only=only) for layout in _LAYOUTS for only in (False, True))


def undone(text: str) -> Iterator[str]:
    """The text as each other keyboard would have had it written; each is worth only what it then verifies as."""
    seen = {text}
    for table in _UNDO:
        other = text.translate(table)
        if other not in seen:
            seen.add(other)
            yield other
