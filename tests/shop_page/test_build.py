"""The committed files are what the task builds from the pinned packages."""

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "resources" / "shop_page"


def test_the_committed_page_is_what_the_task_builds(tmp_path: Path) -> None:
    assert shutil.which("npm"), "The shop's page is built again by npm: sudo apt install nodejs npm"
    tasks = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["poe"]["tasks"]
    assert ROOT / tasks["shop-page"]["cwd"] == SOURCES
    copy = tmp_path / "shop_page"
    shutil.copytree(SOURCES, copy, ignore=shutil.ignore_patterns("node_modules", "built", "__pycache__"))
    ran = subprocess.run(tasks["shop-page"]["shell"], shell=True, cwd=copy, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    built = {path.name: path.read_bytes() for path in (copy / "built").iterdir()}
    committed = {path.name: path.read_bytes() for path in (SOURCES / "built").iterdir()}
    assert sorted(built) == sorted(committed)
    stale = [name for name, content in built.items() if committed[name] != content]
    assert not stale, f"{stale} are not what `poe shop-page` builds; run it and commit"


def test_every_package_is_pinned_to_one_version_and_one_content() -> None:
    package = json.loads((SOURCES / "package.json").read_text(encoding="utf-8"))
    for version in (package["dependencies"] | package["devDependencies"]).values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    lock = json.loads((SOURCES / "package-lock.json").read_text(encoding="utf-8"))
    locked = {name: one for name, one in lock["packages"].items() if name}
    assert all(one["integrity"].startswith("sha512-") for one in locked.values())
    assert {"qr", "@noble/ed25519"} == set(package["dependencies"])


def test_the_short_sha512_is_the_one_of_the_standard() -> None:
    """Every length up to three blocks and a little more, against the library of the platform."""
    node = shutil.which("node")
    assert node, "sudo apt install nodejs"
    script = """
        import { createHash, randomBytes } from "node:crypto";
        import { sha512 } from "./src/sha512.js";
        for (let size = 0; size < 400; size++) {
          const message = randomBytes(size);
          if (Buffer.compare(Buffer.from(sha512(message)), createHash("sha512").update(message).digest())) throw new Error(size);
        }
        console.log("400 the same");
    """
    ran = subprocess.run([node, "--input-type=module", "-e", script], cwd=SOURCES, capture_output=True, text=True)
    assert ran.stdout == "400 the same\n", ran.stderr
