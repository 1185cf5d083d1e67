"""The look: two palettes, the fonts, and the little style sheet."""

from dataclasses import dataclass
from importlib import resources

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

_FAMILIES = ["Segoe UI", "Microsoft JhengHei UI", "PingFang HK", "Noto Sans CJK HK", "Caring Street Sans HK", "Noto Sans"]
_SCRIPT_FONTS = (
    "NotoNastaliqUrdu-Regular.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansGurmukhi-Regular.ttf",
    "NotoSansThai-Regular.ttf",
)


@dataclass(frozen=True)
class Colors:
    """Every colour of the window; text on its ground has a contrast of at least 4.5 to 1."""

    ground: str
    side: str
    card: str
    line: str
    edge: str
    text: str
    dim: str
    accent: str
    on_accent: str
    accent_soft: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str


LIGHT = Colors(
    ground="#FBF8F4", side="#F3EDE4", card="#FFFFFF", line="#E6DED2", edge="#8F867A", text="#26211C", dim="#6F665B",
    accent="#B8402A", on_accent="#FFFFFF", accent_soft="#F9E9E3", good="#26713F", good_soft="#E3F1E7",
    warn="#855800", warn_soft="#FBEFD2", bad="#A62828", bad_soft="#FBE3E1",
)  # fmt: skip
DARK = Colors(
    ground="#1C1A18", side="#171513", card="#262320", line="#3A352F", edge="#857C70", text="#F1ECE6", dim="#B0A699",
    accent="#F08A6C", on_accent="#2A140D", accent_soft="#43291F", good="#7CC79A", good_soft="#20342A",
    warn="#E0B45A", warn_soft="#3A301A", bad="#F19A92", bad_soft="#432523",
)  # fmt: skip

_current = LIGHT


def colors() -> Colors:
    """The colours in use, for what is painted by hand."""
    return _current


def apply(application: QApplication, scheme: str) -> None:
    """Put on "light", "dark" or, with "system", what the system prefers."""
    global _current
    dark = scheme == "dark" or (scheme == "system" and _system_is_dark())
    _current = DARK if dark else LIGHT
    application.setStyle("Fusion")
    application.setPalette(_palette(_current))
    application.setStyleSheet(_style(_current))


def load_fonts(application: QApplication) -> None:
    """System fonts first; the bundled ones for scripts that a system may lack."""
    folder = resources.files("resources").joinpath("fonts")
    families = set(QFontDatabase.families())
    names = list(_SCRIPT_FONTS)
    if not families & set(_FAMILIES[1:4]):
        names.append("CaringStreetSansHK-Regular.ttf")
    for name in names:
        with resources.as_file(folder.joinpath(name)) as path:
            QFontDatabase.addApplicationFont(str(path))
    font = QFont(_FAMILIES)
    font.setPointSizeF(10.5)
    application.setFont(font)


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def _palette(c: Colors) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for where, color in {
        role.Window: c.ground, role.WindowText: c.text, role.Base: c.card, role.AlternateBase: c.ground,
        role.Text: c.text, role.Button: c.card, role.ButtonText: c.text, role.PlaceholderText: c.dim,
        role.Highlight: c.accent, role.HighlightedText: c.on_accent, role.Accent: c.accent, role.Link: c.accent,
        role.ToolTipBase: c.card, role.ToolTipText: c.text, role.Mid: c.line, role.Midlight: c.line,
    }.items():  # fmt: skip
        palette.setColor(where, QColor(color))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(c.dim))
    return palette


def _mark(name: str, c: Colors) -> str:
    """The path of a little picture in the style sheet, in the shade of its look."""
    with resources.as_file(resources.files("resources").joinpath("marks", f"{name}-{'dark' if c is DARK else 'light'}.svg")) as path:
        return path.as_posix()


def _style(c: Colors) -> str:
    # Fusion's own box is darker than its ground, and so is not seen on a dark one.
    tick, down, up = (_mark(name, c) for name in ("tick", "chevron-down", "chevron-up"))
    return f"""
    QToolTip {{ background: {c.card}; color: {c.text}; border: 1px solid {c.line}; padding: 4px; }}
    #side {{ background: {c.side}; border-right: 1px solid {c.line}; }}
    #bottom {{ background: {c.ground}; border-top: 1px solid {c.line}; }}
    #practice {{ background: {c.warn_soft}; }} #practice QLabel {{ color: {c.warn}; font-weight: 600; }}
    QFrame[card="true"] {{ background: {c.card}; border: 1px solid {c.line}; border-radius: 10px; }}
    QLabel[role="title"] {{ font-size: 17pt; font-weight: 700; }}
    QLabel[role="heading"] {{ font-size: 12pt; font-weight: 700; }}
    QLabel[role="number"] {{ font-size: 26pt; font-weight: 700; }}
    QLabel[role="big"] {{ font-size: 20pt; font-weight: 700; }}
    QLabel[role="dim"] {{ color: {c.dim}; }} QLabel[role="accent"] {{ color: {c.accent}; }}
    QLabel[role="good"] {{ color: {c.good}; }} QLabel[role="warn"] {{ color: {c.warn}; }} QLabel[role="bad"] {{ color: {c.bad}; }}
    QLabel[badge="neutral"] {{ background: {c.side}; color: {c.dim}; border-radius: 9px; padding: 2px 9px; }}
    QLabel[badge="good"] {{ background: {c.good_soft}; color: {c.good}; border-radius: 9px; padding: 2px 9px; }}
    QLabel[badge="warn"] {{ background: {c.warn_soft}; color: {c.warn}; border-radius: 9px; padding: 2px 9px; }}
    QLabel[badge="bad"] {{ background: {c.bad_soft}; color: {c.bad}; border-radius: 9px; padding: 2px 9px; }}
    QFrame[note="info"] {{ background: {c.side}; border-radius: 8px; }}
    QFrame[note="good"] {{ background: {c.good_soft}; border-radius: 8px; }}
    QFrame[note="warn"] {{ background: {c.warn_soft}; border-radius: 8px; }}
    QFrame[note="bad"] {{ background: {c.bad_soft}; border-radius: 8px; }}
    QPushButton {{ background: {c.card}; border: 1px solid {c.line}; border-radius: 8px; padding: 6px 14px; }}
    QPushButton:hover {{ border-color: {c.accent}; }} QPushButton:focus {{ border: 2px solid {c.accent}; padding: 5px 13px; }}
    QPushButton:disabled {{ color: {c.dim}; background: {c.ground}; }}
    QPushButton[kind="primary"] {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; font-weight: 600; }}
    QPushButton[kind="primary"]:focus {{ border: 2px solid {c.text}; }}
    QPushButton[kind="primary"]:disabled {{ background: {c.line}; color: {c.dim}; border-color: {c.line}; }}
    QPushButton[kind="quiet"] {{ background: transparent; border-color: transparent; color: {c.accent}; padding: 4px 8px; }}
    QPushButton[kind="quiet"]:focus, QPushButton[kind="nav"]:focus {{ border: 2px solid {c.accent}; }}
    QPushButton[kind="nav"] {{ background: transparent; border: 2px solid transparent; text-align: left; padding: 8px 10px; }}
    QPushButton[kind="nav"][dense="true"] {{ padding: 3px 10px; }}
    QPushButton[kind="nav"]:hover {{ background: {c.line}; }}
    QPushButton[kind="nav"]:checked {{ background: {c.accent_soft}; color: {c.accent}; font-weight: 700; }}
    QPushButton[kind="chip"] {{ background: {c.side}; border: 2px solid transparent; border-radius: 13px; padding: 2px 11px; color: {c.dim}; }}
    QPushButton[kind="chip"]:checked {{ background: {c.accent_soft}; color: {c.accent}; }}
    QPushButton[kind="chip"]:focus {{ border-color: {c.accent}; }}
    QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox {{ background: {c.card}; color: {c.text}; border: 1px solid {c.edge}; border-radius: 7px; padding: 5px 8px; min-height: 22px; selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
    QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{ border: 2px solid {c.accent}; padding: 4px 7px; }}
    QLineEdit[trouble="true"], QComboBox[trouble="true"], QAbstractSpinBox[trouble="true"] {{ border: 2px solid {c.bad}; padding: 4px 7px; }}
    QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {{ background: {c.ground}; color: {c.dim}; border: 1px solid {c.line}; padding: 5px 8px; }}
    QComboBox {{ padding: 5px 9px; max-height: 22px; }} QComboBox:focus {{ padding: 4px 8px; }}
    QAbstractSpinBox, QAbstractSpinBox:focus, QAbstractSpinBox:disabled, QAbstractSpinBox[trouble="true"] {{ padding: 0; min-height: 32px; max-height: 32px; }}
    QComboBox QLineEdit, QAbstractSpinBox QLineEdit, QComboBox QLineEdit:disabled, QAbstractSpinBox QLineEdit:disabled {{ background: transparent; border: 0; padding: 0; min-height: 0; }}
    QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:disabled {{ padding: 0 6px; }}
    QComboBox::drop-down {{ subcontrol-origin: padding; subcontrol-position: center right; width: 22px; border: 0; }}
    QComboBox::down-arrow {{ image: url("{down}"); width: 15px; height: 15px; }}
    QComboBox QAbstractItemView {{ background: {c.card}; border: 1px solid {c.edge}; padding: 3px; outline: 0; selection-background-color: {c.accent_soft}; selection-color: {c.text}; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ subcontrol-origin: padding; width: 22px; border: 0; border-left: 1px solid {c.line}; }}
    QAbstractSpinBox::up-button {{ subcontrol-position: top right; }} QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; }}
    QAbstractSpinBox[arrows="false"]::up-button, QAbstractSpinBox[arrows="false"]::down-button {{ width: 0; border: 0; }}
    QAbstractSpinBox[arrows="false"]::up-arrow, QAbstractSpinBox[arrows="false"]::down-arrow {{ image: none; width: 0; }}
    QAbstractSpinBox::up-arrow {{ image: url("{up}"); width: 12px; height: 12px; }} QAbstractSpinBox::down-arrow {{ image: url("{down}"); width: 12px; height: 12px; }}
    QTableView {{ background: {c.card}; border: 1px solid {c.line}; border-radius: 10px; gridline-color: {c.line}; }}
    QTableView::item {{ padding: 0 6px; border-bottom: 1px solid {c.line}; }}
    QTableView::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}
    QListWidget {{ background: {c.card}; border: 1px solid {c.line}; border-radius: 10px; padding: 4px; }}
    QListWidget::item {{ padding: 4px 6px; border-radius: 7px; }}
    QListWidget::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}
    QListWidget:focus {{ border: 2px solid {c.accent}; }}
    QHeaderView::section {{ background: {c.card}; color: {c.dim}; border: 0; border-bottom: 1px solid {c.line}; padding: 6px; }}
    QScrollArea, QScrollArea > #qt_scrollarea_viewport, QScrollArea > #qt_scrollarea_viewport > QWidget {{ background: transparent; }}
    QScrollArea:focus {{ border: 2px solid {c.accent}; border-radius: 8px; }}
    QProgressBar {{ border: 0; background: {c.line}; border-radius: 4px; height: 8px; }} QProgressBar::chunk {{ background: {c.accent}; border-radius: 4px; }}
    QCheckBox:focus, QRadioButton:focus {{ color: {c.accent}; }}
    QCheckBox::indicator, QTableView::indicator, QTreeView::indicator {{ width: 14px; height: 14px; border: 1px solid {c.dim}; border-radius: 4px; background: {c.card}; }}
    QCheckBox::indicator:checked, QTableView::indicator:checked, QTreeView::indicator:checked {{ background: {c.accent}; border-color: {c.accent}; image: url("{tick}"); }}
    QCheckBox::indicator:focus {{ border: 2px solid {c.accent}; width: 12px; height: 12px; }}
    QCheckBox::indicator:disabled {{ border-color: {c.line}; }}
    """
