"""The engine leaves the same notebook as plain papermill on a kernel of its own, byte for byte,
while what it reads is observed.
"""

from pathlib import Path

import pytest
import same_outputs

from reportbook.running.engine.warm import can_fork

pytestmark = pytest.mark.skipif(not can_fork(), reason="this system does not fork safely")

TESTS = Path(same_outputs.__file__).parent
AWKWARD = sorted((TESTS / "awkward").glob("**/*.ipynb"))


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    # long ones first
    sources = sorted(AWKWARD, key=lambda path: path.stem not in same_outputs.SECONDS_A_CELL)
    with same_outputs.both(sources, tmp_path_factory.mktemp("same"), TESTS) as ran:
        yield ran


@pytest.mark.parametrize("stem", [path.stem for path in AWKWARD])
def test_an_awkward_notebook(ran, stem):
    same_outputs.check(ran, stem)
