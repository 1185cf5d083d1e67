"""Patterns for finding a word anywhere in a folded text."""

#: SQLite refuses a longer pattern, and nobody types one.
_LONGEST = 200


def like(folded: str) -> str:
    """A LIKE pattern with escape \\."""
    escaped = folded[:_LONGEST].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
