import importlib
import inspect

import pytest
from insides import moved

from reportbook.book import of_jupyter_book


@pytest.mark.parametrize("library", ["jupyter_book", "sphinx"])
def test_jupyter_book_and_sphinx_have_the_parts_that_are_used(library):
    used = {name: why for name, why in of_jupyter_book.USED.items() if name.startswith(library)}
    assert moved(library, used, of_jupyter_book.__name__) == []


def test_every_module_to_import_ahead_is_there():
    for name in of_jupyter_book.NEEDED:
        importlib.import_module(name.partition(":")[0])


def test_myst_nb_counts_the_lines_of_a_notebook_as_we_read_them():
    from myst_nb.core import nb_to_tokens

    assert "(cell_index + 1) * 10000" in inspect.getsource(nb_to_tokens), (
        "MyST-NB counts the lines of notebooks in another way: change _CELL in "
        f"{of_jupyter_book.__name__}, or complaints name the wrong cell and line"
    )
