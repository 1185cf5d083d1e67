"""What the figures of a stop are called, in the order in which paper asks for them and the screen takes them."""

from caringstreet.words import Words, mark

_COLLECTED = mark("Collected")
_TO_HOUSEHOLDS = mark("To households")
_TO_A_GROUP = mark("To a group")
_TO_GROUP = mark("To {group}")
_THROWN_AWAY = mark("Thrown away")
_LEFT_OVER = mark("Left over")
_FIRST_GROUP = mark("Street cleaners")


def group_of(words: Words, last: str) -> str:
    """Who receives beside households: the group of last time; before the first, whom most streets begin with."""
    return last or words.say(_FIRST_GROUP)


def figure_names(words: Words, group: str) -> tuple[str, str, str, str, str]:
    """Collected, to households, to the group (by its name where one is known), thrown away, left over."""
    to_group = words.say(_TO_GROUP, group=group) if group else words.say(_TO_A_GROUP)
    return (words.say(_COLLECTED), words.say(_TO_HOUSEHOLDS), to_group, words.say(_THROWN_AWAY), words.say(_LEFT_OVER))
