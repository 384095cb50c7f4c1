import pytest
from jupyter_client.provisioning import KernelProvisionerFactory
from miniature import notebook
from nbclient import NotebookClient

from reportbook.running.engine.preload import STACK
from reportbook.running.engine.warm import can_fork, shared

pytestmark = pytest.mark.skipif(not can_fork(), reason="this system does not fork safely")


def test_nbclient_gets_a_kernel_forked_from_the_warm_process(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", "reportbook")
    KernelProvisionerFactory.clear_instance()  # it asked the environment when it was made
    cells = notebook(
        ("code", "import os; print(os.getppid(), os.getcwd())"),
        ("code", "import matplotlib.pyplot as plt; plt.plot([1, 2]);"),
        ("code", "import pandas; print(pandas.get_option('display.max_columns'))"),
    )
    warm = shared(STACK)
    client = NotebookClient(cells, resources={"metadata": {"path": str(tmp_path)}})
    made = client.execute()
    assert made.cells[0].outputs[0].text.split() == [str(warm.pid), str(tmp_path)]
    assert "image/png" in made.cells[1].outputs[0].data
    assert made.cells[2].outputs[0].text == "20\n"
