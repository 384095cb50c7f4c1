"""The architecture page of CONTRIBUTING.md names the rooms there are, in the order that holds."""

import re
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
PAGE = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
CONTRACTS = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
PACKAGES = {"analysis": "src/analysis", "reportbook": "toolkit/src/reportbook"}


def layers(package):
    """The names of a package's layers from the top, as the contract lists them."""
    (contract,) = (c for c in CONTRACTS["contracts"] if c.get("containers") == [package])
    return [name for layer in contract["layers"] for name in re.split(r" [|:] ", layer)]


@pytest.mark.parametrize("package", PACKAGES)
def test_the_page_names_every_room_in_its_order(package):
    folder = PACKAGES[package]
    table = PAGE.partition(f"The rooms of `{folder}/`")[2].partition("\n\nThe ")[0]
    named = re.findall(r"^\| `(\w+)/` \| \S", table, flags=re.MULTILINE)
    rooms = {p.name for p in (PROJECT / folder).iterdir() if (p / "__init__.py").is_file()}
    assert set(named) == rooms
    assert named == [name for name in layers(package) if name in rooms]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_test_lies_in_a_room_that_there_is(package):
    tests = PROJECT / ("tests" if package == "analysis" else "toolkit/tests")
    rooms = {p.name for p in (PROJECT / PACKAGES[package]).iterdir() if p.is_dir()}
    other = {"site"} if package == "analysis" else set()  # this report's own site, in a browser
    assert {path.relative_to(tests).parts[0] for path in tests.glob("*/**/test_*.py")} <= (
        rooms | other
    )


def test_every_file_that_the_page_names_exists():
    named = re.findall(r"`((?:src|toolkit|tests|data|notebooks|editions)/[\w./]*\w)`", PAGE)
    assert named
    for name in named:
        assert (PROJECT / name).exists(), name
