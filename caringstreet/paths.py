"""Where this computer keeps the street's file, the practice street and the log."""

import os
import sys
from pathlib import Path

_NAME = "CaringStreet"


def data_folder() -> Path:
    """The folder for data of programs on this system; CARINGSTREET_HOME chooses another."""
    chosen = os.environ.get("CARINGSTREET_HOME")
    if chosen:
        return Path(chosen)
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", home / "AppData" / "Roaming")) / _NAME
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / _NAME
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / _NAME.lower()


def default_street() -> Path:
    """The data file that opens where none is named."""
    return data_folder() / "street.caringstreet"


def practice_street() -> Path:
    """The data file of the practice street."""
    return data_folder() / "practice.caringstreet"


def log_file() -> Path:
    """Where a crash is described; no personal data goes there."""
    return data_folder() / "caringstreet.log"
