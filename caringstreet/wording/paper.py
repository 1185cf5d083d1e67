"""What is said of a paper beside its own words."""

from caringstreet.printing.rarities import unprinted
from caringstreet.printing.substitutes import SUBSTITUTE, Noticed
from caringstreet.words import Words


def unrecorded_text(words: Words) -> str:
    """Said where a paper was drawn of a street that nothing can be written to."""
    return words.say("This street can only be read: the file is made, and nothing was recorded.")


def unprinted_text(words: Words, text: str) -> str:
    """Said as soon as something is typed that no paper will show; nothing where all can be printed."""
    characters = unprinted(text)
    if not characters:
        return ""
    return words.say("{characters} cannot be printed; on paper {sign} stands in its place.", characters=characters, sign=SUBSTITUTE)


def substituted_lines(words: Words, noticed: Noticed) -> list[str]:
    """A sentence for each text in which characters could not be printed."""
    return [
        words.say(
            "“{text}”: {characters} cannot be printed; {sign} stands in its place.", text=text, characters=characters, sign=SUBSTITUTE
        )
        for text, characters in noticed.items()
    ]
