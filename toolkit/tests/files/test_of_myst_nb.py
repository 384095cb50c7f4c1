import pytest
from insides import moved

from reportbook.files import of_myst_nb
from reportbook.files.notebooks import read_plain

TEXT = """\
---
file_format: mystnb
kernelspec: {name: python3}
---
# Sums

```{code-cell} ipython3
:tags: [parameters]
of: int = 2
```

Words.

```{code-cell}
of + 2
```
"""


def test_myst_nb_has_the_parts_that_are_used():
    assert moved("myst-nb", of_myst_nb.USED, of_myst_nb.__name__) == []


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n"), "\ufeff" + TEXT])
def test_a_notebook_written_as_markdown_is_a_notebook_without_outputs(tmp_path, text):
    path = tmp_path / "sums.md"
    path.write_bytes(text.encode())
    notebook = read_plain(path)
    cells = [(cell["cell_type"], cell["source"]) for cell in notebook["cells"]]
    assert cells == [
        ("markdown", "# Sums"), ("code", "of: int = 2"), ("markdown", "Words."),
        ("code", "of + 2"),
    ]  # fmt: skip
    assert notebook["cells"][1]["metadata"]["tags"] == ["parameters"]
    assert notebook == read_plain(path)  # made-up names of cells do not differ each time
