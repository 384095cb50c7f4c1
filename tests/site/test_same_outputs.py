"""The engine leaves the same notebooks of this report as plain papermill does, byte for byte."""

from pathlib import Path

import pytest
import same_outputs

from reportbook.running.engine.warm import can_fork

pytestmark = pytest.mark.skipif(not can_fork(), reason="this system does not fork safely")

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    with same_outputs.both(NOTEBOOKS, tmp_path_factory.mktemp("same"), ROOT) as ran:
        yield ran


@pytest.mark.parametrize("stem", [path.stem for path in NOTEBOOKS])
def test_a_notebook_of_the_report(ran, stem):
    same_outputs.check(ran, stem)
