"""Reads who imports whom from the source itself, lazy imports counted."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def modules() -> dict[str, Path]:
    """All modules of the product by their dotted name."""
    found = {}
    for folder in ("caringstreet", "ui"):
        for path in (ROOT / folder).rglob("*.py"):
            if "versions" in path.parts or path.name == "env.py":
                continue
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            found[name] = path
    return found


@cache
def parsed(source: str) -> ast.Module:
    """The tree of a source, made once for all who look at it."""
    return ast.parse(source)


@cache
def imported(source: str) -> tuple[tuple[str, int, bool], ...]:
    """Each imported name, its line, and whether it stands inside a function."""
    return tuple(_imports_in(parsed(source), inside=False))


def _imports_in(place: ast.AST, *, inside: bool) -> Iterator[tuple[str, int, bool]]:
    """What is imported for the types alone is left out. Imports stand nowhere but among statements."""
    for node in ast.iter_child_nodes(place):
        if isinstance(node, ast.Import):
            for one in node.names:
                yield one.name, node.lineno, inside
        elif isinstance(node, ast.ImportFrom):
            names = ["." * node.level] if node.level else [f"{node.module}.{one.name}" for one in node.names]
            for name in names:
                yield name, node.lineno, inside
        elif isinstance(node, ast.stmt | ast.excepthandler | ast.match_case) and not _is_for_types(node):
            yield from _imports_in(node, inside=inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def targets(source: str, known: set[str]) -> set[str]:
    """The product's own modules that a source imports."""
    found = set()
    for name, _, _ in imported(source):
        parts = name.split(".")
        for length in range(len(parts), 0, -1):
            if ".".join(parts[:length]) in known:
                found.add(".".join(parts[:length]))
                break
    return found
