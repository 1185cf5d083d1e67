"""The vouchers with neighbours as a sum that a person can check, for screen, sheet and command."""

from caringstreet.queries.month_summary import HandedOut
from caringstreet.words import Words


def out_text(words: Words, handed: HandedOut) -> str:
    """Handed out, less what became of them, is what neighbours still hold; parts that are nothing are left out."""
    say = words.say
    taken = (
        (handed.redeemed, say("{n} redeemed", n=words.number(handed.redeemed))),
        (handed.expired, say("{n} expired", n=words.number(handed.expired))),
        (handed.returned, say("{n} given back", n=words.number(handed.returned))),
        (handed.void, say("{n} voided", n=words.number(handed.void))),
    )
    parts = (say("{n} handed out", n=words.number(handed.handed_out)), *(said for count, said in taken if count))
    return say("{sum} = {out} out with neighbours", sum=" – ".join(parts), out=words.number(handed.out))
