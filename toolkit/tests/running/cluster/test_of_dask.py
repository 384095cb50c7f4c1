import pytest
from insides import moved

pytest.importorskip("distributed")
from reportbook.running.cluster import of_dask


@pytest.mark.parametrize("library", ["distributed", "cloudpickle"])
def test_dask_has_the_parts_that_are_used(library):
    used = {name: why for name, why in of_dask.USED.items() if name.startswith(library)}
    assert moved(library, used, of_dask.__name__) == []
