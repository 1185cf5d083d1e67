"""Patterns for finding a word anywhere in a folded text."""


def like(folded: str) -> str:
    """A LIKE pattern with escape \\."""
    escaped = folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
