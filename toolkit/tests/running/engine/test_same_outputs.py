"""The engine leaves the same notebook as plain papermill on a kernel of its own, byte for byte,
while what it reads is observed.
"""

from pathlib import Path

import nbformat
import pytest
import same_outputs
from miniature import notebook

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


CROWD = 5
SAYS = [
    """import sys, threading
number = NUMBER
for turn in range(20):
    print(number, turn)
print("aside", number, file=sys.stderr)
thread = threading.Thread(target=print, args=("from a thread", number))
thread.start(); thread.join()""",
    """import asyncio
async def counted(of):
    await asyncio.sleep(0.01)
    print("counted", of)
    return of
display(await asyncio.gather(*(counted(number * 10 + each) for each in range(5))))""",
    """import numpy, pandas
numbers = numpy.random.default_rng(number).random((3, 2))
pandas.DataFrame(numbers, columns=["a", "b"])""",
    """import matplotlib.pyplot as plt
plt.plot(numbers[:, 0])
plt.title(f"chart {number}");""",
    "from IPython.display import display\nfor turn in range(30):\n    display(number * turn)",
    "number, sorted(name for name in globals() if len(name) < 7 and name[0] != '_')",
]


def test_many_notebooks_at_once_leave_what_as_many_plain_processes_leave(tmp_path, monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # ipykernel leaves descriptors alone where it is set
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    sources = [tmp_path / f"crowd{number}.ipynb" for number in range(CROWD)]
    for number, source in enumerate(sources):
        cells = [("code", each.replace("NUMBER", str(number))) for each in SAYS]
        nbformat.write(notebook(*cells), source)
    with same_outputs.at_once(sources, tmp_path) as ran:
        for source in sources:
            assert ran[source.stem, "reportbook"][0] == "ran"
            same_outputs.check(ran, source.stem)
