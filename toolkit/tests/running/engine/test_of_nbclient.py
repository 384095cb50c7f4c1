import inspect
import re

import nbclient.client
from insides import moved
from jupyter_client.client import KernelClient

from reportbook.running.engine import of_nbclient
from reportbook.running.engine.client import ForkedKernelClient, ForkedKernelManager

SOURCE = inspect.getsource(nbclient.client)
USED = of_nbclient.USED


def test_nbclient_and_jupyter_client_have_the_parts_that_are_used():
    for library, package in (("nbclient", "nbclient."), ("jupyter_client", "jupyter_client.")):
        used = {name: why for name, why in USED.items() if name.startswith(package)}
        assert moved(library, used, of_nbclient.__name__) == []


def test_jupyter_client_says_that_a_kernel_was_not_started_in_the_words_we_look_for():
    assert of_nbclient.NOT_STARTED in inspect.getsource(KernelClient._async_wait_for_ready), (
        "jupyter_client says in other words that a kernel was not started: change NOT_STARTED in "
        f"{of_nbclient.__name__}, or kernels that lost a port to another are not started again"
    )


def test_a_forked_kernel_s_manager_and_client_have_all_that_nbclient_asks_them_for():
    for named, given in (("km", ForkedKernelManager), ("kc", ForkedKernelClient)):
        asked = set(re.findall(rf"self\.{named}\.(\w+)", SOURCE))
        assert asked, f"nbclient has no {named} any more: change {of_nbclient.__name__}"
        missing = {each for each in asked if not hasattr(given, each)} - {"kernel_id"}
        assert not missing, f"nbclient asks a {named} for {missing}: add it to {given.__name__}"
