"""What is said of a paper beside its own words."""

from caringstreet.printing.substitutes import SUBSTITUTE, Noticed
from caringstreet.words import Words


def substituted_lines(words: Words, noticed: Noticed) -> list[str]:
    """A sentence for each text in which characters could not be printed."""
    return [
        words.say(
            "“{text}”: {characters} cannot be printed; {sign} stands in its place.", text=text, characters=characters, sign=SUBSTITUTE
        )
        for text, characters in noticed.items()
    ]
