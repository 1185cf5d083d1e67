"""What the stories through the window share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.e2e.goods_desk import GoodsDesk
from tests.ui.desk import WindowDesk


@pytest.fixture(params=["zh_HK", "en"])
def desk(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path, samples: Path) -> Iterator[GoodsDesk]:
    """In Chinese and in English; a story that fails half way holds no lock for the next."""
    found = GoodsDesk(tmp_path, request.param, samples / "商戶名單.xlsx")
    yield found
    if found in WindowDesk.still_open:
        found.leave()
