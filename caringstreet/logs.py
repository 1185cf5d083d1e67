"""The log of this computer: what went wrong in the program, never who is on the street."""

import logging
from logging.handlers import RotatingFileHandler

from caringstreet.paths import log_file

log = logging.getLogger("caringstreet")


def start() -> None:
    """Write warnings and errors to the log file; without a place to write, go on silently."""
    if log.handlers:
        return
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(log_file(), maxBytes=500_000, backupCount=2, encoding="utf-8")
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.propagate = False
