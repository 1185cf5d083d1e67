"""A medium that can be made read-only, for tests."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from caringstreet.rules.goods import Target
from caringstreet.services.goods_ledger import Recipient
from tests.builders import a_household, a_shop, a_street, an_offer, issued
from tests.goods_street import a_donation, a_lot, given


@pytest.fixture
def disc(tmp_path: Path) -> Iterator[Path]:
    """A folder on a medium of its own that can be made read-only."""
    folder = tmp_path / "disc"
    folder.mkdir()
    if os.name == "nt" or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], capture_output=True).returncode:
        pytest.skip("no right to mount here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def protect(folder: Path) -> None:
    """From now on nothing can be written there."""
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)


@pytest.fixture
def locked_street(disc: Path, tmp_path: Path) -> Path:
    """A street with two vouchers and some goods, where nothing can be written any more."""
    street = a_street(tmp_path, goods=True)
    household, shop = a_household(street, display_name="陳婆婆"), a_shop(street, "S01")
    issued(street, household, an_offer(street, shop), count=2)
    a_donation(street, a_lot("豆腐", 20))
    given(street, 1, 2, Recipient(Target.HOUSEHOLD, household))
    street.close()
    shutil.copyfile(street.path, disc / "street.caringstreet")
    protect(disc)
    return disc / "street.caringstreet"
