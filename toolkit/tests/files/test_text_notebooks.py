import pytest

from reportbook.errors import ReportError
from reportbook.files.text_notebooks import is_text_notebook

CELL = "```{code-cell}\n2 + 2\n```\n"
JUPYTEXT = "---\njupytext: {text_representation: {extension: .md, format_name: FORM}}\n---\n"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("---\nfile_format: mystnb\n---\n" + CELL, True),
        (JUPYTEXT.replace("FORM", "myst") + CELL, True),
        ("# A page\n", False),
        ("---\ntitle: A page with front matter\n---\n# Page\n", False),
        ("---\nno: [YAML\n---\n# Page\n", False),
        ("````md\n" + CELL + "````\n", False),  # a page that shows how a cell is written
        ("```python\n2 + 2\n```\n", False),
    ],
)
def test_the_front_matter_says_what_is_a_notebook(text, answer):
    assert is_text_notebook(text, "sums.md") is answer


def test_a_notebook_that_nothing_would_run_is_refused_with_what_to_do():
    with pytest.raises(ReportError, match=r"jupytext's format 'markdown'.*--to md:myst 'sums.md'"):
        is_text_notebook(JUPYTEXT.replace("FORM", "markdown") + "```python\n2\n```", "sums.md")
    with pytest.raises(ReportError, match=r"sums.md, line 3 has a code cell.*file_format: mystnb"):
        is_text_notebook("# Sums\n\n" + CELL, "sums.md")
