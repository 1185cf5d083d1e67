"""The vouchers with neighbours as a sum that a person can check, for screen, sheet and command."""

from caringstreet.queries.month_summary import HandedOut
from caringstreet.words import Words


def out_text(words: Words, handed: HandedOut) -> str:
    """Handed out, less what became of them, is what neighbours still hold."""
    return words.say(
        "{handed_out} handed out – {redeemed} redeemed – {expired} expired – {returned} given back – {void} voided = {out} out with neighbours",
        handed_out=words.number(handed.handed_out),
        redeemed=words.number(handed.redeemed),
        expired=words.number(handed.expired),
        returned=words.number(handed.returned),
        void=words.number(handed.void),
        out=words.number(handed.out),
    )
