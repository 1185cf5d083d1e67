"""Reads who imports whom from the source itself, lazy imports counted."""

import ast
from collections.abc import Iterator
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


def imported(source: str) -> Iterator[tuple[str, int, bool]]:
    """Each imported name, its line, and whether it stands inside a function."""
    tree = ast.parse(source)
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    typing_only = {
        id(node)
        for test in ast.walk(tree)
        if isinstance(test, ast.If) and "TYPE_CHECKING" in ast.unparse(test.test)
        for node in ast.walk(test)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            for one in node.names:
                yield one.name, node.lineno, id(node) in inside
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield "." * node.level, node.lineno, id(node) in inside
            else:
                for one in node.names:
                    yield f"{node.module}.{one.name}", node.lineno, id(node) in inside


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
