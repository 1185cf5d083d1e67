"""What tests of the window share."""

from collections.abc import Iterator

import pytest

from tests.ui.desk import WindowDesk


@pytest.fixture(autouse=True)
def _close_windows() -> Iterator[None]:
    """A test that failed half way holds no lock for the next."""
    yield
    for desk in list(WindowDesk.still_open):
        desk.failures.clear()
        desk.leave()
