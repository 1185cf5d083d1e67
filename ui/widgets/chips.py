"""Filter chips: one of a few views of a list, each with its count."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from ui.widgets.flow import Flow


class Chips(QWidget):
    """Exactly one chip is chosen."""

    chosen = Signal(str)

    def __init__(self, chips: list[tuple[str, str]]) -> None:
        super().__init__()
        line = Flow(spacing=6)
        self.setLayout(line)
        self._group = QButtonGroup(self)
        self._chips: dict[str, tuple[QPushButton, str]] = {}
        for key, name in chips:
            chip = QPushButton(name)
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            self._group.addButton(chip)
            self._chips[key] = (chip, name)
            chip.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            line.addWidget(chip)
        if chips:
            self._chips[chips[0][0]][0].setChecked(True)

    def count(self, key: str, number: int) -> None:
        """Show a count beside a chip's name."""
        chip, name = self._chips[key]
        chip.setText(f"{name} {number}")

    def current(self) -> str:
        return next(key for key, (chip, _) in self._chips.items() if chip.isChecked())

    def choose(self, key: str) -> None:
        self._chips[key][0].setChecked(True)
