"""One family of inputs: no page, dialog or table brings a bare field of Qt, which clips, steps by the wheel and keeps no draft."""

import ast

import pytest

from tests.architecture.imports import modules, parsed

#: What Qt has for these; `ui/widgets/` holds ours.
_BARE = frozenset(
    {"QLineEdit", "QTextEdit", "QPlainTextEdit", "QComboBox", "QSpinBox", "QDoubleSpinBox", "QDateEdit", "QTimeEdit", "QDateTimeEdit"}
)
_ASK = frozenset({"getText", "getInt", "getDouble", "getItem", "getMultiLineText"})


def bare(source: str) -> list[str]:
    """The bare fields that a module makes or takes as its base."""
    found = []
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _BARE:
            found.append(node.func.id)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _BARE | _ASK:
            found.append(node.func.attr)
        if isinstance(node, ast.ClassDef):
            found += [base.id for base in node.bases if isinstance(base, ast.Name) and base.id in _BARE]
    return found


def test_every_input_is_one_of_the_family() -> None:
    places = ("ui.pages.", "ui.dialogs.", "ui.tables.")
    found = {name: bare(path.read_text(encoding="utf-8")) for name, path in modules().items() if name.startswith(places)}
    assert {name: fields for name, fields in found.items() if fields} == {}


@pytest.mark.parametrize(
    "source", ["a = QLineEdit('x')", "class A(QSpinBox): pass", "x = QtWidgets.QComboBox()", "QInputDialog.getText(a, b)"]
)
def test_the_rule_bites(source: str) -> None:
    assert bare(source)
